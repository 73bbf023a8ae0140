"""检索框的输入提示:键盘上下选、Esc 收起、回车就查;展开时 axe 没有问题;没有脚本时框照常能用。点开一条就计一次。"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from gongkai.search import index, jobs
from gongkai.search.models import QueryDay
from tests.records.office import AT, Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server, transactional_db):
    office = Office()
    for title in ("关于老旧小区加装电梯的通知", "关于电梯安全检查的通知"):
        office.publish(title=title, body="<p>略。</p>", doc_number="")
    index.rebuild(AT, AT.date())
    return live_server.url


@pytest.mark.parametrize("width", [1280, 375])
def test_suggestions_by_keyboard(chromium, site, width):
    page = chromium.new_context(viewport={"width": width, "height": 800}, locale="zh-CN").new_page()
    page.goto(site + reverse("public:search"))
    box = page.get_by_role("combobox").last
    box.press_sequentially("电梯")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    box.press("ArrowDown")
    first = options.first.inner_text()
    expect(box).to_have_value(first)
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Escape")
    expect(box).to_have_value("电梯")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(options).to_have_count(2)
    box.press("ArrowUp")
    expect(box).to_have_value(options.last.inner_text())
    chosen = box.input_value()
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".results a").first.inner_text() == chosen


def test_an_opened_result_is_counted(chromium, site):
    page = chromium.new_context(locale="zh-CN").new_page()
    page.goto(site + reverse("public:search") + "?q=电梯")
    with page.expect_request("**/search/opened/"):
        page.locator(".results a").first.click()
    page.wait_for_url("**/records/*/")
    page.wait_for_timeout(500)
    jobs.count(at=timezone.now())
    row = QueryDay.objects.get()
    assert (row.text, row.asked, row.opened) == ("电梯", 1, 1)
    assert page.context.cookies() == []


def test_without_javascript(chromium, site):
    page = chromium.new_context(locale="zh-CN", java_script_enabled=False).new_page()
    page.goto(site + reverse("public:search"))
    page.fill("#sq", "加装电梯")
    page.press("#sq", "Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".results a").first.inner_text() == "关于老旧小区加装电梯的通知"
