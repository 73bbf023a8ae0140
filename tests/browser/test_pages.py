"""公众网站和工作台的每一页,先宽后窄看一遍:axe 没有问题、不超宽、没有脚本错误;用键盘走一件信息的全程。"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from gongkai.records.models import Edition
from gongkai.web.demo.load import PASSWORD
from tests.browser.addresses import desk_pages, prepare, public_pages
from tests.browser.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHARES = 3


def sign_in(context, base, who):
    page = context.new_page()
    page.goto(base + reverse("account_login"))
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(re.compile("/desk/"))
    return page


def test_every_public_page(chromium, district, inspect):
    prepare()
    faults = {}
    page = chromium.new_context(locale="zh-CN").new_page()
    for url, status in public_pages():
        if found := inspect(page, district + url, status=status):
            faults[url] = found
        page.evaluate("sessionStorage.clear()")  # 终端的样子不带到下一页
    page.evaluate("localStorage.setItem('gongkai-elder', '1')")
    for url in (reverse("public:home"), reverse("public:records")):
        if found := inspect(page, district + url):
            faults["大字版", url] = found
    assert faults == {}


@pytest.mark.parametrize("share", range(SHARES))
def test_every_desk_page(chromium, district, inspect, share):
    """Dealt out in shares, so that each process of a test run has some."""
    prepare()
    faults, people = {}, {}
    for who, url in list(desk_pages())[share::SHARES]:
        if who not in people:
            people[who] = sign_in(chromium.new_context(locale="zh-CN"), district, who)
        found = [fault for fault in inspect(people[who], district + url) if "inline style" not in fault]
        if found:
            faults[who, url] = found
    assert faults == {}


def test_on_a_phone_the_rows_stand_before_the_filters(chromium, district):
    tops = "[...document.querySelectorAll('main table, #filters')].map(one => one.getBoundingClientRect().top)"
    for size in (WIDE, PHONE):
        page = sign_in(chromium.new_context(viewport=size, locale="zh-CN"), district, "office")
        for name in ("foi_cases", "records", "log", "agencies"):
            page.goto(district + reverse(f"desk:{name}"))
            # 文书里先是筛选,后是表
            filters, table = page.evaluate(tops)[:2]
            assert (table < filters) == (size is PHONE), name


def test_without_javascript_and_by_keyboard(chromium, district):
    """A clerk drafts and submits by keyboard, without scripts; the citizen sees nothing yet."""
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", java_script_enabled=False)
    page = sign_in(context, district, "clerk")
    page.goto(district + reverse("desk:new"))
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.select_option("#id_type", "document")
    page.fill("#id_title", "明湖区人民政府办公室关于键盘办文的通知")
    page.press("#id_title", "Enter")
    page.wait_for_url(re.compile("/edit/"))
    page.fill("#id_made_on", "2026-11-20")
    page.fill("#id_body", "<p>各单位：</p><p>请用键盘办文。</p>")
    page.focus("button[name=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/records/\d+/$"))
    assert "待初审" in page.content()
    edition = Edition.objects.get(title__contains="键盘办文")
    assert edition.stage == "first"
    public = context.new_page()
    assert public.goto(district + edition.record.get_absolute_url()).status == 404


def test_the_editor_saves_by_itself_and_tells_of_a_conflict(chromium, district):
    draft = Edition.objects.filter(stage="draft", record__agency__code="MH0101").first()
    page = sign_in(chromium.new_context(viewport=WIDE, locale="zh-CN"), district, "clerk")
    page.goto(district + reverse("desk:edit", args=[draft.record_id]))
    page.wait_for_selector(".ProseMirror")
    assert page.locator(".toolbar button").first.inner_text() == "一级标题"
    page.click(".ProseMirror")
    page.keyboard.type("新增的一句话。")
    expect(page.locator("#autosave")).to_contain_text("已自动保存", timeout=20000)
    draft.refresh_from_db()
    assert "新增的一句话" in draft.body
    Edition.objects.filter(pk=draft.pk).update(revision=draft.revision + 5)
    page.keyboard.type("又一句。")
    expect(page.locator("#autosave")).to_contain_text("先保存过", timeout=20000)
    draft.refresh_from_db()
    assert "又一句" not in draft.body
