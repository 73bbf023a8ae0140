"""读访问日志:接着上次读,换过日志、截短、半行,不漏不重;坏行不算。"""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest

from gongkai.adapters.accesslog import Mark, Visited, parse, read

LINE = "2026-11-26T08:00:{:02}+08:00 GET 200 /{}/\n"


@pytest.fixture
def log(tmp_path):
    return tmp_path / "pages.log"


def lines(*numbers):
    return "".join(LINE.format(n, n) for n in numbers)


def read_on(log, mark, **options):
    found, mark = read(log, mark, **options)
    return [int(one.path.strip("/")) for line in found if (one := parse(line))], mark


def test_each_line_once_and_half_lines_wait(log):
    assert read(log, Mark()) == ([], Mark())
    log.write_text(lines(1, 2) + "2026-11-26T08")
    found, mark = read_on(log, Mark())
    assert found == [1, 2]
    assert read_on(log, mark) == ([], mark)
    log.write_text(lines(1, 2, 3))
    found, mark = read_on(log, mark)
    assert found == [3]


def test_rotation_by_renaming(log, tmp_path):
    log.write_text(lines(1))
    _, mark = read_on(log, Mark())
    with log.open("a") as file:
        file.write(lines(2))
    log.rename(tmp_path / "pages.log.1")
    found, mark = read_on(log, mark)
    assert found == [2]
    log.write_text("")
    assert read_on(log, mark) == ([], mark)
    log.write_text(lines(3))
    found, mark = read_on(log, mark)
    assert found == [3]
    # 一轮没有读,换了两次
    (tmp_path / "pages.log.1").rename(tmp_path / "pages.log.2")
    with log.open("a") as file:
        file.write(lines(4))
    log.rename(tmp_path / "pages.log.1")
    log.write_text(lines(5))
    (tmp_path / "pages.log.3.gz").write_bytes(b"\x1f\x8b\n")
    found, mark = read_on(log, mark)
    assert found == [4, 5]
    assert read_on(log, mark)[0] == []


def test_rotation_by_cutting_short(log):
    log.write_text(lines(1, 2, 3))
    _, mark = read_on(log, Mark())
    log.write_text(lines(7))
    assert read_on(log, mark)[0] == [7]


def test_so_much_a_turn(log):
    log.write_text(lines(*range(10)))
    found, mark = [], Mark()
    for _ in range(20):
        more, mark = read_on(log, mark, limit=100)
        assert len(more) <= 3
        found += more
    assert found == list(range(10))


def test_a_line_longer_than_a_turn_is_passed_over(log):
    log.write_text(lines(1) + "x" * 500 + "\n" + lines(2))
    found, mark = [], Mark()
    for _ in range(10):
        more, mark = read_on(log, mark, limit=100)
        found += more
    assert found == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hello",
        "2026-11-26T08:00:00+08:00 GET 200 http://x/",
        "2026-99-26T08:00:00+08:00 GET 200 /",
        "2026-11-26T08:00:00+08:00 GET 200 /%00",
    ],
)
def test_what_is_no_visit(line):
    assert parse(line) is None


@pytest.mark.parametrize(
    ("environ", "status", "said"),
    [({"gongkai.publisher": True}, 410, False), ({"gongkai.publisher": True}, 500, True), ({}, 404, True)],
)
def test_a_page_that_the_publisher_finds_gone_is_no_fault(environ, status, said):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Gone: /records/1/", None, None)
    record.request, record.status_code = SimpleNamespace(environ=environ), status
    assert Visited().filter(record) is said
