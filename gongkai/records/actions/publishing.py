"""公开以后:定时公开的到时、关系、年度评估、提示词。"""

from __future__ import annotations

from datetime import date, datetime

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
from ..models import Description, Reassessment, Record, Relation, WatchWord
from ..terms import OPEN_STAGES, RelationKind, Stage
from .attaching import copy_attachments
from .derived import locked
from .derived import store as save_record
from .drafting import begin
from .placing import place


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
        log(
            "records.relate",
            f"{titled(source.title)}{kind.label}{titled(target.title)}",
            at=at,
            by=by,
            agency=source.agency,
            about=source,
            other=target.pk,
        )
        log(
            "records.relate",
            f"{titled(target.title)}{kind.inverse}{titled(source.title)}",
            at=at,
            by=by,
            agency=target.agency,
            about=target,
            other=source.pk,
        )
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
        log(
            "records.unrelate",
            f"解除{titled(one.title)}同{titled(other.title)}的关系",
            at=at,
            by=by,
            agency=one.agency,
            about=one,
            kind=relation.kind,
        )


@transaction.atomic
def set_term(
    record: Record,
    *,
    basis: str,
    by: User,
    at: datetime,
    effective_on: date | None = None,
    expires_on: date | None = None,
) -> Record:
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
    log(
        "records.reassess",
        f"{year}年评估{titled(record.title)}：{outcome.label}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
        year=year,
        outcome=outcome.value,
    )
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
    log(
        "records.create",
        f"由不予公开的信息转出{titled(edition.title)}",
        at=at,
        by=by,
        agency=record.agency,
        about=edition.record,
        source=record.pk,
    )
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
