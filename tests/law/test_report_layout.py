"""三张表的官方版式:合并格恰好铺满,行列和次序就是表样,数在它该在的那一格。"""

import pytest

from gongkai.law.report import form, from_row, grids
from gongkai.law.report.layout import text_of
from gongkai.law.report.value import read


def report(year=2025):
    used = form("2019" if year < 2021 else "2021")
    cells = {row.short: [100 * n + i for i in range(7)] for n, row in enumerate(used.rows)}
    table4 = {row.short: [1000 + 10 * n + i for i in range(5)] for n, row in enumerate(used.remedies)}
    return from_row(
        {"org": "明湖区", "year": year, "cells": cells, "table4": table4, "table2": {"行政规范性文件": [3, 1, 47]}}
    )


def spread(grid):
    """The table as a full matrix of cells; an overlap fails."""
    matrix = {}
    for y, row in enumerate(grid.rows):
        x = 0
        for cell in row:
            while (y, x) in matrix:
                x += 1
            for dy in range(cell.rows):
                for dx in range(cell.cols):
                    assert (y + dy, x + dx) not in matrix
                    matrix[y + dy, x + dx] = cell
            x += cell.cols
    return matrix


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_cells_tile_the_table(year, number):
    grid = grids(report(year))[number]
    assert set(spread(grid)) == {(y, x) for y in range(len(grid.rows)) for x in range(grid.width)}


def test_table_three_as_in_the_official_form():
    matrix = spread(grids(report())[1])
    assert [matrix[1, x].text for x in (3, 4, 8, 9)] == ["自然人", "法人或其他组织", "法人或其他组织", "总计"]
    assert [matrix[2, x].text for x in range(3, 10)] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert matrix[5, 0].text == matrix[26, 0].text == "三、本年度办理结果"
    assert matrix[7, 1].text == matrix[14, 1].text == "（三）不予公开"
    assert (matrix[14, 2].text, matrix[14, 3].text, matrix[14, 9].text) == ("8.属于行政查询事项", "1100", "1106")
    assert matrix[27, 0].text == matrix[27, 2].text == "四、结转下年度继续办理"


def test_table_four_in_three_blocks():
    matrix = spread(grids(report())[2])
    assert [matrix[0, x].text for x in (0, 5, 14)] == ["行政复议", "行政诉讼", "行政诉讼"]
    assert [matrix[1, x].text for x in (0, 5, 10)] == ["结果维持", "未经复议直接起诉", "复议后起诉"]
    assert [matrix[3, x].text for x in (0, 4, 5, 14)] == ["1000", "1004", "1010", "1024"]


def test_table_two_in_four_blocks():
    matrix = spread(grids(report())[0])
    texts = [matrix[y, 0].text for y in range(13)]
    assert texts[0] == "第二十条第（一）项" and texts[1] == "信息内容" and texts[3] == "行政规范性文件"
    assert [matrix[3, x].text for x in (1, 2, 3)] == ["3", "1", "47"]
    assert matrix[12, 3].text == "本年收费金额（单位：万元）" and matrix[13, 0].text == "行政事业性收费"


@pytest.mark.parametrize(
    ("written", "shown"), [(0, "0"), ("", ""), (None, ""), ("/", "/"), ("12件", "12件"), (1.5, "1.5")]
)
def test_zero_blank_and_text_stay_apart(written, shown):
    assert text_of(read(written)) == shown
