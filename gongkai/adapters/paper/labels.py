"""要素栏的标签:各地叫法归一;标签之后到下一个标签之前是它的值。"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .names import NAMES

_BY_ENDING = (
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
_BULLETS = " \t\u3000•·●▪◆■★※-*>»|｜【[（("
_BULLET = r"[ \t\u3000\xa0•·●▪◆■★※\-*>»|｜【\[（(]*+"


def _spaced(alias: str) -> str:
    return r"[ \t\u3000]{0,6}".join(alias)


class Vocabulary:
    """名单编成的样式。另给一张短的名单,就能量出名单上没有的叫法认得多少。"""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self.canon = {alias: name for name, aliases in names.items() for alias in aliases}
        pattern = "|".join(_spaced(alias) for alias in sorted(self.canon, key=len, reverse=True)) or "(?!)"
        #: 带冒号的,或者括在【】里的:行首,或者前面有空白、竖线。
        self.colon = re.compile(
            rf"(?:(?<=^)|(?<=[\s\u3000|｜>》）)】\]【\[•·●；;]))(?P<label>{pattern})(?:[ \t\u3000]{{0,3}}[】\]〕](?:[ \t\u3000]{{0,3}}[:：])?|[ \t\u3000]{{0,6}}[:：])",
            re.M,
        )
        #: 不带冒号的:单独一行,或者行首后面跟制表符、空格和值,或者夹在制表符之间。
        self.bare = re.compile(
            rf"(?:^{_BULLET}|(?<=\t))(?P<label>{pattern})(?=[ \t\u3000]*$|\t|[ \u3000]+\S)", re.M
        )
        #: 夹在一行中间、不带冒号的(行首已经是标签)。
        self.middle = re.compile(rf"(?<=[ \u3000])(?P<label>{pattern})(?=[ \u3000]+\S)")
        #: 紧贴在前一个值后面、带冒号的(行首已经是标签):“00057主题分类:……”。
        self.glued = re.compile(rf"(?P<label>{pattern})[ \t\u3000]{{0,6}}[:：]")
        #: 行末不带冒号、没有值的(“成文日期: 2025-08-05 失效日期”)。
        self.tail = re.compile(rf"(?<=[ \t\u3000])(?P<label>{pattern})[ \t\u3000]*$", re.M)
        self.suffixes = tuple(
            (alias, name)
            for name in _BY_ENDING
            for alias in names.get(name, ())
            if len(alias) > 2 or alias == "文号"
        )


#: 叫法怎样组成:限定的词、说什么的词、是什么的词。名单上没有的照这样认。
_GRAMMAR = (
    (
        "索引号",
        re.compile(
            r"(?:政府|信息|公开|文件|公文){0,3}索[引取](?:编?号码?|编码|代码|码)|(?:信息|文件|公文)索[引取]|(?:政府|公开){0,2}信息(?:编号|编码)"
        ),
    ),
    (
        "文号",
        re.compile(
            r"(?:政府|本){0,1}(?:公文|文件|文书|发文|行文|制发|政策)(?:文号|字号|编号|号码|编码|文件号|号)"
        ),
    ),
    (
        "有效性",
        re.compile(
            r"(?:是否|现行|文件|公文|信息|政策|当前){0,2}(?:有效|效力|时效|生效)(?:性|状态|状况|情况|与否)(?:状态|状况|情况)?"
            r"|(?:文件|公文|信息|政策)(?:时效|效力)"
        ),
    ),
    ("主题分类", re.compile(r"(?:公文|文件|信息|公开|政策){0,2}主题(?:分类|类别|类目|归类)")),
    (
        "发布日期",
        re.compile(
            r"(?:信息|文件|网站|网上|首次|稿件|文章|公文|页面){0,2}(?:发布|公开|公布|发表|上传|上网|发稿|刊发|刊登|登载|挂网)(?:日期|时间|日)"
        ),
    ),
    ("成文日期", re.compile(r"(?:公文|文件|信息){0,1}(?:成文|签发|签署)(?:日期|时间|日)")),
    ("施行日期", re.compile(r"(?:文件|公文|政策){0,1}(?:开始|起始)?(?:施行|实施|生效|执行)(?:日期|时间|日)")),
    ("废止日期", re.compile(r"(?:文件|公文|政策){0,1}(?:失效|废止|作废|终止)(?:日期|时间|日)")),
)
#: 名单上没有的叫法,按字形认:“备注/文号:”“公文生成日期:”“公开责任部门:”。
_SHAPED = re.compile(
    r"(?:(?<=^)|(?<=[\s\u3000|｜>》）)】\]•·●\-；;]))(?P<label>[\u4e00-\u9fff/／]{3,12})[ \t\u3000]{0,6}[:：]",
    re.M,
)
#: 同样的,没有冒号:单独一行,或者行首后面隔开跟着值,或者夹在制表符之间。
_SHAPED_BARE = re.compile(
    rf"(?:^{_BULLET}|(?<=\t))(?P<label>[\u4e00-\u9fff]{{3,10}})(?=[ \t\u3000]*$|\t|[ \u3000]+\S)", re.M
)
_OTHER_DAYS = re.compile(
    r"截止|截至|开始|结束|起止|办理|会议|活动|举办|反馈|登记|受理|承诺|办结|开标|报名|下载|有效|打印|当前|服务|工作|上班|公示|征集|征求|申报|考试|面试|执行|适用|评选|统计"
)
_OFFICE = re.compile(
    r"(?:发布|发文|公开|公布|颁布|颁发|签发|制发|制定|制作|责任|主办|提供|印发|成文|行文)[\u4e00-\u9fff]{0,2}(?:机关|机构|单位|部门|主体)$"
)
VOCABULARY = Vocabulary(NAMES)


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
    for pattern, colon in (
        (VOCABULARY.colon, True),
        (_SHAPED, True),
        (VOCABULARY.bare, False),
        (VOCABULARY.tail, False),
        (_SHAPED_BARE, False),
    ):
        taken = sorted((one.start, one.end) for one in found)
        for match in pattern.finditer(folded):
            start = match.start("label")
            at = bisect.bisect_right(taken, (start, len(folded)))
            if (at and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < match.end()):
                continue
            plain = re.sub(r"[\s\u3000]", "", match["label"])
            name = by_shape(plain) if pattern in (_SHAPED, _SHAPED_BARE) else VOCABULARY.canon[plain]
            if name:
                found.append(Label(name, start, match.end(), colon))
    found += _in_a_row(folded, found)
    found += _in_the_middle(folded, found)
    found.sort(key=lambda label: label.start)
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
    for name, pattern in _GRAMMAR:
        if pattern.fullmatch(label):
            return name
    if label.endswith(("时间", "日期")) and _OTHER_DAYS.search(label):
        return "其他"
    for alias, name in VOCABULARY.suffixes:
        if label.endswith(alias):
            return name
    if _OFFICE.search(label):
        return "责任单位" if "责任" in label and not label.startswith(("公开", "信息")) else "发布机构"
    return "时间" if label.endswith(("时间", "日期")) and len(label) <= 6 else ""


def _in_a_row(folded: str, found: list[Label]) -> list[Label]:
    """The other cells of a row that holds nothing but names: half of them known, all short and without figures."""
    more: list[Label] = []
    rows: dict[int, list[Label]] = {}
    for label in found[:_MOST_IN_A_BLOCK]:
        if not label.colon:
            rows.setdefault(folded.rfind("\n", 0, label.start) + 1, []).append(label)
    for line, group in rows.items():
        end = folded.find("\n", line)
        text = folded[line : min(end if end >= 0 else len(folded), line + 200)]
        cells = [(match.start(), match[0]) for match in re.finditer(r"[^\t\n \u3000]+", text)]
        names = all(re.fullmatch(r"[\u4e00-\u9fff/／]{2,10}", cell) for _, cell in cells)
        if not names or len(group) < 2 or len(cells) > 2 * len(group):
            continue
        for at, cell in cells:
            start = line + at
            if not any(one.start < start + len(cell) and start < one.end for one in found):
                more.append(Label(by_shape(cell) or "其他", start, start + len(cell), False))
    return more


def _in_the_middle(folded: str, found: list[Label]) -> list[Label]:
    """Labels without a colon between values, on lines that begin with a label."""
    more: list[Label] = []
    found = found[:_MOST_IN_A_BLOCK]
    taken = [(one.start, one.end) for one in found]
    for label in found:
        line = folded.rfind("\n", 0, label.start) + 1
        if folded[line : label.start].strip(_BULLETS) or label.name == "其他":
            continue
        end = folded.find("\n", label.end)
        end = len(folded) if end < 0 else end
        span = (label.end, min(end, label.end + 400))
        for pattern in (VOCABULARY.middle, VOCABULARY.glued) if label.colon else (VOCABULARY.middle,):
            for match in pattern.finditer(folded, *span):
                plain = re.sub(r"[\s\u3000]", "", match["label"])
                start = match.start("label")
                clear = not any(known < match.end() and start < stop for known, stop in taken)
                if len(plain) > 2 - (plain == "文号") and VOCABULARY.canon[plain] not in _LOOSE and clear:
                    taken.append((start, match.end()))
                    more.append(Label(VOCABULARY.canon[plain], start, match.end(), pattern is VOCABULARY.glued))
    return more


#: 同一行里不认得的下一个标签:“云津市财政局 登记号：……”。
_NEXT = re.compile(r"[ \t\u3000][\u3400-\u9fff]{2,8}[:：]")


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
        if label.colon and label.name != "标题":
            same = _NEXT.split(same, maxsplit=1)[0].rstrip()
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
        second_end = text.find("\n", below_end + 1) if below_end >= 0 else -1
        second = text[below_end + 1 : second_end if second_end >= 0 else below_end + 500] if below_end >= 0 else ""
        if second.count("\t") == below.count("\t") > 1 and starts.isdisjoint(
            range(below_end + 1, below_end + len(second) + 1)
        ):
            continue  # 下面还有一行值:是好几件的表
        heads_a_row = not starts.isdisjoint(range(end + 1, end + 5))
        if (
            not any(part.strip(" \t\u3000|｜:：") for part in between)
            and len(parts) == len(group)
            and not heads_a_row
        ):
            found.update(zip(group, parts, strict=True))
    return found
