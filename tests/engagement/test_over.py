"""办完了的不再说成将要办:公告旁边、活动和访谈的清单、日历、签发;还没有开始报名的说哪一天开始。"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.engagement import actions
from gongkai.engagement.models import Event
from gongkai.engagement.sections import by_day
from gongkai.engagement.terms import EventKind
from gongkai.law.engagement import Step
from gongkai.law.errors import RuleBroken
from tests.engagement.test_engagement import AT, NEXT, now, office, text_of  # noqa: F401
from tests.engagement.test_interviews import END, START, VALUES, announced
from tests.records.office import moment

pytestmark = pytest.mark.django_db
DAY = {
    "title": "自来水厂开放日",
    "place": "城西水厂",
    "starts_at": moment(2026, 9, 20, 9),
    "ends_at": moment(2026, 9, 20, 11),
    "seats": 5,
    "signup_from": moment(2026, 9, 10, 9),
    "signup_until": moment(2026, 9, 15, 18),
}
LATER = moment(2026, 9, 21, 9)


def open_day(office, at=AT, **options):  # noqa: F811
    event = actions.hold_event(office.agency, EventKind.OPEN_DAY, DAY | options, by=office.clerk, at=AT)
    office.sign(actions.draft_notice(event, by=office.clerk, at=AT), at=at)
    return Event.objects.get(pk=event.pk)


def test_an_event_says_when_its_sign_up_begins_and_when_it_is_over(office, client, now):  # noqa: F811
    event = open_day(office)
    sign_up, notice = reverse("public:event_sign_up", args=[event.pk]), event.record.get_absolute_url()
    now(NEXT)
    listed = text_of(client.get(reverse("public:events")))
    assert "将要举办" in listed and "2026-09-10 09:00" in listed and "2026-09-15 18:00" in listed
    assert "报名还没有开始" in text_of(client.get(sign_up))
    now(moment(2026, 9, 16, 9))
    assert "报名已经截止" in text_of(client.get(reverse("public:events")))
    assert "报名已经截止" in text_of(client.get(sign_up))
    now(LATER)
    listed, page = text_of(client.get(reverse("public:events"))), text_of(client.get(notice))
    assert "将要举办" not in listed and "办过的" in listed
    assert "已经结束" in page and "放进日历" not in page and "我要报名" not in page
    assert "BEGIN:VEVENT" not in text_of(client.get(reverse("public:events_ics")))
    assert event.record_id in by_day(date(2026, 9, 21), date(2026, 9, 21)), "过了那天零点重写"


def test_each_session_says_its_own(office, client, now):  # noqa: F811
    about = {"title": "实验室开放", "place": "农检中心", "about": "看抽检。"}
    series = actions.open_series(office.agency, EventKind.OPEN_DAY, about, by=office.clerk, at=AT)
    actions.add_sessions(series, DAY | {"selection": "first"}, count=2, step=Step.WEEK, by=office.clerk, at=AT)
    office.sign(actions.draft_series_notice(series, by=office.clerk, at=AT), at=AT)
    series.refresh_from_db()
    now(LATER)
    page = text_of(client.get(series.record.get_absolute_url()))
    assert page.count('<span class="tag">已经结束</span>') == 1 and page.count("放进日历") == 1
    assert "2026-09-17 09:00" in page and "2026-09-22 18:00" in page, "第二场的报名起止"


def test_an_interview_that_never_began_is_not_to_come(office, client, now):  # noqa: F811
    made = announced(office)
    listing, own = reverse("public:interviews"), made.get_absolute_url()
    now(AT)
    assert "正在征集提问" in text_of(client.get(listing)) and "我要提问" in text_of(client.get(own))
    now(END + timedelta(days=1))
    for url in (listing, own):
        page = text_of(client.get(url))
        assert "没有如期举行" in page and "已预告" not in page and "我要提问" not in page
    assert "data-live" not in text_of(client.get(own)) and "放进日历" not in text_of(client.get(own))
    actions.open_interview(made, by=office.clerk, at=START)
    actions.say(made, "钱某", "大家好。", by=office.clerk, at=START)
    page = text_of(client.get(own))
    assert "已经结束" in page and "正在进行" not in page, "忘了登记结束的,过了那天也不说正在进行"
    assert made.record_id in by_day(END.date() + timedelta(days=1), END.date() + timedelta(days=1))


def test_no_notice_is_signed_once_it_is_over(office):  # noqa: F811
    with pytest.raises(RuleBroken, match="已经不是预告"):
        open_day(office, at=LATER)
    made = actions.plan_interview(office.agency, VALUES, by=office.clerk, at=AT)
    draft = actions.draft_interview_notice(made, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="已经不是预告"):
        office.sign(draft, at=END + timedelta(minutes=1))
