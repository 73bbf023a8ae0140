"""恶意的年报:长的空白、几万行、套得很深的表、几百万的合并,得到一句话或者照样读出,都在限度以内(C2)。"""

from io import BytesIO

import pytest

from gongkai.adapters.annual import Scans, Unreadable, read, read_foreign
from tests.adapters import annual_samples as samples


def foreign(text: str, name: str):
    return read_foreign(BytesIO(text.encode()), name, scans=Scans(10, 40, 5), may_scan=lambda: True)


@pytest.mark.parametrize(
    "text",
    [
        "一、" + " " * 60_000 + "x",
        "一、总体情况\n" * 8_000,
        "一、" * 30_000,
        "（" * 60_000,
        "| |" * 20_000,
        "-" * 60_000 + "x",
        "第五部分问题" * 10_000,
        "明湖区2025年政府信息公开" * 5_000,
        "收到1件" * 15_000,
        "20" * 30_000,
    ],
)
def test_sixty_thousand_characters_of_anything_end_in_a_sentence(text):
    with pytest.raises(Unreadable) as caught:
        foreign(text, "x.txt")
    assert "没有找到" in str(caught.value), "不是读的时间超过了限度"


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>" * 3_000,
        "<table>" + "<tr><td colspan=100000000 rowspan=100000000>1</td></tr>" * 3_000,
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>",
        "<div>" * 200_000 + "x",
        "<div><p><font>" * 60_000 + "x",
        "".join(f"<p><font color={n}>x</p>" for n in range(40_000)),
    ],
)
def test_nested_tables_merges_and_attributes_are_bounded(page):
    with pytest.raises(Unreadable) as caught:
        foreign(f"<html><body>{page}", "x.html")
    assert "时间" not in str(caught.value)


def test_a_sound_report_with_much_white_space_is_read():
    page = samples.as_html(samples.figures(1)).decode()
    spaced = page.replace("</td>", " " * 300 + "</td>").replace("<p>", "<p>" + "\n" * 300)
    assert foreign(spaced, "x.html").cells() == read(page.encode(), "x.html").cells()


def test_more_text_than_any_report_has_is_refused():
    with pytest.raises(Unreadable, match="不像一份年度报告"):
        foreign(("本年度公开信息若干。" * 40_000), "x.txt")
