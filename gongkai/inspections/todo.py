"""网站和新媒体检查里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.law.outlets import ONLINE, State
from gongkai.org import access, site
from gongkai.org.models import Agency, User

from .models import Finding, Outlet, Round
from .terms import FindingState, RoundState
from .views.outlets import late_on

S = FindingState


def panels(user: User, on: date) -> Iterator[Panel]:
    """Findings to answer, to confirm, to rule on and to recheck; outlets to decide on; accounts that fell silent."""
    if access.may(user, "inspections.answer"):
        own = Finding.objects.filter(access.within(user, "inspections.answer"))
        yield _findings(
            "要整改的问题",
            "按整改期限排；不同意的在期限以内提出异议。",
            own.filter(state=S.NOTICED).order_by("due_on"),
            on,
        )
    if access.may(user, "inspections.check"):
        rows = Finding.objects.filter(access.within(user, "inspections.check"))
        yield _findings("疑似问题，等人确认", "请先看证据。", rows.filter(state=S.SUSPECTED), on)
        yield _findings(
            "异议", "由没有确认过它的人处理。", rows.filter(state=S.DISPUTED).exclude(confirmed_by=user), on
        )
        yield _findings(
            "等复查的整改", "报告整改的人不能复查自己的。", rows.filter(state=S.FIXED).exclude(fixed_by=user), on
        )
    if access.may(user, "inspections.approve"):
        waiting = Outlet.objects.filter(state__in=(State.PENDING, State.CLOSING))
        yield _outlets("等批的开设和关停", "申请的人不能批准自己的申请。", waiting)
    if access.may(user, "inspections.bulletin"):
        yield from _bulletins(user, on)
    if access.may(user, "inspections.register"):
        mine = Outlet.objects.filter(access.within(user, "inspections.register"), state__in=ONLINE)
        yield _outlets(
            "超过更新期限的账号", "注销完成以前照常更新。", mine.accounts().filter(updated_on__lt=late_on(on))
        )
        yield _outlets(
            "公告期满，该注销的", "注销以后登记回执。", mine.filter(state=State.ANNOUNCED, cancel_on__lte=on)
        )


def _bulletins(user: User, on: date) -> Iterator[Panel]:
    """Rounds without a bulletin, for the clerk of the office in charge."""
    office = site.office(on)
    if office is not None and access.may(user, "inspections.bulletin", office):
        rows = Round.objects.filter(state__in=(RoundState.MENDING, RoundState.CLOSED), record=None)
        yield panel_of(
            "等起草的检查通报",
            "数由明细算出，起草以后照常审核、签发。",
            rows,
            lambda checked: Task(str(checked), checked.get_absolute_url(), f"检查日{checked.on}"),
            reverse("desk:home"),
        )


def _findings(label: str, hint: str, rows: QuerySet[Finding], on: date) -> Panel:
    def task(finding: Finding) -> Task:
        note = f"{finding.outlet}，{finding.indicator.label}"
        badge, kind = ("升级", "stop") if finding.escalated_at and not finding.is_late(on) else ("", "")
        title = f"{finding.number} {Truncator(finding.text).chars(40)}"
        due = finding.due_on if finding.state == S.NOTICED else None
        return Task(title, finding.get_absolute_url(), note, badge, kind, due)

    return panel_of(label, hint, rows.select_related("outlet"), task, reverse("desk:inspections_findings"))


def _outlets(label: str, hint: str, rows: QuerySet[Outlet]) -> Panel:
    def task(outlet: Outlet) -> Task:
        note = f"{outlet.get_platform_display()}，{outlet.agency}，{outlet.get_state_display()}"
        return Task(str(outlet), outlet.get_absolute_url(), note)

    return panel_of(label, hint, rows.select_related("agency"), task, reverse("desk:inspections_outlets"))


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Outlets that an agency keeps, and findings that it has not mended."""
    if agency is not None:
        for outlet in Outlet.objects.filter(agency=agency).exclude(state=State.CLOSED):
            yield OpenItem(
                f"{outlet.get_platform_display()}“{outlet}”", outlet.get_state_display(), outlet.get_absolute_url()
            )
        for finding in Finding.objects.filter(agency=agency).standing().exclude(state=S.CLOSED):
            yield OpenItem(f"检查问题{finding}", finding.get_state_display(), finding.get_absolute_url())
