"""排队和发送:一人一件至多一条,程序随便停在哪里;超时不是失败;条数、时段、退信、通道。"""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from gongkai.law.calendar import DAY
from gongkai.law.errors import RuleBroken
from gongkai.notices import actions, jobs
from gongkai.notices.models import Channel, Happening, Message, Recipient, Subscription
from gongkai.notices.terms import Kind, Result, State, Way
from gongkai.notices.topics import Choice
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.records.terms import WithdrawalKind
from tests.notices.post import AT, POLICY, Box, deliver, happen, subscribed
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process is killed here: nothing after it happens, an open transaction is lost."""


def killing(chance, most):
    """Let a process die at a random statement among the next ones, before or after it is carried out."""
    left, before = chance.randrange(most), chance.random() < 0.5

    def statement(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        if left == 0 and before:
            raise Killed
        done = execute(sql, params, many, context)
        if left == 0:
            raise Killed
        return done

    return statement


class Post(Box):
    """A mail server that keeps what it got; the process may die right before or right after."""

    def __init__(self, chance):
        super().__init__()
        self.chance = chance

    def send(self, letter):
        if self.chance.random() < 0.02:
            raise Killed
        answer = super().send(letter)
        if self.chance.random() < 0.02:
            raise Killed
        return answer


@pytest.mark.django_db(transaction=True)
def test_killed_ten_times_nobody_gets_it_twice_and_nothing_is_lost(monkeypatch):
    """Ten deaths at random while it is queued and sent; on both databases, with real commits."""
    monkeypatch.setattr("gongkai.notices.actions.telling.BATCH", 7)
    chance, people = random.Random(21), 40
    for number in range(people):
        subscribed(f"p{number}@citizen.example")
    actions.enqueue(POLICY, _happened("1"), at=AT)
    box, deaths, at = Post(chance), 0, AT
    for turn in range(200):
        at = AT + timedelta(minutes=30 * turn) if turn < 20 else AT + timedelta(minutes=600 + turn)
        steps = (lambda at=at: actions.spread(at), lambda at=at: deliver(at, box, most=11))
        for step in steps:
            try:
                with connection.execute_wrapper(killing(chance, 90 if deaths < 10 else 10**9)):
                    step()
            except Killed:
                deaths += 1
                connection.close()
        if deaths >= 10 and not Message.objects.filter(state__in=(State.QUEUED, State.SENDING)).exists():
            break
    assert deaths >= 10
    got = [letter.to for letter in box.letters]
    assert len(got) == len(set(got)), "谁也没有收到两次"
    by_state = {
        state: set(Message.objects.filter(kind=Kind.NEWS, state=state).values_list("recipient", flat=True))
        for state in State
    }
    assert sum(map(len, by_state.values())) == people, "一人一条，一条也不少"
    sure = set(Recipient.objects.filter(pk__in=by_state[State.ACCEPTED]).values_list("pk", flat=True))
    assert len(sure) == len(by_state[State.ACCEPTED]) and by_state[State.QUEUED] == set()
    assert by_state[State.ACCEPTED] | by_state[State.UNKNOWN] == set(
        Recipient.objects.values_list("pk", flat=True)
    )
    assert len(by_state[State.UNKNOWN]) <= deaths, "说不清的至多一次一封，都记着"


def _happened(key):
    from gongkai.notices.topics import Happened

    return Happened(key, "《关于停车的通知》", f"/info/{key}/")


class TestFromPublicationToTheMailbox:
    def test_a_published_policy_reaches_whom_it_concerns_once(self):
        office, other = Office(), Office(code="MH0104", name="明湖区教育局")
        subscribed("near@citizen.example", Choice(POLICY, {"agency": ["MH0101"]}, consents=True))
        subscribed("all@citizen.example")
        subscribed("far@citizen.example", Choice(POLICY, {"agency": [other.agency.code]}, consents=True))
        record = office.publish(at=AT, title="关于稳岗补贴每人1500元的通知")
        office.publish("notice", at=AT, title="停水公告")
        entries = list(LogEntry.objects.order_by("seq"))
        jobs.note(entries)
        jobs.note(entries)
        assert [one.record_id for one in Happening.objects.all()] == [record.pk]
        jobs.spread(at=AT)
        jobs.spread(at=AT)
        box = deliver()
        assert sorted(letter.to for letter in box.letters) == ["all@citizen.example", "near@citizen.example"]
        for letter in box.letters:
            assert (
                "1500" not in letter.subject + letter.body + letter.short
                and record.get_absolute_url() in letter.body
            )

    def test_not_before_its_hour_and_not_after_it_is_withdrawn(self):
        office = Office()
        subscribed("all@citizen.example")
        later = AT + timedelta(hours=2)
        record = office.sign(office.draft(), at=AT, publish_at=later)
        jobs.note(list(LogEntry.objects.all()))
        assert not Happening.objects.exists()
        records.open_due(later)
        jobs.note(list(LogEntry.objects.all()))
        jobs.spread(at=later)
        records.withdraw(
            record,
            WithdrawalKind.RETRACTED,
            reason="写错了",
            basis="自查",
            on=later.date(),
            by=office.final,
            at=later,
        )
        assert deliver(later).letters == []
        assert [one.note for one in Message.objects.filter(kind=Kind.NEWS)] == ["原文已经撤下"]

    def test_what_is_old_is_never_told(self):
        subscribed("all@citizen.example")
        happen(at=AT - DAY * 30)
        actions.spread(AT)
        assert Happening.objects.get().stale is False, "当时没有过时"
        actions.enqueue(POLICY, _happened("2"), at=AT - DAY * 30)
        actions.spread(AT)
        assert Happening.objects.get(key="2").stale and not Happening.objects.get(key="2").messages.exists()


class TestCapsAndHours:
    def test_one_a_day_four_a_month_the_rest_in_one_letter(self):
        subscribed("a@citizen.example")
        happen("1")
        assert len(deliver().letters) == 1
        happen("2", "《第二件》", at=AT + timedelta(hours=1))
        happen("3", "《第三件》", at=AT + timedelta(hours=2))
        assert deliver(AT + timedelta(hours=3)).letters == [], "一天一封"
        letters = deliver(AT + DAY).letters
        assert len(letters) == 1 and "《第二件》" in letters[0].body and "《第三件》" in letters[0].body
        for day in (2, 3, 4, 5):
            happen(f"d{day}", at=AT + DAY * day)
            deliver(AT + DAY * day)
        claims = Message.objects.filter(kind=Kind.NEWS, state=State.ACCEPTED).values_list("claim", flat=True)
        assert len(set(claims)) == 4, "一月四封"
        assert len(deliver(moment(2026, 10, 1, 8)).letters) == 1

    def test_nothing_at_night_but_services(self, monkeypatch):
        from gongkai.notices import topics
        from gongkai.notices.topics import Topic

        own = Topic(key="test.own", label="我的证照", what="到期以前。", service=True, own=True)
        known = topics.topics() | {own.key: own}
        monkeypatch.setattr(topics, "topics", lambda: known)
        subscribed("a@citizen.example")
        subscribed("b@citizen.example", Choice("test.own", subject="x:1", consents=True))
        night = moment(2026, 9, 1, 22)
        happen("1", at=night)
        happen("2", at=night, topic="test.own", subject="x:1")
        assert deliver(night).letters == []
        happen("3", "再一件", at=night + timedelta(minutes=4), topic="test.own", subject="x:1")
        letters = deliver(night + timedelta(minutes=15)).letters
        assert [letter.to for letter in letters] == ["b@citizen.example"] and "再一件" in letters[0].body
        assert [letter.to for letter in deliver(moment(2026, 9, 2, 8)).letters] == ["a@citizen.example"]

    def test_the_same_page_once_in_a_letter(self):
        choices = Choice(POLICY, consents=True), Choice("notices.recruitment", consents=True)
        subscribed("a@citizen.example", *choices)
        happen("1")
        happen("1", topic="notices.recruitment")
        letter = deliver().letters[0]
        assert letter.body.count("/info/1/") == 1 and Message.objects.filter(state=State.CANCELLED).count() == 1


class TestWhatTheChannelSays:
    def test_a_timeout_is_unknown_and_not_sent_again_by_itself(self):
        office = Office()
        subscribed("a@citizen.example")
        happen()
        deliver(AT, Box(Result.UNKNOWN))
        message = Message.objects.get(kind=Kind.NEWS)
        assert message.state == State.UNKNOWN
        assert deliver(AT + DAY).letters == []
        with pytest.raises(RuleBroken, match="没有核实"):
            actions.retry(message, False, by=office.office, at=AT + DAY)
        actions.retry(message, True, by=office.office, at=AT + DAY)
        assert len(deliver(AT + DAY).letters) == 1

    def test_several_are_sent_again_at_once_after_they_were_checked(self, client, monkeypatch):
        office = Office()
        for number in range(3):
            subscribed(f"p{number}@citizen.example")
        happen()
        deliver(AT, Box(*[Result.UNKNOWN] * 3))
        rows = list(Message.objects.filter(kind=Kind.NEWS).values_list("pk", flat=True))
        gone = Message.objects.get(pk=rows[2])
        Subscription.objects.filter(pk=gone.subscription_id).update(ended_at=AT)
        monkeypatch.setattr("django.utils.timezone.now", lambda: AT + DAY)
        client.force_login(office.office)
        url = reverse("desk:notices_retry_many")
        assert client.post(url).status_code == 302
        assert "可能已经发出" in client.post(url, {"pk": rows}).content.decode()
        unchecked = client.post(url, {"pk": rows, "confirmed": "1"}).content.decode()
        assert unchecked.count("没有核实") == 3 and deliver(AT + DAY).letters == []
        done = client.post(url, {"pk": rows, "confirmed": "1", "checked": "on"}).content.decode()
        assert done.count("重新排队了") == 2 and "已经退订" in done
        assert len(deliver(AT + DAY).letters) == 2

    def test_the_public_reads_how_many_it_reached_and_never_few(self, client, monkeypatch):
        for number in range(12):
            subscribed(f"p{number}@citizen.example")
        happen(estimated=40)
        box = deliver()
        for letter in box.letters[:9]:
            actions.receive(letter.number, Result.DELIVERED, at=AT)
        happen("2", "《少有人订的》", facts={"agency": ["X"]})
        Happening.objects.filter(key="2").update(title="只有三个人的事")
        Message.objects.filter(happening__key="2").exclude(
            pk__in=Message.objects.filter(happening__key="2").values_list("pk", flat=True)[:3]
        ).delete()
        monkeypatch.setattr("django.utils.timezone.now", lambda: AT + DAY)
        shown = client.get(reverse("public:notices_reached")).content.decode()
        assert "75.0%（9/12）" in shown and "30.0%（12/40）" in shown
        few = shown.split("只有三个人的事")[1]
        assert "12</span>" in shown.split("最近的各件")[0] and "15</span>" not in shown  # 从合计也推算不出
        assert "不到5" in few and "人数太少，不单列" in few and "（3/" not in few
        assert "还没有推送过" in client.get(reverse("public:notices_reached"), {"year": "2024"}).content.decode()

    def test_later_and_later_and_then_given_up(self):
        subscribed("a@citizen.example")
        happen()
        box, at = Box(*[Result.TEMPORARY] * 20), AT
        for _ in range(20):
            deliver(at, box)
            at += timedelta(hours=4) if at.hour < 8 else timedelta(hours=12)
        message = Message.objects.get(kind=Kind.NEWS)
        assert (message.state, message.tries, len(box.letters)) == (State.FAILED, 6, 6)

    def test_what_was_put_off_while_the_clock_ran_ahead_goes_out_now(self):
        subscribed("a@citizen.example")
        happen()
        later = AT + timedelta(days=10)
        news = Message.objects.filter(kind=Kind.NEWS)
        news.update(state=State.RETRY, tried_at=later, due_at=later + timedelta(hours=1))
        box = Box()
        deliver(AT, box)
        assert len(box.letters) == 1
        news.update(state=State.SENDING, tried_at=later)
        assert actions.recover(AT) == 1 and news.get().state == State.UNKNOWN

    def test_what_a_clock_weeks_ahead_put_off_to_the_next_month_goes_out_when_it_is_set_right(self):
        subscribed("a@citizen.example")
        later = AT + timedelta(days=20)
        news = Message.objects.filter(kind=Kind.NEWS)
        for name in "12345":  # 走快的那些天里发满了一个月的
            happen(name)
            deliver(later)
            news.filter(tried_at__gt=AT).update(queued_at=AT)
            later += timedelta(days=1)
        waiting = news.filter(state=State.QUEUED)
        waiting.update(queued_at=AT)
        assert waiting.count() == 1 and waiting.get().due_at > later
        assert len(deliver(AT + timedelta(hours=1)).letters) == 1 and not waiting.exists()

    def test_two_bounces_retire_an_address_and_its_owner_restores_it(self):
        office = Office()
        recipient = subscribed("a@citizen.example")
        for day in (0, 1):
            happen(str(day), at=AT + DAY * day)
            deliver(AT + DAY * day, Box(Result.PERMANENT))
        recipient.refresh_from_db()
        assert recipient.stopped_at and not Subscription.objects.active().exists()
        happen("3", at=AT + DAY * 2)
        assert deliver(AT + DAY * 2).letters == []
        with pytest.raises(RuleBroken, match="没有停用的这个地址"):
            actions.restore(Way.MAIL, "b@citizen.example", by=office.office, at=AT)
        actions.restore(Way.MAIL, "A@citizen.example", by=office.office, at=AT)
        assert Subscription.objects.active().exists()

    def test_receipts_count_once_and_late(self):
        recipient = subscribed("a@citizen.example")
        happen()
        letter = deliver().letters[0]
        assert actions.receive(letter.number, Result.DELIVERED, at=AT) == 1
        assert actions.receive(letter.number, Result.DELIVERED, at=AT) == 0
        assert actions.receive(letter.number, Result.PERMANENT, at=AT, note="邮箱不存在") == 1
        assert actions.receive(letter.number, Result.PERMANENT, at=AT) == 0
        recipient.refresh_from_db()
        assert recipient.bounces == 1 and actions.receive("", Result.DELIVERED, at=AT) == 0

    def test_a_channel_that_fails_pauses_itself(self):
        for number in range(30):
            subscribed(f"p{number}@citizen.example")
        happen()
        deliver(AT, Box(*[Result.PERMANENT] * 30))
        assert Channel.objects.get(way=Way.MAIL).paused_at == AT

    def test_paused_nothing_is_lost(self):
        office = Office()
        actions.subscribe(Way.STATION, "", [Choice(POLICY, consents=True)], at=AT)
        happen()
        actions.pause(Way.STATION, "核对内容", by=office.office, at=AT)
        actions.deliver(AT)
        assert Message.objects.get().state == State.QUEUED
        actions.resume(Way.STATION, by=office.office, at=AT)
        actions.deliver(AT)
        assert Message.objects.get().state == State.DELIVERED

    def test_called_off(self):
        office = Office()
        subscribed("a@citizen.example")
        happening = happen()
        assert actions.call_off(happening, "标题写错", by=office.office, at=AT) == 1
        assert deliver().letters == []
