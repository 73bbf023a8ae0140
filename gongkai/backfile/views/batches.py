"""工作台的开放审核:各批、一批、审一件、复核一件、整批的各步。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.personal import masked
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.backfile import Check, Conclusion, statute_at
from gongkai.law.errors import RuleBroken
from gongkai.law.grounds import grounds
from gongkai.org import access

from .. import actions
from ..forms import AnswerForm, BatchForm, SecondForm
from ..models import Batch, Item, Opening
from ..terms import BatchState, ItemState
from .stepping import step_page

OPEN = (BatchState.FIRST, BatchState.BACK)
LABELS = {one.value: one.label for one in Check}


def batch_of(request: HttpRequest, pk: int) -> Batch:
    """A batch that this person may see; 404 for any other."""
    return get_object_or_404(
        Batch.objects.visible_to(request.user).select_related("agency", "first_by", "second_by"), pk=pk
    )


def opening_of(request: HttpRequest, pk: int) -> Opening:
    """A paper in a batch that this person may see; 404 for any other."""
    rows = Opening.objects.filter(access.within(request.user, "backfile.view", "batch__agency"))
    return get_object_or_404(rows.select_related("batch__agency", "item__agency", "item__intake", "by"), pk=pk)


@access.desk("backfile.view")
def batches(request: HttpRequest) -> HttpResponse:
    """各批。"""
    rows = (
        Batch.objects.visible_to(request.user)
        .select_related("agency")
        .annotate(total=Count("openings"), answered=Count("openings", filter=~Q(openings__conclusion="")))
    )
    ready = (
        Item.objects.visible_to(request.user)
        .filter(state=ItemState.CONFIRMED, conclusion="", opening=None)
        .count()
    )
    context = {
        "page": page(rows, request.GET, keys=("at", "pk"), size=20),
        "ready": ready,
        "may_review": access.may(request.user, "backfile.review"),
    }
    return private(render(request, "backfile/desk/batches.html", context))


@access.desk("backfile.review")
def new_batch(request: HttpRequest) -> HttpResponse:
    """建一批。"""
    form = BatchForm(request.POST or None, user=request.user)

    def act(data: dict[str, Any]) -> HttpResponse:
        rows = (
            Item.objects.filter(
                agency=data["agency"],
                state=ItemState.CONFIRMED,
                conclusion="",
                opening=None,
                year__gte=data["since"],
                year__lte=data["until"],
            )
            .only("pk")
            .order_by("year", "pk")
        )
        made = actions.open_batch(
            data["agency"], data["name"], rows[: data["most"]], by=request.user, at=timezone.now()
        )
        return redirect(made)

    return step_page(
        request,
        form,
        act,
        trail="开放审核",
        title="建一批开放审核",
        button="建立",
        home=reverse("desk:backfile_batches"),
        hint="收这个单位这几年里核对过、还没有审的。",
    )


@access.desk("backfile.view")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """一批:先列要看的。"""
    batch = batch_of(request, pk)
    rows = batch.openings.select_related("item").defer("item__text", "item__body", "item__sketch", "shown")
    wanted = request.GET.get("list", "")
    if wanted == "todo":
        rows = (
            rows.filter(sampled=True, right=None)
            if batch.state == BatchState.SECOND
            else rows.filter(conclusion="")
        )
    elif wanted == "hits":
        rows = rows.exclude(hints={})
    result = page(rows, request.GET, keys=("pk",), ascending=True)
    for row in result.rows:
        row.found = [LABELS.get(key, key) for key in row.hints]
    counts = batch.openings.aggregate(
        total=Count("pk"),
        answered=Count("pk", filter=~Q(conclusion="")),
        hits=Count("pk", filter=~Q(hints={})),
        drawn=Count("pk", filter=Q(sampled=True)),
        seen=Count("pk", filter=Q(sampled=True, right=True)),
    )
    context = {
        "batch": batch,
        "page": result,
        "counts": counts,
        "wanted": wanted,
        "acts": _possible(request, batch),
        "open": batch.state in OPEN,
    }
    return private(render(request, "backfile/desk/batch.html", context))


#: 整批的一步:叫法、权限、哪些环节、做什么、做完说的话。
ACTS: dict[str, tuple[str, str, tuple[BatchState, ...], Callable[..., Any], str]] = {
    "together": (
        "没有提示的一起审",
        "backfile.review",
        OPEN,
        actions.answer_together,
        "已经一起定为主动公开，等抽检。",
    ),
    "hand_in": ("交复核", "backfile.review", OPEN, actions.hand_in, "已经交复核，抽哪几件由种子定。"),
    "agree": ("审定", "backfile.second", (BatchState.SECOND,), actions.agree, "已经审定，可以公开。"),
    "publish": ("成批公开", "backfile.publish", (BatchState.AGREED,), actions.publish, "已经公开，标着补录。"),
}


def _possible(request: HttpRequest, batch: Batch) -> list[tuple[str, str]]:
    return [
        (key, label)
        for key, (label, right, states, _, _) in ACTS.items()
        if batch.state in states and access.may(request.user, right, batch.agency)
    ]


@access.desk("backfile.view")
@require_POST
def act_batch(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """整批的一步。"""
    batch = batch_of(request, pk)
    if key not in ACTS:
        raise Http404("没有这一步。")
    _, right, _, run, done = ACTS[key]
    access.require(request.user, right, batch.agency)

    def act() -> str:
        run(batch, by=request.user, at=timezone.now())
        return done

    return button_step(request, act, back=batch)


@access.desk("backfile.view")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """审一件,或者复核一件。"""
    opening = opening_of(request, pk)
    is_second = opening.batch.state == BatchState.SECOND
    right = "backfile.second" if is_second else "backfile.review"
    may = access.may(request.user, right, opening.batch.agency) and (
        opening.batch.state in OPEN or (is_second and opening.sampled)
    )
    form = _second_form(request, opening) if is_second else _answer_form(request, opening)

    def act(data: dict[str, Any]) -> HttpResponse:
        access.require(request.user, right, opening.batch.agency)
        who = {"by": request.user, "at": timezone.now(), "seen": data["seen"]}
        if is_second:
            actions.second(opening, data["right"] == "yes", data["reason"], **who)
        else:
            if not data["conclusion"]:
                raise RuleBroken("没有选结论", fix="请选一个结论。")
            actions.answer(
                opening,
                form.answers(),
                Conclusion.from_value(data["conclusion"]),
                ground=data["ground"],
                ended_on=data["ended_on"],
                note=data["note"],
                shown=data["shown"],
                **who,
            )
        return redirect(_after(opening, is_second) or opening.batch)

    context = {
        "opening": opening,
        "item": opening.item,
        "batch": opening.batch,
        "may": may,
        "is_second": is_second,
        "hints": [(LABELS.get(key, key), found) for key, found in opening.hints.items()],
        "answered": [(LABELS[key], hit) for key, hit in opening.answers.items() if key in LABELS],
        "ground": grounds()[opening.ground].label if opening.ground in grounds() else "",
        "statute": statute_at(opening.item.formed_on) if opening.item.formed_on else None,
    }
    return private(form_step(request, form, act, "backfile/desk/opening.html", back=opening.batch, **context))


def _answer_form(request: HttpRequest, opening: Opening) -> AnswerForm:
    initial: dict[str, Any] = {
        "seen": opening.mark,
        "shown": opening.shown or (masked(opening.item.text) if "personal" in opening.hints else ""),
    }
    if opening.conclusion:
        initial |= {key: "yes" if hit else "" for key, hit in opening.answers.items()}
        initial |= {
            "conclusion": opening.conclusion,
            "ground": opening.ground,
            "ended_on": opening.ended_on,
            "note": opening.note,
        }
    else:
        initial |= dict.fromkeys(opening.hints, "yes")
    return AnswerForm(request.POST or None, initial=initial)


def _second_form(request: HttpRequest, opening: Opening) -> SecondForm:
    return SecondForm(request.POST or None, initial={"seen": opening.mark})


def _after(opening: Opening, is_second: bool) -> str | None:
    rows = Opening.objects.filter(batch=opening.batch_id).exclude(pk=opening.pk).order_by("pk")
    rows = rows.filter(sampled=True, right=None) if is_second else rows.filter(conclusion="")
    found = rows.filter(pk__gt=opening.pk).first() or rows.first()
    still = not is_second or Batch.objects.filter(pk=opening.batch_id, state=BatchState.SECOND).exists()
    return reverse("desk:backfile_opening", args=[found.pk]) if found and still else None


@access.desk("backfile.review")
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """从批次里撤出一件。"""
    opening = opening_of(request, pk)

    def act() -> str:
        actions.take_out(opening, by=request.user, at=timezone.now())
        return "已经撤出，可以改要素。"

    return button_step(request, act, back=opening.batch)
