"""成批读出的命令:顺序、坏行、编号。"""

import json

import pytest
from django.core.management import CommandError, call_command

from gongkai.records.reading import ReadingCommand, Way

pytestmark = pytest.mark.once


class Lengths(ReadingCommand):
    """字数;标题不是文字的一行读不出。"""

    ways = {"count": Way("数字数", lambda row: {"length": len(row["title"])})}


def test_a_bad_line_gives_an_empty_answer_in_its_place(tmp_path, capsys):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"id": "a", "title": "公告"}\n\n[1]\n{"_id": 7, "title": 3}\n不是\n{"title": "通知书"}\n', "utf-8"
    )
    call_command(Lengths(), "count", "--text-file", str(rows), "--json")
    printed = capsys.readouterr()
    expected = [{"id": "a", "length": 2}, {}, {}, {}, {"length": 3}]
    assert [json.loads(line) for line in printed.out.splitlines()] == expected
    assert printed.err.count("读不出来") == 3


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="打不开"):
        call_command(Lengths(), "count", "--text-file", str(tmp_path / "none.jsonl"))
