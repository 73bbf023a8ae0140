"""国徽图案:首页上的图片,和工作台放它的地方。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk.forms import Plain
from gongkai.desk.submitting import form_step
from gongkai.org import access
from gongkai.org.actions import log

from .. import emblem


class EmblemForm(Plain):
    picture = forms.FileField(
        label="国徽标准图案（PNG）",
        help_text="标准版本在中国人大网和中国政府网公布，请从那里取，不要用别处的图片。",
    )


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """首页上的图案。"""
    try:
        return FileResponse(emblem.path().open("rb"), content_type="image/png")
    except FileNotFoundError:
        raise Http404("没有放国徽图案。") from None


@access.desk("web.emblem")
def edit(request: HttpRequest) -> HttpResponse:
    """放上、换国徽图案。"""
    form = EmblemForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        emblem.install(data["picture"].read())
        log("web.emblem", "放上国徽图案", at=timezone.now(), by=request.user)
        return "已经放上，首页随即更新。"

    context = {"shown": emblem.path().is_file(), "needed": emblem.is_needed()}
    return form_step(request, form, act, "web/emblem.html", back=reverse("desk:emblem"), **context)
