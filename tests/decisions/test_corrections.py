"""做过了要改:公布的采纳情况更正、草稿作废了另起草、公告中途撤下、会议改期、议题撤下——都有路走,公众不先看到。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.decisions import actions
from gongkai.decisions.models import CatalogueYear, Consultation, Meeting
from gongkai.law.consultation import Channel, Disposition
from gongkai.law.errors import RuleBroken
from gongkai.records import actions as records
from gongkai.records.terms import WithdrawalKind
from tests.decisions import test_pages
from tests.decisions.office import AFTER, START, Council
from tests.decisions.test_pages import now, text_of  # noqa: F401
from tests.records.office import moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = moment(2026, 10, 5, 9)
hold = test_pages.TestMeetings().hold


@pytest.fixture
def council():
    return Council()


def answer(council, one, pk, how=Disposition.REJECTED, *, at=AFTER):
    given = {"reason": "" if how is Disposition.TAKEN else "财力不够。", "shown": "多补一点。"}
    return actions.answer(one, [pk], how, by=council.office.clerk, at=at, **given)


def test_a_published_result_is_corrected_and_until_then_shows_what_was_signed(council, client, now):  # noqa: F811
    clerk, dossier = council.office.clerk, council.dossier()
    one = council.round(dossier)
    opinion, code = actions.send_opinion(one, "多补一点。", at=START)
    answer(council, one, opinion.pk)
    record = council.feed_back(one, at=AFTER)
    one = Consultation.objects.get(pk=one.pk)
    with pytest.raises(RuleBroken, match="请先在那件信息里“更正”"):
        answer(council, one, opinion.pk, Disposition.TAKEN, at=LATER)
    records.revise(record, by=clerk, at=LATER, change_note="改一条的处理")
    answer(council, one, opinion.pk, Disposition.TAKEN, at=LATER)
    given = {"number": opinion.number, "code": code}
    now(LATER)
    assert "正在更正" in text_of(client.post(reverse("public:opinion_look"), given))
    assert "未采纳1条" in text_of(client.get(dossier.get_absolute_url())), "签发以前是原来的数"
    client.force_login(clerk)
    page = reverse("desk:decisions_round", args=[one.pk])
    assert "同公布的采纳情况不一样" in text_of(client.get(page))
    found = actions.enter_opinion(one, Channel.LETTER, "信里说的。", received_at=START, by=clerk, at=LATER)
    answer(council, one, found.pk, at=LATER)
    council.office.sign(actions.feedback(one, by=clerk, at=LATER), at=moment(2026, 10, 6, 9))
    now(moment(2026, 10, 6, 10))
    client.force_login(clerk)
    assert "同公布的采纳情况不一样" not in text_of(client.get(page))
    assert "<strong>采纳</strong>" in text_of(client.post(reverse("public:opinion_look"), given))
    assert "共收到意见2条：采纳1条" in text_of(client.get(dossier.get_absolute_url()))


def test_a_draft_that_was_discarded_is_made_anew(council):
    clerk, dossier = council.office.clerk, council.dossier()
    away = {"reason": "写错了", "by": clerk, "at": START}
    first = council.round(dossier, publish=False)
    records.discard(first.record.draft, **away)
    one = council.round(council.fresh(dossier))
    assert (one.number, dossier.rounds.count()) == (1, 1)
    records.discard(actions.feedback(one, by=clerk, at=AFTER), **away | {"at": AFTER})
    assert council.feed_back(one, at=AFTER).live
    year = actions.open_year(council.government, 2026, by=clerk, at=START)
    given = {"title": "助餐", "lead": council.office.agency, "procedures": [], "planned_on": date(2026, 12, 1)}
    actions.add_item(year, given, by=clerk, at=START)
    actions.save_year(year, {"meeting": "第1次", "party_consent_on": date(2026, 1, 5)}, by=clerk, at=START)
    records.discard(actions.draft_catalogue(year, by=clerk, at=START), **away)
    again = actions.draft_catalogue(year, by=clerk, at=START)
    assert CatalogueYear.objects.get(pk=year.pk).record == again.record
    meeting = hold(council)
    item = {"title": "公交", "reporter": council.office.agency, "result": "同意。"}
    actions.add_agenda(meeting, item, by=clerk, at=START)
    records.discard(actions.draft_minutes(meeting, by=clerk, at=AFTER), **away | {"at": AFTER})
    again = actions.draft_minutes(meeting, by=clerk, at=AFTER)
    assert Meeting.objects.get(pk=meeting.pk).record == again.record


def test_a_notice_withdrawn_on_the_way_still_owes_its_answers(council):
    clerk, dossier = council.office.clerk, council.dossier()
    one = council.round(dossier)
    opinion, _ = actions.send_opinion(one, "多补一点。", at=START)
    office = council.office
    records.withdraw(
        one.record,
        WithdrawalKind.RETRACTED,
        reason="附件有误",
        on=date(2026, 9, 10),
        by=office.head,
        at=moment(2026, 9, 10, 9),
    )
    one = Consultation.objects.get(pk=one.pk)
    with pytest.raises(RuleBroken, match="没有公布"):
        actions.send_opinion(one, "再说一句。", at=moment(2026, 9, 11))
    with pytest.raises(RuleBroken, match="还有1条意见"):
        actions.feedback(one, by=clerk, at=AFTER)
    answer(council, one, opinion.pk)
    assert "未采纳1条" in actions.feedback(one, by=clerk, at=AFTER).text


def test_a_meeting_is_put_off_and_an_item_taken_off_its_plan(council, client, now):  # noqa: F811
    clerk, meeting = council.office.clerk, hold(council)
    client.force_login(clerk)
    url = reverse("desk:decisions_change_meeting", args=[meeting.pk])
    assert "列席代表名额" not in text_of(client.get(url)), "约定公布以后名额不变"
    given = {"kind": "executive", "term": 18, "number": 48, "held_on": "2026-09-29", "place": "二楼会议室"}
    refused = client.post(url, given | {"held_on": "2026-09-20"})
    assert refused.status_code == 422 and "报名到2026-09-20截止，会议2026-09-20召开" in text_of(refused)
    assert client.post(url, given).status_code == 302
    assert (Meeting.objects.get().held_on, Meeting.objects.get().drawing) == (date(2026, 9, 29), meeting.drawing)
    other = hold(council, number=49, seats=0, signup_until=None)
    with pytest.raises(RuleBroken, match="第49次常务会议已经登记过"):
        actions.change_meeting(meeting, {"number": 49}, by=clerk, at=START)
    given = {"seats": 2, "signup_until": moment(2026, 9, 20)}
    assert actions.change_meeting(other, given, by=clerk, at=START).drawing.commitment
    items = [
        actions.add_agenda(meeting, {"title": name, "reporter": council.office.agency}, by=clerk, at=START)
        for name in ("甲", "乙", "丙")
    ]
    assert client.post(reverse("desk:decisions_remove_agenda", args=[items[0].pk])).status_code == 302
    assert list(meeting.agenda.values_list("order", "title")) == [(1, "乙"), (2, "丙")]
    actions.sign_up(meeting, {"name": "甲某", "phone": "1"}, "专家", "", at=START)
    with pytest.raises(RuleBroken, match="已经有人报名"):
        actions.change_meeting(meeting, {"secret_basis": "涉密"}, by=clerk, at=START)
