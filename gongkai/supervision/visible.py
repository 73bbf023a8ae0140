"""谁看得到哪些:方案给有份的单位和区级岗位看;自己单位的整改、分数自己看,审定以后的结果大家看。"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.org import access
from gongkai.org.models import User

from .models import Candidate, Correction, Plan, Round, Task
from .terms import PlanState, RoundState
from .units import groups_of


def plans(user: User) -> QuerySet[Plan]:
    """Plans of the own units, and those that give them something to do; all for district roles."""
    if access.is_district(user, "supervision.view"):
        return Plan.objects.all()
    own = list(access.agencies_of(user, "supervision.view"))
    groups = {group for agency in own for group in groups_of(agency)}
    involved = Q(tasks__pieces__agency__in=own) | Q(tasks__pieces__group__in=groups)
    given = ~Q(state=PlanState.READ) & involved
    return Plan.objects.filter(Q(agency__in=own) | given).distinct()


def tasks(user: User) -> QuerySet[Task]:
    """Their tasks."""
    if access.is_district(user, "supervision.view"):
        return Task.objects.all()
    return Task.objects.filter(plan__in=plans(user).values("pk"))


def rounds(user: User) -> QuerySet[Round]:
    """Rounds in which an own unit is assessed, or that it holds; all for district roles."""
    if access.is_district(user, "supervision.view"):
        return Round.objects.all()
    own = access.agencies_of(user, "supervision.view")
    return Round.objects.filter(Q(candidates__agency__in=own) | Q(organiser__in=own)).distinct()


def candidates(user: User) -> QuerySet[Candidate]:
    """Scores of the own units."""
    return Candidate.objects.visible_to(user)


def corrections(user: User) -> QuerySet[Correction]:
    """Corrections of the own units."""
    return Correction.objects.visible_to(user)


def may_rank(user: User, round: Round) -> bool:
    """Whether the whole table of a round may be seen: by who assesses, by all of its units once it is decided."""
    return round.state == RoundState.DECIDED or access.may(user, "supervision.assess")
