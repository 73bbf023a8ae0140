"""规范性文件的登记和效力变动。变动写一行,随之改文件页面上的横幅、关系、日期,都在一个事务里。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import normative
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.normative import EffectKind
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import actions as records
from gongkai.records import numbering
from gongkai.records.actions.derived import locked as lock_record
from gongkai.records.models import Edition, Record
from gongkai.records.terms import RelationKind, Stage, WithdrawalKind

from ..models import Batch, Document, Effect

NORMATIVE = "normative"
_RELATIONS = {EffectKind.AMEND: RelationKind.AMENDS, EffectKind.REPEAL_PART: RelationKind.REPEALS_PART}


@transaction.atomic
def register(record: Record, *, by: User, at: datetime) -> Document:
    """登记一件已经签发的规范性文件(补登)。"""
    record = lock_record(record)
    access.require(by, "policies.register", record.agency)
    if record.type != NORMATIVE or record.live is None:
        raise RuleBroken("只登记已经签发的规范性文件", fix="请在签发以后登记；签发时会自动登记。")
    return enter(record, record.live, by=by, at=at)


def enter(record: Record, edition: Edition, *, by: User, at: datetime) -> Document:
    """取统一编号、登记;已经登记的就是原来那件。文号重了的不登记(由动作和跟着签发办的调用)。"""
    if found := Document.objects.filter(record=record).first():
        return found
    number_is_free(record)
    year = (edition.made_on or local_day(at)).year
    seq = numbering.next_in(f"normative/{year}")
    document = Document.objects.create(
        record=record,
        number=normative.register_number(year, seq, local_day(at)),
        number_year=year,
        number_seq=seq,
        maker=record.agency,
        registered_at=at,
        registered_by=by,
    )
    log(
        "policies.register",
        f"{titled(edition.title)}登记为{document.number}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
    )
    return document


def number_is_free(record: Record) -> None:
    """Raise RuleBroken where another paper is registered under the same number."""
    same = Document.objects.filter(
        record__number_code=record.number_code,
        record__number_year=record.number_year,
        record__number_seq=record.number_seq,
    ).exclude(record__number_code="")
    if other := same.select_related("record").first():
        raise RuleBroken(
            f"文号{record.doc_number}已经登记给{titled(other.record)}（{other.number}）",
            fix="请核对是不是重号，或者录了两遍。",
        )


def locked(document: Document) -> Document:
    """The document's row, its record's before it, locked until the transaction ends."""
    lock_record(document.record_id)
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("record__agency", "maker")
        .get(pk=document.pk)
    )


@transaction.atomic
def review(
    document: Document, *, number: str, on: date, reviewer: str, opinion: str, by: User, at: datetime
) -> Document:
    """记下合法性审核:意见书编号、哪天、谁审、意见。"""
    document = locked(document)
    access.require(by, "policies.register", document.record.agency)
    if not opinion.strip():
        raise RuleBroken("没有写审核意见", fix="请写明审核的结论和意见。")
    document.review_number, document.review_on = number.strip()[:80], on
    document.reviewer, document.review_opinion = reviewer.strip()[:80], opinion.strip()[:5000]
    document.save(update_fields=["review_number", "review_on", "reviewer", "review_opinion"])
    log(
        "policies.review",
        f"{titled(document)}合法性审核：{document.review_opinion[:200]}",
        at=at,
        by=by,
        agency=document.record.agency,
        about=document.record,
    )
    return document


@transaction.atomic
def happen(
    document: Document,
    kind: EffectKind,
    *,
    by: User,
    at: datetime,
    on: date | None = None,
    by_day: date | None = None,
    until: date | None = None,
    articles: str = "",
    source: Record | None = None,
    source_note: str = "",
    edition: Edition | None = None,
    batch: Batch | None = None,
) -> Effect:
    """记一次效力变动,并改文件页面:废止、失效加横幅,修改、部分废止建立关系,延长、另定施行改日期。

    Args:
        on: 自何日起;不明的不填,填 ``by_day``(最迟不晚于)。
        source: 依据的文件,在库里的;不在库里的写 ``source_note``。
        edition: 变动以后的文本。

    Raises:
        RuleBroken: 没有日期,没有依据,延长没有到期日,文本不是这件文件签发过的,或者已经终止了。
    """
    document, kind = locked(document), EffectKind(kind)
    record = document.record
    access.require(by, "policies.register", record.agency)
    _possible(document, kind, on, by_day, until, source, source_note, edition)
    effect = Effect.objects.create(
        document=document,
        kind=kind,
        on=on,
        by_day=None if on else by_day,
        until=until,
        articles=articles.strip()[:200],
        source=source,
        source_note=source_note.strip()[:200],
        edition=edition,
        batch=batch,
        by=by,
        at=at,
    )
    _show(document, effect, by, at)
    log(
        "policies.effect",
        f"{titled(record)}{kind.label}：{_basis(effect)}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
        kind=kind.value,
        on=str(on or by_day),
    )
    return effect


def _possible(
    document: Document,
    kind: EffectKind,
    on: date | None,
    by_day: date | None,
    until: date | None,
    source: Record | None,
    source_note: str,
    edition: Edition | None,
) -> None:
    day = on or by_day
    if day is None:
        raise RuleBroken("没有写自何日起", fix="日期不明的，请写最迟不晚于哪一天。")
    if not (source or source_note.strip()):
        raise RuleBroken("没有写依据", fix="请选依据的文件；不在库里的，写明文件名称和文号。")
    if source and source.pk == document.record_id:
        raise RuleBroken("依据不能是这件文件自己", fix="请选另一件文件。")
    if kind is EffectKind.EXTEND and (until is None or until <= (document.record.expires_on or date.min)):
        raise RuleBroken("延长有效期没有写延长到哪天，或者不比原来的晚", fix="请填新的有效期至。")
    if until and until < day:
        raise RuleBroken(f"到{until}为止，却自{day}起", fix="请核对两个日期。")
    if document.record.made_on and day < document.record.made_on:
        raise RuleBroken(f"变动自{day}起，早于成文日期{document.record.made_on}", fix="请核对日期。")
    signed = (Stage.LIVE, Stage.SUPERSEDED)
    if edition and (
        not kind.changes_text or edition.record_id != document.record_id or edition.stage not in signed
    ):
        raise RuleBroken("变动以后的文本要是这件文件签发过的版本", fix="请先把修改以后的文本作为新版签发。")
    if any(one.kind.ends for one in document.happened()):
        raise RuleBroken("这件文件已经废止或者宣布失效", fix="记错了的，请先恢复公开并说明原因。")


def _basis(effect: Effect) -> str:
    """By which paper, from when, in words."""
    when = f"自{effect.on}起" if effect.on else f"日期不明，最迟不晚于{effect.by_day}"
    by = f"{titled(effect.source)}{effect.source.doc_number}" if effect.source else effect.source_note
    return f"{by}，{when}{'，' + effect.articles if effect.articles else ''}{f'，到{effect.until}' if effect.until else ''}"


def _show(document: Document, effect: Effect, by: User, at: datetime) -> None:
    """What the reader of the paper sees of it."""
    record, kind, said = document.record, EffectKind(effect.kind), _basis(effect)
    if kind.ends:
        standing = record.withdrawals.filter(lifted_at=None, kind=WithdrawalKind.REPEALED).exists()
        if record.published_at is not None and not standing:
            by_paper = effect.source.doc_number or str(effect.source) if effect.source else effect.source_note
            records.withdraw(
                record,
                WithdrawalKind.REPEALED,
                reason=f"{kind.label}：{said}。",
                basis=by_paper,
                on=effect.on or effect.by_day,
                by=by,
                at=at,
            )
        if effect.source and kind is EffectKind.REPEAL:
            records.link(effect.source, record, RelationKind.REPEALS, by=by, at=at)
    elif kind in _RELATIONS and effect.source:
        records.link(effect.source, record, _RELATIONS[kind], by=by, at=at, note=effect.articles)
    elif kind is EffectKind.EXTEND:
        if document.own_expires_on is None:
            document.own_expires_on = record.expires_on
            document.save(update_fields=["own_expires_on"])
        records.set_term(record, expires_on=effect.until, basis=said, by=by, at=at)
    elif kind is EffectKind.COMMENCE and effect.on:
        records.set_term(record, effective_on=effect.on, basis=said, by=by, at=at)
