"""``gongkai annual``:读年报、校验年报。不用数据库,什么也不存。"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.adapters.annual import Unreadable, read_file
from gongkai.law.report import Finding, Report, check_all, from_row, is_sound, to_row

UNREADABLE = 2  # 退出码:文件读不出来;有错误是 1


class Command(BaseCommand):
    help = (
        "读出或者校验政府信息公开工作年度报告(PDF、网页、DOCX、XLSX、纯文本;扫描的 PDF 要装文字识别)。只读文件,什么也不存;"
        "校验发现错误时退出码为1,文件读不出来时为2。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True, metavar="read|check")
        read = ways.add_parser("read", help="读出三张表")
        read.add_argument("files", nargs="+", type=Path, metavar="FILE")
        check = ways.add_parser("check", help="校验,列出发现")
        check.add_argument("files", nargs="*", type=Path, metavar="FILE")
        check.add_argument("--cells", type=Path, metavar="F.jsonl", help="一行一份的 JSON 数据,- 为标准输入")
        check.add_argument("--previous", type=Path, metavar="FILE", help="上一年度的报告,用于核对结转等")
        check.add_argument(
            "--published", type=date.fromisoformat, metavar="YYYY-MM-DD", help="公布日期,用于核对期限"
        )
        for way in (read, check):
            way.add_argument("--json", action="store_true", help="输出 JSON,一行一份")
            way.add_argument("--org", default="", help="机关名称,文件里读不出时用")
            way.add_argument("--year", type=int, help="统计年度,文件里读不出时用")

    def handle(self, *, way: str, **options: Any) -> None:
        if way == "read":
            for path in options["files"]:
                self._show(_open(path, options), None, options)
            return
        if not options["files"] and not options["cells"]:
            raise CommandError(
                "没有给出要校验的文件。请写上文件名,或者用 --cells 给出数据。", returncode=UNREADABLE
            )
        previous = _open(options["previous"], {}) if options["previous"] else None
        reports = [_open(path, options) for path in options["files"]]
        if options["published"]:
            reports = [replace(report, published_on=options["published"]) for report in reports]
        if options["cells"]:
            reports += _rows(options["cells"])
        sound = True
        for report, findings in check_all(reports, previous):
            self._show(report, findings, options)
            sound = sound and is_sound(findings)
        if not sound:
            raise SystemExit(1)

    def _show(self, report: Report, findings: list[Finding] | None, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(to_row(report, findings), ensure_ascii=False))
            return
        for line in _lines(report) if findings is None else _said(report, findings):
            self.stdout.write(line)


def _open(path: Path, options: dict[str, Any]) -> Report:
    try:
        report = read_file(path)
    except Unreadable as error:
        raise CommandError(str(error), returncode=UNREADABLE) from error
    return replace(report, org=options.get("org") or report.org, year=options.get("year") or report.year)


def _rows(path: Path) -> Iterator[Report]:
    """The reports of a JSONL file; empty lines do not count."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"《{path.name}》读不出来:不是 UTF-8 的文本文件。", returncode=UNREADABLE) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CommandError(f"《{path.name}》第{number}行不是 JSON。", returncode=UNREADABLE) from error
        if not isinstance(row, dict):
            raise CommandError(f"《{path.name}》第{number}行不是 JSON 对象。", returncode=UNREADABLE)
        yield from_row(row)


def _lines(report: Report) -> Iterator[str]:
    yield _head(report)
    tables = (("表二", report.disclosures()), ("表三", report.cells()), ("表四", report.remedies()))
    for table, rows in tables:
        yield table
        for name, values in rows.items():
            cells = values if isinstance(values, list) else [values]
            yield "\t".join([f"  {name}", *("空白" if cell is None else str(cell) for cell in cells)])


def _said(report: Report, findings: Iterable[Finding]) -> Iterator[str]:
    yield _head(report)
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity.label] = counts.get(finding.severity.label, 0) + 1
        yield f"{finding.severity.label}\t{finding.id}\t{finding.where}\t{finding.message}"
        yield f"\t依据{finding.basis}。{finding.remedy}"
    yield "、".join(f"{label}{count}处" for label, count in counts.items()) or "没有发现问题。"


def _head(report: Report) -> str:
    org, year = report.org or "机关名称未读出", f"{report.year}年度" if report.year else "年度未读出"
    doubt = "" if report.form.certainty == "V" else "(行列未经原文核对)"
    return f"{org}\t{year}\t{report.form.label}{doubt}"
