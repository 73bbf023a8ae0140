"""工作台的专栏:清单、新建、草稿和模块、预览、送区政府办、开通、关闭。没有脚本也能用。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.submitting import Act, button_step, form_step
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

    def act(data: dict[str, Any]) -> HttpResponse:
        kind = SectionKind.from_value(data.pop("kind"))
        section = actions.create(**data, kind=kind, by=request.user, at=timezone.now())
        messages.success(request, f"已经新建专栏“{section}”，公众还看不到。请往里加模块。")
        return redirect("desk:sections_one", section.pk)

    form = NewSectionForm(request.POST or None, user=request.user)
    return form_step(request, form, act, "sections/desk/new.html")


@access.desk("sections.view")
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """一个专栏:草稿里的模块,和现在可以办的。"""
    section = one_of(request, pk)
    may_write = access.may(request.user, "sections.write", section.agency)
    return render(
        request,
        "sections/desk/one.html",
        {
            "section": section,
            "blocks": list(section.blocks.all()),
            "kinds": list(BlockKind),
            "may_write": may_write,
            "may_open": access.may(request.user, "sections.open", section.agency),
            "is_open": section.state is State.OPEN,
        },
    )


def _step(
    request: HttpRequest, section: Section, form: forms.Form, act: Act, template: str, **look: Any
) -> HttpResponse:
    """One form over a section, then back to it."""
    back = reverse("desk:sections_one", args=[section.pk])
    return form_step(request, form, act, f"sections/desk/{template}.html", back=back, section=section, **look)


@access.desk("sections.write")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改名称和简介。"""
    section = one_of(request, pk, "sections.write")
    initial = {"revision": section.revision, "title": section.title, "introduction": section.introduction}

    def act(data: dict[str, Any]) -> str:
        actions.save(section, **data, by=request.user, at=timezone.now())
        return "已经保存名称和简介。"

    return _step(request, section, SectionForm(request.POST or None, initial=initial), act, "edit")


@access.desk("sections.view")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """草稿的预览,同公众将要看到的一样。"""
    section = one_of(request, pk)
    page = layout.fill(section, layout.draft(section), timezone.now(), timezone.localdate())
    return render(request, "sections/desk/preview.html", {"section": section, "page": page})


@access.desk("sections.write")
def add_block(request: HttpRequest, pk: int, block_kind: str) -> HttpResponse:
    """加一个模块。"""
    section = one_of(request, pk, "sections.write")
    if block_kind not in {kind.value for kind in BlockKind}:
        raise Http404("没有这种模块。")
    return _block_form(request, section, BlockKind.from_value(block_kind), None)


@access.desk("sections.write")
def edit_block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """改一个模块。"""
    section = one_of(request, pk, "sections.write")
    found = get_object_or_404(section.blocks, pk=block)
    return _block_form(request, section, BlockKind.from_value(found.kind), found)


def _block_form(request: HttpRequest, section: Section, kind: BlockKind, block: Block | None) -> HttpResponse:
    initial: dict[str, Any] = {
        "revision": section.revision,
        "agency": section.agency.code if section.agency else "",
    }
    if block:
        initial |= {"heading": block.heading, "wide": block.wide, **FORMS[kind].initial_of(block.settings)}
    form = FORMS[kind](request.POST or None, initial=initial, section=section, at=timezone.now())

    def act(data: dict[str, Any]) -> str:
        actions.put(
            section,
            block,
            kind,
            data["heading"],
            data["wide"],
            form.settings(),
            revision=data["revision"],
            by=request.user,
            at=timezone.now(),
        )
        return f"已经{'保存' if block else '加上'}模块。公布以后公众才看得到。"

    return _step(request, section, form, act, "block", kind=kind, found=block)


def _done(
    request: HttpRequest, section: Section, act: Callable[..., object], said: str, **given: Any
) -> HttpResponse:
    """One step on the draft that needs no form, against the draft that was on the page; then back to it."""
    revision = request.POST.get("revision", "")
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0

    def step() -> str:
        act(section, **given, revision=number, by=request.user, at=timezone.now())
        return said

    return button_step(request, step, back="desk:sections_one", pk=section.pk)


@access.desk("sections.write")
@require_POST
def move_block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """往前或者往后挪一位。"""
    section = one_of(request, pk, "sections.write")
    found = get_object_or_404(section.blocks, pk=block)
    up = request.POST.get("to") == "up"
    return _done(
        request, section, actions.move, f"已经把“{found}”往{'前' if up else '后'}挪。", block=found, up=up
    )


@access.desk("sections.write")
@require_POST
def remove_block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """从草稿里去掉。"""
    section = one_of(request, pk, "sections.write")
    found = get_object_or_404(section.blocks, pk=block)
    return _done(request, section, actions.remove, f"已经去掉“{found}”。", block=found)


@access.desk("sections.write")
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """送区政府办。"""
    section = one_of(request, pk, "sections.write")
    return _done(request, section, actions.submit, "已经送区政府办公室，由他们看过以后开通或者公布。")


@access.desk("sections.open")
def open_section(request: HttpRequest, pk: int) -> HttpResponse:
    """开通,或者公布改动:先看预览,再确认。"""
    section = one_of(request, pk, "sections.open")

    def act(data: dict[str, Any]) -> str:
        actions.open(section, **data, by=request.user, at=timezone.now())
        return f"专栏“{section}”公众现在看得到了。"

    form = OpenForm(request.POST or None, initial={"revision": section.revision, "order": section.order})
    page = layout.fill(section, layout.draft(section), timezone.now(), timezone.localdate())
    return _step(request, section, form, act, "open", page=page, is_open=section.state is State.OPEN)


@access.desk("sections.open")
def close_section(request: HttpRequest, pk: int) -> HttpResponse:
    """关闭:先说清后果,再确认。"""
    section = one_of(request, pk, "sections.open")

    def act(data: dict[str, Any]) -> str:
        actions.close(section, data["reason"], by=request.user, at=timezone.now())
        return f"专栏“{section}”已经关闭。"

    return _step(request, section, CloseForm(request.POST or None), act, "close")
