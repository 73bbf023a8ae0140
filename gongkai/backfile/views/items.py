"""工作台的旧文件:清单、核对(原件和要素并排)、页的图、原件、不收、重读。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import apart, files, pagescan
from gongkai.adapters.files import Kind, Unreadable
from gongkai.desk.export import csv_stream
from gongkai.desk.numbers import whole
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.sorting import Order, chosen, heads
from gongkai.desk.submitting import button_step, form_step
from gongkai.foi import store
from gongkai.law import params
from gongkai.law.backfile import statute_at
from gongkai.law.errors import RuleBroken
from gongkai.org import access

from .. import actions
from ..actions.taking import SCANS
from ..forms import CheckForm, ItemFilter, ReasonForm
from ..models import Item, Page
from ..models.items import FIELDS
from ..terms import ItemState
from .stepping import step_page

ORDERS = {
    "oldest": Order("先收的在前", ("pk",), True),
    "newest": Order("后收的在前", ("pk",), False),
    "title": Order("按题名", ("title", "pk"), True),
    "number": Order("按文号", ("doc_number", "pk"), True),
    "code": Order("按档号", ("reference_code", "pk"), True),
}
COLUMNS = (
    ("题名", ("title",)),
    ("文号", ("number",)),
    ("日期", ()),
    ("档号", ("code",)),
    ("单位", ()),
    ("环节", ("oldest", "newest")),
)
HEAD = [
    "题名",
    "文号",
    "责任者",
    "日期",
    "类别",
    "旧索引号",
    "全宗号",
    "档号",
    "密级",
    "单位",
    "环节",
    "公开审核",
    "公开的网址",
]
CHECKED = (ItemState.CHECKING, ItemState.CONFIRMED)


def item_of(request: HttpRequest, pk: int) -> Item:
    """An old paper that this person may see; 404 for any other."""
    rows = Item.objects.visible_to(request.user).select_related(
        "agency", "intake", "copy_of", "record", "confirmed_by"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("backfile.view")
def items(request: HttpRequest) -> HttpResponseBase:
    """旧文件清单;没有筛选时只列待核对的。"""
    given = ItemFilter(request.GET)
    rows = Item.objects.visible_to(request.user).select_related("agency").defer("text", "body", "sketch")
    if words := given.value_of("q"):
        rows = rows.filter(
            Q(title__icontains=words) | Q(doc_number__icontains=words) | Q(reference_code__icontains=words)
        )
    rows = given.narrowed(rows, "state", "year", "kind")
    if given.value_of("unsure"):
        rows = rows.exclude(notes=[])
    if not given.is_set:
        rows = rows.filter(state=ItemState.CHECKING)
    if request.GET.get("format") == "csv":
        access.require(request.user, "backfile.export")
        return private(
            csv_stream(
                "old-papers",
                HEAD,
                (_cells(one) for one in rows.select_related("record").iterator(chunk_size=1000)),
            )
        )
    sort = chosen(ORDERS, request.GET.get("sort")) or "oldest"
    order = ORDERS[sort]
    context = {
        "page": page(rows, request.GET, keys=order.keys, ascending=order.ascending),
        "filter": given,
        "heads": heads(ORDERS, COLUMNS, sort),
        "may_export": access.may(request.user, "backfile.export"),
    }
    return private(render(request, "backfile/desk/items.html", context))


def _cells(item: Item) -> list[object]:
    shown = item.record.get_absolute_url() if item.record else ""
    return [
        item.title,
        item.doc_number,
        item.issuer,
        item.date_text,
        item.get_kind_display(),
        item.index_number,
        item.fonds,
        item.reference_code,
        item.secrecy,
        item.agency,
        item.get_state_display(),
        item.conclusion,
        shown,
    ]


@access.desk("backfile.view")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """一件:原件在左,要素在右;按回车确认,接着是下一件。"""
    item = item_of(request, pk)
    may_check = (
        access.may(request.user, "backfile.check", item.agency)
        and item.state in CHECKED
        and not hasattr(item, "opening")
    )
    form = CheckForm(request.POST or None, item=item)

    def act(data: dict[str, Any]) -> HttpResponse:
        access.require(request.user, "backfile.check", item.agency)
        actions.confirm(item, data, seen=data["seen"], by=request.user, at=timezone.now())
        return redirect(_next(item) or item.intake)

    pages = list(item.pages.order_by("number"))
    number = whole(request.GET.get("page")) or 1
    shown = next((row for row in pages if row.number == number), pages[0] if pages else None)
    waiting = item.intake.items.filter(state=ItemState.CHECKING)
    context = {
        "item": item,
        "may_check": may_check,
        "pages": pages,
        "shown": shown,
        "facts": _facts(item, shown),
        "next": _next(item),
        "left": waiting.count(),
        "statute": statute_at(item.formed_on) if item.formed_on else None,
        "copies": item.copies.all()[:5],
        "pairs": item.pairs.filter(ruling="").select_related("other", "record")[:5],
    }
    return private(form_step(request, form, act, "backfile/desk/item.html", back=item, **context))


def _next(item: Item) -> Item | None:
    rows = Item.objects.filter(intake=item.intake_id, state=ItemState.CHECKING).exclude(pk=item.pk).order_by("pk")
    return rows.filter(pk__gt=item.pk).first() or rows.first()


def _facts(item: Item, shown: Page | None) -> list[dict[str, Any]]:
    """Each element: what was read, how sure, where; marked on the page that is shown."""
    unsure = params.at("backfile.unsure", timezone.localdate()).value
    found = []
    for name, label in FIELDS.items():
        read = item.read.get(name) or {}
        sure = item.sure(name)
        box = read.get("box") if shown and read.get("page") == shown.number else None
        found.append(
            {
                "name": name,
                "label": label,
                "value": item.value(name),
                "where": read.get("where", ""),
                "said": name in item.said,
                "percent": None if sure is None else round(sure * 100),
                "unsure": sure is not None and sure < unsure,
                "shade": "doubt" if sure is not None and sure < unsure else "found",
                "box": box and shown and _marked(box, shown.tall / 1000),
            }
        )
    return found


def _marked(box: list[int], stretch: float) -> dict[str, int]:
    """A place in thousandths of the page, as the picture on the screen has it."""
    left, top, right, bottom = box
    return {
        "x": left,
        "y": round(top * stretch),
        "w": right - left,
        "h": round((bottom - top) * stretch),
    }


@access.desk("backfile.view")
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """扫描件一页的图。"""
    item = item_of(request, pk)
    if item.file_kind not in {kind.value for kind in SCANS} or not item.sha256:
        raise Http404("这一件不是扫描件。")
    try:
        content = files.apart_from(apart.DESK, pagescan.picture, store.read_digest(item.sha256), str(item), number)
    except (Unreadable, FileNotFoundError):
        raise Http404("这一页打不开。") from None
    return private(HttpResponse(content, content_type="image/jpeg"))


@access.desk("backfile.view")
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """原件。"""
    item = item_of(request, pk)
    try:
        content = store.read_digest(item.sha256) if item.sha256 else b""
    except FileNotFoundError:
        content = b""
    if not content:
        raise Http404("没有原件。")
    name, _ = files.clean_name(item.path.rpartition("/")[2] or "original", Kind.from_value(item.file_kind))
    return download(name, content)


@access.desk("backfile.check")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """不收。"""
    item = item_of(request, pk)
    form = ReasonForm(request.POST or None, initial={"seen": item.mark})

    def act(data: dict[str, Any]) -> HttpResponse:
        after = _next(item)
        actions.refuse(item, data["reason"], seen=data["seen"] or None, by=request.user, at=timezone.now())
        return redirect(after or item.intake)

    return step_page(
        request,
        form,
        act,
        title="不作旧文件收",
        button="不收",
        back=item,
        hint="便笺、草稿、签批页、别的单位的文件不收；原件和理由都留着，可以改回来。",
    )


#: 只要按一下的。
PRESSED: dict[str, tuple[Callable[..., Any], str]] = {
    "read": (actions.read_again, "已经重新读过；您核对过的没有动。"),
    "hand": (actions.by_hand, "请照原件录入。"),
    "reopen": (actions.reopen, "请重新核对。"),
}


@access.desk("backfile.check")
@require_POST
def press(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """重新读、人工录入、改回核对。"""
    item = item_of(request, pk)
    if key not in PRESSED:
        raise Http404("没有这一步。")
    run, done = PRESSED[key]

    def act() -> str:
        try:
            run(item, by=request.user, at=timezone.now())
        except Unreadable as error:
            raise RuleBroken(error.why, fix=f"{error.fix}。") from None
        return done

    return button_step(request, act, back=item)


@access.desk("backfile.view")
def addresses(request: HttpRequest) -> HttpResponseBase:
    """旧网址对照:给“旧网址”的导入用。"""
    rows = (
        Item.objects.visible_to(request.user).exclude(old_address="").exclude(record=None).select_related("record")
    )
    lines = (
        [one.old_address, "", one.record.get_absolute_url(), "历史信息补录"]
        for one in rows.iterator(chunk_size=1000)
    )
    return private(csv_stream("old-addresses", ["旧网址", "种类", "去处", "说明"], lines))
