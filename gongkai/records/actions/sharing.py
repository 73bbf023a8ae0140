"""撤下一件,同样的附件还在别的公开信息里的:逐件要么一并撤下(废止),要么写明为什么留着。"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.openness import Openness
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Attachment, Record, Withdrawal
from ..terms import Stage, WithdrawalKind


def sharing(record: Record) -> list[tuple[Record, list[str]]]:
    """Other records whose signed text has a file of the same content, and the names of those files there: what is public,
    and what is signed to be public later."""
    own = Attachment.objects.filter(edition__record=record, edition__stage=Stage.LIVE).values("sha256")
    rows = (
        Attachment.objects.filter(
            sha256__in=own,
            edition__stage=Stage.LIVE,
            edition__record__published_at__isnull=False,
            edition__record__withdrawn__in=("", WithdrawalKind.REPEALED),
            edition__record__openness=Openness.ACTIVE,
        )
        .exclude(edition__record=record)
        .select_related("edition__record__agency")
        .order_by("edition__record_id", "position", "pk")
    )
    found: dict[int, tuple[Record, list[str]]] = {}
    for file in rows:
        other = file.edition.record
        found.setdefault(other.pk, (other, []))[1].append(file.name)
    return list(found.values())


def kept_elsewhere(
    withdrawal: Withdrawal,
    shared: list[tuple[Record, list[str]]],
    kept: Mapping[int, str],
    taken: Collection[int],
    by: User,
    at: datetime,
) -> None:
    """Note why the same files stay public elsewhere; their records are told of it in the log.

    Args:
        shared: ``sharing``, asked before anything was withdrawn.
        kept: by primary key → why; one that is empty stops the withdrawal. Who is not named is only told.
        taken: records that go along.

    Raises:
        RuleBroken: the person who withdraws decided to keep one and did not say why.
    """
    if withdrawal.kind == WithdrawalKind.MOVED:
        return
    record = withdrawal.record
    secret, repealed = (withdrawal.kind == kind for kind in (WithdrawalKind.CONFIDENTIAL, WithdrawalKind.REPEALED))
    gone = "废止" if repealed else "撤下"
    for other, names in shared:
        if repealed and other.withdrawn == WithdrawalKind.REPEALED:
            continue  # 它自己已经标着废止
        if other.pk in taken or not Record.objects.filter(pk=other.pk, withdrawn=other.withdrawn).exists():
            continue
        why = kept.get(other.pk)
        if why is not None and not why.strip():
            raise RuleBroken(
                f"{titled(other)}里还公开着同样的附件（{'、'.join(names)}），没有一并{gone}，也没有写理由",
                fix=f"请勾选一并{gone}，或者写明为什么留着；只有附件不该再用的，也可以先更正那一件、换掉附件。",
            )
        what = f"同样的附件（{'、'.join(names)}）" if not secret else "有的附件"
        said = "在别处已经依法撤下的" if secret else f"随{titled(record)}{gone}的"
        stays = "没有标明" if repealed else "仍然公开"
        reason = f"：{why.strip()[:200]}" if why and not secret else ""
        log(
            "records.warn",
            f"{said}{what}在本件{stays}，请核对{reason}",
            at=at,
            by=by,
            agency=other.agency,
            about=other,
            other=record.pk,
        )
