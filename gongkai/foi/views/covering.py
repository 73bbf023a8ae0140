"""遮盖:选一个文件,写要盖的词或者画区域,先看效果,再生成一份新的放进案卷。原件不动,永不给申请人。"""

from __future__ import annotations

import base64

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.adapters import redact
from gongkai.adapters.files import Unreadable, apart_from, lane_of
from gongkai.adapters.personal import personal_data
from gongkai.adapters.redact import Area
from gongkai.desk.forms import Plain
from gongkai.desk.numbers import whole
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, store
from .case import case_of

SHOWN_PAGES = 12


class CoverForm(Plain):
    words = forms.CharField(
        label="要盖的词",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一个，文件里每一处都盖。已经填了像个人信息的，请核对、增减。",
    )
    areas = forms.CharField(
        label="要盖的区域",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一块：第几页 左 上 右 下，后四个是占页宽、页高的百分数。例如“1 10 20 60 30”。扫描件、印章、照片用它。",
    )

    def clean_words(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()][:200]

    def clean_areas(self) -> list[Area]:
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["areas"].splitlines())):
            try:
                page, *sides = line.replace("，", " ").replace(",", " ").split()
                left, top, right, bottom = (float(side) / 100 for side in sides)
            except ValueError:
                raise ValidationError(f"“{line}”看不懂。请写成五个数：第几页 左 上 右 下。") from None
            number = whole(page)
            if not (number and 0 <= left < right <= 1 and 0 <= top < bottom <= 1):
                raise ValidationError(f"“{line}”不对：左要小于右，上要小于下，都在0到100之间。")
            found.append(Area(number, left, top, right, bottom))
        return found[:200]


@access.desk("foi.handle")
def cover(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """遮盖一个文件。"""
    application = case_of(request, pk)
    access.require(request.user, "foi.handle", application.agency)
    source = get_object_or_404(application.files, pk=file)
    form = CoverForm(request.POST) if request.method == "POST" else None
    ready = form is not None and form.is_valid()
    words, drawn = (form.cleaned_data["words"], form.cleaned_data["areas"]) if form and ready else ([], [])
    try:
        content = store.read(source)
        lane = lane_of(content)
        seen = apart_from(lane, redact.look, content, source.name, words, drawn, SHOWN_PAGES)
    except (Unreadable, FileNotFoundError) as error:
        messages.error(request, str(error) if isinstance(error, Unreadable) else "文件不在资料目录里。")
        return redirect("desk:foi_case", pk=pk)
    if form is None:
        suggested = dict.fromkeys(found.text.strip() for found in personal_data(seen.text))
        form = CoverForm(initial={"words": "\n".join(suggested)})
    if not ready or "make" not in request.POST:
        return _page(request, application, source, form, seen, looked=ready)
    if missed := [word for word, count in seen.counts.items() if not count]:
        form.add_error("words", _missed(missed))
    if not seen.areas:
        form.add_error(None, "没有一处要盖，不生成文件。请写要盖的词，或者画出要盖的区域。")
    if form.errors:
        return _page(request, application, source, form, seen, looked=True)
    try:
        done = apart_from(lane, redact.redact, content, source.name, words, drawn)
        actions.add_redacted(source, done.data, by=request.user, at=timezone.now(), places=len(done.areas))
    except (LawError, Unreadable, redact.NotClean) as error:
        form.add_error(None, str(error))
        return _page(request, application, source, form, seen, looked=True)
    messages.success(request, f"已经生成遮盖后的文件，盖了{len(done.areas)}处，取不出文字，逐处核验过。")
    return redirect("desk:foi_case", pk=pk)


def _missed(words: list[str]) -> str:
    """A word that stands nowhere is a stop: it may be there in a picture, or in another spelling."""
    listed = "、".join(f"“{word}”" for word in words)
    return f"{listed}在文件里一处也没有找到，没有盖住。请核对写法；在图片、印章里的请画出区域；确实没有的请从要盖的词里去掉。"


def _page(request, case, source, form, seen, *, looked: bool) -> HttpResponse:
    context = {
        "case": case,
        "source": source,
        "form": form,
        "pages": [base64.b64encode(page).decode() for page in seen.pages],
        "total": seen.total,
        "counts": seen.counts if looked else None,
        "looked": looked,
    }
    return render(request, "foi/cover.html", context)
