"""评测材料:法律法规库、网页正文、年报数据、纯文本,各读成检索库的文件,原文一并留着,好核对引文。"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.adapters.engine import Document

from . import laws
from .passages import cut, with_mark


@dataclass(frozen=True, slots=True)
class Source:
    """一份原文:``group`` 与检索库里的相同;同一网址的数据和正文各是一份,数据的在网址后加 ``#`` 和年份。"""

    group: str
    text: str


def read_material(paths: Iterable[Path], *, local: bool) -> Iterator[tuple[Source, Sequence[Document]]]:
    """Every source of the files with its passages.

    Args:
        local: whether local rules of the law files are taken in too.
    """
    papers: dict[str, tuple[str, str, str]] = {}
    for path in paths:
        if path.suffix == ".txt":
            text = path.read_text("utf-8")
            papers[_title(text)] = (f"file:{path.name}", _title(text), text)
            continue
        if path.suffix == ".xz" or ("text" in (row := _first(path)) and "history" in row):
            yield from _laws(path, local=local)
            continue
        for row in _rows(path):
            if "cells" in row:
                yield _report(row)
            elif "text" in row and (title := str(row.get("title") or "")):
                # 摘录的网页,若另有同名的全文,用全文,记在网页名下。
                full = papers.get(title)
                papers[title] = (str(row["url"]), title, full[2] if full else str(row["text"]))
    for group, title, text in papers.values():
        yield _paper(group, title, text)


def _laws(path: Path, *, local: bool) -> Iterator[tuple[Source, Sequence[Document]]]:
    kept = [law for law in laws.read_laws(path) if local or not law.place]
    by_group: dict[str, list[Document]] = {law.group: [] for law in kept}
    for document in laws.documents(kept):
        by_group[document.group].append(document)
    for law in kept:
        yield Source(law.group, law.text), by_group[law.group]


def _report(row: dict[str, Any]) -> tuple[Source, Sequence[Document]]:
    """The figures of an annual report as lines of text."""
    title = f"{row['org']}{row['year']}年政府信息公开工作年度报告"
    lines = [str(row.get("narrative") or "")]
    for name, value in (row.get("cells") or {}).items():
        total = value[-1] if isinstance(value, list) else value
        if total is not None:
            lines.append(f"{name}：{total}件")
    return _paper(
        f"{row['url']}#{row['year']}", title, "\n".join(line for line in lines if line), year=int(row["year"])
    )


def _paper(group: str, title: str, text: str, *, year: int | None = None) -> tuple[Source, Sequence[Document]]:
    documents = [
        with_mark(
            Document(
                id=f"{group}:{one.start}",
                title=title,
                heading=one.heading,
                body=one.text,
                year=year,
                group=group,
                start=one.start,
            )
        )
        for one in cut(text)
    ]
    return Source(group, text), documents


def _title(text: str) -> str:
    """The first line that reads like the title of an official paper, else the first line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = [line for line in lines[:10] if re.search(r"的(?:通知|意见|决定|公告|方案|办法|报告|函)$", line)]
    return (named or lines or [""])[0]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _first(path: Path) -> dict[str, Any]:
    return next(_rows(path), {})
