"""要素栏的标签:各地叫法归一;标签之后到下一个标签之前是它的值。"""

from __future__ import annotations

import bisect
import itertools
import re
from dataclasses import dataclass

#: 归一的名称 → 各地的叫法。
NAMES: dict[str, tuple[str, ...]] = {
    "索引号": ("信息索引号", "信息索引", "索引编号", "索引号", "索取号"),
    "主题分类": ("主题分类", "主题类别", "分类"),
    "组配分类": ("组配分类",),
    "信息分类": ("信息分类", "信息类别"),
    "发布机构": (
        "发布机构",
        "发文机构",
        "发文机关",
        "发布机关",
        "发布单位",
        "发文单位",
        "公开机构",
        "公开单位",
        "制发机关",
        "制定机关",
        "发布部门",
        "发文部门",
        "责任部门",
        "公开主体",
        "信息提供单位",
    ),
    "文号": ("发文字号", "发文文号", "公文文号", "文件编号", "文件字号", "文件号", "文号"),
    "成文日期": ("成文日期", "成文时间", "签发日期", "签署日期"),
    "生成日期": ("生成日期", "生成时间", "形成日期"),
    "发文日期": ("发文日期", "发文时间", "印发日期", "印发时间"),
    "发布日期": (
        "发布日期",
        "发布时间",
        "公开日期",
        "公开时间",
        "发表时间",
        "发表日期",
        "公布日期",
        "公布时间",
        "上传日期",
    ),
    "时间": ("更新时间", "时间", "日期"),
    "有效性": (
        "有效性",
        "效力状况",
        "效力状态",
        "有效状态",
        "时效状态",
        "时效性",
        "文件状态",
        "时效",
        "效力",
        "是否有效",
    ),
    "征集状态": ("征集状态",),
    "废止日期": ("废止时间", "废止日期", "失效日期", "失效时间", "有效期至", "有效期截止"),
    "施行日期": ("生效时间", "生效日期", "实施日期", "实施时间", "施行日期"),
    "来源": ("信息来源", "文章来源", "稿件来源", "稿源", "来源", "来自"),
    "标题": ("信息名称", "文件名称", "名称", "标题"),
    "责任单位": ("责任单位",),
    "公开方式": ("公开方式", "公开形式", "公开类型", "公开属性"),
    "主题词": ("主题词", "关键词", "关键字"),
    # 以下只用来断开前一个值
    "其他": (
        "内容概述",
        "内容摘要",
        "信息概述",
        "摘要",
        "浏览次数",
        "浏览量",
        "浏览",
        "点击数",
        "点击率",
        "点击",
        "阅读次数",
        "阅读量",
        "阅读",
        "公开范围",
        "公开时限",
        "公开程序",
        "公开目录",
        "公开对象",
        "公开类别",
        "文件下载",
        "附件下载",
        "体裁分类",
        "体裁",
        "服务对象分类",
        "服务对象",
        "作者",
        "字体大小",
        "字体",
        "字号",
        "打印",
        "分享到",
        "分享",
        "责任编辑",
        "责编",
        "编辑",
        "审核",
        "栏目",
        "原文链接",
        "正文",
        "信息格式",
        "语种",
        "载体类型",
        "载体",
        "截止",
        "时限",
        "主题",
        "结果反馈日期",
        "所属栏目",
        "访问量",
        "人气",
        "发布人",
        "撰稿",
        "编号",
    ),
}
_CANON = {alias: name for name, aliases in NAMES.items() for alias in aliases}
_BULLETS = " \t\u3000•·●▪◆■★※-*>»|｜【[（("
_BULLET = r"[ \t\u3000\xa0•·●▪◆■★※\-*>»|｜【\[（(]*+"


def _spaced(alias: str) -> str:
    return r"[ \t\u3000]{0,6}".join(alias)


_ALIASES = "|".join(_spaced(alias) for alias in sorted(_CANON, key=len, reverse=True))
#: 带冒号的,或者括在【】里的:行首,或者前面有空白、竖线。
_COLON = re.compile(
    rf"(?:(?<=^)|(?<=[\s\u3000|｜>》）)】\]【\[•·●]))(?P<label>{_ALIASES})(?:[ \t\u3000]{{0,3}}[】\]〕](?:[ \t\u3000]{{0,3}}[:：])?|[ \t\u3000]{{0,6}}[:：])",
    re.M,
)
#: 不带冒号的:单独一行,或者行首后面跟制表符、空格和值,或者夹在制表符之间。
_BARE = re.compile(rf"(?:^{_BULLET}|(?<=\t))(?P<label>{_ALIASES})(?=[ \t\u3000]*$|\t|[ \u3000]+\S)", re.M)
#: 名单上没有的叫法,按字形认:“备注/文号:”“公文生成日期:”“公开责任部门:”。
_SHAPED = re.compile(
    r"(?:(?<=^)|(?<=[\s\u3000|｜>》）)】\]•·●\-]))(?P<label>[\u4e00-\u9fff/／]{3,12})[ \t\u3000]{0,6}[:：]", re.M
)
_SUFFIXES = tuple(
    (alias, name)
    for name in (
        "索引号",
        "文号",
        "有效性",
        "成文日期",
        "生成日期",
        "发文日期",
        "发布日期",
        "废止日期",
        "施行日期",
        "发布机构",
        "主题分类",
    )
    for alias in NAMES[name]
    if len(alias) > 2 or alias == "文号"
)
_OTHER_DAYS = re.compile(
    r"截止|截至|开始|结束|起止|办理|会议|活动|举办|反馈|登记|受理|承诺|办结|开标|报名|下载|有效|打印|当前|服务|工作|上班|公示|征集|征求|申报|考试|面试|执行|适用|评选|统计"
)
_OFFICE = re.compile(
    r"(?:发布|发文|公开|制发|制定|责任|主办|信息提供|印发)[\u4e00-\u9fff]{0,2}(?:机关|机构|单位|部门|主体)$"
)
#: 夹在一行中间、不带冒号的(行首已经是标签)。
_MIDDLE = re.compile(rf"(?<=[ \u3000])(?P<label>{_ALIASES})(?=[ \u3000]+\S)")
#: 紧贴在前一个值后面、带冒号的(行首已经是标签):“00057主题分类:……”。
_GLUED = re.compile(rf"(?P<label>{_ALIASES})[ \t\u3000]{{0,6}}[:：]")
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
    for pattern, colon in ((_COLON, True), (_SHAPED, True), (_BARE, False), (_TAIL, False)):
        taken = sorted((one.start, one.end) for one in found)
        for match in pattern.finditer(folded):
            start = match.start("label")
            at = bisect.bisect_right(taken, (start, len(folded)))
            if (at and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < match.end()):
                continue
            plain = re.sub(r"[\s\u3000]", "", match["label"])
            name = by_shape(plain) if pattern is _SHAPED else _CANON[plain]
            if name:
                found.append(Label(name, start, match.end(), colon))
    found += _in_the_middle(folded, found)
    found.sort(key=lambda one: one.start)
    anchored = [one.start for one in found if one.colon or one.name not in _WEAK]
    strong = [one.start for one in found if one.name in _STRONG]
    # 没有冒号的标签只在要素栏里算数:附近有别的标签。正文里单独成行的“标题”“正文”不算。
    return [
        one
        for one in found
        if (one.colon or _near(anchored, one.start)) and (one.name != "责任单位" or _near(strong, one.start))
    ]


_WEAK = frozenset({"其他", "时间", "标题", "来源", "主题分类"})
_MOST_IN_A_BLOCK = 80  # 要素栏没有这么多项
_LOOSE = frozenset({"时间", "标题", "来源"})
_STRONG = frozenset({"索引号", "文号", "有效性", "成文日期", "发文日期", "公开方式"})


def _near(places: list[int], start: int) -> bool:
    """Whether another place lies within 160 characters."""
    at = bisect.bisect_left(places, start)
    if at < len(places) and places[at] == start:
        return (at > 0 and start - places[at - 1] < 160) or (at + 1 < len(places) and places[at + 1] - start < 160)
    return (at > 0 and start - places[at - 1] < 160) or (at < len(places) and places[at] - start < 160)


def by_shape(label: str) -> str:
    """What a label that is not listed means, from how it ends; empty if it is none.

    >>> by_shape("备注/文号"), by_shape("公文生成日期"), by_shape("公开责任部门"), by_shape("编稿时间"), by_shape("各镇人民政府")
    ('文号', '生成日期', '发布机构', '时间', '')
    """
    if label.endswith(("时间", "日期")) and _OTHER_DAYS.search(label):
        return "其他"
    for alias, name in _SUFFIXES:
        if label.endswith(alias):
            return name
    if _OFFICE.search(label):
        return "责任单位" if "责任" in label and not label.startswith(("公开", "信息")) else "发布机构"
    return "时间" if label.endswith(("时间", "日期")) and len(label) <= 6 else ""


def _in_the_middle(folded: str, found: list[Label]) -> list[Label]:
    """Labels without a colon between values, on lines that begin with a label."""
    more: list[Label] = []
    found = found[:_MOST_IN_A_BLOCK]
    taken = [(one.start, one.end) for one in found]
    for one in found:
        line = folded.rfind("\n", 0, one.start) + 1
        if folded[line : one.start].strip(_BULLETS) or one.name == "其他":
            continue
        end = folded.find("\n", one.end)
        end = len(folded) if end < 0 else end
        span = (one.end, min(end, one.end + 400))
        for pattern in (_MIDDLE, _GLUED) if one.colon else (_MIDDLE,):
            for match in pattern.finditer(folded, *span):
                plain = re.sub(r"[\s\u3000]", "", match["label"])
                start = match.start("label")
                clear = not any(known < match.end() and start < stop for known, stop in taken)
                if len(plain) > 2 - (plain == "文号") and _CANON[plain] not in _LOOSE and clear:
                    taken.append((start, match.end()))
                    more.append(Label(_CANON[plain], start, match.end(), pattern is _GLUED))
    return more


def values(text: str, labels: list[Label]) -> list[Value]:
    """The value of each label, in the original script."""
    found: list[Value] = []
    across = _rows(text, labels)
    for number, label in enumerate(labels):
        if label in across:
            found.append(Value(label, across[label], True))
            continue
        stop = labels[number + 1].start if number + 1 < len(labels) else len(text)
        line_end = text.find("\n", label.end)
        line_end = len(text) if line_end < 0 else line_end
        same = text[label.end : min(stop, line_end)].strip(" \t\u3000|｜【[•·=—–－；;")
        if same or stop <= line_end:
            found.append(Value(label, same, True))
            continue
        below = ""
        for line in text[line_end:stop].split("\n"):
            if line.strip(" \t\u3000•·[]【】"):
                below = line.strip(" \t\u3000•·").rstrip("[【 ")
                break
        found.append(Value(label, below, False))
    return found


def _rows(text: str, labels: list[Label]) -> dict[Label, str]:
    """Values of labels that stand in a row with nothing between, the values in the row below."""
    found: dict[Label, str] = {}
    groups: dict[int, list[Label]] = {}
    for label in labels:
        groups.setdefault(text.rfind("\n", 0, label.start) + 1, []).append(label)
    starts = {label.start for label in labels}
    for line, group in groups.items():
        end = text.find("\n", line)
        if len(group) < 2 or end < 0:
            continue
        between = [text[one.end : two.start] for one, two in itertools.pairwise(group)] + [
            text[group[-1].end : end]
        ]
        below_end = text.find("\n", end + 1)
        below = text[end + 1 : below_end if below_end >= 0 else len(text)]
        parts = [part.strip() for part in re.split(r"\t|[ \u3000]{2,}", below.strip(" |｜"))]
        heads_a_row = not starts.isdisjoint(range(end + 1, end + 5))
        if (
            not any(part.strip(" \t\u3000|｜:：") for part in between)
            and len(parts) == len(group)
            and not heads_a_row
        ):
            found.update(zip(group, parts, strict=True))
    return found
