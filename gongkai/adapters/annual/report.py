"""从读出的文字和表格,拼成一份年度报告的事实。"""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.law.report import Report, form
from gongkai.law.report.exchange import wrong_form
from gongkai.law.report.facts import Line
from gongkai.law.report.finding import Finding, found
from gongkai.law.report.form import Form, form_of

from ..files.errors import Unreadable
from .headings import name_of, parts_of
from .runs import take_disclosures, take_in_order, take_remedies, take_requests
from .slim import slim
from .source import Grid, Source
from .tables import Tables, notice

_OLD = re.compile(r"本年新\s*制作\s*数量|对外公开\s*总数量|上一年\s*项目\s*数量")
_YUAN = re.compile(r"收费(?:金|总)?额\s{0,5}[(（]?\s{0,5}(单位\s{0,5}[:：]?\s{0,5}元)")


def assemble(source: Source, name: str) -> Report:
    """The report that a file holds. Raises Unreadable if none of the three tables is in it, or it is far too long."""
    source = slim(source, name)
    everything = "\n".join(
        block if isinstance(block, str) else "\n".join(cell.text for row in block.rows for cell in row)
        for block in source.blocks
    )
    used = form("2019") if _OLD.search(everything) else form("2021")
    tables = Tables(used)
    lines: list[str] = []
    for block in source.blocks:
        if isinstance(block, Grid):
            lines += tables.read_grid(block)
        else:
            lines.append(block)
    text = "\n".join(lines)
    parts = {part.number: part for part in parts_of(text)}
    bodies = {number: text[part.start : part.end].strip() for number, part in parts.items()}
    called = name_of(source.title, lines)
    _read_runs(tables, bodies, text, called.year)
    if not tables.table2 and not tables.table3 and not tables.table4:
        raise Unreadable(
            name,
            "没有找到政府信息公开工作年度报告的三张表",
            "请确认文件是2019年度以后的年度报告全文，表格不是图片",
        )
    report = Report(
        org=called.org,
        year=called.year,
        form=used,
        table2=_ordered(tables.table2, [row.key for row in used.disclosures]),
        table3=_ordered(tables.table3, [row.key for row in used.rows]),
        table4=_ordered(tables.table4, [row.key for row in used.remedies]),
        whole=_whole(tables),
        sections=bodies,
        headings={number: part.heading for number, part in parts.items()},
        title=called.title,
        published_on=source.published_on,
    )
    return replace(
        report, remarks=(*_remarks(report, tables), *_unit(source), *tables.remarks, *map(_noted, source.notes))
    )


def _read_runs(tables: Tables, bodies: dict[str, str], text: str, year: int | None) -> None:
    """What stands as running text instead of a table."""
    if len(tables.table2) < len(tables.form.disclosures):
        take_disclosures(tables, bodies.get("二", text), bodies.get("一", ""), year)
    if len(tables.table3) < len(tables.form.rows):
        ruled = list(tables.order)
        take_requests(tables, bodies.get("三", text))
        tables.order = ruled or tables.order  # 表格以外认出的行,不知道原来在表里第几行
    if len(tables.table3) < len(tables.form.rows):
        take_in_order(tables, bodies.get("三", text))
    if not tables.table4:
        take_remedies(tables, bodies.get("四", text))


def _ordered(table: dict[str, Line], keys: list[str]) -> dict[str, Line]:
    return {key: table[key] for key in keys if key in table}


def _whole(tables: Tables) -> frozenset[int]:
    """Tables that are there at all claim to be whole; table 2 of the trial form is not held to every row."""
    there = {2: tables.table2 if tables.form.certainty == "V" else None, 3: tables.table3, 4: tables.table4}
    return frozenset(number for number, table in there.items() if table)


def _remarks(report: Report, tables: Tables) -> list[Finding]:
    remarks: list[Finding] = []
    due = _due_form(report)
    if due is not report.form:
        remarks.append(wrong_form(report.year, report.form, due))
    for table, title in ((tables.table2, "二"), (tables.table3, "三"), (tables.table4, "四")):
        if not table:
            remarks.append(
                found(
                    "E7",
                    f"表{title}",
                    f"没有读到第{title}部分的表格。",
                    remedy="请补上该表；如果表格在文件里是图片，请换成文字表格。",
                )
            )
    official = [row.key for row in report.form.rows]
    order = [official.index(key) for key in tables.order]
    if order != sorted(order):
        remarks.append(found("E14", "表三/行名", "表三各行的顺序与官方格式不一致。"))
    return remarks


def _unit(source: Source) -> list[Finding]:
    """Table two counts charges in 万元; a head that says 元 makes the number ten thousand times too large."""
    cells = (cell.text for block in source.blocks if isinstance(block, Grid) for row in block.rows for cell in row)
    for text in cells:
        if hit := _YUAN.search(text):
            return [
                found(
                    "E7",
                    "表二/行政事业性收费",
                    f"表二的收费金额写“{hit[1]}”，官方格式的单位是万元。",
                    expected="单位：万元",
                    actual=hit[1],
                    remedy="请换算成万元，并照官方格式写单位。",
                )
            ]
    return []


def _noted(note: str) -> Finding:
    return notice("全文", note)


def _due_form(report: Report) -> Form:
    return form_of(max(report.year or 2021, 2019)) if report.year else report.form
