"""判定开放属性:由严到宽等另一个人批准;由宽到严当时生效,给公众的文件在提交以前就拿走。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.law.opendata import judging as law
from gongkai.law.opendata.terms import Level, Opening
from gongkai.law.opendata.updating import months_after
from gongkai.org.models import User

from .. import store
from ..models import Dataset, Ruling, Version
from ..terms import DatasetState, RulingState, VersionState
from .catalogue import take_all_away
from .common import changed, locked, noted, required_reason
from .versions import check_fit


@transaction.atomic
def judge(
    dataset: Dataset,
    answers: Mapping[str, bool],
    *,
    conditions: str = "",
    basis: str = "",
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Ruling:
    """按判定树判一次。放宽的等批准,其余的当时生效;年度复核也走这里,判出来一样的只推后下一次的日子。"""
    dataset = locked(dataset, by, "opendata.write", seen)
    if dataset.rulings.filter(state=RulingState.WAITING).exists():
        raise RuleBroken("已经有一次判定在等批准", fix="请等批准，或者请批准的人退回。")
    level = Level.from_value(dataset.level) if dataset.level else None
    facts = {name: bool(answers.get(name)) for name in law.QUESTIONS}
    judged = law.judge(law.Facts(level, **facts))
    before = Opening.from_value(dataset.opening)
    ruling = Ruling(
        dataset=dataset,
        facts=facts | {"level": dataset.level},
        before=before,
        after=judged.opening or "none",
        step=judged.step,
        reason=judged.reason,
        conditions=conditions.strip(),
        basis=basis.strip()[:300],
        state=RulingState.DONE,
        by=by,
        at=at,
    )
    if judged.opening is None:
        ruling.save()
        _remove(dataset, judged.reason, by=by, at=at)
        return ruling
    law.complete(judged.opening, conditions=conditions, basis=basis)
    if law.loosens(before, judged.opening):
        ruling.state = RulingState.WAITING
        ruling.save()
        changed(dataset)
    else:
        ruling.save()
        _apply(dataset, judged.opening, ruling, at)
    noted("judge", dataset, f"判定为{judged.opening.label}（第{judged.step}步：{judged.reason}）", at=at, by=by)
    return ruling


@transaction.atomic
def approve(ruling: Ruling, note: str = "", *, by: User, at: datetime) -> Ruling:
    """批准放宽:不是提出的人,现行的一版也合适。"""
    ruling = _waiting(ruling, by)
    law.may_approve(proposed_by=ruling.by_id, approver=by.pk)
    if ruling.facts.get("level", "") != ruling.dataset.level:
        raise RuleBroken(
            "提出以后改过字段的分级，照原来的分级判的不能批准", fix="请退回，照现在的分级再判定一次。"
        )
    dataset, opening = ruling.dataset, Opening.from_value(ruling.after)
    if dataset.current is not None:
        check_fit(dataset, dataset.current, opening, at)
    ruling.state, ruling.decided_by, ruling.decided_at = RulingState.DONE, by, at
    ruling.decided_note = note.strip()[:300]
    ruling.save()
    _apply(dataset, opening, ruling, at)
    noted("approve", dataset, f"批准{opening.label}", at=at, by=by)
    return ruling


@transaction.atomic
def refuse(ruling: Ruling, note: str, *, by: User, at: datetime) -> Ruling:
    """不批准:开放属性不变。"""
    ruling = _waiting(ruling, by)
    ruling.state, ruling.decided_by, ruling.decided_at = RulingState.REFUSED, by, at
    ruling.decided_note = required_reason(note, "不批准的理由")
    ruling.save()
    changed(ruling.dataset)
    noted("refuse", ruling.dataset, f"不批准放宽（{ruling.decided_note[:100]}）", at=at, by=by)
    return ruling


def _waiting(ruling: Ruling, by: User) -> Ruling:
    dataset = locked(ruling.dataset, by, "opendata.loosen")
    found = Ruling.objects.select_for_update(of=("self",)).get(pk=ruling.pk)
    found.dataset = dataset
    if found.state != RulingState.WAITING:
        raise RuleBroken(f"这次判定{found.get_state_display()}", fix="请刷新页面。")
    return found


@transaction.atomic
def tighten(
    dataset: Dataset, to: Opening, reason: str, *, conditions: str = "", basis: str = "", by: User, at: datetime
) -> Dataset:
    """收紧:发现不妥的当时就收,先收后判;提交以前文件已经拿走。"""
    dataset = locked(dataset, by, "opendata.tighten")
    before = Opening.from_value(dataset.opening)
    if not (to is Opening.PENDING or to.rank < before.rank) or before.rank <= 1:
        raise RuleBroken(f"现在是{before.label}，改成{to.label}不是收紧", fix="要放宽的请走判定，由主管部门批准。")
    law.complete(to, conditions=conditions, basis=basis)
    reason = required_reason(reason, "收紧的理由")
    dataset.rulings.filter(state=RulingState.WAITING).update(
        state=RulingState.REFUSED, decided_by=by, decided_at=at, decided_note="因收紧而作废"
    )
    ruling = Ruling.objects.create(
        dataset=dataset,
        facts={"level": dataset.level},
        before=before,
        after=to,
        step=0,
        reason=reason,
        conditions=conditions.strip(),
        basis=basis.strip()[:300],
        state=RulingState.DONE,
        by=by,
        at=at,
    )
    _apply(dataset, to, ruling, at)
    noted("tighten", dataset, f"{before.label}收紧为{to.label}（{reason[:100]}）", at=at, by=by)
    return dataset


@transaction.atomic
def close(dataset: Dataset, reason: str, *, by: User, at: datetime) -> Dataset:
    """下架:公告理由,目录页留着,数据和文件都没有了。"""
    dataset = locked(dataset, by, "opendata.tighten")
    if dataset.state != DatasetState.OPEN:
        raise RuleBroken("没有上架", fix="请刷新页面。")
    dataset.state, dataset.closed_reason = DatasetState.CLOSED, required_reason(reason, "下架的理由")
    take_all_away(dataset, for_good=True)
    changed(dataset, "state", "closed_reason")
    noted("close", dataset, f"下架（{dataset.closed_reason[:100]}）", at=at, by=by)
    return dataset


def _apply(dataset: Dataset, opening: Opening, ruling: Ruling, at: datetime) -> None:
    """The attribute holds from now on; the files follow it."""
    on = local_day(at)
    dataset.opening, dataset.conditions, dataset.basis = opening, ruling.conditions, ruling.basis
    dataset.next_judging_on = months_after(on, params.at("opendata.rejudge_months", on).value)
    if opening is Opening.PROHIBITED and dataset.state == DatasetState.OPEN:
        dataset.state, dataset.closed_reason = DatasetState.CLOSED, ruling.reason[:300]
    if opening is Opening.UNCONDITIONAL:
        published = Version.objects.filter(dataset=dataset, state__in=(VersionState.OPEN, VersionState.FORMER))
        for version in published if dataset.state == DatasetState.OPEN else ():
            _shown_if_fit(dataset, version, at)
    else:
        take_all_away(dataset, for_good=dataset.state == DatasetState.CLOSED)
    changed(dataset, "opening", "conditions", "basis", "next_judging_on", "state", "closed_reason")


def _shown_if_fit(dataset: Dataset, version: Version, at: datetime) -> None:
    """Give a version to the public; a former one that was fit only for the few who applied stays away for good."""
    if version.pk != dataset.current_id and not _fits_everybody(dataset, version, at):
        version.state = VersionState.TAKEN
        version.save(update_fields=["state"])
        noted("away", dataset, f"第{version.number}版不合无条件开放，不再给出", at=at)
        return
    version.files = store.show(version)
    version.save(update_fields=["files"])


def _fits_everybody(dataset: Dataset, version: Version, at: datetime) -> bool:
    """Whether a former version passes the check of today, and has no column that was taken out of the dataset since."""
    graded = set(dataset.fields.values_list("name", flat=True))
    if not graded.issuperset(column["name"] for column in version.columns):
        return False
    try:
        check_fit(dataset, version, Opening.UNCONDITIONAL, at)
    except RuleBroken:
        return False
    return True


def _remove(dataset: Dataset, reason: str, *, by: User, at: datetime) -> None:
    """Out of the catalogue without a trace for the public."""
    take_all_away(dataset)
    dataset.versions.update(state=VersionState.TAKEN)
    dataset.state, dataset.closed_reason, dataset.current = DatasetState.REMOVED, reason[:300], None
    changed(dataset, "state", "closed_reason", "current")
    noted("judge", dataset, "不入目录，已经去掉", at=at, by=by)
