"""全工作台的检索,和我经手的事有了什么变动。"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.plaintext import line
from gongkai.desk import finding

from .. import access, actions
from .. import news as its_news
from ..models import User

LONGEST = 80


@access.desk("org.desk")
def find(request: HttpRequest) -> HttpResponse:
    """按标题或者编号找信息、申请、政策、年报、单位,只找这个人看得到的。"""
    typed = line(request.GET.get("q", ""))[:LONGEST]
    panels = finding.find_panels(request.user, typed, timezone.localdate())
    return render(request, "org/find.html", {"typed": typed, "panels": panels})


@access.desk("org.desk")
def news(request: HttpRequest) -> HttpResponse:
    """上次看过以后,我经手的事有了什么变动;快到期的。"""
    at, on = timezone.now(), timezone.localdate()
    items = its_news.unread(request.user, at)
    context = {
        "items": items,
        "due": its_news.due(request.user, on),
        "through": items[0].entry.seq if items else 0,
    }
    return render(request, "org/news.html", context)


def unread_count(user: User) -> int:
    """For the header of every page."""
    return its_news.count(user, timezone.now())


@access.desk("org.desk")
@require_POST
def read_news(request: HttpRequest) -> HttpResponse:
    """看过了,到页上最新的一条为止。"""
    through = request.POST.get("through", "")
    if through.isascii() and through.isdecimal() and len(through) < 19:
        actions.read_news(request.user, int(through), at=timezone.now())
        messages.success(request, "已经标为看过，以后有新的变动再出现在这里。")
    return redirect("desk:news")
