"""截图:看清是图片才收(在另一个进程里),存进库房,按散列取。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse

from gongkai.adapters import apart
from gongkai.adapters.picture import NotPicture, redrawn
from gongkai.desk.responses import private
from gongkai.law.errors import RuleBroken
from gongkai.org.models import User
from gongkai.records import store

from . import actions
from .models import Evidence, Outlet

LARGEST = 5 * 1024 * 1024


def keep(file: Any, outlet: Outlet, *, by: User, at: datetime) -> Evidence:
    """Keep an uploaded screenshot as evidence. Raises RuleBroken for what is no picture."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RuleBroken("截图太大", fix="请裁去不要的部分再传。")
    try:
        clean = apart.run(apart.DESK, redrawn, data)
    except (apart.Stopped, NotPicture) as error:
        raise RuleBroken(f"截图读不出来（{error}）", fix="请用 PNG 或者 JPEG。") from None
    return actions.keep_screenshot(outlet, store.keep(clean), by=by, at=at)


def respond(evidence: Evidence) -> HttpResponse:
    """The picture, for whoever may see the evidence; 404 if the data folder lacks it."""
    try:
        content = store.read(evidence.screenshot)
    except FileNotFoundError:
        raise Http404("截图的文件不在资料目录里。") from None
    response = HttpResponse(content, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)
