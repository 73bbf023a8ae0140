"""造年报:数字平衡的一份报告,写成网页、Word、Excel、文字的几种版式。名称和数字都是虚构的。"""

import io
import random
from html import escape

import xlsxwriter
from docx import Document

from gongkai.law.report import form

FORM = form("2021")
KEYS = [row.key for row in FORM.rows]
ITEMS = list(FORM.outcomes)


def figures(seed: int) -> dict:
    """A sound report's three tables by row key; every identity holds."""
    rng = random.Random(seed)
    big = rng.choice([3, 12, 60, 900])
    table3 = {key: [rng.choice([0, 0, rng.randint(0, big)]) for _ in range(6)] for key in ITEMS}
    table3["tot"] = [sum(table3[key][c] for key in ITEMS) for c in range(6)]
    table3["car"] = [rng.randint(0, 3) for _ in range(6)]
    both = [table3["tot"][c] + table3["car"][c] for c in range(6)]
    table3["old"] = [rng.randint(0, min(3, both[c])) for c in range(6)]
    table3["new"] = [both[c] - table3["old"][c] for c in range(6)]
    table3 = {key: [*table3[key], sum(table3[key])] for key in KEYS}
    table4 = {}
    for row in FORM.remedies:
        parts = [rng.randint(0, 9) for _ in range(4)]
        table4[row.key] = [*parts, sum(parts)]
    table2 = {"rule": [0, 0, 0], "norm": [rng.randint(0, 9), rng.randint(0, 9), rng.randint(9, 99)]}
    table2 |= {key: [rng.randint(0, 99999)] for key in ("licence", "penalty", "coercion")}
    table2["charge"] = [round(rng.random() * 9000, 4)]
    return {"org": "明湖区水利局", "year": 2023, "table2": table2, "table3": table3, "table4": table4}


def cells(data: dict) -> dict:
    return {row.short: data["table3"][row.key] for row in FORM.rows}


def narrative(data: dict) -> str:
    t3, t4 = data["table3"], data["table4"]
    return (
        f"2023年，本机关新收政府信息公开申请{t3['new'][6]}件，上年结转{t3['old'][6]}件；办结{t3['tot'][6]}件，"
        f"其中予以公开{t3['r1'][6]}件、部分公开{t3['r2'][6]}件；结转下年度继续办理{t3['car'][6]}件。"
        f"因政府信息公开引起的行政复议{t4['review'][4]}件、行政诉讼{t4['direct'][4] + t4['after'][4]}件。"
        "通过网站发布信息1280条，回复网民留言56条。制发行政规范性文件"
        f"{data['table2']['norm'][0]}件，废止{data['table2']['norm'][1]}件，现行有效{data['table2']['norm'][2]}件。"
    )


PROBLEMS = (
    "存在的主要问题是政策解读形式不多，全年12篇解读中图解只有2篇；部分答复文书说理不够。改进情况：一是修订答复文书样式5种，"
    "举办培训2次；二是开设“水价政策”专栏，发布图解7篇。"
)
FEES = "2023年没有收取政府信息公开信息处理费。"


def lines(data: dict) -> dict[str, str]:
    """Heading of each part → its text, tables apart."""
    texts = {"一": narrative(data), "五": PROBLEMS, "六": FEES}
    return {section.heading: texts.get(section.number, "") for section in FORM.sections}


def title(data: dict) -> str:
    return f"{data['org']}{data['year']}年政府信息公开工作年度报告"


def table2_rows(data: dict) -> list[list[tuple]]:
    """Rows of (text, colspan, rowspan)."""
    rows = []
    for block in FORM.blocks:
        span = 3 // len(block.columns)
        rows.append([(block.title, 4, 1)])
        rows.append([("信息内容", 1, 1), *[(column, span, 1) for column in block.columns]])
        rows += [[(r.label, 1, 1), *[(v, span, 1) for v in data["table2"][r.key]]] for r in block.rows]
    return rows


def table3_rows(data: dict) -> list[list[tuple]]:
    rows = [
        [(FORM.note, 3, 3), (FORM.head, 7, 1)],
        [("自然人", 1, 2), (FORM.group, 5, 1), ("总计", 1, 2)],
        [(column.label, 1, 1) for column in FORM.columns if column.grouped],
    ]
    seen: set[str] = set()
    for row in FORM.rows:
        line = []
        for name in row.path:
            if name not in seen:
                seen.add(name)
                line.append((name, 1, sum(name in other.path for other in FORM.rows)))
        line.append((row.label, 3 - len(row.path), 1))
        rows.append(line + [(value, 1, 1) for value in data["table3"][row.key]])
    return rows


def table4_rows(data: dict) -> list[list[tuple]]:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*[(result, 1, 2) for result in results], ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [(result, 1, 1) for result in results * 2],
        [(value, 1, 1) for row in FORM.remedies for value in data["table4"][row.key]],
    ]


def tables(data: dict) -> dict[str, list[list[tuple]]]:
    heads = [section.heading for section in FORM.sections]
    return {heads[1]: table2_rows(data), heads[2]: table3_rows(data), heads[3]: table4_rows(data)}


# --- 网页 ---


def as_html(data: dict, *, messy: bool = False, encoding: str = "utf-8") -> bytes:
    """With ``messy``: paragraphs inside cells, nbsp, broken heads, a layout table around it all."""
    parts = [f"<h1>{title(data)}</h1>"]
    laid = tables(data)
    for heading, text in lines(data).items():
        parts.append(f"<p>{heading}</p>")
        parts += [f"<p>　　{sentence}。</p>" for sentence in text.split("。") if sentence]
        if heading in laid:
            parts.append(_html_table(laid[heading], messy))
    body = "\n".join(parts)
    if messy:
        body = (
            "<div class=nav><a href=/>首页</a></div><table><tr><td>索引号</td><td>A-1</td></tr></table>"
            f"<table><tbody><tr><td>{body}</td></tr></tbody></table>"
        )
    page = f"<!DOCTYPE html><html><head><title>{title(data)}</title></head><body>{body}</body></html>"
    return page.encode(encoding)


def _html_table(rows: list[list[tuple]], messy: bool) -> str:
    out = ["<table border=1>"]
    for row in rows:
        out.append("<tr>")
        for text, columns, depth in row:
            spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{depth}"' if depth > 1 else "")
            inner = escape(str(text))
            if messy:
                inner = f"<p align=center><span>{inner[:2]}</span><span>{inner[2:]}</span>&nbsp;</p>"
            out.append(f"<td{spans}>{inner}</td>")
        out.append("</tr>")
    return "".join([*out, "</table>"])


# --- Word ---


def as_docx(data: dict, *, split_at: int = 0) -> bytes:
    """With ``split_at``: table 3 is cut in two tables after so many rows, as at the turn of a page."""
    document = Document()
    document.add_paragraph(title(data))
    laid = tables(data)
    for heading, text in lines(data).items():
        document.add_paragraph(heading)
        for sentence in [part for part in text.split("。") if part]:
            document.add_paragraph(sentence + "。")
        if heading in laid:
            rows = laid[heading]
            width = sum(columns for _, columns, _ in rows[0])
            if split_at and "收到和处理" in heading:
                _docx_table(document, _cut_spans(rows[:split_at]), width)
                _docx_table(document, _rest(rows, split_at), width)
            else:
                _docx_table(document, rows, width)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cut_spans(rows: list[list[tuple]]) -> list[list[tuple]]:
    return [[(t, c, min(d, len(rows) - i)) for t, c, d in row] for i, row in enumerate(rows)]


def _rest(rows: list[list[tuple]], at: int) -> list[list[tuple]]:
    """The lower part of a cut table: cells that reach over the cut stand blank at its top."""
    open_cells = [("", c, i + d - at) for i, row in enumerate(rows[:at]) for _, c, d in row if i + d > at]
    return [open_cells + rows[at], *rows[at + 1 :]]


def _docx_table(document, rows: list[list[tuple]], width: int) -> None:
    table = document.add_table(rows=len(rows), cols=width)
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for text, columns, depth in row:
            while (r, c) in taken:
                c += 1
            depth = min(depth, len(rows) - r)
            columns = min(columns, width - c)
            first = table.cell(r, c)
            cell = first.merge(table.cell(r + depth - 1, c + columns - 1)) if depth * columns > 1 else first
            cell.text = str(text)
            taken |= {(r + i, c + j) for i in range(depth) for j in range(columns)}
            c += columns


# --- Excel ---


def as_xlsx(data: dict, *, sheets: bool = False, numbers: bool = True) -> bytes:
    """One sheet for all, or one a table; figures as numbers or as text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    at = 0
    sheet.write(at, 0, title(data))
    laid = tables(data)
    for heading, text in lines(data).items():
        if sheets and heading in laid:
            sheet, at = book.add_worksheet(), -1
        at += 1
        sheet.write(at, 0, heading)
        if text:
            at += 1
            sheet.write(at, 0, text)
        if heading in laid:
            at = _sheet_table(sheet, laid[heading], at + 1, numbers)
    book.close()
    return out.getvalue()


def _sheet_table(sheet, rows: list[list[tuple]], top: int, numbers: bool) -> int:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for value, columns, depth in row:
            while (r, c) in taken:
                c += 1
            shown = value if numbers else str(value)
            if columns * depth > 1:
                sheet.merge_range(top + r, c, top + r + depth - 1, c + columns - 1, shown)
            else:
                sheet.write(top + r, c, shown)
            taken |= {(r + i, c + j) for i in range(depth) for j in range(columns)}
            c += columns
    return top + len(rows)


# --- 文字 ---


def as_text(data: dict, layout: str) -> bytes:
    """``rows`` a row a line; ``bars`` cells apart by bars; ``stacked`` a cell a line; ``tabs``; ``glued`` all in one."""
    parts = [title(data)]
    laid = tables(data)
    for heading, text in lines(data).items():
        parts.append(heading)
        if text:
            parts.append(text)
        if heading in laid:
            parts.append(_text_table(laid[heading], layout))
    joined = "".join(parts) if layout == "glued" else "\n".join(parts)
    return joined.encode("gb18030" if layout == "rows" else "utf-8")


def _text_table(rows: list[list[tuple]], layout: str) -> str:
    if layout == "bars":
        return "\n".join("| " + " | ".join(str(text) for text, _, _ in row) + " |" for row in rows)
    if layout == "tabs":
        return "\n".join("\t".join(str(text) for text, _, _ in row) for row in rows)
    if layout == "stacked":
        return "\n".join(str(text) for row in rows for text, _, _ in row)
    gap = "" if layout == "glued" else " "
    return ("" if layout == "glued" else "\n").join(gap.join(str(text) for text, _, _ in row) for row in rows)
