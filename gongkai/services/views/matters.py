"""工作台的一件事。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.numbers import whole
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, forms, joining
from ..forms.guides import ConfirmForm, pairs_of
from ..models import Matter, Part
from ..terms import MatterState, PartNeed

FIELDS = ("title", "summary", "audience", "joined", "not_joined", "window", "visits", "consult")


def matter_of(request: HttpRequest, pk: int) -> Matter:
    """A matter that this person may see; 404 for any other."""
    return get_object_or_404(Matter.objects.visible_to(request.user).select_related("lead"), pk=pk)


@access.desk("services.view")
def matters(request: HttpRequest) -> HttpResponse:
    """一件事清单。"""
    rows = Matter.objects.visible_to(request.user).select_related("lead").prefetch_related("parts")
    context = {
        "page": page(rows, request.GET, keys=("title", "pk"), ascending=True),
        "may_write": access.may(request.user, "services.matter"),
    }
    return private(render(request, "services/desk/matters.html", context))


def _form(request: HttpRequest, matter: Matter | None) -> Any:
    on = timezone.localdate()
    initial = (
        {}
        if matter is None
        else {name: getattr(matter, name) for name in FIELDS}
        | {"lead": matter.lead, "helpers": matter.helpers.all()}
    )
    leads = access.agencies_of(request.user, "services.matter").current(on)  # type: ignore[attr-defined]
    form = forms.MatterForm(request.POST or None, initial=initial, leads=leads, on=on)
    form.fields["lead"].disabled = matter is not None
    return form


@access.desk("services.matter")
def new_matter(request: HttpRequest) -> HttpResponse:
    """建立一件事。"""
    form = _form(request, None)

    def act(given: dict[str, Any]) -> HttpResponse:
        made = actions.new_matter(given["lead"], given, given["helpers"], by=request.user, at=timezone.now())
        messages.success(request, "已经建立。请写情形，再加联办的事项。")
        return redirect("desk:services_matter", made.pk)

    return form_step(
        request,
        form,
        act,
        title="建立一件事",
        button="建立",
        trail="一件事",
        home=reverse("desk:services_matters"),
    )


@access.desk("services.view")
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """一件事:各项、情形、合起来的样子、还缺什么。"""
    matter, on = matter_of(request, pk), timezone.localdate()
    may_write = access.may(request.user, "services.matter", matter.lead) and matter.state != MatterState.ENDED
    may_publish = access.may(request.user, "services.publish", matter.lead)
    situations = matter.situation_rows
    context = {
        "matter": matter,
        "joint": joining.joint(matter, {}, on),
        "problems": joining.problems(matter, on),
        "may_write": may_write,
        "parts": [
            (part, joining.why(part.when, situations)) for part in matter.parts.select_related("guide__agency")
        ],
        "situations": situations,
        "helpers": matter.helpers.all(),
        "may_publish": may_publish and matter.state == MatterState.DRAFT,
        "may_end": may_publish and matter.state != MatterState.ENDED,
    }
    return private(render(request, "services/desk/matter.html", context))


@access.desk("services.matter")
def edit_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """改基本情况。"""
    matter = matter_of(request, pk)
    access.require(request.user, "services.matter", matter.lead)
    form = _form(request, matter)

    def act(given: dict[str, Any]) -> str:
        actions.save_matter(matter, given, given["helpers"], by=request.user, at=timezone.now())
        return "已经保存。"

    home = reverse("desk:services_matter", args=[matter.pk])
    return form_step(request, form, act, back=home, trail=matter, title=f"改：{matter}", button="保存")


@access.desk("services.matter")
def situations(request: HttpRequest, pk: int) -> HttpResponse:
    """改问办事人的情形。"""
    matter = matter_of(request, pk)
    access.require(request.user, "services.matter", matter.lead)
    form = ConfirmForm(request.POST or None, initial={"seen": matter.mark})
    made = forms.rows_of(forms.SituationRow, matter.situation_rows, request.POST or None, "situations")
    home = reverse("desk:services_matter", args=[matter.pk])
    if request.method == "POST" and form.is_valid() and made.is_valid():
        values = {"situations": forms.values_of(made, "key")}
        try:
            actions.save_matter(matter, values, by=request.user, at=timezone.now(), seen=form.cleaned_data["seen"])
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "情形已经保存。")
            return redirect(home)
    bad = bool(form.errors) or (made.is_bound and made.total_error_count())
    context = {
        "title": f"情形：{matter}",
        "home": home,
        "form": form,
        "sets": [("situations", "情形", made)],
        "hint": "一行一个问题，选项用顿号分开；联办的事项可以按它看情况办。清空问题就是去掉。",
    }
    return private(render(request, "services/desk/rows.html", context, status=422 if bad else 200))


@access.desk("services.matter")
def put_part(request: HttpRequest, pk: int) -> HttpResponse:
    """加一项,或者改一项(``?part=``)。"""
    matter = matter_of(request, pk)
    access.require(request.user, "services.matter", matter.lead)
    wanted = whole(request.GET.get("part"))
    part = matter.parts.filter(pk=wanted).first() if wanted else None
    initial = {"seen": matter.mark, "batch": 1}
    if part is not None:
        initial |= {
            "guide": part.guide,
            "batch": part.batch,
            "need": part.need,
            "when": pairs_of(part.when),
            "note": part.note,
        }
    form = forms.PartForm(request.POST or None, initial=initial, situations=matter.situation_rows, part=part)

    def act(given: dict[str, Any]) -> str:
        actions.put_part(
            matter,
            given["guide"],
            batch=given["batch"],
            need=PartNeed.from_value(given["need"]),
            when=forms.when_of(given.get("when", [])),
            note=given["note"],
            by=request.user,
            at=timezone.now(),
            seen=given["seen"],
        )
        return "已经保存。"

    home = reverse("desk:services_matter", args=[matter.pk])
    return form_step(
        request,
        form,
        act,
        back=home,
        trail=matter,
        title=f"联办的一项：{matter}",
        button="保存",
    )


@access.desk("services.matter")
@require_POST
def remove_part(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """去一项。"""
    matter = matter_of(request, pk)
    access.require(request.user, "services.matter", matter.lead)
    row = get_object_or_404(Part.objects.select_related("matter__lead", "guide"), pk=part, matter=matter)

    def act() -> str:
        actions.remove_part(row, by=request.user, at=timezone.now())
        return f"已经去掉“{row.guide}”。"

    return button_step(request, act, back=reverse("desk:services_matter", args=[matter.pk]))


@access.desk("services.publish")
def settle_matter(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """公布,或者不再办。"""
    matter = matter_of(request, pk)
    access.require(request.user, "services.publish", matter.lead)
    if key not in ("publish", "end"):
        raise Http404("没有这一步。")
    kind, label = (ConfirmForm, "公布") if key == "publish" else (forms.WhyForm, "不再办")
    form = kind(request.POST or None, initial={"seen": matter.mark})

    def act(given: dict[str, Any]) -> str:
        who = {"by": request.user, "at": timezone.now(), "seen": given["seen"]}
        if key == "publish":
            actions.publish_matter(matter, **who)
            return "已经公布。"
        actions.end_matter(matter, given["why"], **who)
        return "已经不再办。"

    home = reverse("desk:services_matter", args=[matter.pk])
    return form_step(
        request,
        form,
        act,
        back=home,
        trail=matter,
        title=f"{label}：{matter}",
        button=label,
    )
