"""工作台的专栏:清单、新建、草稿和模块、预览、送区政府办、开通、关闭。没有脚本也能用。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, layout
from ..forms import FORMS, CloseForm, NewSectionForm, OpenForm, SectionForm
from ..models import Block, Section
from ..terms import BlockKind, SectionKind, State


def one_of(request: HttpRequest, pk: int, right: str = "sections.view") -> Section:
    """A section that this person may see; 404 for any other."""
    rows = Section.objects.visible_to(request.user).select_related("agency")
    found = get_object_or_404(rows, pk=pk)
    access.require(request.user, right, found.agency)
    return found


@access.desk("sections.view")
def sections(request: HttpRequest) -> HttpResponse:
    """本单位的、全区的专栏,开着没有。"""
    rows = Section.objects.visible_to(request.user).select_related("agency").order_by("kind", "order", "pk")
    return render(
        request, "sections/desk/list.html", {"rows": rows, "may_write": access.may(request.user, "sections.write")}
    )


@access.desk("sections.write")
def new(request: HttpRequest) -> HttpResponse:
    """新建专栏。"""
    form = NewSectionForm(request.POST or None, user=request.user)
    if form.is_valid():
        data = form.cleaned_data | {"kind": SectionKind.of(form.cleaned_data["kind"])}
        try:
            one = actions.create(**data, by=request.user, at=timezone.now())
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已经新建专栏“{one}”，公众还看不到。请往里加模块。")
            return redirect("desk:sections_one", one.pk)
    return render(request, "sections/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@access.desk("sections.view")
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """一个专栏:草稿里的模块,和现在可以办的。"""
    one = one_of(request, pk)
    may_write = access.may(request.user, "sections.write", one.agency)
    return render(
        request,
        "sections/desk/one.html",
        {
            "section": one, "blocks": list(one.blocks.all()), "kinds": list(BlockKind), "may_write": may_write,
            "may_open": access.may(request.user, "sections.open", one.agency), "is_open": one.state is State.OPEN,
        },
    )  # fmt: skip


@access.desk("sections.write")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改名称和简介。"""
    one = one_of(request, pk, "sections.write")
    initial = {"revision": one.revision, "title": one.title, "introduction": one.introduction}
    form = SectionForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.save(one, **form.cleaned_data, by=request.user, at=timezone.now())
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已经保存名称和简介。")
            return redirect("desk:sections_one", one.pk)
    context = {"section": one, "form": form}
    return render(request, "sections/desk/edit.html", context, status=422 if form.errors else 200)


@access.desk("sections.view")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """草稿的预览,同公众将要看到的一样。"""
    one = one_of(request, pk)
    page = layout.fill(one, layout.draft(one), timezone.now(), timezone.localdate())
    return render(request, "sections/desk/preview.html", {"section": one, "page": page})


@access.desk("sections.write")
def add_block(request: HttpRequest, pk: int, block_kind: str) -> HttpResponse:
    """加一个模块。"""
    one = one_of(request, pk, "sections.write")
    if block_kind not in {kind.value for kind in BlockKind}:
        raise Http404("没有这种模块。")
    return _block_form(request, one, BlockKind.of(block_kind), None)


@access.desk("sections.write")
def edit_block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """改一个模块。"""
    one = one_of(request, pk, "sections.write")
    found = get_object_or_404(one.blocks, pk=block)
    return _block_form(request, one, BlockKind.of(found.kind), found)


def _block_form(request: HttpRequest, one: Section, kind: BlockKind, block: Block | None) -> HttpResponse:
    initial: dict[str, Any] = {"revision": one.revision, "agency": one.agency.code if one.agency else ""}
    if block:
        initial |= {"heading": block.heading, "wide": block.wide, **FORMS[kind].given(block.settings)}
    form = FORMS[kind](request.POST or None, initial=initial, section=one, at=timezone.now())
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.put(one, block, kind, data["heading"], data["wide"], form.settings(), revision=data["revision"],
                        by=request.user, at=timezone.now())  # fmt: skip
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已经{'保存' if block else '加上'}模块。公布以后公众才看得到。")
            return redirect("desk:sections_one", one.pk)
    context = {"section": one, "form": form, "kind": kind, "found": block}
    return render(request, "sections/desk/block.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, one: Section, act: Callable[..., object], said: str, **given: Any) -> HttpResponse:
    """One step on the draft that needs no form, against the draft that was on the page; then back to it."""
    revision = request.POST.get("revision", "")
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    try:
        act(one, **given, revision=number, by=request.user, at=timezone.now())
    except LawError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("desk:sections_one", one.pk)


@access.desk("sections.write")
@require_POST
def move_block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """往前或者往后挪一位。"""
    one = one_of(request, pk, "sections.write")
    found = get_object_or_404(one.blocks, pk=block)
    up = request.POST.get("to") == "up"
    return _done(request, one, actions.move, f"已经把“{found}”往{'前' if up else '后'}挪。", block=found, up=up)


@access.desk("sections.write")
@require_POST
def remove_block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """从草稿里去掉。"""
    one = one_of(request, pk, "sections.write")
    found = get_object_or_404(one.blocks, pk=block)
    return _done(request, one, actions.remove, f"已经去掉“{found}”。", block=found)


@access.desk("sections.write")
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """送区政府办。"""
    one = one_of(request, pk, "sections.write")
    return _done(request, one, actions.submit, "已经送区政府办公室，由他们看过以后开通或者公布。")


@access.desk("sections.open")
def open_section(request: HttpRequest, pk: int) -> HttpResponse:
    """开通,或者公布改动:先看预览,再确认。"""
    one = one_of(request, pk, "sections.open")
    form = OpenForm(request.POST or None, initial={"revision": one.revision, "order": one.order})
    page = layout.fill(one, layout.draft(one), timezone.now(), timezone.localdate())
    if form.is_valid():
        try:
            actions.open(one, **form.cleaned_data, by=request.user, at=timezone.now())
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"专栏“{one}”公众现在看得到了。")
            return redirect("desk:sections_one", one.pk)
    context = {"section": one, "form": form, "page": page, "is_open": one.state is State.OPEN}
    return render(request, "sections/desk/open.html", context, status=422 if form.errors else 200)


@access.desk("sections.open")
def close_section(request: HttpRequest, pk: int) -> HttpResponse:
    """关闭:先说清后果,再确认。"""
    one = one_of(request, pk, "sections.open")
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.close(one, form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"专栏“{one}”已经关闭。")
            return redirect("desk:sections_one", one.pk)
    return render(
        request, "sections/desk/close.html", {"section": one, "form": form}, status=422 if form.errors else 200
    )
