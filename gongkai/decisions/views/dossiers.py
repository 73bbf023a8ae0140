"""工作台的决策卷:清单、一卷、建卷、修改、走一步、登记、作废、改稿、放上文件。"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.desk.moments import local_day
from gongkai.desk.numbers import whole
from gongkai.desk.paging import page
from gongkai.desk.submitting import form_step
from gongkai.law import decisions as law
from gongkai.law.decisions import COURSE, Stage, Step
from gongkai.org import access
from gongkai.org.models import LogEntry

from .. import actions, evidence, facts
from ..actions.common import may
from ..actions.dossier import OVER, REASONED, REDRAFTED, RIGHTS, TOLD
from ..forms import DossierForm, EvidenceForm, PaperForm, StepForm
from ..list_forms import DossierFilter
from ..models import Dossier

#: What the list can show: the key, its label, the stages.
LISTS = {
    "open": ("在办", (Stage.PROPOSED, Stage.DRAFTING, Stage.REVIEW, Stage.REVIEWED, Stage.DISCUSSED)),
    "running": ("执行", (Stage.PUBLISHED, Stage.SUSPENDED)),
    "over": ("办结", (Stage.DECLINED, Stage.ENDED, Stage.ARCHIVED)),
    "all": ("全部", tuple(Stage)),
}

#: Entries of the log that a dossier shows.
LOG_ROWS = 50

#: Stages off the straight way: shown only where a dossier stands in one.
ASIDE = (Stage.DECLINED, Stage.SUSPENDED, Stage.ENDED)


def one_of(request: HttpRequest, pk: int) -> Dossier:
    """A dossier that this person may see; 404 for any other."""
    rows = Dossier.objects.visible_to(request.user).select_related(
        "agency", "lead", "record", "item__year", "adjusts"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("decisions.view")
def dossiers(request: HttpRequest) -> HttpResponse:
    """决策卷清单。"""
    key = request.GET.get("list", "open")
    key = key if key in LISTS else "open"
    label, stages = LISTS[key]
    given = DossierFilter(request.GET)
    rows = given.narrow(Dossier.objects.visible_to(request.user).filter(stage__in=stages))
    rows = rows.select_related("agency", "lead")
    if request.GET.get("format") == "csv":
        head = ["决策事项", "决策机关", "牵头单位", "类别", "环节", "第几稿", "启动", "公布"]
        return csv_response("decisions", head, map(_cells, rows[:5000]))
    context = {
        "key": key,
        "lists": [(one, name) for one, (name, _) in LISTS.items()],
        "label": label,
        "filter": given,
        "page": page(rows, request.GET, keys=("opened_at", "pk")),
        "may_write": access.may(request.user, "decisions.write"),
    }
    return render(request, "decisions/desk/dossiers.html", context)


def _cells(dossier: Dossier) -> list[object]:
    return [
        dossier.title,
        dossier.agency,
        dossier.lead,
        dossier.get_category_display(),
        dossier.get_stage_display(),
        dossier.draft_no,
        dossier.started_on,
        dossier.published_on,
    ]


@access.desk("decisions.write")
def new(request: HttpRequest) -> HttpResponse:
    """建一卷;``?adjusts=`` 是要调整的那一卷。"""
    adjusts = None
    if given := whole(request.GET.get("adjusts")):
        adjusts = Dossier.objects.visible_to(request.user).filter(pk=given).first()
    initial = {"title": f"调整{adjusts}", "category": adjusts.category} if adjusts else None
    form = DossierForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.open_dossier(
            data["agency"],
            data["lead"],
            adjusts=adjusts,
            by=request.user,
            at=timezone.now(),
            **form.values(),
        )
        messages.success(request, f"已经建立“{made}”，请报决策机关决定是否启动。")
        return redirect("desk:decisions_dossier", made.pk)

    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        title="建立决策卷",
        button="建立",
        home=reverse("desk:decisions_dossiers"),
    )


@access.desk("decisions.view")
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """一卷:走到哪里,下一步差什么,登记了什么,征求意见。"""
    dossier, at = one_of(request, pk), timezone.now()
    rows = facts.entered(dossier)
    given = facts.dossier_facts(dossier, at, rows)
    on = local_day(at)
    table = evidence.kinds()
    ahead = [step for step, (stages, _) in COURSE.items() if given.stage in stages]
    # 几步都要注意的,只在头一步说
    told: set[object] = set()
    next_steps = []
    for step in ahead:
        warnings = [warning for warning in law.warnings(step, given, on) if warning not in told]
        told.update(warnings)
        next_steps.append(
            {
                "step": step,
                "blocks": law.blocks(step, given, on),
                "warnings": warnings,
                "may": may(request.user, RIGHTS[step], dossier) if step in RIGHTS else False,
                "form": step in RIGHTS and (step is not Step.PUBLISH or dossier.withheld_basis),
                "enter": next((kind for kind in table.values() if kind.step is step), None),
            }
        )
    for one in next_steps:
        one["may_enter"] = one["enter"] is not None and may(request.user, one["enter"].right, dossier)
    by_kind = defaultdict(list)
    for row in dossier.evidence.select_related("by", "voided_by"):
        by_kind[row.kind].append((row, table[row.kind].shown(row.data)))
    kinds = [
        (kind, by_kind[key], not kind.by_step and may(request.user, kind.right, dossier) and _takes(dossier, kind))
        for key, kind in table.items()
    ]
    context = {
        "dossier": dossier,
        "next_steps": next_steps,
        "kinds": [found for found in kinds if found[1]],
        "lacking": [kind for kind, found, may_enter in kinds if may_enter and not found],
        "at": at,
        "binding": law.is_binding(given.level, on),
        "rounds": [(round, round.phase(at), round.tally()) for round in facts.rounds(dossier)],
        "course": [(stage, stage == given.stage) for stage in Stage if stage not in ASIDE or stage == given.stage],
        "may_write": may(request.user, "decisions.write", dossier),
        "may_change": dossier.stage not in OVER,
        "may_redraft": dossier.stage in REDRAFTED,
        "may_adjust": bool(dossier.published_on),
        "log": LogEntry.objects.about(dossier).select_related("by").order_by("-seq")[:LOG_ROWS],
        "may_draft": access.may(request.user, "records.write", dossier.lead),
        "is_public": Dossier.objects.shown().filter(pk=dossier.pk).exists(),
        "checklist": law.checklist(
            given,
            has_draft=bool(dossier.record_id),
            has_notes=bool(dossier.necessity),
            has_basis=bool(dossier.necessity),
        ),
    }
    return render(request, "decisions/desk/dossier.html", context)


def _takes(dossier: Dossier, kind: evidence.Kind) -> bool:
    """Whether an entry of this kind can be made where the dossier stands."""
    if kind.step:
        return dossier.stage in COURSE[kind.step][0]
    return dossier.stage not in OVER or (kind.key == "archive" and dossier.stage != Stage.ARCHIVED)


def _form(
    request: HttpRequest, dossier: Dossier, form: Any, act: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    home = reverse("desk:decisions_dossier", args=[dossier.pk])
    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        back=home,
        dossier=dossier,
        title=title,
        button=button,
        **more,
    )


@access.desk("decisions.write")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改基本情况。"""
    dossier = one_of(request, pk)
    initial = {name: getattr(dossier, name) for name in DossierForm.base_fields if hasattr(dossier, name)} | {
        "seen": dossier.mark
    }
    form = DossierForm(
        request.POST or None, user=request.user, on=timezone.localdate(), dossier=dossier, initial=initial
    )

    def act(data: dict[str, Any]) -> str:
        actions.save_dossier(dossier, form.values(), seen=data["seen"], by=request.user, at=timezone.now())
        return "已经保存。"

    return _form(request, dossier, form, act, "基本情况", "保存")


@access.desk("decisions.view")
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """走一步:先看差什么、留意什么,再确认。"""
    dossier, at = one_of(request, pk), timezone.now()
    try:
        wanted = Step.from_value(step)
    except ValueError:
        raise Http404("没有这一步。") from None
    if wanted not in RIGHTS:
        raise Http404("没有这一步。")
    access_required(request, dossier, RIGHTS[wanted])
    given, on = facts.dossier_facts(dossier, at), local_day(at)
    form = StepForm(request.POST or None, initial={"seen": dossier.mark})
    if wanted not in REASONED:
        form.fields["reason"].label = "说明（可以不写）"
    elif wanted in TOLD and not dossier.withheld_basis:
        form.fields["reason"].label = "原因（公众看得到）"

    def act(data: dict[str, Any]) -> str:
        actions.take_step(
            dossier, wanted, reason=data["reason"], seen=data["seen"], by=request.user, at=timezone.now()
        )
        return f"已经{wanted.label}。"

    return _form(
        request,
        dossier,
        form,
        act,
        wanted.label,
        wanted.label,
        blocks=law.blocks(wanted, given, on),
        warnings=law.warnings(wanted, given, on),
        danger=wanted in REASONED,
    )


def access_required(request: HttpRequest, dossier: Dossier, right: str) -> None:
    """403 unless the person has the right at the deciding agency or at the leading unit."""
    from ..actions.common import require

    require(request.user, right, dossier)


@access.desk("decisions.view")
def enter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """登记一条程序。"""
    dossier = one_of(request, pk)
    found = evidence.kinds().get(kind)
    if found is None or found.by_step:
        raise Http404("没有这种程序登记。")
    access_required(request, dossier, found.right)
    form = EvidenceForm(
        request.POST or None, kind=found, initial={"seen": dossier.mark, "on": timezone.localdate()}
    )

    def act(data: dict[str, Any]) -> str:
        actions.enter(
            dossier,
            kind,
            data["on"],
            form.entered(),
            record=data.get("record"),
            seen=data["seen"],
            by=request.user,
            at=timezone.now(),
        )
        return f"已经登记{found.label}。"

    more = {"hint": found.hint, "danger": found.final}
    if found.step:
        at = timezone.now()
        given, on = facts.dossier_facts(dossier, at), local_day(at)
        more |= {
            "blocks": law.blocks(found.step, given, on),
            "warnings": law.warnings(found.step, given, on),
        }
    return _form(request, dossier, form, act, f"登记：{found.label}", "登记", **more)


@access.desk("decisions.view")
def void(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """作废一条登记。"""
    dossier = one_of(request, pk)
    found = get_object_or_404(dossier.evidence, pk=row)
    access_required(request, dossier, evidence.kinds()[found.kind].right)
    form = StepForm(request.POST or None, initial={"seen": dossier.mark})

    def act(data: dict[str, Any]) -> str:
        actions.void(found, data["reason"], by=request.user, at=timezone.now())
        return "已经作废，原来的留着。"

    title = f"作废：{evidence.kinds()[found.kind].label}"
    return _form(request, dossier, form, act, title, "作废", danger=True)


@access.desk("decisions.write")
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """草案有实质改动。"""
    dossier = one_of(request, pk)
    form = StepForm(request.POST or None, initial={"seen": dossier.mark})
    form.fields["reason"].label = "改了什么"

    def act(data: dict[str, Any]) -> str:
        actions.redraft(dossier, data["reason"], seen=data["seen"], by=request.user, at=timezone.now())
        return "稿次加一，原来的合法性审查不再算数；改动大的请另开一轮征求意见。"

    hint = "只改文字的不用办这一步。改了内容的，合法性审查要重新办。"
    return _form(request, dossier, form, act, f"改到第{dossier.draft_no + 1}稿", "改稿", hint=hint)


@access.desk("decisions.write")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """放上决策文件。"""
    dossier = one_of(request, pk)
    form = PaperForm(request.POST or None, initial={"seen": dossier.mark})

    def act(data: dict[str, Any]) -> str:
        actions.attach_paper(dossier, data["record"], seen=data["seen"], by=request.user, at=timezone.now())
        return "已经放上。它终审签发就是公布决策。"

    return _form(request, dossier, form, act, "放上决策文件", "放上")
