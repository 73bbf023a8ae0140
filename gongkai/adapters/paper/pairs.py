"""要素栏的各种排法先摊成一行一对“标签：值”:标签一列值一列的、一行标签一行值的、标签和值紧贴的、用别的记号隔开的。

只看形状和值的样子(索引号、文号、日期、有效性),对不上的原样留着:错配的值比空着更糟。
"""

from __future__ import annotations

import re

from gongkai.law import docnumber

from . import dates, labels
from .model import EDGE, INDEX, INDEX_WHOLE, NOTHING, fold

#: 要素栏在页首;再往下的表是正文。
_MOST_LINES = 160
_MOST_STACKED = 24
_LONGEST_VALUE = 120
_DAYS = frozenset({"成文日期", "生成日期", "发文日期", "发布日期", "废止日期", "施行日期", "时间"})
_TYPED = _DAYS | {"索引号", "文号", "有效性", "发布机构"}
_NAME = re.compile(r"[\u4e00-\u9fff/／]{2,12}")
_STATE = re.compile(r"(?:现行|继续|长期|已|尚未|未|部分|全文)?(?:有效|失效|废止|生效|修改)")
_OFFICE = re.compile(r"[\u3400-\u9fff（）()、 ]{2,40}")

_BOLD = re.compile(r"(?:\*\*|__)[ \t]?([\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,14}[:：]?)[ \t]?(?:\*\*|__)")
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])[(（][A-Za-z][A-Za-z .]{1,30}[)）](?=[ \t\u3000]{0,3}[:：])")
#: 时间后面紧贴着标签:“09:28来源：”。
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?=[\u4e00-\u9fff]{2,6}[:：])")
_QUOTED = re.compile(r"[「『＜<]([\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,12})[」』＞>]")
_COLONS = str.maketrans("∶﹕︰꞉", "::::")
_MARKED = re.compile(
    r"(?P<label>[\u4e00-\u9fff](?:[ \u3000]{0,4}[\u4e00-\u9fff]){1,9})[ \u3000]{0,3}(?P<mark>=>|->|[→➔➜⇒＝=~～—–›»>-])"
)
_PART = re.compile(r"[ \u3000]{1,3}[/／,，;；|｜][ \u3000]{1,3}|[;；]")


def name_of(cell: str) -> str:
    """What a cell that is nothing but a label is called; empty if it is none.

    >>> name_of("索 引 号："), name_of("公文生成日期"), name_of("各镇人民政府")
    ('索引号', '生成日期', '')
    """
    plain = re.sub(r"[\s\u3000]", "", fold(cell)).strip(EDGE + ":：【】[]")
    if not _NAME.fullmatch(plain):
        return ""
    return labels.VOCABULARY.canon.get(plain) or (labels.by_shape(plain) if len(plain) > 2 else "")


def fits(name: str, value: str) -> bool:
    """Whether a value looks like what its label says; labels of no fixed look take any short value.

    >>> fits("发布日期", "2021/3/9"), fits("文号", "2021/3/9"), fits("主题分类", "城乡建设")
    (True, False, True)
    """
    value = value.strip()
    if name == "索引号":
        return bool(INDEX.match(value) or INDEX_WHOLE.match(value)) and not dates.at_start(value)
    if name == "文号":
        found = docnumber.find(value[:80])
        return bool(found) and found[0].start <= 4
    if name in _DAYS:
        return dates.at_start(value) is not None
    if name == "有效性":
        return len(value) <= 12 and _STATE.match(fold(value)) is not None
    if name == "发布机构":
        return _OFFICE.fullmatch(value) is not None
    return len(value) <= _LONGEST_VALUE and not name_of(value) and "。" not in value


def paired(text: str) -> str:
    """The text with the metadata block as one pair a line, where its layout is of a kind that is known."""
    lines = [part for line in _marks(text).split("\n") for part in _in_turn(line)]
    head, rest = lines[:_MOST_LINES], lines[_MOST_LINES:]
    done: list[str] = []
    at = 0
    while at < len(head):
        taken, pairs = _stacked(head, at) or _across(head, at) or (0, [])
        if taken:
            done += pairs
            at += taken
        else:
            done.append(head[at])
            at += 1
    return "\n".join(_opened(done) + rest)


def _in_turn(line: str) -> list[str]:
    """A row of labels and values in turn (文号, 甲政〔2023〕1号, 有效性, 有效 with tabs between), a pair a line."""
    cells = [cell.strip() for cell in line.strip("\t").split("\t")] if "\t" in line else []
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    proved = [name for label, value in pairs if (name := name_of(label)) in _TYPED and fits(name, value)]
    if (
        len(cells) % 2
        or len(pairs) < 2
        or not proved
        or not all(_NAME.fullmatch(fold(label)) for label, _ in pairs)
    ):
        return [line]
    if any(name_of(value) for _, value in pairs):
        return [line]
    return [f"{label}：{value}" for label, value in pairs]


def _marks(text: str) -> str:
    """Labels in bold, in quotation marks, with a gloss in letters, with another mark in place of the colon."""
    text = _GLOSS.sub("", _BOLD.sub(lambda match: f" {match[1]}", text.translate(_COLONS)))
    text = _CLOCK.sub(r"\g<0> ", text)
    text = _QUOTED.sub(lambda match: f"【{match[1]}】" if name_of(match[1]) else match[0], text)
    top = text[:2000]
    seen: dict[str, set[str]] = {}
    for match in _MARKED.finditer(top):
        if (name := name_of(match["label"])) in _TYPED:
            seen.setdefault(match["mark"], set()).add(name)
    marks = {mark for mark, names in seen.items() if len(names) > 1}
    if not marks:
        return text

    def colon(match: re.Match[str]) -> str:
        known = match["mark"] in marks and name_of(match["label"])
        return f"{match['label']}:" if known else match[0]

    lines = [
        _PART.sub("\n", changed) if (changed := _MARKED.sub(colon, line)) != line else line
        for line in top.split("\n")
    ]
    return "\n".join(lines) + text[2000:]


def _stacked(lines: list[str], at: int) -> tuple[int, list[str]] | None:
    """Three or more labels, each on a line of its own, then as many values: how many lines, and the pairs."""
    filled = [(n, lines[n].strip(EDGE)) for n in range(at, min(len(lines), at + 5 * _MOST_STACKED))]
    filled = [(n, line) for n, line in filled if line]
    names: list[tuple[str, str]] = []
    for n, line in filled[:_MOST_STACKED]:
        if (n > at) == (not names) or "\t" in line or not (name := name_of(line)):
            break
        names.append((line.strip(":： "), name))
    values = [line for _, line in filled[len(names) : 2 * len(names)]]
    if len(names) < 3 or len(values) < len(names):
        return None
    told = [
        value if fits(name, value) else "" if NOTHING.match(value) else None
        for (_, name), value in zip(names, values, strict=True)
    ]
    proved = {name for (_, name), value in zip(names, told, strict=True) if value and name in _TYPED}
    if None in told or len(proved) < 2 or any(name_of(value) for value in values):
        return None
    last = filled[2 * len(names) - 1][0]
    return last - at + 1, [f"{label}：{value}" for (label, _), value in zip(names, told, strict=True)]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|｜").split("\t")]


def _across(lines: list[str], at: int) -> tuple[int, list[str]] | None:
    """A row of names, then one row of values: how many lines, and the pairs."""
    heads = _cells(lines[at])
    while heads and not heads[-1]:
        heads.pop()
    names = [name_of(head) for head in heads]
    if len([name for name in names if name in _TYPED]) < 2 or not all(
        re.fullmatch(r"[\u3400-\u9fff/／ \u3000:：]{2,14}", head) for head in heads
    ):
        return None
    below = [n for n in range(at + 1, min(len(lines), at + 6)) if lines[n].strip()][:2]
    if not below:
        return None
    row = _cells(lines[below[0]])
    second = _cells(lines[below[1]]) if len(below) > 1 else []
    row += [""] * (len(heads) - len(row))
    if any(row[len(heads) :]) or "\t" not in lines[below[0]].strip() or any(name_of(cell) for cell in row):
        return None
    if len(second) >= len(heads) and not any(name_of(cell) for cell in second):
        return None  # 下面还有一行值:是好几件的表
    pairs = list(zip(heads, names, row, strict=False))
    if any(
        name in _TYPED and value and not NOTHING.match(value) and not fits(name, value) for _, name, value in pairs
    ):
        return None
    return below[0] - at + 1, [f"{head.strip(':： ')}：{value}" for head, name, value in pairs if name]


_ALIAS = re.compile(r"[\u4e00-\u9fff]{2,8}")


def _opened(lines: list[str]) -> list[str]:
    """Labels with the value right behind them (索引号WH-2021-0457): a colon between, where the value proves it."""
    filled = [number for number, line in enumerate(lines) if line.strip(EDGE)]
    found: dict[int, tuple[int, bool]] = {}
    for place, number in enumerate(filled):
        if len(lines[number]) <= _LONGEST_VALUE and (cut := _glued(lines[number].strip(EDGE))):
            found[place] = cut
    done = list(lines)
    for place, (end, proved) in found.items():
        beside = [found[n] for n in range(place - 4, place + 5) if n != place and n in found]
        if any(one for _, one in beside) and (proved or sum(one for _, one in beside) > 1):
            line = lines[filled[place]].strip(EDGE)
            done[filled[place]] = f"{line[:end]}：{line[end:]}"
    return done


def _glued(line: str) -> tuple[int, bool] | None:
    """Where a label at the head of a line ends and whether what follows is what the label says."""
    match = _ALIAS.match(fold(line))
    for length in range(match.end() if match else 0, 1, -1):
        name = name_of(line[:length])
        rest = line[length:]
        if not name or name in ("其他", "时间", "来源", "标题") or rest[:1] in ":： \t\u3000】]":
            continue
        if name in _TYPED and name != "发布机构" and fits(name, rest):
            return length, True
        if not rest or (len(rest) <= 40 and not re.search(r"[。，：:；]", rest)):
            return length, False
    return None
