"""一件文件讲的什么,一句话:有人写的内容概述就用它,没有的从条文里取一句。"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: 一句最多多少字,在列表里占一行。
LENGTH = 64
#: 看正文的前面多少字:要紧的规定不在几千字以后。
READ = 6000
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百零〇]{1,6}条[\s　]*")
#: 说缘起的、说适用和施行的,不是这件文件给人的东西。
_PREAMBLE = re.compile(
    r"^(?:为了?|根据|依据|按照|现将|经[^，。]{1,20}(?:同意|批准|审议)|本[\u4e00-\u9fff]{2,4}(?:自|由|所称|中的|适用))"
)
_CHAPTER = re.compile(r"^第[一二三四五六七八九十]{1,3}[章节编]")
#: 带数和单位的规定:多少钱、多少天、多大年纪,读的人先要知道。
_FIGURE = re.compile(
    r"[\d一二三四五六七八九十百千万两半][\d,.]{0,12}(?:万元|元|％|%|岁|天|日|个月|年|倍|平方米|人|次)"
)


def gist(text: str, summary: str = "") -> str:
    """One sentence of a document for a list: its summary, else the first rule with a figure, else the first rule that
    is not a preamble; empty where it has neither.

    Args:
        text: its plain text, a paragraph a line.
        summary: 内容概述 as a person wrote it.

    >>> gist("第一条　为了规范工作，制定本办法。\\n第二条　申请人向镇政府提出。\\n第三条　每台补助二十万元。")
    '每台补助二十万元。'
    """
    if summary.strip():
        return _cut(summary.strip())
    rules = list(_rules(text[:READ]))
    chosen = next((rule for rule in rules if _FIGURE.search(rule)), rules[0] if rules else "")
    return _cut(chosen)


def _rules(text: str) -> Iterator[str]:
    """The sentences that open an article, without its number; preambles and headings left out."""
    for line in text.split("\n"):
        article = _ARTICLE.match(line.strip())
        if article is None or _CHAPTER.match(line.strip()):
            continue
        sentence = line.strip()[article.end() :].partition("。")[0]
        if sentence and not _PREAMBLE.match(sentence):
            yield f"{sentence}。"


def _cut(words: str) -> str:
    return words if len(words) <= LENGTH else f"{words[: LENGTH - 1]}…"
