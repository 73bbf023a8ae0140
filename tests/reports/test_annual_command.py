"""gongkai annual 命令:读、校验、退出码、JSON。"""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from tests.adapters import annual_samples as samples


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "年报.html"
    path.write_bytes(samples.as_html(samples.figures(1)))
    return path


@pytest.fixture
def wrong(tmp_path):
    data = samples.figures(1)
    data["table3"]["car"][0] += 5
    path = tmp_path / "错.docx"
    path.write_bytes(samples.as_docx(data))
    return path


def run(*words, code: int = 0) -> str:
    out = io.StringIO()
    if code:
        with pytest.raises(SystemExit) as stopped:
            call_command("annual", *map(str, words), stdout=out)
        assert stopped.value.code == code
    else:
        call_command("annual", *map(str, words), stdout=out)
    return out.getvalue()


def test_read_gives_the_tables(report):
    data = samples.figures(1)
    row = json.loads(run("read", report, "--json"))
    assert row["cells"] == samples.cells(data)
    assert (row["org"], row["year"], row["form"]) == (data["org"], 2023, "2021")
    text = run("read", report)
    assert "一、本年新收" in text and str(data["table3"]["new"][6]) in text


def test_a_sound_report_ends_well(report):
    assert "没有发现问题。" in run("check", report)
    assert json.loads(run("check", report, "--json"))["findings"] == []


def test_an_error_gives_exit_code_1_and_is_explained(wrong):
    out = run("check", wrong, code=1)
    assert "E3" in out and "表三/收结平衡/自然人" in out and "依据《年度报告格式》" in out
    row = json.loads(run("check", wrong, "--json", code=1))
    assert {"org", "year", "form", "cells", "findings"} <= set(row)
    assert {"id", "severity", "where", "expected", "found", "message"} <= set(row["findings"][0])


def test_previous_year_from_a_file_or_from_the_same_call(tmp_path, report):
    before = samples.figures(1) | {"year": 2022}
    before["table3"]["car"] = [value + 1 for value in samples.figures(1)["table3"]["old"]]
    path = tmp_path / "上年.txt"
    path.write_bytes(samples.as_text(before, "rows"))
    assert "E4" in run("check", report, "--previous", path, code=1)
    lines = [json.loads(line) for line in run("check", report, path, "--json", code=1).splitlines()]
    assert any(finding["id"] == "E4" for finding in lines[0]["findings"])


def test_late_publication_by_option(report):
    assert "E11" in run("check", report, "--published", "2024-02-01", code=1)


def test_rows_of_cells_one_line_each(tmp_path):
    rows = [
        {
            "_id": "a",
            "org": "明湖区",
            "year": 2022,
            "complete_table": True,
            "cells": samples.cells(samples.figures(1)),
        },
        {
            "_id": "b",
            "org": "明湖区",
            "year": 2024,
            "complete_table": False,
            "cells": {"一、本年新收": 3, "二、上年结转": None},
        },
        {"_id": "c", "org": "青石区", "year": 2024, "cells": {"一、本年新收": [1, 0, 0, 0, 0, 0, 2]}},
    ]
    path = tmp_path / "f.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", "utf-8")
    out = [json.loads(line) for line in run("check", "--cells", path, "--json", code=1).splitlines()]
    assert [row["_id"] for row in out] == ["a", "b", "c"]
    assert [[finding["id"] for finding in row["findings"]] for row in out] == [[], [], ["E1"]]


@pytest.mark.parametrize(
    "words",
    [("check",), ("read", "没有.pdf"), ("check", "--cells", "没有.jsonl")],
)
def test_what_cannot_be_read_gives_exit_code_2(words):
    with pytest.raises(CommandError) as stopped:
        run(*words)
    assert stopped.value.returncode == 2


def test_a_line_that_is_no_json(tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_text('{"org": "x"}\n[1]\n', "utf-8")
    with pytest.raises(CommandError, match="第2行"):
        run("check", "--cells", path)


def test_a_scan_without_the_recogniser_is_unreadable(tmp_path, monkeypatch, here):
    monkeypatch.setattr("gongkai.adapters.annual.scan.load", lambda: None)
    monkeypatch.setattr("gongkai.adapters.ocr.installed", lambda: False)
    path = tmp_path / "扫描.pdf"
    Image.new("L", (600, 800), 255).save(path, "PDF")
    with pytest.raises(CommandError, match="请安装文字识别组件") as stopped:
        run("read", path, "--json")
    assert stopped.value.returncode == 2
