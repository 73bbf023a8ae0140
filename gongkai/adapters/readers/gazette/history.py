"""旧公报的目录:一个文件里许多期。表格(CSV、XLSX)一行一篇;Word、PDF、纯文本是一期的题头接着各行。

按印的读:重复、倒着的页码另写一句疑误,不改。
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook

from gongkai.adapters.files import reading
from gongkai.adapters.files.bounds import sheets_bounded
from gongkai.adapters.files.decode import decode
from gongkai.adapters.files.errors import Unreadable
from gongkai.adapters.files.kinds import Kind, kind_of
from gongkai.adapters.files.limits import DEFAULT, Limits
from gongkai.adapters.files.pages import pages as read_pages
from gongkai.adapters.files.word import guard
from gongkai.adapters.paper import dates

from . import contents, issue

#: 一个文件至多这么多行。
MOST_ROWS = 200_000
_COLUMNS = {
    "name": ("刊名", "公报名称"),
    "year": ("年", "年份", "年度", "期的年"),
    "number": ("期号", "期", "期次", "年内期号", "第几期"),
    "running": ("总期号", "总期", "总第", "总号"),
    "day": ("出版日期", "出版日", "刊登日期", "日期"),
    "section": ("栏目", "类别"),
    "title": ("标题", "题名", "篇名", "文件名称", "名称"),
    "doc_number": ("文号", "发文字号", "字号"),
    "issuer": ("发文机关", "发布机构", "机关"),
    "page": ("页码", "页", "起页"),
}
_KINDS = {"增刊": "extra", "专辑": "special", "专刊": "special", "特刊": "special", "合刊": "double"}
_HEAD_LONGEST = 80


@dataclass(slots=True)
class Old:
    """读出的一期;``key`` 以外的都可以没有。"""

    year: int
    number: int
    number_to: int | None = None
    running: int | None = None
    kind: str = "regular"
    name: str = ""
    published_on: str | None = None
    head: str = ""
    articles: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, int, str]:
        return self.year, self.number, self.kind


@dataclass(slots=True)
class History:
    """一个文件读出的各期,和读不成的行。"""

    issues: list[dict[str, Any]]
    faults: list[str]


def history(data: bytes, name: str, *, limits: Limits = DEFAULT) -> History:
    """The issues of one file.

    Raises:
        Unreadable: another kind of file, a broken or locked one, one without text.
    """
    kind = kind_of(data)
    if kind in (Kind.XLSX, Kind.CSV) or (kind is Kind.TXT and _is_table(decode(data, name)[0])):
        found, faults = _of_table(_rows(data, name, kind, limits), name)
    else:
        found, faults = _of_lines(_lines(data, name, limits))
    for old in found:
        old.doubts += _doubts(old)
    if not found:
        raise Unreadable(name, "没有读出一期", "题头要有年和期号，如“2021年第9期（总第57期）”；表格要有表头")
    return History([asdict(one) for one in found], faults[:200])


def _rows(data: bytes, name: str, kind: Kind | None, limits: Limits) -> Iterator[list[str]]:
    if kind is Kind.XLSX:
        guard(data, name, limits)
        sheets_bounded(data, name, limits)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in book.sheet_names[:50]:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=True, nrows=MOST_ROWS)
            yield from ([_cell(cell) for cell in row] for row in rows)
        return
    text = decode(data, name)[0]
    delimiter = "\t" if text[:2000].count("\t") > text[:2000].count(",") else ","
    yield from csv.reader(io.StringIO(text), delimiter=delimiter)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _is_table(text: str) -> bool:
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    return len(_columns(re.split("[,\t]", head))) > 2


def _columns(cells: Iterable[str]) -> dict[str, int]:
    """Key → column, of a row that is the head of a table."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        bare = re.sub(r"[\s\ufeff]", "", cell)
        for key, names in _COLUMNS.items():
            if bare in names:
                found.setdefault(key, place)
    return found


def _of_table(rows: Iterable[list[str]], name: str) -> tuple[list[Old], list[str]]:
    columns: dict[str, int] = {}
    issues: dict[tuple[int, int, str], Old] = {}
    titles: dict[tuple[int, int, str], list[list[str]]] = {}
    faults: list[str] = []
    for place, row in enumerate(rows, 1):
        if place > MOST_ROWS:
            raise Unreadable(name, f"超过{MOST_ROWS}行", "请分成几个文件")
        head = _columns(row)
        if "title" in head and ("number" in head or "running" in head):
            columns = head
            continue
        given = {key: row[at].strip() for key, at in columns.items() if at < len(row)}
        if not any(given.values()):
            continue
        one = _issue_of_row(given)
        if one is None or not given.get("title"):
            faults.append(f"第{place}行没有年、期号或者标题，没有读进来：{' '.join(row)[:60]}")
            continue
        kept = issues.setdefault(one.key, one)
        if (one.running, one.published_on) != (kept.running, kept.published_on):
            kept.doubts.append(f"第{place}行的总期号、出版日同前面的不一样，照前面的")
        titles.setdefault(one.key, []).append(
            [given.get(key, "") for key in ("title", "doc_number", "page", "section", "issuer")]
        )
    if not columns:
        raise Unreadable(
            name, "没有找到表头", "表头要有“年、期号、标题”，另可以有总期号、出版日期、栏目、文号、页码、发文机关"
        )
    for key, old in issues.items():
        old.articles = _articles(titles[key])
    return list(issues.values()), faults


def _issue_of_row(given: dict[str, str]) -> Old | None:
    year, number, running = (_whole(given.get(key, "")) for key in ("year", "number", "running"))
    read = issue.read(" ".join(given.get(key, "") for key in ("name", "year", "number", "running")))
    year, number, running = year or read.issue_year, number or read.issue_no, running or read.total_no
    if not year or not number:
        return None
    kind = next((kind for word, kind in _KINDS.items() if word in given.get("number", "")), "regular")
    day = dates.first_date(given.get("day", ""))
    to = read.issue_no_end if read.issue_no_end and read.issue_no_end > number else None
    return Old(
        year,
        number,
        to,
        running,
        "double" if to else kind,
        given.get("name", ""),
        day.isoformat() if day else None,
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _articles(rows: list[list[str]]) -> list[dict[str, Any]]:
    """The rows of one issue; the text of what a notice issues goes under that notice."""
    read = contents.lines((title for title, *_ in rows), has_sections=False)
    if len(read) != len(rows):
        read = [contents.Line(title) for title, *_ in rows]
    return [
        {
            "title": line.title[:300],
            "doc_number": (number or line.doc_no or "")[:120],
            "page": _whole(page) or line.page,
            "section": section[:40],
            "issuer": issuer[:120],
            "parent": line.parent,
        }
        for line, (_, number, page, section, issuer) in zip(read, rows, strict=True)
    ]


def _lines(data: bytes, name: str, limits: Limits) -> list[str]:
    found = [line for page in read_pages(data, name, limits=limits) for line in page.text.splitlines()]
    if not found:
        # 没有字:读法自己说得出是加了密码、坏了,还是扫描件
        reading.read(data, name, limits=limits)
        raise Unreadable(name, "里面没有文字，多半是扫描件", "请先识别文字，或者把目录录成表格")
    return found[:MOST_ROWS]


def _of_lines(lines: Iterable[str]) -> tuple[list[Old], list[str]]:
    issues: dict[tuple[int, int, str], Old] = {}
    texts: dict[tuple[int, int, str], list[str]] = {}
    faults: list[str] = []
    now: Old | None = None
    for text in (one.strip() for one in lines):
        if not text:
            continue
        if head := _head(text):
            if head.key in issues:
                faults.append(f"“{text[:40]}”出现了两次，后面的没有读进来")
                now = None
                continue
            now = head
            issues[now.key], texts[now.key] = now, []
        elif now is None:
            faults.append(f"题头以前的一行，没有读进来：{text[:40]}")
        else:
            texts[now.key].append(text)
    for key, old in issues.items():
        old.articles = [
            {
                "title": line.title[:300],
                "doc_number": (line.doc_no or "")[:120],
                "page": line.page,
                "section": (line.section or "")[:40],
                "issuer": "",
                "parent": line.parent,
            }
            for line in contents.lines(texts[key])
        ]
    return list(issues.values()), faults


def _head(text: str) -> Old | None:
    """The head of an issue; a line of contents that only names an issue is none."""
    if len(text) > _HEAD_LONGEST or re.search(r"[…]{1,9}|\.{4}|关于|通知|《[^》]*》的", text):
        return None
    read = issue.read(text)
    if (
        not read.issue_no
        or not read.issue_year
        or not (read.gazette or read.total_no or re.match(r"\d{4}年第", text))
    ):
        return None
    kind = _KINDS.get(read.kind or "", "double" if read.issue_no_end else "regular")
    day: date | None = read.published_on
    return Old(
        read.issue_year,
        read.issue_no,
        read.issue_no_end,
        read.total_no,
        kind,
        read.gazette or "",
        day.isoformat() if day else None,
        text[:200],
    )


def _doubts(old: Old) -> Iterator[str]:
    last = 0
    for place, article in enumerate(old.articles, 1):
        page = article["page"]
        if page is not None and page < last:
            yield f"第{place}行印在第{page}页，上一行却在第{last}页，照印的存"
        last = page or last
    if old.published_on and int(old.published_on[:4]) < old.year:
        yield f"出版日{old.published_on}早于期的年{old.year}"
