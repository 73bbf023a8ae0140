"""模块里编好的每一个正则,碰上恶意的文字也要一遍读完:长四倍,时间至多长那么多倍。

只数处理器时间,取几次里最短的;短的本来就快得量不出,不比。
"""

from __future__ import annotations

import pkgutil
import re
import time
from importlib import import_module
from re import _constants as names
from re import _parser as parser

import pytest

import gongkai

SHORT, LONG = 3_000, 12_000
#: 四倍长的至多用这么多倍的时间:一次方是四倍,二次方是十六倍。
GROWTH = 9.0
#: 处理器秒:比这还快的不必比。
NOTICEABLE = 0.03
#: 一万二千字至多这么多处理器秒。
MOST = 0.2
BITS = [
    " ",
    "\n",
    "\t",
    "　",
    "0",
    "一",
    "(",
    "（",
    "《",
    "“",
    "<",
    "<a ",
    "<p>",
    "&",
    "&nbsp;",
    ";",
    ",",
    "，",
    "。",
    ".",
    "-",
    "—",
    "a",
    "年",
    "第",
    "一、",
    "（一）",
    "1 ",
    "一 ",
    "关于",
    "关于 ",
    "20",
    "20年",
    "2023年",
    "〔",
    "〔2023",
    "政府",
    "号",
    "附件",
    "附件1",
    "问题",
    "一、问题",
    '="',
    "'",
    "/",
    "a@",
    "a.",
    "1.",
    "1-",
    "｜",
    "|",
    "x=",
    "http://",
    "申请",
    "收到",
    "三、收到",
    "五、",
    "根据",
    "本",
    "由",
    "本报告由",
    "自",
    "自1",
    "起",
    "日",
    "月",
    "月1日",
]


def patterns():
    """Every pattern that a module of the package holds, also within tuples, lists and dicts, once."""
    found: dict[tuple[str | bytes, int], tuple[str, re.Pattern]] = {}
    for module in pkgutil.walk_packages(gongkai.__path__, "gongkai."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            for one in _within(value, 3):
                found.setdefault((one.pattern, one.flags), (f"{module.name}.{name}", one))
    return list(found.values())


def _within(value, depth):
    if type(value) is re.Pattern:
        yield value
    elif depth and type(value) in (tuple, list):
        for one in value[:50]:
            yield from _within(one, depth - 1)
    elif depth and type(value) is dict:
        for one in list(value.values())[:50]:
            yield from _within(one, depth - 1)


def fragments(pattern: re.Pattern) -> list[str]:
    """Pieces that this pattern begins to match, and the common ones."""
    own = _pieces(
        parser.parse(
            pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
        )
    )
    return list(dict.fromkeys([*own, *BITS]))


def _pieces(tree) -> list[str]:
    """Runs of the literal characters and one of each class, as they stand in the pattern."""
    text, found = "", []
    for kind, value in tree:
        if kind is names.LITERAL:
            text += chr(value)
        elif kind is names.IN:
            text += next(
                (chr(v if k is names.LITERAL else v[0]) for k, v in value if k in (names.LITERAL, names.RANGE)),
                " " if "SPACE" in str(value) else "1",
            )
        elif kind in (names.MAX_REPEAT, names.MIN_REPEAT):
            inner = _pieces(value[2])
            found += inner
            text += inner[0] if inner else ""
        elif kind is names.SUBPATTERN:
            inner = _pieces(value[3])
            found += inner
            text += inner[0] if inner else ""
        elif kind is names.BRANCH:
            inner = [piece for branch in value[1] for piece in _pieces(branch)[:2]]
            found += inner[:12]
            text += inner[0] if inner else ""
        elif kind in (names.ANY, names.NOT_LITERAL):
            text += "甲"
    found = [text, *(text[:n] for n in range(1, min(len(text), 12))), *found] if text else found
    return [one for one in dict.fromkeys(found) if one][:40]


def spent(pattern: re.Pattern, text: str | bytes) -> float:
    """CPU seconds for finding all."""
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def grows(pattern: re.Pattern, piece: str) -> str:
    """What is wrong with the pattern on this piece over and over; empty if nothing."""

    def text(length):
        whole = (piece * (length // len(piece) + 1))[:length] + "\x00"
        return whole.encode() if isinstance(pattern.pattern, bytes) else whole

    for few in (100, 750):  # 一步一步来:指数的、三次方的,在短的上就看得出
        if spent(pattern, text(few)) > 0.05 and spent(pattern, text(few)) > 0.05:
            return f"{piece[:20]!r}:{few}字已经很慢"
    first = spent(pattern, text(SHORT))
    if first < NOTICEABLE / 16:  # 二次方的到一万二千字也还量不出
        return ""
    long = min(spent(pattern, text(LONG)) for _ in range(2))
    short = min(first, spent(pattern, text(SHORT)), spent(pattern, text(SHORT)))
    if long > MOST or (long > NOTICEABLE and long > short * GROWTH):
        return f"{piece[:20]!r}:{SHORT}字{short:.3f}秒,{LONG}字{long:.3f}秒"
    return ""


@pytest.mark.once
@pytest.mark.django_db  # 有的模块一装入就看库里有什么
def test_every_pattern_is_linear_on_hostile_text():
    wrong = {}
    for name, pattern in patterns():
        for piece in fragments(pattern):
            if said := grows(pattern, piece):
                wrong[f"{name} {str(pattern.pattern)[:60]}"] = said
                break
    assert not wrong, "\n".join(f"{name}\n    {said}" for name, said in wrong.items())


@pytest.mark.parametrize("bad", [r"\s*x\s*$", r"\d+年", r"[一-龥]+?报告"])
def test_the_test_itself_finds_bad_patterns(bad):
    pattern = re.compile(bad)
    assert any(grows(pattern, piece) for piece in fragments(pattern))
