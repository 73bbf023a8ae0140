"""数据同源的通知:该送的送一次,按次序,送不到的过些时候再送,没有文字;工作台看得到等着的和没有送到的(C100)。"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters import webhook
from gongkai.adapters.webhook import NotDelivered
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.records import source
from gongkai.web import actions, jobs, syndication
from gongkai.web.models import Delivery, Subscriber
from tests.records.office import AT, Office
from tests.web.receiver import Receiver

pytestmark = pytest.mark.django_db
RULE = {"doc_number": "明建发〔2024〕7号", "effective_on": "2024-09-01"}
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def sent(monkeypatch):
    """What was sent, in order; ``answers`` holds the next statuses or errors (200 when it is empty)."""

    class Sent(list):
        answers: list = []

        def post(self, url, body, headers, *, private):
            answer = self.answers.pop(0) if self.answers else 200
            self.append((url, headers, json.loads(body)))
            if isinstance(answer, Exception):
                raise answer
            return answer

    made = Sent()
    made.answers = []
    monkeypatch.setattr(webhook, "post", made.post)
    return made


def subscribe(office, name="新媒体", agencies=(), **rest) -> Subscriber:
    new = Subscriber(name=name, url="https://media.example/hook", **rest)
    return actions.save_subscriber(new, list(agencies), by=office.office, at=AT)[0]


def follow() -> None:
    jobs.syndicate(list(LogEntry.objects.order_by("seq")))


def ids(sent) -> list[tuple[int, str]]:
    return [(body["id"], body["state"]) for _, _, body in sent]


def delivered(sent) -> list[tuple[int, str]]:
    """What goes out now."""
    sent.clear()
    actions.deliver(LATER)
    return ids(sent)


def test_what_is_brought_forward_is_told_at_that_moment(office, sent):
    subscribe(office)
    record = office.sign(office.draft(), publish_at=AT.replace(year=2099))
    follow()
    assert not delivered(sent)
    records.reschedule(record, AT.replace(year=2098), by=office.final, at=AT)
    follow()
    assert not delivered(sent)
    records.reschedule(record, None, by=office.final, at=LATER)
    follow()
    assert delivered(sent) == [(record.pk, "public")]


def test_each_change_once_in_order_without_text(office, sent):
    before = office.publish(title="登记以前的")
    subscriber = subscribe(office)
    one, two = office.publish(title="甲通知"), office.publish(title="乙通知")
    office.draft(title="还没有公开的")
    later = office.sign(office.draft(title="定时的"), publish_at=AT.replace(year=2099))
    records.relate(one, two, "related", by=office.clerk, at=AT)
    records.withdraw(two, "confidential", reason="内部原因", on=AT.date(), by=office.office, at=AT)
    follow()
    follow()
    assert actions.deliver(LATER) == (5, 0)
    assert actions.deliver(LATER) == (0, 0)
    # 乙公布的那一条送出去的时候已经撤下了,说的就是撤下
    gone = (two.pk, "gone")
    assert ids(sent) == [(one.pk, "public"), gone, (one.pk, "public"), gone, gone]
    seqs = [body["seq"] for _, _, body in sent]
    assert seqs == sorted(seqs) and before.pk not in dict(ids(sent)) and later.pk not in dict(ids(sent))
    url, headers, body = sent[0]
    assert url == subscriber.url and body["content_sha256"] == source.fingerprint(one.live.text)
    assert set(body) == {"seq", "id", "state", "url", "page", "content_sha256", "changed_at"}
    assert sent[1][2]["content_sha256"] is None
    assert sent[1][2]["url"].endswith(f"/api/v1/records/{two.pk}")
    for _, _, body in sent:
        text = json.dumps(body, ensure_ascii=False)
        assert "通知" not in text and "内部原因" not in text and "绿化" not in text
    assert headers["Gongkai-Delivery"] == str(seqs[0]) and headers["Gongkai-Timestamp"] == str(
        int(LATER.timestamp())
    )


def test_only_what_was_asked_for(office, sent):
    other = Office(code="MH0112", name="明湖区住房和城乡建设局")
    subscribe(office, "只要本办的", [office.agency])
    subscribe(office, "只要规范性文件", duties=["normative"])
    subscribe(office, "都要")
    mine, theirs = office.publish("notice", title="甲"), other.publish("normative", title="乙", **RULE)
    follow()
    queued = {(one.subscriber.name, one.record_id) for one in Delivery.objects.select_related("subscriber")}
    assert queued == {
        ("只要本办的", mine.pk),
        ("只要规范性文件", theirs.pk),
        ("都要", mine.pk),
        ("都要", theirs.pk),
    }


def test_a_failure_holds_back_what_follows_and_is_tried_again_later_and_later(office, sent):
    subscriber, lucky = subscribe(office, "前一家"), subscribe(office, "这家在后")
    one, two = office.publish(title="甲"), office.publish(title="乙")
    follow()
    sent.answers = [NotDelivered("没有送到：等得太久。")]
    at = LATER
    assert actions.deliver(at) == (2, 1)
    first = subscriber.waiting().first()
    assert (first.record_id, first.attempts, first.next_at) == (one.pk, 1, at + syndication.DELAYS[0])
    assert "等得太久" in first.error and lucky.waiting().count() == 0
    assert actions.deliver(at + timedelta(seconds=30)) == (0, 0)
    waited = []
    for answer in (500, 302, 404, 410, 503, 500, 500):
        sent.answers = [answer]
        at = subscriber.waiting().first().next_at
        assert actions.deliver(at) == (0, 1)
        now = subscriber.waiting().first()
        assert now.pk == first.pk and now.status == answer
        waited.append(now.next_at - at)
    assert waited == [*syndication.DELAYS[1:], syndication.DELAYS[-1], syndication.DELAYS[-1]]
    assert subscriber.waiting().first().state[1] == "stop"
    assert actions.deliver(subscriber.waiting().first().next_at) == (2, 0)
    assert [pk for pk, _ in ids(sent)][-2:] == [one.pk, two.pk]
    assert not subscriber.waiting().exists()


def test_what_was_put_off_while_the_clock_ran_ahead_goes_out_now(office, sent):
    subscriber = subscribe(office, "一家")
    office.publish(title="甲")
    follow()
    subscriber.waiting().update(attempts=1, next_at=LATER + timedelta(days=10))
    assert actions.deliver(LATER) == (1, 0)


def test_broken_subscribers_do_not_stop_the_others(office, sent):
    broken = subscribe(office, "坏")
    Subscriber.objects.filter(pk=broken.pk).update(secret="v1.x.y")
    subscribe(office, "好")
    office.publish()
    follow()
    assert actions.deliver(LATER) == (1, 1)


def test_paused_ones_are_made_up_for(office, sent):
    subscriber = subscribe(office)
    actions.pause(subscriber, True, by=office.office, at=AT)
    record = office.publish()
    follow()
    assert actions.deliver(LATER) == (0, 0)
    actions.pause(subscriber, False, by=office.office, at=AT)
    assert actions.deliver(LATER) == (1, 0) and ids(sent) == [(record.pk, "public")]


@pytest.mark.parametrize("url", ["http://x.example/", "https://u:p@x.example/", "x"])
def test_only_https(office, url):
    with pytest.raises(RuleBroken):
        actions.save_subscriber(Subscriber(name="甲", url=url), [], by=office.office, at=AT)


def test_the_secret_is_kept_sealed_and_the_receiver_can_check(office, settings, tmp_path, monkeypatch):
    receiver = Receiver(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(receiver.certificate))
    try:
        subscriber, secret = actions.save_subscriber(
            Subscriber(name="甲", url=receiver.url), [], by=office.office, at=AT
        )
        assert secret not in subscriber.secret and len(secret) > 40
        record = office.publish()
        follow()
        assert actions.deliver(LATER) == (0, 1)
        assert "内部网络" in subscriber.waiting().get().error and receiver.got == []
        settings.WEBHOOK_PRIVATE = True
        assert actions.deliver(LATER + timedelta(hours=1)) == (1, 0)
        ((headers, body),) = receiver.got
        assert json.loads(body)["id"] == record.pk
        assert headers["Gongkai-Signature"] == webhook.sign(secret, int(headers["Gongkai-Timestamp"]), body)
        new = actions.renew_secret(subscriber, by=office.office, at=AT)
        assert actions.probe(subscriber, by=office.office, at=LATER) == "对方答复200，收到了。"
        headers, body = receiver.got[-1]
        assert json.loads(body) == {"test": True} and headers["Gongkai-Event"] == "test"
        assert headers["Gongkai-Signature"] == webhook.sign(new, int(headers["Gongkai-Timestamp"]), body)
        logged = " ".join(LogEntry.objects.values_list("summary", flat=True)) + str(
            list(LogEntry.objects.values_list("detail", flat=True))
        )
        assert secret not in logged and new not in logged
    finally:
        receiver.stop()


def test_the_desk(client, office, sent):
    client.force_login(office.office)
    form = {"name": "新媒体", "url": "https://media.example/hook", "duties": ["normative"]}
    assert client.post(reverse("desk:new_subscriber"), form | {"url": "http://x/"}).status_code == 422
    page = client.post(reverse("desk:new_subscriber"), form)
    assert "只显示这一次" in page.content.decode() and page.headers["Cache-Control"] == "no-store"
    subscriber = Subscriber.objects.get()
    assert client.post(reverse("desk:new_subscriber"), form).status_code == 422
    own = reverse("desk:edit_subscriber", args=[subscriber.pk])
    assert client.post(own, form | {"duties": []}).status_code == 302
    record = office.publish()
    follow()
    sent.answers = [500] * 9
    at = timezone.now()
    for _ in range(Delivery.FAILING):
        actions.deliver(at)
        at += timedelta(hours=7)
    row = subscriber.waiting().get()
    listed = client.get(reverse("desk:subscribers")).content.decode()
    assert "送不到" in listed
    for state in ("", "waiting", "failing"):
        page = client.get(subscriber.get_absolute_url(), {"state": state}).content.decode()
        assert record.index_number in page and "没有送到" in page and "马上再送" in page
    table = b"".join(client.get(subscriber.get_absolute_url(), {"format": "csv"}).streaming_content).decode()
    assert f"{row.seq},{record.pk}" in table
    client.post(reverse("desk:act_delivery", args=[row.pk, "retry"]))
    sent.answers = []
    assert actions.deliver(timezone.now()) == (1, 0)
    for what, wanted in (("test", 302), ("pause", 302), ("resume", 302), ("secret", 200), ("nothing", 404)):
        assert client.post(reverse("desk:act_subscriber", args=[subscriber.pk, what])).status_code == wanted
    office.publish(title="乙")
    follow()
    waiting = subscriber.waiting().get()
    client.post(reverse("desk:act_delivery", args=[waiting.pk, "drop"]))
    assert not subscriber.waiting().exists() and actions.deliver(timezone.now()) == (0, 0)
