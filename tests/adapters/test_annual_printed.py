"""年报的 PDF:浏览器打印时断在两页的表、横页、旧格式的表头。"""

import pytest

from gongkai.adapters.annual import pdf, read_here, scan, turned
from gongkai.adapters.annual.report import assemble
from gongkai.adapters.annual.rulings import Char, Line, tables_of
from gongkai.adapters.annual.source import Grid, Source, Span, expand
from gongkai.law.report import form
from tests.adapters import pdf_samples

ROWS = form("2021").rows


def level(y, low=0, high=90):
    return Line(True, y, low, high)


def upright(x, low, high):
    return Line(False, x, low, high)


def grid(lines, *chars):
    (table,) = tables_of(lines, [Char(*one) for one in chars])
    return [[cell.text for cell in row if not cell.left] for row in table.grid.rows]


class TestOpenEnds:
    """断在页尾、页首的一行没有横线,竖线伸出去。"""

    CHARS = (("甲", 15, 30), ("1", 45, 30), ("2", 75, 30), ("乙", 15, 10), ("3", 45, 10), ("4", 75, 10))
    WHOLE = (("甲", "1", "2"), ("乙", "3", "4"))

    def test_a_row_that_lies_open_below_is_a_row(self):
        lines = [level(40), level(20)] + [upright(x, 0, 40) for x in (0, 30, 60, 90)]
        assert grid(lines, *self.CHARS) == [list(row) for row in self.WHOLE]

    def test_and_above(self):
        lines = [level(20), level(0)] + [upright(x, 0, 40) for x in (0, 30, 60, 90)]
        assert grid(lines, *self.CHARS) == [list(row) for row in self.WHOLE]

    def test_lines_that_jut_out_a_little_or_alone_make_no_row(self):
        lines = [level(40), level(20), level(0)] + [upright(x, -3, 40) for x in (0, 30, 60, 90)]
        assert len(grid(lines, *self.CHARS)) == 2
        lines = (
            [level(40), level(20), level(0)] + [upright(x, 0, 40) for x in (30, 60, 90)] + [upright(0, -60, 40)]
        )
        assert len(grid(lines, *self.CHARS)) == 2


def test_a_row_between_two_pages_is_not_out_of_order():
    """What stands outside the ruled lines is read after them; where it stood is not known."""
    values = "0 0 0 0 0 0 0"

    def block(rows):
        return expand(
            [[Span(row.path[-1] if row.path else ""), Span(row.label), *map(Span, values.split())] for row in rows]
        )

    parts = ["明湖区水利局2024年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    split = Source((*parts, block(ROWS[:9]), f"{ROWS[9].label} {values}", block(ROWS[10:])))
    told = [remark.message for remark in assemble(split, "x").remarks]
    assert not any("顺序" in message for message in told) and not any("缺少" in message for message in told)
    mixed = Source((*parts, block([*ROWS[9:], *ROWS[:9]])))
    assert any("顺序" in remark.message for remark in assemble(mixed, "x").remarks), "真的乱了的还要说"


def test_the_head_of_the_old_table_two_is_no_row_of_table_three():
    old = form("2019")
    rows = []
    for part in old.blocks:
        rows.append([Span(part.title, 4)])
        rows.append([Span("信息内容"), *map(Span, part.columns)])
        rows += [[Span(row.label), *[Span("1")] * len(part.columns)] for row in part.rows]
    table3 = [[Span(row.label), *[Span("0")] * 7] for row in old.rows]
    source = Source(
        (
            "明湖区水利局2019年政府信息公开工作年度报告",
            "二、主动公开政府信息情况",
            expand(rows),
            "三、收到和处理政府信息公开申请情况",
            expand(table3),
        )
    )
    report = assemble(source, "x")
    assert report.form.key == "2019" and len(report.table3["new"]) == 7
    assert not any("行名" in remark.message or "应有7格" in remark.message for remark in report.remarks)


TABLE = (("单位", "件数", "金额"), ("水利局", "12", "280"), ("教育局，", "3", "0"))


def drawn(turns):
    """A title and a ruled table of three columns on one page, its content turned counterclockwise ``turns`` times."""
    matrix = {0: "1 0 0 1 0 0", 1: "0 1 -1 0 595 0", 2: "-1 0 0 -1 595 842", 3: "0 -1 1 0 0 842"}[turns]
    height = 842 if turns % 2 == 0 else 595
    content = [
        pdf_samples.put("明湖区水利局政府信息公开工作年度报告", 60, height - 60),
        pdf_samples.put("二、主动公开政府信息情况", 60, height - 90),
    ]
    top, step, wide = height - 120, 40, 150
    for nth, row in enumerate(TABLE):
        content += [pdf_samples.put(text, 70 + wide * at, top - step * nth - 25) for at, text in enumerate(row)]
    for nth in range(len(TABLE) + 1):
        content.append(f"60 {top - step * nth} m {60 + wide * 3} {top - step * nth} l S\n")
    for nth in range(4):
        content.append(f"{60 + wide * nth} {top} m {60 + wide * nth} {top - step * len(TABLE)} l S\n")
    return f"q {matrix} cm\n{''.join(content)}Q"


@pytest.mark.parametrize("marked", [True, False], ids=["rotate", "plain"])
@pytest.mark.parametrize("turns", range(4))
def test_a_page_on_its_side_is_read_as_if_upright(turns, marked):
    data = pdf_samples.pdf(drawn(turns), rotate=90 * turns if marked else 0)
    blocks = pdf.load(data, "x.pdf", scan.Limits(1, 1, 1)).blocks
    assert [block for block in blocks if isinstance(block, str)] == [
        "明湖区水利局政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
    ]
    (table,) = [block for block in blocks if isinstance(block, Grid)]
    assert tuple(tuple(cell.text for cell in row) for row in table.rows) == TABLE


def test_a_drawing_within_a_form_lies_where_the_form_puts_it():
    """Lines are told in the measures of their form; the form itself is laid on the page."""
    for turns in range(4):
        one = turned.line(level(10, 0, 90), turns)
        assert one.across is (turns % 2 == 0) and one.high - one.low == 90
    assert turned.line(upright(5, 0, 40), 1) == Line(True, 5, -40, 0)
    assert turned.line(upright(5, 0, 40), 3) == Line(True, -5, 0, 40)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.5 nothing"])
def test_what_is_no_report_is_refused(data):
    with pytest.raises(Exception, match="读不出来"):
        read_here(data, "x.pdf")
