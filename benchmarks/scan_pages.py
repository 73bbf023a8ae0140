"""虚构的扫描页:用机器上的字体排出来,再照三级弄坏(歪、糊、噪点、压缩、褪色、黑边、章盖住落款),量字错率和要素。

用法:python benchmarks/scan_pages.py [--only N] [--save 文件夹] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

FONTS = Path("/usr/share/fonts/opentype/noto")
SERIF, BOLD, SANS = "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Regular.ttc"
#: 级别 → 转几度、模糊、噪点、JPEG 质量、缩小、褪色。
DAMAGE = {
    1: (0.3, 0.3, 4, 65, 1.0, 0.93),
    2: (-0.9, 0.6, 9, 50, 0.85, 0.85),
    3: (1.7, 0.9, 14, 35, 0.72, 0.72),
}
WIDE, TALL = 1240, 1754  # A4,150点每英寸


@dataclass(frozen=True)
class Sheet:
    """一页:红头、文号、标题、正文各段、落款、日期;``wanted`` 是要读对的文号、日期、标题。"""

    head: str
    number: str
    title: tuple[str, ...]
    body: tuple[str, ...]
    signed: tuple[str, ...]
    day: str
    date: str
    level: int
    small: bool = False
    bilevel: bool = False
    shadow: bool = False
    table: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def lines(self) -> list[str]:
        cells = ["".join(row) for row in self.table]
        return [
            one for one in (self.head, self.number, *self.title, *self.body, *cells, *self.signed, self.day) if one
        ]


SHEETS = (
    Sheet(
        "明湖区人民政府文件",
        "明政发〔2008〕23号",
        ("明湖区人民政府关于加强", "农村公路养护管理工作的意见"),
        (
            "各镇人民政府、街道办事处,区政府各部门:",
            "为切实加强农村公路养护管理,保障公路完好畅通,根据《浙江省公路",
            "养护管理条例》,结合本区实际,提出如下意见。",
            "一、县道由区公路段养护,乡道由镇(街道)养护,村道由村民委员会养",
            "护,每公里每年补助分别为7000元、3500元、1000元。",
            "二、养护经费列入区财政预算,专款专用,任何单位不得截留挪用。",
        ),
        ("明湖区人民政府",),
        "二〇〇八年六月十八日",
        "2008-06-18",
        1,
    ),
    Sheet(
        "明湖区交通局文件",
        "明交〔2005〕7号",
        ("关于下达2005年危桥改造计划的通知",),
        (
            "各镇(街道)交通管理站:",
            "根据区政府第14次常务会议精神,现将2005年危桥改造计划下达给你们,",
            "请抓紧组织实施,务必于11月30日前完工。",
            "附件:2005年危桥改造计划表",
        ),
        ("明湖区交通局",),
        "2005年3月9日",
        "2005-03-09",
        3,
    ),
    Sheet(
        "明湖区人民政府令",
        "第12号",
        ("明湖区户外广告设置管理办法",),
        ("《明湖区户外广告设置管理办法》已经区政府第21次常务会议审议通过,", "现予公布,自2007年7月1日起施行。"),
        ("区长:×××",),
        "2007年5月22日",
        "2007-05-22",
        2,
    ),
    Sheet(
        "明湖区财政局  明湖区民政局文件",
        "明财社〔2009〕31号",
        ("明湖区财政局 明湖区民政局关于调整", "城乡居民最低生活保障标准的通知"),
        (
            "各镇人民政府、街道办事处:",
            "经区政府同意,从2009年4月1日起,城镇居民最低生活保障标准由每人",
            "每月290元调整为340元,农村由每人每月175元调整为205元。",
        ),
        ("明湖区财政局", "明湖区民政局"),
        "二〇〇九年三月二十五日",
        "2009-03-25",
        3,
        False,
        True,
    ),
    Sheet(
        "明湖区人民政府办公室文件",
        "明政办发〔2010〕108号",
        ("关于印发明湖区突发地质灾害", "应急预案的通知"),
        (
            "各镇人民政府、街道办事处,区政府直属各单位:",
            "《明湖区突发地质灾害应急预案》已经区政府同意,现印发给你们,请认真",
            "贯彻执行。原《明湖区突发地质灾害应急预案》(明政办发〔2004〕56号)同时",
            "废止。",
            "1.总则。为高效有序地做好突发地质灾害应急防治工作,避免或者最大程",
            "度地减轻灾害造成的损失,维护人民生命财产安全和社会稳定,制定本预案。",
            "2.适用范围。因自然因素或者人为活动引发的危害人民生命和财产安全的山",
            "体崩塌、滑坡、泥石流、地面塌陷等与地质作用有关的地质灾害。",
        ),
        ("明湖区人民政府办公室",),
        "2010年8月2日",
        "2010-08-02",
        2,
        True,
    ),
    Sheet(
        "明湖区教育局",
        "明教基〔2006〕45号",
        ("关于2006年秋季中小学收费标准的通知",),
        ("各中小学校:", "现将2006年秋季中小学收费标准通知如下,请遵照执行,不得擅自增加项", "目、提高标准。"),
        ("明湖区教育局",),
        "2006年8月16日",
        "2006-08-16",
        1,
        False,
        False,
        False,
        (
            ("项目", "小学", "初中"),
            ("作业本费", "12.5元", "18元"),
            ("校服费", "85元", "96元"),
            ("住宿费", "160元", "180元"),
        ),
    ),
    Sheet(
        "明湖区水利局文件",
        "明水〔2011〕19号",
        ("关于洛溪水库除险加固工程", "初步设计的批复"),
        (
            "洛溪水库管理所:",
            "你所《关于要求审批洛溪水库除险加固工程初步设计的请示》收悉。经研究,",
            "批复如下:核定总投资1286.4万元,总工期14个月,坝顶高程为67.35米。",
        ),
        ("明湖区水利局",),
        "2011年12月30日",
        "2011-12-30",
        3,
        False,
        False,
        True,
    ),
    Sheet(
        "明湖区农业局文件",
        "明农〔2004〕3号",
        ("关于做好春季动物防疫工作的通知",),
        (
            "各镇(街道)农技站:",
            "春季集中免疫从2月20日开始,3月底以前结束,免疫密度要达到百分之百。",
            "村级防疫员要逐户登记,建立免疫档案,不漏一户、不漏一畜。",
        ),
        ("明湖区农业局",),
        "二〇〇四年二月十一日",
        "2004-02-11",
        2,
        False,
        True,
    ),
)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size, index=2)


def drawn(sheet: Sheet) -> Image.Image:
    """The page as it was before it grew old, with a seal over its signature."""
    page = Image.new("L", (WIDE, TALL), 255)
    pen = ImageDraw.Draw(page)

    def centre(text: str, y: int, font: ImageFont.FreeTypeFont, shade: int = 20) -> None:
        pen.text(((WIDE - pen.textlength(text, font=font)) / 2, y), text, font=font, fill=shade)

    size = 24 if sheet.small else 31
    centre(sheet.head, 150, _font(BOLD, 62 if len(sheet.head) < 14 else 48), 90)
    centre(sheet.number, 290, _font(SERIF, 31))
    pen.line((140, 350, WIDE - 140, 350), fill=90, width=4)
    y = 420
    for line in sheet.title:
        centre(line, y, _font(BOLD, 42))
        y += 66
    y += 30
    for line in sheet.body:
        first = line.endswith((":", "：")) or not re.match(r"[一二三1-9为根经现你春《附]", line)
        pen.text((150 if first else 150 + 2 * size, y), line, font=_font(SERIF, size), fill=25)
        y += round(size * 1.8)
    for row in sheet.table:
        for n, cell in enumerate(row):
            pen.rectangle((180 + n * 280, y, 460 + n * 280, y + 56), outline=60, width=2)
            pen.text((200 + n * 280, y + 10), cell, font=_font(SANS, 27), fill=25)
        y += 56
    y += 90
    for name in sheet.signed:
        pen.text(
            (WIDE - 150 - pen.textlength(name, font=_font(SERIF, size)) - 40, y),
            name,
            font=_font(SERIF, size),
            fill=25,
        )
        y += round(size * 1.8)
    pen.text(
        (WIDE - 150 - pen.textlength(sheet.day, font=_font(SERIF, size)), y),
        sheet.day,
        font=_font(SERIF, size),
        fill=25,
    )
    seal = Image.new("L", (WIDE, TALL), 255)
    round_ = ImageDraw.Draw(seal)
    round_.ellipse((WIDE - 480, y - 150, WIDE - 220, y + 110), outline=150, width=9)
    round_.regular_polygon((WIDE - 350, y - 20, 38), 5, rotation=10, fill=165)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal)))


def aged(sheet: Sheet, seed: int) -> bytes:
    """The page as it comes from a scanner, as a JPEG."""
    turn, blur, noise, quality, smaller, fade = DAMAGE[sheet.level]
    chance = np.random.default_rng(seed)
    page = (
        drawn(sheet).rotate(turn, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(blur))
    )
    if smaller < 1:
        page = page.resize((round(WIDE * smaller), round(TALL * smaller)), Image.Resampling.BILINEAR)
    grey = (
        255 - (255 - np.asarray(page, dtype=float)) * fade + chance.normal(0, noise, (page.height, page.width)) - 6
    )
    if sheet.shadow:
        grey[:, :60] -= np.linspace(150, 0, 60)
    if sheet.bilevel:
        grey = np.where(grey > 150, 255, 0)
    buffer = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=quality, dpi=(150, 150))
    return buffer.getvalue()


def plain(text: str) -> str:
    """As ``gongkai ocr`` is measured: no white space, one width, marks of one kind."""
    import unicodedata

    return re.sub(r"[\s\-—–－'\"“”‘’]", "", unicodedata.normalize("NFKC", text))


def distance(one: str, other: str) -> int:
    """Edits between two texts."""
    row = list(range(len(other) + 1))
    for n, sign in enumerate(one, 1):
        above, row[0] = row[0], n
        for m, mark in enumerate(other, 1):
            above, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, above + (sign != mark))
    return row[-1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", type=int)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    from gongkai.adapters import oldfile, pagescan

    results, begun = [], time.process_time()
    for number, sheet in enumerate(SHEETS):
        if given.only is not None and number != given.only:
            continue
        data = aged(sheet, number)
        if given.save:
            given.save.mkdir(parents=True, exist_ok=True)
            (given.save / f"{number}-l{sheet.level}.jpg").write_bytes(data)
        page = pagescan.recognise(data, f"{number}.jpg", 1)
        truth, read = plain("".join(sheet.lines)), plain(page.text)
        found = oldfile.assemble([page], f"{number}.jpg").values
        got = {name: found[name].value if name in found else "" for name in ("doc_number", "date_text", "title")}
        wanted = {"doc_number": sheet.number, "date_text": sheet.date, "title": "".join(sheet.title)}
        wrong = {name: got[name] for name in got if plain(wanted[name]) not in plain(got[name])}
        results.append(
            {
                "page": number,
                "level": sheet.level,
                "cer": round(distance(truth, read) / len(truth), 4),
                "wrong": wrong,
            }
        )
        if not given.json:
            print(results[-1], flush=True)
            if results[-1]["cer"] > 0.01:
                print(page.text)
    spent = time.process_time() - begun
    levels = {
        level: round(sum(one["cer"] for one in rows) / len(rows), 4)
        for level in DAMAGE
        if (rows := [one for one in results if one["level"] == level])
    }
    print(
        json.dumps(
            {
                "pages": len(results),
                "cer_by_level": levels,
                "all_fields_right": sum(not one["wrong"] for one in results),
                "cpu_seconds_a_page": round(spent / max(1, len(results)), 2),
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
