"""清理:开始一次、逐件定结论、办结。办结时结论一并生效,结果已经公布,原页随之加横幅。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.normative import EffectKind, Outcome
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records.models import Record

from ..models import Batch, Document, Ruling
from .register import happen

_EFFECTS = {Outcome.KEEP: EffectKind.KEEP, Outcome.REPEAL: EffectKind.REPEAL, Outcome.LAPSE: EffectKind.LAPSE}


@transaction.atomic
def open_batch(name: str, cutoff: date, *, by: User, at: datetime) -> Batch:
    """开始一次清理:``cutoff`` 以前制定、现在还有效的,都要定结论。"""
    access.require(by, "policies.cleanup")
    if not name.strip():
        raise RuleBroken("清理没有名称", fix="如“2024年行政规范性文件清理”。")
    if Batch.objects.filter(name=name.strip()).exists():
        raise RuleBroken(f"已经有“{name.strip()}”", fix="请换一个名称，或者接着办原来那一次。")
    batch = Batch.objects.create(name=name.strip()[:80], cutoff=cutoff, opened_at=at, opened_by=by)
    log("policies.batch", f"开始{batch}（{cutoff}以前制定的）", at=at, by=by, about=batch)
    return batch


def _open(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.closed_at:
        raise RuleBroken(f"{batch}已经办结", fix="结论有变的，请在文件上记效力变动。")
    return batch


@transaction.atomic
def rule(batch: Batch, document: Document, outcome: Outcome, reason: str, *, by: User, at: datetime) -> Ruling:
    """对一件文件定结论;办结以前可以改。继续有效以外的要写理由。"""
    batch, outcome = _open(batch), Outcome(outcome)
    access.require(by, "policies.register", document.record.agency)
    if not batch.scope().filter(pk=document.pk).exists():
        raise RuleBroken(
            f"{titled(document)}不在{batch}的范围里", fix="只清理截止日以前制定、开始清理时还有效的文件。"
        )
    if outcome is not Outcome.KEEP and not reason.strip():
        raise RuleBroken(f"“{outcome.label}”没有写理由", fix="请写明理由。")
    ruling, _ = Ruling.objects.update_or_create(
        batch=batch,
        document=document,
        defaults={"outcome": outcome, "reason": reason.strip()[:300], "by": by, "at": at},
    )
    log(
        "policies.ruling",
        f"{batch}：{titled(document)}{outcome.label}",
        at=at,
        by=by,
        agency=document.record.agency,
        about=document.record,
        outcome=outcome.value,
    )
    return ruling


@transaction.atomic
def close(batch: Batch, result: Record, on: date, *, by: User, at: datetime) -> Batch:
    """办结:每件都有结论,结果已经公布(``result``),废止、失效自 ``on`` 起。"""
    batch = _open(batch)
    access.require(by, "policies.cleanup")
    if not result.is_public(at):
        raise RuleBroken(f"{titled(result)}还没有公开", fix="清理结果要先向社会公布。")
    rulings = {one.document_id: one for one in batch.rulings.select_related("document__record")}
    if left := [one for one in batch.scope().select_related("record") if one.pk not in rulings]:
        raise RuleBroken(f"还有{len(left)}件没有结论，第一件：{titled(left[0])}", fix="请逐件定结论。")
    for ruling in rulings.values():
        kind = _EFFECTS.get(Outcome(ruling.outcome))
        ended = any(one.kind.ends for one in ruling.document.happened())
        if kind and not ended and ruling.document.record_id != result.pk:
            happen(ruling.document, kind, on=on, source=result, batch=batch, by=by, at=at)
    batch.result, batch.closed_on, batch.closed_at = result, on, at
    batch.save(update_fields=["result", "closed_on", "closed_at"])
    log("policies.close", f"{batch}办结，结果见{titled(result)}", at=at, by=by, about=batch)
    return batch
