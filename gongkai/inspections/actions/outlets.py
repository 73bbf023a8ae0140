"""台账:登记、修改、走一步、关停公告、栏目、推文。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html, format_html_join

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import outlets as law
from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import Platform, State, Step
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition

from ..models import Column, Move, Outlet, Post
from ..terms import PostKind

FIELDS = (
    "name",
    "url",
    "handle",
    "subject",
    "purpose",
    "is_own",
    "serves_nobody",
    "id_code",
    "icp",
    "police",
    "filing",
    "head",
    "keeper",
    "security",
    "phone",
    "certified_until",
    "opened_on",
    "updated_on",
)
CLOSING = ("basis", "stop_on", "cancel_on", "instead")
#: Who may take which step: the unit asks, the office in charge decides; nobody decides on what he asked for himself.
RIGHTS = {
    Step.APPROVE: "inspections.approve",
    Step.REFUSE: "inspections.approve",
    Step.PAUSE: "inspections.approve",
    Step.RESUME: "inspections.approve",
    Step.ANNOUNCE: "inspections.approve",
    Step.KEEP: "inspections.approve",
}
#: What a step has to say, and whether its paper (文书号、回执号) is needed.
NOTED = {
    Step.REFUSE: "为什么退回",
    Step.PAUSE: "为什么暂停",
    Step.CLOSE: "为什么关停",
    Step.KEEP: "为什么不关停",
    Step.CANCEL: "内容备份在哪里",
}
PAPERED = {Step.FILE: "报送系统的备案回执号", Step.END: "报送系统的注销回执号"}


def right_of(step: Step) -> str:
    """The right that a step asks for."""
    return RIGHTS.get(step, "inspections.register")


def locked(outlet: Outlet) -> Outlet:
    """The row, locked until the transaction ends."""
    return Outlet.objects.select_for_update(of=("self",)).select_related("agency", "notice").get(pk=outlet.pk)


def noted(action: str, outlet: Outlet, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    log(
        f"inspections.{action}",
        f"{outlet.get_platform_display()}“{outlet}”：{what}",
        at=at,
        by=by,
        agency=outlet.agency,
        about=outlet,
        **more,
    )


def address(text: str) -> str:
    """A web address as it may stand in a link, or nothing. Raises RuleBroken for any other."""
    text = line(text)
    if text and not text.lower().startswith(("http://", "https://")):
        raise RuleBroken(f"“{text[:60]}”不是网址", fix="网址以 http:// 或者 https:// 开头。")
    return text


def _bumped(outlet: Outlet, *fields: str) -> None:
    outlet.revision += 1
    outlet.save(update_fields=[*fields, "revision"])


@transaction.atomic
def save_outlet(
    outlet: Outlet | None,
    agency: Agency,
    platform: Platform,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Outlet:
    """登记一个阵地(从拟设起),或者改它的情况;改了名称、主体、责任人的写进操作记录。"""
    if outlet is None:
        outlet = Outlet(agency=agency, platform=platform)
    else:
        outlet = locked(outlet)
        check(seen, outlet.mark)
        if outlet.state == State.CLOSED:
            raise RuleBroken("已经注销的不再修改", fix="要重新开设的，另外登记、报批。")
    access.require(by, "inspections.register", outlet.agency)
    before = {name: getattr(outlet, name) for name in FIELDS}
    for name, value in values.items():
        if name in FIELDS:
            setattr(outlet, name, line(value) if isinstance(value, str) and name != "purpose" else value)
    outlet.url = address(outlet.url)
    if outlet.is_own and Outlet.objects.filter(is_own=True).exclude(pk=outlet.pk).exists():
        raise RuleBroken("台账里已经有本站", fix="只有一个网站是本软件办的。")
    if not outlet.name:
        raise RuleBroken("没有写名称", fix="请写全称，同认证的一致。")
    if outlet.platform == Platform.SITE and not outlet.url:
        raise RuleBroken("网站没有写网址", fix="请写首页的网址，以 http:// 或者 https:// 开头。")
    outlet.revision += 1 if outlet.pk else 0
    outlet.save()
    changed = "、".join(
        Outlet._meta.get_field(name).verbose_name for name in FIELDS if getattr(outlet, name) != before[name]
    )
    noted("outlet", outlet, f"改了{changed}" if outlet.revision > 1 else "登记", at=at, by=by)
    return outlet


def remarks(outlet: Outlet) -> list[str]:
    """What does not fit local rules; hints that do not stop anything."""
    found = []
    if outlet.platform == Platform.SITE:
        return found
    same = (
        Outlet.objects.filter(agency=outlet.agency, platform=outlet.platform)
        .exclude(state=State.CLOSED)
        .exclude(pk=outlet.pk)
    )
    if same.exists():
        found.append(
            f"{outlet.agency}在{outlet.get_platform_display()}已经有“{same[0]}”，原则上一个单位一个平台一个账号。"
        )
    if outlet.subject and outlet.subject != outlet.agency.name:
        found.append(f"认证主体“{outlet.subject}”同主办单位“{outlet.agency.name}”不一致。")
    if outlet.keeper and len([name for name in outlet.keeper.replace("，", "、").split("、") if name.strip()]) < 2:
        found.append("责任编辑只有一人，请再定一人，以便交接。")
    return found


@transaction.atomic
def move(
    outlet: Outlet, step: Step, *, by: User, at: datetime, note: str = "", paper: str = "", seen: str | None = None
) -> Outlet:
    """走一步。开设、关停由单位申请、主管的批准,不能是同一个人;公告期满才注销,注销有回执才算完。"""
    outlet = locked(outlet)
    access.require(by, right_of(step), outlet.agency)
    check(seen, outlet.mark)
    before, on, note, paper = State.from_value(outlet.state), local_day(at), note.strip(), line(paper)
    after = law.after(before, step)
    if step in NOTED and not note:
        raise RuleBroken(f"没有写{NOTED[step]}", fix="请写明。")
    if step in PAPERED and not paper:
        raise RuleBroken(f"没有填{PAPERED[step]}", fix="在报送系统办了以后，把回执号填在这里。")
    _asked_by_another(outlet, step, by)
    fields = ["state"]
    if step is Step.SUBMIT and not (outlet.purpose.strip() and outlet.keeper and outlet.head):
        raise RuleBroken("为什么开设、分管负责人、责任编辑没有填全", fix="请先在基本情况里填。")
    if step is Step.FILE:
        outlet.filing, outlet.opened_on = paper, outlet.opened_on or on
        fields += ["filing", "opened_on"]
    if step is Step.ANNOUNCE:
        law.may_announce(outlet.closing, Platform.from_value(outlet.platform), on)
        if outlet.notice is None or not outlet.notice.is_public(at):
            raise RuleBroken("关停公告还没有公开", fix="请先起草公告，审核签发以后再走这一步。")
    if step is Step.CANCEL:
        law.may_cancel(outlet.closing, on)
    if step is Step.END:
        outlet.closed_on = on
        fields.append("closed_on")
    outlet.state = after
    _bumped(outlet, *fields)
    Move.objects.create(
        outlet=outlet, step=step, before=before, after=after, note=note[:2000], paper=paper[:80], by=by, at=at
    )
    noted("move", outlet, step.label, at=at, by=by)
    return outlet


def _asked_by_another(outlet: Outlet, step: Step, by: User) -> None:
    asked = {Step.APPROVE: Step.SUBMIT, Step.ANNOUNCE: Step.CLOSE}.get(step)
    last = outlet.moves.filter(step=asked).last() if asked else None
    if last is not None and last.by_id == by.pk:
        raise RuleBroken("申请的人不能批准自己的申请", fix="请由另一位主管办理。")


@transaction.atomic
def save_closing(
    outlet: Outlet, values: Mapping[str, Any], *, by: User, at: datetime, seen: str | None = None
) -> Outlet:
    """填关停公告的五样(名称取自台账);公告以后不再改。"""
    outlet = locked(outlet)
    access.require(by, "inspections.register", outlet.agency)
    check(seen, outlet.mark)
    if outlet.state != State.CLOSING:
        raise RuleBroken(f"“{outlet.get_state_display()}”的不填关停公告", fix="请先申请关停；公告以后不再改。")
    for name in CLOSING:
        value = values.get(name)
        setattr(outlet, name, line(value) if isinstance(value, str) else value)
    _bumped(outlet, *CLOSING)
    noted("closing", outlet, "填写关停公告", at=at, by=by)
    return outlet


@transaction.atomic
def draft_closing_notice(outlet: Outlet, *, by: User, at: datetime) -> Edition:
    """起草关停公告;没有签发的重新排一遍。"""
    outlet = locked(outlet)
    access.require(by, "inspections.register", outlet.agency)
    if outlet.state != State.CLOSING:
        raise RuleBroken("没有申请关停，不起草公告", fix="请先申请关停。")
    law.may_announce(outlet.closing, Platform.from_value(outlet.platform), local_day(at))
    body = _notice(outlet)
    if outlet.notice is not None:
        draft = outlet.notice.draft
        if draft is None:
            raise RuleBroken("公告已经签发", fix="要改的请更正那件信息。")
        return records.save(draft, {"body": body}, by=by, at=at, revision=draft.revision)
    title = f"关于关停{outlet.get_platform_display()}“{outlet}”的公告"
    edition = records.create(outlet.agency, "notice", by=by, at=at, title=title, made_on=local_day(at), body=body)
    outlet.notice = edition.record
    _bumped(outlet, "notice")
    noted("closing_notice", outlet, "起草关停公告", at=at, by=by)
    return edition


def _notice(outlet: Outlet) -> str:
    notice = outlet.closing
    rows = (
        ("依据", notice.basis),
        ("名称和平台", notice.names),
        ("停止发布", notice.stop_on),
        ("启动注销", notice.cancel_on),
        ("以后到哪里看", notice.instead),
    )
    first = format_html(
        "<p>{}主办的{}“{}”将关停，现公告如下：</p>", outlet.agency, outlet.get_platform_display(), outlet
    )
    return str(
        first
        + format_html_join("", "<p>{}：{}。</p>", ((label, str(value).rstrip("。")) for label, value in rows))
    )


@transaction.atomic
def save_column(
    site: Outlet, column: Column | None, values: Mapping[str, Any], *, by: User, at: datetime
) -> Column:
    """登记一个栏目和它的更新周期。"""
    site = locked(site)
    access.require(by, "inspections.register", site.agency)
    if site.platform != Platform.SITE:
        raise RuleBroken("只有网站登记栏目", fix="账号登记推文。")
    column = column or Column(site=site)
    for name in ("name", "url", "kind", "level", "days", "exempt"):
        if name in values:
            setattr(column, name, values[name])
    column.url = address(column.url)
    taken = Column.objects.filter(site=site, name=column.name).exclude(pk=column.pk)
    if taken.exists():
        raise RuleBroken(f"已经有栏目“{column.name}”", fix="一个名称登记一次。")
    column.save()
    noted("column", site, f"栏目“{column}”", at=at, by=by)
    return column


@transaction.atomic
def drop_column(column: Column, *, by: User, at: datetime) -> None:
    """不再登记这个栏目。"""
    access.require(by, "inspections.register", column.site.agency)
    noted("column", column.site, f"删去栏目“{column}”", at=at, by=by)
    column.delete()


@transaction.atomic
def import_posts(rows: Iterable[Mapping[str, Any]], *, by: User, at: datetime) -> tuple[int, list[str]]:
    """收下导出表里的推文:一条一次,重复的略过;最近更新、最近原创由推文算。返回新收的条数和收不下的说明。"""
    on = local_day(at)
    known: dict[tuple[str, str], Outlet] = {}
    for outlet in (
        Outlet.objects.accounts().filter(access.within(by, "inspections.answer")).exclude(state=State.CLOSED)
    ):
        known[outlet.get_platform_display(), outlet.name] = known["", outlet.name] = outlet
    new: dict[tuple[int, date, str], Post] = {}
    faults: list[str] = []
    touched: dict[int, Outlet] = {}
    for row in rows:
        outlet = known.get((row["platform"], row["name"]))
        if outlet is None:
            faults.append(f"第{row['line']}行：台账里没有{row['platform']}“{row['name']}”，或者不归您办。")
        elif row["on"] is None or row["on"] > on or not row["title"]:
            faults.append(f"第{row['line']}行：日期不对或者没有标题。")
        else:
            url = row["url"][:300] if row["url"].startswith("http") else ""
            post = Post(
                outlet=outlet,
                on=row["on"],
                title=row["title"][:200],
                url=url,
                kind=row["kind"],
                source=row["source"][:80],
            )
            new.setdefault((outlet.pk, post.on, post.title), post)
            touched[outlet.pk] = outlet
    for pk, day, title in Post.objects.filter(outlet__in=touched).values_list("outlet", "on", "title"):
        new.pop((pk, day, title), None)
    Post.objects.bulk_create(new.values(), batch_size=500, ignore_conflicts=True)
    for outlet in touched.values():
        _refresh(outlet)
        noted("posts", outlet, "导入推文", at=at, by=by)
    return len(new), faults


def _refresh(outlet: Outlet) -> None:
    latest = outlet.posts.order_by("-on").values_list("on", flat=True).first()
    original = outlet.posts.exclude(kind=PostKind.RELAY).order_by("-on").values_list("on", flat=True).first()
    outlet.updated_on, outlet.original_on = _later(outlet.updated_on, latest), _later(outlet.original_on, original)
    outlet.save(update_fields=["updated_on", "original_on"])


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)
