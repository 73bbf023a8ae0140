"""一件信息在工作台的样子,和能对它办的每一步:送审、审核、撤下、恢复、更正、关系、邀请外部审核。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.moments import minute
from gongkai.desk.responses import private
from gongkai.desk.submitting import Act, button_step, form_step
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.models import LogEntry

from .. import actions, checks, on_record, review, types
from ..forms import (
    ConfirmForm,
    InviteForm,
    JudgeForm,
    NoteForm,
    OpinionForm,
    ReasonForm,
    RelateForm,
    RescheduleForm,
)
from ..models import Edition, Record, Relation
from ..terms import ReviewKind, Verdict
from ..withdraw_form import WithdrawForm

LOG_ROWS = 30


def record_of(request: HttpRequest, pk: int) -> Record:
    """A record that this person may see; 404 for any other."""
    return get_object_or_404(Record.objects.visible_to(request.user).select_related("agency"), pk=pk)


@access.desk("records.view")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """一件信息:正文、要素、检查、审核经过、现在可以办的步骤。"""
    record = record_of(request, pk)
    on = timezone.localdate()
    draft, live = record.draft, record.live
    shown = draft or live or record.editions.first()
    steps = review.steps_for(record, draft, request.user, timezone.now())
    return render(
        request,
        "records/desk/record.html",
        {
            "record": record,
            "edition": shown,
            "draft": draft,
            "live": live,
            "type": types.get(record.type),
            "is_public": record.is_public(timezone.now()),
            "steps": [step for step in steps if step.allowed],
            "blocked": [step for step in steps if not step.allowed],
            "checks": checks.run(draft, on=on) if draft else [],
            "reviews": draft.reviews.select_related("by") if draft else [],
            "attachments": shown.attachments.all(),
            "editions": record.editions.select_related("author", "saved_by"),
            "withdrawals": record.withdrawals.select_related("by", "successor"),
            "relations_out": record.relations_out.select_related("target"),
            "relations_in": record.relations_in.select_related("source"),
            "log": LogEntry.objects.filter(object_type="records.record", object_id=str(pk)).select_related("by")[
                :LOG_ROWS
            ],
            "on": on,
            "may_urge": access.may(request.user, "records.urge", record.agency),
        },
    )


def _step(request: HttpRequest, record: Record, form: forms.Form, act: Act, **look: Any) -> HttpResponse:
    """One form over a record: ``title``, ``button``, and if need be ``hint``, ``danger`` and what is shown beside."""
    back = reverse("desk:record", args=[record.pk])
    return form_step(request, form, act, "records/desk/step.html", back=back, record=record, **look)


def need_draft(record: Record) -> Edition:
    draft = record.draft
    if draft is None:
        raise Http404("这件信息没有在办的版本。")
    return draft


@access.desk("records.write")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """送审。有“请核对”的先逐条核对,没有的直接送。"""
    record = record_of(request, pk)
    draft = need_draft(record)
    findings = checks.to_confirm(draft, on=timezone.localdate())
    answered = request.method == "POST" and ("confirming" in request.POST or not findings)
    data = {"confirming": "on"} if answered and not findings else request.POST if answered else None
    form = ConfirmForm(data, findings=findings)

    def act(_: dict[str, Any]) -> str:
        actions.submit(draft, by=request.user, at=timezone.now(), confirmed=form.confirmed())
        return f"{titled(draft.title)}已经送审，初审人会在待办里看到。"

    blocks = [
        finding
        for finding in checks.run(draft, on=timezone.localdate())
        if finding.severity is checks.Severity.BLOCK
    ]
    return form_step(
        request,
        form,
        act,
        "records/desk/confirm.html",
        back=reverse("desk:record", args=[pk]),
        record=record,
        checks=blocks,
    )


@access.desk("records.write")
@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回送审,已有的审核意见作废。"""

    def act() -> str:
        actions.recall(need_draft(record_of(request, pk)), by=request.user, at=timezone.now())
        return "已经撤回，可以继续修改。"

    return button_step(request, act, back="desk:record", pk=pk)


JUDGE_RIGHTS = {
    ReviewKind.FIRST: "records.first",
    ReviewKind.SECOND: "records.second",
    ReviewKind.FINAL: "records.final",
    ReviewKind.SECRECY: "records.secrecy",
    ReviewKind.LEGAL: "records.legal",
}


@access.desk("records.view")
def judge(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """一道审核。"""
    try:
        step_kind = ReviewKind(kind)
        right = JUDGE_RIGHTS[step_kind]
    except (ValueError, KeyError):
        raise Http404("没有这一道审核。") from None
    record = record_of(request, pk)
    access.require(request.user, right, record.agency)
    draft = need_draft(record)
    final = step_kind is ReviewKind.FINAL
    form = JudgeForm(request.POST or None, final=final, initial={"seen": draft.mark})

    def act(data: dict[str, Any]) -> str:
        verdict, seen = Verdict(data["verdict"]), data["seen"]
        actions.judge(
            draft,
            step_kind,
            verdict,
            data["opinion"],
            by=request.user,
            at=timezone.now(),
            publish_at=data.get("publish_at"),
            seen=seen,
        )
        return review.next_sentence(record)

    return _step(
        request,
        record,
        form,
        act,
        title=step_kind.label,
        button=f"提交{step_kind.label}意见",
        edition=draft,
        checks=checks.run(draft, on=timezone.localdate()),
        handed_in=review.handed_in(draft),
        changes=review.compare(record.live, draft) if record.live else None,
    )


@access.desk("records.final")
def reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """改定时发布的时刻。"""
    record = record_of(request, pk)
    access.require(request.user, "records.final", record.agency)

    def act(data: dict[str, Any]) -> str:
        done = actions.reschedule(record, data["publish_at"], by=request.user, at=timezone.now())
        return f"已经改为{minute(done.published_at)}公开。" if data["publish_at"] else "公众现在看得到了。"

    form = RescheduleForm(request.POST or None, initial={"publish_at": record.published_at})
    hint = "到这一刻以前公众看不到。要撤回不发的，请用“撤下”。"
    return _step(request, record, form, act, title="改发布时刻", button="改到这一刻", hint=hint)


@access.desk("records.write")
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """更正已公开的信息:从公开版开一个新版。"""
    record = record_of(request, pk)

    def act(data: dict[str, Any]) -> str:
        actions.revise(record, by=request.user, at=timezone.now(), change_note=data["change_note"])
        return "已开出新版本，改好以后送审；在签发以前，公众看到的仍是现在的版本。"

    return _step(request, record, NoteForm(request.POST or None), act, title="更正", button="开出新版本")


@access.desk("records.write")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """作废草稿。"""
    record = record_of(request, pk)

    def act(data: dict[str, Any]) -> str:
        actions.discard(need_draft(record), reason=data["reason"], by=request.user, at=timezone.now())
        return "草稿已经作废，内容和经过仍可在版本里查到。"

    form = ReasonForm(request.POST or None)
    return _step(request, record, form, act, title="作废草稿", button="作废这份草稿", danger=True)


@access.desk("records.withdraw")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤下。"""
    record = record_of(request, pk)

    hanging, things = actions.hanging(record), on_record.hanging(record)

    def act(_: dict[str, Any]) -> str:
        given = form.values()
        actions.withdraw(record, given.pop("kind"), by=request.user, at=timezone.now(), **given)
        return "已经撤下，公众现在看到的是您选定种类的页面。"

    form = WithdrawForm(
        request.POST or None,
        initial={"on": timezone.localdate()},
        hanging=hanging,
        things=things,
        related=actions.related(record, request.user),
        sharing=actions.sharing(record),
    )
    said = []
    if form.sharing:
        said.append("同样的附件还在别的公开信息里：逐件勾选一并撤下，或者写明为什么留着。")
    if hanging or things:
        said.append(
            "解读、附属的信息、云诊所的事项默认一并撤下、结束，留着的要写理由，恢复公开时它们不跟着恢复；废止、失效的，诊所里自动注明，不结束。"
        )
    if files := [file.name for file in record.live.attachments.all()] if record.live else []:
        said.append(
            f"附件（{'、'.join(files[:6])}{f'等{len(files)}个' if len(files) > 6 else ''}）随正文：废止、失效的仍可下载，其余的看不到了。"
        )
    return _step(
        request,
        record,
        form,
        act,
        title="撤下",
        button="撤下并说明原因",
        danger=True,
        kinds=True,
        hint="".join(said),
    )


@access.desk("records.withdraw")
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复公开。"""
    record = record_of(request, pk)

    def act(data: dict[str, Any]) -> str:
        actions.lift(record, reason=data["reason"], by=request.user, at=timezone.now())
        return "已经恢复公开。"

    return _step(request, record, ReasonForm(request.POST or None), act, title="恢复公开", button="恢复公开")


@access.desk("records.write")
def relate(request: HttpRequest, pk: int) -> HttpResponse:
    """建立关系。"""
    record = record_of(request, pk)

    def act(data: dict[str, Any]) -> str:
        actions.relate(record, data["target"], data["kind"], by=request.user, at=timezone.now(), note=data["note"])
        return "关系已经建立，两边的页面都会显示。"

    return _step(request, record, RelateForm(request.POST or None), act, title="建立关系", button="建立关系")


@access.desk("records.write")
@require_POST
def unrelate(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """解除关系。"""
    found = get_object_or_404(Relation, pk=relation, source=record_of(request, pk))

    def act() -> str:
        actions.unrelate(found, by=request.user, at=timezone.now())
        return "关系已经解除。"

    return button_step(request, act, back="desk:record", pk=pk)


@access.desk("records.invite")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """请外部人员审一次:链接只显示这一回。"""
    record = record_of(request, pk)

    def act(data: dict[str, Any]) -> HttpResponse:
        token = actions.invite(need_draft(record), data["name"], by=request.user, at=timezone.now())
        link = request.build_absolute_uri(reverse("public:outside_review", args=[token]))
        return render(request, "records/desk/invited.html", {"record": record, "link": link, "name": data["name"]})

    form = InviteForm(request.POST or None)
    return _step(request, record, form, act, title="邀请外部审核", button="生成一次性链接")


@access.desk("records.view")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """两个版本逐段对照。"""
    record = record_of(request, pk)
    editions = {edition.nth: edition for edition in record.editions.all()}
    if len(editions) < 2:
        return redirect("desk:record", pk)
    order = sorted(editions)

    def pick(name: str, default: int) -> Edition:
        value = request.GET.get(name, "")
        return editions.get(int(value) if value.isdecimal() and len(value) < 10 else default) or editions[default]

    new = pick("new", order[-1])
    old = pick("old", order[-2])
    return render(
        request,
        "records/desk/compare.html",
        {"record": record, "old": old, "new": new, "editions": order, "blocks": review.compare(old, new)},
    )


def outside_review(request: HttpRequest, token: str) -> HttpResponse:
    """外部审核:凭一次性链接看稿、写意见;用过、到期、发布以后都只见说明(C104)。"""
    invitation = review.invitation(token, at=timezone.now())
    form = OpinionForm(request.POST or None)
    context: dict[str, Any] = {"invitation": invitation, "form": form}
    if invitation and form.is_valid():
        actions.opine(token, form.cleaned_data["opinion"], at=timezone.now())
        context |= {"done": True}
    return private(render(request, "records/desk/outside.html", context, status=200 if invitation else 410))
