"""撤下和恢复:撤下一件,挂在它上面的一并撤下、结束。"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q

from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from .. import on_record
from ..models import Record, Relation, Withdrawal
from ..terms import RelationKind, WithdrawalKind
from .derived import locked
from .derived import store as save_record
from .sharing import kept_elsewhere, sharing


@transaction.atomic
def withdraw(
    record: Record,
    kind: WithdrawalKind,
    *,
    reason: str,
    on: date,
    by: User,
    at: datetime,
    basis: str = "",
    successor: Record | None = None,
    address: str = "",
    keep: Mapping[int, str] | None = None,
    apart: Collection[int] = (),
    covered: bool = False,
    spare: Mapping[str, str] | None = None,
    also: Collection[int] = (),
    shared: Mapping[int, str] | None = None,
) -> Withdrawal:
    """撤下(C103)。废止失效要依据;合并迁移要承继信息或者新地址;撤回、涉密自当天起,不能是将来。

    只解读这一件、只附属于这一件的一并同样撤下,撤回、涉密的,云诊所里依据它的事项一并结束:文件不在了,它们还公开着,会让人照着办。

    Args:
        keep: records of ``hanging`` that stay public, by primary key → why (要有理由).
        apart: those that the caller withdraws by itself.
        spare: what other apps hung on it and stays (``on_record.hanging``), by key → why.
        also: records that are related (``related``) or have the same files (``sharing``) and go along, by primary key.
        shared: records that have the same files and stay public, by primary key → why (要有理由, but where it only moved).
        covered: it goes along with its paper, over which the right was asked; its own unit may be another one.
    """
    record, kind = locked(record), WithdrawalKind(kind)
    if not covered:
        access.require(by, "records.withdraw", record.agency)
    if record.published_at is None:
        raise RuleBroken("这件信息没有公开过，不用撤下", fix="草稿请作废。")
    if not reason.strip():
        raise RuleBroken("撤下没有写原因", fix="请写明原因。")
    standing = set(record.withdrawals.filter(lifted_at=None).values_list("kind", flat=True))
    hidden = standing - {WithdrawalKind.REPEALED.value}
    # 撤回、迁移以后才发现涉密的,直接加一道,不必先恢复公开。
    if kind in standing or (hidden and kind is not WithdrawalKind.CONFIDENTIAL):
        raise RuleBroken(f"这件信息已经撤下（{record.get_withdrawn_display()}）", fix="要换一种，请先恢复公开。")
    if kind is WithdrawalKind.REPEALED and not basis.strip():
        raise RuleBroken("废止或者失效没有写依据", fix="请写依据哪份文件，或者哪一条有效期的规定。")
    if kind is not WithdrawalKind.REPEALED and on > local_day(at):
        raise RuleBroken(f"“{kind.label}”的日期{on}在将来", fix="请填今天或者以前；将来废止的请选“废止或者失效”。")
    if kind is WithdrawalKind.MOVED and not (successor or address):
        raise RuleBroken("合并或者迁移没有写迁到哪里", fix="请填承继信息或者新地址。")
    if address and urlsplit(address).scheme not in ("http", "https"):
        raise RuleBroken(f"新地址“{address}”不是网址", fix="请填以 https:// 开头的网址。")
    _leads_on(record, successor)
    same_files = sharing(record)
    withdrawal = Withdrawal.objects.create(
        record=record,
        kind=kind,
        reason=reason.strip(),
        basis=basis.strip(),
        on=on,
        successor=successor,
        address=address,
        by=by,
        at=at,
    )
    if successor and kind is WithdrawalKind.REPEALED:
        Relation.objects.get_or_create(source=successor, target=record, kind=RelationKind.REPLACES)
    save_record(record, at)
    # 涉密、涉隐私的原因只在内部记录,这条记录本身就是内部的。
    log(
        "records.withdraw",
        f"撤下{titled(record.title)}（{kind.label}）：{reason}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
        kind=kind.value,
        on=on.isoformat(),
    )
    name = f"信息（{record.index_number}）" if kind is WithdrawalKind.CONFIDENTIAL else titled(record.title)
    _warn_related(record, f"相关的{name}已撤下（{kind.label}），请核对本件", by, at)
    for follower in on_record.followers():
        follower.withdrawn(withdrawal, by=by, at=at)
    _take_along(withdrawal, keep or {}, apart, by, at)
    _take_things(withdrawal, spare or {}, by, at)
    _take_related(withdrawal, also, [other for other, _ in same_files], by, at)
    kept_elsewhere(withdrawal, same_files, shared or {}, also, by, at)
    return withdrawal


_HANGS = (RelationKind.INTERPRETS, RelationKind.ANNEX_OF)


def related(record: Record, by: User) -> list[Record]:
    """Public records that are related and do not hang on it, of units over which this person may withdraw."""
    ends = Relation.objects.filter(Q(source=record) | Q(target=record)).values_list("source", "target")
    near = {pk for pair in ends for pk in pair} - {record.pk, *(one.pk for one in hanging(record))}
    rows = Record.objects.filter(
        access.within(by, "records.withdraw"),
        pk__in=near,
        published_at__isnull=False,
        withdrawn="",
        openness=Openness.ACTIVE,
    )
    return list(rows.select_related("agency").order_by("pk"))


def hanging(record: Record) -> list[Record]:
    """Interpretations and annexes of this record and of no other in force: what a withdrawal takes along (一并撤下的).

    Those that wait for their moment of release count too: they would come out after their paper went.
    """
    linked = Relation.objects.filter(kind__in=_HANGS)
    shown = Record.objects.filter(
        published_at__isnull=False, openness=Openness.ACTIVE, withdrawn__in=("", WithdrawalKind.REPEALED)
    )
    own = linked.filter(target=record).values("source")
    others = linked.filter(target__in=shown.filter(withdrawn="")).exclude(target=record).values("source")
    return list(shown.filter(pk__in=own).exclude(pk__in=others).select_related("agency").order_by("pk"))


def _take_along(
    withdrawal: Withdrawal, keep: Mapping[int, str], apart: Collection[int], by: User, at: datetime
) -> None:
    record, kind = withdrawal.record, WithdrawalKind(withdrawal.kind)
    if kind is WithdrawalKind.MOVED:
        return
    for interpretation in hanging(record):
        if interpretation.pk in apart or interpretation.withdrawn == kind:  # 已经同样撤下的不用再撤
            continue
        why = keep.get(interpretation.pk)
        if why is None:
            tie = "解读" if interpretation.type == "interpretation" else "附属"
            reason = f"所{tie}的{titled(record.title)}已经撤下（{kind.label}）。"
            if kind is WithdrawalKind.CONFIDENTIAL:
                reason = f"所{tie}的信息依法撤下。"
            withdraw(
                interpretation,
                kind,
                reason=reason,
                on=withdrawal.on,
                by=by,
                at=at,
                basis=withdrawal.basis,
                covered=True,
            )
        elif not why.strip():
            raise RuleBroken(
                f"{titled(interpretation)}不一并撤下，没有写理由", fix="请写明为什么留着，或者一并撤下。"
            )
        else:
            log(
                "records.keep",
                f"{titled(record.title)}撤下，{titled(interpretation)}仍然公开：{why.strip()[:200]}",
                at=at,
                by=by,
                agency=interpretation.agency,
                about=interpretation,
            )


def _take_things(withdrawal: Withdrawal, spare: Mapping[str, str], by: User, at: datetime) -> None:
    """What the apps above hung on the record goes too, but for what is spared with a reason. What was repealed can
    still be read, and they tell of it by its dates; what moved is read elsewhere."""
    record = withdrawal.record
    if withdrawal.kind in (WithdrawalKind.MOVED, WithdrawalKind.REPEALED):
        return
    keys = set()
    for thing in on_record.hanging(record):
        why = spare.get(thing.key)
        if why is None:
            keys.add(thing.key)
        elif not why.strip():
            raise RuleBroken(f"{thing.label}不一并结束，没有写理由", fix="请写明为什么留着，或者一并结束。")
        else:
            log(
                "records.keep",
                f"{titled(record.title)}撤下，{thing.label}留着：{why.strip()[:200]}",
                at=at,
                by=by,
                agency=record.agency,
                about=record,
            )
    for follower in on_record.followers():
        follower.after_withdrawal(withdrawal, frozenset(keys), by=by, at=at)


def _take_related(
    withdrawal: Withdrawal, also: Collection[int], same_files: list[Record], by: User, at: datetime
) -> None:
    """Records that were chosen one by one, related or with the same files; each is withdrawn in its own right."""
    if not also:
        return
    record, kind = withdrawal.record, WithdrawalKind(withdrawal.kind)
    if kind is WithdrawalKind.MOVED:
        raise RuleBroken("合并或者迁移的，相关的信息不能一并撤下", fix="请逐件办理，各写迁到哪里。")
    near = {one.pk for one in (*related(record, by), *same_files)}
    if not near.issuperset(also):
        raise RuleBroken("要一并撤下的里，有的不是它相关的、公开着的信息", fix="请刷新页面再选。")
    for pk in sorted(also):
        other = Record.objects.get(pk=pk)
        if other.withdrawn != kind:  # 已经随别的一件撤下
            reason = (
                "相关的信息依法撤下，一并撤下。"
                if kind is WithdrawalKind.CONFIDENTIAL
                else (f"同{titled(record.title)}一并撤下：{withdrawal.reason}")
            )
            withdraw(other, kind, reason=reason, on=withdrawal.on, by=by, at=at, basis=withdrawal.basis)


def _leads_on(record: Record, successor: Record | None) -> None:
    """Raise if following the successors would come back to the record."""
    seen = {record.pk}
    while successor:
        if successor.pk in seen:
            raise RuleBroken("承继信息不能是它自己，也不能转来转去又回到它", fix="请填另一件信息。")
        seen.add(successor.pk)
        onward = successor.withdrawals.filter(lifted_at=None, kind=WithdrawalKind.MOVED).first()
        successor = onward.successor if onward else None


def _warn_related(record: Record, sentence: str, by: User, at: datetime) -> None:
    """Leave a line in the log of every record that is linked with this one (C109)."""
    linked = Record.objects.filter(Q(relations_in__source=record) | Q(relations_out__target=record)).distinct()
    for other in linked.select_related("agency"):
        log("records.warn", sentence, at=at, by=by, agency=other.agency, about=other, other=record.pk)


@transaction.atomic
def lift(record: Record, *, reason: str, by: User, at: datetime) -> Record:
    """恢复公开,必须写原因。"""
    record = locked(record)
    access.require(by, "records.withdraw", record.agency)
    if not reason.strip():
        raise RuleBroken("恢复公开没有写原因", fix="请写明原因。")
    standing = record.withdrawals.filter(lifted_at=None).order_by("-at", "-pk").first()
    if standing is None:
        raise RuleBroken("这件信息没有撤下", fix="请刷新页面看最新的情况。")
    for gate in on_record.gates():
        gate.lifting(record, by=by, at=at)
    standing.lifted_at, standing.lifted_by, standing.lifted_reason = at, by, reason.strip()[:200]
    standing.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    save_record(record, at)
    log(
        "records.lift",
        f"恢复公开{titled(record.title)}：{reason}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
    )
    _warn_related(record, f"相关的{titled(record.title)}已恢复公开", by, at)
    for follower in on_record.followers():
        follower.lifted(standing, by=by, at=at)
    return record
