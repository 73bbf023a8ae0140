"""任务七 一网可查、一网可答、一网通看:公众找到、读到、订阅到;撤下的那一刻,在哪里都没有了。

真的浏览器、真的 nginx、照 ``deploy/`` 的配置。
"""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from gongkai.org import worker
from gongkai.org.models import User
from gongkai.records.models import Record
from gongkai.services import shelves
from gongkai.services.models import Faq
from gongkai.web.demo.load import PASSWORD
from gongkai.web.publisher import pages
from tests.records.office import Office, moment
from tests.services.office import live
from tests.services.test_pages import letter
from tests.stories.windows import Windows, fill, let_in
from tests.web.publisher.conftest import nginx  # noqa: F401
from tests.web.publisher.test_files import filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_found_read_subscribed_and_gone_everywhere_when_withdrawn(chromium, nginx, loaded, monkeypatch):  # noqa: F811
    public = Record.objects.public(timezone.now()).filter(title__contains="加装电梯", agency__code="MH0101")
    record = public.first() or Record.objects.public(timezone.now()).filter(title__contains="电梯").first()
    # 各列表都写,信息只写这一件:整个区的网页第一次运行时都写过(tests/first_run.py)
    monkeypatch.setattr(pages, "details", lambda before, limit, at: [record.pk] if before > record.pk else [])
    worker.drain(timezone.now)
    filled(timezone.now())
    base = f"http://127.0.0.1:{nginx.port}"
    windows = Windows(chromium, base, PASSWORD)
    citizen = windows.phone

    # 老人在手机上:首页、查找、读到,都不要登录
    citizen.goto(base + "/")
    citizen.get_by_role("searchbox").first.fill(record.title)
    citizen.keyboard.press("Enter")
    citizen.get_by_role("link", name=record.title, exact=True).first.click()
    expect(citizen.locator("h1")).to_have_text(record.title)
    address = citizen.url.removeprefix(base)
    assert address == record.get_absolute_url()
    assert not citizen.context.cookies()
    # 这一页、首页、列表、订阅都是文件
    for one in (address, "/", "/records/", "/feeds/all.atom", f"/columns/{record.duty}/"):
        assert nginx(one).from_file, one
    # 网址栏里不带问号的筛选也是文件,带的由程序给
    citizen.goto(f"{base}/columns/{record.duty}/")
    expect(citizen.locator("h1")).not_to_be_empty()

    # 工作台上,单位的人撤下它
    clerk = windows.visit(User.objects.get(username="office"), f"/desk/records/{record.pk}/withdraw/")
    clerk.get_by_label("撤回", exact=True).check()
    clerk.get_by_label("原因").fill("附表有误，更正后重新公布。")
    clerk.get_by_label("自何日起").fill(timezone.localdate().isoformat())
    clerk.get_by_role("button", name=re.compile("撤下")).last.click()
    expect(clerk.locator("main")).to_contain_text("撤")

    # 答复以后:公众这一边处处没有,说得出为什么
    answer = citizen.goto(base + address)
    assert answer.status == 410
    expect(citizen.locator("main")).to_contain_text("附表有误")
    for one in (
        "/",
        "/records/",
        "/feeds/all.atom",
        f"/columns/{record.duty}/",
        f"/search/?q={record.title}",
        f"/api/v1/records/{record.pk}",
        "/sitemaps/0.xml",
        f"/agencies/{record.agency.code}/",
    ):
        body = nginx(one).text
        assert record.get_absolute_url() + '"' not in body and record.get_absolute_url() + "<" not in body, one
    windows.close()


NOW = moment(2026, 9, 8, 9)


@pytest.fixture
def windows(chromium, live_server, transactional_db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    one = Windows(chromium, live_server.url)
    yield one
    one.close()


def test_what_many_wrote_about_becomes_a_question_that_the_next_one_finds(windows):
    """几封来信问同一件事:首页提醒经办人,拟成一问一答,另一个人确认,公众在指南、常见问题里看得到,统一检索找得到。"""
    office = Office("MH0122", "明湖区市场监督管理局")
    let_in(office.people.values())
    guide = live(office)
    for number in range(3):
        letter(office, f"L{number}", "咨询开小吃店怎样办食品经营许可", "请先办营业执照，再到二楼六号窗口。")
    assert "要先办营业执照吗" not in windows.read(reverse("public:service_questions"))

    clerk = windows.desk(office.clerk)
    clerk.goto(windows.base + reverse("desk:home"))
    clerk.get_by_text("来信问得多，还没有常见问题").first.click()
    clerk.get_by_role("link", name=guide.name, exact=True).first.click()
    clerk.get_by_role("link", name=re.compile("拟成一问一答")).first.click()
    assert clerk.input_value("main [name=source]") == "来信L2等3封"
    assert clerk.input_value("main [name=answer]").startswith("请先办营业执照")
    fill(clerk, {"question": "开小吃店先办什么，要先办营业执照吗？"})
    with clerk.expect_navigation():
        clerk.click("main form button:has-text('拟好')")
    assert "等另一个人确认" in clerk.inner_text("body")
    clerk.goto(windows.base + reverse("desk:home"))
    assert "来信问得多" not in clerk.inner_text("main")
    assert "要先办营业执照吗" not in windows.read(guide.get_absolute_url()), "没有确认的谁也看不到"

    head = windows.desk(office.head)
    head.goto(windows.base + reverse("desk:home"))
    head.get_by_text("待确认的常见问题").first.click()
    head.get_by_role("link", name=re.compile("要先办营业执照吗")).first.click()
    with head.expect_navigation():
        head.get_by_role("button", name="公布").first.click()
    one = Faq.objects.get()
    assert (one.state, one.proposed_by, one.confirmed_by) == ("shown", office.clerk, office.head)
    for address in (guide.get_absolute_url(), reverse("public:service_questions")):
        assert "要先办营业执照吗" in windows.read(address), address
    assert [sought.title for sought in shelves.questions(NOW)] == [one.question], "统一检索也找得到"
    assert "二楼六号窗口" in windows.read(reverse("public:service_questions"))
