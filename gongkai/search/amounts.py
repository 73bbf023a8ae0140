"""问数额的问题(补多少、最高多少、费用几元):从找到的文件里取写着数额的那一句,一字不改。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from gongkai.adapters.engine import Snippet, marked
from gongkai.adapters.words import fold

from .passages import sentences
from .query import Query

_NUMERAL = r"(?:\d[\d,.]{0,15}|[〇零一二两三四五六七八九十百千][〇零一二两三四五六七八九十百千万亿]{0,11})"
_SUM = re.compile(rf"{_NUMERAL}[余多]?\s?[百千万亿]{{0,2}}\s?元(?!旦|素|月|宵|件|年|体|化|论|结)")
_SHARE = re.compile(r"\d[\d.]{0,6}[%％]|百分之[一二两三四五六七八九十百点零]{1,8}")
#: 问的是钱:直接问多少钱、几元的;或者说到钱,又问多少、最高、标准的。
_MONEY_ASKED = re.compile(
    r"多少钱|几(?:块|元|毛|百|千|万)|多少(?:块|元|万)|(?:金额|数额|额度)|百分之(?:几|多少)|[保贴助费奖励资]的?标准"
)
_MONEY = re.compile(
    r"[补奖贴费罚缴交付赔]|工资|价格?|津贴|资助|救助金?|保证金|押金|租金|票价|标准|公积金|限额|给|领|发"
)
_HOW_MUCH = re.compile(r"多少|几何|最高|最多|上限|封顶|(?:是|要|收)几")
#: 问的不是钱,是别的数。
_OTHER = re.compile(
    r"多少(?:个|名|位|人|户|家|天|日|年|岁|月|周|次|份|件|张|页|套|台|辆|项|条|公里|里|米|平|亩|度|吨|号|分钟|小时|工作日)"
)
_MOST = re.compile(r"最高|最多|上限|封顶|限额")
_CAPPED = re.compile(r"最高|不超过|上限|封顶|以内|不高于|至")
#: 引文最多这么长。
_QUOTED = 300
#: 从一篇里至多看这么多个数额:再长的文件也不慢。
_LOOKED_AT = 400


def asks(question: str) -> bool:
    """Whether a question asks for an amount of money.

    >>> [asks(text) for text in ("加装电梯补贴多少钱", "最高补多少", "费用几元", "一共补了多少户", "补贴对象有哪些")]
    [True, True, True, False, False]
    """
    plain = fold(question)
    if _MONEY_ASKED.search(plain):
        return True
    return bool(_HOW_MUCH.search(_OTHER.sub("", plain)) and _MONEY.search(plain))


#: 问数额的话里只说“多少”、不说是什么的词。
_HOW_MUCH_WORDS = frozenset(
    {"最高", "最多", "上限", "补", "发", "领", "交", "缴", "收", "罚", "奖", "金额", "数额", "额度"}
)


def without_how_much(query: Query) -> Query:
    """The query without the words that only ask how much; as it is if nothing else is left."""
    words = tuple(word for word in query.words if word not in _HOW_MUCH_WORDS)
    return replace(query, words=words) if words else query


def answering(text: str, words: Iterable[str], question: str) -> Snippet | None:
    """The sentence of a paper that answers with an amount, its neighbours with amounts included; None if it has none.

    Args:
        words: what the question is about; the sentence that holds most of them is chosen.

    >>> answering("第一条 为了补助。第二条 每台补助二十万元。第三条 罚五百元。", ["补助"], "补多少").text
    '第二条 每台补助二十万元。'
    """
    plain = fold(text)
    wanted = [word for word in {fold(word) for word in words} if len(word) > 1]
    verbs = set(_MONEY.findall(fold(question))) - {"给", "领", "发", "标准"}
    spans = sentences(text)
    found = [at for at, (start, end) in enumerate(spans) if _SUM.search(plain, start, end)][:_LOOKED_AT]
    if not found:
        found = [at for at, (start, end) in enumerate(spans) if _SHARE.search(plain, start, end)][:_LOOKED_AT]
    if not found:
        return None

    def worth(at: int) -> float:
        said = plain[slice(*spans[at])]
        score = float(sum(len(word) for word in wanted if word in said)) + sum(verb in said for verb in verbs)
        if _MOST.search(question) and _CAPPED.search(said):
            score += 3
        return score

    best = max(found, key=lambda at: (worth(at), -at))
    first = last = best
    while last + 1 in found and _joined(text, spans, last) and spans[last + 1][1] - spans[first][0] <= _QUOTED:
        last += 1
    start, end = spans[first][0], min(spans[last][1], spans[first][0] + _QUOTED)
    sums = [match[0] for match in (*_SUM.finditer(plain, start, end), *_SHARE.finditer(plain, start, end))]
    shown = marked(text[start:end], [*wanted, *sums])
    return Snippet(shown.text, start, shown.spans)


def _joined(text: str, spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a sentence ends in a semicolon: the next is of the same list."""
    return text[spans[at][1] - 1] in "；;" and "\n" not in text[spans[at][1] : spans[at + 1][0]]
