"""工作台的村(居)务公开:村里的人只用三页——村社、一期、异议。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.paging import page
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.villages import Unit
from gongkai.org import access
from gongkai.org.models import User

from .. import actions
from ..forms import villages as forms
from ..forms.fields import ConfirmForm
from ..models import Entry, Item, Objection, Period, Village
from ..terms import PeriodState

D, S, R, P = PeriodState.DRAFT, PeriodState.SUBMITTED, PeriodState.REVIEWED, PeriodState.POSTED


@dataclass(frozen=True, slots=True)
class Act:
    """一步:名称、从哪些环节、表单、做事的函数、做完说的话。"""

    label: str
    states: tuple[PeriodState, ...]
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str
    is_main: bool = False


def _supervise(period: Period, data: dict[str, Any], **who: Any) -> Period:
    return actions.supervise(
        period, data["names"], data["opinion"], data["agrees"] == "yes", data["on"], seen=data["seen"], **who
    )


def _post(period: Period, data: dict[str, Any], **who: Any) -> Period:
    photo = data["photo"].read() if data["photo"] else b""
    return actions.post(period, data["posted_on"], photo, seen=data["seen"], **who)


ACTS: dict[str, Act] = {
    "item": Act(
        "填一条",
        (D,),
        forms.ItemForm,
        lambda period, data, **who: actions.save_item(Item(period=period), data, seen=data["seen"], **who),
        "已经填上。",
    ),
    "entries": Act(
        "记账",
        (D,),
        forms.EntriesForm,
        lambda period, data, **who: actions.add_entries(period, data["lines"], seen=data["seen"], **who),
        "已经记上。",
    ),
    "submit": Act(
        "送监督委员会审查",
        (D,),
        ConfirmForm,
        lambda period, data, **who: actions.submit_period(period, seen=data["seen"], **who),
        "已经送审。",
        is_main=True,
    ),
    "supervise": Act("登记监督委员会的审查", (S,), forms.SuperviseForm, _supervise, "已经登记。", is_main=True),
    "post": Act("上墙、公布", (R,), forms.PostForm, _post, "已经公布，网上也看得到了。", is_main=True),
    "down": Act(
        "撤牌归档",
        (P,),
        forms.DownForm,
        lambda period, data, **who: actions.take_down(period, data["on"], seen=data["seen"], **who),
        "已经归档，网上的留着。",
    ),
}


def _possible(user: User, period: Period) -> list[tuple[str, Act]]:
    may = access.may(user, "standards.post", period.village.town)
    return [(key, act) for key, act in ACTS.items() if may and period.state in act.states]


def village_of(request: HttpRequest, pk: int) -> Village:
    """A village that this person may see; 404 for any other."""
    return get_object_or_404(Village.objects.visible_to(request.user).select_related("town"), pk=pk)


def period_of(request: HttpRequest, pk: int) -> Period:
    """A period that this person may see; 404 for any other."""
    return get_object_or_404(Period.objects.visible_to(request.user).select_related("village__town"), pk=pk)


@access.desk("standards.village")
def villages(request: HttpRequest) -> HttpResponse:
    """村社和各自最近的一期、下一步。"""
    on, given = timezone.localdate(), forms.VillageFilter(request.GET)
    rows = Village.objects.visible_to(request.user).open(on).select_related("town")
    rows = given.narrowed(rows, "town")
    result = page(rows, request.GET, keys=("pk",), ascending=True)
    latest: dict[int, Period] = {}
    for period in Period.objects.filter(village__in=[one.pk for one in result.rows]).order_by("year", "number"):
        latest[period.village_id] = period
    counted = Objection.objects.open().filter(period__village__in=[one.pk for one in result.rows]).order_by()
    waiting = dict(counted.values_list("period__village").annotate(n=Count("pk")))
    for row in result.rows:
        row.latest, row.waiting = latest.get(row.pk), waiting.get(row.pk, 0)
        row.next_up = next_up(row, row.latest)
        row.late = bool(row.latest and row.latest.posted_on is None and row.latest.due_on < on)
        row.may = access.may(request.user, "standards.post", row.town)
    if state := given.value_of("state"):
        result.rows[:] = [one for one in result.rows if one.latest and one.latest.state == state]
    context = {"page": result, "filter": given, "may_add": access.may(request.user, "standards.post")}
    return render(request, "standards/desk/villages.html", context)


def next_up(village: Village, latest: Period | None) -> tuple[int, int] | None:
    """(year, number) of the period that may be opened next; None while the latest is still being filled in."""
    if latest is None:
        on = timezone.localdate()
        return on.year, on.month if village.unit is Unit.MONTH else (on.month - 1) // 3 + 1
    if latest.state in (D, S, R):
        return None
    last = 12 if village.unit is Unit.MONTH else 4
    number = latest.number if latest.unit == village.unit else 0
    return (latest.year, number + 1) if number < last else (latest.year + 1, 1)


@access.desk("standards.post")
def new_village(request: HttpRequest) -> HttpResponse:
    """登记一个村社。"""
    return _village(request, Village(), "登记村（社区）")


@access.desk("standards.post")
def edit_village(request: HttpRequest, pk: int) -> HttpResponse:
    """改一个村社。"""
    village = village_of(request, pk)
    access.require(request.user, "standards.post", village.town)
    return _village(request, village, f"改{village}")


def _village(request: HttpRequest, village: Village, title: str) -> HttpResponse:
    form = forms.VillageForm(request.POST or None, instance=village, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> str:
        actions.save_village(form.instance, by=request.user, at=timezone.now())
        return "已经保存。"

    home = reverse("desk:standards_villages")
    return form_step(
        request,
        form,
        run,
        back=home,
        trail="村务公开",
        title=title,
        button="保存",
    )


@access.desk("standards.post")
@require_POST
def open_period(request: HttpRequest, pk: int) -> HttpResponse:
    """开下一期。"""
    village = village_of(request, pk)

    def run() -> HttpResponse:
        latest = village.periods.first()
        year, number = next_up(village, latest) or (latest.year, latest.number)
        made = actions.open_period(village, village.unit, year, number, by=request.user, at=timezone.now())
        return redirect("desk:standards_period", made.pk)

    return button_step(request, run, back="desk:standards_villages")


@access.desk("standards.village")
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """一期:条目、账、两部法各要求什么、下一步。"""
    period, on = period_of(request, pk), timezone.localdate()
    may = access.may(request.user, "standards.post", period.village.town)
    context = {
        "period": period,
        "items": period.items.all(),
        "entries": period.entries.all(),
        "sums": period.sums,
        "duties": period.duties(on),
        "acts": _possible(request.user, period),
        "may_edit": may and period.state == D,
        "on": on,
        "late": period.posted_on is None and period.due_on < on,
        "objections": period.objections.all(),
        "others": period.village.periods.exclude(pk=period.pk)[:8],
    }
    return render(request, "standards/desk/period.html", context)


@access.desk("standards.post")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """一步。"""
    period, found = period_of(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, "standards.post", period.village.town)
    on = timezone.localdate()
    initial = {"seen": period.mark, "on": on, "posted_on": on, "names": period.village.supervisors}
    options = {"year": period.year} if key == "entries" else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = found.form(*sent, initial=initial, **options)

    def run(data: dict[str, Any]) -> str:
        found.run(period, data, by=request.user, at=timezone.now())
        return found.done

    return _step(request, period, form, run, found.label)


def _step(request: HttpRequest, period: Period, form: Any, run: Any, title: str) -> HttpResponse:
    home = reverse("desk:standards_period", args=[period.pk])
    return form_step(
        request,
        form,
        run,
        back=home,
        trail=f"{period.village}{period}",
        title=title,
        button=title,
    )


@access.desk("standards.post")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """改一条。"""
    item = get_object_or_404(Item.objects.filter(period__in=Period.objects.visible_to(request.user)), pk=pk)
    owner = period_of(request, item.period_id)
    initial = {name: getattr(item, name) for name in ("kind", "title", "content", "is_list", "happened_on")} | {
        "seen": owner.mark
    }

    def run(data: dict[str, Any]) -> str:
        actions.save_item(item, data, by=request.user, at=timezone.now(), seen=data["seen"])
        return "已经保存。"

    return _step(request, owner, forms.ItemForm(request.POST or None, initial=initial), run, "保存")


@access.desk("standards.post")
@require_POST
def drop_item(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一条。"""
    item = get_object_or_404(Item.objects.filter(period__in=Period.objects.visible_to(request.user)), pk=pk)
    return _drop(request, item.period_id, lambda: actions.drop_item(item, by=request.user, at=timezone.now()))


@access.desk("standards.post")
@require_POST
def drop_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一笔。"""
    entry = get_object_or_404(Entry.objects.filter(period__in=Period.objects.visible_to(request.user)), pk=pk)
    return _drop(request, entry.period_id, lambda: actions.drop_entry(entry, by=request.user, at=timezone.now()))


def _drop(request: HttpRequest, period: int, drop: Callable[[], None]) -> HttpResponse:
    def run() -> str:
        drop()
        return "已经去掉。"

    return button_step(request, run, back=reverse("desk:standards_period", args=[period]))


@access.desk("standards.village")
def objections(request: HttpRequest) -> HttpResponse:
    """异议,应答复日早的在前。"""
    rows = Objection.objects.visible_to(request.user).select_related("period__village__town")
    is_done = request.GET.get("list") == "done"
    rows = rows.exclude(answered_on=None) if is_done else rows.open()
    context = {
        "page": page(rows, request.GET, keys=("due_on", "pk"), ascending=True),
        "is_done": is_done,
        "on": timezone.localdate(),
    }
    return render(request, "standards/desk/objections.html", context)


@access.desk("standards.post")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """答复一件异议。"""
    rows = Objection.objects.visible_to(request.user).select_related("period__village__town")
    objection = get_object_or_404(rows, pk=pk)
    access.require(request.user, "standards.post", objection.period.village.town)

    def run(data: dict[str, Any]) -> str:
        actions.answer_objection(objection, data["answer"], by=request.user, at=timezone.now())
        return "已经答复。"

    home = reverse("desk:standards_objections")
    return form_step(
        request,
        forms.AnswerObjectionForm(request.POST or None),
        run,
        "standards/desk/answer.html",
        back=home,
        trail="异议",
        title=f"答复异议{objection}",
        button="答复",
        objection=objection,
    )
