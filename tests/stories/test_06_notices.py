"""任务六 推送:在 Chromium 里,一件政策到了同它有关的人那里;一个人从信里的链接退订,那个链接扫描邮件的程序先打开过。"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.urls import reverse

from gongkai.law.agencies import Role
from gongkai.notices import actions, jobs
from gongkai.notices.models import Message, Recipient, Subscription
from gongkai.notices.terms import State, Way
from gongkai.org.models import LogEntry
from tests.notices.post import AT, link
from tests.records.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECRET = "correct-horse-battery"
MINUTE = timedelta(minutes=1)


class Town:
    """The government's office and a school bureau, a clock, the worker, and somebody's phone."""

    def __init__(self, chromium, base, monkeypatch, settings):
        settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.minghu.example", "no-reply@minghu.example"
        self.base, self.now = base, AT
        self.office, self.school = Office(), Office(code="MH0104", name="明湖区教育局")
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        size = {"width": 375, "height": 800}
        self.phone = chromium.new_context(locale="zh-CN", viewport=size).new_page()
        clerk = self.office.people[Role.OFFICE]
        clerk.password = make_password(SECRET)
        clerk.save()

    def at_desk(self, name, *args):
        """A page of the desk, after signing in on this day."""
        self.phone.context.clear_cookies()
        page = self.phone
        page.goto(self.base + reverse("account_login"))
        page.fill("#id_login", self.office.people[Role.OFFICE].username)
        page.fill("#id_password", SECRET)
        page.press("#id_password", "Enter")
        page.wait_for_load_state()
        page.goto(self.base + reverse(f"desk:{name}", args=args))
        return page

    def later(self, at: datetime) -> None:
        """The worker has its turns."""
        self.now = at
        jobs.note(list(LogEntry.objects.order_by("seq")))
        jobs.spread(at=at)
        jobs.deliver(at=at)

    def subscribe(self, address: str, agency: str = "") -> None:
        """On the phone, from the page to the link in the letter."""
        page = self.phone
        page.goto(self.base + reverse("public:notices"))
        page.check("[name=topic-notices-policy]")
        if agency:
            page.locator("main form details summary").first.click()
            page.check(f"[name=topic-notices-policy-agency][value={agency}]")
        page.fill("[name=address]", address)
        page.click("main form .actions button")
        page.wait_for_selector("h1:has-text('请确认')")
        self.later(self.now + MINUTE)
        page.goto(self.base + link(letters(address)[-1].body, "confirm"))
        page.click("button:has-text('确认订阅')")
        page.wait_for_selector("text=已经确认1项")

    def close(self):
        self.phone.context.close()


def letters(address):
    """What this mailbox got."""
    return [one for one in mail.outbox if one.to == [address]]


@pytest.fixture
def town(chromium, live_server, transactional_db, monkeypatch, settings):
    one = Town(chromium, live_server.url, monkeypatch, settings)
    yield one
    one.close()


def test_a_policy_reaches_whom_it_concerns_and_a_scanner_unsubscribes_nobody(town, client):
    town.subscribe("near@citizen.example", "MH0101")
    town.subscribe("far@citizen.example", "MH0104")
    town.subscribe("all@citizen.example")

    # 一件政策:订了这个单位的、没有限单位的收到,订了别的单位的没有
    policy = town.office.publish(at=town.now, title="关于小微企业稳岗补贴每人1500元的通知")
    town.later(town.now + MINUTE)
    assert [len(letters(f"{who}@citizen.example")) for who in ("near", "far", "all")] == [2, 1, 2]
    told = letters("near@citizen.example")[-1]
    assert (
        "稳岗补贴" in told.subject
        and policy.get_absolute_url() in told.body
        and "1500" not in told.subject + told.body
    )
    town.later(town.now + MINUTE)
    assert len(letters("near@citizen.example")) == 2, "再读一遍操作记录也只有一封"

    # 扫描邮件的程序把信里的网址都打开一遍,什么也没有改
    away = link(told.body, "unsubscribe")
    for path in (away, link(told.body, "manage")):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert Subscription.objects.active().count() == 3

    # 又一件已经排着队;本人打开同一个链接,按按钮退
    town.office.publish(at=town.now, title="关于公园夜间开放的通知")
    town.later(town.now + MINUTE)
    waiting = Message.objects.filter(state=State.QUEUED)
    assert waiting.count() == 2, "一天一封,排着"
    town.phone.goto(town.base + away)
    town.phone.click("button:has-text('全部退订')")
    town.phone.wait_for_selector("text=已经全部退订")
    town.later(town.now + timedelta(days=1))
    assert [len(letters(f"{who}@citizen.example")) for who in ("near", "all")] == [2, 3], "退订以后一条也没有"
    assert Recipient.objects.exclude(erased_at=None).count() == 1

    # 工作台看得到到达了多少,看不到是谁;停了通道,排着的等着
    page = town.at_desk("notices_happenings")
    page.click(f"text={policy.title.replace('1500元', '（金额见原文）')}")
    assert "分母不明" in page.inner_text("main") and "citizen.example" not in page.content()
    page.goto(town.base + reverse("desk:notices_pause", args=[Way.MAIL.value]))
    page.fill("[name=why]", "核对内容")
    page.click("main form button")
    page.wait_for_selector("text=已经暂停")
    town.later(town.now + MINUTE)
    town.school.publish(at=town.now, title="关于秋季招生的通知")
    town.later(town.now + timedelta(days=1))
    assert len(letters("far@citizen.example")) == 1
    page = town.at_desk("notices_channels")
    page.click("button:has-text('恢复')")
    page.wait_for_selector("text=已经恢复")
    actions.deliver(town.now)
    assert len(letters("far@citizen.example")) == 2
