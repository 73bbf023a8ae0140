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
    "对象": "conditions",
    "期限": "time_limit",
    "周期": "time_limit",
    "窗口": "place",
    "窗口及电话": "place",
    "热线": "consult",
    "时间": "hours",
}
#: 问句作标题的:“带什么”“到哪里办”“多久有结果”。
_ASKED = {
    "conditions": r"(?:谁|哪些人|什么人)(?:可以|能|可)[\u4e00-\u9fff]{0,6}|(?:需要?)?(?:符合|具备)(?:什么|哪些)条件",
    "materials": r"[\u4e00-\u9fff]{0,10}(?:带|准备|提交|提供|交)(?:什么|哪些|啥)[\u4e00-\u9fff]{0,4}",
    "process": r"(?:怎么|怎样|如何)(?:办|办理|申请|申领|走)",
    "place": r"(?:到|去|在)(?:哪里|哪儿|哪|何处|什么地方)[\u4e00-\u9fff]{0,4}|何处办理?",
    "time_limit": r"(?:多久|几天|何时|多长时间|什么时候)(?:能|可以)?(?:办结|办好|办完|有结果|出结果|拿证|办成|能办好)",
    "hours": r"(?:什么时候|几点|何时)(?:可以|能)?(?:去|来|办|上班|开门|办理)",
    "fee": r"(?:要|收|需要?)(?:不要|多少|不收|交)?(?:钱|费)吗?|收不收费|多少钱",
    "consult": r"(?:找|问)谁(?:问)?|打(?:什么|哪个)电话",
}
_QUESTION = "|".join(_ASKED.values())
_ENDING = "|".join(sorted(_ENDINGS, key=len, reverse=True))
_ENDED = re.compile(rf"(?:{_ENDING})\Z")
_LIKE = rf"(?:(?!其[他它]|有关|相关|相应|上述|以下|下列|所有)[\u4e00-\u9fff]{{0,12}}(?:{_ENDING})|办结)(?=[ \t]?[】:：\n]|\Z)|(?:{_QUESTION})(?=[:：?？])"
_NUMBER = r"(?:[（(]?[一二三四五六七八九十]{1,3}(?:[)）、.．]|(?=[ \t\u3000]))|[（(]?\d{1,2}(?:\.\d{1,2})?[)）、.．]?|[•●■◆▪★※◇*-])"
_LABEL = re.compile(
    rf"(?P<left>^|\n|\||【|[。;；,，”》 \t\u3000](?=[一二三四五六七八九十\d【])|(?<=[;；])|[。；; \t\u3000](?=(?:{_NAMES}|{_LIKE})[ \t]?[:：])|问[:：])[ \t\u3000]{{0,4}}"
    rf"(?P<number>{_NUMBER})?[ \t\u3000]{{0,2}}[【\[]?(?P<label>{_NAMES}|{_LIKE})"
    rf"(?:\d(?=[】:：|])|[（(][^()（）\n]{{1,12}}[)）])?(?P<right>[ \t\u3000]?[】\]][:：]?|[ \t\u3000]{{0,2}}[:：?？]|[ \t\u3000]{{0,2}}\||[ \t\u3000]{{0,4}}(?=\n|\Z)|[ \t\u3000]{{1,4}}|)"
)
_HEADING = re.compile(r"\n[ \t\u3000]{0,4}[一二三四五六七八九十]{1,3}、[^\n，。;；,]{2,14}(?=\n|\Z)")
_CONTENT = re.compile(r"[\w《]")
#: 标题下只有这几个字,等于没有写。
_NOTHING = re.compile(r"[(（]?(?:略|暂缺|暂无|待定|待补充|空)[)）]?[。.]?\Z")
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
        return bool(_CONTENT.search(self.content)) and not _NOTHING.match(self.content)


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
    found = [match for before, match in zip([None, *found], found, strict=False) if not _is_answer(before, match)]
    return list(_cut(text, found))


def _is_label(match: re.Match[str]) -> bool:
    """A short word before a mere space or nothing is no heading; nor is a column beside an entry of a table."""
    label, right = match["label"], match["right"]
    if right and right.strip():
        return True
    if label not in _ELEMENT and match["number"] and re.search(r"\d", match["number"]):
        return False  # “2.法律法规规定的其他材料”是一样材料
    at_line = match["left"] in ("\n", "【", "|") or match.start() == 0
    if not right and match.string[match.end() : match.end() + 1] in ("\n", ""):
        return at_line or bool(match["number"])
    return (at_line or bool(match["number"])) and len(label) >= 4


def _is_answer(before: re.Match[str] | None, match: re.Match[str]) -> bool:
    """A line without number or colon right below a numbered heading that is still empty: “七、地点 / 区审批局窗口”."""
    if before is None or not before["number"] or match["number"] or match["label"] in _ELEMENT:
        return False
    bare = not match["right"].strip() and match["left"] == "\n"
    return bare and not match.string[before.end() : match.start()].strip()


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
            _element(label, text[match.end() : end]),
            heading,
            label,
            text[match.end() : end].strip(" \t\n|\u3000"),
            match.start(),
            separated,
        )


def _element(label: str, content: str) -> str:
    """The element of a heading; “时间” with a number of days is a limit, not the hours of an office."""
    asked = next((element for element, words in _ASKED_WORDS if words.fullmatch(label)), None)
    element = _ELEMENT.get(label) or asked or ("time_limit" if label == "办结" else _ENDINGS[_ended(label)])
    if element == "hours" and label.endswith("时间") and _DAYS.search(content) and not _CLOCK.search(content):
        return "time_limit"
    return element


_ASKED_WORDS = tuple((element, re.compile(words)) for element, words in _ASKED.items())
_DAYS = re.compile(r"[\d一二两三四五六七八九十]\s?个?(?:工作日|日|天)")
_CLOCK = re.compile(r"\d[:：点时]|周[一二三四五六日]|星期|上班|作息|工作日\s?\d")


def _ended(label: str) -> str:
    found = _ENDED.search(label)
    return found[0] if found else label
