"""一张表只收一次:双击、刷新、后退再交,都不会多出一件。提交成功转到另一个网址看回执(POST 以后重定向)。

表单带一个一次的记号(模板标签 ``{% once %}``)。记号和所做的事在同一个事务里写下:做成了才算用过,几个进程同时收到同一张表,
只有一个做,其余的得到同样的回执。回执里的查询码只在加密的网址里,一刻钟以后就打不开。

用法::

    answer = once(request, "foi", lambda: {"pk": …, "code": …}, at=at)
    return redirect(f"{address}?receipt={receipt('foi', answer, at=at)}")
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from gongkai.adapters.vault import VaultError
from gongkai.law.errors import RuleBroken

from .models import Submission
from .vault import vault

FIELD = "once"
#: How long a receipt can be shown again, and how long a used form is remembered.
SHOWN, KEPT = timedelta(minutes=15), timedelta(hours=48)
#: How long a form of the desk may be under way.
BUSY = timedelta(minutes=1)

Answer = dict[str, Any]


def token() -> str:
    """A new mark for a form."""
    return secrets.token_urlsafe(18)


def once(request: HttpRequest, what: str, act: Callable[[], Answer], *, at: datetime) -> Answer:
    """Do what a sent form asks for, unless this very form was sent before; what was answered then comes again.

    Args:
        what: which form it is, as ``foi``.
        act: does it and gives what the receipt must know, as JSON can hold it. It runs in the transaction that
            marks the form as used: what it refuses (``LawError``) leaves the form unused.

    Raises:
        RuleBroken: the form was sent before with other words in it, or so long ago that its receipt is closed.
    """
    given = request.POST.get(FIELD, "")[:100]
    if not given:
        return act()
    mark, content = hashlib.sha256(f"{what}:{given}".encode()).hexdigest(), _content(request)
    with transaction.atomic():
        Submission.objects.filter(at__lt=at - KEPT).delete()
        row, new = Submission.objects.get_or_create(mark=mark, defaults={"content": content, "at": at})
        if new:
            answer = act()
            row.answer = vault().seal(json.dumps(answer, ensure_ascii=False))
            row.save(update_fields=["answer"])
            return answer
    if row.content != content or at - row.at > SHOWN:
        raise RuleBroken(
            "这张表已经提交过，没有再收一次",
            fix="要另外提交一件的，请核对后再点一次提交；要看原来那一件的，请查进度。",
        )
    return dict(json.loads(vault().unseal(row.answer)))


def at_the_desk(request: HttpRequest, act: Callable[[], HttpResponse], *, at: datetime) -> HttpResponse:
    """Do what a form of the desk asks for once, however often it is sent with the same words: a double click, a
    reload, the way back. Whoever sends it again is led where the first was led; a form that was refused, or shown
    again, is not used up.

    The mark is written before the act and for itself, so that two that come at one moment find it; what a process
    left that died is taken over after ``BUSY``.
    """
    given = request.POST.get(FIELD, "")[:100]
    if not given or request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return act()
    words = _words(request), [(key, file.name, file.size) for key, file in request.FILES.items()]
    whole = json.dumps([request.user.pk, request.path, given, words], ensure_ascii=False)
    mark = salted_hmac("desk", whole, algorithm="sha256").hexdigest()
    row, new = Submission.objects.get_or_create(mark=mark, defaults={"content": "", "at": at})
    if not new and (row.answer or at - row.at < BUSY):
        return _sent_before(request, row)
    try:
        response = act()
    except BaseException:
        row.delete()
        raise
    if response.status_code == HTTPStatus.FOUND:
        row.answer = vault().seal(json.dumps({"to": response["Location"]}))
        row.save(update_fields=["answer"])
    else:
        row.delete()
    return response


def _sent_before(request: HttpRequest, row: Submission) -> HttpResponse:
    """To where the first was led; it is waited for a moment if it is still under way."""
    for _ in range(20):
        if row.answer:
            messages.info(request, "同样的一张表刚才已经办过，没有再办一次。")
            return redirect(json.loads(vault().unseal(row.answer))["to"])
        time.sleep(0.25)
        found = Submission.objects.filter(pk=row.pk).first()
        if found is None:  # 前一张没有办成
            break
        row = found
    messages.info(request, "同样的一张表正在办，或者没有办成。请看下面的结果，没有的再办一次。")
    near = urlsplit(request.headers.get("Referer", ""))
    return redirect(near.path if near.netloc == request.get_host() else "desk:home")


def claim(what: str, value: str, *, at: datetime) -> bool:
    """Whether this is the first use of something that may be used once, like a code for signing in.

    Of several processes on several machines that claim the same at one moment, one gets it. Kept as long as a form.
    """
    # 不用 vault 的钥匙:钥匙不见了,管理员也要登得进来
    mark = salted_hmac(what, value, algorithm="sha256").hexdigest()
    with transaction.atomic():
        Submission.objects.filter(at__lt=at - KEPT).delete()
        _, new = Submission.objects.get_or_create(mark=mark, defaults={"content": "", "at": at})
    return new


def _content(request: HttpRequest) -> str:
    """A keyed mark of everything in the form, its files as well."""
    words, files = _words(request), []
    for key, found in sorted(request.FILES.lists()):
        for one in found:
            digest = hashlib.sha256()
            for part in one.chunks():
                digest.update(part)
            one.seek(0)
            files.append((key, one.name, digest.hexdigest()))
    return vault().digest(json.dumps([words, files], ensure_ascii=False))


def _words(request: HttpRequest) -> list[tuple[str, list[str]]]:
    skipped = (FIELD, "csrfmiddlewaretoken")
    return sorted((key, values) for key, values in request.POST.lists() if key not in skipped)


def receipt(what: str, answer: Answer, *, at: datetime) -> str:
    """What stands in the address of a receipt: sealed, good for a quarter of an hour."""
    until = (at + SHOWN).timestamp()
    return vault().seal(json.dumps({"what": what, "until": until, "answer": answer}, ensure_ascii=False))


def receipt_of(request: HttpRequest, what: str, *, at: datetime) -> Answer | None:
    """What the receipt in this address holds; None for none, for another form's, or once its time is over."""
    given = request.GET.get("receipt", "")[:2000]
    if not given:
        return None
    try:
        found = json.loads(vault().unseal(given))
    except (VaultError, ValueError):
        return None
    if found.get("what") != what or at.timestamp() > found["until"]:
        return None
    return dict(found["answer"])
