"""电视问政:工作台的场次和问题,公众看的清单。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.org import access

from .. import actions
from .. import televised_forms as forms
from ..actions.televised import BROADCAST_FIELDS
from ..models import Broadcast, TelevisedIssue
from ..terms import IssueSource, IssueState
from .stepping import step_page


def sums(broadcast: Broadcast) -> dict[str, Any]:
    """How many issues by source and by state; either sums to all."""
    rows = list(broadcast.issues.values_list("source", "state"))
    return {
        "total": len(rows),
        "sources": [(one.label, sum(row[0] == one for row in rows)) for one in IssueSource],
        "states": [(one.label, sum(row[1] == one for row in rows)) for one in IssueState],
    }


def _broadcasts(request: HttpRequest, rows: Any, **options: Any) -> Any:
    closed = Count("issues", filter=Q(issues__state=IssueState.CLOSED))
    return page(
        rows.annotate(total=Count("issues"), closed=closed), request.GET, keys=("held_on", "pk"), **options
    )


@access.desk("engagement.view")
def broadcasts(request: HttpRequest) -> HttpResponse:
    """场次。"""
    rows = Broadcast.objects.visible_to(request.user).select_related("agency")
    context = {
        "page": _broadcasts(request, rows),
        "may_write": access.may(request.user, "engagement.tv"),
    }
    return private(render(request, "engagement/desk/broadcasts.html", context))


def broadcast_of(request: HttpRequest, pk: int) -> Broadcast:
    """A broadcast that this person may see; 404 for any other."""
    return get_object_or_404(Broadcast.objects.visible_to(request.user).select_related("agency"), pk=pk)


@access.desk("engagement.tv")
def new_broadcast(request: HttpRequest) -> HttpResponse:
    """登记一场。"""
    form = forms.BroadcastForm(request.POST or None, user=request.user, on=timezone.localdate())

    def run(data: dict[str, Any]) -> HttpResponse:
        made = actions.hold_broadcast(data["agency"], data, by=request.user, at=timezone.now())
        return redirect(made.desk_url)

    home = reverse("desk:engagement_broadcasts")
    return step_page(request, form, run, "登记电视问政", "登记", home)


@access.desk("engagement.view")
def broadcast(request: HttpRequest, pk: int) -> HttpResponse:
    """一场:问题和它们办到哪一步。"""
    broadcast = broadcast_of(request, pk)
    context = {
        "broadcast": broadcast,
        "issues": _late(broadcast.issues.select_related("owner", "broadcast").prefetch_related("steps")),
        "may_write": access.may(request.user, "engagement.tv", broadcast.agency),
        **sums(broadcast),
    }
    return private(render(request, "engagement/desk/broadcast.html", context))


def _late(rows: Any) -> list[Any]:
    on, found = timezone.localdate(), list(rows)
    for issue in found:
        issue.late = issue.is_late(on)
    return found


@access.desk("engagement.tv")
def edit_broadcast(request: HttpRequest, pk: int) -> HttpResponse:
    """改一场。"""
    broadcast = broadcast_of(request, pk)
    access.require(request.user, "engagement.tv", broadcast.agency)
    initial = {name: getattr(broadcast, name) for name in BROADCAST_FIELDS}
    form = forms.BroadcastForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)
    del form.fields["agency"]

    def run(data: dict[str, Any]) -> str:
        actions.save_broadcast(broadcast, data, by=request.user, at=timezone.now())
        return "已经保存。"

    home = broadcast.desk_url
    return step_page(request, form, run, "改一场", "保存", home, trail=broadcast)


@access.desk("engagement.tv")
def new_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """场上的一个问题。"""
    broadcast = broadcast_of(request, pk)
    access.require(request.user, "engagement.tv", broadcast.agency)
    form = forms.IssueForm(request.POST or None, on=timezone.localdate())

    def run(data: dict[str, Any]) -> str:
        source = IssueSource.from_value(data["source"])
        actions.add_issue(
            broadcast, source, data["title"], data["text"], data["owner"], by=request.user, at=timezone.now()
        )
        return "已经登记，责任单位的首页上看得到。"

    home = broadcast.desk_url
    return step_page(request, form, run, "登记问题", "登记", home, trail=broadcast)


@access.desk("engagement.tv")
@require_POST
def list_issues(request: HttpRequest, pk: int) -> HttpResponse:
    """公布清单。"""
    broadcast = broadcast_of(request, pk)
    access.require(request.user, "engagement.tv", broadcast.agency)

    def run() -> str:
        actions.list_issues(broadcast, by=request.user, at=timezone.now())
        return "清单已经公布，以后每一步公众都看得到。"

    return button_step(request, run, back=broadcast.desk_url)


@access.desk("engagement.view")
def issues(request: HttpRequest) -> HttpResponseBase:
    """问题清单:跨场次,按承诺的日子。"""
    given, on = forms.IssueFilter(request.GET), timezone.localdate()
    rows = TelevisedIssue.objects.visible_to(request.user).select_related("owner", "broadcast")
    rows = rows.prefetch_related("steps")
    rows = given.narrowed(rows, "state")
    if given.value_of("late"):
        rows = rows.late(on)
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        return private(csv_stream("televised", HEAD, (_cells(one, on) for one in rows.iterator(1000))))
    result = page(rows, request.GET)
    _late(result.rows)
    context = {
        "page": result,
        "filter": given,
        "may_export": access.may(request.user, "engagement.export"),
    }
    return private(render(request, "engagement/desk/issues.html", context))


HEAD = ["场次", "哪天", "来源", "问题", "责任单位", "现在", "应承诺的日子", "承诺办到的日子", "逾期"]


def _cells(issue: TelevisedIssue, on: Any) -> list[object]:
    return [
        issue.broadcast,
        issue.broadcast.held_on,
        issue.get_source_display(),
        issue.title,
        issue.owner,
        issue.get_state_display(),
        issue.promise_due_on,
        issue.promise_on,
        "是" if issue.is_late(on) else "",
    ]


@dataclass(frozen=True, slots=True)
class Act:
    """问题的一步:名称、权限、从哪个环节、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    state: IssueState
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str

    def unit(self, issue: TelevisedIssue) -> Any:
        """Whose right is asked for: the responsible unit's, or the host's."""
        return issue.broadcast.agency if self.right == "engagement.tv" else issue.owner


ACTS: dict[str, Act] = {
    "promise": Act(
        "承诺",
        "engagement.handle",
        IssueState.FOUND,
        forms.PromiseForm,
        lambda issue, data, **who: actions.promise_issue(
            issue, data["promise"], data["promise_on"], seen=data["seen"], **who
        ),
        "已经承诺，到那一天首页会提醒。",
    ),
    "settle": Act(
        "报结果",
        "engagement.handle",
        IssueState.PROMISED,
        forms.ResultForm,
        lambda issue, data, **who: actions.settle_issue(issue, data["result"], seen=data["seen"], **who),
        "已经报结果，等主办单位回访。",
    ),
    "revisit": Act(
        "回访",
        "engagement.tv",
        IssueState.SETTLED,
        forms.RevisitIssueForm,
        lambda issue, data, **who: actions.revisit_issue(
            issue, data["kept"] == "yes", data["note"], seen=data["seen"], **who
        ),
        "已经记下回访。",
    ),
}


def issue_of(request: HttpRequest, pk: int) -> TelevisedIssue:
    """An issue that this person may see; 404 for any other."""
    rows = TelevisedIssue.objects.visible_to(request.user).select_related("owner", "broadcast__agency")
    return get_object_or_404(rows, pk=pk)


@access.desk("engagement.view")
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """一个问题:每一步。"""
    issue = issue_of(request, pk)
    context = {
        "issue": issue,
        "late": issue.is_late(timezone.localdate()),
        "steps": issue.steps.select_related("by"),
        "acts": [
            (key, act.label)
            for key, act in ACTS.items()
            if issue.state == act.state and access.may(request.user, act.right, act.unit(issue))
        ],
    }
    return private(render(request, "engagement/desk/issue.html", context))


@access.desk("engagement.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """问题的一步。"""
    issue, found = issue_of(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, found.right, found.unit(issue))
    form = found.form(request.POST or None, initial={"seen": issue.mark})

    def run(data: dict[str, Any]) -> str:
        found.run(issue, data, by=request.user, at=timezone.now())
        return found.done

    home = issue.get_absolute_url()
    return step_page(request, form, run, found.label, found.label, home, trail=issue)


@require_safe
def public_broadcasts(request: HttpRequest) -> HttpResponse:
    """公众:场次,各有几个问题、办结了几个。"""
    context = {"page": _broadcasts(request, Broadcast.objects.public().select_related("agency"), size=20)}
    return render(request, "engagement/public/broadcasts.html", context)


@require_safe
def public_broadcast(request: HttpRequest, pk: int) -> HttpResponse:
    """公众:一场的问题清单,每个问题的承诺、结果、回访。"""
    broadcast = get_object_or_404(Broadcast.objects.public().select_related("agency"), pk=pk)
    rows, state = (
        broadcast.issues.select_related("owner", "broadcast").prefetch_related("steps"),
        request.GET.get("state", "")[:10],
    )
    if state:
        rows = rows.filter(state=state)
    context = {
        "broadcast": broadcast,
        "issues": _late(rows),
        "state": state,
        "choices": IssueState.choices(),
        **sums(broadcast),
    }
    return render(request, "engagement/public/broadcast.html", context)
