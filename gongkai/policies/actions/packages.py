"""同步发布包:建立、放入解读、解读方案、不附解读、一并签发、撤下。

锁的次序:先政策文件,再各份解读,最后发布包;关口(``..gate``)按同样的次序走。
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.desk.moments import minute
from gongkai.law.errors import RuleBroken
from gongkai.law.interpretation import Exemption
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.actions import log as org_log
from gongkai.org.models import User
from gongkai.records import actions as records
from gongkai.records.actions.derived import locked as lock_record
from gongkai.records.models import Edition, Record
from gongkai.records.terms import RelationKind, ReviewKind, Stage, Verdict, WithdrawalKind

from ..models import Package, Part

INTERPRETATION = "interpretation"
CLOSED = "这个发布包已经签发"


def noted(action: str, package: Package, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    """One entry about a package, shown with its policy."""
    org_log(
        action,
        f"{titled(package.policy)}：{what}",
        at=at,
        by=by,
        agency=package.policy.agency,
        about=package,
        policy=package.policy_id,
        **more,
    )


def locked(package: Package | int) -> Package:
    """The package's row, its policy's before it, locked until the transaction ends."""
    pk = getattr(package, "pk", package)
    lock_record(Package.objects.values_list("policy", flat=True).get(pk=pk))
    rows = Package.objects.select_for_update(of=("self",)).select_related("policy__agency", "drafter")
    return rows.get(pk=pk)


def _open(package: Package, by: User, right: str = "policies.write") -> Package:
    """The package, locked; RuleBroken once it was signed."""
    package = locked(package)
    access.require(by, right, package.policy.agency)
    if package.signed_at:
        raise RuleBroken(CLOSED, fix="要改的请更正其中的信息，或者撤下以后再办。")
    return package


@transaction.atomic
def start(policy: Record, *, by: User, at: datetime) -> Package:
    """给一件文件建立发布包;已经有的就是原来那个。已经签发过的文件,发布包只用来补解读、补理由。"""
    policy = lock_record(policy)
    access.require(by, "policies.write", policy.agency)
    if found := Package.objects.filter(policy=policy).first():
        return found
    if policy.type == INTERPRETATION:
        raise RuleBroken("解读材料自己不用建立发布包", fix="请在它所解读的文件上建立。")
    live = policy.live if policy.published_at else None
    package = Package.objects.create(
        policy=policy,
        drafter=policy.agency,
        created_by=by,
        created_at=at,
        signed_at=live.signed_at if live else None,
        release_at=policy.published_at if live else None,
    )
    noted("policies.start", package, "建立同步发布包", at=at, by=by)
    return package


@transaction.atomic
def plan(
    package: Package, *, outline: str, channels: str, planned_on: date | None, by: User, at: datetime
) -> Package:
    """写解读方案:提纲、途径、时间。"""
    package = _open(package, by)
    package.outline, package.channels = outline.strip()[:5000], channels.strip()[:200]
    package.planned_on = planned_on
    package.save(update_fields=["outline", "channels", "planned_on"])
    noted("policies.plan", package, "写解读方案", at=at, by=by)
    return package


@transaction.atomic
def draft(package: Package, title: str, form: str, *, by: User, at: datetime) -> Edition:
    """在发布包里起草一份解读;谁起草谁解读,所以在文件所属单位名下。"""
    package = locked(package)
    edition = records.create(
        package.policy.agency,
        INTERPRETATION,
        by=by,
        at=at,
        title=title,
        genre="解读",
        made_on=package.policy.made_on,
        subject=package.policy.subject,
        fields={"form": form},
    )
    add(package, edition.record, by=by, at=at)
    return edition


@transaction.atomic
def add(package: Package, record: Record, *, by: User, at: datetime) -> Part:
    """放入一份还没有签发的解读,同文件相连;文件公开以后补的解读也放进来。"""
    package = locked(package)
    access.require(by, "policies.write", package.policy.agency)
    record = lock_record(record)
    if record.type != INTERPRETATION:
        raise RuleBroken(f"{titled(record)}不是解读材料", fix="请选“政策解读”类的信息。")
    if record.agency_id != package.policy.agency_id:
        raise RuleBroken(
            f"{titled(record)}由{record.agency}起草，不是文件的起草单位", fix="请由起草文件的单位解读。"
        )
    if Part.objects.filter(record=record).exists():
        raise RuleBroken(f"{titled(record)}已经在一个发布包里", fix="一份解读只同一件文件一起发布。")
    if record.published_at is not None:
        raise RuleBroken(f"{titled(record)}已经签发过", fix="已经公开的解读请用“建立关系”同文件相连。")
    if package.signed_at and not package.is_released(at):
        raise RuleBroken(f"{CLOSED}，定于以后发布", fix="补充的解读请在文件公开以后放入。")
    part = Part.objects.create(package=package, record=record, added_at=at)
    records.relate(record, package.policy, RelationKind.INTERPRETS, by=by, at=at)
    noted("policies.add", package, f"放入解读{titled(record)}", at=at, by=by, interpretation=record.pk)
    return part


@transaction.atomic
def remove(part: Part, *, by: User, at: datetime) -> None:
    """签发以前取出一份解读,关系随之解除。"""
    package = _open(part.package, by)
    record = part.record
    part.delete()
    for relation in record.relations_out.filter(target=package.policy, kind=RelationKind.INTERPRETS):
        records.unrelate(relation, by=by, at=at)
    noted("policies.remove", package, f"取出解读{titled(record)}", at=at, by=by, interpretation=record.pk)


@transaction.atomic
def exempt(package: Package, kind: Exemption, note: str, *, by: User, at: datetime) -> Package:
    """核定不附解读,写明情形和理由;解读撤下的情形由撤下时自动记下,不由人填。"""
    package, kind = locked(package), Exemption(kind)
    access.require(by, "policies.exempt", package.policy.agency)
    if kind is Exemption.WITHDRAWN:
        raise RuleBroken("“解读撤下”由撤下解读时自动记下", fix="请选别的情形。")
    if not note.strip():
        raise RuleBroken("不附解读没有写理由", fix="请写明为什么不用解读。")
    _excuse(package, kind, note, by, at)
    noted("policies.exempt", package, f"核定不附解读（{kind.label}）：{note.strip()[:200]}", at=at, by=by)
    return package


def _excuse(package: Package, kind: Exemption, note: str, by: User, at: datetime) -> None:
    package.exemption, package.exemption_note = kind.value, note.strip()[:300]
    package.exempted_by, package.exempted_at = by, at
    package.save(update_fields=["exemption", "exemption_note", "exempted_by", "exempted_at"])


@transaction.atomic
def oblige(package: Package, *, by: User, at: datetime) -> Package:
    """收回不附解读的核定,只在签发以前。"""
    package = _open(package, by, "policies.exempt")
    if not package.exemption:
        raise RuleBroken("这个发布包没有核定过不附解读", fix="请刷新页面。")
    package.exemption = package.exemption_note = ""
    package.exempted_by = package.exempted_at = None
    package.save(update_fields=["exemption", "exemption_note", "exempted_by", "exempted_at"])
    noted("policies.oblige", package, "收回不附解读的核定", at=at, by=by)
    return package


@transaction.atomic
def sign(
    package: Package,
    opinion: str = "",
    *,
    by: User,
    at: datetime,
    publish_at: datetime | None = None,
    seen: Collection[str] | None = None,
) -> Package:
    """一并签发:各份解读和文件在一个事务里终审签发,同一刻公开(``publish_at`` 是定时)。一件过不了,全都不签。

    ``seen`` 是终审人看到的各稿(``Edition.mark``),给了就核对。
    """
    package = _open(package, by, "records.final")
    parts = list(package.parts.select_related("record").order_by("record"))
    package.signed_at, package.release_at = at, publish_at or at
    package.save(update_fields=["signed_at", "release_at"])
    for record in (*(part.record for part in parts), package.policy):
        edition = lock_record(record).draft
        if record.pk != package.policy_id and record.type != INTERPRETATION:
            raise RuleBroken(f"{titled(record)}已经改成别的类型，不是解读", fix="请先把它从发布包里取出。")
        if edition is None or edition.stage != Stage.FINAL:
            stage = edition.get_stage_display() if edition else "没有在办的版本"
            raise RuleBroken(f"{titled(record)}还没有到终审（{stage}）", fix="文件和解读都到终审，才能一并签发。")
        known = edition.mark if seen is None or edition.mark in seen else ""
        records.judge(
            edition, ReviewKind.FINAL, Verdict.PASS, opinion, by=by, at=at, publish_at=publish_at, seen=known
        )
    noted(
        "policies.sign",
        package,
        f"同{len(parts)}份解读一并签发",
        at=at,
        by=by,
        release=package.release_at.isoformat(),
    )
    return package


@transaction.atomic
def reschedule(package: Package, publish_at: datetime | None, *, by: User, at: datetime) -> Package:
    """改定时发布的时刻:文件和各份解读一并改,不填就是现在同时公开;时刻还没有到的才能改。"""
    package = locked(package)
    access.require(by, "records.final", package.policy.agency)
    if package.signed_at is None:
        raise RuleBroken("这个发布包还没有签发", fix="请在一并签发时填定时发布的时刻。")
    package.release_at = publish_at or at
    package.save(update_fields=["release_at"])
    for record in (*(part.record for part in package.parts.order_by("record")), package.policy):
        records.reschedule(record, publish_at, by=by, at=at)
    noted(
        "policies.reschedule",
        package,
        f"改为{minute(package.release_at)}同时公开",
        at=at,
        by=by,
        release=package.release_at.isoformat(),
    )
    return package


def close(package: Package, at: datetime, release: datetime) -> None:
    """没有解读的发布包随文件签发:记下签发和发布的时刻(由关口在同一事务里办)。"""
    package.signed_at, package.release_at = at, release
    package.save(update_fields=["signed_at", "release_at"])


@transaction.atomic
def withdraw(
    package: Package,
    choices: Mapping[Record, WithdrawalKind],
    *,
    reason: str,
    on: date,
    by: User,
    at: datetime,
    basis: str = "",
    kept: str = "",
    also: Collection[int] = (),
    shared: Mapping[int, str] | None = None,
) -> Package:
    """撤下:文件和各份解读各选怎样撤;一个事务,先撤文件。文件撤了,没有选的解读要写明为什么留着(``kept``)。

    ``also``、``shared`` 是别的公开信息里有同样附件的:一并撤下的,各为什么留着的(``records.actions.withdraw``)。
    """
    package = locked(package)
    access.require(by, "records.withdraw", package.policy.agency)
    known = {package.policy_id, *package.parts.values_list("record", flat=True)}
    if not choices:
        raise RuleBroken("没有选要撤下的", fix="请给文件或者解读选一种撤下。")
    if strangers := [record for record in choices if record.pk not in known]:
        raise RuleBroken(f"{titled(strangers[0])}不在这个发布包里", fix="请从列出的里选。")
    # 选了的解读各按各选的撤,没有选的要有留着的理由
    chosen = {record.pk for record in choices}
    keep = {part: kept for part in package.parts.values_list("record", flat=True) if part not in chosen}
    for record in sorted(choices, key=lambda choice: choice.pk != package.policy_id):
        same = {other.pk for other, _ in records.sharing(record)} - chosen
        records.withdraw(
            record,
            choices[record],
            reason=reason,
            on=on,
            by=by,
            at=at,
            basis=basis,
            keep=keep,
            apart=chosen,
            also=same.intersection(also),
            shared={pk: why for pk, why in (shared or {}).items() if pk in same},
        )
    noted("policies.withdraw", package, f"撤下{len(choices)}件：{reason.strip()[:200]}", at=at, by=by)
    return locked(package)


def excuse_withdrawn(package: Package, reason: str, *, by: User, at: datetime) -> None:
    """最后一份解读撤下了而文件还公开:把撤下的原因记作不附解读的理由,等新的解读(由关口在同一事务里办)。"""
    _excuse(package, Exemption.WITHDRAWN, reason, by, at)
    noted("policies.bare", package, f"解读已经撤下，没有别的解读：{reason[:200]}", at=at, by=by)
