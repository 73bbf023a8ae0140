"""标准化里等这个人办的事,给工作台首页、全台检索、在办(``desk.todo``、``desk.finding``、``desk.open_work``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.law.row_due import State
from gongkai.org import access
from gongkai.org.models import Agency, User

from .models import Charge, Comment, Complaint, Enterprise, Objection, Period, Standard, Village
from .terms import Stage


def panels(user: User, on: date) -> Iterator[Panel]:
    """Catalogues to check, to review, rows of towns to confirm; what is overdue; excuses to approve."""
    home = reverse("desk:standards_list")
    if access.may(user, "standards.check"):
        own = Standard.objects.filter(access.within(user, "standards.check")).select_related("area", "agency")
        waiting = own.filter(stage=Stage.REVIEWING).exclude(drafted_by=user)
        yield _standards("待审核的标准目录", "您自己编的请别人审。", waiting, f"{home}?stage=reviewing")
        live = [one for one in own.filter(stage=Stage.LIVE) if one.review_due and one.review_due <= on]
        tasks = tuple(_task(one, f"应在{one.review_due}以前复审") for one in live[:PREVIEW])
        yield Panel("到期复审的标准目录", "维持、修改还是不再适用。", len(live), home, tasks)
    if access.may(user, "standards.edit"):
        towns = Standard.objects.filter(access.within(user, "standards.edit"), rows__is_to_confirm=True).distinct()
        yield _standards(
            "区里的目录改了，待确认", "逐行确认照区里的时限。", towns.select_related("area", "agency"), home
        )
    if access.may(user, "standards.charge"):
        late = Charge.objects.filter(
            access.within(user, "standards.charge"),
            standard__stage=Stage.LIVE,
            approved_at=None,
            state=State.OVERDUE,
        ).select_related("row")
        address = f"{reverse('desk:standards_charges')}?state={State.OVERDUE.value}"
        yield panel_of(
            "标准目录里超期的事项", "按目录的时限算。", late.order_by("due_on"), _overdue_charge, address
        )
    yield from _villages(user, on)
    if access.may(user, "standards.keep"):
        comments = Comment.objects.filter(access.within(user, "standards.keep", "zone__place__agency")).open()
        yield panel_of(
            "体验区意见簿",
            "答复登在意见簿上，不记是谁写的。",
            comments.select_related("zone__place").order_by("due_on"),
            _comment,
            reverse("desk:standards_zones"),
        )
    if access.may(user, "standards.complaint"):
        rows = Complaint.objects.visible_to(user).open().select_related("enterprise__agency").order_by("due_on")
        yield panel_of(
            "对公共企事业单位的申诉", "调查以后告知。", rows, _complaint, reverse("desk:standards_complaints")
        )
    if access.may(user, "standards.approve"):
        agencies = Agency.objects.filter(charges__excused_at__isnull=False, charges__approved_at=None).distinct()
        yield panel_of(
            "不是本单位职责，待核准",
            "核准以后不算空缺。",
            agencies,
            lambda agency: Task(f"{agency}的申明", reverse("desk:standards_judge", args=[agency.code])),
            reverse("desk:standards_matrix"),
        )


def _overdue_charge(charge: Charge) -> Task:
    url = reverse("desk:standards_charge", args=[charge.pk])
    return Task(str(charge.row), url, charge.why, "超期", "stop", charge.due_on)


def _comment(comment: Comment) -> Task:
    url = reverse("desk:standards_answer_comment", args=[comment.pk])
    return Task(str(comment), url, str(comment.zone), due=comment.due_on)


def _complaint(complaint: Complaint) -> Task:
    url = reverse("desk:standards_complaint", args=[complaint.pk])
    return Task(str(complaint), url, str(complaint.enterprise), due=complaint.due_on)


def _villages(user: User, on: date) -> Iterator[Panel]:
    """Periods that are late, objections that wait, of the person's villages."""
    if not access.may(user, "standards.post"):
        return
    own = access.within(user, "standards.post", "village__town")
    rows = Period.objects.filter(own, posted_on=None).select_related("village__town")
    late = [one for one in rows if one.due_on < on]
    tasks = tuple(
        Task(
            f"{one.village}{one}",
            reverse("desk:standards_period", args=[one.pk]),
            one.get_state_display(),
            due=one.due_on,
        )
        for one in late[:PREVIEW]
    )
    yield Panel("逾期没有公布的村务", "填报、审查、上墙。", len(late), reverse("desk:standards_villages"), tasks)
    objections = Objection.objects.filter(access.within(user, "standards.post", "period__village__town")).open()
    yield panel_of(
        "对村务公开的异议",
        "答复公开，提的人是谁不公开。",
        objections.select_related("period__village"),
        _objection,
        reverse("desk:standards_objections"),
    )


def _objection(objection: Objection) -> Task:
    url = reverse("desk:standards_answer_objection", args=[objection.pk])
    return Task(str(objection), url, str(objection.period.village), due=objection.due_on)


def _standards(label: str, hint: str, rows: QuerySet[Standard], url: str) -> Panel:
    return panel_of(label, hint, rows, lambda standard: _task(standard, standard.get_stage_display()), url)


def _task(standard: Standard, note: str) -> Task:
    return Task(str(standard), reverse("desk:standards_one", args=[standard.pk]), note)


def find(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Catalogues by their area, villages and enterprises by their name."""
    if access.may(user, "standards.view"):
        rows = (
            Standard.objects.visible_to(user)
            .filter(bearing(words, "area__name", "agency__name"))
            .select_related("area", "agency")
        )
        yield _standards("标准目录", "", rows, reverse("desk:standards_list"))
    if access.may(user, "standards.village"):
        villages = (
            Village.objects.visible_to(user).filter(bearing(words, "name", "town__name")).select_related("town")
        )
        tasks = tuple(
            Task(str(one), reverse("desk:standards_village", args=[one.pk]), str(one.town))
            for one in villages[:PREVIEW]
        )
        yield Panel("村（社区）", "", villages.count(), reverse("desk:standards_villages"), tasks)
    if access.may(user, "standards.enterprise"):
        units = Enterprise.objects.visible_to(user).filter(bearing(words, "agency__name")).select_related("agency")
        tasks = tuple(
            Task(str(one), reverse("desk:standards_enterprise", args=[one.pk])) for one in units[:PREVIEW]
        )
        yield Panel("公共企事业单位", "", units.count(), reverse("desk:standards_enterprises"), tasks)


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Catalogues being drawn up, by their author or at an agency."""
    rows = Standard.objects.open().select_related("area", "agency")
    if agency is not None:
        rows = rows.filter(agency=agency)
    elif user is not None:
        rows = rows.filter(drafted_by=user)
    else:
        return
    for row in rows:
        yield OpenItem(str(row), row.get_stage_display(), reverse("desk:standards_one", args=[row.pk]))
