"""抽选:种子在报名截止以前约定,公众看得到约定、照它重算得出同样的结果;事后填的种子不收。"""

from hashlib import sha256

import pytest
from django.urls import reverse

from gongkai.engagement import actions
from gongkai.engagement.models import Event, Signup
from gongkai.engagement.terms import EventKind, SignupState
from gongkai.law import drawing as law
from gongkai.law.errors import RuleBroken
from tests.engagement.test_engagement import AT, NEXT, now, office, text_of  # noqa: F401
from tests.records.office import moment

pytestmark = pytest.mark.django_db
CLOSES = moment(2026, 9, 15, 18)
OUT = moment(2026, 9, 16, 22)
LATER = moment(2026, 9, 17, 9)
LOTTERY = "2026年9月16日开奖的某彩票第2026100期七位号码"


def drawn_event(office, sign=True, **options):  # noqa: F811
    values = {
        "title": "学校食堂开放日",
        "place": "第二小学",
        "starts_at": moment(2026, 9, 20, 9),
        "ends_at": moment(2026, 9, 20, 11),
        "seats": 2,
        "signup_until": CLOSES,
        "selection": "draw",
    }
    event = actions.hold_event(office.agency, EventKind.OPEN_DAY, values | options, by=office.clerk, at=AT)
    if sign:
        office.sign(actions.draft_notice(event, by=office.clerk, at=AT), at=AT)
    return Event.objects.get(pk=event.pk)


def five(event):
    return [actions.sign_up(event, {"name": f"甲{n}", "reach": "0571-00000001"}, at=NEXT)[0] for n in range(5)]


def expected(seed):
    """The order as a citizen computes it from what is shown."""
    numbers = Signup.objects.values_list("number", flat=True)
    return sorted(numbers, key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())


class TestSealed:
    def test_the_hash_is_in_the_notice_and_the_seed_is_in_nothing_before(self, office, client, now):  # noqa: F811
        event = drawn_event(office)
        five(event)
        now(NEXT)
        pages = [event.record.get_absolute_url(), reverse("public:event_sign_up", args=[event.pk])]
        for url in (*pages, reverse("public:event_drawing", args=[event.pk])):
            shown = text_of(client.get(url))
            assert event.drawing.commitment in shown and event.drawing.secret not in shown, url
        client.force_login(office.clerk)
        assert event.drawing.secret not in text_of(client.get(event.get_absolute_url()))
        with pytest.raises(RuleBroken, match="没有截止"):
            actions.draw(event, by=office.clerk, at=NEXT)

    def test_a_typed_seed_changes_nothing_and_anyone_can_repeat_it(self, office, client, now):  # noqa: F811
        event = drawn_event(office)
        five(event)
        secret = event.drawing.secret
        assert actions.draw(event, "我挑的种子", by=office.clerk, at=LATER) == 2
        event = Event.objects.get(pk=event.pk)
        assert (event.drawing.seed, event.drawing.secret) == (secret, "") and event.drawing.holds
        assert sha256(secret.encode()).hexdigest() == event.drawing.commitment
        taken = Signup.objects.filter(state=SignupState.IN).order_by("rank").values_list("number", flat=True)
        assert list(taken) == expected(secret)[:2] and event.drawing.order == expected(secret)
        with pytest.raises(RuleBroken, match="已经抽选过"):
            actions.draw(event, by=office.clerk, at=LATER)
        now(LATER)
        shown = text_of(client.get(reverse("public:event_drawing", args=[event.pk])))
        assert secret in shown and shown.count("抽中</span>") == 2 and "甲0" not in shown

    def test_who_waits_moves_up_in_the_order_drawn(self, office):  # noqa: F811
        event = drawn_event(office)
        five(event)
        actions.draw(event, by=office.clerk, at=LATER)
        order = Event.objects.get(pk=event.pk).drawing.order
        actions.cancel_signup(Signup.objects.get(number=order[0]), at=LATER)
        assert Signup.objects.get(number=order[2]).state == SignupState.IN
        assert Signup.objects.get(number=order[3]).state == SignupState.WAITING


class TestPublicNumber:
    def test_it_must_come_out_after_the_sign_up_and_after_now(self, office):  # noqa: F811
        for options, said in (
            ({"draw_source": LOTTERY, "draw_at": moment(2026, 9, 14)}, "截止以前就产生"),
            ({"draw_source": LOTTERY}, "什么时候产生"),
            ({"draw_at": OUT}, "没有写是哪一个数"),
        ):
            with pytest.raises(RuleBroken, match=said):
                drawn_event(office, sign=False, **options)

    def test_from_the_notice_to_the_order(self, office, client, now):  # noqa: F811
        event = drawn_event(office, draw_source=LOTTERY, draw_at=OUT)
        five(event)
        now(NEXT)
        assert LOTTERY in text_of(client.get(event.record.get_absolute_url()))
        with pytest.raises(RuleBroken, match="还没有产生"):
            actions.draw(event, "1234567", by=office.clerk, at=moment(2026, 9, 16, 9))
        with pytest.raises(RuleBroken, match="没有填约定的公开数"):
            actions.draw(event, " ", by=office.clerk, at=LATER)
        now(LATER)
        client.force_login(office.clerk)
        url = reverse("desk:engagement_draw", args=[event.pk])
        assert "两遍填的不一样" in text_of(client.post(url, {"number": "1234567", "again": "1234576"}))
        assert client.post(url, {"number": "1234567", "again": "1234567"}).status_code == 302
        assert Event.objects.get(pk=event.pk).drawing.order == expected("1234567")

    def test_what_is_announced_stays(self, office):  # noqa: F811
        event = drawn_event(office, draw_source=LOTTERY, draw_at=OUT)
        actions.save_event(event, {"seats": 3, "draw_source": ""}, by=office.clerk, at=NEXT)
        assert Event.objects.get(pk=event.pk).drawing.source == LOTTERY

    def test_before_the_notice_it_may_change(self, office):  # noqa: F811
        event = drawn_event(office, sign=False)
        assert event.drawing.commitment
        given = {"draw_source": LOTTERY, "draw_at": OUT}
        found = actions.save_event(event, given, by=office.clerk, at=AT).drawing
        assert (found.source, found.commitment, found.secret) == (LOTTERY, "", "")


class TestFromBefore:
    def test_without_an_agreement_no_seed_is_taken_until_a_number_to_come_is_named(self, office):  # noqa: F811
        """Events from before the upgrade: never drawn by a seed typed afterwards."""
        event = drawn_event(office)
        five(event)
        Event.objects.filter(pk=event.pk).update(drawing=None)
        with pytest.raises(RuleBroken, match="没有事先约定"):
            actions.draw(event, "0831", by=office.clerk, at=moment(2026, 9, 16, 9))
        with pytest.raises(RuleBroken, match="不能再由机器取种子"):
            actions.save_event(event, {}, by=office.clerk, at=moment(2026, 9, 16, 9))
        given = {"draw_source": LOTTERY, "draw_at": OUT}
        with pytest.raises(RuleBroken, match="已经产生"):
            actions.save_event(event, given, by=office.clerk, at=LATER)
        actions.save_event(event, given, by=office.clerk, at=moment(2026, 9, 16, 9))
        assert actions.draw(event, "1234567", by=office.clerk, at=LATER) == 2


def test_the_order_of_the_hash_is_fixed():
    numbers = ["A-1", "A-2", "A-3", "A-4"]
    assert law.ranked(numbers, "2026-11-27") == expected_of(numbers, "2026-11-27")
    without = [number for number in numbers if number != law.ranked(numbers, "2026-11-27")[1]]
    assert law.ranked(without, "2026-11-27") == [n for n in law.ranked(numbers, "2026-11-27") if n in without]


def expected_of(numbers, seed):
    return sorted(numbers, key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())
