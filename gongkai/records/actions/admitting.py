"""收一件在上面的应用里审过的旧件(补录):审核意见照记,关口照过,立即公开;权限和审查由那边核过。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Record, Review
from ..terms import ReviewKind, Verdict
from .derived import store as save_record
from .drafting import begin
from .reviewing import sign


@dataclass(frozen=True, slots=True)
class Reviewed:
    """已经作过的一道审查:哪一道、谁、什么时候、意见。"""

    kind: ReviewKind
    by: User
    at: datetime
    opinion: str


@transaction.atomic
def admit(
    agency: Agency, type: str, *, reviewed: Sequence[Reviewed], by: User, at: datetime, **description: Any
) -> Record:
    """A published record made at once from a paper that two people have reviewed elsewhere.

    Args:
        reviewed: their reviews, kept as those of any record.
        description: as for ``create``.

    Raises:
        RuleBroken: fewer than two people reviewed it, or a gate refuses.
    """
    if len({one.by for one in reviewed}) < 2:
        raise RuleBroken("补录的旧件要有两个人审查", fix="请由另一个人复核。")
    edition = begin(agency, type, by=by, at=at, **description)
    Review.objects.bulk_create(
        Review(
            edition=edition,
            kind=one.kind,
            verdict=Verdict.PASS,
            opinion=one.opinion,
            by=one.by,
            at=one.at,
            revision=edition.revision,
        )
        for one in reviewed
    )
    sign(edition, by, at, None)
    save_record(edition.record, at)
    log("records.admit", f"补录公开{titled(edition.title)}", at=at, by=by, agency=agency, about=edition.record)
    return edition.record
