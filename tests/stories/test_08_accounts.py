"""任务八 政务新媒体:在 Chromium 里,信息员、督查、区政府办和手机上的公众各办各的。

一个账号从报批到备案;一季度的一轮检查从抽样到通报,一个问题有异议、由另一个人看、改好再复查;一个账号从申请关停、公告到注销。
"""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.inspections import actions
from gongkai.inspections.models import Finding, Outlet, Round, Sample
from gongkai.law.agencies import Role
from gongkai.law.outlets import Platform, State
from tests.stories.council import Town
from tests.stories.windows import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLERK, OFFICE, INSPECTOR = Role.CLERK, Role.OFFICE, Role.INSPECTOR


class Watch(Town):
    """The town with its accounts."""

    def step(self, role: Role, page: str, address: str, *refused: str, **fields) -> str:
        """From a page follow the link to a step, fill its form in, send it."""
        window = self.at_desk(role)
        window.goto(self.base + page)
        window.click(f"main a[href='{address}']")
        return self.send(window, refused, **fields)

    def move(self, role: Role, one: Outlet, key: str, *refused: str, **fields) -> str:
        return self.step(
            role, one.get_absolute_url(), reverse("desk:inspections_move", args=[one.pk, key]), *refused, **fields
        )

    def finding(self, role: Role, one: Finding, key: str, *refused: str, **fields) -> str:
        return self.step(
            role,
            one.get_absolute_url(),
            reverse("desk:inspections_finding_act", args=[one.pk, key]),
            *refused,
            **fields,
        )

    def running(self, name: str, platform: Platform, updated_on: date) -> Outlet:
        """One that has long been running."""
        values = {"name": name, "updated_on": updated_on}
        made = actions.save_outlet(None, self.office.agency, platform, values, by=self.office.clerk, at=self.now)
        Outlet.objects.filter(pk=made.pk).update(state=State.RUNNING)
        return Outlet.objects.get(pk=made.pk)


@pytest.fixture
def town(chromium, live_server, transactional_db, monkeypatch):
    one = Watch(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


def test_an_account_from_the_proposal_to_its_end(town):
    """开设:没填全不能报批,自己不能批,没有回执不算;关停:五样缺一样不行,不到日子不行,注销完成以前照常更新。"""
    town.day(2026, 9, 1)
    window = town.at_desk(CLERK)
    window.goto(town.base + reverse("desk:inspections_new_outlet"))
    given = {
        "platform": "weibo",
        "agency": str(town.office.agency.pk),
        "name": "明湖民政",
        "purpose": "发布救助政策。",
    }
    town.send(window, **given)
    one = Outlet.objects.get()
    town.move(CLERK, one, "submit", "没有填全")
    window.goto(town.base + reverse("desk:inspections_edit_outlet", args=[one.pk]))
    town.send(window, head="何某", keeper="陈某、施某", updated_on="2026-08-30")
    town.move(CLERK, one, "submit")
    page = town.at_desk(CLERK)
    page.goto(town.base + one.get_absolute_url())
    assert not page.locator("main a:has-text('批准开设')").count(), "自己不能批"
    town.move(OFFICE, one, "approve")
    town.move(CLERK, one, "file", "请填写“文书号、回执号”")
    town.move(CLERK, one, "file", paper="BS-2026-0031")
    assert "明湖民政" in town.read(reverse("public:outlets"))

    town.move(CLERK, one, "close", note="机构改革，职能并入。")
    closing = reverse("desk:inspections_closing", args=[one.pk])
    given = {
        "basis": "机构改革",
        "stop_on": "2026-09-09",
        "cancel_on": "2026-09-09",
        "instead": "公众号“明湖发布”",
    }
    town.step(CLERK, one.get_absolute_url(), closing, "替代渠道", **given | {"instead": ""})
    town.step(
        CLERK, one.get_absolute_url(), closing, **given | {"cancel_on": "2026-09-05", "stop_on": "2026-09-05"}
    )
    assert "不足7日" in town.press(CLERK, one.get_absolute_url(), "起草公告")
    town.step(CLERK, one.get_absolute_url(), closing, **given)
    town.press(CLERK, one.get_absolute_url(), "起草公告")
    town.move(OFFICE, one, "announce", "关停公告还没有公开")
    one.refresh_from_db()
    town.signed(one.notice)
    town.move(OFFICE, one, "announce")
    shown = town.read(reverse("public:outlets"))
    assert "正在关停" in shown and "公众号“明湖发布”" in shown
    assert "2026-09-09" in town.read(one.notice.get_absolute_url())
    town.move(CLERK, one, "cancel", "还没有到", note="备份在档案室")

    town.day(2026, 9, 20)
    home = town.at_desk(CLERK)
    home.goto(town.base + reverse("desk:home"))
    assert "公告期满，该注销的" in home.inner_text("main") and "超过更新期限" in home.inner_text("main")
    town.move(CLERK, one, "cancel", note="备份在档案室")
    town.move(CLERK, one, "end", paper="ZX-2026-0009")
    assert "已经关停" in town.read(reverse("public:outlets"))


def test_a_quarter_from_the_sampling_to_the_bulletin(town):
    """一轮检查:没有确认的不算;有异议的由另一个人看;改好的由另一个人复查;通报的数由明细算。"""
    town.day(2026, 8, 31)
    type(town.office.agency).objects.filter(pk=town.office.agency.pk).update(address="人民路1号")
    silent = town.running("明湖微博", Platform.WEIBO, date(2026, 8, 1))
    town.running("明湖发布", Platform.WECHAT, date(2026, 8, 31))
    given = {
        "year": "2026",
        "quarter": "3",
        "on": "2026-09-01",
        "site_percent": "100",
        "account_percent": "100",
        "passes": "",
        "fails": "",
    }
    window = town.at_desk(INSPECTOR)
    window.goto(town.base + reverse("desk:inspections_rounds"))
    window.click("main a:has-text('建立一轮')")
    town.send(window, **given)
    made = Round.objects.get()
    home = made.get_absolute_url()

    def act(key: str, *refused: str) -> str:
        return town.step(INSPECTOR, home, reverse("desk:inspections_round_act", args=[made.pk, key]), *refused)

    act("draw", "名单还没有截止")
    town.day(2026, 9, 1)
    window = town.at_desk(INSPECTOR)
    act("draw")
    act("start")
    assert not Finding.objects.exists(), "程序查出的没有人看过不算"
    for sample in Sample.objects.order_by("pk"):
        window.goto(town.base + sample.get_absolute_url())
        fill(window, {f"'a-{code}'": "holds" for code in ("M1", "M3", "M4")})
        window.click("main form[method=post] .actions button")
        window.wait_for_selector("main .notice.ok")
    act("finish", "疑似问题没有人确认")
    found = Finding.objects.get(code="M2")
    assert found.outlet == silent
    clerk = town.at_desk(CLERK)
    assert clerk.goto(town.base + found.get_absolute_url()).status == 404, "没有确认的单位看不到"
    window.goto(town.base + reverse("desk:inspections_findings"))
    for box in window.locator("[name=finding]").all():
        box.check()
    for label, said in (("确认选中的", "办了2个"), ("通知选中的整改", "办了2个")):
        window.click(f"main button:has-text('{label}')")
        window.wait_for_selector(f"main:has-text('{said}')")
        for box in window.locator("[name=finding]").all():
            box.check()

    town.finding(CLERK, found, "dispute", reason="8月20日发过一条，当天删了。")
    town.finding(INSPECTOR, found, "rule", "确认问题的人", upheld=["no"], ruling="删了的不算。")
    town.finding(OFFICE, found, "rule", upheld=["no"], ruling="删了的不算更新。")
    town.finding(CLERK, found, "fix", reason="9月1日起恢复更新。")
    town.finding(INSPECTOR, found, "recheck", passed=["no"], note="打开看还是8月1日的。")
    town.finding(CLERK, found, "fix", reason="已经发了两条，链接附后。")
    town.finding(INSPECTOR, found, "recheck", passed=["yes"], note="看到9月1日的两条。")
    local = Finding.objects.get(code="L.FREQ")
    town.finding(CLERK, local, "fix", reason="改为每周更新。")
    town.finding(INSPECTOR, local, "recheck", passed=["yes"], note="看过排期。")
    act("finish")
    act("close")

    public = reverse("public:inspection", args=[made.pk])
    assert town.phone.goto(town.base + public).status == 404, "通报公开以前"
    assert "检查情况的通报" in town.press(CLERK, home, "起草通报")
    made.refresh_from_db()
    town.signed(made.record)
    shown = town.read(public)
    assert "50.00%" in shown and "明湖微博" in shown and "不合格" in shown
    assert "核实2个，不合格1个，合格率50.00%" in town.read(made.record.get_absolute_url())
