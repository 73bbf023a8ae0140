"""活动系列:一件公告、几场,各场的报名起止到分、候补、凭码取消、签到、评价、清除。"""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.engagement import actions, feedback, jobs
from gongkai.engagement.models import Event, EventSeries, Signup
from gongkai.engagement.terms import EventKind, SignupState
from gongkai.law.engagement import Step
from gongkai.law.errors import RuleBroken
from gongkai.org import codes
from gongkai.org.models import LogEntry
from tests.engagement.test_engagement import AT, NEXT, now, office, text_of  # noqa: F401
from tests.records.office import moment

pytestmark = pytest.mark.django_db
OPENS, CLOSES = moment(2026, 9, 10, 9, 30), moment(2026, 9, 20, 17, 30)
FIRST = {
    "starts_at": moment(2026, 9, 26, 9),
    "ends_at": moment(2026, 9, 26, 11),
    "signup_from": OPENS,
    "signup_until": CLOSES,
    "seats": 2,
    "selection": "first",
}
ABOUT = {"title": "水厂开放日", "place": "城西水厂", "about": "看取水、净水、化验三处。"}


def opened(office, sign=True, count=3, **options):  # noqa: F811
    by = {"by": office.clerk, "at": AT}
    series = actions.open_series(office.agency, EventKind.OPEN_DAY, ABOUT, **by)
    actions.add_sessions(series, FIRST | options, count=count, step=Step.MONTH, **by)
    if sign:
        office.sign(actions.draft_series_notice(series, **by), at=AT)
    return EventSeries.objects.get(pk=series.pk)


def sign(event, name="甲某", at=OPENS):
    return actions.sign_up(event, {"name": name, "reach": "0571-00000001"}, at=at)


def test_each_session_opens_and_closes_by_its_own_minute(office, client, now):  # noqa: F811
    series = opened(office)
    first, second, third = series.sessions.order_by("starts_at")
    assert (second.signup_from, third.ends_at) == (moment(2026, 10, 10, 9, 30), moment(2026, 11, 26, 11))
    for at, open_now in (
        (OPENS - timedelta(minutes=1), False),
        (OPENS, True),
        (CLOSES, True),
        (CLOSES + timedelta(minutes=1), False),
    ):
        now(at)
        answer = client.post(
            reverse("public:event_sign_up", args=[first.pk]), {"name": "甲", "reach": "0571-00000001"}
        )
        assert (answer.status_code == 302) is open_now, at
    now(OPENS)
    assert (
        client.post(
            reverse("public:event_sign_up", args=[second.pk]), {"name": "甲", "reach": "0571-00000001"}
        ).status_code
        == 400
    )
    page = text_of(client.get(series.record.get_absolute_url()))
    assert page.count("还没有开始报名") == 2 and reverse("public:event_sign_up", args=[first.pk]) in page
    assert "第3场" in page and "取水、净水" in page
    assert text_of(client.get(reverse("public:events"))).count(series.record.get_absolute_url()) == 3
    assert client.get(reverse("public:event_ics", args=[third.pk])).status_code == 200


def test_sessions_stay_as_announced_and_every_drawing_has_its_own_agreement(office):  # noqa: F811
    series = opened(office, selection="draw")
    shown = series.record.live.text
    agreed = [one.drawing.commitment for one in series.sessions.select_related("drawing")]
    assert len(set(agreed)) == 3 and all(one in shown for one in agreed)
    by = {"by": office.clerk, "at": NEXT}
    with pytest.raises(RuleBroken, match="已经签发"):
        actions.add_sessions(series, FIRST, count=1, step=Step.WEEK, **by)
    with pytest.raises(RuleBroken, match="已经签发"):
        actions.drop_session(series.sessions.first(), **by)
    session = series.sessions.first()
    with pytest.raises(RuleBroken, match="没有单独的公告"):
        actions.draft_notice(session, **by)
    changed = actions.save_event(session, {"seats": 5, "signup_until": moment(2026, 9, 24)}, **by)
    assert changed.seats == 5 and changed.signup_until == session.signup_until


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"signup_from": CLOSES}, "报名开始不早于"),
        ({"signup_until": moment(2026, 9, 26, 9)}, "截止不早于活动开始"),
        ({"ends_at": moment(2026, 9, 26, 8)}, "结束不晚于"),
        ({"starts_at": moment(2026, 8, 1, 9), "ends_at": moment(2026, 8, 1, 10)}, "已经开始"),
    ],
)
def test_what_is_no_session(office, options, said):  # noqa: F811
    series = opened(office, sign=False, count=1)
    with pytest.raises(RuleBroken, match=said):
        actions.add_sessions(series, FIRST | options, count=1, step=Step.WEEK, by=office.clerk, at=AT)
    assert series.sessions.count() == 1


def test_who_waits_sees_the_place_cancels_by_code_and_the_next_moves_up(office, client, now):  # noqa: F811
    event = opened(office).sessions.order_by("starts_at")[0]
    made = [sign(event, f"甲{n}") for n in range(4)]
    now(OPENS)
    look = reverse("public:letter_look")
    last = {"number": made[3][0].number, "code": made[3][1]}
    assert "候补第2位" in text_of(client.post(look, last))
    assert client.post(look, last | {"code": "AAAA-AAAA-AAAA", "cancel": "1"}).status_code == 404
    assert "已取消" in text_of(client.post(look, {"number": made[0][0].number, "code": made[0][1], "cancel": "1"}))
    assert "候补第1位" in text_of(client.post(look, last))
    assert Signup.objects.get(pk=made[2][0].pk).state == SignupState.IN


def test_attendance_feedback_and_erasure(office, client, now):  # noqa: F811
    event = opened(office, seats=6).sessions.order_by("starts_at")[0]
    made = [sign(event, f"乙{n}") for n in range(6)]
    after = event.ends_at + timedelta(hours=1)
    numbers = [one.number for one, _ in made]
    with pytest.raises(RuleBroken, match="还没有开始"):
        actions.mark_attendance(event, numbers, by=office.clerk, at=CLOSES)
    now(after)
    client.force_login(office.clerk)
    url = reverse("desk:engagement_attendance", args=[event.pk])
    page = text_of(client.get(url))
    assert numbers[0] in page and "乙0" not in page, "签到的页上称呼是遮住的"
    assert client.post(url, {"came": numbers[:5]}).status_code == 302
    roster = reverse("desk:engagement_roster", args=[event.pk])
    assert client.get(roster).status_code == 405 and "乙0" in text_of(client.post(roster))
    assert LogEntry.objects.filter(action="engagement.personal").count() == 1
    client.logout()
    look = reverse("public:letter_look")
    for (signup, code), grade in zip(made, (5, 5, 4, 5), strict=False):
        given = {"number": signup.number, "code": code, "grade": str(grade), "note": "丙某讲得好"}
        assert "谢谢您的评价" in text_of(client.post(look, given))
    assert "现在不能评价" in text_of(client.post(look, given)), "一人一次"
    missing = {"number": numbers[5], "code": made[5][1], "grade": "1"}
    assert "现在不能评价" in text_of(client.post(look, missing)), "没有到场的不评"
    told = feedback.of_event(event, after)
    assert (told.count, told.mean, told.grades) == (4, None, ())
    actions.give_feedback(Signup.objects.get(number=numbers[4]), 1, "", at=after)
    assert feedback.of_event(event, after).mean == 4.0
    actions.finish_event(event, 5, "没有收到意见", by=office.clerk, at=after)
    page = text_of(client.get(Event.objects.get(pk=event.pk).notice.get_absolute_url()))
    assert "均分4.0" in page and "丙某" not in page and "到场5人" in page
    later = event.ends_at + timedelta(days=31)
    assert "6个报名" in jobs.erase(on=later.date(), at=later)
    assert {(str(one.contact), one.rating_note) for one in Signup.objects.all()} == {("{}", "")}
    assert feedback.of_event(event, later).count == 5


def test_the_desk_walks_through(office, client, now):  # noqa: F811
    client.force_login(office.clerk)
    given = ABOUT | {"kind": "experience", "agency": office.agency.pk}
    assert client.post(reverse("desk:engagement_new_series"), given).status_code == 302
    series = EventSeries.objects.get()
    sessions = reverse("desk:engagement_new_sessions", args=[series.pk])
    times = {
        "starts_at": "2026-09-26T09:00",
        "ends_at": "2026-09-26T11:00",
        "signup_from": "2026-09-10T09:30",
        "signup_until": "2026-09-20T17:30",
        "seats": "2",
        "selection": "draw",
        "step": "week",
        "count": "2",
    }
    assert client.post(sessions, times | {"count": "99"}).status_code == 422
    assert client.post(sessions, times).status_code == 302
    assert "2场" in text_of(client.get(reverse("desk:engagement_all_series")))
    drop = reverse("desk:engagement_drop_session", args=[series.sessions.first().pk])
    assert client.post(drop).status_code == 302 and series.sessions.count() == 1
    assert client.post(reverse("desk:engagement_series_notice", args=[series.pk])).status_code == 302
    assert "2026-09-10 09:30" in text_of(client.get(series.get_absolute_url()))
    client.force_login(office.office)
    lines = client.get(reverse("desk:engagement_events") + "?kind=experience&format=csv")
    assert "水厂开放日,民生体验日" in b"".join(lines.streaming_content).decode()


def test_a_code_opens_only_its_own(office):  # noqa: F811
    event = opened(office).sessions.order_by("starts_at")[0]
    (one, code), (other, _) = sign(event), sign(event)
    assert codes.matches(code, one.code, "gongkai.engagement.signup")
    assert not codes.matches(code, other.code, "gongkai.engagement.signup")
