"""工作台的征求意见:起草公告、改期限、延长、意见清单、答复、录入、联系方式、采纳情况。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.vault import mask_email, mask_name, mask_phone
from gongkai.desk.export import csv_stream
from gongkai.desk.moments import end_of, minute
from gongkai.desk.numbers import wholes
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law import consultation as law
from gongkai.law import decisions, params
from gongkai.law.consultation import Channel, Disposition
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, facts
from ..actions.common import may
from ..entering import again
from ..forms import AnswerForm, EnterManyForm, EnterOpinionForm, ExtendForm, NewRoundForm, OpinionFilter, RoundForm
from ..models import Consultation, Opinion
from ..terms import Phase
from .dossiers import access_required, one_of

BULK_MOST = 500


def round_of(request: HttpRequest, pk: int) -> Consultation:
    """A round that this person may see; 404 for any other."""
    rows = Consultation.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("dossier__agency", "dossier__lead", "record__agency", "feedback"), pk=pk
    )


@access.desk("records.write")
def new_round(request: HttpRequest, pk: int) -> HttpResponse:
    """起草一轮的公告。"""
    dossier, on = one_of(request, pk), timezone.localdate()
    access.require(request.user, "records.write", dossier.lead)
    initial = {
        "title": f"关于公开征求《{dossier.title}（征求意见稿）》意见的公告",
        "media": "政府网站\n政务新媒体",
    }
    form = NewRoundForm(request.POST or None, on=on, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.consult(
            dossier,
            data["title"],
            draft=data["draft"],
            explanation=data["explanation"],
            by=request.user,
            at=timezone.now(),
            **form.plan(),
        )
        messages.success(request, "公告已经起草。请核对、加附件、送审；签发以后开始征求意见。")
        return redirect("desk:decisions_round", made.pk)

    home = reverse("desk:decisions_dossier", args=[dossier.pk])
    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        title="起草征求意见的公告",
        button="起草",
        dossier=dossier,
        home=home,
    )


@access.desk("decisions.view")
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """一轮:期限怎样数,收到多少,还差什么。"""
    consultation, at = round_of(request, pk), timezone.now()
    tally, period = consultation.tally(), consultation.period
    crowds = consultation.crowds()
    firsts = consultation.opinions.in_bulk([pk for pk, _ in crowds[:10]])
    least = params.at("decisions.campaign_least", consultation.end_on).value
    context = {
        "round": consultation,
        "dossier": consultation.dossier,
        "phase": consultation.phase(at),
        "tally": tally,
        "period": period,
        "sufficiency": law.sufficiency(period) if period else None,
        "holidays": law.holidays_in(period) if period else 0,
        "due": law.feedback_due(consultation.end_on),
        "crowds": law.crowds((size for _, size in crowds), consultation.end_on),
        "alike": [(firsts[pk], size, size >= least) for pk, size in crowds[:10]],
        "warnings": list(decisions.of_round(seen))
        if (seen := facts.preview(consultation, timezone.localdate()))
        else [],
        "compared": not consultation.opinions.filter(like=None).exists(),
        "may_write": may(request.user, "decisions.write", consultation.dossier),
        "may_draft": access.may(request.user, "records.write", consultation.dossier.lead),
        "may_answer": may(request.user, "decisions.answer", consultation.dossier),
        "is_open": consultation.phase(at) is Phase.OPEN,
        "drifted": (shown := consultation.published_tally) is not None and shown != tally,
        "is_over": bool(consultation.record.published_at) and at > end_of(consultation.end_on),
        "channels": [
            (Channel.from_value(row["channel"]).label, row["count"])
            for row in consultation.opinions.values("channel").annotate(count=Count("pk")).order_by("-count")
        ],
    }
    return render(request, "decisions/desk/round.html", context)


def _round_form(
    request: HttpRequest, consultation: Consultation, form: Any, act: Any, title: str, button: str
) -> HttpResponse:
    home = reverse("desk:decisions_round", args=[consultation.pk])
    return form_step(
        request,
        form,
        act,
        "decisions/desk/step.html",
        back=home,
        dossier=consultation.dossier,
        round=consultation,
        title=title,
        button=button,
    )


@access.desk("decisions.write")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """公布以前改期限和途径。"""
    consultation = round_of(request, pk)
    access_required(request, consultation.dossier, "decisions.write")
    initial = {
        "end_on": consultation.end_on,
        "media": "\n".join(consultation.media),
        "ways": "\n".join(consultation.ways),
        "focus": consultation.focus,
        "next_steps": consultation.next_steps,
        "short_reason": consultation.short_reason,
    }
    form = RoundForm(request.POST or None, on=timezone.localdate(), initial=initial)

    def act(data: dict[str, Any]) -> str:
        actions.plan_round(consultation, by=request.user, at=timezone.now(), **form.plan())
        return "已经保存。"

    return _round_form(request, consultation, form, act, "改期限和途径", "保存")


@access.desk("decisions.write")
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """延长。"""
    consultation = round_of(request, pk)
    access_required(request, consultation.dossier, "decisions.write")

    def act(data: dict[str, Any]) -> str:
        actions.extend(consultation, data["until"], data["reason"], by=request.user, at=timezone.now())
        return f"已经延长到{data['until']}，公众立刻看得到。"

    return _round_form(request, consultation, ExtendForm(request.POST or None), act, "延长征求意见", "延长")


def _opinions(request: HttpRequest, consultation: Consultation, given: OpinionFilter) -> QuerySet[Opinion]:
    rows = consultation.opinions.select_related("file")
    if state := given.value_of("state"):
        rows = rows.filter(disposition="" if state == "none" else state)
    rows = given.narrowed(rows, "channel")
    if words := given.value_of("q"):
        rows = rows.filter(Q(number__icontains=words) | Q(article__icontains=words))
    if (alike := request.GET.get("alike", "")[:18]).isdigit():
        rows = rows.filter(like=int(alike))
    return rows


@access.desk("decisions.view")
def opinions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """意见清单:筛选,勾选几条一起答复,导出。"""
    consultation = round_of(request, pk)
    given = OpinionFilter(request.GET)
    rows = _opinions(request, consultation, given)
    if request.GET.get("format") == "csv":
        access_required(request, consultation.dossier, "decisions.export")
        return private(
            csv_stream(f"opinions-{consultation.pk}", HEAD, map(_cells, rows.iterator(chunk_size=1000)))
        )
    may_answer = may(request.user, "decisions.answer", consultation.dossier)
    form = AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        access_required(request, consultation.dossier, "decisions.answer")
        chosen = wholes(request.POST.getlist("opinion"), most=BULK_MOST)
        if form.is_valid():
            try:
                count = actions.answer(
                    consultation,
                    chosen,
                    Disposition.from_value(form.cleaned_data["disposition"]),
                    reason=form.cleaned_data["reason"],
                    shown=form.cleaned_data["shown"],
                    with_alike=form.cleaned_data["with_alike"],
                    by=request.user,
                    at=timezone.now(),
                )
            except LawError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"已经答复{count}条。")
                return redirect(request.get_full_path())
        status = 422
    result = page(rows, request.GET, keys=("pk",), ascending=True)
    context = {
        "round": consultation,
        "dossier": consultation.dossier,
        "page": result,
        "filter": given,
        "form": form,
        "may_answer": may_answer,
        "tally": consultation.tally(),
        "chosen": request.POST.getlist("opinion"),
    }
    return private(render(request, "decisions/desk/opinions.html", context, status=status))


HEAD = ["编号", "渠道", "收到时间", "针对", "意见", "文件", "处理", "公开的写法", "理由", "答复时间"]


def _cells(opinion: Opinion) -> list[object]:
    answered = minute(opinion.answered_at) if opinion.answered_at else ""
    return [
        opinion.number,
        opinion.get_channel_display(),
        minute(opinion.received_at),
        opinion.article,
        opinion.masked,
        opinion.file.name if hasattr(opinion, "file") else "",
        opinion.get_disposition_display(),
        opinion.shown,
        opinion.reason,
        answered,
    ]


@access.desk("decisions.answer")
def enter_opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """录入一条。"""
    consultation = round_of(request, pk)
    access_required(request, consultation.dossier, "decisions.answer")
    form = EnterOpinionForm(request.POST or None, initial={"received_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> str:
        contact, at = {key: data[key] for key in ("name", "phone", "email") if data[key]}, timezone.now()
        made = actions.enter_opinion(
            consultation,
            Channel.from_value(data["channel"]),
            data["text"],
            article=data["article"],
            contact=contact,
            received_at=form.received_at(at),
            by=request.user,
            at=at,
        )
        return f"已经录入{made.number}。"

    return _round_form(request, consultation, form, act, "录入意见", "录入")


@access.desk("decisions.answer")
def enter_opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """成批录入;没有收的逐行写出为什么,贴来的留在框里,改了再录。"""
    consultation = round_of(request, pk)
    access_required(request, consultation.dossier, "decisions.answer")
    home = reverse("desk:decisions_round", args=[consultation.pk])
    form = EnterManyForm(
        request.POST or None, request.FILES or None, initial={"received_on": timezone.localdate()}
    )

    def act(data: dict[str, Any]) -> str | HttpResponse:
        done = actions.enter_opinions(
            consultation,
            data["rows"],
            Channel.from_value(data["channel"]),
            data["received_on"],
            by=request.user,
            at=timezone.now(),
        )
        said = f"已经录入{done.count}条（{done.first}至{done.last}）。"
        if not done.refused:
            return said
        left = again([refused.row for refused in done.refused])
        fresh = EnterManyForm(
            initial={"channel": data["channel"], "received_on": data["received_on"], "listed": left}
        )
        shown = context | {"form": fresh, "done": done, "said": said}
        return private(render(request, "decisions/desk/enter_many.html", shown))

    context: dict[str, Any] = {
        "round": consultation,
        "dossier": consultation.dossier,
        "home": home,
        "title": "成批录入意见",
    }
    return form_step(request, form, act, "decisions/desk/enter_many.html", back=home, **context)


@access.desk("decisions.view")
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """一条意见;联系方式打码。"""
    rows = Opinion.objects.visible_to(request.user)
    one = get_object_or_404(
        rows.select_related(
            "consultation__dossier__agency", "consultation__dossier__lead", "answered_by", "file__seen_by"
        ),
        pk=pk,
    )
    return _opinion_page(request, one, None)


def _opinion_page(request: HttpRequest, opinion: Opinion, contact: dict[str, str] | None) -> HttpResponse:
    masks = {"name": mask_name, "phone": mask_phone, "email": mask_email}
    labels = {"name": "称呼", "phone": "电话", "email": "邮箱"}
    shown = contact or {key: masks[key](value) for key, value in opinion.contact.items()}
    alike = opinion.consultation.opinions.filter(like=opinion.like_id or 0).exclude(pk=opinion.pk)
    context = {
        "opinion": opinion,
        "round": opinion.consultation,
        "dossier": opinion.consultation.dossier,
        "clear": contact is not None,
        "hidden": opinion.masked != opinion.text,
        "contact": [(labels[key], value) for key, value in shown.items()],
        "alike": alike[:20],
        "count": alike.count(),
        "may_read": may(request.user, "decisions.personal", opinion.consultation.dossier),
    }
    return private(render(request, "decisions/desk/opinion.html", context))


@access.desk("decisions.personal")
@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """看意见和联系方式的原文;看一次记一次。"""
    rows = Opinion.objects.visible_to(request.user).select_related("consultation__dossier__agency")
    opinion = get_object_or_404(rows, pk=pk)
    access_required(request, opinion.consultation.dossier, "decisions.personal")
    return _opinion_page(request, opinion, actions.read_contact(opinion, by=request.user, at=timezone.now()))


@access.desk("decisions.personal")
@require_POST
def opinion_file(request: HttpRequest, pk: int) -> HttpResponse:
    """打开意见附的文件;看一次记一次。"""
    rows = Opinion.objects.visible_to(request.user).select_related("consultation__dossier__agency")
    opinion = get_object_or_404(rows, pk=pk)
    access_required(request, opinion.consultation.dossier, "decisions.personal")

    def act() -> HttpResponse:
        return download(*actions.open_file(opinion, by=request.user, at=timezone.now()))

    return button_step(request, act, back="desk:decisions_opinion", pk=pk)


@access.desk("records.write")
@require_POST
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """起草采纳情况。"""
    consultation = round_of(request, pk)
    access.require(request.user, "records.write", consultation.dossier.lead)

    def act() -> HttpResponse:
        edition = actions.feedback(consultation, by=request.user, at=timezone.now())
        messages.success(request, "采纳情况已经起草，请核对、送审。")
        return redirect("desk:record", edition.record_id)

    return button_step(request, act, back="desk:decisions_round", pk=pk)
