"""订阅、确认、退订、拒收;扫描邮件的程序什么也改不了,替别人订的没有害处。"""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.law.calendar import DAY
from gongkai.law.errors import RuleBroken
from gongkai.notices import actions, links, topics
from gongkai.notices.models import Message, Recipient, Subscription
from gongkai.notices.terms import Ending, State, Way
from gongkai.notices.topics import Choice, Criterion, Topic
from tests.notices.post import AT, POLICY, deliver, happen, link, subscribed

pytestmark = pytest.mark.django_db
FORM = {"way": "mail", "address": "wang@citizen.example", "topic-notices-policy": "on"}


@pytest.fixture
def now(monkeypatch):
    from django.utils import timezone

    def put(at):
        monkeypatch.setattr(timezone, "now", lambda: at)

    put(AT)
    return put


@pytest.fixture
def more(monkeypatch):
    """Topics of an app that asks for sensitive criteria, and of one's own things."""
    ended = []
    own = Topic(
        key="test.own", label="我的证照", what="到期以前告诉您。", service=True, own=True, ended=ended.append
    )
    aid = Topic(
        key="test.aid",
        label="补助",
        what="新的补助。",
        criteria=(
            Criterion("who", "是什么人", [("a", "残疾人"), ("b", "低保户")], sensitive=True),
            Criterion("town", "哪个镇", [("x", "柳桥镇")]),
        ),
    )
    known = topics.topics() | {own.key: own, aid.key: aid}
    monkeypatch.setattr(topics, "topics", lambda: known)
    return ended


def text_of(response):
    return response.content.decode()


class TestFromTheForm:
    def test_to_the_confirmation_and_out_again(self, client, now):
        page = client.post(reverse("public:notices"), FORM, follow=True)
        assert page.status_code == 200 and "请确认" in text_of(page) and "wang" not in text_of(page)
        happen()
        letters = deliver().to("wang@citizen.example")
        assert len(letters) == 1 and "请确认订阅" in letters[0].subject, "确认以前只有确认信"
        address = link(letters[0].body, "confirm")
        assert "政策文件" in text_of(client.get(address)) and not Subscription.objects.active().exists()
        one = Subscription.objects.get()
        assert "已经确认1项" in text_of(client.post(address, {"one": one.pk}))
        happen("2", "《关于公园的通知》")
        letters = deliver(AT + timedelta(hours=1)).to("wang@citizen.example")
        assert [letter.subject.partition("]")[2] for letter in letters] == [" 《关于公园的通知》"]
        assert letters[0].unsubscribe.endswith(link(letters[0].body, "unsubscribe"))

        # 扫描邮件的程序只会打开
        away = link(letters[0].body, "unsubscribe")
        for path in (away, link(letters[0].body, "manage")):
            assert client.get(path).status_code == 200 and client.head(path).status_code == 200
        assert Subscription.objects.active().count() == 1

        happen("3", "《第三件》", at=AT + DAY)
        assert Message.objects.filter(state=State.QUEUED).count() == 1
        assert "已经全部退订" in text_of(client.post(away, {"List-Unsubscribe": "One-Click"}))
        assert "已经全部退订" in text_of(client.post(away)), "再退一次没有害处"
        assert deliver(AT + DAY).letters == [], "退订以后一条也没有，排着的也没有"
        recipient = Recipient.objects.get()
        assert recipient.address == "" and recipient.erased_at == AT

    def test_nothing_is_taken_without_consent_or_with_a_bad_address(self, client, now):
        wrong = client.post(
            reverse("public:notices"), {"way": "mail", "address": "不是邮箱", "topic-notices-policy": "on"}
        )
        assert wrong.status_code == 400 and "这不是可以用的电子邮件地址" in text_of(wrong)
        none = client.post(reverse("public:notices"), {"way": "mail", "address": "a@citizen.example"})
        assert none.status_code == 400 and "没有选订阅哪一类" in text_of(none)
        assert not Recipient.objects.exists()

    def test_too_many_from_one_source_are_refused(self, client, now):
        answers = [
            client.post(reverse("public:notices"), FORM | {"address": f"p{n}@citizen.example"}).status_code
            for n in range(12)
        ]
        assert answers == [302] * 10 + [429] * 2 and Recipient.objects.count() == 10

    def test_the_station_keeps_no_address(self, client, now):
        page = client.post(reverse("public:notices"), FORM | {"way": "station", "address": ""}, follow=True)
        code = text_of(page).split('class="secret">')[1].partition("<")[0]
        assert Recipient.objects.get().address == ""
        happen()
        actions.deliver(AT + timedelta(minutes=1))
        wrong = client.post(reverse("public:notices_inbox"), {"code": "AAAA-AAAA-AAAA"})
        assert wrong.status_code == 404 and "查询码不对" in text_of(wrong)
        inbox = client.post(reverse("public:notices_inbox"), {"code": code.lower()}, follow=True)
        assert "《关于停车的通知》" in text_of(inbox)
        assert Message.objects.get().state == State.DELIVERED


class TestForSomebodyElse:
    def test_one_letter_and_then_silence(self, now):
        for hour in range(5):
            actions.subscribe(
                Way.MAIL, "Victim@citizen.example", [Choice(POLICY, consents=True)], at=AT + timedelta(hours=hour)
            )
        assert Recipient.objects.count() == 1 and Subscription.objects.count() == 1
        assert len(deliver(AT + timedelta(hours=6)).letters) == 1
        for day in range(1, 20):
            at = AT + DAY * day
            actions.subscribe(Way.MAIL, "victim@citizen.example", [Choice(POLICY, consents=True)], at=at)
            deliver(at)
        assert Message.objects.filter(kind="confirm").count() == 5

    def test_refused_for_good(self, client, now):
        recipient = subscribed("victim@citizen.example", confirmed=False)
        page = client.post(links.confirm(recipient), {"refuse": "1"})
        assert "不再向这个地址发确认信" in text_of(page)
        actions.subscribe(Way.MAIL, "victim@citizen.example", [Choice(POLICY, consents=True)], at=AT + DAY)
        assert deliver(AT + DAY).letters == [] and not Subscription.objects.standing().exists()

    def test_what_is_not_confirmed_goes(self):
        subscribed("a@citizen.example", confirmed=False)
        actions.tidy_up(on=(AT + DAY * 8).date(), at=AT + DAY * 8)
        recipient = Recipient.objects.get()
        assert recipient.address == "" and recipient.digest and not Subscription.objects.exists()
        actions.tidy_up(on=(AT + DAY * 60).date(), at=AT + DAY * 60)
        assert Recipient.objects.get().digest is None

    def test_a_stranger_changes_nothing_of_what_is_confirmed(self, client, now):
        recipient = subscribed("a@citizen.example", Choice(POLICY, {"agency": []}, consents=True))
        actions.subscribe(Way.MAIL, "a@citizen.example", [Choice("notices.recruitment", consents=True)], at=AT)
        assert [one.topic for one in recipient.subscriptions.active()] == [POLICY]
        client.post(links.confirm(recipient), {"one": ""})
        assert [one.topic for one in recipient.subscriptions.standing()] == [POLICY]


class TestConsent:
    def test_sensitive_criteria_need_their_own(self, more):
        given = {"who": ["a"], "town": ["x"]}
        with pytest.raises(RuleBroken, match="单独同意"):
            actions.subscribe(Way.MAIL, "a@citizen.example", [Choice("test.aid", given, consents=True)], at=AT)
        choice = Choice("test.aid", given, consents=True, consents_sensitive=True)
        one = subscribed("a@citizen.example", choice).subscriptions.get()
        assert (one.criteria, one.private, one.sensitive_at) == ({"town": ["x"]}, {"who": ["a"]}, AT)
        stored = (
            Subscription.objects.filter(pk=one.pk).extra(select={"raw": "private"}).values_list("raw", flat=True)
        )
        assert "who" not in str(stored[0])
        happen("1", topic="test.aid", facts={"who": ["b"]})
        happen("2", topic="test.aid", facts={"who": ["a", "b"]})
        happen("3", topic="test.aid")
        told = Message.objects.filter(topic="test.aid").values_list("happening__key", flat=True)
        assert sorted(told) == ["2", "3"], "不分对象的同谁都有关"
        actions.unsubscribe(one.recipient, at=AT)
        one.refresh_from_db()
        assert one.private == {} and one.ending == Ending.LINK

    def test_no_consent_no_subscription(self):
        with pytest.raises(RuleBroken, match="没有勾同意"):
            actions.subscribe(Way.MAIL, "a@citizen.example", [Choice(POLICY)], at=AT)
        with pytest.raises(RuleBroken, match="没有这样的条件"):
            actions.subscribe(Way.MAIL, "a@citizen.example", [Choice(POLICY, {"x": ["1"]}, consents=True)], at=AT)

    def test_a_changed_purpose_needs_a_new_consent(self, monkeypatch):
        subscribed("a@citizen.example")
        newer = Topic(key=POLICY, label="政策文件", what="改了用处。", version=2)
        monkeypatch.setattr(topics, "topics", lambda: {POLICY: newer})
        happen()
        assert not Message.objects.filter(kind="news").exists()


class TestOnesOwnThing:
    def test_only_from_its_page_and_told_when_it_ends(self, more, client, now):
        with pytest.raises(RuleBroken, match="从那件事的页面"):
            actions.subscribe(Way.MAIL, "a@citizen.example", [Choice("test.own", consents=True)], at=AT)
        address = links.subject_link("test.own", "test.thing:7", "食品经营许可证")
        page = client.get(address)
        assert "食品经营许可证" in text_of(page) and "test.own" not in text_of(
            client.get(reverse("public:notices"))
        )
        client.post(address, {"way": "mail", "address": "a@citizen.example", "consents": "on"})
        recipient = Recipient.objects.get()
        actions.confirm(recipient, at=AT)
        happen("7:30", topic="test.own", subject="test.thing:7")
        happen("8:30", topic="test.own", subject="test.thing:8")
        assert Message.objects.filter(kind="service").count() == 1
        actions.end_subject("test.own", "test.thing:7", at=AT)
        assert more == ["test.thing:7"]
        assert Message.objects.get(kind="service").state == State.CANCELLED

    def test_a_link_that_was_not_given(self, client, now):
        assert client.get(reverse("public:notices_own") + "?about=abc").status_code == 404
        recipient = subscribed("a@citizen.example")
        good = links.token(recipient, links.MANAGE)
        for wrong in (
            good[:-1] + ("0" if good[-1] != "0" else "1"),
            "1-x",
            "x",
            links.token(recipient, links.CONFIRM),
        ):
            assert client.post(reverse("public:notices_unsubscribe", args=[wrong])).status_code == 404
        assert recipient.subscriptions.active().exists()
