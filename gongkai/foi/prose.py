"""把填好的各项接成通顺的句子:值后面跟着标点的去掉自己的句末标点,一段的末尾补上句号,“因因……”不重。"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_ENDS = "。！？…"
_STOPS = "。；，、：;,.!！"
_CLOSERS = "”』」）》"
_BECAUSE = ("因为", "由于", "因")
#: 这些字后面的“因为”是多出来的。
_WHY = ("因", "理由是：", "的理由：")
#: 汉字后面的半角标点。
_NARROW = re.compile(r"(?<=[\u3400-\u9fff》）”〕])([,;:!?])(?![\d/])")
_WIDE = str.maketrans(",;:!?", "，；：！？")


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """The sentence with its blanks filled in so that it reads as one.

    A value of several lines stays so at the end of the sentence, and is joined by ；where words follow it.

    >>> filled("因{why}，不能答复。", {"why": "因需要检索大量材料。"})
    '因需要检索大量材料，不能答复。'
    >>> filled("一、内容：{what}", {"what": "写明年度"})
    '一、内容：写明年度。'
    >>> filled("理由是：{why}。", {"why": "因为他说“不同意。”"})
    '理由是：他说“不同意”。'
    >>> filled("情况为：{what}。", {"what": "查了档案。\\n没有。"})
    '情况为：查了档案；没有。'
    """
    parts = list(string.Formatter().parse(sentence))
    text = ""
    for number, (literal, name, _, _) in enumerate(parts):
        text += literal
        if name is None:
            continue
        value = _NARROW.sub(lambda match: match[1].translate(_WIDE), values[name].strip())
        if literal.endswith(_WHY):
            value = _without_because(value)
        follows = parts[number + 1][0] if number + 1 < len(parts) else ""
        if follows[:1] and follows[0] in _STOPS:
            value = "；".join(_open_ended(line) for line in value.splitlines() if line.strip())
        elif not follows and number + 1 == len(parts):
            value = ended(value)
        text += value
    return text


def says_something(value: str) -> bool:
    """Whether there are words in what was filled in; a stop or a lone 因为 says nothing."""
    return any(sign.isalnum() for sign in _without_because(value.strip()))


def _without_because(value: str) -> str:
    return next((value[len(one) :] for one in _BECAUSE if value.startswith(one)), value)


def _open_ended(line: str) -> str:
    """A line without the stop at its end, also one within the closing quotation mark: the sentence goes on."""
    line = line.strip().rstrip(_STOPS)
    bare = line.rstrip(_CLOSERS)
    return bare.rstrip(_STOPS) + line[len(bare) :]


def ended(text: str) -> str:
    """The text with a full stop at its end, if it has words there and no other end."""
    text = text.rstrip()
    bare = text.rstrip(_CLOSERS)
    if not text or bare[-1:] in _ENDS or text[-1] == "　" or text[-1] in "：":
        return text
    return text.rstrip("；，、;,.") + "。"


def ground(key: str) -> str:
    """What a ground says of the information, after “您申请公开的信息”."""
    return str(_table()["grounds"][key])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("gongkai.foi").joinpath("data/sentences.toml").read_text("utf-8"))


def reply(key: str, stated: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """The sentences of a reply of this outcome, one paragraph; what no sentence uses follows, each on its own.

    Args:
        stated: the facts by key, and ``law``, ``ground``, ``basis``, ``tests``, ``label``; blank ones do not count.
        names: the Chinese names of the facts.
    """
    have = {name: text for name, text in stated.items() if says_something(text)}
    general = ["依据{law}，本机关作如下处理：{label}。"]
    table = _table()
    sentences = table.get(key) or (table["refused"] if "ground" in have else general)
    used: set[str] = set()
    said = []
    for sentence in sentences:
        wanted = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        if wanted <= have.keys():
            used |= wanted
            said.append(filled(sentence, have))
    if not said:
        said, used = [filled(general[0], have)], {"law", "label"}
    rest = [f"{names[name]}：{ended(text)}" for name, text in have.items() if name in names and name not in used]
    return ["".join(said), *rest]
