"""一件信息讲的什么,一句话:有人写的内容概述就用它,没有的从正文里取一句给人东西的话。"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: 一句最多多少字,在列表里占一行。
LENGTH = 64
#: 看正文的前面多少字:要紧的规定不在几千字以后。
READ = 6000
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百零〇]{1,6}条[\s　]*")
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、])[\s　]*")
#: 说缘起的、说适用和施行的、照例的话,不是这件信息给人的东西。
_PREAMBLE = re.compile(
    r"^(?:为了?|根据|依据|按照|现将|现就|经[^，。]{1,20}(?:同意|批准|审议)|《[^》]{1,60}》(?:已经|已|业经)"
    r"|本[\u4e00-\u9fff]{2,4}(?:自|由|所称|中的|适用)|请[^，。]{0,12}(?:执行|实施|落实)|特此)"
)
#: 立场和要求,哪件里都有。
_SLOGAN = re.compile(
    r"^(?:坚持|高举|牢固树立|(?:深入|全面|认真)(?:学习|贯彻|落实)|以[^，。]{2,30}为(?:指导|中心))"
)
#: 缘起说完,同一句里接着说了事的不算照例的话:“为方便群众,办事窗口周六照常开放。”
_FORMULA_END = re.compile(
    r"(?:(?:如下|以下)(?:[\u4e00-\u9fff]{0,6})?|执行|实施|落实|印发[\u4e00-\u9fff]{0,8}|制定本[\u4e00-\u9fff]{2,4}"
    r"|(?:编制|发布|制作)本[\u4e00-\u9fff]{2,6}|通过|同意)[。：:…]?$"
)
#: 带数和单位的规定:多少钱、多少天、多大年纪,读的人先要知道。
_FIGURE = re.compile(
    r"[\d一二三四五六七八九十百千万两半][\d,.]{0,12}(?:万元|元|％|%|岁|天|日|个月|年|倍|平方米|人|次(?!性))"
)


def gist(text: str, summary: str = "", length: int = LENGTH) -> str:
    """One sentence that says what a paper is about.

    A summary that a person wrote; else, of a paper in articles, the first rule with a figure, else its first rule;
    else the first sentence that is not a formula (现将……印发给你们、为了……提出如下意见). Empty where there is none.

    Args:
        text: its plain text, a paragraph a line.
        summary: 内容概述; one that only repeats the formula is passed over.
        length: at most so many characters.

    >>> gist("第一条　为了规范工作，制定本办法。\\n第二条　申请人向镇政府提出。\\n第三条　每台补助二十万元。")
    '每台补助二十万元。'
    >>> gist("各镇：\\n现将有关事项通知如下。\\n# 一、窗口\\n办事窗口周六照常开放。")
    '办事窗口周六照常开放。'
    """
    summary = summary.strip()
    if summary and not is_formula(summary):
        return _cut(summary, length)
    rules = list(_rules(text[:READ]))
    chosen = next((rule for rule in rules if _FIGURE.search(rule)), rules[0] if rules else "")
    return _cut(chosen or next(_sentences(text[:READ]), "") or summary, length)


def is_formula(sentence: str) -> bool:
    """Whether a sentence only says where a paper comes from, that it is to be carried out, or in what spirit."""
    return bool(_SLOGAN.match(sentence) or (_PREAMBLE.match(sentence) and _FORMULA_END.search(sentence[-24:])))


def _rules(text: str) -> Iterator[str]:
    """The sentences that open an article, without its number; preambles left out."""
    for line in text.split("\n"):
        article = _ARTICLE.match(line.strip())
        sentence = line.strip()[article.end() :].partition("。")[0] if article else ""
        if sentence and not _PREAMBLE.match(sentence) and not _SLOGAN.match(sentence):
            yield f"{sentence}。"


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a paper without articles, without their numbers; formulas, salutations, headings left out."""
    for line in text.split("\n"):
        *sentences, _ = _NUMBER.sub("", line.strip()).split("。")
        for sentence in sentences:
            if sentence and not is_formula(f"{sentence}。") and not _ARTICLE.match(sentence):
                yield f"{sentence}。"


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"
