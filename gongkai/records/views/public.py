"""公众一侧:列表、一件信息、打印、附件、四个法定栏目。不碰会话,不设 Cookie。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.desk import rooms
from gongkai.desk.export import csv_response
from gongkai.desk.moments import local_day
from gongkai.desk.paging import page
from gongkai.law import duties
from gongkai.law.openness import Openness
from gongkai.org import site
from gongkai.org.models import Agency

from .. import browse, html, outline, pages, store, types, validity
from ..models import Attachment, Record, Relation, Withdrawal
from ..terms import Stage, WithdrawalKind

EXPORT_MAX = 5000


def records(request: HttpRequest, **fixed: object) -> HttpResponse:
    """主动公开信息列表:按机关、事项、类型、年份、有效性筛,标题里找词,按时间翻页,可导出。

    ``fixed`` 是网址里已经定下的一项筛选(``/columns/rules/``);认不出的是 404。
    """
    at, on = timezone.now(), timezone.localdate()
    filters = browse.Filters.read(request.GET, **{name: str(value) for name, value in fixed.items()})
    if any(not getattr(filters, name) for name in fixed):
        raise Http404("没有这个列表。")
    if "agency" in fixed:
        get_object_or_404(Agency, code=filters.agency)
    rows = filters.apply(Record.objects.public(at), on).select_related("agency")
    if request.GET.get("format") == "csv":
        return export(rows, on)
    result = page(rows, request.GET, keys=("published_at", "pk"), size=20)
    for row in result.rows:
        row.validity = validity.validity_on(row, on, [])
    return render(
        request,
        "records/public/records.html",
        {
            "page": result,
            "filters": filters,
            "facets": browse.facets(filters, at, on),
            "chosen": [(words, filters.address(**{name: None})) for name, words in filters.chosen()],
            "heading": _heading(filters),
            "duty": duties.get(filters.duty) if filters.duty else None,
        },
    )


def _heading(filters: browse.Filters) -> str:
    """What a list by one filter alone is called; others bear the general name."""
    chosen = filters.chosen()
    if filters.duty:
        return duties.get(filters.duty).label
    return f"{chosen[0][1]}公开的信息" if len(chosen) == 1 and not filters.words else "主动公开信息"


def export(rows: QuerySet[Record], on: date) -> HttpResponse:
    """CSV of a list, at most ``EXPORT_MAX`` rows."""

    def cells(record: Record) -> list[object]:
        published = timezone.localtime(record.published_at).date()
        return [
            record.index_number,
            record.title,
            record.doc_number,
            record.agency.name,
            record.made_on or "",
            published,
            validity.validity_on(record, on, []).label,
        ]

    head = ["索引号", "标题", "文号", "发布机构", "成文日期", "发布日期", "有效性"]
    return csv_response("records", head, map(cells, rows.order_by("-published_at", "-pk")[:EXPORT_MAX]))


def gone_or(request: HttpRequest, pk: int) -> Record | HttpResponse:
    """The record if the public may read it; otherwise the page that its kind of withdrawal calls for (C103).

    涉密、隐私:404,同没有过一样;撤回:410 和原因;合并迁移:转到承继信息或者新地址。
    """
    record = Record.objects.select_related("agency").filter(pk=pk).first()
    at = timezone.now()
    if (
        record is None
        or record.published_at is None
        or record.published_at > at
        or record.openness != Openness.ACTIVE
    ):
        raise Http404("没有这件信息。")
    if record.withdrawn in ("", WithdrawalKind.REPEALED):
        return record
    standing: Withdrawal | None = record.withdrawals.filter(lifted_at=None, kind=record.withdrawn).first()
    if standing is None or record.withdrawn == WithdrawalKind.CONFIDENTIAL:
        raise Http404("没有这件信息。")
    if record.withdrawn == WithdrawalKind.MOVED:
        successor = standing.successor
        if successor and successor.is_public(at):
            return HttpResponsePermanentRedirect(successor.get_absolute_url())
        if standing.address:
            return HttpResponsePermanentRedirect(standing.address)
    return render(request, "410.html", {"withdrawal": standing, "record": record}, status=410)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """一件信息。"""
    found = gone_or(request, pk)
    if isinstance(found, HttpResponse):
        return found
    at = timezone.now()
    incoming = [one for one in found.relations_in.select_related("source") if one.source.is_public(at)]
    outgoing = [one for one in found.relations_out.select_related("target") if one.target.is_public(at)]
    document = _document(found, incoming, at)
    sections = pages.sections(found, at)
    below = outline.blocks(sections)
    text = document["document"].body
    body, headings = outline.anchored(html.clean(text, images=html.files_in(text)))
    context = document | {
        "edition": document["document"],
        "type": types.get(found.type),
        "duty": duties.get(found.duty),
        "body": body,
        "outline": outline.outline(headings, below),
        "materials": pages.materials(incoming, outgoing),
        "related": pages.related(incoming, outgoing),
        "heads": [section for section in sections if section.place is pages.Place.HEAD],
        "keys": [section for section in sections if section.place is pages.Place.KEY],
        "blocks": below,
        "column": duties.get(found.duty),
        "public_column": rooms.column_of(found.type),
    }
    return render(request, "records/public/record.html", context)


def record_print(request: HttpRequest, pk: int) -> HttpResponse:
    """打印页:只有公文本身。"""
    found = gone_or(request, pk)
    if isinstance(found, HttpResponse):
        return found
    at = timezone.now()
    incoming = [one for one in found.relations_in.select_related("source") if one.source.is_public(at)]
    return render(
        request, "records/public/print.html", _document(found, incoming, at) | {"type": types.get(found.type)}
    )


def _document(record: Record, incoming: list[Relation], at: datetime) -> dict[str, Any]:
    """What the paper itself shows, on its page and in print; 404 where no edition is public."""
    live = record.editions.filter(stage=Stage.LIVE).first()
    if live is None:
        raise Http404("没有这件信息。")
    on = local_day(at)
    state = pages.validity_of(record, on, incoming)
    fields = types.get(record.type).fields
    return {
        "record": record,
        "document": live,
        "special": [(field.label, live.fields[field.key]) for field in fields if live.fields.get(field.key)],
        "attachments": live.attachments.all(),
        "validity": state,
        "verdict": validity.verdict(record, state),
        "banners": validity.banners(record, at, incoming),
    }


def attachment(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """下载附件:每次都回数据库核对,撤下了就没有(C69)。"""
    found = get_object_or_404(
        Attachment.objects.select_related("edition__record"), pk=pk, edition__stage=Stage.LIVE
    )
    if not found.edition.record.is_public(timezone.now()):
        raise Http404("没有这个附件。")
    response = store.respond(found)
    response["Cache-Control"] = "no-cache"
    return response


def _tab(key: str, limit: int = 50) -> list[Record]:
    rows = Record.objects.public(timezone.now()).filter(duty=key).select_related("agency")
    return list(rows.order_by("-published_at", "-pk")[:limit])


def guide(request: HttpRequest) -> HttpResponse:
    """政府信息公开指南:条例第十二条第二款列的各样,和各单位的指南。"""
    on = timezone.localdate()
    main = site.office(on)
    return render(request, "records/public/guide.html", {"rows": _tab("guide"), "main": main, "tab": "guide"})


def rules(request: HttpRequest) -> HttpResponse:
    """政府信息公开制度。"""
    return render(
        request,
        "records/public/tab.html",
        {
            "rows": _tab("rules"),
            "tab": "rules",
            "heading": "政府信息公开制度",
            "hint": "本区关于政府信息公开的规章制度。",
            "empty": "还没有公布制度。",
        },
    )


def statutory(request: HttpRequest) -> HttpResponse:
    """法定主动公开内容:逐项列出,各有件数和最近更新。"""
    at = timezone.now()
    public, numbers = Record.objects.public(at), browse.by_duty(at)

    def figures(key: str) -> dict[str, object] | None:
        if not numbers.get(key):
            return None
        newest = public.filter(duty=key).order_by("-published_at", "-pk").values_list("published_at", flat=True)
        return {"n": numbers[key], "last": newest.first()}

    items = [(one, figures(one.key)) for one in duties.all().values() if one.tab is duties.Tab.STATUTORY]
    fields = [one for one in duties.all().values() if one.tab is duties.Tab.FIELDS]
    return render(request, "records/public/statutory.html", {"items": items, "fields": fields, "tab": "statutory"})
