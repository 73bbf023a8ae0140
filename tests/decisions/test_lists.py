"""工作台的清单:决策卷、各轮征求意见、会议怎样筛选、导出;一卷、一轮的页写什么、几时变。"""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from gongkai.decisions import actions, evidence, sections
from gongkai.decisions.list_forms import MeetingFilter, RoundFilter
from gongkai.decisions.models import Consultation, Meeting
from gongkai.decisions.terms import Phase
from gongkai.decisions.views import dossiers
from gongkai.law.decisions import Finding, Stage, Step
from gongkai.law.sources import cite
from tests.decisions.office import AFTER, START, Council
from tests.records.office import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return Council()


def test_dossiers_by_word_unit_and_kind(council, client):
    council.dossier()
    council.dossier(title="明湖区公交调价方案", category="plan", start=False)
    client.force_login(council.office.head)
    url = reverse("desk:decisions_dossiers")

    def found(**query):
        text = client.get(url, query).content.decode()
        return [title for title in ("老年助餐", "公交调价") if f"{title}" in text.partition("<tbody>")[2]]

    assert found(list="all") == ["老年助餐", "公交调价"]
    assert found(list="all", q="公交") == ["公交调价"]
    assert found(list="all", category="policy") == ["老年助餐"]
    assert found(list="all", lead=council.office.agency.code) == ["老年助餐", "公交调价"]
    assert found(list="all", lead="MH0100") == [] and found(list="running") == []
    assert "没有符合的决策卷" in client.get(url, {"q": "地铁"}).content.decode()


def test_rounds_by_where_they_stand(council, client):
    dossier = council.dossier()
    over = council.round(dossier)
    council.feed_back(over, at=AFTER)
    council.round(council.dossier(title="又一项"), at=START)
    council.round(council.dossier(title="第三项"), at=AFTER, end_on=date(2026, 11, 2))
    council.round(council.dossier(title="第四项"), publish=False)
    at = moment(2026, 10, 3, 9)
    every = list(Consultation.objects.all())
    for phase in Phase:
        rows = RoundFilter(QueryDict(f"now={phase.value}")).narrow(Consultation.objects.all(), at)
        assert [row.pk for row in rows.order_by("pk")] == [row.pk for row in every if row.phase(at) is phase]
        assert rows.count() == 1
    client.force_login(council.office.clerk)
    url = reverse("desk:decisions_rounds")
    table = b"".join(client.get(url, {"format": "csv", "q": "老年助餐"}).streaming_content).decode()
    assert table.count("明湖区民政局") == 4 and "没有处理" in table
    assert "没有符合的" in client.get(url, {"q": "地铁"}).content.decode()


def test_meetings_that_lack_their_decisions(council):
    values = {"kind": "executive", "term": 18, "place": "第一会议室"}
    for number, day, secret in (
        (48, date(2026, 8, 14), ""),
        (49, date(2026, 8, 28), "秘密"),
        (50, date(2026, 12, 1), ""),
    ):
        given = values | {"number": number, "held_on": day, "secret_basis": secret}
        actions.hold(council.government, given, by=council.office.clerk, at=START)

    def found(query):
        rows = MeetingFilter(QueryDict(query)).narrow(Meeting.objects.all(), AFTER)
        return sorted(rows.values_list("number", flat=True))

    assert found("lacking=on") == [48]
    assert found("year=2026") == [48, 49, 50] and found("year=2025") == [] and found("kind=plenary") == []


def test_a_dossier_says_once_what_several_steps_warn_of(council, client, monkeypatch):
    everywhere = Finding("W9", "没有附解读", cite("decision:32"), "应当解读。")
    monkeypatch.setattr(dossiers.law, "warnings", lambda step, given, on: [everywhere])
    monkeypatch.setattr(dossiers, "COURSE", {step: (tuple(Stage), None) for step in list(Step)[:3]})
    dossier = council.dossier()
    client.force_login(council.office.clerk)
    text = client.get(reverse("desk:decisions_dossier", args=[dossier.pk])).content.decode()
    assert text.count("没有附解读") == 1
    assert f"登记{evidence.kinds()['expert'].label}" in text.partition("还没有登记的")[2]


def test_the_page_of_a_round_changes_every_day_until_the_day_after_its_end(council):
    one = council.round(council.dossier())
    assert sections.by_day(date(2026, 9, 10), date(2026, 9, 10)) == {one.record_id}
    assert sections.by_day(date(2026, 10, 2), date(2026, 10, 2)) == {one.record_id}
    assert sections.by_day(date(2026, 10, 3), date(2026, 10, 3)) == set()
