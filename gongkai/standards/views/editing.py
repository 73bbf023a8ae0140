"""工作台编目录:导入、预览、收进、改行、送审、公布、复审、镇街引用。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.files import Unreadable
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import LawError, RuleBroken
from gongkai.org import access
from gongkai.org.models import User

from .. import actions
from ..forms.catalogue import (
    InheritForm,
    LinkForm,
    ReviewForm,
    ReviseForm,
    RowForm,
    SheetForm,
    TakeForm,
    row_values,
)
from ..forms.fields import ConfirmForm, ReasonForm
from ..models import Intake, Row, Standard
from ..terms import Cause, Conclusion, Stage

D, C, R, L = Stage.DRAFT, Stage.CONSULTING, Stage.REVIEWING, Stage.LIVE


@dataclass(frozen=True, slots=True)
class Act:
    """一步:名称、权限、从哪些环节、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    stages: tuple[Stage, ...]
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str
    main: bool = False
    hint: str = ""


def _seen(action: Callable[..., Any], **more: Any) -> Callable[..., Any]:
    return lambda row, data, **who: action(row, seen=data["seen"], **more, **who)


def _reasoned(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda row, data, **who: action(row, data["reason"], seen=data["seen"], **who)


def _publish(standard: Standard, data: dict[str, Any], **who: Any) -> Standard:
    return actions.publish(standard, on=timezone.localdate(), seen=data["seen"], **who)


def _revise(standard: Standard, data: dict[str, Any], **who: Any) -> Standard:
    return actions.revise(standard, data["year"], data["note"], **who)


def _review(standard: Standard, data: dict[str, Any], **who: Any) -> Any:
    return actions.review(
        standard,
        Cause.from_value(data["cause"]),
        Conclusion.from_value(data["conclusion"]),
        data["note"],
        on=timezone.localdate(),
        **who,
    )


ACTS: dict[str, Act] = {
    "submit": Act("送审", "standards.edit", (D, C), ConfirmForm, _seen(actions.submit), "已经送审。", main=True),
    "consult": Act(
        "先征求意见",
        "standards.edit",
        (D,),
        ConfirmForm,
        _seen(actions.submit, consult=True),
        "在征求意见，收齐以后送审。",
    ),
    "publish": Act(
        "审核公布",
        "standards.check",
        (R,),
        ConfirmForm,
        _publish,
        "已经公布。",
        main=True,
        hint="编制的人不审自己的；公布以后，上一版留着可查，镇街引用的行要确认。",
    ),
    "return": Act("退回", "standards.check", (R,), ReasonForm, _reasoned(actions.send_back), "已经退回编制的人。"),
    "drop": Act(
        "不公布了", "standards.edit", (D, C, R), ReasonForm, _reasoned(actions.drop), "这一版不公布，留着可查。"
    ),
    "revise": Act("修订", "standards.edit", (L,), ReviseForm, _revise, "新的一版已经建好，各行抄了过来。"),
    "review": Act("复审", "standards.check", (L,), ReviewForm, _review, "已经记下复审。"),
}


def possible(user: User, standard: Standard) -> list[tuple[str, Act]]:
    """The steps that this person may take now."""
    return [
        (key, act)
        for key, act in ACTS.items()
        if standard.stage in act.stages and access.may(user, act.right, standard.agency)
    ]


def visible_standard(request: HttpRequest, pk: int) -> Standard:
    """A catalogue that this person may see; 404 for any other."""
    rows = Standard.objects.visible_to(request.user).select_related("area", "agency")
    return get_object_or_404(rows, pk=pk)


def row_of(request: HttpRequest, pk: int) -> Row:
    """A row of a catalogue that this person may edit."""
    seen = Standard.objects.visible_to(request.user)
    row = get_object_or_404(
        Row.objects.filter(standard__in=seen).select_related("standard__agency", "standard__area"), pk=pk
    )
    access.require(request.user, "standards.edit", row.standard.agency)
    return row


@access.desk("standards.edit")
def upload(request: HttpRequest) -> HttpResponse:
    """导入一张表;读出来先看,什么也不收。"""
    form = SheetForm(request.POST or None, request.FILES or None, user=request.user, on=timezone.localdate())
    if form.is_valid():
        data, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            if file.size > settings.UPLOAD_MAX_BYTES:
                raise RuleBroken(f"文件超过{settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB", fix="请拆开以后再传。")
            made = actions.take_sheet(
                file.read(), file.name, data["area"], data["agency"], by=request.user, at=timezone.now()
            )
        except (Unreadable, LawError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("desk:standards_intake", made.pk)
    home = reverse("desk:standards_list")
    context = {
        "form": form,
        "title": "导入标准目录",
        "button": "读出来看看",
        "home": home,
        "trail": "标准目录",
    }
    return render(request, "desk_step.html", context, status=422 if form.errors else 200)


@access.desk("standards.edit")
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """预览:每列认得出的比率、要人看的行;确认了才收进目录。"""
    intake = get_object_or_404(
        Intake.objects.visible_to(request.user).select_related("area", "agency", "standard"), pk=pk
    )
    form = TakeForm(request.POST or None, initial={"year": timezone.localdate().year})

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.take_in(
            intake, data["year"], by=request.user, at=timezone.now(), needs_all_channels=data["needs_all_channels"]
        )
        messages.success(request, f"收进{made.rows.count()}行，成为草稿。请逐行核对，再送审。")
        return redirect("desk:standards_one", made.pk)

    doubtful = [line for line in intake.lines if line["doubts"]]
    context = {
        "intake": intake,
        "rates": [(name, rate) for name, rate in intake.rates.items()],
        "doubtful": doubtful[:200],
        "doubts": len(doubtful),
        "sample": intake.lines[:8],
        "columns": intake.columns,
    }
    return private(form_step(request, form, act, "standards/desk/intake.html", **context))


@access.desk("standards.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """一步。"""
    standard, found = visible_standard(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, found.right, standard.agency)
    initial = {"seen": standard.mark, "year": timezone.localdate().year}

    def run(data: dict[str, Any]) -> str | HttpResponse:
        made = found.run(standard, data, by=request.user, at=timezone.now())
        if key == "revise":
            messages.success(request, found.done)
            return redirect("desk:standards_one", made.pk)
        return found.done

    home = reverse("desk:standards_one", args=[standard.pk])
    return form_step(
        request,
        found.form(request.POST or None, initial=initial),
        run,
        back=home,
        trail=str(standard),
        title=found.label,
        button=found.label,
        hint=found.hint,
    )


@access.desk("standards.edit")
def new_row(request: HttpRequest, pk: int) -> HttpResponse:
    """加一行。"""
    standard = visible_standard(request, pk)
    access.require(request.user, "standards.edit", standard.agency)
    return _row(request, Row(standard=standard, subject=standard.agency.name), "加一行")


@access.desk("standards.edit")
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """改一行。"""
    return _row(request, row_of(request, pk), "改一行")


def _row(request: HttpRequest, row: Row, title: str) -> HttpResponse:
    initial = row_values(row) | {"seen": row.standard.mark}
    form = RowForm(request.POST or None, initial=initial, on=timezone.localdate())

    def run(data: dict[str, Any]) -> str:
        actions.save_row(row, form.values(), by=request.user, at=timezone.now(), seen=data["seen"])
        return f"已经保存“{row}”。"

    home = reverse("desk:standards_one", args=[row.standard_id])
    remove = reverse("desk:standards_remove", args=[row.pk]) if row.pk else ""
    return form_step(
        request,
        form,
        run,
        "standards/desk/row.html",
        back=home,
        trail=str(row.standard),
        title=title,
        button="保存",
        row=row,
        remove=remove,
    )


@access.desk("standards.edit")
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """一行对着哪些信息;公布以后也可以改。"""
    row = row_of(request, pk)
    form = LinkForm(request.POST or None, initial={"duty": row.duty, "type": row.type, "words": row.words})

    def run(data: dict[str, Any]) -> str:
        actions.link(row, data["duty"], data["type"], data["words"], by=request.user, at=timezone.now())
        actions.recount(on=timezone.localdate(), at=timezone.now(), standard=row.standard, by=request.user)
        return "已经对上，重新算过了。"

    home = reverse("desk:standards_one", args=[row.standard_id])
    return form_step(
        request,
        form,
        run,
        back=home,
        trail=str(row.standard),
        title=f"对上栏目：{row}",
        button="保存",
    )


@access.desk("standards.edit")
@require_POST
def confirm_row(request: HttpRequest, pk: int) -> HttpResponse:
    """镇街确认区里改了的一行。"""
    row = row_of(request, pk)

    def run() -> str:
        actions.confirm_row(row, by=request.user, at=timezone.now())
        return f"“{row}”已经照区里的时限。"

    return button_step(request, run, back=reverse("desk:standards_one", args=[row.standard_id]))


@access.desk("standards.edit")
@require_POST
def remove_row(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一行。"""
    row = row_of(request, pk)

    def run() -> str:
        actions.remove_row(row, by=request.user, at=timezone.now())
        return f"去掉了“{row}”。"

    return button_step(request, run, back=reverse("desk:standards_one", args=[row.standard_id]))


@access.desk("standards.edit")
def inherit(request: HttpRequest, pk: int) -> HttpResponse:
    """镇街引用区里的目录。"""
    standard, on = visible_standard(request, pk), timezone.localdate()
    towns = access.agencies_of(request.user, "standards.edit").current(on).filter(kind=AgencyKind.TOWN)
    form = InheritForm(request.POST or None, standard=standard, towns=towns, initial={"year": on.year})

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.inherit(
            standard,
            data["agency"],
            [int(pk) for pk in data["rows"]],
            data["year"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "已经引用，主体改成了本镇（街道），时限照区里的。")
        return redirect("desk:standards_one", made.pk)

    home = reverse("desk:standards_one", args=[standard.pk])
    return form_step(
        request,
        form,
        run,
        home=home,
        trail=str(standard),
        title="镇街引用",
        button="引用",
        hint="只列本镇（街道）涉及的事项；没有涉及的领域在公布时说明。",
    )
