"""坏文件只给一种错误,一句话说清;真实的 PDF 一格不差。"""

import io
import json
import random
import zipfile

import pypdfium2
import pytest

from gongkai.adapters.annual import Unreadable, read, read_file
from gongkai.law.report import check, from_row
from tests.adapters import annual_samples as samples
from tests.adapters import scan_samples
from tests.outside import shared


def why(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, "某年报")
    message = str(caught.value)
    assert message.startswith("《某年报》") and message.endswith("。")
    return message


def blank_pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_a_scan_is_told_apart_from_a_broken_file():
    assert "扫描件" in why(blank_pdf())
    assert "损坏" in why(b"%PDF-1.7\nnothing")
    assert "损坏" in why(samples.as_docx(samples.figures(1))[:3000])
    assert "损坏" in why(b"PK\x03\x04 word/document.xml")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空文件"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "图片"),
        ("今天天气很好。".encode(), "三张表"),
        (b"<html><body><p>404</p></body></html>", "三张表"),
    ],
)
def test_other_files_are_refused_with_a_reason(data, told):
    assert told in why(data)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Unreadable, match="打不开"):
        read_file(tmp_path / "没有.pdf")


def _blobs() -> dict[str, bytes]:
    data = samples.figures(5)
    blobs = {layout: samples.as_text(data, layout) for layout in ("rows", "bars", "stacked", "glued")}
    blobs |= {
        "html": samples.as_html(data, messy=True),
        "docx": samples.as_docx(data),
        "xlsx": samples.as_xlsx(data),
    }
    return blobs | {"pdf": scan_samples.as_pdf(data)}


BLOBS = _blobs()


def damage(data: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, cut out, doubled or swapped for digits and bars."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        at = rng.randrange(len(out) or 1)
        way = rng.randrange(4)
        if way == 0:
            out[at : at + 1] = bytes([rng.randrange(256)])
        elif way == 1:
            del out[at : at + rng.randint(1, 80)]
        elif way == 2:
            out[at:at] = out[at : at + rng.randint(1, 200)]
        else:
            out[at : at + 1] = rng.choice(b"0123456789-/|,. \n<>").to_bytes(1, "big")
    return bytes(out)


def inside(data: bytes, rng: random.Random) -> bytes:
    """Damage inside a packed document, packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            body = old.read(entry)
            hit = entry.endswith(("document.xml", "sheet1.xml", "sharedStrings.xml"))
            new.writestr(entry, damage(body, rng) if hit else body)
    return out.getvalue()


@pytest.mark.parametrize("kind", BLOBS)
def test_damaged_files_raise_nothing_else(kind):
    rng = random.Random(kind)
    for _ in range(25):
        data = (
            inside(BLOBS[kind], rng)
            if kind in ("docx", "xlsx") and rng.random() < 0.8
            else damage(BLOBS[kind], rng)
        )
        try:
            report = read(data, kind)
        except Unreadable:
            continue
        check(report, report)


ODD = [
    None,
    "",
    "/",
    -1,
    2.5,
    "１２",
    "1,000",
    True,
    [],
    {},
    "x" * 500,
    10**30,
    float("inf"),
    [1] * 9,
    {"自然人": 1},
]


@pytest.mark.parametrize("n", range(150))
def test_odd_rows_of_exchanged_data_raise_nothing(n):
    rng = random.Random(n)
    row = {
        "org": rng.choice(["明湖区", "", None, 5]),
        "year": rng.choice([2023, "2023年", None, 0, -5, 99999, "x", True]),
        "complete_table": rng.choice([True, False, None, "x"]),
        "columns": rng.choice([None, [], ["自然人", "总计"], "自然人", [1, 2]]),
        "narrative": rng.choice([None, "", "收到5件", 5, ["x"]]),
        "published": rng.choice([None, "2024-02-30", "2024-02-01", 5]),
        "cells": samples.cells(samples.figures(n)),
    }
    for name in rng.sample(list(row["cells"]), 6):
        line = row["cells"][name]
        row["cells"][name] = rng.choice([rng.choice(ODD), [rng.choice(ODD) for _ in line]])
    for key in rng.sample(["cells", "table2", "table4", "table_head", "sections", "headings"], 2):
        row[key] = rng.choice(
            [None, 5, "x", [], {"规章": rng.choice(ODD), "行政复议": [1, 2], "x": 1, "一": None}]
        )
    report = from_row(row)
    json.dumps([finding.as_dict() for finding in check(report, report)], ensure_ascii=False)


@pytest.mark.measured
def test_the_real_pdf_is_read_exactly():
    rows = [json.loads(line) for line in shared("data/annual.dev.jsonl").read_text("utf-8").splitlines()]
    row = next(row for row in rows if row["_id"] == "annual-0005")
    report = read_file(shared("data/annual-report-hongze-2024.pdf"))
    assert report.cells() == row["cells"]
    assert report.disclosures() == row["table2"]
    assert report.remedies() == row["table4"]
    assert (report.org, report.year) == (row["org"], 2024)
    findings = check(report)
    assert [f.where for f in findings if f.severity.value == "error"] == []
    assert ("E9", "正文/本年新收", 95, 17) in [(f.id, f.where, f.expected, f.found) for f in findings]
