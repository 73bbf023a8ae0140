"""本站自查:数据库里有的一件不漏,没有的不猜。"""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.engagement import actions as engagement
from gongkai.inspections import actions, jobs, self_check
from gongkai.inspections.models import Finding
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import Platform
from tests.inspections.district import AT, drawn, outlet
from tests.records.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def answers(site):
    return self_check.check(site, AT.date(), AT)


def test_from_the_database_at_once(office, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    site = outlet(office, "区政府网站", Platform.SITE, is_own=True)
    found = answers(site)
    assert (
        found["W3"].answer == "unknown" and found["W5.2"].answer == "holds" and found["D.SURVEY"].answer == "short"
    )
    office.publish(at=AT - timedelta(days=20))
    assert answers(site)["W3"].answer == "short", "二十天没有新的"
    office.publish("notice", at=AT - timedelta(days=2))
    assert answers(site)["W3"].answer == "holds"
    old = AT - timedelta(days=120)
    letter, _ = engagement.send_letter(office.agency, LetterKind.CONSULT, "题", "四个月以前问的", at=old)
    found = answers(site)["W5.2"]
    assert found.answer == "short" and letter.number in found.note
    bare = office.publish(
        "normative",
        at=AT - timedelta(days=3),
        title="明湖区某办法",
        effective_on=AT.date(),
        doc_number="明政办发〔2026〕9号",
    )
    assert answers(site)["D.INTERP"].answer == "holds", "写明了不解读的理由"
    type(bare.package).objects.update(exemption="")
    assert "某办法" in answers(site)["D.INTERP"].note
    client.force_login(office.inspector)
    page = reverse("desk:inspections_own")
    assert letter.number in client.get(page).content.decode()
    client.post(page, {"code": ["W5.2", "W2", "X"]})
    assert [one.code for one in Finding.objects.all()] == ["W5.2"], "符合的、不认得的登不成"
    client.post(page, {"code": ["W5.2"]})
    assert Finding.objects.count() == 1, "同一个登一次"


def test_only_one_site_is_our_own(office):
    outlet(office, "区政府网站", Platform.SITE, is_own=True)
    with pytest.raises(RuleBroken, match="已经有本站"):
        outlet(office, "另一个", Platform.SITE, is_own=True)


def test_in_a_round_it_is_not_visited(office):
    site = outlet(office, "区政府网站", Platform.SITE, is_own=True)
    made = drawn(office, 2026, 3, AT.date(), canaries=[{"url": site.url, "expect": "ok"}])
    actions.start(made, by=office.inspector, at=AT)
    assert not made.visits.exists() and made.samples.get().checks.filter(code="W5.1", answer="holds").exists()


def test_each_night_what_falls_short_is_suspected_once(office):
    assert jobs.own_site(on=AT.date(), at=AT) == "台账里没有本站"
    site = outlet(office, "区政府网站", Platform.SITE, is_own=True)
    short = {code for code, one in answers(site).items() if one.answer == "short"}
    jobs.own_site(on=AT.date(), at=AT)
    rows = Finding.objects.filter(state="suspected", origin="own", found_by=None)
    assert {row.code for row in rows} == short != set()
    again = AT + timedelta(days=1)
    jobs.own_site(on=again.date(), at=again)
    assert Finding.objects.count() == len(short)
    seen = rows.get(code="D.SURVEY")
    actions.drop(seen, "本站没有这一项", by=office.inspector, at=again)
    for days, times in ((7, 1), (40, 2)):
        later = again + timedelta(days=days)
        jobs.own_site(on=later.date(), at=later)
        assert Finding.objects.filter(code="D.SURVEY").count() == times, "说过不成立的，一个月里不再登"
