"""自助终端,在 Chromium 里:前一个人走了,后一个人从后退、自动填充、存储、Cookie 都看不到他;没有人动就提示、结束。"""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from gongkai.law.agencies import AgencyKind
from gongkai.standards import actions
from gongkai.standards.models import Village
from tests.records.office import Office, moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KIOSK, NAME = {"width": 1080, "height": 1920}, "前一个人某某"


@pytest.fixture
def machine(chromium, live_server):
    Office("MH0101", "明湖区人民政府办公室")
    town = Office("MH05", "明湖区白鹭镇人民政府", kind=AgencyKind.TOWN)
    actions.save_village(Village(town=town.agency, name="沙溪村", board="村口"), by=None, at=moment(2026, 1, 5))
    context = chromium.new_context(viewport=KIOSK, locale="zh-CN", has_touch=True)
    page = context.new_page()
    page.clock.install()
    page.goto(live_server.url + reverse("public:kiosk"))
    yield page
    context.close()


def first_page(page):
    page.wait_for_url("**/kiosk/", timeout=8000)
    page.wait_for_selector(".kiosk-tasks")


def test_the_next_person_sees_nothing_of_the_one_before(machine, live_server):
    page = machine
    assert page.evaluate("document.documentElement.scrollWidth") <= KIOSK["width"]
    page.click("a:has-text('村（居）务公开')")
    page.wait_for_selector("main a:has-text('沙溪村')")
    page.wait_for_selector(".kiosk-bar")  # 别的页也是终端的样子
    page.goto(live_server.url + reverse("public:village_look"))
    page.fill("[name=number]", NAME)
    page.fill("[name=code]", "ABCD-EFGH-JKLM")
    page.click("main form .actions button")
    page.wait_for_selector("text=编号或者查询码不对")
    page.evaluate("localStorage.setItem('left', 'behind')")
    page.evaluate("document.cookie = 'left=behind'")

    page.clock.fast_forward(61_000)
    page.wait_for_selector(".kiosk-ask:has-text('还在用吗')")
    page.click(".kiosk-ask button:has-text('继续用')")
    assert page.locator(".kiosk-ask").count() == 0 and page.input_value("[name=number]") == NAME
    page.clock.fast_forward(61_000)
    page.wait_for_selector(".kiosk-ask")
    page.clock.run_for(31_000)
    first_page(page)

    assert page.evaluate("[localStorage.length, document.cookie, Object.keys(sessionStorage).length]") == [
        0,
        "",
        1,
    ]
    for _ in range(3):
        page.go_back(wait_until="commit")
        page.clock.run_for(500)
        first_page(page)
        assert NAME not in page.content()
    page.goto(live_server.url + reverse("public:village_look"))
    assert page.input_value("[name=number]") == "" and page.get_attribute("[name=number]", "autocomplete") == "off"


def test_it_ends_by_its_button_and_leads_nowhere_else(machine, live_server):
    page = machine
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<a id=out href=\"https://elsewhere.example/\">x</a>')"
    )
    page.click("#out")
    page.wait_for_selector(".kiosk-ask:has-text('请用手机打开')")
    page.click(".kiosk-ask button")
    assert page.evaluate("window.open('https://elsewhere.example/')") is None
    page.click(".kiosk-bar button:has-text('高对比')")
    assert page.evaluate("document.documentElement.classList.contains('contrast')")
    before = page.evaluate("sessionStorage.getItem('gongkai-kiosk')")
    with page.expect_navigation(url="**/kiosk/"):
        page.click(".kiosk-bar button:has-text('结束并清除')")
    first_page(page)
    assert page.evaluate("sessionStorage.getItem('gongkai-kiosk')") != before


def source(page):
    """What stands on the page once it stands still: the browser's own error page comes after a way that failed."""
    for _ in range(50):
        with suppress(Error):
            return page.content()
        page.wait_for_timeout(100)
    raise AssertionError("页面一直在转")


def test_unplugged_it_says_so_and_still_leaves_nothing(machine, live_server):
    page, line = machine, machine.context
    look = live_server.url + reverse("public:village_look")
    page.goto(look)
    page.fill("[name=number]", NAME)
    page.fill("[name=code]", "ABCD-EFGH-JKLM")
    line.set_offline(True)
    page.click("main form .actions button")
    page.wait_for_selector(".kiosk-ask:has-text('没有交出去，填的还在')")
    page.click(".kiosk-ask button")
    page.click(".kiosk-bar button:has-text('第一页')")
    page.wait_for_selector(".kiosk-ask:has-text('现在打不开别的页')")
    page.click(".kiosk-ask button")
    assert page.url == look and page.input_value("[name=number]") == NAME

    page.clock.fast_forward(61_000)
    page.wait_for_selector(".kiosk-ask:has-text('还在用吗')")
    page.clock.run_for(31_000)
    page.wait_for_selector("h1:has-text('线路断了')")
    assert page.locator("input").count() == 0 and NAME not in page.content()
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    with suppress(Error):  # 浏览器自己的错误页
        page.go_back(wait_until="commit")
    assert NAME not in source(page) and page.locator(f"input[value='{NAME}']").count() == 0

    line.set_offline(False)
    page.goto(live_server.url + reverse("public:kiosk"))
    first_page(page)
    page.goto(look)
    assert page.input_value("[name=number]") == ""


def test_it_comes_back_by_itself_when_the_line_does(machine, live_server):
    page, line = machine, machine.context
    page.goto(live_server.url + reverse("public:village_look"))
    line.set_offline(True)
    page.click(".kiosk-bar button:has-text('结束并清除')")
    page.wait_for_selector("h1:has-text('线路断了')")
    line.set_offline(False)
    page.clock.run_for(11_000)
    first_page(page)
