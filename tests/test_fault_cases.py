"""外面找来的疑难文件(../shared/faults):每一件读出来的该是什么就是什么。各类的小样在 tests/adapters 里自造。"""

from __future__ import annotations

import json
import re

import pytest

from gongkai.adapters import files
from gongkai.adapters.files import Unreadable
from gongkai.adapters.paper import Paper, body_html, extract
from tests.outside import shared

DAY = "2024-05-08"
TITLE = "明湖区人民政府办公室关于印发明湖区养老服务体系建设三年行动计划（2024—2026年）的通知"
FLOOD = "关于做好防汛工作的通知"


class Case:
    """一件输入:读出的文件、要素、正文;读不了的有那句话。"""

    def __init__(self, name: str) -> None:
        self.data = shared(f"faults/inputs/{name}").read_bytes()
        self.refused = ""
        try:
            self.document = files.read(self.data, name)
        except Unreadable as error:
            self.refused = str(error)
            return
        self.paper: Paper = extract(self.document)
        self.text = self.document.text
        self.notes = "".join(self.document.notes)
        self.html = body_html(self.paper.blocks)


#: 行号 → 文件名、读对了没有。
CHECKS = {
    "W01": (
        "w01-autonumber.docx",
        lambda c: all(
            one in c.text
            for one in (
                "一、总体要求",
                "二、主要任务",
                "（一）加强巡查",
                "（二）落实值班",
                "第一条\u3000违反第二条",
                "第二条\u3000本办法",
            )
        ),
    ),
    "W02": (
        "w02-textbox.docx",
        lambda c: c.paper.get("文号") == "明政办发〔2024〕102号" and c.text.count("5000元") == 1,
    ),
    "W04": (
        "w04-tracked.docx",
        lambda c: "每户1200元。" in c.text and "800" not in c.text and "上半句，下半句。" in c.text,
    ),
    "W05": ("w05-hidden.docx", lambda c: "内部批注" not in c.text and "隐藏" in c.notes),
    "W06": ("w06-nestedtable.docx", lambda c: "甲镇" in c.text and "120万元" in c.text and "合计" in c.text),
    "W07": ("w07-footnote.docx", lambda c: "不含镇级配套资金。" in c.text),
    "W08": ("w08-vmerge.docx", lambda c: 'rowspan="2">甲镇' in c.html),
    "W10": (
        "w10-inline.docx",
        lambda c: (
            all(one in c.text for one in ("A=B×0.3", "0574-86000000", "☑同意", "镇级")) and "zhèn" not in c.text
        ),
    ),
    "W11": ("w11-header.docx", lambda c: c.paper.get("文号") == "明政办发〔2024〕111号"),
    "W12": (
        "w12-redtable.docx",
        lambda c: (
            c.paper.get("文号") == "明民发〔2024〕7号"
            and "签发人" not in c.paper.text
            and c.paper.issuers == ("明湖区民政局", "明湖区财政局")
        ),
    ),
    "W13": ("w13-splittitle.docx", lambda c: c.paper.title == TITLE and "三年行动" not in c.paper.text),
    "W15": ("w15-fields.docx", lambda c: "附件1.xlsx" in c.text and "HYPERLINK" not in c.text),
    "P04": (
        "p04-glyphbyglyph.pdf",
        lambda c: c.paper.get("文号") == "明政办发〔2024〕12号" and c.paper.title.endswith(FLOOD),
    ),
    "P06": ("p06-vertical.pdf", lambda c: "明湖区人民政府公告" in c.text and "自公布日施行" in c.text),
    "P07": (
        "p07-whitetext.pdf",
        lambda c: "内部意见" not in c.text and "张三" not in c.text and "看不见" in c.notes,
    ),
    "P09": ("p09-pagebreak.pdf", lambda c: "每户每年不超过1200元" in c.text),
    "P10": ("p19-identity.pdf", lambda c: "需要文字识别" in c.refused),
    "P12": ("p12-title3lines.pdf", lambda c: c.paper.title == TITLE and "三年行动" in c.paper.text),
    "P16": ("p16-gbkeuch.pdf", lambda c: c.paper.get("文号") == "明政办发〔2024〕88号"),
    "H01": (
        "h01-gb18030-rare.html",
        lambda c: "㑇镕、䶮某，地址𬭎桥" in c.text and c.paper.get("成文日期") == DAY,
    ),
    "H02": (
        "h02-mso.html",
        lambda c: "新文正常文字。" in c.text and "旧文" not in c.text and "隐藏批注" not in c.text,
    ),
    "H03": (
        "h03-metatable.html",
        lambda c: (
            (c.paper.get("文号"), c.paper.get("发布日期"), c.paper.get("成文日期"))
            == ("明政办发〔2024〕12号", "2024-05-10", DAY)
        ),
    ),
    "H04": (
        "h04-nestedtable.html",
        lambda c: all(one in c.text for one in ("明细", "甲镇", "120万元", "乙镇", "80万元")),
    ),
    "H05": ("h05-rowspan.html", lambda c: '<tbody><tr><td rowspan="2">甲镇' in c.html),
    "H06": ("h06-ol.html", lambda c: all(one in c.text for one in ("1. 加强巡查。", "2. 落实值班。", "3. 三项"))),
    "H07": ("h07-hotclass.html", lambda c: c.paper.title == FLOOD and "每户1200元" in c.text),
    "H08": ("h11-asideinarticle.html", lambda c: "菜单里的正文，第四条。" in c.text),
    "H12": ("h12-entities.html", lambda c: "m³" in c.text and "H₂O" in c.text),
    "H13": ("h13-imgtext.html", lambda c: "需要文字识别" in c.notes),
    "T01": ("t01-subnumber.txt", lambda c: c.paper.get("文号") == "明自然资规〔2024〕3-2号"),
    "T02": ("t02-spacednumber.txt", lambda c: c.paper.get("文号") == "厦府办〔2024〕12号"),
    "T04": ("t04-date-asciizero.txt", lambda c: c.paper.get("成文日期") == DAY),
    "T07": ("t07-date-spaced.txt", lambda c: c.paper.get("成文日期") == DAY),
    "T10": ("t10-printdate.txt", lambda c: c.paper.get("成文日期") == DAY),
    "T11": ("t11-emoji.txt", lambda c: "📢 通知𠮷野家：请𫚉湖村落实。" in c.text),
    "T14": ("t14-appendix-date.txt", lambda c: c.paper.get("成文日期") == DAY),
    "I02": ("e01-big5.txt", lambda c: "明湖區人民政府辦公室" in c.text and "Big5" in c.notes),
    "I03": ("e02-utf16nobom.txt", lambda c: c.paper.get("文号") == "明政办发〔2023〕35号"),
    "I06": ("e07-htmlasdoc.doc", lambda c: c.paper.get("文号") == "明政办发〔2023〕39号"),
    "I07": ("e09-asciihead.csv", lambda c: "表格" in c.refused),
}
#: 由别的测试管的:个人信息、旧网址、压缩包、年报。
ELSEWHERE = re.compile(r"^(?:A\d|R\d|RD\d|I01|Y\d)")


@pytest.mark.parametrize("row", CHECKS)
def test_a_troublesome_file_is_read_right(row: str) -> None:
    name, right = CHECKS[row]
    case = Case(name)
    assert right(case), case.refused or case.text


def test_every_row_with_a_file_is_looked_at() -> None:
    rows = [json.loads(line) for line in shared("faults/cases.jsonl").read_text("utf-8").splitlines()]
    with_file = {row["id"] for row in rows if re.search(r"inputs/[ehptwz]\d", row["input"])}
    assert {row for row in with_file if not ELSEWHERE.match(row)} <= set(CHECKS)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("z01-gbkname.zip", "二〇二三年文件/关于防汛的通知.txt"),
        ("z02-big5.zip", "通知文件.txt"),
    ],
)
def test_names_in_archives(name: str, wanted: str) -> None:
    data = shared(f"faults/inputs/{name}").read_bytes()
    assert wanted in [found for found, _ in files.members(data, name)]


@pytest.mark.parametrize("name", ["e03-questionmarks.txt", "e04-fffd.txt", "e08-mixed.txt"])
def test_damaged_text_is_refused_or_said(name: str) -> None:
    case = Case(name)
    assert case.refused or case.notes
