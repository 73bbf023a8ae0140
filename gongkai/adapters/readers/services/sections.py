"""办事指南按标题断开:标题各式各样(编号、方括号、冒号、表格、空格、没有分隔),内容到下一个标题为止。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

LABELS: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))
_ELEMENT = {label: element for element, labels in LABELS.items() for label in labels}
_NAMES = "|".join(sorted(map(re.escape, _ELEMENT), key=len, reverse=True))
#: 词表里没有的标题,看末尾的词;只在后面有冒号、独占一行时算。
_ENDINGS = {
    "依据": "legal_basis",
    "条件": "conditions",
    "材料": "materials",
    "资料": "materials",
    "材料清单": "materials",
    "证件": "materials",
    "手续": "materials",
    "流程": "process",
    "程序": "process",
    "步骤": "process",
    "时限": "time_limit",
    "费用": "fee",
    "收费标准": "fee",
    "地点": "place",
    "地址": "place",
    "办公时间": "hours",
    "咨询电话": "consult",
    "联系电话": "consult",
    "投诉电话": "complaint",
    "监督电话": "complaint",
}
_ENDING = "|".join(sorted(_ENDINGS, key=len, reverse=True))
_ENDED = re.compile(rf"(?:{_ENDING})\Z")
_LIKE = rf"[\u4e00-\u9fff]{{1,12}}(?:{_ENDING})(?=[ \t]?[】:：\n]|\Z)"
_NUMBER = r"(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}(?:\.\d{1,2})?[)）、.．]?|[•●■◆▪★※◇*-])"
_LABEL = re.compile(
    rf"(?P<left>^|\n|\||【|[。;；,，”》 \t\u3000](?=[一二三四五六七八九十\d【])|(?<=[;；]))[ \t\u3000]{{0,4}}"
    rf"(?P<number>{_NUMBER})?[ \t\u3000]{{0,2}}[【\[]?(?P<label>{_NAMES}|{_LIKE})"
    rf"(?:\d(?=[】:：|])|[（(][^()（）\n]{{1,12}}[)）])?(?P<right>[ \t\u3000]?[】\]][:：]?|[ \t\u3000]{{0,2}}[:：]|[ \t\u3000]{{0,2}}\||[ \t\u3000]{{0,4}}(?=\n|\Z)|[ \t\u3000]{{1,4}}|)"
)
_HEADING = re.compile(r"\n[ \t\u3000]{0,4}[一二三四五六七八九十]{1,3}、[^\n，。;；,]{2,14}(?=\n|\Z)")
_CONTENT = re.compile(r"[\w《]")
_RUN_ON = re.compile(r"[的,，、和及等齐与是为]|符合|要求|完整|包括")
_FEW_RUN_ON = 3


@dataclass(frozen=True, slots=True)
class Section:
    """一节:要素(LABELS 的键)、标题(照印,连编号)、内容、标题在全文里的位置、标题与内容间有没有分隔。"""

    element: str
    heading: str
    label: str
    content: str
    start: int
    separated: bool

    @property
    def filled(self) -> bool:
        return bool(_CONTENT.search(self.content))


def sections(text: str) -> list[Section]:
    """The sections in the order of the text, including empty ones and those of other headings."""
    found = [match for match in _LABEL.finditer(text) if _is_label(match)]
    run_on = [
        match for match in found if not match["right"] and match.end() < len(text) and text[match.end()] != "\n"
    ]
    lines = sum(match["left"] in ("", "\n") and not match["number"] for match in run_on)
    numbered = sum(bool(match["number"]) for match in run_on)
    dropped = {
        match.start()
        for match in run_on
        if (lines if not match["number"] else numbered) < _FEW_RUN_ON or _RUN_ON.match(text, match.end())
    }
    found = [match for match in found if match.start() not in dropped]
    return list(_cut(text, found))


def _is_label(match: re.Match[str]) -> bool:
    """A short word before a mere space or nothing is no heading; nor is a column beside an entry of a table."""
    label, right = match["label"], match["right"]
    if right and right.strip():
        return True
    at_line = match["left"] in ("", "\n", "【", "|")
    if not right and match.string[match.end() : match.end() + 1] in ("\n", ""):
        return at_line or bool(match["number"])
    return (at_line or bool(match["number"])) and len(label) >= 4


def _cut(text: str, found: list[re.Match[str]]) -> Iterator[Section]:
    others = [match.start() for match in _HEADING.finditer(text)]
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        if end > match.end():
            end = min([end, *(other for other in others if match.end() <= other < end)])
        heading = match[0].strip("\n| \t\u3000。;；,，”》")
        label = match["label"]
        separated = bool(match["right"]) or text[match.end() : match.end() + 1] in ("\n", "")
        yield Section(
            _ELEMENT.get(label) or _ENDINGS[_ended(label)],
            heading,
            label,
            text[match.end() : end].strip(" \t\n|\u3000"),
            match.start(),
            separated,
        )


def _ended(label: str) -> str:
    found = _ENDED.search(label)
    return found[0] if found else label
