"""带来的方案、要点、任务表:在另一个进程里读成文字,再读出任务;读不出来的一句话说明。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.adapters import apart, files
from gongkai.adapters.files import Heading, Items, Paragraph, Table
from gongkai.adapters.readers import supervision as reader
from gongkai.law.supervision import TaskKind

from .shipped import Draft

#: 读出来的一份至多这么多项。
MOST = 400
_KINDS = {"yearly": TaskKind.YEARLY, "monthly": TaskKind.MONTHLY}


def text_of(data: bytes, name: str) -> str:
    """The text of a file, a table's cells apart by bars, as the reader of plans takes it.

    Raises:
        Unreadable: the file cannot be read; one sentence says why.
    """
    document = files.read(data, name)
    return "\n".join(_lines(document.blocks))


def _lines(blocks: Iterable[object]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _rows(block)
        elif isinstance(block, Items):
            yield from block.lines
        elif isinstance(block, Heading | Paragraph):
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    """Each row on a line; a cell that spans rows is written once, the reader fills it down."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table.rows):
        cells: list[str] = []
        for cell in row:
            while (y, len(cells)) in taken:
                cells.append("")
            x = len(cells)
            taken |= {(y + dy, x + dx) for dy in range(1, cell.rowspan) for dx in range(cell.colspan)}
            cells += [" ".join(cell.text.split()), *[""] * (cell.colspan - 1)]
        yield "|".join(cells)


def tasks_in(text: str, title: str, issued: date) -> list[Draft]:
    """The tasks of a text, read in another process.

    Raises:
        Stopped: the reading went over a limit.
    """
    row = {"text": text, "title": title, "date": issued.isoformat()}
    return [draft(task) for task in apart.run(apart.DESK, reader.read, row)["tasks"][:MOST]]


def draft(task: dict[str, object]) -> Draft:
    """One task as the reader gives it, with its kind: what has a day is done once, the rest goes on."""
    due = date.fromisoformat(str(task["due_date"])) if task["due_date"] else None
    start = date.fromisoformat(str(task["start"])) if task["start"] else None
    kind = _KINDS.get(str(task["recurrence"] or ""), TaskKind.ONCE if due else TaskKind.CONTINUING)
    lead, responsible = task["lead"], task["responsible"]
    assert isinstance(lead, list) and isinstance(responsible, list)
    return Draft(
        str(task["task"]),
        tuple(lead),
        tuple(responsible),
        kind=str(kind.value),
        due=due,
        due_written=str(task["due_text"] or ""),
        start=start,
    )
