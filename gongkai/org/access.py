"""谁可以看、可以办:全部权限都问这一个文件。

``RIGHTS`` 是一张表:动作 → 可办的岗位,各应用写在自己的 ``data/rights.csv`` 里。单位内的岗位只及于本单位、下级单位和并入本单位的单位,区级岗位及于全区。
视图用 ``@desk("动作")`` 进门,动作函数用 ``require`` 再核一次,列表用 ``within`` 收窄。
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from gongkai.desk import tables
from gongkai.law.agencies import DISTRICT_ROLES, AgencyKind, Role

from . import kept, once
from .models import Agency, User

#: 动作 → 可办的岗位,由各应用的 ``data/rights.csv`` 合成;全表见 docs/reference/rights.md。
RIGHTS = tables.rights()

#: 各镇(街道)、部门自己是公开主体:在区政府本级任职,不等于可以办它们的事。
_INDEPENDENT = Q(parent__kind=AgencyKind.GOVERNMENT, kind__in=(AgencyKind.DEPARTMENT, AgencyKind.TOWN))

#: 每一行都合的条件;数据库看不到它。
_EVERY = ~Q(pk__in=())

#: 会话里记着:这次登录用哪一个验证器通过了两步验证。
TWO_STEP = "two_step"


def memberships(user: User) -> list[tuple[Role, int]]:
    """Pairs (role, agency id), read once for each user object."""
    return [(role, agency) for role, agency, _ in _held(user)]


def _held(user: User) -> list[tuple[Role, int, str]]:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    if not hasattr(user, "_memberships"):
        rows = user.memberships.values_list("role", "agency", "agency__name")
        user._memberships = [(Role(role), agency, name) for role, agency, name in rows]
    return user._memberships


def roles(user: User) -> frozenset[Role]:
    """Every role that the user holds anywhere."""
    return frozenset(role for role, _ in memberships(user))


def units(user: User) -> list[str]:
    """Names of the agencies for which the user acts, in their order."""
    return list(dict.fromkeys(name for _, _, name in _held(user)))


def is_district(user: User, action: str) -> bool:
    """Whether the user may do ``action`` for the whole district (区级岗位)."""
    return bool(RIGHTS[action] & DISTRICT_ROLES & roles(user))


def agencies_of(user: User, action: str) -> QuerySet[Agency]:
    """The agencies for which the user may do ``action``: own ones, those below, those merged into them;
    all for district roles."""
    if is_district(user, action):
        return Agency.objects.all()
    return Agency.objects.filter(pk__in=_reach(user, action))


def within(user: User, action: str, field: str = "agency") -> Q:
    """The condition on rows that belong to such agencies; true for every row for district roles, and said so that the
    database need not look each agency up. It may be joined with others by ``|``, ``&`` and ``~``: an empty ``Q()``
    would vanish there, and who may see everything would see only the other half.

    Args:
        field: the way from the row to its agency.
    """
    return _EVERY if is_district(user, action) else Q(**{f"{field}__in": _reach(user, action)})


def _reach(user: User, action: str) -> frozenset[int]:
    """Ids of the agencies within a unit role's reach; walked once for each user object and set of own agencies."""
    own = frozenset(agency for role, agency in memberships(user) if role in RIGHTS[action])
    known = user.__dict__.setdefault("_reaches", {})
    if own not in known:
        reached, edge = set(own), set(own)
        while edge:
            near = Agency.objects.filter((Q(parent__in=edge) & ~_INDEPENDENT) | Q(successor__in=edge))
            edge = set(near.values_list("pk", flat=True)) - reached
            reached |= edge
        known[own] = frozenset(reached)
    return known[own]


def may(user: User, action: str, agency: Agency | None = None) -> bool:
    """Whether the user may do ``action`` for ``agency``; without an agency, for any at all."""
    if agency is None:
        return bool(RIGHTS[action] & roles(user))
    return is_district(user, action) or agency.pk in _reach(user, action)


def may_open(user: User, address: str) -> bool:
    """Whether any of the user's roles opens the desk page at this address; what is no page of the desk opens to all."""
    try:
        action = getattr(resolve(urlsplit(address).path).func, "desk_action", None)
    except Resolver404:
        return True
    return action is None or may(user, action)


def require(user: User, action: str, agency: Agency | None = None) -> None:
    """Raise ``PermissionDenied`` with a sentence unless the user may."""
    if not may(user, action, agency):
        where = f"“{agency}”的" if agency else ""
        raise PermissionDenied(f"您的岗位不能办理{where}这项操作。需要办理的，请联系本单位管理员调整岗位。")


def desk(action: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Door of every view of the desk 工作台: signed in, two-step verified, with an own password, in a role that may."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if stopped := _before_entering(request):
                return stopped
            require(request.user, action)
            request.kept = kept.pop_kept(request) if kept.FIELD in request.GET else None  # type: ignore[attr-defined]
            if request.method == "POST":
                act = partial(view, request, *args, **kwargs)
                # 门是每个视图的一部分,“现在”在这里取
                response = once.at_the_desk(request, act, at=timezone.now())  # noqa: TID251
            else:
                response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("X-Robots-Tag", "noindex")
            return response

        guarded.desk_action = action  # type: ignore[attr-defined]
        return guarded

    return door


def _before_entering(request: HttpRequest) -> HttpResponse | None:
    """What must be done first: sign in, set up or pass the second step, change a temporary password."""
    if request.method in ("GET", "HEAD"):
        address = request.get_full_path()
    else:
        address = (not request.user.is_authenticated and kept.put(request)) or reverse("desk:home")
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if stopped := _by_password_alone(request, address):
        return stopped
    if settings.REQUIRE_MFA and not verified(request):
        return redirect("mfa_index")
    if request.user.password_is_temporary:
        return redirect("account_change_password")
    return None


def second_step_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Door of the pages that change how one signs in: who has a second step must have passed it in this session.

    allauth asks there for the password *or* a code; the password alone must not show the recovery codes or take the
    second step away.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stopped = request.user.is_authenticated and _by_password_alone(request, request.get_full_path())
        return stopped or view(request, *args, **kwargs)

    return guarded


def _by_password_alone(request: HttpRequest, address: str) -> HttpResponse | None:
    """To the code, when the person has a second step and this session came in without it."""
    if verified(request) or not Authenticator.objects.filter(user=request.user).exists():
        return None
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': address})}")


def verified(request: HttpRequest) -> bool:
    """Whether this very session passed the second step, by an authenticator that the user still has.

    An account whose owner has set one up is not enough: a session that was opened by the password alone, before
    that, stays outside.
    """
    used = request.session.get(TWO_STEP)
    return used is not None and Authenticator.objects.filter(pk=used, user=request.user).exists()
