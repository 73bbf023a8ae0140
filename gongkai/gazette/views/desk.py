"""工作台的公报编辑:各期、一期、刊名、栏目。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.decisions.models import Meeting
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import form_step
from gongkai.law import gazette as law
from gongkai.law.gazette import IssueKind
from gongkai.org import access, site
from gongkai.records.models import is_public_at

from .. import actions, checks, facts, figures, forms, register
from ..manuscript import book
from ..models import Issue, Masthead, Section
from ..output import file_name
from ..terms import FormKind, IssueStage
from ..typeset import rendered


def issue_of(request: HttpRequest, pk: int) -> Issue:
    """An issue that this person may see; 404 for any other."""
    rows = Issue.objects.visible_to(request.user).select_related("masthead__agency", "composed_by", "published_by")
    return get_object_or_404(rows, pk=pk)


def maker(request: HttpRequest) -> Masthead | None:
    """The gazette as it is now."""
    return Masthead.objects.at(timezone.localdate())


@access.desk("gazette.approve")
def issues(request: HttpRequest) -> HttpResponse:
    """各期,新的在前。"""
    on, head = timezone.localdate(), maker(request)
    if head is not None:
        access.require(request.user, "gazette.approve", head.agency)
    chosen = forms.IssueFilter(request.GET)
    rows = Issue.objects.visible_to(request.user).select_related("masthead")
    rows = chosen.narrowed(rows, "year", "stage")
    result = page(rows, request.GET, keys=("planned_on", "pk"), size=30)
    for row in result.rows:
        row.late = row.stage != IssueStage.PUBLISHED and row.due_on < on
    behind = figures.overdue(on)
    context = {
        "page": result,
        "filter": chosen,
        "head": head,
        "behind": behind,
        "behind_due": law.issue_due(behind) if behind else None,
        "gaps": facts.gaps(),
        "may": bool(head and access.may(request.user, "gazette.compose", head.agency)),
        "sections": Section.objects.all(),
        "last": law.months_on(law.month_of(on), -1),
    }
    return private(render(request, "gazette/desk/issues.html", context))


@access.desk("gazette.compose")
def new_issue(request: HttpRequest) -> HttpResponse:
    """建立一期。"""
    head = maker(request)
    if head is None:
        return redirect("desk:gazette_masthead")
    on = timezone.localdate()
    last = Issue.objects.in_sequence().newest_first().first()
    month = law.months_on((last.month_to or last.month) if last else law.month_of(on), 1 if last else -1)
    form = forms.IssueForm(request.POST or None, initial={"month": month, "planned_on": on})

    def run(data: dict[str, Any]) -> HttpResponse:
        issue = actions.open_issue(
            head,
            data["month"],
            data["planned_on"],
            kind=IssueKind.from_value(data["kind"]),
            month_to=data["month_to"],
            counted=data["counted"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("desk:gazette_issue", issue.pk)

    return form_step(
        request,
        form,
        run,
        trail="政府公报",
        title="建立一期",
        button="建立",
        home=reverse("desk:gazette_issues"),
        hint="必登、应登的当场选进来，照栏目和文号排好。",
    )


@access.desk("gazette.approve")
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """一期:篇目、检查、大事记、成品、审签、现在可以办的。"""
    issue, at = issue_of(request, pk), timezone.now()
    agency = issue.masthead.agency
    articles = list(issue.articles.with_all())
    for article in articles:
        article.gone = not article.is_shown(at)
    found = checks.run(facts.gather(issue, at)) if issue.stage != IssueStage.PUBLISHED else []
    may = {name: access.may(request.user, f"gazette.{name}", agency) for name in ("compose", "approve", "deliver")}
    given = list(issue.approvals.select_related("by"))
    editing = may["compose"] and issue.stage == IssueStage.PREPARING
    context = {
        "issue": issue,
        "articles": articles,
        "findings": found,
        "blocked": any(row.blocks for row in found),
        "may": may,
        "editing": editing,
        "forms": issue.forms.all(),
        "approvals": given,
        "chronicle": issue.chronicle.select_related("record"),
        "sections": Section.objects.valid_in(issue.year),
        "late": issue.stage != IssueStage.PUBLISHED and issue.due_on < timezone.localdate(),
        "can_approve": may["approve"]
        and issue.stage == IssueStage.REVIEW
        and request.user.pk != issue.composed_by_id,
        "is_out": issue.is_public(at),
        "fresh": {form.kind for form in issue.forms.all()} == set(FormKind),
        "corrections": issue.corrections.select_related("article__issue"),
        "offered": _offered(issue, at) if editing else [],
        "meetings": _meetings(issue, at) if editing else [],
    }
    return private(render(request, "gazette/desk/issue.html", context))


def _offered(issue: Issue, at: Any) -> list[register.Entry]:
    """What may still be taken in: of these months, not yet decided."""
    rows = register.entries(issue.month, at, last=issue.month_to or issue.month)
    return [entry for entry in rows if entry.duty != law.Duty.NEVER and not entry.is_decided][:40]


def _meetings(issue: Issue, at: Any) -> list[Meeting]:
    """Meetings of these months that were made public and are not in the chronicle yet."""
    rows = Meeting.objects.filter(is_public_at(at, "record__"), held_on__gte=issue.month, held_on__lte=issue.until)
    return list(
        rows.exclude(record__in=issue.chronicle.exclude(record=None).values("record")).select_related("record")
    )


@access.desk("gazette.approve")
def form(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """清样:现在的稿子排出来的一份。"""
    issue = issue_of(request, pk)
    if kind not in list(FormKind):
        raise Http404("没有这种成品。")
    content = rendered(book(issue, timezone.now()), FormKind(kind))
    return download(file_name(issue, FormKind(kind)), content)


@access.desk("gazette.compose")
def masthead(request: HttpRequest) -> HttpResponse:
    """刊名和编辑部;没有立过的,立。"""
    on, head = timezone.localdate(), maker(request)
    agency = head.agency if head else site.office(on)
    if agency is None:
        raise Http404("没有承办公报的单位。")
    access.require(request.user, "gazette.compose", agency)
    initial = (
        {name: getattr(head, name) for name in forms.MastheadForm.base_fields if name != "seen"}
        | {"seen": head.mark}
        if head
        else {
            "sponsor": agency.parent or agency,
            "since_on": on,
            "phone": agency.phone,
            "address": agency.address,
            "first_running": 1,
        }
    )
    filled = forms.MastheadForm(request.POST or None, initial=initial)

    def run(data: dict[str, Any]) -> str:
        seen = data.pop("seen") or None
        renamed = head is not None and data["name"] != head.name and data["since_on"] > head.since_on
        actions.save_masthead(
            agency,
            data,
            masthead=None if renamed else head,
            seen=None if renamed else seen,
            by=request.user,
            at=timezone.now(),
        )
        return "已经保存。"

    return form_step(
        request,
        filled,
        run,
        back="desk:gazette_issues",
        trail="政府公报",
        title="刊名和编辑部",
        button="保存",
        hint="改刊名的，请把“自何日起用”改成改名的那一天，旧刊名留着。",
    )


@access.desk("gazette.compose")
def section(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """立一个栏目,或者改。"""
    head = maker(request)
    if head is None:
        return redirect("desk:gazette_masthead")
    access.require(request.user, "gazette.compose", head.agency)
    old = get_object_or_404(Section, pk=pk) if pk else None
    names = list(forms.SectionForm.base_fields)
    initial = (
        {name: getattr(old, name) for name in names}
        if old
        else {"since_year": timezone.localdate().year, "order": 100}
    )
    filled = forms.SectionForm(request.POST or None, initial=initial)

    def run(data: dict[str, Any]) -> str:
        actions.save_section(head.agency, data, section=old, by=request.user, at=timezone.now())
        return "已经保存。"

    return form_step(
        request,
        filled,
        run,
        back="desk:gazette_issues",
        trail="政府公报",
        title=f"栏目：{old}" if old else "立一个栏目",
        button="保存",
    )
