"""接口 ``/data/{编号}``:筛选、稳定翻页、旧版。钥匙只放请求头;限次的说明在响应头里。"""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from gongkai.adapters.datatable import writing
from gongkai.desk import limits
from gongkai.law import params
from gongkai.law.opendata import using
from gongkai.law.opendata.terms import Opening

from .. import asking, calls, described, store
from ..actions.keys import digest
from ..models import Dataset, Key, Version
from ..terms import Channel, DatasetState

HEADER = "X-Data-Key"
USUAL, DAY = 100, 86_400
OWN = frozenset({"after", "limit", "version"})
#: 这样叫的参数里多半是钥匙:不收,也不照着印回去。
_SECRET = frozenset(
    {"key", "apikey", "api_key", "appkey", "app_key", "appsecret", "secret", "token", "access_token"}
)


@csrf_exempt
def rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一页行。浏览器打开的转到网页。"""
    if "text/html" in request.headers.get("Accept", "") and not request.GET:
        return redirect("public:opendata_dataset", pk)
    begun = time.perf_counter()
    response, known = _answer(request, pk)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = HEADER
    response["Cache-Control"] = "no-cache"
    if known:
        calls.note(
            request,
            pk,
            Channel.INTERFACE,
            status=response.status_code,
            seconds=time.perf_counter() - begun,
            on=timezone.localdate(),
        )
    return response


def problem(status: int, message: str) -> JsonResponse:
    """An error that says what is wrong and what to do."""
    return JsonResponse({"error": message}, status=status, json_dumps_params={"ensure_ascii": False})


def _answer(request: HttpRequest, pk: int) -> tuple[HttpResponse, bool]:
    """(the answer, whether there is such a dataset to count it for)."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204), False
    if request.method not in ("GET", "HEAD"):
        return problem(405, "接口只读，请用 GET。"), False
    if {name.lower() for name in request.GET} & _SECRET:
        return problem(
            400, f"钥匙不能放在网址里：网址会留在各处的日志中。请放在请求头 {HEADER}，并马上换一把。"
        ), False
    dataset = Dataset.objects.listed().select_related("current").filter(pk=pk).first()
    if dataset is None:
        return problem(404, "没有这个数据集，或者已经不在目录里。"), False
    key, refused = _key(request)
    if refused is not None:
        return refused, True
    if (busy := _limited(request, key)) is not None:
        return busy, True
    if dataset.opening == Opening.RESTRICTED:
        return problem(
            403, f"这个数据集受限开放，请先申请：{described.absolute(dataset.get_absolute_url())}"
        ), True
    if not dataset.is_usable or not dataset.has_interface:
        reason = (
            "没有开通接口，请下载文件" if dataset.is_usable else dataset.closed_reason or "现在没有给公众的数据"
        )
        return problem(410 if dataset.state == DatasetState.CLOSED else 404, f"{reason}。"), True
    return _page(request, dataset), True


def _key(request: HttpRequest) -> tuple[Key | None, HttpResponse | None]:
    given = request.headers.get(HEADER, "").strip()[:200]
    if not given:
        return None, None
    key = Key.objects.filter(digest=digest(given), revoked_at=None).first()
    return key, None if key else problem(401, "钥匙不对，或者已经停用。不带钥匙也可以少量调用。")


def _limited(request: HttpRequest, key: Key | None) -> HttpResponse | None:
    minute, day = using.limits(timezone.localdate(), with_key=key is not None)
    who = f"key-{key.pk}" if key else limits.address_of(request)
    if limits.add("data-minute", who, seconds=60) > minute:
        return _busy(f"一分钟至多{minute}次", 60)
    if day is not None and limits.add("data-day", who, seconds=DAY) > day:
        return _busy(f"一天至多{day}次", 3600)
    return None


def _busy(what: str, seconds: int) -> HttpResponse:
    response = problem(429, f"调用太多：{what}。要全部数据的请下载文件。")
    response["Retry-After"] = str(seconds)
    return response


def _page(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    version = _version(request, dataset)
    if version is None:
        return problem(404, "没有这一版。")
    most = params.at("opendata.page_most", timezone.localdate()).value
    limit, after = _number(request.GET.get("limit"), USUAL), _number(request.GET.get("after"), -1)
    if limit is None or not 0 < limit <= most or after is None:
        return problem(400, f"limit 要在1到{most}之间，after 要填上一页给的 next。")
    columns = version.table_columns()
    try:
        given = {name: value for name, value in request.GET.items() if name not in OWN}
        filters = asking.filters_of(given, columns)
    except asking.Wrong as error:
        return problem(400, str(error))
    found = store.table(version).page(after=after, limit=limit + 1, filters=filters)
    shown = found[:limit]
    body: dict[str, Any] = {
        "dataset": dataset.code,
        "version": version.number,
        "total": version.rows,
        "fields": [column.name for column in columns],
        "rows": [
            {column.name: writing.plain(cell) for column, cell in zip(columns, row, strict=True)}
            for _, row in shown
        ],
        "next": shown[-1][0] if len(found) > limit else None,
        "licence": described.licence(),
    }
    # 同一版的行号不变:翻页当中换了版,旧版照旧翻得完
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    if body["next"] is not None:
        params_on = request.GET.copy()
        params_on["after"], params_on["version"] = str(body["next"]), str(version.number)
        response["Link"] = f'<{described.absolute(f"{request.path}?{params_on.urlencode()}")}>; rel="next"'
    return response


def _version(request: HttpRequest, dataset: Dataset) -> Version | None:
    given = request.GET.get("version", "")
    if not given:
        return dataset.current
    number = _number(given, None)
    return Version.objects.public().filter(dataset=dataset, number=number).first() if number is not None else None


def _number(text: str | None, usual: int | None) -> int | None:
    if text is None:
        return usual
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None
