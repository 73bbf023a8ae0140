"""登录的限度:口令连错,慢下来的是这一个地址,不是这一个人;在这台设备上登录过的,别人怎样试都不受影响。"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from gongkai.desk import limits

from .models import User

COOKIE, _SALT = "gongkai_device", "gongkai.device"
#: Days for which a device is remembered after its last sign-in.
_DAYS = 180
#: Failed sign-ins from one address over all names, and from one known device, within the span in seconds.
PER_ADDRESS, PER_DEVICE, SPAN = 30, 10, 900
#: Failed sign-ins with one name from all unknown devices, after which each further try waits its turn, in seconds.
PER_NAME, PAUSE = 20, 5


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note on the device that this person signed in here: who (by number), and a random mark of the device."""
    marks = _marks(request)
    marks[str(user.pk)] = marks.get(str(user.pk)) or secrets.token_hex(8)
    value = signing.dumps(dict(list(marks.items())[-20:]), salt=_SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=_DAYS * 86400,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
        path="/account/",
    )


def is_known(request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
    """Whether the name that tries to sign in signed in on this device before, and has not failed here too often.

    Called by axes, which then does not lock: strangers who try the name elsewhere shut nobody out.
    """
    mark = _mark_of(request, credentials)
    return bool(mark) and limits.so_far("signin-device", mark) < PER_DEVICE


def failed(request: HttpRequest, credentials: dict[str, Any] | None = None) -> None:
    """Count a failed sign-in against the device, if it is known, else against the address and the name."""
    if mark := _mark_of(request, credentials):
        limits.add("signin-device", mark, seconds=SPAN)
    else:
        limits.count(request, "signin-address", seconds=SPAN)
        limits.add("signin-name", _name(credentials), seconds=SPAN)


def refusal(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Why no password is tried now, a sentence; empty if it is. The same for names that exist and that do not.

    So many sign-ins failed from this address, whatever the names (撞库); or with this name, whatever the addresses:
    then one try goes through every few seconds, which stops guessing and shuts nobody out. Known devices are not held.
    """
    if is_known(request, credentials):
        return ""
    if limits.so_far("signin-address", limits.address_of(request)) >= PER_ADDRESS:
        return "这个网络地址登录失败太多次，请过15分钟再试；急用的请换一个网络，或者在登录过的设备上登录。"
    name = _name(credentials)
    if limits.so_far("signin-name", name) >= PER_NAME and limits.add("signin-turn", name, seconds=PAUSE) > 1:
        return "这个用户名短时间内输错太多次，请过几秒再试；在登录过的设备上登录不受影响。"
    return ""


def _name(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username", "")).strip().casefold()


def _mark_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    marks = _marks(request)
    name = str((credentials or {}).get("username", ""))
    if not marks or not name:
        return ""
    user = User.objects.filter(username=name).values_list("pk", flat=True).first()
    return marks.get(str(user), "")


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_DAYS * 86400)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
