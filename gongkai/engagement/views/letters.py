"""工作台的来信:清单、一封、每一步。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.personal import masked
from gongkai.adapters.vault import mask_email, mask_name, mask_phone
from gongkai.desk.export import csv_stream
from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step
from gongkai.law.engagement import LetterKind, is_bad, letter_limit
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency

from .. import actions, forms
from ..models import Letter
from ..terms import OPEN_STATES, Elsewhere, LetterState
from .stepping import step_page

R, H, D, P = LetterState.RECEIVED, LetterState.HANDLING, LetterState.DRAFTED, LetterState.REPLIED


@dataclass(frozen=True, slots=True)
class Act:
    """一步:名称、权限、从哪些环节、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    states: tuple[LetterState, ...]
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str
    main: bool = False
    hint: str = ""


def _where(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda letter, data, **who: action(
        letter, Elsewhere.from_value(data["where"]), data["note"], seen=data["seen"], **who
    )


ACTS: dict[str, Act] = {
    "accept": Act(
        "受理",
        "engagement.handle",
        (R,),
        forms.EmptyForm,
        lambda letter, data, **who: actions.accept(letter, seen=data["seen"], **who),
        "已经受理。",
        main=True,
    ),
    "draft": Act(
        "拟答",
        "engagement.handle",
        (H, D),
        forms.DraftForm,
        lambda letter, data, **who: actions.draft_reply(
            letter, data["text"], promise=data["promise"], promise_on=data["promise_on"], seen=data["seen"], **who
        ),
        "已经拟答，等审核。",
        main=True,
    ),
    "reply": Act(
        "审核、答复",
        "engagement.review",
        (D,),
        forms.ReplyForm,
        lambda letter, data, **who: actions.reply(
            letter, answered_all=data["answered_all"], seen=data["seen"], **who
        ),
        "已经答复，来信人看得到。",
        main=True,
        hint="拟答的人不审核自己的。",
    ),
    "return": Act(
        "退回拟答",
        "engagement.review",
        (D,),
        forms.ReasonForm,
        lambda letter, data, **who: actions.return_draft(letter, data["reason"], seen=data["seen"], **who),
        "已经退回。",
    ),
    "transfer": Act(
        "转给别的单位",
        "engagement.handle",
        (R, H),
        forms.TransferForm,
        lambda letter, data, **who: actions.transfer(
            letter, data["agency"], data["reason"], seen=data["seen"], **who
        ),
        "已经转给那个单位。",
        hint="期限不因为转办重算。",
    ),
    "extend": Act(
        "延长",
        "engagement.handle",
        (H, D),
        forms.ExtendForm,
        lambda letter, data, **who: actions.extend(letter, data["days"], data["reason"], seen=data["seen"], **who),
        "已经延长。",
    ),
    "decline": Act(
        "不受理", "engagement.handle", (R, H), forms.WhereForm, _where(actions.decline), "已经告知去处。"
    ),
    "convert": Act(
        "转到别的渠道",
        "engagement.handle",
        (R, H),
        forms.ConvertForm,
        lambda letter, data, **who: actions.convert(
            letter,
            Elsewhere.from_value(data["where"]),
            data["note"],
            number=data["number"],
            record=data["record"],
            seen=data["seen"],
            **who,
        ),
        "已经转出。",
        hint="两边的编号都留着，来信人看得到。",
    ),
    "help": Act(
        "请别的单位协办",
        "engagement.handle",
        (H,),
        forms.HelpForm,
        lambda letter, data, **who: actions.ask_help(
            letter, data["agency"], data["reason"], seen=data["seen"], **who
        ),
        "已经请它协办。",
        hint="它看得到信，看不到联系方式的原文和附的文件；答复仍由本单位作出，期限不重算。",
    ),
    "helped": Act(
        "提出协办意见",
        "engagement.handle",
        OPEN_STATES,
        forms.ReasonForm,
        lambda letter, data, **who: actions.answer_help(letter, _helper(letter, who["by"]), data["reason"], **who),
        "已经告诉主办单位。",
        main=True,
    ),
    "revisit": Act(
        "差评回访",
        "engagement.handle",
        (P,),
        forms.RevisitForm,
        lambda letter, data, **who: actions.revisit(
            letter,
            data["note"],
            promise=data["promise"],
            promise_on=data["promise_on"],
            seen=data["seen"],
            **who,
        ),
        "已经记下回访。",
        main=True,
    ),
    "correct": Act(
        "信息改好了",
        "engagement.handle",
        (LetterState.CONVERTED,),
        forms.ReasonForm,
        lambda letter, data, **who: actions.correct(letter, data["reason"], seen=data["seen"], **who),
        "已经记下，来信人看得到。",
        main=True,
    ),
    "merge": Act(
        "并案",
        "engagement.handle",
        (R, H),
        forms.MergeForm,
        lambda letter, data, **who: actions.merge(letter, data["into"], seen=data["seen"], **who),
        "已经并案。",
    ),
    "publish": Act(
        "公开",
        "engagement.review",
        (P,),
        forms.PublishForm,
        lambda letter, data, **who: actions.publish_letter(
            letter, data["title"], data["text"], data["answer"], seen=data["seen"], **who
        ),
        "已经公开。",
    ),
    "unpublish": Act(
        "不再公开",
        "engagement.review",
        (P,),
        forms.ReasonForm,
        lambda letter, data, **who: actions.unpublish_letter(letter, data["reason"], **who),
        "已经不再公开。",
    ),
    "keep": Act(
        "承诺办到了",
        "engagement.handle",
        (P,),
        forms.ReasonForm,
        lambda letter, data, **who: actions.keep_promise(letter, data["reason"], **who),
        "已经记下。",
    ),
}


def _possible(letter: Letter, key: str, act: Act) -> bool:
    if letter.state not in act.states:
        return False
    if key == "publish":
        return letter.consents_content and letter.published_at is None and letter.kind != LetterKind.REPORT
    if key == "unpublish":
        return letter.published_at is not None
    if key == "keep":
        return letter.promise_on is not None and letter.promise_kept_at is None
    if key == "revisit":
        return is_bad(letter.rating or 5) and letter.revisited_at is None
    if key == "correct":
        return letter.where == Elsewhere.CORRECTION and letter.corrected_at is None
    return key != "extend" or not letter.extended_reason


def _doer(letter: Letter, key: str, user: Any) -> Agency | None:
    """The unit that does this act: the lead unit, or the one asked to help; None if nobody asked."""
    if key != "helped":
        return letter.agency
    waiting = letter.helps.filter(access.within(user, "engagement.handle"), answered_at=None)
    found = waiting.select_related("agency").first()
    return found and found.agency


def _helper(letter: Letter, user: Any) -> Agency:
    """The unit of this person that was asked to help."""
    found = _doer(letter, "helped", user)
    if found is None:
        raise RuleBroken("没有等着您的单位回话的协办", fix="请刷新页面看最新的环节。")
    return found


def letter_of(request: HttpRequest, pk: int) -> Letter:
    """A letter that this person may see; 404 for any other."""
    rows = Letter.objects.visible_to(request.user).select_related(
        "agency", "merged_into", "drafted_by", "replied_by", "record"
    )
    return get_object_or_404(rows, pk=pk)


@access.desk("engagement.view")
def letters(request: HttpRequest) -> HttpResponseBase:
    """来信清单,按应答复日排。"""
    on, given = timezone.localdate(), forms.LetterFilter(request.GET)
    rows = Letter.objects.visible_to(request.user).select_related("agency")
    if number := given.value_of("number"):
        rows = rows.filter(Q(number__icontains=number) | Q(elsewhere_number__icontains=number))
    rows = given.narrowed(rows, "agency", "kind", "state")
    if given.value_of("late"):
        rows = rows.filter(state__in=OPEN_STATES, due_on__lt=on)
    elif not given.is_set:
        rows = rows.filter(state__in=OPEN_STATES)
    if request.GET.get("format") == "csv":
        access.require(request.user, "engagement.export")
        return private(csv_stream("letters", HEAD, (_cells(one, on) for one in rows.iterator(chunk_size=1000))))
    result = page(rows, request.GET, keys=("due_on", "pk"), ascending=True)
    for row in result.rows:
        row.late = row.is_late(on)
    context = {"page": result, "filter": given, "may_export": access.may(request.user, "engagement.export")}
    return private(render(request, "engagement/desk/letters.html", context))


HEAD = ["编号", "种类", "主办单位", "收到", "应答复日", "环节", "答复", "逾期", "评价"]


def _cells(letter: Letter, on: Any) -> list[object]:
    replied = minute(letter.replied_at) if letter.replied_at else ""
    return [
        letter.number,
        letter.get_kind_display(),
        letter.agency,
        minute(letter.received_at),
        letter.due_on,
        letter.get_state_display(),
        replied,
        "是" if letter.is_late(on) else "",
        letter.rating,
    ]


@access.desk("engagement.view")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """一封来信。"""
    return _page(request, letter_of(request, pk), None)


def _page(request: HttpRequest, letter: Letter, clear: dict[str, str] | None) -> HttpResponse:
    masks = {"name": mask_name, "phone": mask_phone, "email": mask_email}
    labels = {"name": "称呼", "phone": "电话", "email": "邮箱"}
    shown = clear or {key: masks[key](value) for key, value in letter.contact.items()}
    context = {
        "letter": letter,
        "late": letter.is_late(timezone.localdate()),
        "limit": letter_limit(LetterKind.from_value(letter.kind), letter.received_on),
        "contact": [(labels[key], value) for key, value in shown.items()],
        "clear": clear is not None,
        "may_read": access.may(request.user, "engagement.personal", letter.agency),
        "files": letter.files.select_related("seen_by"),
        "acts": [
            (key, act)
            for key, act in ACTS.items()
            if _possible(letter, key, act)
            and (doer := _doer(letter, key, request.user)) is not None
            and access.may(request.user, act.right, doer)
        ],
        "helps": letter.helps.select_related("agency", "answered_by"),
        "merged": letter.merged.order_by("pk"),
    }
    return private(render(request, "engagement/desk/letter.html", context))


@access.desk("engagement.personal")
@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """看联系方式的原文;看一次记一次。"""
    letter = letter_of(request, pk)
    access.require(request.user, "engagement.personal", letter.agency)
    return _page(request, letter, actions.read_contact(letter, by=request.user, at=timezone.now()))


@access.desk("engagement.personal")
@require_POST
def letter_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """打开一个附的文件;看一次记一次。"""
    letter = letter_of(request, pk)
    access.require(request.user, "engagement.personal", letter.agency)

    def run() -> HttpResponse:
        return download(*actions.open_letter_file(letter, file, by=request.user, at=timezone.now()))

    return button_step(request, run, back="desk:engagement_letter", pk=pk)


@access.desk("engagement.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """一步。"""
    letter, found = letter_of(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, found.right, _doer(letter, key, request.user) or letter.agency)
    initial: dict[str, Any] = {"seen": letter.mark}
    if key == "draft":
        initial |= {"text": letter.reply, "promise": letter.promise, "promise_on": letter.promise_on}
    if key == "publish":
        initial |= {
            "title": masked(letter.title, own=True),
            "text": masked(letter.text, own=True),
            "answer": masked(letter.reply),
        }
    options = {"on": timezone.localdate()} if key in ("transfer", "help") else {}
    form = found.form(request.POST or None, initial=initial, **options)

    def run(data: dict[str, Any]) -> str:
        found.run(letter, data, by=request.user, at=timezone.now())
        return found.done

    home = reverse("desk:engagement_letter", args=[letter.pk])
    # 转走以后原单位的人看不到它了
    back = reverse("desk:engagement_letters") if key == "transfer" else home
    return private(
        step_page(
            request,
            form,
            run,
            found.label,
            found.label,
            home,
            back=back,
            trail=f"来信{letter}",
            letter=letter,
            hint=found.hint,
        )
    )
