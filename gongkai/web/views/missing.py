"""本站没有的网址,来找的人看到什么;来访记在资料目录的一份日志里,请求的时候不写数据库。"""

from __future__ import annotations

import os
from datetime import datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.old_paths import joined
from gongkai.desk.rooms import rooms
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind

from .. import logs
from ..headers import PRIVATE
from ..models import OldAddress

#: Addresses that are never counted nor looked up.
_ASIDE = (*PRIVATE, "/static/", "/api/")
_LONGEST = 400


def answer(request: HttpRequest) -> HttpResponse | None:
    """What the public sees at an old address; None where there is none. Notes the visit."""
    if request.method not in ("GET", "HEAD") or request.META.get("gongkai.publisher"):
        return None
    if request.path.startswith(_ASIDE):
        return None
    at = timezone.now()
    address = _find(request) if request.resolver_match is None else None
    response = _shown(request, address, at) if address else None
    _note(at, response.status_code if response else 404, address.path if address and response else request.path)
    return response


def _find(request: HttpRequest) -> OldAddress | None:
    """By path and query; else by the path alone. What was registered comes before what a room knows."""
    whole = joined(request.path, request.META.get("QUERY_STRING", ""))
    if "\0" in whole:
        return None
    rows = {
        one.path: one for one in OldAddress.objects.filter(path__in={whole, request.path}).select_related("record")
    }
    return rows.get(whole) or rows.get(request.path) or _known(whole, request.path)


def _known(*paths: str) -> OldAddress | None:
    """Where a room says that what stood there is now."""
    for room in rooms():
        if room.old_path and (record := room.old_path(paths)):
            return OldAddress(path=paths[-1], kind=OldAddress.Kind.REDIRECT, record=record)
    return None


def _shown(request: HttpRequest, address: OldAddress, at: datetime) -> HttpResponse | None:
    """A redirect, the page of what was put away, or 410; nothing leads to what the public may not know of."""
    record = address.record
    if record and not record.is_public(at) and _secret(record, at):
        return None
    if address.kind == OldAddress.Kind.REDIRECT:
        return HttpResponsePermanentRedirect(address.to)
    gone = address.kind == OldAddress.Kind.GONE
    context = {"address": address, "gone": gone}
    return render(request, "web/old_address.html", context, status=410 if gone else 200)


def _secret(record: Record, at: datetime) -> bool:
    """Never published, or withdrawn as secret or private: as if it had never been."""
    told = record.withdrawn in (WithdrawalKind.REPEALED, WithdrawalKind.RETRACTED, WithdrawalKind.MOVED)
    return record.published_at is None or record.published_at > at or not told


def _note(at: datetime, status: int, path: str) -> None:
    """One line at the end of this node's file; a full disk must not take the page away."""
    line = (
        f"{timezone.localtime(at).isoformat(timespec='seconds')} GET {status} {quote(path[:_LONGEST], safe='/')}"
    )
    file = logs.missing()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(handle, (line + "\n").encode("utf-8", "replace"))
        finally:
            os.close(handle)
    except OSError:
        return
