"""``gongkai same``:网页、文件、标准输入、网址上的副本,同源的退出码是0,缺句、换序、已经不公开的是1。"""

from __future__ import annotations

import functools
import io
import json
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from gongkai.adapters.render import Document, Part, document_docx
from gongkai.records import actions
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db
PARTS = ("各镇人民政府：", "现就绿化工作通知如下。请于三月底前完成；逾期的要说明原因。", "请各单位认真执行。")
BODY = "".join(f"<p>{one}</p>" for one in PARTS)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def record(office):
    return office.publish(body=BODY)


def same(*arguments: object) -> int:
    try:
        call_command("same", *map(str, arguments))
    except SystemExit as stop:
        return int(stop.code)
    return 0


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        return


def page(*parts: str) -> str:
    return (
        "<html><head><meta charset=utf-8><title>转载</title></head><body><nav>首页 | 通知</nav><article><h1>通知</h1>"
        + "".join(f"<p>　　{one}</p>" for one in parts)
        + "</article><footer>版权所有</footer></body></html>"
    )


def test_a_page_elsewhere(record, tmp_path, capsys):
    copy = tmp_path / "copy.html"
    copy.write_text(page(*PARTS))
    assert same(record.pk, copy) == 0
    copy.write_text(page(PARTS[0], PARTS[1].replace("三月", "四月"), PARTS[2]))
    assert same(record.index_number, copy) == 1
    seen = capsys.readouterr()
    assert seen.out == "缺\t请于三月底前完成；\n" and "不同源:缺1句" in seen.err
    copy.write_text(page(PARTS[0], PARTS[2], PARTS[1]))
    assert same(record.pk, copy) == 1
    assert "次序\t" in capsys.readouterr().out


def test_files_of_other_kinds(record, tmp_path, capsys, monkeypatch):
    word = tmp_path / "copy.docx"
    word.write_bytes(document_docx(Document("通知", "办公室", tuple(Part("text", one) for one in PARTS))))
    assert same(record.pk, word) == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(PARTS).encode("gb18030"))))
    capsys.readouterr()
    assert same(record.pk, "-", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert (
        row["same"] and row["identical"] and row["content_sha256"] == row["copy_sha256"] and row["missing"] == []
    )


def test_an_address(record, tmp_path):
    (tmp_path / "copy.html").write_text(page(*PARTS))
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        assert same(record.pk, f"{base}/copy.html") == 0
        with pytest.raises(CommandError, match="取不到"):
            same(record.pk, f"{base}/none.html")
        server.shutdown()


def test_a_copy_of_what_is_withdrawn(office, record, tmp_path, capsys):
    copy = tmp_path / "copy.html"
    copy.write_text(page(*PARTS))
    actions.withdraw(record, "retracted", reason="核对", on=AT.date(), by=office.office, at=AT)
    assert same(record.pk, copy) == 1
    assert "副本应当撤下" in capsys.readouterr().err


def test_what_cannot_be_compared(office, record, tmp_path):
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    draft = office.draft().record
    for number, copy in (
        (999, empty),
        ("没有", empty),
        (record.pk, empty),
        (record.pk, tmp_path / "x"),
        (draft.pk, empty),
    ):
        with pytest.raises(CommandError):
            same(number, copy)
