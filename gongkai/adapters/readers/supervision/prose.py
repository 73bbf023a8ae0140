"""读写成文章的任务:句末括号(牵头单位:…,责任单位:…)或者下一行的“牵头单位:”管它前面的一组句子。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from . import due as limits
from .duties import duties, is_duty, parted
from .groups import SECTION, Group, groups, level
from .model import Paper, Task, of_cell, tidy
from .units import first_led

_SENTENCE = re.compile(r"[^。;；\n]+[。;；]?")
_DUTY = re.compile(
    r"工作要求|组织保障|保障措施|组织实施|监督检查|工作保障|组织领导|有关要求|相关要求|保障机制|督查考核"
)
#: 最短多长才算一项任务。
_SHORTEST = 3


def read(text: str, paper: Paper) -> Iterator[Task]:
    """The tasks of a paper: those with a bracket or a line of units, then the duties named with their bearer."""
    found, loose = groups(text)
    ranked = any(group.first_leads for group in found)
    first = False
    for group in found:
        first = first or group.first_leads
        # 写明“列第一位者为牵头”的文件里,只列了一个的,不论在前在后,这一个就是第一位。
        alone = ranked and len(group.roles.responsible) == 1
        yield from _tasks(replace(group, roles=first_led(group.roles)) if first or alone else group, paper)
    required = False
    for line in loose:
        if SECTION.match(line):
            required = _DUTY.search(line) is not None
        elif required or not found or is_duty(line, paper):
            yield from duties(line, paper)


def _tasks(group: Group, paper: Paper) -> Iterator[Task]:
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
            before, dated = parted(sentence, found)
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
    return len(sentences) == 1 and len(sentences[0]) < 24 and level(sentences[0]) > 0
