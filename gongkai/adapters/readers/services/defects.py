"""办事指南的毛病:哪一类、叫什么、原文哪几个字。词表见 words.toml;别的规则在这里。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

from .conflicts import more
from .elements import CORE
from .forms import formal
from .limits import amounts, visits
from .sections import Section

_RULES = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))["defect"]
_EVERYWHERE: list[str] = []


@dataclass(frozen=True, slots=True)
class Rule:
    """一条词表规则。"""

    kind: str
    code: str
    words: re.Pattern[str]
    where: tuple[str, ...]
    not_in: tuple[str, ...]


RULES = tuple(
    Rule(
        rule["class"],
        rule["code"],
        re.compile("|".join(f"(?:{word})" for word in rule["words"])),
        tuple(rule.get("where", _EVERYWHERE)),
        tuple(rule.get("not_in", _EVERYWHERE)),
    )
    for rule in _RULES
)
WORDS = tuple(rule.words for rule in RULES)
_REFERENCE = re.compile(r"(?:详见|见|参见|具体见)(?:附件|附表|附图|下表|下图|流程图)[一二三四五六七八九十\d]{0,2}")
_ONLY_REFERS = re.compile(
    r"\A[（(]?(?:详见|参见|请见|见|请参照)(?!附[件表图]|下[表图])[^，。；;\n]{2,20}?[)）]?[。]?\Z"
)
_ANNEX = re.compile(r"\n\s{0,4}附(?:件|表|图)[一二三四五六七八九十\d]{0,2}\s{0,4}[:：\n]")
_LINK = re.compile(r"(https?://)?((?:[A-Za-z0-9-]{1,40}\.){1,4}(?:com|cn|net|org|info|top|cc))(?![A-Za-z0-9.-])")
_OFFICIAL = re.compile(r"(?:\.|\A)gov\.cn\Z|zwfw|zjzwfw|12333|12345")
_MOBILE = re.compile(r"(?<!\d)1[3-9Xx*×][\dXx*×]{9}(?![\dXx*×])")
_CONTACT = re.compile(r"电话|联系|咨询|监督|投诉|热线|手机")
_LAW = re.compile(r"《[^》\n]{2,50}》")
_ARTICLE = re.compile(r"第\s?[一二三四五六七八九十百千零〇\d]{1,8}\s?[条款章]")
_OFFICE_PAPER = re.compile(r"[\u4e00-\u9fff]{1,4}[办委党]发\s?[〔\[(（]\d{4}[〕\])）]\s?\d{1,4}\s?号")
_STATE_PAPER = re.compile(r"(?:国办?|中办?|省政)发\s?[〔\[(（]\d{4}")
_ITEMS = re.compile(r"[^\n、;；]{2,30}")
_NAMED_LIMIT = re.compile(r"(?:法定|承诺)[^\n。;；]{0,6}(?:时限|期限|时间|\d)")
_SPAN = re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:周岁|月|年|日|天|岁)以?内")
_COPY = re.compile(r"[\s（(《]{0,3}(?:原件|复印件|\d份|一式|[（(]).*|[《》]")
_CODE = re.compile(r"[A-Za-z0-9-]{5,80}")
_GROUNDS = re.compile(r"《|依据[:：]|〔|文件")
_PRICE = re.compile(
    r"[^\n,，。;；:：\d]{0,10}[:：]?\s?\d{1,5}(?:\.\d{1,2})?\s?元(?:(?:/|每)[\u4e00-\u9fff])?|按[^\n,，。;；\d《]{1,8}(?:收取|计收|计费|征收)[\u4e00-\u9fff]{0,6}"
)
_TOWN = re.compile(r"(?:乡|镇|街道)(?:人民政府|办事处)\Z")
_STANDARD_CODE = re.compile(r"\d{11}[\dYy]\d{0,2}|[0-9A-Z]{18}\d{13}(?:\d{2})?|[0-9A-Z-]{32,80}\Z")
#: 标题以前至多这么多字,第一个标题才该是“一、”。
_NEAR_THE_TOP = 80
_ORDER = "一二三四五六七八九十"
_HEADINGS = re.compile(r"(?:^|\n)\s{0,4}([一二三四五六七八九十]{1,2})、([^\n:：]{0,12})")
_NEEDED = frozenset((*CORE, "result", "statutory_limit", "promised_limit"))


def defects(text: str, parts: list[Section], issuer: str, truncated: bool) -> list[dict[str, Any]]:
    """What is wrong, each with its class, code and the words of the text; no words twice within a class."""
    found: list[dict[str, Any]] = []
    seen: set[tuple[str, str]] = set()
    for kind, code, *quote in _all(text, parts, issuer, truncated):
        pieces = [piece.strip() for piece in quote if piece.strip()]
        key = (kind, pieces[0] if pieces else code)
        again = any(kind == other and len(pieces) == 1 and pieces[0] in said for other, said in seen)
        if pieces and key not in seen and not again and all(piece in text for piece in pieces):
            seen.add(key)
            found.append({"class": kind, "code": code, "quote": pieces[0] if len(pieces) == 1 else pieces})
    return found


def _all(text: str, parts: list[Section], issuer: str, truncated: bool) -> Iterator[tuple[str, ...]]:
    yield from _worded(text, parts)
    yield from _empty(text, parts, truncated)
    yield from _links(text, parts)
    yield from _basis(parts)
    yield from _limits(text, parts)
    yield from more(text, parts, truncated)
    yield from formal(parts, text)
    yield from _whole(text, parts, issuer)


def _worded(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    """The rules of words, each in the elements where it holds; text before the first heading has element ''."""
    places = [(part.element, part.content) for part in parts]
    places.append(("", text[: parts[0].start] if parts else text))
    said: set[tuple[str, str]] = set()
    blanks: list[str] = []
    for rule in RULES:
        if not rule.where and not rule.not_in:
            contents = [text]
        else:
            contents = [
                content
                for element, content in places
                if (not rule.where or element in rule.where) and element not in rule.not_in
            ]
        for content in contents:
            for match in rule.words.finditer(content):
                if (rule.code, match[0][:4]) not in said:
                    said.add((rule.code, match[0][:4]))
                    if rule.code == "placeholder_left":
                        blanks.append(match[0])
                    else:
                        yield rule.kind, rule.code, match[0]
    if blanks:
        yield "missing", "placeholder_left", *blanks


def _empty(text: str, parts: list[Section], truncated: bool) -> Iterator[tuple[str, ...]]:
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        if not part.filled and not (truncated and (last or "|" in text)):
            if part.element in _NEEDED and not any(p.filled for p in parts if p.element == part.element):
                yield "missing", f"{part.element}_empty", part.heading
            elif part.label.startswith("附件") or part.label == "网址":
                yield "missing", "empty_attachment", part.heading
    for part in parts:
        if part.element in _NEEDED and (whole := _ONLY_REFERS.match(part.content)):
            yield "missing", "by_reference_only", whole[0]
    if not _ANNEX.search(text):
        for match in _REFERENCE.finditer(text):
            yield "missing", "only_by_attachment", match[0]
    for part in parts:
        if part.element == "visits" and (visits(part.label + part.content) or 0) > 0 and "原因" not in text:
            number = re.search(r"[\d一二三四五]{1,2}\s?次", part.content)
            yield "missing", "visits_reason_missing", part.label, number[0] if number else ""


def _links(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    for match in _LINK.finditer(text):
        if not _OFFICIAL.search(match[2]):
            yield "contact_link", "link_not_official", match[0]
    for line in text.split("\n"):
        if _CONTACT.search(line):
            for match in _MOBILE.finditer(line):
                yield "contact_link", "mobile_as_office_phone", match[0]


def _basis(parts: list[Section]) -> Iterator[tuple[str, ...]]:
    for part in parts:
        if part.element != "legal_basis" or not part.filled:
            continue
        laws = [law for law in _LAW.findall(part.content) if not re.search(r"[×X＊*]", law)]
        paper = None if _STATE_PAPER.search(part.content) else _OFFICE_PAPER.search(part.content)
        if paper and not any(re.search(r"(?:法|条例|规定|办法|细则)》", law) for law in laws):
            yield "basis", "basis_not_law", paper[0]
        elif (
            laws and not _ARTICLE.search(part.content) and not re.search(r"[〔\[(（]\d{4}[〕\])）]", part.content)
        ):
            yield "basis", "basis_without_article", laws[0]


def _limits(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    kinds = " ".join(part.content for part in parts if part.element == "item_type")
    timed = [part for part in parts if part.element == "time_limit" and part.filled]
    if ("行政许可" in kinds or "许可申请" in text) and not _NAMED_LIMIT.search(text):
        for part in timed:
            if len(amounts(part.content)) == 1:
                yield "missing", "limit_kind_unstated", part.content.split("\n")[0][:20]
    for part in parts:
        if part.element == "case_type" and "即办" in part.content:
            for other in parts:
                if other.element == "promised_limit" and any(
                    limit["n"] > 0 and limit["unit"] != "hour" for limit in amounts(other.content)
                ):
                    yield "limit", "instant_with_days", other.content.split("\n")[0][:20]


def _whole(text: str, parts: list[Section], issuer: str) -> Iterator[tuple[str, ...]]:
    run_on = [part for part in parts if not part.separated and part.filled]
    if len(run_on) > 2 and not any(part.heading[:1].isdigit() for part in run_on):
        yield "structure", "label_value_no_separator", run_on[0].heading + run_on[0].content[:4]
    for part in parts:
        if part.label in ("涉及事项清单", "联办事项", "须办证照") and "一件事" in text:
            items = _ITEMS.findall(part.content)
            if len(items) == 1:
                yield "structure", "onething_single_item", part.label, items[0]
        if part.element == "code":
            code = _CODE.search(part.content)
            if code and not _STANDARD_CODE.fullmatch(code[0]):
                yield "code", "code_nonstandard", code[0]
        groundless = (
            part.element == "fee" and not part.label.startswith("缴") and not _GROUNDS.search(part.content)
        )
        for price in _PRICE.finditer(part.content) if groundless else ():
            if "免" not in part.content[max(0, price.start() - 1) : price.end()].replace("免费", ""):
                yield "fee", "fee_without_basis", price[0].strip()
                break
    if _TOWN.search(issuer) and "许可" in text:
        yield "procedure", "publisher_lacks_power", issuer
    yield from _numbering(text)
    yield from _conflicts(text, parts)


def _conflicts(text: str, parts: list[Section]) -> Iterator[tuple[str, ...]]:
    """The title names one span and the conditions another; one material in two lists of a guide for several matters."""
    title = _SPAN.findall(
        " ".join(part.content for part in parts if part.element == "item_name") or text.split("\n")[0]
    )
    stated = _SPAN.findall(" ".join(part.content for part in parts if part.element == "conditions"))
    if title and stated and not set(title) & set(stated):
        yield "condition_logic", "title_vs_condition", title[0], stated[0]
    if "一件事" in text or "我要" in text[:40]:
        names = [name for part in parts if part.element == "materials" for name in _names(part.content)]
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield "material_burden", "duplicate_material_across_items", name
        return
    for part in parts:
        names = _names(part.content) if part.element == "materials" and not _CASES.search(part.content) else []
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield "material_burden", "material_twice", name


#: 分情形列的材料,同一样可以再列。
_CASES = re.compile(r"情形|情况|分别|的[:：]|办理[:：]|[甲乙]方|变更|注销|延续")


def _names(content: str) -> list[str]:
    lines = (
        re.sub(r"\A[\s（(]*[\d一二三四五六七八九十]{1,2}[)）、.．]\s*", "", line)
        for line in re.split(r"[\n;；]", content)
    )
    return [name for line in lines if len(name := _COPY.sub("", line).strip()) > 3 and "提交" not in name]


def _numbering(text: str) -> Iterator[tuple[str, ...]]:
    """Headings numbered 一、二、… of which one is skipped or comes twice."""
    seen = [(_rank(match[1]), match) for match in _HEADINGS.finditer(text)]
    if seen and 1 < seen[0][0] < 6 and seen[0][1].start() < _NEAR_THE_TOP:
        yield "structure", "numbering_start", seen[0][1][0].strip()[:2]
    for (before, _), (now, match) in pairwise(seen):
        if now not in (before + 1, 1) and before:
            yield "structure", "numbering", match[0].strip()


def _rank(text: str) -> int:
    if len(text) == 1:
        return _ORDER.index(text) + 1
    return 10 + _ORDER.index(text[1]) + 1 if text[0] == "十" else 0
