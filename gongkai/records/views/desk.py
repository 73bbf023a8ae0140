"""工作台的清单:首页(各张清单的件数和头几件)、清单页、批量办理、导出。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk import agenda, sorting, todo
from gongkai.desk.export import csv_stream
from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.law.errors import LawError
from gongkai.org import access, menu, waiting
from gongkai.org.models import User

from .. import actions, catalogue, types
from ..list_forms import ANNOTATED, COLUMNS, ORDERS, RecordFilter
from ..models import Edition, Record
from ..terms import OPEN_STAGES, ReviewKind, Stage, Verdict
from ..worklists import Worklist, for_user, holders

BULK_MAX = 200


@access.desk("org.desk")
def home(request: HttpRequest) -> HttpResponse:
    """今天:按最迟那一天排的一张单子,其余一类一行,点开看头几件;``?group=`` 只看菜单上的一组。"""
    at, on = timezone.now(), timezone.localdate()
    own = [
        _panel(worklist, request.user, at, on)
        for worklist in for_user(request.user)
        if worklist.key not in ("all", "public", "withdrawn", "withheld")
    ]
    panels = [*todo.all_panels(request.user, on), *(panel for panel in own if panel.count)]
    groups = menu.by_group(panels)
    chosen = request.GET.get("group", "")
    shown = [(label, found) for label, found in groups if chosen in ("", label)] or groups
    waiting.remember(request.user.pk, {label: sum(one.count for one in found) for label, found in groups})
    agencies = access.agencies_of(request.user, "records.catalogue").current(on)
    return render(
        request,
        "records/desk/home.html",
        {
            "on": on,
            "total": sum(panel.count for panel in panels),
            "counts": [(label, sum(panel.count for panel in found)) for label, found in groups],
            "chosen": chosen,
            "groups": shown,
            "stretches": agenda.stretches(shown, on),
            "ahead": agenda.ahead(shown, on),
            "quiet": [panel for panel in own if not panel.count],
            "gaps": catalogue.matrix(on=on, agencies=agencies),
            "may_write": access.may(request.user, "records.write"),
        },
    )


def _panel(worklist: Worklist, user: User, at: datetime, on: date) -> todo.Panel:
    """A work list as the home page shows each kind of task; an empty one says so where its hint would stand."""
    top, count = todo.first_of(with_draft(worklist.rows(user, at, on).order_by("-updated_at", "-pk")))
    url = f"{reverse('desk:records')}?list={worklist.key}"
    return todo.Panel(
        worklist.label,
        worklist.hint if count else worklist.empty,
        count,
        url,
        tuple(_task(record, on) for record in top),
    )


def _task(record: Record, on: date) -> todo.Task:
    """One record: whose, its number, the last day to publish it, the stage of the edition in hand."""
    due = record.publication_due_on if record.published_at is None else None
    guessed = "公开期限是推定的" if due and record.due_provisional else ""
    note = "，".join(part for part in (str(record.agency), record.doc_number, guessed) if part)
    edition = record.open_editions[0] if record.open_editions else None
    if due is not None and due < on:
        badge, kind = "已过期限", "stop"
    elif edition is not None:
        badge, kind = edition.get_stage_display(), "stop" if edition.stage == Stage.RETURNED else "warn"
    else:
        badge, kind = ("已签发", "ok") if record.published_at else ("", "")
    return todo.Task(record.title, reverse("desk:record", args=[record.pk]), note, badge, kind, due)


def with_draft(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Rows with agency and the edition in hand, in two queries."""
    editions = (
        Edition.objects.filter(stage__in=OPEN_STAGES)
        .only("record", "stage", "title", "saved_at", "nth", "author")
        .select_related("author")
    )
    return rows.select_related("agency").prefetch_related(Prefetch("editions", editions, to_attr="open_editions"))


def chosen_list(request: HttpRequest) -> Worklist:
    """The list that ``?list=`` names, among those of this person."""
    mine = {one.key: one for one in for_user(request.user)}
    worklist = mine.get(request.GET.get("list", "all"))
    if worklist is None:
        raise Http404("没有这张清单。")
    return worklist


@access.desk("records.view")
def records(request: HttpRequest) -> HttpResponseBase:
    """一张清单:筛选、排序、翻页、批量办理、导出。"""
    chosen, at, on = chosen_list(request), timezone.now(), timezone.localdate()
    form = RecordFilter(request.GET, user=request.user)
    sort = sorting.chosen(ORDERS, request.GET.get("sort"))
    order = ORDERS[sort or "recent"]
    rows = with_draft(form.narrow(chosen.rows(request.user, at, on), at).annotate(**ANNOTATED))
    if request.GET.get("format") == "csv":
        return export(rows.order_by(*order.keys if order.ascending else (f"-{key}" for key in order.keys)))
    result = page(rows, request.GET, keys=order.keys, ascending=order.ascending)
    held = holders(result.rows)
    for record in result.rows:
        record.holder = held.get(record.pk, "")
    return render(
        request,
        "records/desk/records.html",
        {
            "list": chosen,
            "lists": for_user(request.user),
            "form": form,
            "sort": sort,
            "heads": sorting.heads(ORDERS, COLUMNS, sort or "recent"),
            "page": result,
            "bulk": [(key, act.label) for key, act in BULK.items() if access.may(request.user, act.right)],
            "on": on,
            "may_write": access.may(request.user, "records.write"),
        },
    )


HEAD = [
    "索引号",
    "标题",
    "文号",
    "发布机构",
    "信息类型",
    "成文日期",
    "发布时间",
    "最迟公开日",
    "在办环节",
    "在谁手上",
    "撤下",
]
#: 导出时一次问这么多件在谁手上。
CHUNK = 500


def export(rows: QuerySet[Record]) -> HttpResponseBase:
    """CSV of what the list shows, in its order."""
    labels = {kind.key: kind.label for kind in types.all()}

    def cells(record: Record, holder: str) -> list[object]:
        stage = record.open_editions[0].get_stage_display() if record.open_editions else ""
        return [
            record.index_number,
            record.title,
            record.doc_number,
            record.agency.name,
            labels.get(record.type, record.type),
            record.made_on or "",
            minute(record.published_at) if record.published_at else "",
            record.publication_due_on or "",
            stage,
            holder,
            record.get_withdrawn_display() if record.withdrawn else "",
        ]

    def lines() -> Iterator[list[object]]:
        found = rows.iterator(chunk_size=CHUNK)
        while few := list(islice(found, CHUNK)):
            held = holders(few)
            yield from (cells(record, held.get(record.pk, "")) for record in few)

    return csv_stream("records", HEAD, lines())


class Bulk:
    """一种批量办理:名称、权限、对一个在办版本做什么、要不要写原因。"""

    def __init__(self, label: str, right: str, act: Callable[..., object], reason: str = "") -> None:
        self.label, self.right, self.act, self.reason = label, right, act, reason


def _pass(edition: Edition, reason: str, by: object, at: datetime, seen: str) -> None:
    kind = {Stage.FIRST: ReviewKind.FIRST, Stage.SECOND: ReviewKind.SECOND}.get(Stage(edition.stage))
    if kind is None:
        raise LawError("这一件不在初审、复审环节", fix="终审签发须逐件办理。")
    actions.judge(edition, kind, Verdict.PASS, reason, by=by, at=at, seen=seen)


BULK = {
    "submit": Bulk(
        "送审", "records.write", lambda e, reason, by, at, seen: actions.submit(e, by=by, at=at, confirmed={})
    ),
    "recall": Bulk("撤回送审", "records.write", lambda e, reason, by, at, seen: actions.recall(e, by=by, at=at)),
    "pass": Bulk("初审、复审同意", "records.view", _pass, "审核意见（可以不填）"),
    "secrecy": Bulk(
        "保密审查通过",
        "records.secrecy",
        lambda e, reason, by, at, seen: actions.judge(
            e, ReviewKind.SECRECY, Verdict.PASS, reason, by=by, at=at, seen=seen
        ),
        "逐项审查的结论",
    ),
    "discard": Bulk(
        "作废草稿",
        "records.write",
        lambda e, reason, by, at, seen: actions.discard(e, reason=reason, by=by, at=at),
        "作废的原因",
    ),
}


@access.desk("records.view")
def bulk(request: HttpRequest) -> HttpResponse:
    """批量办理:先列出来请人确认,再逐件办,逐件说结果。"""
    if request.method != "POST" or request.POST.get("act") not in BULK:
        return redirect("desk:records")
    act = BULK[request.POST["act"]]
    access.require(request.user, act.right)
    chosen = [int(pk) for pk in request.POST.getlist("pk") if pk.isdecimal() and len(pk) < 19][:BULK_MAX]
    rows = list(with_draft(Record.objects.visible_to(request.user).filter(pk__in=chosen)).order_by("-updated_at"))
    context = {"act": act, "key": request.POST["act"], "rows": rows}
    if "confirmed" not in request.POST or not rows:
        return render(request, "records/desk/bulk.html", context)
    at, reason = timezone.now(), request.POST.get("reason", "").strip()
    seen, results = request.POST.getlist("seen"), []
    for record in rows:
        if not record.open_editions:
            results.append((record, "没有在办的版本。"))
            continue
        edition = record.open_editions[0]
        try:
            # 列出来以后又改过的一件不算看过
            act.act(edition, reason, request.user, at, edition.mark if edition.mark in seen else "")
        except (LawError, PermissionDenied) as error:
            results.append((record, str(error)))
        else:
            results.append((record, ""))
    return render(request, "records/desk/bulk.html", context | {"results": results})
