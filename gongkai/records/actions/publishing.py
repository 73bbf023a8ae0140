"""公开以后:撤下、恢复、关系、年度评估、不涉及的事项、提示词。"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q

from gongkai.desk.moments import local_day
from gongkai.law.disclosure import reassessment_due
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from .. import counts, on_record
from ..models import Description, Reassessment, Record, Relation, WatchWord, Withdrawal
from ..terms import OPEN_STAGES, RelationKind, Stage, WithdrawalKind
from .attaching import copy_attachments
from .derived import locked
from .derived import store as save_record
from .drafting import begin
from .placing import place


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
) -> Withdrawal:
    """撤下(C103)。废止失效要依据;合并迁移要承继信息或者新地址;撤回、涉密自当天起,不能是将来。

    只解读这一件的解读材料一并同样撤下:文件不在了,解读还公开着,会让人照着办。

    Args:
        keep: interpretations that stay public, by primary key → why (要有理由).
        apart: those that the caller withdraws by itself.
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
    withdrawal = Withdrawal.objects.create(
        record=record, kind=kind, reason=reason.strip(), basis=basis.strip(), on=on, successor=successor,
        address=address, by=by, at=at,
    )  # fmt: skip
    if successor and kind is WithdrawalKind.REPEALED:
        Relation.objects.get_or_create(source=successor, target=record, kind=RelationKind.REPLACES)
    save_record(record, at)
    # 涉密、涉隐私的原因只在内部记录,这条记录本身就是内部的。
    log("records.withdraw", f"撤下{titled(record.title)}（{kind.label}）：{reason}", at=at, by=by, agency=record.agency,
        about=record, kind=kind.value, on=on.isoformat())  # fmt: skip
    name = f"信息（{record.index_number}）" if kind is WithdrawalKind.CONFIDENTIAL else titled(record.title)
    _warn_related(record, f"相关的{name}已撤下（{kind.label}），请核对本件", by, at)
    for follower in on_record.followers():
        follower.withdrawn(withdrawal, by=by, at=at)
    _take_along(withdrawal, keep or {}, apart, by, at)
    return withdrawal


def hanging(record: Record) -> list[Record]:
    """Interpretations of this record and of no other in force: what a withdrawal takes along (一并撤下的).

    Those that wait for their moment of release count too: they would come out after their paper went.
    """
    linked = Relation.objects.filter(kind=RelationKind.INTERPRETS)
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
            reason = f"所解读的{titled(record.title)}已经撤下（{kind.label}）。"
            if kind is WithdrawalKind.CONFIDENTIAL:
                reason = "所解读的信息依法撤下。"
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
            log("records.keep", f"{titled(record.title)}撤下，{titled(interpretation)}仍然公开：{why.strip()[:200]}",
                at=at, by=by, agency=interpretation.agency, about=interpretation)  # fmt: skip


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
    return record


def open_due(at: datetime) -> int:
    """定时公开的到了时刻:计入件数,记一笔,检索和发布跟着更新;返回件数。"""
    done = 0
    for pk in counts.due(at):
        with transaction.atomic():
            record = locked(pk)
            if not record.is_public(at):
                continue
            place(record, at)
            log("records.open", f"{titled(record.title)}按定时公开", at=at, agency=record.agency, about=record)
            done += 1
    return done


@transaction.atomic
def relate(
    source: Record, target: Record, kind: RelationKind, *, by: User, at: datetime, note: str = ""
) -> Relation:
    """建立关系;两边都记一笔,重复建立只算一次(C52)。"""
    kind = RelationKind(kind)
    source = locked(source)
    access.require(by, "records.write", source.agency)
    if source.pk == target.pk:
        raise RuleBroken("一件信息不能同它自己有关系", fix="请填另一件信息。")
    return link(source, target, kind, by=by, at=at, note=note)


@transaction.atomic
def link(
    source: Record, target: Record, kind: RelationKind, *, by: User, at: datetime, note: str = ""
) -> Relation:
    """建立关系,给上面各应用的动作用:权限由那边核过。"""
    relation, new = Relation.objects.get_or_create(
        source=source, target=target, kind=kind, defaults={"note": note[:200]}
    )
    if new:
        save_record(source, at)
        log("records.relate", f"{titled(source.title)}{kind.label}{titled(target.title)}", at=at, by=by, agency=source.agency,
            about=source, other=target.pk)  # fmt: skip
        log("records.relate", f"{titled(target.title)}{kind.inverse}{titled(source.title)}", at=at, by=by, agency=target.agency,
            about=target, other=source.pk)  # fmt: skip
    return relation


@transaction.atomic
def unrelate(relation: Relation, *, by: User, at: datetime) -> None:
    """解除关系;两边都记一笔。"""
    source, target = locked(relation.source_id), relation.target
    access.require(by, "records.write", source.agency)
    for gate in on_record.gates():
        gate.unlinking(relation, by=by, at=at)
    relation.delete()
    save_record(source, at)
    for one, other in ((source, target), (target, source)):
        log("records.unrelate", f"解除{titled(one.title)}同{titled(other.title)}的关系", at=at, by=by, agency=one.agency,
            about=one, kind=relation.kind)  # fmt: skip


@transaction.atomic
def set_term(
    record: Record, *, basis: str, by: User, at: datetime, effective_on: date | None = None,
    expires_on: date | None = None,
) -> Record:  # fmt: skip
    """另文改了施行日期、有效期(延长有效期),公开版和在办版随之;给上面各应用的动作用,权限由那边核过。"""
    record = locked(record)
    changed = {
        name: value for name, value in (("effective_on", effective_on), ("expires_on", expires_on)) if value
    }
    for name, value in changed.items():
        setattr(record, name, value)
    record.editions.filter(stage__in=(*OPEN_STAGES, Stage.LIVE)).update(**changed)
    save_record(record, at)
    said = "、".join(f"{Record._meta.get_field(name).verbose_name}改为{value}" for name, value in changed.items())
    log(
        "records.term",
        f"{titled(record.title)}的{said}：{basis}"[:300],
        at=at,
        by=by,
        agency=record.agency,
        about=record,
    )
    return record


@transaction.atomic
def reassess(record: Record, year: int, outcome: str, reason: str, *, by: User, at: datetime) -> Reassessment:
    """年度评估审查(条例第十八条)。可以公开的(全部或者部分)建立草稿,经审核签发后公开,两边相连(C109)。"""
    record = locked(record)
    access.require(by, "records.reassess", record.agency)
    outcome = Reassessment.Outcome(outcome)
    if record.openness == Openness.ACTIVE:
        raise RuleBroken("这件信息是主动公开的，不在评估之列", fix="请从年度评估的清单里选。")
    if not reason.strip():
        raise RuleBroken("评估没有写理由", fix="请写明维持或者转为公开的理由。")
    done = frozenset(record.reassessments.values_list("year", flat=True))
    if year in done:
        raise RuleBroken(
            f"这件信息{year}年已经评估过", source=reassessment_due.source, fix="如需更正，请联系主管部门。"
        )
    if year > local_day(at).year:
        raise RuleBroken(f"{year}年还没有到", source=reassessment_due.source, fix="请在当年评估。")
    released = None if outcome is Reassessment.Outcome.KEEP else _release(record, by=by, at=at)
    assessment = Reassessment.objects.create(
        record=record, year=year, outcome=outcome, reason=reason.strip(), by=by, at=at, released=released
    )
    if released:
        save_record(released, at)
    save_record(record, at)
    log("records.reassess", f"{year}年评估{titled(record.title)}：{outcome.label}", at=at, by=by, agency=record.agency,
        about=record, year=year, outcome=outcome.value)  # fmt: skip
    return assessment


def _release(record: Record, *, by: User, at: datetime) -> Record:
    """A draft for the public made from withheld information, linked both ways; it passes the whole review."""
    current = record.live or record.draft
    if current is None:
        raise RuleBroken("这件信息没有可以转为公开的版本", fix="请核对它的草稿是不是已经作废。")
    waiting = Record.objects.filter(
        relations_out__kind=RelationKind.RELEASED_FROM, relations_out__target=record
    ).filter(Q(editions__stage__in=OPEN_STAGES) | Q(editions__stage=Stage.LIVE))
    if earlier := waiting.first():
        raise RuleBroken(
            f"这件信息已经转出过一件（{earlier.index_number}）", fix="请在那一件上继续办，或者先把它的草稿作废。"
        )
    description = {name: getattr(current, name) for name in Description.description_fields()}
    description |= {"openness": Openness.ACTIVE, "ground": "", "ground_note": "", "body": current.body}
    edition = begin(record.agency, record.type, by=by, at=at, **description)
    copy_attachments(current, edition)
    Relation.objects.create(source=edition.record, target=record, kind=RelationKind.RELEASED_FROM)
    log("records.create", f"由不予公开的信息转出{titled(edition.title)}", at=at, by=by, agency=record.agency,
        about=edition.record, source=record.pk)  # fmt: skip
    return edition.record


@transaction.atomic
def add_word(word: str, advice: str, *, by: User, at: datetime) -> WatchWord:
    """加一个提示词;已有的改建议。"""
    access.require(by, "records.words")
    found, _ = WatchWord.objects.update_or_create(word=word.strip(), defaults={"advice": advice.strip()})
    log("records.word", f"提示词“{found.word}”：{found.advice}", at=at, by=by)
    return found


@transaction.atomic
def remove_word(word: WatchWord, *, by: User, at: datetime) -> None:
    """去掉一个提示词。"""
    access.require(by, "records.words")
    word.delete()
    log("records.word", f"去掉提示词“{word.word}”", at=at, by=by)
