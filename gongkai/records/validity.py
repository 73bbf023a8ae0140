"""一件信息在某日的有效性:把事实交给 ``law.validity``;以及给公众看的横幅。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.desk.moments import end_of, local_day
from gongkai.law.marks import long_day
from gongkai.law.validity import Change, Validity, validity

from .models import Edition, Record, Relation
from .terms import RelationKind, WithdrawalKind

_CHANGES = {RelationKind.AMENDS: Validity.AMENDED, RelationKind.REPEALS_PART: Validity.PARTLY}


def validity_on(record: Record, on: date, incoming: list[Relation] | None = None) -> Validity:
    """The validity of a record on a day (有效性).

    Args:
        incoming: its relations whose sources the public may read, with their sources, if at hand; else they are read.
    """
    if incoming is None:
        incoming = _changing([record], on)
    changes = tuple(
        Change(_CHANGES[RelationKind(one.kind)], one.source.effective_on or one.source.made_on or on)
        for one in incoming
        if one.kind in _CHANGES
    )
    return validity(
        on,
        effective_on=record.effective_on,
        expires_on=record.expires_on,
        repealed_on=record.repealed_on,
        changes=changes,
    )


def validities_on(records: Iterable[Record], on: date) -> dict[int, Validity]:
    """The validity of each record of a page on a day, by its key; the changes of all are read at once."""
    rows = list(records)
    incoming: dict[int, list[Relation]] = {record.pk: [] for record in rows}
    for relation in _changing(rows, on):
        incoming[relation.target_id].append(relation)
    return {record.pk: validity_on(record, on, incoming[record.pk]) for record in rows}


def _changing(records: list[Record], on: date) -> list[Relation]:
    """What changes these records, as far as the public may read it by the end of the day."""
    public = Record.objects.public(end_of(on))
    rows = Relation.objects.filter(target__in=records, kind__in=_CHANGES, source__in=public)
    return list(rows.select_related("source"))


@dataclass(frozen=True, slots=True)
class Banner:
    """页首的横幅:轻重(stop、warn、info)、一句话、去看的信息。"""

    tone: str
    text: str
    link: Record | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """页首的一框:有没有效,从哪天到哪天。轻重同横幅,有效的是 ok。"""

    tone: str
    label: str
    text: str


def tone_of(state: Validity) -> str:
    """How a mark of validity looks: what binds is ok, what does not bind yet warns, what does not bind stops."""
    if state.binds:
        return "ok"
    return "warn" if state is Validity.PENDING else "stop"


def verdict(document: Record | Edition, state: Validity) -> Verdict | None:
    """What a paper's page says of its validity before anything else; None where it has no term at all.

    A paper without a day of effect and an end says nothing while it is in force: a report, a notice of a stop of water.
    """
    begin, end = document.effective_on, document.expires_on
    if state is Validity.IN_FORCE and not begin and not end:
        return None
    days = [f"自{long_day(begin)}起施行" if begin else "", _end(end, state)]
    text = "，".join(said for said in days if said)
    label = f"现行{state.label}" if state is Validity.IN_FORCE else state.label
    return Verdict(tone_of(state), label, text)


def _end(end: date | None, state: Validity) -> str:
    if end is None:
        return "没有写有效期" if state is Validity.IN_FORCE else ""
    return f"有效期至{long_day(end)}"


def banners(record: Record, at: datetime, incoming: list[Relation]) -> list[Banner]:
    """What a reader must know before relying on the text; a text to come is not named before its time."""
    on = local_day(at)
    found: list[Banner] = []
    state = validity_on(record, on, incoming)
    standing = next(
        (one for one in record.withdrawals.all() if not one.lifted_at and one.kind == WithdrawalKind.REPEALED),
        None,
    )
    if standing:
        repealing = next((one.source for one in incoming if one.kind == RelationKind.REPEALS), None)
        successor = standing.successor or repealing
        link = successor if successor and successor.is_public(at) else None
        tone, will = ("stop", "") if state is Validity.REPEALED else ("warn", "将")
        found.append(Banner(tone, f"本文件{will}自{standing.on}起废止或者失效。{standing.reason}", link))
    for relation in incoming:
        if relation.kind == RelationKind.AMENDS:
            found.append(Banner("warn", f"本文件已被修改。{relation.note}", relation.source))
        elif relation.kind == RelationKind.REPEALS_PART:
            found.append(Banner("warn", f"本文件的部分条款已被废止。{relation.note}", relation.source))
    return found
