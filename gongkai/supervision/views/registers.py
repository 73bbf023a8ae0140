"""工作台的登记:听取汇报、培训、人员经费场地、外部结果;一样一张表,登错了作废。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.org import access

from .. import actions, forms, forms_registers
from ..models import Hearing, OutsideResult, Support, Training
from ..models.provision import Entry
from .stepping import step_page


@dataclass(frozen=True, slots=True)
class Register:
    """一样登记:网址的名称、叫法、说明、表、列头、一行的格、怎样登。"""

    name: str
    label: str
    hint: str
    model: type[Entry]
    keys: tuple[str, ...]
    head: tuple[str, ...]
    cells: Callable[[Any], list[object]]
    form: Callable[..., Any]
    enter: Callable[[HttpRequest, dict[str, Any]], Any]
    right: str = "supervision.register"
    figure: str = ""

    @property
    def year(self) -> str:
        """The year of a row, as a query names it."""
        return "year" if self.keys[0] == "year" else f"{self.keys[0]}__year"


def _hearing(request: HttpRequest, data: dict[str, Any]) -> Any:
    return actions.enter_hearing(data["agency"], data, on=timezone.localdate(), by=request.user, at=timezone.now())


def _training(request: HttpRequest, data: dict[str, Any]) -> Any:
    units = list(data["units"])
    return actions.enter_training(
        data["agency"], data, units, on=timezone.localdate(), by=request.user, at=timezone.now()
    )


def _support(request: HttpRequest, data: dict[str, Any]) -> Any:
    return actions.enter_support(data["agency"], data, by=request.user, at=timezone.now())


def _result(request: HttpRequest, data: dict[str, Any]) -> Any:
    return actions.enter_result(data["agency"], data, on=timezone.localdate(), by=request.user, at=timezone.now())


HEARINGS = Register(
    "hearing",
    "听取汇报",
    "主要负责人每年至少听取一次政务公开工作汇报；分管负责人、秘书长代听的登着，不算。",
    Hearing,
    ("held_on", "pk"),
    ("机关", "日期", "会议", "主持人职务", "算不算", "证据"),
    lambda row: [row.agency, row.held_on.isoformat(), row.name, row.presider, row.why_not or "算", row.evidence],
    forms_registers.HearingForm,
    _hearing,
    figure="supervision.hearings",
)
TRAININGS = Register(
    "training",
    "培训",
    "定期培训工作人员（《条例》第四十八条）；覆盖率按派人来的单位算。",
    Training,
    ("held_on", "pk"),
    ("主办单位", "日期", "内容", "对象", "学时", "应到", "实到"),
    lambda row: [row.agency, row.held_on.isoformat(), row.title, row.audience, row.hours, row.due, row.attended],
    forms_registers.TrainingForm,
    _training,
    figure="supervision.trained",
)
SUPPORTS = Register(
    "support",
    "人员经费场地",
    "一个单位一年一条；要改的先作废原来的。",
    Support,
    ("year", "pk"),
    ("单位", "年度", "专职", "兼职", "预算（万元）", "支出（万元）", "场地、设施"),
    lambda row: [row.agency, row.year, row.full_time, row.part_time, row.budget, row.spent, row.places],
    forms_registers.SupportForm,
    _support,
    figure="supervision.supported",
)
RESULTS = Register(
    "result",
    "外部结果",
    "别处发布的评价照原样登：谁发布的、哪一年、什么口径、多少样本；不自己推算。",
    OutsideResult,
    ("year", "pk"),
    ("年度", "指数", "评价", "发布机构", "口径", "样本", "得分", "名次", "满意以上", "出处"),
    lambda row: [
        row.year,
        row.get_index_display(),
        row.name,
        row.publisher,
        row.method,
        row.sample,
        row.score,
        row.rank,
        row.satisfied,
        row.source,
    ],
    forms_registers.ResultForm,
    _result,
    right="supervision.plan",
)
ALL = (HEARINGS, TRAININGS, SUPPORTS, RESULTS)


def _listed(request: HttpRequest, register: Register) -> HttpResponseBase:
    rows = register.model.objects.visible_to(request.user).select_related("agency", "by")  # type: ignore[attr-defined]
    given = forms.RegisterFilter(request.GET)
    rows = given.narrowed(rows, "agency")
    if year := given.value_of("year"):
        rows = rows.filter(**{register.year: year})
    if request.GET.get("format") == "csv":
        access.require(request.user, "supervision.export")
        cells = (register.cells(one) for one in rows.valid().iterator(chunk_size=1000))
        return private(csv_stream(register.name, list(register.head), cells))
    result = page(rows, request.GET, keys=register.keys)
    lines = [(one, list(zip(register.head, register.cells(one), strict=True))) for one in result.rows]
    context = {
        "register": register,
        "registers": ALL,
        "page": result,
        "filter": given,
        "lines": lines,
        "may_enter": access.may(request.user, register.right),
        "may_export": access.may(request.user, "supervision.export"),
        "new": reverse(f"desk:supervision_new_{register.name}"),
        "void": f"desk:supervision_void_{register.name}",
    }
    return private(render(request, "supervision/desk/register.html", context))


def _new(request: HttpRequest, register: Register) -> HttpResponse:
    home = reverse(f"desk:supervision_{register.name}s")
    form = register.form(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> str:
        made = register.enter(request, data)
        why = getattr(made, "why_not", "")
        return f"已经登记，但是不算在每年一次里：{why}。" if why else "已经登记。"

    return step_page(request, form, run, f"登记{register.label}", "登记", home, label=register.label)


def _void(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    rows = register.model.objects.visible_to(request.user).valid()  # type: ignore[attr-defined]
    one, home = get_object_or_404(rows, pk=pk), reverse(f"desk:supervision_{register.name}s")
    access.require(request.user, register.right, one.agency)
    form = forms.VoidForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        actions.void(one, data["reason"], by=request.user, at=timezone.now())
        return "已经作废，原来的留着。"

    return step_page(request, form, run, f"作废“{one}”", "作废", home, label=register.label)


def addresses(register: Register) -> list[URLPattern]:
    """The addresses of a register below the desk's supervision: its list, a new row, one row made void."""

    @access.desk("supervision.view")
    def listed(request: HttpRequest) -> HttpResponseBase:
        """登记的各条。"""
        return _listed(request, register)

    @access.desk(register.right)
    def new(request: HttpRequest) -> HttpResponse:
        """登记一条。"""
        return _new(request, register)

    @access.desk(register.right)
    def void(request: HttpRequest, pk: int) -> HttpResponse:
        """作废一条。"""
        return _void(request, register, pk)

    name, top = register.name, f"supervision/{register.name}s/"
    return [
        path(top, listed, name=f"supervision_{name}s"),
        path(f"{top}new/", new, name=f"supervision_new_{name}"),
        path(f"{top}<int:pk>/void/", void, name=f"supervision_void_{name}"),
    ]
