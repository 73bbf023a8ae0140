"""登录过期时没有交成的表:密封存一会儿,重新登录以后填回去,不必重写。

只存给交表的那个人:每个登录的人的浏览器里有一张签了名的凭据(``PERSON``),说明这个浏览器上一次是谁;没有凭据的不存。
存的是密文,两小时以后不认,取过一次就删。文件存不下来,页面上说明要重新选。
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase

from gongkai.adapters.vault import VaultError
from gongkai.desk import limits

from .vault import vault

PERSON, FIELD = "desk_person", "kept"
GOOD, SIGNED = 2 * 3600, 24 * 3600
LARGEST = 2_000_000
_SKIPPED = ("csrfmiddlewaretoken", "once")


@dataclass(frozen=True, slots=True)
class Kept:
    """没有交成的一张表:交到哪里,各项填的,有没有选过文件。"""

    action: str
    pairs: list[tuple[str, str]]
    files: bool

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What a person wrote, to read and copy where no script fills it in."""
        return [(name, value) for name, value in self.pairs if len(value) > 1]

    def as_json(self) -> dict[str, Any]:
        return {"action": self.action, "pairs": self.pairs}


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let this browser say who was signed in, should the session run out."""
    if _person(request) != request.user.pk:
        token = TimestampSigner(salt=PERSON).sign(str(request.user.pk))
        response.set_cookie(  # type: ignore[attr-defined]
            PERSON,
            token,
            max_age=SIGNED,
            path="/desk/",
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def put(request: HttpRequest) -> str:
    """Keep a form that came too late; the address to return to after signing in, empty if it is not kept."""
    person = _person(request)
    if person is None or request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return ""
    pairs = [(key, value) for key, values in request.POST.lists() if key not in _SKIPPED for value in values]
    content = json.dumps(
        {
            "person": person,
            "until": time.time() + GOOD,
            "action": request.path,
            "pairs": pairs,
            "files": bool(request.FILES),
        },
        ensure_ascii=False,
    )
    if not pairs or len(content) > LARGEST or not limits.within(request, "kept", times=30, seconds=600):
        return ""
    token = secrets.token_urlsafe(24)
    path = _path(token)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(vault().seal(content), "ascii")
    path.chmod(0o600)
    return f"{_page(request)}?{urlencode({FIELD: token})}"


def pop_kept(request: HttpRequest) -> Kept | None:
    """What was kept under the token in this address for this very person; it is gone afterwards."""
    token = request.GET.get(FIELD, "")[:100]
    if not token:
        return None
    path = _path(token)
    try:
        found = json.loads(vault().unseal(path.read_text("ascii")))
    except (FileNotFoundError, VaultError, ValueError):
        return None
    if found["person"] != request.user.pk or time.time() > found["until"]:
        return None
    path.unlink(missing_ok=True)
    return Kept(found["action"], [(key, value) for key, value in found["pairs"]], found["files"])


def sweep(now: float | None = None) -> int:
    """Remove what nobody came back for; how many."""
    now, gone = now or time.time(), 0
    for path in _folder().glob("*"):
        if not now - GOOD <= path.stat().st_mtime <= now + GOOD:  # 远在将来的,是时钟走快过时写的
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _person(request: HttpRequest) -> int | None:
    try:
        return int(TimestampSigner(salt=PERSON).unsign(request.COOKIES.get(PERSON, ""), max_age=SIGNED))
    except (BadSignature, ValueError):
        return None


def _page(request: HttpRequest) -> str:
    """The page that the form stood on; the place it was sent to if the browser does not tell."""
    given = urlsplit(request.headers.get("Referer", ""))
    here = given.netloc == request.get_host() and given.path.startswith("/desk/")
    return given.path if here else request.path


def _folder() -> Path:
    return Path(settings.GONGKAI_DATA) / "kept"


def _path(token: str) -> Path:
    return _folder() / hashlib.sha256(token.encode()).hexdigest()
