"""任务七 一网可查、一网可答、一网通看:公众找到、读到、订阅到;撤下的那一刻,在哪里都没有了。

真的浏览器、真的 nginx、照 ``deploy/`` 的配置。
"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gongkai.org import worker
from gongkai.records.models import Record
from gongkai.web.demo.load import PASSWORD
from tests.web.publisher.conftest import nginx  # noqa: F401
from tests.web.publisher.test_files import filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_found_read_subscribed_and_gone_everywhere_when_withdrawn(chromium, nginx, loaded):  # noqa: F811
    worker.drain(timezone.now)
    filled(timezone.now())
    base = f"http://127.0.0.1:{nginx.port}"
    public = Record.objects.public(timezone.now()).filter(title__contains="加装电梯", agency__code="MH0101")
    record = public.first() or Record.objects.public(timezone.now()).filter(title__contains="电梯").first()
    citizen = chromium.new_context(locale="zh-CN", viewport={"width": 375, "height": 800}).new_page()

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
    clerk = chromium.new_context(locale="zh-CN").new_page()
    clerk.goto(base + "/account/login/")
    clerk.fill("#id_login", "office")
    clerk.fill("#id_password", PASSWORD)
    clerk.press("#id_password", "Enter")
    clerk.goto(f"{base}/desk/records/{record.pk}/withdraw/")
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
