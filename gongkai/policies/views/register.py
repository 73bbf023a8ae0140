"""工作台的规范性文件:登记簿、缺号重号、一件文件的登记、合法性审核、效力变动。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.submitting import Act, button_step, form_step
from gongkai.law import docnumber, normative
from gongkai.law.docnumber import DocNumber
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.records.models import Record
from gongkai.records.terms import Stage

from .. import actions, jobs, library
from ..actions.register import NORMATIVE
from ..forms import EffectForm, ReviewForm
from ..models import Document

LISTS = {
    "all": ("全部", "登记了的行政规范性文件，新的在前。", "还没有登记过文件。"),
    "expiring": ("有效期将满", "请评估后修改、延长或者任其失效。", "近期没有有效期将满的文件。"),
    "unreviewed": ("没有审核记录", "登记簿里没有合法性审核意见的。", "每件都有合法性审核的记录。"),
    "termless": ("没有写有效期", "还有效、没有写有效期的。", "有效的文件都写了有效期。"),
    "missing": ("没有登记", "已经签发、还没有登记的规范性文件。", "签发的规范性文件都登记了。"),
}


def _rows(key: str, request: HttpRequest) -> QuerySet:
    on = timezone.localdate()
    own = (
        Document.objects.visible_to(request.user)
        .select_related("record__agency", "maker")
        .prefetch_related("effects__edition")
    )
    if key == "expiring":
        return own.filter(record__repealed_on=None, record__expires_on__range=jobs.expiring(on))
    if key == "unreviewed":
        return own.filter(review_opinion="")
    if key == "termless":
        return own.binding(on).filter(record__expires_on=None)
    return own


def unregistered(request: HttpRequest) -> QuerySet[Record]:
    """Signed normative documents without a number."""
    rows = Record.objects.visible_to(request.user).filter(
        type=NORMATIVE, normative=None, openness=Openness.ACTIVE, editions__stage=Stage.LIVE
    )
    return rows.select_related("agency")


@access.desk("policies.view")
def register(request: HttpRequest) -> HttpResponseBase:
    """登记簿。"""
    on = timezone.localdate()
    key = request.GET.get("list", "all")
    key = key if key in LISTS else "all"
    filters = library.Filters.read(request.GET)
    if key == "missing":
        result = page(unregistered(request), request.GET)
    else:
        rows = filters.apply(_rows(key, request), on)
        if request.GET.get("format") == "csv":
            chosen = rows.order_by("-number_year", "-number_seq").iterator(chunk_size=1000)
            return csv_stream("register", library.HEAD, (library.cells(one, on) for one in chosen))
        result = page(rows, request.GET, keys=("number_year", "number_seq"))
        for row in result.rows:
            row.now = row.state(on)
    label, hint, empty = LISTS[key]
    context = {
        "key": key,
        "lists": [(one, LISTS[one][0]) for one in LISTS],
        "label": label,
        "hint": hint,
        "empty": empty,
        "page": result,
        "filters": filters,
        "may_register": access.may(request.user, "policies.register"),
        "agencies": access.agencies_of(request.user, "policies.view"),
    }
    return render(request, "policies/register.html", context)


@access.desk("policies.view")
def numbers(request: HttpRequest) -> HttpResponse:
    """缺号和重号:按机关代字和年份;缺的可能是不公开的,由人核对。"""
    rows = Record.objects.visible_to(request.user).exclude(number_year=None).exclude(number_code="")
    used = rows.filter(editions__stage=Stage.LIVE).values_list("number_code", "number_year", "number_seq")
    gaps = docnumber.gaps(DocNumber(code, year, seq) for code, year, seq in used)
    gaps.sort(key=lambda gap: (-gap.year, gap.code))
    repeated = {(one.code, one.year): one.repeated for one in gaps if one.repeated}
    twice = rows.filter(
        editions__stage=Stage.LIVE,
        number_code__in={code for code, _ in repeated},
        number_year__in={year for _, year in repeated},
    )
    same = [
        one
        for one in twice.order_by("number_code", "number_year", "number_seq")
        if one.number_seq in repeated.get((one.number_code, one.number_year), ())
    ]
    return render(request, "policies/numbers.html", {"gaps": gaps, "same": same})


@access.desk("policies.register")
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """补登一件。"""
    record = get_object_or_404(Record.objects.visible_to(request.user), pk=pk)
    access.require(request.user, "policies.register", record.agency)

    def act() -> HttpResponse:
        made = actions.register(record, by=request.user, at=timezone.now())
        messages.success(request, f"已经登记为{made.number}。")
        return redirect("desk:policies_document", made.pk)

    return button_step(request, act, back="desk:policies_register")


def document_of(request: HttpRequest, pk: int) -> Document:
    """A document that this person may see; 404 for any other."""
    rows = Document.objects.visible_to(request.user).select_related("record__agency", "maker__successor")
    return get_object_or_404(rows, pk=pk)


@access.desk("policies.view")
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """一件文件的登记。"""
    document = document_of(request, pk)
    on = timezone.localdate()
    record = document.record
    context = {
        "document": document,
        "record": record,
        "state": document.state(on),
        "history": list(library.history(document, on)),
        "terms": normative.term_findings(record.title, record.effective_on, record.expires_on),
        "rulings": document.rulings.select_related("batch"),
        "on": on,
        "may_register": access.may(request.user, "policies.register", record.agency),
    }
    return render(request, "policies/document.html", context)


def _step(request: HttpRequest, document: Document, form: forms.Form, act: Act, **look: str) -> HttpResponse:
    """One form over a document: ``title``, ``button``, ``hint``."""
    back = reverse("desk:policies_document", args=[document.pk])
    look |= {"trail": str(document)}
    return form_step(request, form, act, "policies/document_step.html", back=back, document=document, **look)


@access.desk("policies.register")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """合法性审核的记录。"""
    document = document_of(request, pk)
    access.require(request.user, "policies.register", document.record.agency)
    initial = {
        "number": document.review_number,
        "on": document.review_on,
        "reviewer": document.reviewer,
        "opinion": document.review_opinion,
    }

    def act(data: dict[str, Any]) -> str:
        actions.review(document, **data, by=request.user, at=timezone.now())
        return "合法性审核的记录已经保存。"

    form = ReviewForm(request.POST or None, initial=initial)
    hint = "未经合法性审核的规范性文件不得印发。"
    return _step(request, document, form, act, title="合法性审核", button="保存审核记录", hint=hint)


@access.desk("policies.register")
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """记一次效力变动。"""
    document = document_of(request, pk)
    access.require(request.user, "policies.register", document.record.agency)

    def act(data: dict[str, Any]) -> str:
        made = actions.happen(document, data.pop("kind"), **data, by=request.user, at=timezone.now())
        return f"已经记下“{made.get_kind_display()}”，公众页面随之改了。"

    hint = "记下以后，公众页面上的有效性、横幅、相关文件随之改。记下的不能改，请核对。"
    form = EffectForm(request.POST or None, document=document)
    return _step(request, document, form, act, title="记效力变动", button="记下变动", hint=hint)
