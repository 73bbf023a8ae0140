"""成批录入:贴的、表里的一行一条,收不下的逐行说为什么;同一批不会录两遍,一万条也收得下。"""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.decisions import actions
from gongkai.decisions.entering import Row, listed, pasted
from gongkai.law.consultation import Channel
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from tests.decisions.office import Council
from tests.records.office import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]
NOON = moment(2026, 9, 15, 12)


@pytest.fixture
def council(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return Council()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1、提高补贴。\n2、送餐上门。", [(1, "提高补贴。"), (2, "送餐上门。")]),
        ("（1）提高到\n三百元。\n\n（2）送餐。", [(1, "提高到\n三百元。"), (4, "送餐。")]),
        ("3.5元一餐太贵", [(1, "3.5元一餐太贵")]),
        ("30日内答复", [(1, "30日内答复")]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_a_pasted_list_is_one_opinion_a_line_or_a_block(text, rows):
    assert [(row.line, row.text) for row in pasted(text)] == rows


def test_what_is_copied_out_of_a_workbook_keeps_its_columns():
    text = "序号\t收到日期\t渠道\t意见\t姓名\n1\t2026/9/3\t12345热线\t太远了\t范某某\n2\t昨天\t来信\t支持\t"
    first, second = pasted(text)
    assert (first.text, first.channel, first.on, first.contact) == (
        "太远了",
        Channel.HOTLINE,
        date(2026, 9, 3),
        {"name": "范某某"},
    )
    assert second.line == 3 and second.why == "日期“昨天”认不得"


def workbook(*rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_read_by_its_heads(kind):
    rows = [["意见汇总", ""], ["渠道", "意见内容"], ["座谈会", "建议分档"], ["托梦", "建议取消"]]
    data = workbook(*rows) if kind == "xlsx" else "\n".join(map(",".join, rows)).encode("gb18030")
    first, second = listed(data, f"意见.{kind}")
    assert (first.text, first.channel) == ("建议分档", Channel.MEETING) and second.why == "渠道“托梦”认不得"


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"MZ" + b"\0" * 99, "CSV"), ("姓名,电话\n某,1".encode(), "没有找到“意见”这一列"), (b"", "空文件")],
)
def test_what_is_no_list_is_refused(content, why):
    with pytest.raises(RuleBroken, match=why):
        listed(content, "意见.csv")


def test_each_row_that_is_not_taken_says_why_and_stays(council, client):
    one = council.round(council.dossier())
    client.force_login(council.office.clerk)
    url = reverse("desk:decisions_enter_opinions", args=[one.pk])
    assert client.post(url, {"channel": "letter", "received_on": "2026-09-10", "listed": " "}).status_code == 422
    head = "意见\t渠道\t收到日期"
    text = f"{head}\n提高补贴。\t\t\n送餐上门。\t热线\t2026-09-03\n晚了\t\t2026-12-03\n！！\t\t\n某意见\t托梦\t"
    page = client.post(url, {"channel": "letter", "received_on": "2026-09-10", "listed": text})
    shown = page.content.decode()
    assert page.status_code == 200 and "已经录入2条" in shown and "<strong>3行没有收</strong>" in shown
    assert "收到的日子不在2026-09-01至2026-10-01之间" in shown and "没有写意见" in shown and "托梦" in shown
    box = (
        shown.partition('id="id_listed"')[2]
        .partition(">")[2]
        .partition("</textarea>")[0]
        .replace("\r", "")
        .strip()
    )
    assert box.split("\n") == ["意见\t渠道\t收到日期", "晚了\t\t2026-12-03", "！！\t\t", "某意见\t托梦"], (
        "没有收的留着各列"
    )
    rows = list(one.opinions.order_by("pk").values_list("channel", "received_at__date", "number"))
    assert rows == [
        ("letter", date(2026, 9, 10), "MH0122-Y-2026-00001"),
        ("hotline", date(2026, 9, 3), "MH0122-Y-2026-00002"),
    ]
    again = client.post(url, {"channel": "letter", "received_on": "2026-09-10", "listed": text})
    assert again.status_code == 422 and "刚才录过" in again.content.decode() and one.opinions.count() == 2
    file = SimpleUploadedFile("意见.csv", "意见\n增加布点".encode())
    assert client.post(url, {"channel": "email", "received_on": "2026-09-10", "file": file}).status_code == 302
    assert one.opinions.filter(channel="email").get().number == "MH0122-Y-2026-00003"
    assert LogEntry.objects.filter(action="decisions.opinion").count() == 2, "一批一条"


def test_ten_thousand_pasted_are_taken_and_one_more_is_refused_whole(council):
    one = council.round(council.dossier())
    given = {"by": council.office.clerk, "at": NOON}
    text = "\n".join(f"{number}、第{number}户反对。" for number in range(1, 10_001))
    with pytest.raises(RuleBroken, match="一次至多10000条"):
        actions.enter_opinions(one, pasted(f"{text}\n又一条"), Channel.LETTER, date(2026, 9, 2), **given)
    assert not one.opinions.exists(), "一条也没有录"
    done = actions.enter_opinions(one, pasted(text), Channel.LETTER, date(2026, 9, 2), **given)
    assert (done.count, done.last, done.refused) == (10_000, "MH0122-Y-2026-10000", ())
    assert one.opinions.count() == 10_000 and one.opinions.last().text == "第10000户反对。"


def test_nothing_is_entered_where_no_row_can_be_taken(council):
    one = council.round(council.dossier())
    with pytest.raises(RuleBroken, match="2行都没有收下"):
        actions.enter_opinions(
            one, [Row(1, ""), Row(2, "？")], Channel.LETTER, date(2026, 9, 2), by=council.office.clerk, at=NOON
        )


def test_a_batch_is_grouped_at_once(council):
    """Nothing is left for the day of the result; what came later joins the group of the first."""
    one, clerk = council.round(council.dossier()), council.office.clerk
    texts = [f"请保留十七路末班车，方便夜班的人回家。{n}幢居民。" for n in range(4)] + ["助餐点太远，建议送餐。"]
    for start in (0, 2):
        rows = [Row(n, text) for n, text in enumerate(texts[start : start + 2] + texts[4:] * (start // 2), 1)]
        actions.enter_opinions(one, rows, Channel.LETTER, date(2026, 9, 10), by=clerk, at=NOON)
    assert not one.opinions.filter(like=None).exists()
    first = one.opinions.order_by("pk").first()
    assert one.crowds() == [(first.pk, 4)]
