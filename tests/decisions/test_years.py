"""一年接一年的目录:单位报建议,没有论证完不公布,结转进已经开始的下一年,早建的决策卷归进目录。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.decisions import actions
from gongkai.decisions.models import CatalogueItem, CatalogueYear, Proposal
from gongkai.decisions.terms import ItemState, Ruling, YearStage
from gongkai.law.errors import RuleBroken
from tests.decisions.office import AFTER, START, Council
from tests.decisions.test_pages import now, text_of  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def council():
    return Council()


def begin(council, year, stage=YearStage.PUBLISHED, **options):
    made = actions.open_year(council.government, year, by=council.office.clerk, at=START, **options)
    given = {"meeting": "第12次常务会议", "party_consent_on": date(2026, 1, 5)}
    actions.save_year(made, given, by=council.office.clerk, at=START)
    CatalogueYear.objects.filter(pk=made.pk).update(stage=stage)
    return CatalogueYear.objects.get(pk=made.pk)


def item(council, year, title="停车收费调整"):
    lead = council.office.agency
    given = {"title": title, "lead": lead, "procedures": ["legality"], "planned_on": date(year.year, 9, 30)}
    return actions.add_item(
        year, given, reason="新列", approved_by="第12次常务会议", by=council.office.clerk, at=START
    )


def test_a_unit_reports_a_proposal_with_its_four_parts_and_sees_the_ruling(council, client, now):  # noqa: F811
    year = begin(council, 2027, YearStage.COLLECTING)
    client.force_login(council.office.clerk)
    home, form = reverse("desk:decisions_years"), reverse("desk:decisions_propose")
    assert form in text_of(client.get(home))
    given = {"year": year.pk, "unit": council.office.agency.pk, "title": "停车收费调整", "problem": "车位不够"}
    assert client.post(form, given).status_code == 422
    with pytest.raises(RuleBroken, match=r"没有写建议理由和依据.*第十条"):
        actions.propose(
            year, "停车", "不够", plan="调价", unit=council.office.agency, by=council.office.clerk, at=START
        )
    assert client.post(form, given | {"basis": "市里有规定", "plan": "分区定价"}).status_code == 302
    made = Proposal.objects.get()
    assert made.unit == council.office.agency and "待论证" in text_of(client.get(home))
    kept = item(council, year)
    with pytest.raises(RuleBroken, match="还有1条目录建议没有论证"):
        actions.draft_catalogue(year, by=council.office.clerk, at=START)
    actions.rule(made, Ruling.TAKEN, "", item=kept, by=council.office.head, at=START)
    assert actions.draft_catalogue(year, by=council.office.clerk, at=START)
    assert "第1项“停车收费调整”" in text_of(client.get(home))


def test_what_is_carried_over_goes_into_a_next_year_that_was_begun_before(council, now):  # noqa: F811
    """每年年底先开始征集下一年,再登记今年的结果。"""
    clerk, year = council.office.clerk, begin(council, 2026)
    old = item(council, year)
    dossier = council.dossier(item=old)
    following = begin(council, 2027, YearStage.COLLECTING)
    actions.settle_item(old, ItemState.CARRIED, "等测算", by=clerk, at=AFTER)
    new = following.items.get()
    assert (new.carried_from, new.title, council.fresh(dossier).item) == (old, old.title, new)
    (cells,) = actions.catalogue.rows_of(year)
    assert cells[-1] == "结转下一年：等测算（2027年第1项）", "两个号都写"
    with pytest.raises(RuleBroken, match="上一年结转来的"):
        actions.remove_item(new, by=clerk, at=AFTER)
    actions.settle_item(old, ItemState.DROPPED, "不办了", approved_by="第20次常务会议", by=clerk, at=AFTER)
    assert not following.items.exists() and council.fresh(dossier).item == old
    CatalogueYear.objects.filter(pk=following.pk).update(stage=YearStage.PUBLISHED)
    with pytest.raises(RuleBroken, match="没有写理由和谁批准"):
        actions.settle_item(old, ItemState.CARRIED, "等测算", by=clerk, at=AFTER)
    assert CatalogueItem.objects.get(pk=old.pk).state == ItemState.DROPPED
    actions.settle_item(old, ItemState.CARRIED, "等测算", approved_by="第21次常务会议", by=clerk, at=AFTER)
    assert following.items.get().changes.get().approved_by == "第21次常务会议"
    with pytest.raises(RuleBroken, match="2027年第1项，那一年的目录已经公布"):
        actions.settle_item(old, ItemState.DECIDED, "明政发〔2027〕1号", by=clerk, at=AFTER)


def test_a_dossier_opened_before_the_catalogue_is_put_under_its_item(council, client, now):  # noqa: F811
    dossier, year = council.dossier(), begin(council, 2026)
    one = item(council, year, "老年助餐")
    client.force_login(council.office.clerk)
    url = reverse("desk:decisions_edit", args=[dossier.pk])
    assert "2026年第1项：老年助餐" in text_of(client.get(url))
    given = {"title": dossier.title, "category": "policy", "item": one.pk, "seen": dossier.mark}
    assert client.post(url, given).status_code == 302 and council.fresh(dossier).item == one
