"""编一期的每一步:选入、排序、排版、送审签、审签、出刊、更正、投放。"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters import render as papers
from gongkai.decisions.models import Meeting
from gongkai.desk.numbers import whole, wholes
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.marks import long_day
from gongkai.org import access
from gongkai.org.models import Place
from gongkai.records.models import is_public_at

from .. import actions, checks, facts, forms
from ..models import Article, ChronicleLine, Delivery, Issue, Section
from ..terms import IssueStage
from .desk import issue_of


def _step(
    request: HttpRequest, issue: Issue, form: Any, run: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    home = reverse("desk:gazette_issue", args=[issue.pk])
    context = {"trail": f"公报{issue}", "issue": issue, "title": title, "button": button}
    return form_step(request, form, run, "gazette/desk/step.html", back=home, **context | more)


def _button(request: HttpRequest, issue: Issue, act: Any) -> HttpResponse:
    return button_step(request, act, back=reverse("desk:gazette_issue", args=[issue.pk]))


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


@access.desk("gazette.compose")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改出版日、印数、说明。"""
    issue = issue_of(request, pk)
    initial = {name: getattr(issue, name) for name in ("planned_on", "print_run", "gap_note")} | {
        "seen": issue.mark
    }

    def run(data: dict[str, Any]) -> str:
        actions.edit(issue, data, seen=data["seen"], **_who(request))
        return "已经保存。出版日印在封面上，改了要重新排版。"

    return _step(
        request, issue, forms.EditForm(request.POST or None, initial=initial), run, "改出版日、印数、说明", "保存"
    )


@access.desk("gazette.compose")
def select_record(request: HttpRequest, pk: int) -> HttpResponse:
    """选入一件。"""
    issue = issue_of(request, pk)
    initial = {
        "seen": issue.mark,
        "record": request.GET.get("record", "")[:40],
        "section": request.GET.get("section", "")[:10],
    }
    form = forms.TakeForm(request.POST or None, year=issue.year, initial=initial)

    def run(data: dict[str, Any]) -> str:
        made = actions.select_record(
            issue, data["record"], data["section"], remark=data["remark"], seen=data["seen"], **_who(request)
        )
        return f"已经选入“{made}”。"

    return _step(request, issue, form, run, "选入一件", "选入")


@access.desk("gazette.compose")
@require_POST
def take_chosen(request: HttpRequest, pk: int) -> HttpResponse:
    """选入勾选的几件,各进各的栏目;有一件不行的,一件也不选。"""
    issue = issue_of(request, pk)

    def act() -> str:
        keys = wholes(request.POST.getlist("record"))
        made = actions.take_all(issue, keys, seen=request.POST.get("seen", ""), **_who(request))
        return f"已经选入{len(made)}件。"

    return _button(request, issue, act)


@access.desk("gazette.compose")
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """照交来的次序和栏目排:每篇一个次序数、一个栏目。"""
    issue = issue_of(request, pk)

    def act() -> str:
        keys = wholes(request.POST.getlist("article"))
        places = {key: _place(request.POST.get(f"place-{key}", ""), number) for number, key in enumerate(keys, 1)}
        chosen = {key: request.POST.get(f"section-{key}", "") for key in keys}
        known = {str(section.pk): section for section in Section.objects.all()}
        sections = {key: known[value] for key, value in chosen.items() if value in known}
        wanted = sorted(keys, key=lambda key: (places[key], keys.index(key)))
        actions.reorder(issue, wanted, sections=sections, seen=request.POST.get("seen", ""), **_who(request))
        return "已经照这个次序排好。"

    return _button(request, issue, act)


def _place(text: str, usual: int) -> float:
    """The place that was typed in; the one it had, if nothing sensible was."""
    try:
        return float(text[:8])
    except ValueError:
        return float(usual)


@access.desk("gazette.compose")
@require_POST
def sort(request: HttpRequest, pk: int) -> HttpResponse:
    """照规矩排。"""
    issue = issue_of(request, pk)

    def act() -> str:
        actions.sort(issue, seen=request.POST.get("seen", ""), **_who(request))
        return "已经照栏目和文号排好。"

    return _button(request, issue, act)


def _of_meeting(request: HttpRequest) -> dict[str, Any]:
    """What the chronicle says of a public meeting."""
    key = whole(request.GET.get("meeting"))
    rows = Meeting.objects.filter(is_public_at(timezone.now(), "record__")).select_related("record", "agency")
    meeting = rows.filter(pk=key).first() if key else None
    if meeting is None:
        return {}
    return {"on": meeting.held_on, "text": f"{meeting}召开。", "record": meeting.record.index_number}


@access.desk("gazette.compose")
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """大事记加一条。"""
    issue = issue_of(request, pk)
    form = forms.LineForm(request.POST or None, initial=_of_meeting(request) | {"seen": issue.mark})

    def run(data: dict[str, Any]) -> str:
        actions.add_line(
            issue, data["on"], data["text"], record=data["record"], seen=data["seen"], **_who(request)
        )
        return "已经加上。"

    return _step(request, issue, form, run, "大事记加一条", "加上")


@access.desk("gazette.compose")
@require_POST
def build(request: HttpRequest, pk: int) -> HttpResponse:
    """排版。"""
    issue = issue_of(request, pk)

    def act() -> str:
        made = actions.build(issue, **_who(request))
        return f"排好了：PDF{made.page_count}页，EPUB一份，都读回来同稿子核对过。"

    return _button(request, issue, act)


@access.desk("gazette.compose")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """送审签;提醒的逐条写理由。"""
    issue = issue_of(request, pk)
    codes: dict[str, str] = {}
    if issue.stage == IssueStage.PREPARING:
        for found in checks.run(facts.gather(issue, timezone.now())):
            if not found.blocks:
                codes[found.code] = f"{codes[found.code]}；{found.text}" if found.code in codes else found.text
    form = forms.WaiveForm(request.POST or None, codes=codes, initial={"seen": issue.mark, **issue.waived})

    def run(data: dict[str, Any]) -> str:
        actions.submit(issue, reasons=form.reasons(), seen=data["seen"], **_who(request))
        return "已经送审签。由编的人以外的两个人先后审核、签发。"

    return _step(request, issue, form, run, "送审签", "送审签")


@access.desk("gazette.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """审核,或者签发。"""
    issue = issue_of(request, pk)
    form = forms.OpinionForm(request.POST or None, initial={"seen": issue.mark})

    def run(data: dict[str, Any]) -> str:
        done = actions.approve(issue, opinion=data["opinion"], seen=data["seen"], **_who(request))
        return "已经签发，可以出刊。" if done.stage == IssueStage.APPROVED else "已经审核，等另一位签发。"

    return _step(
        request,
        issue,
        form,
        run,
        "审签",
        "同意",
        articles=issue.articles.with_all(),
        waived=sorted(issue.waived.items()),
    )


@access.desk("gazette.approve")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回修改。"""
    issue = issue_of(request, pk)
    form = forms.ReasonForm(request.POST or None, initial={"seen": issue.mark})

    def run(data: dict[str, Any]) -> str:
        actions.send_back(issue, data["reason"], seen=data["seen"], **_who(request))
        return "已经退回。"

    return _step(request, issue, form, run, "退回修改", "退回")


@access.desk("gazette.compose")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """出刊。"""
    issue, now = issue_of(request, pk), timezone.now()
    form = forms.PublishForm(request.POST or None, initial={"seen": issue.mark})

    def run(data: dict[str, Any]) -> str:
        moment: datetime = data["moment"] or now
        actions.publish(issue, moment, by=request.user, at=now, seen=data["seen"])
        return "已经出刊。" if moment <= now else "到时刻自动出刊。"

    return _step(
        request,
        issue,
        form,
        run,
        "出刊",
        "出刊",
        hint=f"封面上印的出版日是{issue.planned_on}。出刊以后不能再改，只能发更正。",
    )


def _article(request: HttpRequest, pk: int) -> Article:
    rows = Article.objects.filter(issue__in=Issue.objects.visible_to(request.user)).with_all()
    return get_object_or_404(rows, pk=pk)


@access.desk("gazette.compose")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉一篇。"""
    article = _article(request, pk)

    def act() -> str:
        actions.drop(article, seen=request.POST.get("seen", ""), **_who(request))
        return f"已经去掉“{article}”。它的去向要另定；要放回来，在下面的清单里选入。"

    return _button(request, article.issue, act)


@access.desk("gazette.compose")
@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """改登新的一版。"""
    article = _article(request, pk)

    def act() -> str:
        actions.refresh(article, seen=request.POST.get("seen", ""), **_who(request))
        return "已经换成新的一版，请重新排版。"

    return _button(request, article.issue, act)


@access.desk("gazette.compose")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正登过的一篇。"""
    article = _article(request, pk)
    now_composed = Issue.objects.filter(stage=IssueStage.PREPARING).newest_first().first()
    form = forms.CorrectForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        printed_in = now_composed if data["printed"] else None
        actions.correct(article, data["was"], data["now"], printed_in=printed_in, **_who(request))
        return "已经更正：旧的一页上写明了" + (f"，印在{printed_in}。" if printed_in else "，还没有印在哪一期。")

    hint = f"更正《{article}》。印出去的一份不改；编着的一期是{now_composed or '（没有）'}。"
    return _step(request, article.issue, form, run, "更正", "更正", hint=hint)


@access.desk("gazette.compose")
@require_POST
def drop_line(request: HttpRequest, pk: int) -> HttpResponse:
    """大事记去掉一条。"""
    rows = ChronicleLine.objects.filter(issue__in=Issue.objects.visible_to(request.user)).select_related("issue")
    made = get_object_or_404(rows, pk=pk)

    def act() -> str:
        actions.drop_line(made, seen=request.POST.get("seen", ""), **_who(request))
        return "已经去掉。"

    return _button(request, made.issue, act)


@access.desk("gazette.deliver")
def deliveries(request: HttpRequest, pk: int) -> HttpResponse:
    """一期的投放:各点位应投、实投、剩余、签收。"""
    issue = issue_of(request, pk)
    rows = list(issue.deliveries.select_related("place", "handler"))
    sums = {name: sum(getattr(row, name) or 0 for row in rows) for name in ("planned", "delivered", "left_over")}
    context = {"issue": issue, "rows": rows, "sums": sums, "is_out": issue.is_public(timezone.now())}
    return private(render(request, "gazette/desk/deliveries.html", context))


@access.desk("gazette.deliver")
@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """排投放计划。"""
    issue = issue_of(request, pk)

    def act() -> str:
        return f"加了{actions.plan(issue, **_who(request))}个点位，份数照上一期。"

    return button_step(request, act, back=reverse("desk:gazette_deliveries", args=[issue.pk]))


@access.desk("gazette.deliver")
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """登记一个点位。"""
    rows = Delivery.objects.visible_to(request.user).select_related("issue__masthead", "place")
    made = get_object_or_404(rows, pk=pk)
    home = reverse("desk:gazette_deliveries", args=[made.issue_id])
    initial = {name: getattr(made, name) for name in ("planned", "delivered", "signed_by", "left_over", "note")}
    form = forms.DeliverForm(request.POST or None, initial=initial | {"on": made.delivered_on, "seen": made.mark})

    def run(data: dict[str, Any]) -> str:
        actions.deliver(made, **data, **_who(request))
        return "已经登记。"

    return form_step(
        request,
        form,
        run,
        back=home,
        trail=f"公报{made.issue}",
        title=f"投放：{made.place}",
        button="登记",
    )


@access.desk("gazette.deliver")
def slip(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """送交单(DOCX,``?kind=pdf`` 给 PDF):给档案馆、图书馆和各点位,列出这一期的目录。"""
    issue = issue_of(request, pk)
    where = get_object_or_404(Place, pk=place)
    row = issue.deliveries.filter(place=where).first()
    if issue.stage != IssueStage.PUBLISHED:
        return redirect("desk:gazette_issue", issue.pk)
    copies = row.delivered if row and row.delivered is not None else row.planned if row else 0
    body = [f"今送上{issue.title}{copies}份，请签收、陈列，供公众免费查阅。本期目录："]
    body += [f"{article.position}. {article}（第{article.pages}页）" for article in issue.articles.with_all()]
    body += [f"网址：{issue.get_absolute_url()}", "签收人：　　　　　　日期：　　　　　　"]
    paper = papers.Paper(
        f"{issue.masthead}送交单",
        tuple(body),
        addressee=str(where),
        signer=str(issue.masthead.agency),
        day=long_day(issue.planned_on),
        seal=False,
    )
    name = f"送交单-{issue.year}-{issue.code}-{where}"
    if request.GET.get("kind") == "pdf":
        fonts = papers.Fonts.find(Path(settings.GONGKAI_DATA) / "fonts")
        return download(f"{name}.pdf", papers.pdf(paper, fonts))
    return download(f"{name}.docx", papers.docx(paper))
