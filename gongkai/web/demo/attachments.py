"""样本信息的附件:预算决算的表,规范性文件的申请表。"""

from __future__ import annotations

import io
import random
from datetime import datetime

import docx
import xlsxwriter

from gongkai.org.models import User
from gongkai.records import actions
from gongkai.records.models import Edition

from .compose import Sample


def attach(edition: Edition, sample: Sample, by: User, at: datetime, chance: random.Random) -> None:
    """A table for budgets and final accounts, a Word file for some regulations."""
    name = sample.description["title"]
    if sample.type in ("budget", "final-account"):
        actions.attach(edition, f"{name}附表.xlsx", _sheet(name, chance), by=by, at=at)
    elif sample.type == "normative" and chance.randrange(3) == 0:
        actions.attach(edition, "申请表.docx", _form(name), by=by, at=at)


def _sheet(title: str, chance: random.Random) -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    sheet = book.add_worksheet("收支总表")
    sheet.write_row(0, 0, [title])
    sheet.write_row(1, 0, ["项目", "金额（万元）"])
    for row, item in enumerate(
        ("一般公共服务支出", "教育支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出"), 2
    ):
        sheet.write_row(row, 0, [item, chance.randint(20, 900)])
    book.close()
    return memory.getvalue()


def _form(title: str) -> bytes:
    memory = io.BytesIO()
    word = docx.Document()
    word.core_properties.author = ""
    word.add_heading("申请表", 1)
    word.add_paragraph(f"依据：{title}")
    table = word.add_table(rows=4, cols=2)
    for row, label in zip(table.rows, ("申请人", "联系方式", "申请事项", "申请日期"), strict=True):
        row.cells[0].text = label
    word.save(memory)
    return memory.getvalue()
