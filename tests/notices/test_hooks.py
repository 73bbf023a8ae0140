"""各应用接上的:政策事项、征求意见、自己的来信和申请。"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.engagement import actions as letters
from gongkai.foi import actions as foi
from gongkai.gazette import subscriptions as gazette
from gongkai.law.engagement import LetterKind
from gongkai.notices import actions, figures, jobs, topics
from gongkai.notices.models import Happening, Message, Recipient, Subscription
from gongkai.notices.terms import Ending, Kind
from gongkai.notices.topics import Choice
from gongkai.org.actions import log
from gongkai.org.models import LogEntry
from tests.gazette.press import OUT, Press
from tests.notices.post import AT, deliver, link, subscribed
from tests.policies import cure
from tests.records.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    from django.utils import timezone

    def put(at):
        monkeypatch.setattr(timezone, "now", lambda: at)

    put(AT)
    return put


def follow(at):
    jobs.note(list(LogEntry.objects.order_by("seq")))
    jobs.spread(at=at)


def test_every_topic_says_what_it_is():
    assert {
        "notices.policy",
        "policies.measure",
        "decisions.consultation",
        "engagement.letter",
        "gazette.issue",
    } <= set(topics.topics())
    for key, one in topics.topics().items():
        assert key.partition(".")[0] and one.label and one.what.endswith("。"), key
        assert one.service or not one.own, key


def test_a_measure_reaches_the_audience_it_is_for():
    office = Office()
    subscribed(
        "old@citizen.example", Choice("policies.measure", {"audience": ["person"]}, consents=True), at=cure.AT
    )
    subscribed(
        "boss@citizen.example", Choice("policies.measure", {"audience": ["enterprise"]}, consents=True), at=cure.AT
    )
    made = cure.measure(office, title="高龄津贴每月500元")
    follow(cure.AT)
    box = deliver(cure.AT)
    assert [letter.to for letter in box.letters] == ["old@citizen.example"]
    assert made.get_absolute_url() in box.letters[0].body
    # 链接里的随机数可以碰巧有这几位
    words = re.sub(r"https://\S+", "", box.letters[0].body)
    assert "500" not in box.letters[0].subject + words
    happening = Happening.objects.get(topic="policies.measure")
    found = figures.reach_of([happening])[0]
    assert (found.cover, found.delivery, found.application) == ("0.0%（1/4000）", "0.0%（0/1）", "没有填报")


def test_ones_own_letter_until_it_is_answered(client, now):
    office = Office()
    letter, code = letters.send_letter(office.agency, LetterKind.CONSULT, "路灯", "什么时候修？", at=AT)
    page = client.post(reverse("public:letter_look"), {"number": letter.number, "code": code}).content.decode()
    address = page.partition('href="/notices/own/')[2].partition('"')[0]
    given = {"way": "mail", "address": "me@citizen.example", "consents": "on"}
    client.post("/notices/own/" + address.replace("&amp;", "&"), given)
    client.post(link(deliver().letters[0].body, "confirm"), {"one": Subscription.objects.get().pk})
    letters.accept(letter, by=office.clerk, at=AT)
    follow(AT)
    told = deliver(AT + timedelta(minutes=11)).letters
    assert len(told) == 1 and "已经受理" in told[0].body and "路灯" not in told[0].body
    letters.draft_reply(letter, "已经修好。", by=office.clerk, at=AT)
    letters.reply(letter, answered_all=True, by=office.head, at=AT)
    follow(AT + timedelta(minutes=20))
    assert "有了答复" in deliver(AT + timedelta(minutes=40)).letters[0].body
    assert Subscription.objects.get().ending == Ending.OVER and Recipient.objects.get().address == "", "办完就清除"


def test_ones_own_application_says_only_how_far_it_is():
    office = Office()
    given = foi.Intake(office.agency, "person", {"name": "某"}, "某某的档案", "electronic", "web")
    case, _ = foi.submit(given, at=AT)
    choice = Choice("foi.progress", subject=f"foi.application:{case.pk}", consents=True)
    subscribed("me@citizen.example", choice)
    subscribed("other@citizen.example", Choice("foi.progress", subject="foi.application:999", consents=True))
    foi.quit(case, at=AT)
    follow(AT)
    told = deliver(AT + timedelta(minutes=11)).letters
    assert [letter.to for letter in told] == ["me@citizen.example"]
    assert case.number in told[0].body and "档案" not in told[0].body
    assert Message.objects.get(kind=Kind.SERVICE).happening.ends
    assert actions.end_subject("foi.progress", choice.subject, at=AT) == 0


def test_an_issue_of_the_gazette_is_told_when_it_is_out():
    press = Press()
    issue = press.opened()
    entry = log("gazette.publish", "出刊", at=OUT, by=press.editor, about=issue)
    assert gazette.read(entry) is None, "还没有出刊"
    type(issue).objects.filter(pk=issue.pk).update(stage="published", published_at=OUT)
    told = gazette.read(entry)
    assert (told.key, told.address, told.agency) == (str(issue.pk), issue.get_absolute_url(), press.office.agency)
