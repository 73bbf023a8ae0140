"""网页套得太深的只去标签、不丢字;真的网页一个字也不动。"""

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.adapters.files.nesting import DEEPEST, MOST_FORMATS, shallow


def deepest(text: str) -> int:
    """How deep the parser has it."""
    most, level = 0, [(LexborHTMLParser(text).root, 1)]
    while level:
        node, depth = level.pop()
        most = max(most, depth)
        child = node.first_child
        while child is not None:
            level.append((child, depth + 1))
            child = child.next
    return most


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<table><tr><td>",
        "<ul><li>",
        "<div><p><font>",
        "<div/>",
        "<svg><div/>",
        "<svg><style><div>",
        "<td></td><table></td>",
        "<div><table><td></div>",
        "<!--><div>",
        "<x-y>",
        "<button><p>",
        "<li><div></li>",
    ],
)
def test_whatever_is_nested_stays_shallow_and_every_word_stays(unit):
    page = shallow("<body>" + "".join(f"{unit}字{n} " for n in range(1_500)) + "-->")
    # 表格里缺的行、行组由解析器补上
    assert deepest(page) <= 2 * DEEPEST + MOST_FORMATS + 10
    words = LexborHTMLParser(page).root.text(deep=True)
    assert "字0 " in words and "字1499 " in words


@pytest.mark.parametrize(
    "page",
    [
        "<p>一<p>二<p>三" * 500,
        "<table>" + "<tr><td>甲<td>乙" * 800 + "</table>",
        "<ul>" + "<li>项<ul><li>目</ul>" * 600 + "</ul>",
        "<dl>" + "<dt>问<dd>答" * 600 + "</dl>",
        "<script>" + "document.write('<div>');" * 600 + "</script><p>正文</p>",
        "<!-- " + "<div>" * 600 + " --><p>正文</p>",
        '<div><a href="/1">一</a><br><img src=x></div>' * 600,
        "<select>" + "<option>年" * 600 + "</select>",
        "<div><span>字</span></div>" * 2_000,
    ],
)
def test_a_page_with_end_tags_left_out_is_not_touched(page):
    assert shallow(page) == page
