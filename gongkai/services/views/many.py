"""清单上一次办几份:公布、核对过了、暂停、恢复。先列出来请人确认,再逐份办,逐份说结果;按钮点两次只办一次。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.numbers import wholes
from gongkai.desk.responses import private
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import quality
from ..models import Guide, Version
from .guides import ACTS, Act, guide_may

MANY = ("publish", "verify", "pause", "resume")
MOST = 100


@access.desk("services.view")
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """选了几份,办一件事:``act`` 是哪一件,``pk`` 是选的。"""
    key = request.POST.get("act", "")
    if key not in MANY:
        raise Http404("没有这件事。")
    act = ACTS[key]
    access.require(request.user, act.right)
    given = wholes(request.POST.getlist("pk"), most=MOST)
    rows = list(Guide.objects.visible_to(request.user).filter(pk__in=given).select_related("agency"))
    if not rows:
        messages.error(request, f"没有选指南。请先在清单上打勾，再点“{act.label}”。")
        return redirect("desk:services_guides")
    able, unable = _sorted(request, rows, act, key)
    form = act.form(request.POST if "confirmed" in request.POST else None, initial={"seen": ""})
    form.fields.pop("seen", None)
    context: dict[str, Any] = {"act": act, "key": key, "able": able, "unable": unable, "form": form}
    if able and form.is_valid():
        context["results"] = [(one, _done(request, one, act, form.cleaned_data)) for one in able]
    return private(render(request, "services/desk/many.html", context, status=422 if form.errors else 200))


def _sorted(
    request: HttpRequest, rows: list[Guide], act: Act, key: str
) -> tuple[list[Guide], list[tuple[Guide, str]]]:
    """(those that can be done, the others and why)."""
    able, unable, on = [], [], timezone.localdate()
    around = quality.Around.load(on) if key == "publish" else None
    for guide in rows:
        draft = guide.draft
        if not access.may(request.user, act.right, guide.agency):
            unable.append((guide, "不是您单位的。"))
        elif not guide_may(guide, act, draft is not None):
            unable.append(
                (
                    guide,
                    f"现在{guide.get_state_display()}{'，没有草稿' if key == 'publish' and not draft else ''}。",
                )
            )
        elif key == "publish" and draft and (why := _unready(request, draft, around)):
            unable.append((guide, why))
        else:
            able.append(guide)
    return able, unable


def _unready(request: HttpRequest, draft: Version, around: Any) -> str:
    if draft.saved_by_id == request.user.pk:
        return "您自己起草的，请另一个人公布。"
    found = quality.review(draft, around.on, around)
    return f"还有{len(found.stops)}处要改：{found.stops[0].what}。" if found.stops else ""


def _done(request: HttpRequest, guide: Guide, act: Act, data: dict[str, Any]) -> str:
    """Each in its own transaction; what was refused in the meantime, in a sentence. One that was changed since it was
    listed to be confirmed is not done."""
    seen = guide.mark if guide.mark in request.POST.getlist("seen") else ""
    try:
        act.run(guide, {**data, "seen": seen}, by=request.user, at=timezone.now())
    except (LawError, PermissionDenied) as error:
        return str(error) or "没有这个权限。"
    return ""
