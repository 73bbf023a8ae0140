"""谁可以看、可以办:全部权限在这一个文件里。

``RIGHTS`` 是一张表:动作 → 可办的岗位。单位内的岗位只及于本单位和下级单位,区级岗位及于全区。
视图用 ``@desk("动作")`` 进门,动作函数用 ``require`` 再核一次,列表用 ``agencies_of`` 收窄。
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.law.agencies import DISTRICT_ROLES, Role

from .models import Agency, User

UNIT = frozenset(Role) - DISTRICT_ROLES
EVERYONE = frozenset(Role)

RIGHTS: dict[str, frozenset[Role]] = {
    "desk": EVERYONE,
    "records.view": EVERYONE,
    "records.write": frozenset({Role.CLERK}),
    "records.import": frozenset({Role.CLERK}),
    "records.first": frozenset({Role.FIRST_REVIEWER}),
    "records.second": frozenset({Role.SECOND_REVIEWER}),
    "records.final": frozenset({Role.FINAL_REVIEWER, Role.HEAD}),
    "records.secrecy": frozenset({Role.SECRECY_REVIEWER}),
    "records.legal": frozenset({Role.LEGAL_REVIEWER}),
    "records.invite": frozenset({Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER, Role.HEAD}),
    "records.withdraw": frozenset({Role.FINAL_REVIEWER, Role.HEAD, Role.OFFICE}),
    "records.reassess": frozenset({Role.CLERK, Role.SECRECY_REVIEWER, Role.HEAD, Role.OFFICE}),
    "records.words": frozenset({Role.OFFICE}),
    "catalogue.view": EVERYONE,
    "log.view": frozenset({Role.OFFICE, Role.INSPECTOR, Role.ADMINISTRATOR, Role.HEAD}),
    "org.view": EVERYONE,
    "org.manage": frozenset({Role.ADMINISTRATOR}),
    "org.place": frozenset({Role.ADMINISTRATOR, Role.OFFICE}),
}


def memberships(user: User) -> list[tuple[Role, int]]:
    """Pairs (role, agency id), read once for each user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    if not hasattr(user, "_memberships"):
        user._memberships = [
            (Role(role), agency) for role, agency in user.memberships.values_list("role", "agency")
        ]
    return user._memberships


def roles(user: User) -> frozenset[Role]:
    """Every role that the user holds anywhere."""
    return frozenset(role for role, _ in memberships(user))


def agencies_of(user: User, action: str) -> QuerySet[Agency]:
    """The agencies for which the user may do ``action``: own ones and those below; all for district roles."""
    allowed = RIGHTS[action]
    held = [(role, agency) for role, agency in memberships(user) if role in allowed]
    if any(role in DISTRICT_ROLES for role, _ in held):
        return Agency.objects.all()
    own = {agency for _, agency in held}
    return Agency.objects.filter(
        Q(pk__in=own) | Q(parent__in=own, parent__kind="town") | Q(parent__in=own, kind="enterprise")
    )


def may(user: User, action: str, agency: Agency | None = None) -> bool:
    """Whether the user may do ``action`` for ``agency``; without an agency, for any at all."""
    if agency is None:
        return bool(RIGHTS[action] & roles(user))
    return agencies_of(user, action).filter(pk=agency.pk).exists()


def require(user: User, action: str, agency: Agency | None = None) -> None:
    """Raise ``PermissionDenied`` with a sentence unless the user may."""
    if not may(user, action, agency):
        where = f"“{agency}”的" if agency else ""
        raise PermissionDenied(f"您的岗位不能办理{where}这项操作。需要办理的，请联系本单位管理员调整岗位。")


def desk(action: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Door of every view of the desk 工作台: signed in, two-step verified, and in a role that may."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if settings.REQUIRE_MFA and not verified(request):
                return redirect("mfa_index")
            require(request.user, action)
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        guarded.desk_action = action  # type: ignore[attr-defined]
        return guarded

    return door


def verified(request: HttpRequest) -> bool:
    """Whether this session passed two-step verification (两步验证)."""
    from allauth.mfa.utils import is_mfa_enabled

    return is_mfa_enabled(request.user)
