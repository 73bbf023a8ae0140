"""读写成文章的任务:句末括号(牵头单位:…,责任单位:…)或者下一行的“牵头单位:”管它前面的一组句子。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import due as limits
from .due import Due
from .model import Paper, Task, of_cell, tidy
from .units import LABEL, Roles, first_leads, first_led, roles, split, when, without_first

_BRACKET = re.compile(r"[(（](?P<inside>[^()（）]{2,400}(?:[(（][^()（）]{1,30}[)）][^()（）]{0,300}){0,6})[)）]")
_MARKS = re.compile(r"牵头|负责$|负责落实$|落实$|配合$")
_LABEL_LINE = re.compile(
    r"^[\s【\[]*(?:牵头|主办|主责|责任|配合|协办|参与|落实|承办|完成时|时限|办理时|完成期)[^:：]{0,8}[:：]"
)
_LABELS = (
    "(?:牵头|主办|主责|责任|配合|协办|参与|落实|承办)(?:单位|部门|处室|科室)[:：]|(?:完成|办理)?(?:时限|时间)[:：]"
)
_SQUARE = re.compile(r"[【\[](?P<inside>(?:牵头|责任|主办|配合|落实)[^【】\[\]]{2,300})[】\]]")
_INLINE = re.compile(rf"(?<=。)[ 　]?(?={_LABELS})")
_UNITS_ALONE = re.compile(r"(?:[局办委院厅镇乡部府处]|街道|部门|单位|中心|科室|处室|机关|公司)$")
_HEADED = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]{1,4}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.、．](?!\d)|[①-⑳])"
)
_SECTION = re.compile(r"^\s*[一二三四五六七八九十]{1,3}、[^。;；,，…]{0,30}$")
_HEADED_DAY = re.compile(
    rf"{_HEADED.pattern}[^。,，;；()（）]{{1,16}}[(（](?P<day>[^()（）]{{2,40}}\d[日号月]前?)[)）][。:：]"
)
_SENTENCE = re.compile(r"[^。;；\n]+[。;；]?")
_CLAUSE = re.compile(r"[^,，;；]+[,，;；]?")
_DUTY = re.compile(
    r"工作要求|组织保障|保障措施|组织实施|监督检查|工作保障|组织领导|有关要求|相关要求|保障机制|督查考核"
)
_SUBJECT = re.compile(
    r"^(?:请|要求|由)?(?P<who>(?:[\u4e00-\u9fff()（）]{1,20}[、,，]){0,5}[\u4e00-\u9fff()（）]{0,24}?"
    r"(?:部门|单位|机关|街道|镇街|办公室|中心|科室|处室|[局委办厅镇乡]|政府|园区|县区|区县|各地|成员))"
    r"(?P<head>主要负责人|主要负责同志|负责人)?…{0,2}(?P<verb>要|应当?|须|必须|需|将|负责|牵头|每|于|在|定期|按|务必|根据|结合|对)"
)
_BY = re.compile(
    r"由(?P<who>[\u4e00-\u9fff、,，]{2,60}?)(?P<lead>牵头|会同)?(?:负责|组织|承担|落实|实施|(?<=牵头)|(?<=会同))"
)
_HERE = {"本地": "各地", "本部门": "各部门", "本单位": "各单位", "本地区": "各地区", "本系统": "各系统"}
_OVERSEES = re.compile(r"督查|考核|通报|汇总|牵头|组织|会同|指导|监督|检查|统筹")
_OPTIONAL = re.compile(r"有条件|鼓励|可以?探索|支持")
#: 最短多长才算一项任务。
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """括号或者“牵头单位:”行管着的一组文字。"""

    text: str
    roles: Roles
    limit: str = ""
    first_leads: bool = False


def read(text: str, paper: Paper) -> Iterator[Task]:
    """The tasks of a paper: those with a bracket or a line of units, then the duties named with their bearer."""
    groups, loose = _groups(text)
    led = False
    for group in groups:
        led = led or group.first_leads
        if led:
            group = replace(group, roles=first_led(group.roles))
        yield from _tasks(group, paper)
    duties = False
    for line in loose:
        if _SECTION.match(line):
            duties = _DUTY.search(line) is not None
        elif duties or not groups:
            yield from _duties(line, paper)


def _groups(text: str) -> tuple[list[_Group], list[str]]:
    """The groups with units, and the lines that no bracket and no line of units governs."""
    groups: list[_Group] = []
    loose: list[str] = []
    pending: list[str] = []
    labels: list[str] = []

    def close() -> None:
        if labels:
            printed = "\n".join(labels)
            who = roles(without_first(printed))
            body = "\n".join(pending)
            if body.strip() and who:
                groups.append(_Group(body, who, when(printed), first_leads(printed)))
            pending.clear()
            labels.clear()

    for line in _lines(text):
        if not line.strip():
            continue
        if _LABEL_LINE.match(line):
            labels.append(line.strip().strip("【】[]"))
            continue
        close()
        if _HEADED.match(line):
            loose += pending
            pending.clear()
        if _SECTION.match(line):
            loose.append(line)
            continue
        rest = line
        for bracket, who in _brackets(line):
            offset = len(line) - len(rest)
            body = "\n".join([*pending, rest[: bracket.start() - offset]])
            pending.clear()
            if tidy(body):
                groups.append(_Group(body, who, when(bracket["inside"])))
            rest = line[bracket.end() :]
        if rest.strip(" 　。;；"):
            pending.append(rest)
    close()
    return groups, loose + pending


def _lines(text: str) -> list[str]:
    """The lines, with labels in the middle of a line on lines of their own, and brackets of units as round ones."""
    text = _SQUARE.sub(lambda match: f"（{match['inside']}）", text)
    return _INLINE.sub("\n", text).splitlines()


def _brackets(line: str) -> Iterator[tuple[re.Match[str], Roles]]:
    for match in _BRACKET.finditer(line):
        inside = match["inside"].strip()
        after_stop = line[: match.start()].rstrip().endswith(("。", ";", "；"))
        alone = after_stop and all(_UNITS_ALONE.search(unit) for unit in split(inside))
        if LABEL.search(inside) or _MARKS.search(inside) or alone:
            who = roles(inside)
            if who:
                yield match, who


def _tasks(group: _Group, paper: Paper) -> Iterator[Task]:
    """The undated sentences as one task, each dated or repeated one as a task of its own, in the order printed."""
    if group.limit:
        yield from of_cell(tidy(group.text), group.roles, group.limit, paper)
        return
    rest: list[str] = []
    apart: list[Task] = []
    for match in _SENTENCE.finditer(group.text):
        sentence = match[0]
        found = paper.dues(sentence)
        again = limits.recurrence(sentence) if re.search(r"每|按月|按季", sentence) else None
        if len(found) > 1:
            before, dated = _parted(sentence, found)
            rest += [before] if tidy(before) else []
            apart += [Task(tidy(piece), group.roles, due) for piece, due in dated]
        elif found or again:
            apart.append(
                Task(
                    tidy(sentence),
                    group.roles,
                    found[0] if found else None,
                    None,
                    again or limits.recurrence(sentence),
                )
            )
        else:
            rest.append(sentence)
    body = tidy("".join(rest))
    if apart and _is_heading(rest):
        apart = [replace(task, text=f"{body}:{task.text}") for task in apart]
    elif len(body) >= _SHORTEST:
        yield Task(body, group.roles, None, None, limits.recurrence(body) if not apart else None)
    yield from apart


def _is_heading(sentences: list[str]) -> bool:
    return len(sentences) == 1 and len(sentences[0]) < 24 and _HEADED.match(sentences[0]) is not None


def _parted(sentence: str, found: list[Due]) -> tuple[str, list[tuple[str, Due]]]:
    """What stands apart from the dated clauses, and each of these with the undated ones behind it.

    What some may do beyond (有条件的单位可探索) has no day.
    """
    before, pieces = "", []
    for clause in _CLAUSE.finditer(sentence):
        here = [due for due in found if clause.start() <= due.at < clause.end()]
        if here:
            pieces.append((clause[0], here[-1]))
        elif pieces and not _OPTIONAL.match(clause[0]):
            pieces[-1] = (pieces[-1][0] + clause[0], pieces[-1][1])
        else:
            before += clause[0]
    return before, pieces


def _duties(line: str, paper: Paper) -> Iterator[Task]:
    """The sentences of a line that name a bearer or a day; a day in its heading holds for all of it."""
    dated = _HEADED_DAY.match(line)
    found = paper.dues(dated["day"], cell=True) if dated else []
    if dated and found:
        body = tidy(line[dated.end() :])
        yield Task(body, _bearer(body), found[-1], dated["day"])
        return
    for sentence in _borne(line):
        who, found = _bearer(sentence), paper.dues(sentence)
        again = limits.recurrence(sentence)
        if len(found) > 1:
            for piece, due in _parted(sentence, found)[1]:
                yield Task(tidy(piece), who, due, None, limits.recurrence(piece))
        elif len(sentence) >= _SHORTEST and (found or who):
            yield Task(sentence, who, found[-1] if found else None, None, again)


def _borne(line: str) -> Iterator[str]:
    """The sentences of a line; what goes on after a semicolon without a bearer of its own belongs to what stands before."""
    sentence = ""
    for match in _SENTENCE.finditer(line):
        if sentence.endswith((";", "；")) and not _SUBJECT.match(match[0]):
            sentence += match[0]
            continue
        if tidy(sentence):
            yield tidy(sentence)
        sentence = match[0]
    if tidy(sentence):
        yield tidy(sentence)


def _bearer(sentence: str) -> Roles:
    """Who bears a duty: its subject, or whoever 本地、本部门 stands for; an overseer leads, all others are responsible."""
    match = _SUBJECT.match(sentence)
    if match:
        units = tuple(split(match["who"]))
        leads = all(unit.endswith("牵头单位") for unit in units) or (
            len(units) == 1
            and not units[0].startswith("各")
            and not match["head"]
            and _OVERSEES.search(sentence) is not None
        )
        return Roles(units, ()) if leads else Roles((), units)
    by = _BY.search(sentence)
    if by:
        units = tuple(split(by["who"]))
        return Roles(units, ()) if by["lead"] else Roles((), units)
    return Roles((), tuple(dict.fromkeys(here for word, here in _HERE.items() if word in sentence)))
