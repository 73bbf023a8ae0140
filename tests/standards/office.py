"""一张标准目录的表,和一个区的机关,给标准化的测试用。"""

from __future__ import annotations

import io

import xlsxwriter

HEAD1 = [
    "序号",
    "公开事项",
    "",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "",
    "公开方式",
    "",
    "公开层级",
    "",
]
HEAD2 = [
    "",
    "一级事项",
    "二级事项",
    "",
    "",
    "",
    "",
    "",
    "全社会",
    "特定群体",
    "主动",
    "依申请公开",
    "县级",
    "乡级",
]
SITE = "■政府网站 □政府公报 ■公开查阅点"
LAW = "《中华人民共和国政府信息公开条例》"
ROWS = [
    [
        "1",
        "行政处罚",
        "处罚决定",
        "●决定书文号 ○处罚种类",
        LAW,
        "决定作出之日起20个工作日内",
        "明湖区民政局",
        SITE,
        "√",
        "",
        "√",
        "",
        "√",
        "",
    ],
    ["2", "行政处罚", "处罚流程", "流程图", LAW, "同上", "民政部门", SITE, "√", "", "√", "", "√", ""],
    [
        "3",
        "社会救助",
        "低保对象名单",
        "姓名、金额",
        LAW,
        "每季度首月20日前",
        "民政部门",
        "□政府网站 □公示栏",
        "",
        "本村村民",
        "√",
        "",
        "√",
        "√",
    ],
    [
        "4",
        "社会救助",
        "临时救助批准",
        "批准情况",
        LAW,
        "收到批准文件10个工作日内",
        "民政部门",
        SITE,
        "√",
        "",
        "√",
        "",
        "√",
        "",
    ],
]


def workbook(rows=ROWS, *, title: str = "社会救助领域标准目录", repeat: bool = False) -> bytes:
    """An XLSX as offices print it: a title, a header of two rows with merged cells, the first level merged downwards."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, style = book.add_worksheet(), book.add_format({"border": 1})
        sheet.merge_range(0, 0, 0, 13, title, style)
        for x, name in enumerate(HEAD1):
            if HEAD2[x] == "":
                sheet.merge_range(1, x, 2, x, name, style)
            elif name:
                sheet.merge_range(1, x, 1, x + 1, name, style)
        for x, name in enumerate(HEAD2):
            if name:
                sheet.write(2, x, name)
        y = 3
        for number, row in enumerate(rows):
            if repeat and number == 2:
                for x, name in enumerate(HEAD1):
                    sheet.write(y, x, name or HEAD1[x - 1])
                    sheet.write(y + 1, x, HEAD2[x] or name)
                y += 2
            for x, cell in enumerate(row):
                if x != 1:
                    sheet.write_string(y, x, cell)
            y += 1
        if not repeat:
            sheet.merge_range(3, 1, 4, 1, rows[0][1], style)
            sheet.merge_range(5, 1, 6, 1, rows[2][1], style)
        else:
            for number, row in enumerate(rows):
                sheet.write(3 + number + (2 if number >= 2 else 0), 1, row[1])
    return buffer.getvalue()
