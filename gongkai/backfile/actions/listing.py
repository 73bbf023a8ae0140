"""收清单:归档文件目录(CSV、XLSX)的各行。同一全宗号、档号的只有一件:再收只改程序读出的,人核对过的不动。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gongkai.adapters.readers.backfile.codes import reference_code
from gongkai.adapters.readers.backfile.rows import clean
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Intake, Item
from ..old_paths import path_of
from ..settling import is_understood, settle
from ..tabular import read_table
from ..terms import ItemState, Way
from .taking import begin

#: 列名 → 要素。
COLUMNS = {
    "档号": "reference_code",
    "文号": "doc_number",
    "责任者": "issuer",
    "题名": "title",
    "标题": "title",
    "文件题名": "title",
    "日期": "date_text",
    "成文日期": "date_text",
    "文件日期": "date_text",
    "密级": "secrecy",
    "页数": "page_count",
    "页号": "page_count",
    "保管期限": "retention",
    "旧索引号": "index_number",
    "索引号": "index_number",
    "公开属性": "attribute",
}
ADDRESS = ("旧网址", "原网址")
_SURE = 0.95


def take_list(agency: Agency, content: bytes, name: str, *, fonds: str = "", by: User, at: datetime) -> Intake:
    """收一张清单:新的建一件,有的比对;返回这次收取。"""
    titles = [column for column, key in COLUMNS.items() if key == "title"]  # “题名”在先,说给人听的是它
    head, lines = read_table(content, name, titles)
    return take_rows(agency, name, head, lines, fonds=fonds, by=by, at=at)


@transaction.atomic
def take_rows(
    agency: Agency,
    name: str,
    head: Sequence[str],
    lines: Sequence[Sequence[str]],
    *,
    fonds: str = "",
    by: User,
    at: datetime,
) -> Intake:
    """The same from rows that are read already."""
    intake = begin(agency, Way.LIST, name, fonds=fonds, by=by, at=at)
    counts = {"新建": 0, "更新": 0, "相同": 0, "没有收": 0}
    for number, line in enumerate(lines, 1):
        if any(cell.strip() for cell in line):
            counts[_line(intake, number, head, line)] += 1
    said = "，".join(f"{word}{count}行" for word, count in counts.items() if count)
    log(
        "backfile.unpack",
        f"清单“{intake}”：{said or '没有行'}",
        at=at,
        by=by,
        agency=agency,
        about=intake,
        **counts,
    )
    return intake


def _line(intake: Intake, number: int, head: Sequence[str], line: Sequence[str]) -> str:
    cells = [*line, *[""] * len(head)][: len(head)]
    mended = clean(list(head), cells)
    given = dict(zip(head, mended["cells"], strict=True))
    notes = [f"{column}“{dict(zip(head, cells, strict=True))[column]}”认不准，请核对" for column in mended["ask"]]
    notes += [
        f"{column}由“{raw}”改为“{now}”"
        for column, raw, now in zip(head, cells, mended["cells"], strict=True)
        if raw.strip() != str(now).strip() and column not in mended["ask"] and str(now).strip()
    ]
    values = {
        COLUMNS[column]: str(cell).strip()
        for column, cell in given.items()
        if column in COLUMNS and str(cell).strip()
    }
    if not values.get("title"):
        row = Item(
            intake=intake,
            agency=intake.agency,
            path=f"第{number}行",
            state=ItemState.REFUSED,
            reason="这一行没有题名。",
        )
        row.save()
        return "没有收"
    if not is_understood(values.get("date_text", "")):
        notes.append(f"日期“{values['date_text']}”认不准，请核对")
    found = _known(intake, values)
    item = found or Item(intake=intake, agency=intake.agency, path=f"第{number}行", state=ItemState.CHECKING)
    read = item.read | {
        key: {"value": value, "sure": _SURE, "where": "目录", "page": 0, "box": []}
        for key, value in values.items()
    }
    if found and read == item.read:
        return "相同"
    item.read, item.notes = read, list(dict.fromkeys([*item.notes, *notes]))
    item.old_address = next((str(given[name])[:400] for name in ADDRESS if given.get(name)), item.old_address)
    item.old_path = path_of(item.old_address)
    settle(item)
    item.revision += 1 if found else 0
    item.save()
    return "更新" if found else "新建"


def _known(intake: Intake, values: Mapping[str, str]) -> Item | None:
    """The paper that this row speaks of: by fonds and reference code, else by number, title and date together."""
    rows = Item.objects.counted().filter(agency=intake.agency).select_related("intake")
    if raw := values.get("reference_code"):
        code = reference_code(raw)
        fonds = code.fonds or intake.fonds
        if found := rows.filter(fonds=fonds, reference_code=code.canonical or raw).first():
            return found
        return None
    same = {"title": values["title"][:300], "doc_number": values.get("doc_number", "")[:80], "reference_code": ""}
    return rows.filter(**same, date_text=values.get("date_text", "")[:40]).first()
