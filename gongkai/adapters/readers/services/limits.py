"""办事指南里的时限、收费、跑动次数、编码。"""

from __future__ import annotations

import re
from typing import Any

from .sections import Section

Limit = dict[str, Any]
_AMOUNT = re.compile(
    r"(?<![第\d.年月])(\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?:个)?\s?(?:\(法定\))?(工作日|自然日|小时|月|日|天)(?![期常历])"
)
_SAME_DAY = re.compile(r"当场|即时|即办|即到即办|当日办结|当天办结|立等可取|随到随办|现场办结|立即办理|当即")
_NAMED = re.compile(
    r"(法定|承诺)[^\n,，。;；|]{0,14}?[:：为|]?\s?(?=\d|[一二两三四五六七八九十]{1,3}个?(?:工作日|日|天|月)|当场|即时|即办)"
)
_UNITS = {"工作日": "workday", "自然日": "day", "日": "day", "天": "day", "月": "month", "小时": "hour"}
_STEP = re.compile(r"\n\s{0,4}[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s?[\u4e00-\u9fff]{2,6}[:：]")
_BUCKETS = {"statutory_limit": "statutory", "promised_limit": "promised"}
_FREE = re.compile(
    r"不收费|不收取|无需?收费|免费|免收|免征|零收费|无费用|不涉及收费|不收任何|(?<!\d)0元|暂停收费|无偿|停征"
)
_PRICE = re.compile(
    r"\d(?:\.\d{1,2})?\s?万?元|按[^,，。;；\n]{0,20}(?:标准|规定)(?:收取|收费)|(?<!不)(?<!是否)(?<!免)收取"
)
#: 没有收费一栏的,句子里说的工本费、每证几元。
_CHARGED = re.compile(r"工本费[^。\n]{0,6}\d{1,4}\s?元|每[证本份件]\s?\d{1,4}\s?元|\d\s?元(?:/|每)[证本份件册]")
#: 没有时限一栏的,句子里说几日内办结的。
_DONE_WITHIN = re.compile(
    r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})\s?个?(?:工作日|日|天|个月)(?:之?内)?(?:作出|办结|办理完|发证|答复|完成)|立等可取|即时制卡|当场办结"
)
_VISITS = re.compile(
    r"(?:次数|跑动|跑|到(?:办事)?(?:现场|窗口|大厅))[^\d零一二两三四五\n]{0,8}(\d{1,2}|[零一二两三四五])\s?次"
)
_NO_VISIT = re.compile(r"零跑动|一次都?不用跑|零次跑|不用到现场|0跑动")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{5,60}")
_DIGITS = {mark: number for number, mark in enumerate("零一二三四五六七八九")} | {"两": 2}


def amounts(text: str) -> list[Limit]:
    """The durations of a text in its order: ``n``, ``unit``; done at once is 0 same_day."""
    found = [(m.start(), {"n": amount(m[1]), "unit": _UNITS[m[2]]}) for m in _AMOUNT.finditer(text)]
    found += [(m.start(), {"n": 0, "unit": "same_day"}) for m in _SAME_DAY.finditer(text)]
    unique: list[Limit] = []
    for _, limit in sorted(found, key=lambda item: item[0]):
        if limit["n"] is not None and limit not in unique:
            unique.append(limit)
    return unique


def amount(text: str) -> int | None:
    """Digits or a Chinese number below a hundred."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text)
    parts = (_DIGITS.get(tens) if tens else 1, _DIGITS.get(ones) if ones else 0)
    return None if None in parts else (parts[0] or 0) * 10 + (parts[1] or 0)


def limits(parts: list[Section], text: str = "") -> dict[str, list[Limit]]:
    """Limits by what they are called: statutory and promised only where the text says 法定, 承诺."""
    found: dict[str, list[Limit]] = {"statutory": [], "promised": [], "other": []}
    for part in parts:
        if part.element in _BUCKETS:
            own, *steps = _STEP.split(part.content)
            _add(found[_BUCKETS[part.element]], amounts(own))
            _add(found["other"], amounts("\n".join(steps)))
        elif part.element == "time_limit":
            rest = part.content
            for match in _NAMED.finditer(part.content):
                after = part.content[match.end() : match.end() + 12]
                _add(found["statutory" if match[1] == "法定" else "promised"], amounts(after)[:1])
                rest = rest.replace(part.content[match.start() : match.end() + 6], "", 1)
            _add(found["other"], amounts(rest) if rest == part.content or "受理" in rest else [])
        elif part.element == "process":
            _add(found["other"], amounts(part.content))
    if not any(found.values()):
        for match in _DONE_WITHIN.finditer(text):
            _add(found["other"], amounts(match[0]))
    for match in _NAMED.finditer(text):
        bucket = "statutory" if match[1] == "法定" else "promised"
        if not found[bucket]:
            _add(found[bucket], amounts(text[match.end() : match.end() + 8])[:1])
    return found


def _add(known: list[Limit], more: list[Limit]) -> None:
    known.extend(limit for limit in more if limit not in known)


def fee_charged(parts: list[Section], text: str) -> bool | str | None:
    """False, True, "partly", None where the text does not say."""
    said = "\n".join(part.content for part in parts if part.element == "fee")
    if not said:
        bare = re.search(r"不收(?:取|任何)?费|免费办理|不收取任何费用|首次免费|免费发放", text)
        charged = _CHARGED.search(text)
        return "partly" if bare and charged else True if charged else False if bare else None
    free = bool(_FREE.search(said)) or said.strip(" 。.\n")[:1] in ("否", "无")
    priced = bool(_PRICE.search(_FREE.sub("", said))) or said.strip()[:1] == "是"
    if free and priced:
        return "partly"
    return False if free else True if priced else None


def visits(text: str) -> int | None:
    """How often one must come, as printed."""
    if found := _VISITS.search(text):
        return int(found[1]) if found[1].isdigit() else _DIGITS[found[1]]
    return 0 if _NO_VISIT.search(text) else None


def code(parts: list[Section]) -> str | None:
    """The item's code as printed."""
    for part in parts:
        if part.element == "code" and (found := _CODE.search(part.content)):
            return found[0]
    return None
