"""网站和新媒体检查自己会数的数(``desk.figures``):责任落实、按期更新、便民和解读占比、规范转载、按期整改、统一转发、网站各项。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, first_day, of_rows
from gongkai.desk.moments import minute
from gongkai.law import params
from gongkai.law.clock import ran_out
from gongkai.law.indicators import Answer

from .models import Check, Entry, Finding, Outlet, Post, Relay, Whitelisted
from .terms import STANDING, USEFUL, PostKind, RoundState


def _accounts(agencies: Sequence[int], on: date) -> QuerySet[Outlet]:
    return Outlet.objects.accounts().online().filter(agency__in=agencies)


def _kept(rows: QuerySet[Outlet], on: date) -> QuerySet[Outlet]:
    return rows.exclude(keeper="").exclude(head="").exclude(security="")


def _fresh(rows: QuerySet[Outlet], on: date) -> QuerySet[Outlet]:
    days = params.at("inspection.update_days", on).value
    return rows.filter(updated_on__gte=on - timedelta(days))


def _outlet(row: Outlet, counts: bool) -> Shown:
    return Shown(
        f"{row.get_platform_display()}“{row}”",
        row.get_absolute_url(),
        row.agency_id,
        counts,
        str(row.updated_on or ""),
    )


def _posts(agencies: Sequence[int], on: date) -> QuerySet[Post]:
    return Post.objects.filter(outlet__agency__in=agencies, on__range=(first_day(on), on)).select_related("outlet")


def _relays(agencies: Sequence[int], on: date) -> QuerySet[Post]:
    return _posts(agencies, on).filter(kind=PostKind.RELAY)


def _post(row: Post, counts: bool) -> Shown:
    return Shown(f"{row.outlet}：{row}", row.outlet.get_absolute_url(), row.outlet.agency_id, counts, str(row.on))


def _noticed(agencies: Sequence[int], on: date) -> QuerySet[Finding]:
    """What had to be mended by a day that ran out in the year by that day."""
    return Finding.objects.filter(agency__in=agencies, state__in=STANDING, due_on__range=ran_out(on))


def _mended(rows: QuerySet[Finding], on: date) -> QuerySet[Finding]:
    fixed = Entry.objects.filter(finding=OuterRef("pk"), step="fix").annotate(day=TruncDate("at"))
    return rows.filter(Exists(fixed.filter(day__lte=OuterRef("due_on"))), failed=0)


def _finding(row: Finding, counts: bool) -> Shown:
    return Shown(
        row.number, reverse("desk:inspections_finding", args=[row.pk]), row.agency_id, counts, str(row.due_on)
    )


def _asked(agencies: Sequence[int], on: date) -> QuerySet[Relay]:
    """Relays due on a day that ran out in the year by that day."""
    rows = Relay.objects.filter(outlet__agency__in=agencies, release__due_at__date__range=ran_out(on))
    return rows.select_related("outlet", "release")


def _relay(row: Relay, counts: bool) -> Shown:
    said = minute(row.posted_at) if row.posted_at else "没有登记转发"
    url = reverse("desk:inspections_release", args=[row.release_id])
    return Shown(f"{row.outlet}：{row.release}", url, row.outlet.agency_id, counts, said)


def _answers(agencies: Sequence[int], on: date) -> QuerySet[Check]:
    """Verified answers on sites of rounds of the year by that day whose checking is over."""
    rows = Check.objects.filter(
        sample__outlet__agency__in=agencies,
        sample__outlet__platform="site",
        sample__round__on__range=(first_day(on), on),
        sample__round__state__in=(RoundState.MENDING, RoundState.CLOSED),
    )
    return rows.exclude(answer=Answer.UNKNOWN).select_related("sample__round", "sample__outlet")


def _held(rows: QuerySet[Check], on: date) -> QuerySet[Check]:
    """What holds, and what fell short only until a person looked and dropped it."""
    standing = Finding.objects.filter(
        round=OuterRef("sample__round"), outlet=OuterRef("sample__outlet"), code=OuterRef("code")
    ).standing()
    return rows.filter(~Exists(standing))


def _check(row: Check, counts: bool) -> Shown:
    return Shown(
        f"{row.sample}：{row.indicator.label}",
        row.sample.get_absolute_url(),
        row.sample.outlet.agency_id,
        counts,
        row.note[:60],
    )


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_accounts,
        meeting=_kept,
        owner="agency",
        show=_outlet,
        key="inspections.kept",
        label="政务新媒体责任落实率",
        above="分管负责人、责任编辑、安全联系人都登记了的",
        below="在线的政务新媒体账号",
        clauses=("8.1", "8.5"),
        follows=("inspections",),
        present=True,
    ),
    of_rows(
        rows=_accounts,
        meeting=_fresh,
        owner="agency",
        show=_outlet,
        key="inspections.updated",
        label="政务新媒体按期更新率",
        above="没有超过更新期限的",
        below="在线的政务新媒体账号",
        clauses=("8.2",),
        follows=("inspections",),
        present=True,
    ),
    of_rows(
        rows=_posts,
        meeting=lambda rows, on: rows.filter(kind__in=USEFUL),
        owner="outlet__agency",
        show=_post,
        key="inspections.useful",
        label="便民服务和政策解读类推送占比",
        above="便民服务、政策和解读类的",
        below="当年导入的推文",
        clauses=("8.3",),
        follows=("inspections",),
        note="只数导入的推文。",
    ),
    of_rows(
        rows=_relays,
        meeting=lambda rows, on: rows.filter(source__in=Whitelisted.objects.values("name")),
        owner="outlet__agency",
        show=_post,
        key="inspections.sourced",
        label="规范转载率",
        above="注明了白名单里的来源的",
        below="当年导入的转载",
        clauses=("8.4",),
        follows=("inspections",),
    ),
    of_rows(
        rows=_noticed,
        meeting=_mended,
        owner="agency",
        show=_finding,
        key="inspections.mended",
        label="检查问题按期整改率",
        above="期限以内改好、一次通过复查的",
        below="当年到期的问题",
        clauses=("8.2",),
        follows=("inspections",),
    ),
    of_rows(
        rows=_asked,
        meeting=lambda rows, on: rows.filter(posted_at__lte=F("release__due_at")),
        owner="outlet__agency",
        show=_relay,
        key="inspections.relayed",
        label="重要信息统一转发按时率",
        above="在布置的时刻以前转发的",
        below="当年到期的转发",
        clauses=("8.4",),
        follows=("inspections",),
    ),
    of_rows(
        rows=_answers,
        meeting=_held,
        owner="sample__outlet__agency",
        show=_check,
        key="inspections.site",
        label="网站检查符合率",
        above="没有查实问题的项",
        below="当年查完的各轮里核实了的项",
        clauses=("7.1",),
        follows=("inspections",),
        note="未能核实的不进分母。",
    ),
)
