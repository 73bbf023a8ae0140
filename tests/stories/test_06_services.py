"""任务六 办事服务:在 Chromium 里,局里的人写指南、另一个人公布、合成一件事;开餐饮店的人在手机上答情形、打印一张清单、
设到期提醒;提醒来了又停;指南改了告诉订了的人,邮件扫描器先打开过退订的链接也不算退。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from gongkai.law import certificates
from gongkai.law.agencies import Role
from gongkai.notices import actions as notices
from gongkai.org.models import LogEntry
from gongkai.services import actions, jobs
from gongkai.services.models import Guide, Matter, Reminder
from tests.notices.post import Box, deliver, link
from tests.records.office import Office, moment
from tests.services.office import SOUND, live
from tests.stories.windows import Windows, fill, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
END = date(2031, 3, 31)


class Hall(Windows):
    """The bureau's people at their desks, somebody with a phone, and the clock."""

    def __init__(self, chromium, base, monkeypatch) -> None:
        super().__init__(chromium, base)
        self.office = Office("MH0122", "明湖区市场监督管理局")
        let_in(self.office.people.values())
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        self.now = moment(2026, 9, 1, 9)

    def close(self) -> None:
        super().close()
        cache.clear()

    def at_desk(self, role: Role):
        """The window of whoever has this role, signed in."""
        return self.desk(self.office.people[role])


@pytest.fixture
def hall(chromium, live_server, transactional_db, monkeypatch):
    one = Hall(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


def press(page, label: str) -> str:
    """Press a button of the form that is on the page; what the page shows then."""
    with page.expect_navigation():
        page.click(f"main form button:has-text('{label}')")
    return page.inner_text("main")


def test_a_restaurant_is_opened_as_one_matter(hall):
    """缺投诉电话的公布不了;改好了由另一个人公布;合成一件事;手机上答情形,清单跟着变,一张打印。"""
    office = hall.office
    guide = actions.new_guide(office.agency, SOUND | {"complaint": ""}, by=office.clerk, at=hall.now)
    page = hall.at_desk(Role.HEAD)
    act = reverse("desk:services_act", args=[guide.pk, "publish"])
    page.goto(hall.base + act)
    assert "没有监督投诉电话" in press(page, "公布")
    clerk = hall.at_desk(Role.CLERK)
    clerk.goto(hall.base + reverse("desk:services_edit", args=[guide.pk, "contact"]))
    fill(clerk, {"complaint": "0571-00001229"})
    press(clerk, "存进草稿")
    page.goto(hall.base + act)
    assert "已经公布" in press(page, "公布")
    live(
        office,
        name="个体工商户登记",
        result="营业执照",
        promise_n=None,
        promise_unit="instant",
        case_type="instant",
        steps=[],
        at=hall.now,
    )
    live(office, name="户外招牌设置", result="准予通知", at=hall.now)

    clerk.goto(hall.base + reverse("desk:services_new_matter"))
    fill(
        clerk,
        {
            "lead": str(office.agency.pk),
            "title": "开办餐饮店",
            "summary": "从执照到开门。",
            "audience": "business",
            "joined": ["told"],
            "not_joined": "招牌另办。",
            "consult": "0571-00001220",
        },
    )
    press(clerk, "建立")
    made = Matter.objects.get()
    clerk.goto(hall.base + reverse("desk:services_situations", args=[made.pk]))
    fill(clerk, {"situations-0-text": "要不要挂招牌", "situations-0-options": "要、不要"})
    press(clerk, "保存")
    for batch, (name, when) in enumerate(
        (("个体工商户登记", []), ("食品经营许可", []), ("户外招牌设置", ["s1|要"])), 1
    ):
        clerk.goto(hall.base + reverse("desk:services_part", args=[made.pk]))
        chosen = {
            "guide": str(Guide.objects.get(name=name).pk),
            "batch": str(batch),
            "need": "when" if when else "must",
        }
        fill(clerk, chosen)
        for value in when:
            clerk.check(f"main [name=when][value='{value}']")
        press(clerk, "保存")
    page.goto(hall.base + reverse("desk:services_settle_matter", args=[made.pk, "publish"]))
    assert "已经公布" in press(page, "公布")

    assert "看情况" in hall.read(made.get_absolute_url())
    fill(hall.phone, {"a-s1": "不要"})
    text = press(hall.phone, "看要办哪几项")
    assert "办几项\n2项" in text and "不用办的" in text and "还没有联通" in text
    hall.phone.click("main a:has-text('打印一张清单')")
    hall.phone.wait_for_selector("h2:has-text('一共带什么')")
    printed = hall.phone.inner_text("main")
    assert "要不要挂招牌：不要" in printed and "户外招牌设置" not in printed


def test_a_certificate_reminder_arrives_and_stops(hall):
    """不用账号;确认以后到日子来一封;凭编号和查询码停掉,以后一封也没有。"""
    url = reverse("public:service_certificate", args=["food"])
    assert "早了晚了都不受理" in hall.read(url)
    fill(hall.phone, {"ends_on": END.isoformat()})
    assert "放进手机日历" in press(hall.phone, "算")
    hall.phone.click("main a:has-text('到日子告诉我')")
    hall.phone.wait_for_selector("h1:has-text('到日子告诉我')")
    hall.phone.check("main [name=way][value=mail]")
    fill(hall.phone, {"address": "boss@shop.example", "consents": True})
    assert "还差一步" in press(hall.phone, "到日子告诉我")
    number, code = hall.phone.locator(".totals .secret").all_inner_texts()
    (letter,) = deliver(hall.now).letters
    hall.read(link(letter.body, "confirm"))
    press(hall.phone, "确认订阅")
    first = certificates.nodes(certificates.kind("food"), END, hall.now.date())[0]
    assert len(letters_of(hall, first.on)) == 1 and letters_of(hall, first.on) == []
    hall.read(reverse("public:service_reminder"))
    fill(hall.phone, {"number": number, "code": code})
    assert "2031年3月31日到期" in press(hall.phone, "看")
    assert "已经停掉" in press(hall.phone, "不要提醒了")
    assert not Reminder.objects.exists()
    assert [one for ahead in range(1, 40) for one in letters_of(hall, first.on + timedelta(ahead))] == []


def letters_of(hall, on: date) -> list[str]:
    """The letters of one day."""
    hall.now = moment(on.year, on.month, on.day, 10)
    jobs.remind(on=on, at=hall.now)
    notices.spread(hall.now)
    return [letter.body for letter in deliver(hall.now + timedelta(hours=2)).letters]


def test_a_changed_guide_reaches_whom_it_concerns_and_a_scanner_unsubscribes_nobody(hall):
    """订了“办事指南的变化”的收到一封;邮件扫描器打开退订的链接不算;本人按了才退,以后没有了。"""
    office = hall.office
    guide = live(office, at=hall.now)
    hall.read(reverse("public:notices"))
    hall.phone.check("main [name=way][value=mail]")
    fill(hall.phone, {"address": "reader@home.example"})
    hall.phone.check("main label:has-text('订阅“办事指南的变化”') input")
    hall.phone.click("main form .actions button")
    hall.phone.wait_for_selector("h1:has-text('请确认')")
    (letter,) = deliver(hall.now).letters
    hall.read(link(letter.body, "confirm"))
    press(hall.phone, "确认订阅")

    told = changed(hall, guide, "时限压缩了。")
    assert len(told.letters) == 1 and "食品经营许可" in told.letters[0].body
    leave = link(told.letters[0].unsubscribe + " " + told.letters[0].body, "unsubscribe")
    assert hall.phone.request.get(hall.base + leave).status == 200  # 扫描器只会打开
    assert len(changed(hall, guide, "地点改了。").letters) == 1
    hall.read(leave)
    press(hall.phone, "退订")
    assert changed(hall, guide, "电话改了。").letters == []


def changed(hall, guide: Guide, note: str) -> Box:
    """Two days later the guide is published anew; the mail of that day."""
    hall.now += timedelta(2)
    last = LogEntry.objects.latest("seq").seq
    actions.save_draft(guide, {"window": note}, by=hall.office.clerk, at=hall.now)
    actions.publish_guide(guide, note, by=hall.office.head, at=hall.now)
    notices.note(LogEntry.objects.filter(seq__gt=last))
    notices.spread(hall.now)
    return deliver(hall.now + timedelta(hours=5))
