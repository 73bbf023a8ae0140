"""开放接口 v1:只读。政务新媒体、终端、上级平台都从这里取同一份(数据同源)。"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from gongkai.desk import limits
from gongkai.desk.paging import page
from gongkai.law import duties
from gongkai.org.models import Agency, LogEntry
from gongkai.records import browse, counts
from gongkai.records.models import Record

from ..api import openapi as description
from ..api import shapes
from ..publisher import pages, publisher
from ..syndication import SHOWN
from .feeds import absolute

#: Calls that one visitor may make within ``SECONDS``.
CALLS, SECONDS = 600, 600
MOST, USUAL = 100, 20
_PARAMETERS = {"agency", "duty", "type", "year", "validity", "q"}


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read only, open to any page, so many calls a visitor; the headers say how many are left."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # 发布程序自己来写文件的,不计
        used = 0 if request.META.get("gongkai.publisher") else limits.count(request, "api", seconds=SECONDS)
        if used > CALLS:
            response = problem(
                429, f"请求过多：{SECONDS // 60}分钟内至多{CALLS}次，请稍后再取；要全部数据的请用批量文件。"
            )
            response["Retry-After"] = str(SECONDS)
        else:
            response = view(request, *args, **kwargs)
        response["X-RateLimit-Limit"] = str(CALLS)
        response["X-RateLimit-Remaining"] = str(max(0, CALLS - used))
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return wrapped


def problem(status: int, message: str) -> JsonResponse:
    """An error that says what is wrong and what to do."""
    return _json({"error": message}, status=status)


def _json(value: object, *, status: int = 200) -> JsonResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """接口说明页。"""
    return render(request, "api.html", {"paths": description.paths(), "calls": CALLS, "minutes": SECONDS // 60})


@limited
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 的接口描述。"""
    return _json(description.document(absolute("")))


@limited
def records(request: HttpRequest) -> HttpResponse:
    """信息列表:筛选同网页一样,新的在前;``after`` 翻页。"""
    at, on = timezone.now(), timezone.localdate()
    unknown = set(request.GET) - _PARAMETERS - {"after", "before", "limit", "updated_since"}
    if unknown:
        return problem(400, f"不认得的参数：{'、'.join(sorted(unknown))}。请看接口说明。")
    filters = browse.Filters.read(request.GET)
    rows: QuerySet[Record] = filters.apply(Record.objects.public(at), on)
    if since := request.GET.get("updated_since"):
        moment = _moment(since)
        if moment is None:
            return problem(400, "updated_since 要写成 2026-01-31T08:00:00+08:00 的样子。")
        rows = rows.filter(updated_at__gte=moment)
    given = request.GET.get("limit", "")
    size = min(MOST, max(1, int(given))) if given.isascii() and given.isdigit() and len(given) < 5 else USUAL
    found = page(shapes.related(rows), request.GET, keys=("published_at", "pk"), size=size)
    return _json({"records": [shapes.brief(one, at) for one in found.rows], "next": _next(request, found.older)})


def _next(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    params = request.GET.copy()
    params.pop("before", None)
    params["after"] = cursor
    return absolute(f"{request.path}?{params.urlencode()}")


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


@limited
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """一件信息的全部。没有公开的、撤下的一律 404。"""
    at = timezone.now()
    one = shapes.whole(Record.objects.public(at).filter(pk=pk)).first()
    return _json(shapes.full(one, at)) if one else problem(404, "没有这件信息，或者它已经撤下。")


@limited
def agencies(request: HttpRequest) -> HttpResponse:
    """公开单位,各有公开件数。"""
    numbers = counts.count("agency_id", timezone.now())
    rows = Agency.objects.select_related("successor")
    return _json({"agencies": [shapes.agency(one, numbers.get(one.pk, 0)) for one in rows]})


@limited
def catalogue(request: HttpRequest) -> HttpResponse:
    """公开目录:法定公开事项,依据,件数。"""
    numbers = browse.by_duty(timezone.now())
    return _json(
        {
            "columns": [
                {
                    "key": one.key,
                    "name": one.label,
                    "basis": one.basis,
                    "records": numbers.get(one.key, 0),
                    "url": absolute(reverse("public:column", args=[one.key])),
                }
                for one in duties.all().values()
            ]
        }
    )


@limited
def changes(request: HttpRequest) -> HttpResponse:
    """变动:按次序,哪一件公开、更正、撤下、恢复了;副本照着改,就不会留着撤下的。"""
    given = request.GET.get("after", "0")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        return problem(400, "after 要填上一次得到的 next。")
    at = timezone.now()
    entries = list(
        LogEntry.objects.filter(seq__gt=int(given), action__in=SHOWN, object_type="records.record").order_by(
            "seq"
        )[:MOST]
    )
    pks = {int(one.object_id) for one in entries}
    known = set(Record.objects.filter(pk__in=pks, published_at__lte=at).values_list("pk", flat=True))
    public = set(Record.objects.public(at).filter(pk__in=pks).values_list("pk", flat=True))
    shown = [one for one in entries if int(one.object_id) in known]
    return _json(
        {
            "changes": [
                {
                    "seq": one.seq,
                    "at": timezone.localtime(one.at).isoformat(timespec="seconds"),
                    "id": int(one.object_id),
                    "state": "public" if int(one.object_id) in public else "gone",
                    "url": absolute(reverse("public:api_record", args=[one.object_id])),
                }
                for one in shown
            ],
            "next": entries[-1].seq if entries else int(given),
        }
    )


@limited
def dump_manifest(request: HttpRequest) -> HttpResponse:
    """批量文件的清单:每一千个编号一份;``sha256`` 是解压以后的,空着的是正在重写。"""
    newest = Record.objects.public(timezone.now()).order_by("-pk").values_list("pk", flat=True).first() or 0
    addresses = [reverse("public:api_dump_shard", args=[n]) for n in range(pages.shard(newest) + 1)]
    known = publisher.entries_present(addresses)
    return _json(
        {
            "files": [
                {"url": absolute(one), "sha256": known[one].sha256 if one in known else None} for one in addresses
            ]
        }
    )


@limited
def dump_shard(request: HttpRequest, shard: int) -> HttpResponse:
    """一段编号里全部信息,一行一件 JSON。"""
    at = timezone.now()
    rows = Record.objects.public(at).filter(pk__range=pages.shard_bounds(shard)).order_by("pk")
    if shard > pages.LAST_SHARD or not rows.exists():
        raise Http404("没有这一份。")
    lines = (json.dumps(shapes.full(one, at), ensure_ascii=False) + "\n" for one in shapes.whole(rows))
    return HttpResponse("".join(lines), content_type="application/x-ndjson; charset=utf-8")
