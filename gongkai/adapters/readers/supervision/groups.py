"""把写成文章的方案分成组:句末括号、下一行的“牵头单位:”、标题后面的括号,各管哪些话。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .model import tidy
from .units import LABEL, UNIT_NAME, Roles, first_leads, led, roles, split, when, without_first

_BRACKET = re.compile(r"[(（](?P<inside>[^()（）]{2,400}(?:[(（][^()（）]{1,30}[)）][^()（）]{0,300}){0,6})[)）]")
_SQUARE = re.compile(r"【(?P<thick>[^【】]{2,300})】|[\[〔](?P<inside>[^【】\[\]〔〕]{2,300})[\]〕]")
_MARKS = re.compile(r"牵头|(?:负责|负责落实|落实|配合)(?=[，,；;。]|$)")
_LABELS = (
    "(?:牵头|主办|主责|责任|配合|协办|参与|落实|承办)(?:责任)?(?:单位|部门|处室|科室|股室)[:：]"
    "|(?:完成|办理|整改)?(?:时限|时间|期限)(?:要求)?[:：]"
)
_INLINE = re.compile(rf"(?<=[。;；,，])[ 　]?(?={_LABELS})")
#: 行首的“责任单位 区府办”,标签后面是空格。
_SPACED = re.compile(
    r"^(?P<label>[\s【\[]{0,4}(?:(?:牵头|主办|责任|配合|协办|承办)(?:责任)?(?:单位|部门|处室|科室|股室)|(?:完成|办理)(?:时限|时间|期限)))[ 　\t]+(?=\S)"
)
_LEVELS = (
    re.compile(r"^\s*[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^\s*[(（][一二三四五六七八九十]{1,4}[)）]"),
    re.compile(r"^\s*\d{1,3}[.、．](?!\d)|^\s*\d{1,3}[.、．](?=\d{1,2}月|20\d\d年)"),
    re.compile(r"^\s*(?:[(（]\d{1,3}[)）]|\d{1,2}[)）]|[①-⑳])"),
)
SECTION = re.compile(r"^\s*[一二三四五六七八九十]{1,3}、[^。;；,，…]{0,30}$")
_COMMON = re.compile(r"[:：]\s*$")
_STOP = re.compile(r"[^。;；]*[。;；]?")
#: 标题至多这么长。
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Group:
    """括号或者“牵头单位:”行管着的一组文字。"""

    text: str
    roles: Roles
    limit: str = ""
    first_leads: bool = False


@dataclass(slots=True)
class _Above:
    """标题(或者“以下由…牵头:”)写明的单位,管它下面没有写单位的各项;``at`` 是标题自己成的组。"""

    roles: Roles
    limit: str
    level: int
    at: int | None


class _Reader:
    """一行一行读,记着还没有单位的文字、标题写明的单位。"""

    def __init__(self) -> None:
        self.groups: list[Group | None] = []
        self.loose: list[str] = []
        self.pending: list[str] = []
        self.labels: list[str] = []
        self.section = ""
        #: 一层一层的,最里面的在最后。
        self.ranks: list[_Above] = []

    def line(self, line: str) -> None:
        label = line.strip(" 　\t【[")
        if LABEL.match(label):
            self.labels.append(label.strip("【】[]"))
            return
        self.close()
        rank = level(line)
        if rank:
            self.flush()
            while self.ranks and rank <= self.ranks[-1].level:
                self.ranks.pop()
        found = list(_brackets(line))
        if SECTION.match(line) and not found:
            self.flush()
            self.section = line
            self.ranks.clear()
            self.loose.append(line)
            return
        common = led(line.strip(" 　:：。")) if _COMMON.search(line) else None
        if common:
            self.flush()
            self.ranks = [_Above(common, "", 1, None)]
            return
        self.bracketed(line, rank, found)

    def bracketed(self, line: str, rank: int, found: list[tuple[re.Match[str], Roles]]) -> None:
        end = 0
        for bracket, who in found:
            body = "\n".join([*self.pending, line[end : bracket.start()]])
            self.pending.clear()
            end = bracket.end()
            if tidy(body):
                self.add(body, who, when(bracket["inside"]), rank=rank, whole=not line[end:].strip(" 　。;；"))
        if line[end:].strip(" 　。;；"):
            self.pending.append(line[end:])

    def close(self) -> None:
        """The lines of units read so far govern what stands before them."""
        if not self.labels:
            return
        printed = "\n".join(self.labels)
        self.labels.clear()
        who = roles(without_first(printed))
        body = "\n".join(self.pending).strip() or self.section
        self.pending.clear()
        self.section = ""
        if body and (who or when(printed)):
            rank = level(body)
            self.add(body, who, when(printed), rank=rank, whole=True, first=first_leads(printed))

    def add(self, body: str, who: Roles, limit: str, *, rank: int, whole: bool, first: bool = False) -> None:
        above = self.ranks[-1] if self.ranks else None
        if above and above.level < (rank or 9) and not who.lead:
            lead = tuple(unit for unit in above.roles.lead if unit not in who.responsible)
            who = replace(who, lead=lead) if who else above.roles
        if not who:
            return
        heading = whole and rank and len(body) <= _LONGEST_HEADING and not re.search("[。;；]", body)
        if heading:
            self.ranks.append(_Above(who, limit, rank, len(self.groups)))
        self.groups.append(Group(body, who, limit, first))

    def flush(self) -> None:
        """What no line of units came after: an item below a heading that names its units, or loose."""
        body = "\n".join(self.pending)
        above = self.ranks[-1] if self.ranks else None
        if above and tidy(body):
            if above.at is not None:
                self.groups[above.at] = None
                above.at = None
            self.groups.append(Group(body, above.roles, above.limit))
        else:
            self.loose += self.pending
        self.pending.clear()


def groups(text: str) -> tuple[list[Group], list[str]]:
    """The groups with units, and the lines that no bracket and no line of units governs."""
    reader = _Reader()
    for line in _lines(text):
        if line.strip():
            reader.line(line)
    reader.close()
    reader.flush()
    return [group for group in reader.groups if group], reader.loose


def _lines(text: str) -> Iterator[str]:
    """The lines, with labels in the middle of a line on lines of their own, and other brackets of units as round ones."""
    for line in _SQUARE.sub(_rounded, text).splitlines():
        line = _SPACED.sub(lambda match: match["label"] + "：", line)
        line = _dutiful(line)
        for part in _outside(line):
            if LABEL.match(part.strip(" 　\t【[")) and "。" in part:
                value, rest = part.split("。", 1)
                yield value
                yield rest
            else:
                yield part


def _outside(line: str) -> Iterator[str]:
    """A line parted before its labels, but for those within brackets."""
    start = at = depth = 0
    for match in _INLINE.finditer(line):
        between = line[at : match.start()]
        depth += sum(map(between.count, "(（")) - sum(map(between.count, ")）"))
        at = match.start()
        if depth <= 0:
            yield line[start:at]
            start = at
    yield line[start:]


def _rounded(match: re.Match[str]) -> str:
    inside = match["thick"] or match["inside"]
    alone = match.string[: match.start()].endswith(("。", ";", "；")) and _are_units(inside)
    return f"（{inside}）" if alone or LABEL.search(inside) or _MARKS.search(inside) else match[0]


def _are_units(text: str) -> bool:
    found = split(text)
    return bool(found) and all(UNIT_NAME.search(unit) for unit in found)


def _dutiful(line: str) -> str:
    """A line whose sentences outside brackets that only name who does what are in brackets."""
    parts, depth = [], 0
    for sentence in _STOP.findall(line):
        opens, closes = sum(map(sentence.count, "(（")), sum(map(sentence.count, ")）"))
        parts.append(sentence if depth or opens != closes else _bracketed(sentence))
        depth = max(0, depth + opens - closes)
    return "".join(parts)


def _bracketed(sentence: str) -> str:
    """A sentence that only says who does what stands before (由…牵头,…配合。), as a bracket."""
    bare = sentence.strip(" 　。;；")
    who = led(bare)
    return f"（{bare}）" if who and who.whole else sentence


def level(line: str) -> int:
    """1 for 一、, 2 for （一）, 3 for 1., 4 for (1) and ①; 0 where a line has no number."""
    return next((number for number, pattern in enumerate(_LEVELS, 1) if pattern.match(line)), 0)


def _brackets(line: str) -> Iterator[tuple[re.Match[str], Roles]]:
    for match in _BRACKET.finditer(line):
        inside = match["inside"].strip()
        after_stop = line[: match.start()].rstrip().endswith(("。", ";", "；"))
        alone = after_stop and _are_units(inside)
        if LABEL.search(inside) or _MARKS.search(inside) or alone:
            who = roles(inside)
            if who:
                yield match, who
