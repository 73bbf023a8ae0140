"""依申请公开里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.law import params, replies
from gongkai.org import access
from gongkai.org.models import User

from . import days, papers
from .case_lists import is_overdue
from .models import Application, Assignment, Contact, Conversion, Item, Letter, Opinion
from .terms import ConversionStage, State, Verdict


def panels(user: User, on: date) -> Iterator[Panel]:
    """By the person's posts: own cases, cases that nobody took, letters from applicants, reviews, replies to sign,
    cases to press for, proposals to decide."""
    cases = Application.objects.visible_to(user)
    if access.may(user, "foi.handle"):
        own = _where(cases, user, "foi.handle")
        mine = cases.open().filter(handler=user)
        yield _panel("我承办的申请", "按应答复日排；停着等对方的也在这里。", mine, "?mine=on&state=open", on)
        free = own.open().filter(handler=None)
        yield _panel("还没有人承办的申请", "接手以后由您办到答复。", free, "?state=open&unassigned=1", on)
        yield _unseen(mine)
        unexplained = cases.filter(handler=user, late=True, late_cause="")
        yield _panel(
            "逾期答复、没有写明原因的申请", "请写明原因和责任环节。", unexplained, "?mine=on&due=late", on
        )
    for gate in ("secrecy", "legal"):
        if access.may(user, f"foi.{gate}"):
            waiting = awaiting(_where(cases, user, f"foi.{gate}"), gate).exclude(handler=user)
            label = replies.GATES[gate]
            yield _panel(
                f"待{label}的申请", f"各项结果已经定了，签发以前要先{label}。", waiting, f"?awaits={gate}", on
            )
    if access.may(user, "foi.sign"):
        ready = to_sign(_where(cases, user, "foi.sign"), user)
        yield _panel("待签发的答复", "审查已经齐了；您自己拟的不在这里。", ready, "?awaits=sign", on)
    yield _letters(user, cases)
    if access.may(user, "foi.assign"):
        own = _where(cases, user, "foi.assign")
        slow = escalated(own, on)
        yield _panel("多次催办没有进展的申请", "请过问，或者改交他人。", slow, "?awaits=escalated", on)
        late = own.filter(is_overdue(on))
        yield _panel("逾期没有答复的申请", "请立即答复，并写明逾期原因。", late, "?due=overdue", on)
    if access.may(user, "foi.release"):
        yield _proposals(_where(cases, user, "foi.release"))


def letters_to_sign(user: User, cases: QuerySet[Application]) -> QuerySet[Letter]:
    """Letters handed in that this person may sign; replies whose reviews have passed, drafted by another."""
    mine = Q(pk__in=())
    for key, paper in papers.all().items():
        if not access.may(user, paper.right):
            continue
        within = _where(cases, user, paper.right)
        if key == "reply":
            within = to_sign(within, user)
        mine |= Q(kind=key, application__in=within)
    rows = Letter.objects.filter(mine, issued_at=None, void=False).exclude(handed_at=None)
    return rows.select_related("application").order_by("handed_at", "pk")


def can_be_signed(letter: Letter) -> bool:
    """Whether it waits for its signer: a reply whose reviews hold; a step of a case that is still open."""
    if letter.kind == "reply":
        return _reviewed(Application.objects.open().filter(pk=letter.application_id)).exists()
    return not papers.get(letter.kind).step or letter.application.is_open


def signers(letter: Letter) -> list[User]:
    """Who may sign this letter, the drafter of a reply apart."""
    agency, right = letter.application.agency, papers.get(letter.kind).right
    posted = User.objects.filter(is_active=True, memberships__agency=agency).distinct()
    if letter.kind == "reply":
        posted = posted.exclude(pk=letter.drafted_by_id)
    return [user for user in posted if access.may(user, right, agency)]


def _letters(user: User, cases: QuerySet[Application]) -> Panel:
    def task(letter: Letter) -> Task:
        title = f"《{papers.get(letter.kind).label}》{letter.application.number}"
        url = reverse("desk:foi_letter", args=[letter.application_id, letter.pk])
        badge = ("催过", "warn") if letter.chased_at else ()
        return Task(title, url, letter.application.subject, *badge)

    rows, hint = letters_to_sign(user, cases).exclude(kind="reply"), "答复书以外的；签发以后取文号，不能再改。"
    return panel_of("送来待签发的文书", hint, rows, task, reverse("desk:foi_signing"))


def _where(cases: QuerySet[Application], user: User, action: str) -> QuerySet[Application]:
    return cases.filter(access.within(user, action))


def awaiting(cases: QuerySet[Application], gate: str) -> QuerySet[Application]:
    """Cases whose items are all decided, whose replies need this review, and that have not passed it."""
    return cases.filter(_needs(gate), ~_passed(gate), state__in=(State.HANDLING, State.INQUIRING)).exclude(
        Exists(Item.objects.filter(application=OuterRef("pk"), outcome=""))
    )


def to_sign(cases: QuerySet[Application], user: User) -> QuerySet[Application]:
    """Cases with a reply drafted by another person and every review passed."""
    drafted = Letter.objects.filter(application=OuterRef("pk"), kind="reply", issued_at=None, void=False)
    return _reviewed(cases.open()).filter(Exists(drafted.exclude(drafted_by=user)))


def _reviewed(cases: QuerySet[Application]) -> QuerySet[Application]:
    """Those that have passed every review their replies need."""
    for gate in replies.GATES:
        cases = cases.filter(~_needs(gate) | _passed(gate))
    return cases


def escalated(cases: QuerySet[Application], on: date) -> QuerySet[Application]:
    """Cases in hand that were pressed for as often as the head of the unit should be told (C37)."""
    often = params.at("foi.chase_escalate", on).value
    pressed = Assignment.objects.filter(application=OuterRef("pk"), returned_at=None, chased__gte=often)
    return cases.filter(Exists(pressed), state=State.HANDLING)


def _needs(gate: str) -> Q:
    return Q(Exists(Item.objects.filter(application=OuterRef("pk"), outcome__in=replies.needing(gate))))


def _passed(gate: str) -> Q:
    rows = Opinion.objects.filter(application=OuterRef("pk"), kind=gate, valid=True, verdict=Verdict.PASS)
    return Q(Exists(rows))


def _panel(label: str, hint: str, rows: QuerySet[Application], query: str, on: date) -> Panel:
    rows = rows.select_related("agency").order_by(F("due_on").asc(nulls_last=True), "pk")
    return panel_of(label, hint, rows, lambda case: _task(case, on), reverse("desk:foi_cases") + query)


def _task(application: Application, on: date) -> Task:
    note = f"{application.agency}　{application.get_state_display()}"
    badge, kind = days.badge(application, on)
    return Task(
        f"{application.number} {application.subject}",
        reverse("desk:foi_case", args=[application.pk]),
        note,
        badge,
        kind,
        application.due_on if application.state in days.RUNNING else None,
    )


def _unseen(mine: QuerySet[Application]) -> Panel:
    rows = Contact.objects.filter(application__in=mine, seen_at=None).select_related("application").order_by("pk")

    def task(contact: Contact) -> Task:
        case = contact.application
        return Task(f"{case.number} {case.subject}", reverse("desk:foi_case", args=[case.pk]))

    return panel_of("申请人的来件", "看过以后点“看过了”。", rows, task, reverse("desk:foi_cases") + "?mine=on")


def _proposals(cases: QuerySet[Application]) -> Panel:
    rows = Conversion.objects.filter(application__in=cases, stage=ConversionStage.PROPOSED).order_by("pk")

    def task(conversion: Conversion) -> Task:
        return Task(conversion.title, reverse("desk:foi_release", args=[conversion.pk]), conversion.why)

    return panel_of("待审核的转主动公开建议", "《条例》第四十四条。", rows, task, reverse("desk:foi_conversions"))


#: 清单上“等什么”的筛选:同首页上的几类,点开是同样的几件。
AWAITS: dict[str, Callable[[QuerySet[Application], User, date], QuerySet[Application]]] = {
    "secrecy": lambda rows, user, on: awaiting(rows, "secrecy").exclude(handler=user),
    "legal": lambda rows, user, on: awaiting(rows, "legal").exclude(handler=user),
    "sign": lambda rows, user, on: to_sign(rows, user),
    "escalated": lambda rows, user, on: escalated(rows, on),
}
