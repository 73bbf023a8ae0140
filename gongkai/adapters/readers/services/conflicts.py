"""办事指南里几处对不上的:时限与办件类型、网上与窗口、环节先后、材料就是结果、括号、重复的句子。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .limits import amount, amounts
from .sections import Section

_REFERRED = re.compile(r"在?(?:承诺|法定)(?:的)?(?:办理)?时限内")
#: 几天,汉字写的也算。
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_PROMISED = re.compile(rf"(?:承诺|法定)[^\n。;；]{{0,12}}?{_NUMBER}")
_WINDOW = re.compile(r"(?:窗口|现场)[^\n;；]{0,8}(?:即时|当场|即办)[^\n;；]{0,4}")
_ONLINE = re.compile(rf"网上[^\n;；]{{0,8}}?{_NUMBER}\s?个?(?:工作日|日|天)")
_DAYS = re.compile(rf"{_NUMBER}\s?个?(?:工作日|日|天)")
_STEP = re.compile(r"(?:^|\n|→)\s{0,4}(审查|审核|审批|受理|办结)\s{0,4}(?=\n|→|$)")
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,16}令(?:\d{4}年)?第?\s?\d{1,4}\s?号")
_LEFT_OPEN = re.compile(r"[^\s，。;；《》]{0,8}[（(]([^()（）\n]{0,24})(?=\n|$)")
_GIVEN = re.compile(r"(?:核发|颁发|发放|领取|制发|签发)[^。\n]{0,6}《([^》\n]{2,30}[证照])》")
_CERTIFICATE = re.compile(r"《?([\u4e00-\u9fff]{2,20}[证照])》?")
_AGAIN = re.compile(r"延续|变更|换发|换领|注销|年审|校验|补领|补办|遗失")
_NONE = re.compile(r"(?:申请|办理|受理)?条件[:：]\s?无")
_REFUSED = re.compile(r"不符合[^,，。;；\n]{0,4}条件")
#: 登记以后才发的证,不能先要。
_AFTER = {"失业登记": "就业创业证", "就业登记": "就业创业证", "户口登记": "居民户口簿"}
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}[-—－ ]?)?[2-9]\d{6,7}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")
_HOTLINE = re.compile(r"(?<![\d-])12345(?!\d)")
_LOST = re.compile(r"遗失|补领|补办|挂失|丢失")
_OLD = re.compile(
    r"原(?:有)?[\u4e00-\u9fff]{0,8}(?:证件|证书|许可证|执照|证|[社市保障]{2,3}卡|卡|簿|牌)(?:原件|正、?副本)?"
)
_SEVERAL = re.compile(r"一式([二两三四五六七八九十\d])份")
_ORIGINALS = re.compile(r"原件[^\d一二两三四五六七八九十\n]{0,3}([一二两三四五六七八九十\d])\s?份?")
_CLAUSE = re.compile(r"[^,，。;；\n]{10,60}")


def more(text: str, parts: list[Section], truncated: bool) -> Iterator[tuple[str, ...]]:
    """(class, code, quotations …) of what does not fit together."""
    if not _PROMISED.search(text):
        for match in _REFERRED.finditer(text):
            yield "missing", "limit_referenced_not_stated", match[0]
    yield from _times(text, parts)
    for part in parts:
        if part.element == "process":
            steps = [match[1] for match in _STEP.finditer(part.content)]
            if "受理" in steps and steps.index("受理") > 0 and steps[0] != "办结":
                yield "procedure", "step_order_broken", *steps
        if part.element in ("conditions", "materials"):
            clauses = _CLAUSE.findall(part.content)
            for clause in dict.fromkeys(clauses):
                if clauses.count(clause) > 1:
                    yield "text_quality", "duplicate_sentence", clause
        if part.element == "legal_basis" and "《" not in part.content and (order := _ORDER.search(part.content)):
            yield "basis", "basis_no_title", order[0]
    if (none := _NONE.search(text)) and (refused := _REFUSED.search(text)):
        yield "condition_logic", "condition_none_but_refusal", none[0], refused[0]
    yield from _circular(text, parts)
    yield from _brackets(text, parts, truncated)
    yield from _phones(parts)
    yield from _copies(text, parts)
    yield from _result_as_material(text, parts)


_MEETS = re.compile(r"符合([\u4e00-\u9fff]{2,20}?)(?:的|规定的)?条件(?=[。;；,，\n]|\Z)")


def _circular(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    """A condition that only says that the conditions of the matter itself are met."""
    title = " ".join(part.content for part in parts if part.element == "item_name") or text.split("\n")[0]
    for part in parts:
        if part.element == "conditions":
            for match in _MEETS.finditer(part.content):
                if match[1] in title:
                    yield "condition_logic", "condition_circular", match[0]


def _times(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    instant = any(part.element == "case_type" and "即办" in part.content for part in parts)
    said = {part.element: part.content for part in parts if part.element in ("statutory_limit", "promised_limit")}
    if len(said) == 2:
        (legal, *_), (promised, *_) = (
            amounts(said[name]) or [{}] for name in ("statutory_limit", "promised_limit")
        )
        if legal and promised and legal["unit"] == promised["unit"] and promised["n"] > legal["n"]:
            yield "limit", "promised_over_statutory", said["promised_limit"].split("\n")[0][:20]
    for part in parts:
        if part.element not in ("time_limit", "promised_limit"):
            continue
        days = _DAYS.search(part.content)
        if instant and days and any(limit["n"] > 0 for limit in amounts(days[0])):
            yield "limit", "case_type_mismatch", days[0]
        if (window := _WINDOW.search(part.content)) and (online := _ONLINE.search(part.content)):
            yield "limit", "online_slower_than_window", window[0], online[0]


def _brackets(text: str, parts: list[Section], truncated: bool) -> Iterator[tuple[str, ...]]:
    for part in parts:
        for match in _LEFT_OPEN.finditer(part.content):
            after = part.content[match.end() : match.end() + 80]
            closed = ")" in after or "）" in after
            if closed or (truncated and text.rstrip().endswith(match[0])):
                continue
            if part.element == "legal_basis" and "号" not in match[1]:
                yield "basis", "basis_truncated", match[0]
            else:
                yield "text_quality", "unclosed_bracket", match[1] or match[0]


def _phones(parts: list[Section]) -> Iterator[tuple[str, ...]]:
    """One number to ask and to complain; the hotline instead of the office's own number."""
    numbers = {name: set[str]() for name in ("consult", "complaint")}
    for part in parts:
        if part.element in numbers:
            numbers[part.element].update(_PHONE.findall(part.content))
        only_hotline = part.element == "consult" and not _PHONE.search(part.content)
        if only_hotline and (hotline := _HOTLINE.search(part.content)):
            yield "contact_link", "hotline_as_consult", hotline[0]
    for number in sorted(numbers["consult"] & numbers["complaint"]):
        if "000000" not in number:
            yield "contact_link", "same_phone_twice", number


def _copies(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    """Copies that conflict within one line; the lost certificate asked for when a new one is."""
    title = " ".join(part.content for part in parts if part.element == "item_name") or text.split("\n")[0]
    lost = _LOST.search(title)
    for part in parts:
        if part.element != "materials":
            continue
        for line in part.content.split("\n"):
            several, stated = _SEVERAL.search(line), _ORIGINALS.search(line)
            if several and stated and amount(several[1]) != amount(stated[1]):
                yield "material_burden", "copies_conflict", several[0], stated[0]
        for line in re.split(r"[\n。;；]", part.content):
            if (lost or _LOST.search(line)) and (old := _OLD.search(line)):
                yield "material_burden", "material_impossible", old[0]


def _result_as_material(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    title = " ".join(part.content for part in parts if part.element == "item_name") or text.split("\n")[0]
    given = {match[1] for match in _GIVEN.finditer(text)}
    given |= {certificate for matter, certificate in _AFTER.items() if matter in title}
    if _AGAIN.search(title):
        return
    for part in parts:
        if part.element == "materials":
            for match in _CERTIFICATE.finditer(part.content):
                if match[1] in given:
                    yield "material_burden", "material_is_result", match[0]
