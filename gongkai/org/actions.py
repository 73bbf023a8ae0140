"""org 的唯一写入口:记一条操作记录(log)。人员、单位、查阅点的增改也在这里。"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.dispatch import Signal

from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken

from .models import Agency, LogEntry, LogHead, Membership, Place, User

#: Sent after commit with ``entry=LogEntry``: search, push, supervision and the publisher listen.
logged = Signal()


def digest(entry: LogEntry) -> str:
    """The hash of one entry: everything it says and the hash before it (SHA-256, hex)."""
    content = [
        entry.seq,
        entry.at.isoformat(),
        entry.by_id,
        entry.agency_id,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.summary,
        entry.detail,
        entry.previous,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def log(
    action: str,
    summary: str,
    *,
    at: datetime,
    by: User | None = None,
    agency: Agency | None = None,
    about: models.Model | None = None,
    **detail: Any,
) -> LogEntry:
    """Append one entry to the chain, in the caller's transaction.

    Args:
        action: ``app.verb``, for example ``records.sign``.
        summary: one Chinese sentence that a person reads later.
        at: the moment; stored to the microsecond in UTC.
        about: the object that changed.
        detail: old and new values, JSON only; no personal data in clear.
    """
    head, _ = LogHead.objects.select_for_update().get_or_create(pk=1)
    entry = LogEntry(
        seq=head.seq + 1,
        at=at.astimezone(UTC),
        by=by,
        agency=agency,
        action=action,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        summary=summary[:300],
        detail=detail,
        previous=head.hash,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save()
    transaction.on_commit(lambda: logged.send(sender=LogEntry, entry=entry))
    return entry


@transaction.atomic
def add_person(username: str, name: str, password: str, *, by: User | None, at: datetime) -> User:
    """新建人员。口令由 Django 的规则核过。"""
    user = User.objects.create_user(username=username, password=password, name=name)
    log("org.person", f"新建人员{name}（{username}）", at=at, by=by, about=user)
    return user


@transaction.atomic
def grant(user: User, agency: Agency, role: Role, *, by: User | None, at: datetime) -> Membership:
    """给一个岗位;已有的不重复。"""
    membership, new = Membership.objects.get_or_create(user=user, agency=agency, role=role)
    if new:
        log("org.grant", f"{user}任{agency}{Role(role).label}", at=at, by=by, agency=agency, about=user)
    return membership


@transaction.atomic
def revoke(membership: Membership, *, by: User, at: datetime) -> None:
    """去掉一个岗位。"""
    membership.delete()
    log("org.revoke", f"{membership.user}不再任{membership.agency}{Role(membership.role).label}", at=at, by=by,
        agency=membership.agency, about=membership.user)  # fmt: skip


@transaction.atomic
def deactivate(user: User, *, by: User, at: datetime) -> None:
    """停用账号。有经办历史的人不删除(C51);他的在办事项由单位另派人。"""
    if user.pk == by.pk:
        raise RuleBroken("不能停用自己的账号", fix="请由另一位管理员办理。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    log("org.deactivate", f"停用{user}的账号", at=at, by=by, about=user)


@transaction.atomic
def reactivate(user: User, *, by: User, at: datetime) -> None:
    """恢复账号。"""
    user.is_active = True
    user.save(update_fields=["is_active"])
    log("org.reactivate", f"恢复{user}的账号", at=at, by=by, about=user)


@transaction.atomic
def reset_mfa(user: User, *, by: User, at: datetime) -> None:
    """清掉两步验证(手机丢了等);下次登录要重新设置。"""
    Authenticator.objects.filter(user=user).delete()
    log("org.mfa", f"清掉{user}的两步验证", at=at, by=by, about=user)


@transaction.atomic
def set_password(user: User, password: str, *, by: User, at: datetime) -> None:
    """重设口令。"""
    user.set_password(password)
    user.save(update_fields=["password"])
    log("org.password", f"重设{user}的口令", at=at, by=by, about=user)


@transaction.atomic
def save_agency(agency: Agency, *, by: User | None, at: datetime) -> Agency:
    """新建或者修改单位。"""
    new = agency.pk is None
    agency.full_clean()
    agency.save()
    log("org.agency", f"{'新建' if new else '修改'}单位{agency}", at=at, by=by, agency=agency, about=agency)
    return agency


@transaction.atomic
def merge(agency: Agency, successor: Agency, *, on: date, by: User | None, at: datetime) -> None:
    """撤并单位:历史信息仍归原单位名下,另记承继单位(C50)。"""
    if agency.pk == successor.pk:
        raise RuleBroken("承继单位不能是它自己", fix="请选另一个单位。")
    if agency.ended_on:
        raise RuleBroken(f"{agency}已于{agency.ended_on}撤并", fix="请核对单位。")
    agency.ended_on, agency.successor = on, successor
    agency.save(update_fields=["ended_on", "successor"])
    log("org.merge", f"{agency}自{on}起撤并，由{successor}承继", at=at, by=by, agency=agency, about=agency,
        successor=successor.code)  # fmt: skip


@transaction.atomic
def save_place(place: Place, *, by: User | None, at: datetime) -> Place:
    """新建或者修改查阅点。"""
    new = place.pk is None
    place.save()
    log("org.place", f"{'新建' if new else '修改'}查阅点{place}", at=at, by=by, agency=place.agency, about=place)
    return place


@dataclass(frozen=True, slots=True)
class Verdict:
    """核验结果:条数和每一处不对。"""

    count: int
    faults: tuple[str, ...]


def verify(expect: str | None = None, *, progress: Callable[[int], None] = lambda done: None) -> Verdict:
    """Walk the chain from its first entry to its head: each hash, each link, no gap, nothing after the head.

    Args:
        expect: ``seq:hash`` as kept elsewhere; that entry must still be there.
    """
    faults: list[str] = []
    previous, count, kept = "", 0, {}
    wanted = int(expect.partition(":")[0]) if expect and expect.partition(":")[0].isdigit() else None
    for entry in LogEntry.objects.order_by("seq").iterator(chunk_size=2000):
        count += 1
        if entry.seq != count:
            faults.append(f"第{count}条缺少(接着的是第{entry.seq}条)。")
            count = entry.seq
        if entry.previous != previous:
            faults.append(f"第{entry.seq}条同前一条对不上,中间有改动、插入或者缺少。")
        if digest(entry) != entry.hash:
            faults.append(f"第{entry.seq}条的内容被改动过。")
        if entry.seq == wanted:
            kept[wanted] = entry.hash
        previous = entry.hash
        progress(count)
    head = LogHead.objects.filter(pk=1).first()
    if (head.seq if head else 0, head.hash if head else "") != (count, previous):
        faults.append("末端同最后一条对不上,最后的记录被截去或者加过。")
    if expect and (wanted is None or kept.get(wanted) != expect.partition(":")[2]):
        faults.append("抄存的末端对不上,记录被截去或者重写过。")
    return Verdict(count, tuple(faults))
