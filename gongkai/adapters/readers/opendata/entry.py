"""开放目录的一条:各地门户键名不同,归成同样的几项;没有印的是 None,不推。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from .terms import TERMS, choice

KEYS: dict[str, list[str]] = TERMS["keys"]
_SHAPES = {name: re.compile(shape) for name, shape in TERMS["key_shapes"].items()}
_PREFIX = re.compile(r"\A(?:公共|政务|政府)?(?:数据集|数据|资源|信息|目录|接口|服务){1,3}")
#: 键名末尾括号里的单位:“数据量(条)”。
_UNIT = re.compile(r"[(（][^()（）]{1,6}[)）]\Z")
_LISTED = frozenset(key for keys in KEYS.values() for key in keys)
MISSING = "未标明"
NONSTANDARD = "非规范值"
_OPEN = {word: name for name, words in TERMS["open_attr"].items() for word in words}
CYCLE_DAYS: dict[str, int] = {name: cycle["days"] for name, cycle in TERMS["cycles"].items() if "days" in cycle}
_CYCLES = {word: name for name, cycle in TERMS["cycles"].items() for word in cycle["words"]}
_NONE = frozenset(TERMS["formats"]["none"])
INTERFACES = frozenset(TERMS["formats"]["interface"])
FILES = frozenset(TERMS["formats"]["file"])
_EMPTY = frozenset({"", "无", "暂无", "/", "null", "none", "nan", "未知", "undefined"})
_DAY = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_SOLID_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?\Z")
_TENS = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s?万\s*[条行个份]?\Z")
_WHOLE = re.compile(r"(-?\d[\d,]{0,17})(?:\.0+)?\s*[条行个份]?\Z")
_WRAP = re.compile(rf"[每按逐隔](?={choice(_CYCLES)})|更新|发布|[1一]次[/／]?|[/／]次|次\Z|[\"'“”‘’（）()。\s]")
_SHORT = re.compile(r"每?\d{1,2}(?:分钟|小时)")
_FORMAT = re.compile(r"[\s,，、;；|/\[\]'\"]+")


def folded(value: Any) -> str:
    """Text at half width without white space at its ends; a list is joined, None is empty."""
    if isinstance(value, list | tuple):
        value = ",".join(str(item) for item in value)
    return unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()


def printed(raw: Mapping[str, Any], name: str) -> Any:
    """The first value that is not empty under one of the names of this field; None if there is none."""
    return next((raw[key] for key in keys_of(raw, name) if not _is_empty(raw[key])), None)


def keys_of(raw: Mapping[str, Any], name: str) -> list[str]:
    """The keys of this entry under which the field may stand: the known ones first, then what has the shape of one.

    >>> keys_of({"归属部门": "", "deptName": "", "数源单位": ""}, "publisher")
    ['数源单位', '归属部门', 'deptName']
    """
    known = [key for key in KEYS[name] if key in raw]
    return known + [key for key in raw if key not in _LISTED and _SHAPES[name].fullmatch(_bare_key(key))]


def _bare_key(key: str) -> str:
    bare = _UNIT.sub("", folded(key)).replace("_", "").replace("-", "").strip(": ").lower()
    return _PREFIX.sub("", bare, count=1) or bare


def _is_empty(value: Any) -> bool:
    """Nothing is said: no text, a word for nothing, or strokes only."""
    text = folded(value).lower()
    return text in _EMPTY or not text.strip("-—–―_.。")


def day(value: Any) -> str | None:
    """A day as YYYY-MM-DD, of a day or a time in the usual writings; None if there is none."""
    text = folded(value)
    if found := _DAY.search(text) or _SOLID_DAY.match(text):
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            return None
    return None


def cycle(value: Any) -> str | None:
    """The name of an update cycle; None for none and for words that are no cycle.

    >>> cycle("按年更新"), cycle("“每季度”"), cycle("每两年"), cycle("水产")
    ('yearly', 'quarterly', 'biennial', None)
    """
    text = folded(value).lower()
    bare = _WRAP.sub("", text)
    if _SHORT.fullmatch(bare):
        return "realtime"
    return _CYCLES.get(text) or _CYCLES.get(bare) or _CYCLES.get(bare.lstrip("每按逐"))


def open_attribute(value: Any) -> str:
    """无条件开放, 受限开放, 禁止开放; 非规范值 for other words, 未标明 for none."""
    text = folded(value)
    return _OPEN.get(text, NONSTANDARD) if text else MISSING


def formats(value: Any) -> list[str]:
    """The formats in small letters as printed; what names none ("file") is left out."""
    words = (word.strip(".") for word in _FORMAT.split(folded(value).lower()))
    return list(dict.fromkeys(word for word in words if word not in _NONE))


def _by_value(raw: Mapping[str, Any]) -> list[str]:
    """The formats under a name that is not known, where the value consists of formats only."""
    for key, value in raw.items():
        words = formats(value)
        if key not in _LISTED and words and all(word in FILES or word in INTERFACES for word in words):
            return words
    return []


def _said(raw: Mapping[str, Any], name: str) -> Any:
    """The first value with any text: here a word for nothing is a wrong value, not none."""
    return next((raw[key] for key in keys_of(raw, name) if folded(raw[key]).strip("-—–/")), None)


def whole(value: Any) -> int | None:
    """A count as printed, -1 too; None if it is no whole number."""
    text = folded(value)
    if found := _TENS.match(text):
        return round(float(found[1]) * 10_000)
    found = _WHOLE.match(text)
    return int(found[1].replace(",", "")) if found else None


def fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one entry: days as YYYY-MM-DD, ``rows`` a count, ``formats`` a list."""
    kinds = formats(printed(raw, "formats")) or _by_value(raw)
    title, summary = printed(raw, "title"), printed(raw, "summary")
    return {
        "title": str(title).strip() if title is not None else None,
        "publisher": folded(printed(raw, "publisher")) or None,
        "summary": str(summary).strip() if summary is not None else None,
        "open_attr": open_attribute(_said(raw, "open_attr")),
        "update_cycle": cycle(printed(raw, "update_cycle")),
        "published_on": day(printed(raw, "published_on")),
        "updated_on": day(printed(raw, "updated_on")),
        "rows": whole(printed(raw, "rows")),
        "formats": kinds,
        "is_api": any(kind in INTERFACES or "接口" in kind for kind in kinds),
    }
