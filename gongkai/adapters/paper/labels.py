"""要素栏的标签:各地叫法归一;标签之后到下一个标签之前是它的值。"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: 归一的名称 → 各地的叫法。
NAMES: dict[str, tuple[str, ...]] = {
    "索引号": ("信息索引号", "信息索引", "索引编号", "索引号", "索取号"),
    "主题分类": ("主题分类", "主题类别", "分类"),
    "组配分类": ("组配分类",),
    "信息分类": ("信息分类", "信息类别"),
    "发布机构": ("发布机构", "发文机构", "发文机关", "发布机关", "发布单位", "发文单位", "公开机构", "公开单位", "制发机关",
             "制定机关", "发布部门", "发文部门", "责任部门", "公开主体", "信息提供单位"),
    "文号": ("发文字号", "发文文号", "公文文号", "文件编号", "文件字号", "文件号", "文号"),
    "成文日期": ("成文日期", "成文时间", "签发日期", "签署日期"),
    "生成日期": ("生成日期", "生成时间", "形成日期"),
    "发文日期": ("发文日期", "发文时间", "印发日期", "印发时间"),
    "发布日期": ("发布日期", "发布时间", "公开日期", "公开时间", "发表时间", "发表日期", "公布日期", "公布时间", "上传日期"),
    "时间": ("更新时间", "时间", "日期"),
    "有效性": ("有效性", "效力状况", "效力状态", "有效状态", "时效状态", "时效性", "文件状态", "时效", "效力", "是否有效"),
    "征集状态": ("征集状态",),
    "废止日期": ("废止时间", "废止日期", "失效日期", "失效时间", "有效期至", "有效期截止"),
    "施行日期": ("生效时间", "生效日期", "实施日期", "实施时间", "施行日期"),
    "来源": ("信息来源", "文章来源", "稿件来源", "稿源", "来源", "来自"),
    "标题": ("信息名称", "文件名称", "名称", "标题"),
    "公开方式": ("公开方式", "公开形式", "公开类型", "公开属性"),
    "主题词": ("主题词", "关键词", "关键字"),
    # 以下只用来断开前一个值
    "其他": ("内容概述", "内容摘要", "信息概述", "摘要", "浏览次数", "浏览量", "浏览", "点击数", "点击率", "点击", "阅读次数", "阅读量", "阅读",
           "公开范围", "公开时限", "公开程序", "公开目录", "公开对象", "公开类别", "文件下载", "附件下载", "体裁分类", "体裁", "服务对象分类",
           "服务对象", "作者", "字体大小", "字体", "字号", "打印", "分享到", "分享", "责任编辑", "责编", "编辑", "审核", "栏目", "原文链接", "正文",
           "信息格式", "语种", "载体类型", "载体", "截止", "时限", "主题", "结果反馈日期", "所属栏目", "访问量", "人气", "发布人", "撰稿", "编号"),
}  # fmt: skip
_CANON = {alias: name for name, aliases in NAMES.items() for alias in aliases}
_BULLET = r"[\s•·●▪◆■★※\-*>»|｜【\[（(]*"


def _spaced(alias: str) -> str:
    return r"[\s\u3000]*".join(alias)


_ALIASES = "|".join(_spaced(alias) for alias in sorted(_CANON, key=len, reverse=True))
#: 带冒号的,或者括在【】里的:行首,或者前面有空白、竖线。
_COLON = re.compile(
    rf"(?:(?<=^)|(?<=[\s\u3000|｜>》）)】\]【\[•·●]))(?P<label>{_ALIASES})(?:[】\]]?[ \t\u3000]*[:：]|】)", re.M
)
#: 不带冒号的:单独一行,或者行首后面跟制表符、空格和值,或者夹在制表符之间。
_BARE = re.compile(rf"(?:^{_BULLET}|(?<=\t))(?P<label>{_ALIASES})(?=[ \t\u3000]*$|\t|[ \u3000]+\S)", re.M)
#: 行末不带冒号、没有值的(“成文日期: 2025-08-05 失效日期”)。
_TAIL = re.compile(rf"(?<=[ \t\u3000])(?P<label>{_ALIASES})[ \t\u3000]*$", re.M)


@dataclass(frozen=True, slots=True)
class Label:
    """一个标签:归一的名称、起止位置(止在冒号之后)、有没有冒号。"""

    name: str
    start: int
    end: int
    colon: bool


@dataclass(frozen=True, slots=True)
class Value:
    """一个标签的值:原文、是不是在标签同一行。"""

    label: Label
    text: str
    same_line: bool


def scan(folded: str) -> list[Label]:
    """Every label in a text already folded to simplified characters, in order, none overlapping."""
    found: list[Label] = []
    for pattern, colon in ((_COLON, True), (_BARE, False), (_TAIL, False)):
        for match in pattern.finditer(folded):
            start = match.start("label")
            if any(start < one.end and one.start < match.end() for one in found):
                continue
            name = _CANON[re.sub(r"[\s\u3000]", "", match["label"])]
            found.append(Label(name, start, match.end(), colon))
    found.sort(key=lambda one: one.start)
    anchored = [one for one in found if one.colon or one.name not in ("其他", "时间", "标题", "来源", "主题分类")]
    # 没有冒号的标签只在要素栏里算数:附近有别的标签。正文里单独成行的“标题”“正文”不算。
    return [
        one for one in found
        if one.colon or any(other is not one and abs(other.start - one.start) < 160 for other in anchored)
    ]  # fmt: skip


def values(text: str, labels: list[Label]) -> list[Value]:
    """The value of each label, in the original script."""
    found: list[Value] = []
    for number, label in enumerate(labels):
        stop = labels[number + 1].start if number + 1 < len(labels) else len(text)
        line_end = text.find("\n", label.end)
        line_end = len(text) if line_end < 0 else line_end
        same = text[label.end : min(stop, line_end)].strip(" \t\u3000|｜【[•·")
        if same or stop <= line_end:
            found.append(Value(label, same, True))
            continue
        below = ""
        for line in text[line_end:stop].split("\n"):
            if line.strip(" \t\u3000•·"):
                below = line.strip(" \t\u3000•·")
                break
        found.append(Value(label, below, False))
    return found
