"""数据:交一份来先体检,有要改的不收;收下的由另一个人签字开放;内容没有变的只计数。"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from gongkai.adapters import apart
from gongkai.adapters.datatable import examination, large_examination
from gongkai.adapters.datatable.columns import Column, columns_of
from gongkai.adapters.datatable.large import is_large
from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.law.opendata import opening as law
from gongkai.law.opendata.terms import Opening
from gongkai.org import access
from gongkai.org.models import User

from .. import store
from ..models import Dataset, Version
from ..terms import DatasetState, VersionState
from .catalogue import first_fields
from .common import changed, locked, noted, required_reason

logger = logging.getLogger(__name__)
#: Versions whose files are read whole in one turn of mending, and how long a turn is, in seconds.
DEEP, TURN = 3, 600


def upload(
    dataset: Dataset, data: bytes | Path, name: str, *, note: str = "", by: User, at: datetime
) -> tuple[Version | None, dict[str, Any]]:
    """交一份数据:在受限的进程里体检,再收下。

    Args:
        data: the file's bytes; or where it lies, for one too large to hold (a CSV file of more than a million rows).

    Returns:
        (the version, the report); no version where a fault stops it, or where nothing changed (``report["same"]``).
        What is refused is not kept, and the log says where, not what.
    """
    access.require(by, "opendata.write", dataset.agency)
    if isinstance(data, Path) and not is_large(data):
        data = data.read_bytes()
    with store.workplace() as folder:
        report = _report(dataset, data, name, folder, at)
        stopping = [fault for fault in report["faults"] if fault["stops"]]
        if stopping:
            noted(
                "stopped",
                dataset,
                f"体检有{len(stopping)}处要改，没有收",
                at=at,
                by=by,
                places=[[fault["code"], fault["line"], fault["column"]] for fault in stopping[:50]],
            )
            return None, report
        return _kept(dataset, data, name, report, note, folder, by=by, at=at), report


def _report(dataset: Dataset, data: bytes | Path, name: str, folder: Path, at: datetime) -> dict[str, Any]:
    fields = [field.described() for field in dataset.fields.all()]
    sums = [rule for rule in dataset.sums.replace("；", ";").split(";") if rule.strip()]
    least = params.at("opendata.least_group", local_day(at)).value
    personal = dataset.opening == Opening.RESTRICTED
    if isinstance(data, Path):
        work = (str(data), str(folder), fields, sums, personal, least)
        return apart.run(apart.BULK, large_examination.take_large, *work)
    return apart.run(apart.DESK, examination.examine, data, name, fields, sums, personal, least)


@transaction.atomic
def _kept(
    dataset: Dataset,
    data: bytes | Path,
    name: str,
    report: dict[str, Any],
    note: str,
    folder: Path,
    *,
    by: User,
    at: datetime,
) -> Version | None:
    dataset = locked(dataset, by, "opendata.write")
    text: str | Path = report.pop("text")
    if isinstance(data, Path):
        text, digest = folder / large_examination.TABLE, report["digest"]
    else:
        digest = hashlib.sha256(str(text).encode()).hexdigest()
    if dataset.current is not None and dataset.current.digest == digest:
        dataset.unchanged += 1
        changed(dataset, "unchanged")
        report["same"] = True
        noted("unchanged", dataset, "交来的同现行的一样，不算更新", at=at, by=by)
        return None
    number = (dataset.versions.values_list("number", flat=True).order_by("-number").first() or 0) + 1
    version = Version(
        dataset=dataset,
        number=number,
        note=line(note)[:200],
        file_name=line(name)[:200],
        digest=digest,
        rows=report["rows"],
        columns=report["columns"],
        quality=report["quality"],
        faults=report["faults"],
        encoding=report["encoding"],
        uploaded_at=at,
        uploaded_by=by,
    )
    store.keep(version, data, text, columns_of(report["columns"]))
    for former in dataset.versions.filter(state=VersionState.CHECKED):
        former.state = VersionState.TAKEN
        former.save(update_fields=["state"])
    version.save()
    if not dataset.fields.exists():
        first_fields(dataset, report["columns"])
    changed(dataset)
    noted("upload", dataset, f"收下第{number}版，{version.rows}行", at=at, by=by)
    return version


@transaction.atomic
def open_version(version: Version, conclusion: str, *, by: User, at: datetime, seen: str | None = None) -> Version:
    """签字开放一版:写明隐私检查的结论;交的人不能自己签。"""
    dataset = locked(version.dataset, by, "opendata.open")
    version = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    version.dataset = dataset
    if seen is not None and seen != version.mark:
        raise RuleBroken("您看的不是最新的", fix="请刷新页面，看过再办。")
    if version.state != VersionState.CHECKED:
        raise RuleBroken(f"这一版{version.get_state_display()}", fix="请刷新页面。")
    if version.uploaded_by_id == by.pk:
        raise RuleBroken("交数据的人不能自己签字开放", fix="请由另一位看过以后签。")
    version.signed_note = required_reason(conclusion, "隐私检查的结论")
    version.smallest_group = _smallest_group(dataset, version)
    check_fit(dataset, version, Opening.from_value(dataset.opening), at)
    former = dataset.current
    if former is not None and former.state == VersionState.OPEN:
        former.state = VersionState.FORMER
        former.save(update_fields=["state"])
    version.state, version.opened_at, version.opened_by = VersionState.OPEN, at, by
    if dataset.opening == Opening.UNCONDITIONAL:
        version.files = store.show(version)
    version.save()
    on = local_day(at)
    dataset.current, dataset.state, dataset.closed_reason = version, DatasetState.OPEN, ""
    dataset.opened_on, dataset.updated_on = dataset.opened_on or on, on
    changed(dataset, "current", "state", "closed_reason", "opened_on", "updated_on")
    noted("open", dataset, f"开放第{version.number}版，{version.rows}行", at=at, by=by)
    return version


def check_fit(dataset: Dataset, version: Version, opening: Opening, at: datetime) -> None:
    """RuleBroken unless this version may be opened under this attribute."""
    fields = list(dataset.fields.all())
    entry = law.Entry(
        dataset.title,
        dataset.summary,
        dataset.phone,
        dataset.office,
        len(fields),
        sum(bool(field.level) for field in fields),
        sum(bool(field.meaning) for field in fields),
    )
    personal = sum(fault["code"] in ("PERSONAL", "MASK_UNEVEN") for fault in version.faults)
    law.may_open(
        opening, entry, rows=version.rows, personal=personal, group=version.smallest_group, on=local_day(at)
    )


def _smallest_group(dataset: Dataset, version: Version) -> int | None:
    names = set(dataset.fields.filter(is_quasi=True).values_list("name", flat=True))
    columns: Sequence[Column] = [column for column in version.table_columns() if column.name in names]
    return store.table(version).smallest_group(columns) if columns else None


def mend() -> int:
    """补上缺的、坏的文件,拿走多的:断在提交前后、换了机器、磁盘出错的。

    Sizes are looked at each time, contents of a few versions in turn.
    """
    done, pks = 0, list(Version.objects.public().order_by("pk").values_list("pk", flat=True))
    turn = int(time.time() // TURN)
    deep = {pks[(turn * DEEP + nth) % len(pks)] for nth in range(DEEP)} if pks else set()
    for pk in pks:
        try:
            done += _mended(pk, deep=pk in deep)
        except Exception:  # 原件坏了的一版写不出,不能挡住别的
            logger.exception("写不出数据的第%s版", pk)
    public = set(Version.objects.public().values_list("folder", flat=True))
    for version in Version.objects.filter(folder__in=store.folders() - public):
        with transaction.atomic():
            if _still_public(version.pk) is None:
                store.take_away(version)
                done += 1
    return done


@transaction.atomic
def _mended(pk: int, *, deep: bool) -> bool:
    """Write a version's files anew if they are not whole. It was public when it was listed and may have been closed
    since: it is asked again under the lock."""
    version = _still_public(pk)
    if version is None or not (store.kept(version) / store.TABLE).is_file() or store.is_whole(version, deep=deep):
        return False
    store.take_away(version)
    version.files = store.show(version)
    version.save(update_fields=["files"])
    return True


def _still_public(pk: int) -> Version | None:
    """The version if it is public now, its dataset locked until the transaction ends."""
    dataset = Version.objects.values_list("dataset", flat=True).get(pk=pk)
    Dataset.objects.select_for_update().get(pk=dataset)
    return Version.objects.public().filter(pk=pk).first()
