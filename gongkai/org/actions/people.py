"""人员:建账号、给岗位、停用、口令和两步验证;登录一类的事也记在这里。"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction

from gongkai.desk.moments import SKEW
from gongkai.law.agencies import DISTRICT_ROLES, AgencyKind, Role
from gongkai.law.errors import RuleBroken

from ..models import Agency, LogEntry, Membership, User
from .journal import log

CODE_FAILED = "org.code_failed"
_SIGNED_IN = "org.signin"


@transaction.atomic
def add_person(
    username: str, name: str, password: str | None, *, by: User | None, at: datetime, temporary: bool = False
) -> User:
    """新建人员。口令由 Django 的规则核过。

    Args:
        password: None for someone who cannot sign in until a password is set.
        temporary: someone else knows the password: the person must change it before entering the desk.
    """
    user = User.objects.create_user(
        username=username, password=password, name=name, password_is_temporary=temporary
    )
    log("org.person", f"新建人员{name}（{username}）", at=at, by=by, about=user)
    return user


@transaction.atomic
def rename(user: User, name: str, *, by: User, at: datetime) -> None:
    """改姓名。用户名不改:操作记录里认的是它。"""
    old, user.name = user.name, name
    if old == name:
        return
    user.save(update_fields=["name"])
    log(
        "org.person",
        f"{old}改名为{name}",
        at=at,
        by=by,
        agency=_unit(user),
        about=user,
        changed={"姓名": [old, name]},
    )


@transaction.atomic
def grant(user: User, agency: Agency, role: Role, *, by: User | None, at: datetime) -> Membership:
    """给一个岗位;已有的不重复。区级岗位只能挂在区政府或者区政府部门名下,撤并的单位不再给岗位。"""
    role = Role(role)
    if role in DISTRICT_ROLES and agency.kind not in (AgencyKind.GOVERNMENT, AgencyKind.DEPARTMENT):
        raise RuleBroken(f"“{role.label}”对全区行使，不能挂在{agency}名下", fix="请挂在区政府或者区政府部门名下。")
    if agency.ended_on:
        raise RuleBroken(f"{agency}已经撤并", fix=f"请给{agency.successor or '承继单位'}的岗位。")
    membership, new = Membership.objects.get_or_create(user=user, agency=agency, role=role)
    if new:
        log("org.grant", f"{user}任{agency}{role.label}", at=at, by=by, agency=agency, about=user, role=role)
    return membership


@transaction.atomic
def revoke(membership: Membership, *, by: User | None, at: datetime) -> None:
    """去掉一个岗位。"""
    user, agency, role = membership.user, membership.agency, Role(membership.role)
    if role is Role.ADMINISTRATOR:
        _keep_an_administrator(without=Membership.objects.filter(pk=membership.pk))
    membership.delete()
    log("org.revoke", f"{user}不再任{agency}{role.label}", at=at, by=by, agency=agency, about=user, role=role)


@transaction.atomic
def deactivate(user: User, *, by: User, at: datetime) -> None:
    """停用账号,所有会话随即失效。有经办历史的人不删除(C51);他没办完的事由单位另派人,见 ``open_work``。"""
    if user.pk == by.pk:
        raise RuleBroken("不能停用自己的账号", fix="请由另一位管理员办理。")
    _keep_an_administrator(without=user.memberships.all())
    user.is_active = False
    user.save(update_fields=["is_active"])
    log("org.deactivate", f"停用{user}的账号", at=at, by=by, agency=_unit(user), about=user)


def _keep_an_administrator(*, without) -> None:
    """There must be someone left who can manage people."""
    left = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if without.filter(role=Role.ADMINISTRATOR).exists() and not left.exclude(pk__in=without).exists():
        raise RuleBroken("这是唯一的管理员", fix="请先给另一位在用的人员管理员岗位。")


@transaction.atomic
def reactivate(user: User, *, by: User, at: datetime) -> None:
    """恢复账号。"""
    user.is_active = True
    user.save(update_fields=["is_active"])
    log("org.reactivate", f"恢复{user}的账号", at=at, by=by, agency=_unit(user), about=user)


@transaction.atomic
def reset_mfa(user: User, *, by: User, at: datetime) -> None:
    """清掉两步验证(手机丢了等);下次登录要重新设置。"""
    Authenticator.objects.filter(user=user).delete()
    log("org.mfa", f"清掉{user}的两步验证", at=at, by=by, agency=_unit(user), about=user)


@transaction.atomic
def set_password(user: User, password: str, *, by: User, at: datetime) -> None:
    """管理员重设口令:是临时的,本人登录后须先改;他的会话随即失效。"""
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    log("org.password", f"重设{user}的口令", at=at, by=by, agency=_unit(user), about=user)


@transaction.atomic
def own_password(user: User, *, at: datetime) -> None:
    """本人改了口令:不再是临时的。"""
    user.password_is_temporary = False
    user.save(update_fields=["password_is_temporary"])
    account_event("org.own_password", "修改了自己的口令", user, at=at)


def account_event(action: str, words: str, user: User, *, at: datetime) -> LogEntry:
    """登录、退出、两步验证一类本人的事:一句话是“某某”加上 ``words``。"""
    return log(action, f"{user}{words}", at=at, by=user, agency=_unit(user), about=user)


def is_locked(user: User, *, at: datetime) -> bool:
    """Whether wrong codes of the second step came as often as wrong passwords may, within the same span, and no
    completed sign-in since. The count stands in the log, so neither another machine nor a restart clears it."""
    entries = LogEntry.objects.about(user)
    last = entries.filter(action=_SIGNED_IN).values_list("seq", flat=True).first() or 0
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    wrong = entries.filter(action=CODE_FAILED, at__gt=since, at__lte=at + SKEW, seq__gt=last)
    return wrong.count() >= settings.AXES_FAILURE_LIMIT


def forget_ahead(*, at: datetime) -> int:
    """忘掉时钟走快的时候记下的登录失败:不然走快多久就锁多久;返回几条。"""
    return int(AccessAttempt.objects.filter(attempt_time__gt=at + SKEW).delete()[0])


def _unit(user: User) -> Agency | None:
    """The agency under whose name the log keeps what happens to a person: the first one."""
    first = user.memberships.select_related("agency").first()
    return first.agency if first else None
