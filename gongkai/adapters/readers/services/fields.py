"""一份办事指南的文字读成要素:名称、编码、依据、条件、材料、环节、时限、收费、地点电话。读不出的不填,不猜。"""

from __future__ import annotations

import re
from typing import Any

from .elements import materials
from .limits import Limit, amount, amounts, code, fee_charged, limits, visits
from .sections import Section, sections

_LAW = re.compile(r"《[^》\n]{2,60}》(?:[（(〔\[][^()（）\n]{2,30}[)）〕\]])?")
_ARTICLE = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,6}条(?:第[一二三四五六七八九十\d]{1,4}款)?(?:第?[（(][一二三四五六七八九十\d]{1,4}[)）]项)?"
)
_NUMBERED = re.compile(r"\A[\s（(]{0,4}[\d一二三四五六七八九十]{1,3}[)）、.．]\s{0,4}")
_COPIES = re.compile(
    r"(原件|复印件)[^\d一二两三四五六七八九十\n，。;；]{0,4}([一二两三四五六七八九十\d]{1,2})\s?份"
)
_NAME_END = re.compile(
    r"[（(]?(?:原件|复印件|一式|纸质|电子|部门共享|数据共享|共享获取|免提交|免于提交).*\Z|[（(，,、 ]?\d{1,2}\s?(?:份|张|套|页)[）)]?\Z"
)
#: 一行里用顿号、分号列出来的几样:每样都短,没有括号和选择。
_PLAIN_LIST = re.compile(r"[\u4e00-\u9fff《》A-Za-z]{2,14}(?:[、；;][\u4e00-\u9fff《》A-Za-z]{2,14}){1,9}\Z")
_TITLE = re.compile(r"\A\s{0,4}([^\n:：|]{2,60}?)(?:办事指南|办理指南|服务指南|办理流程|办事流程|指南)?\s{0,4}\n")
_UNITS = {"workday": "workday", "day": "day", "month": "month", "hour": "hour", "same_day": "instant"}
_TYPES = {
    "许可": "licence",
    "确认": "confirmation",
    "给付": "payment",
    "裁决": "ruling",
    "奖励": "reward",
    "公共服务": "public",
}
_ARROW = re.compile(r"→|—>|->|\n|(?<=[;；。])(?=\s?\d{1,2}[.．、])")
#: 编了号、独占一行的“其他相关材料”是一样材料,不是标题。
_CATCH_ALL = re.compile(
    r"(?<=\n)([ \t]{0,4}[（(]?\d{1,2}[)）、.．][ \t]{0,2}(?:其[他它]|有关|相关|相应)[\u4e00-\u9fff]{0,10}(?:材料|资料|证件|手续))(?=\n|\Z)"
)
#: 一节抄进一列至多这么多字。
_SHORT, _LONG = 190, 5000
_PLAIN = {
    "place": "place",
    "hours": "hours",
    "consult": "consult",
    "complaint": "complaint",
    "result": "result",
    "scope": "scopes",
    "validity": "validity",
}
_WIDTH = {"consult": 110, "complaint": 110, "result": 110, "scopes": 110, "validity": 110}


def fields(text: str) -> dict[str, Any]:
    """What a guide's text says, by the names of the columns; empty where it says nothing.

    >>> found = fields("户口注销办事指南\\n受理条件：死亡\\n申请材料：1. 死亡证明（原件1份）\\n承诺时限：当场办结\\n收费：不收费")
    >>> [row["name"] for row in fields("事项名称：甲\\n申请材料：\\n1. 身份证\\n2. 其他相关材料\\n办理时限：当场办结")["materials"]]
    ['身份证', '其他相关材料']
    >>> found["name"], found["promise_unit"], found["charged"], found["materials"][0]["originals"]
    ('户口注销', 'instant', False, 1)
    """
    text = _CATCH_ALL.sub(r"\1；", text)
    parts = sections(text)
    charged = fee_charged(parts, text)
    found: dict[str, Any] = {
        "name": _name(text, parts),
        "code": code(parts) or "",
        "bases": _bases(parts),
        "conditions": _conditions(parts),
        "materials": [_material(one) for name in materials(parts) for one in _several(name)],
        "steps": _steps(parts),
        "visits": visits(text),
        "charged": True if charged == "partly" else charged,
    }
    if charged and (said := _said(parts, "fee")):
        found["fees"] = [{"item": "照原文", "standard": said[:_SHORT], "basis": ""}]
    found |= _times(parts, text)
    for element, column in _PLAIN.items():
        if said := _said(parts, element):
            found[column] = " ".join(said.split())[: _WIDTH.get(column, _SHORT)]
    kind = _said(parts, "item_type")
    for word, value in _TYPES.items():
        if word in kind:
            found["item_type"] = value
    if case := _said(parts, "case_type"):
        found["case_type"] = "instant" if "即办" in case else "promised"
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _said(parts: list[Section], element: str) -> str:
    return "\n".join(part.content for part in parts if part.element == element and part.filled)


def _name(text: str, parts: list[Section]) -> str:
    named = _said(parts, "item_name").split("\n")[0].strip()
    if named:
        return named[:120]
    title = _TITLE.match(text + "\n")
    found = title[1].strip(' “”"《》【】') if title and not (parts and parts[0].start == 0) else ""
    return "" if found in ("办事", "办理", "服务") else found


def _bases(parts: list[Section]) -> list[dict[str, str]]:
    rows = []
    for line in _said(parts, "legal_basis").split("\n"):
        laws = list(_LAW.finditer(line))
        for place, law in enumerate(laws):
            end = laws[place + 1].start() if place + 1 < len(laws) else len(line)
            after = line[law.end() : end]
            article = _ARTICLE.search(after)
            rest = after[article.end() :].strip(" :：，,。;；、和及规定") if article else ""
            rows.append(
                {"law": law[0], "article": article[0] if article else "", "text": rest if len(rest) > 7 else ""}
            )
    return rows


def _conditions(parts: list[Section]) -> str:
    lines = [_NUMBERED.sub("", line).strip() for line in _said(parts, "conditions").split("\n")]
    return "\n".join(line for line in lines if line)[:_LONG]


def _several(name: str) -> list[str]:
    """The materials of one line that lists several; else the line itself.

    >>> _several("死亡证明、火化证、身份证"), _several("身份证、户口簿或者居住证")
    (['死亡证明', '火化证', '身份证'], ['身份证、户口簿或者居住证'])
    """
    if not _PLAIN_LIST.match(name) or re.search("或|以及|及其|等|的", name):
        return [name]
    return re.split("[、；;]", name)


def _material(name: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": _NAME_END.sub("", name).strip(" ，、:：（(") or name,
        "originals": 0,
        "copies": 0,
    }
    for kind, number in _COPIES.findall(name):
        row["originals" if kind == "原件" else "copies"] = amount(number) or 0
    return row


def _steps(parts: list[Section]) -> list[dict[str, Any]]:
    pieces = [_NUMBERED.sub("", piece).strip(" 。;；→") for piece in _ARROW.split(_said(parts, "process"))]
    rows = []
    for piece in filter(None, pieces):
        head, _, rest = piece.partition("：" if "：" in piece else ":")
        named = bool(rest) and len(head) <= 12
        rows.append({"name": head if named else piece[:60], "result": rest.strip()[:200] if named else ""})
    return rows


def _times(parts: list[Section], text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    given: dict[str, list[Limit]] = limits(parts, text)
    plain = amounts(_said(parts, "time_limit"))
    promised = given["promised"] or (plain if len(plain) == 1 and not given["statutory"] else [])
    for column, rows in (("legal", given["statutory"]), ("promise", promised)):
        if rows:
            found[f"{column}_n"] = rows[0]["n"] or None
            found[f"{column}_unit"] = _UNITS[rows[0]["unit"]]
    return found
