"""从叙述文字里取出可与表格核对的数:谁的数、多少、原话、口径。宁可少取,不可错取。

先把文字分成句、分句,再看数前数后的字。百分比、同比、其他年份、约数不取;网上、信函、自然人等分项数只作旁证;
“区政府办”“本级”等较窄的口径记在 ``scope``。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..numerals import number
from . import wording
from .wording import GAP, Figure

_QUOTED = 40  # 引原话的字数


@dataclass(frozen=True, slots=True)
class Statement:
    """一个数。``exact`` 用语与表格一致;``scope`` 是较窄口径的原词;``part`` 是分项数,不相等也不算错。"""

    figure: Figure
    number: int
    quote: str
    exact: bool = False
    scope: str = ""
    part: bool = False


def statements(text: str, year: int | None, *, brief: bool = False) -> list[Statement]:
    """Every figure that the text states about the reported year.

    Args:
        text: part one of the report, or (``brief``) a digest that is all about the annual figures, in which
            申请 need not stand beside the number.
        year: the reported year; other years' figures are left out.

    >>> told = statements("全年收到政府信息公开申请75件，其中网上申请60件，办结74件。", 2023)
    >>> [(statement.figure.label, statement.number) for statement in told if not statement.part]
    [('收到、受理', 75), ('办结', 74)]
    """
    found: list[Statement] = []
    scope, about = "", False
    for sentence in _sentences(text):
        here = wording.SCOPES.search(sentence)
        goes_on = about and re.search(r"结转|办结|答复", sentence) and not wording.FOREIGN.search(sentence)
        about = brief or bool(wording.ANCHOR.search(sentence)) or bool(goes_on)
        if here:
            scope = here[0]
        elif not about or re.match(r"\(?[一二三四五六七八九十\d]+[)、.]", sentence):
            scope = ""
        for statement in (*_numbers(sentence, year, brief, about), *_noughts(sentence, brief)):
            found.append(replace(statement, scope=scope) if scope else statement)
    return found


def tidy(text: str) -> str:
    """One width, no spaces, numbers joined, Chinese numerals before 件 made digits.

    >>> tidy("受理申请 １,156 件，办结三件")
    '受理申请1156件,办结3件'
    """
    text = unicodedata.normalize("NFKC", re.sub(r"(?<=[\d０-９]),(?=\d{3}(?!\d))", "", text))
    if "。" not in text:
        text = re.sub(r"\n(?=\s*[(一二三四五六七八九十\d])", "。", text)
    text = re.sub(r"(?<=[。;!?:])\s*\n", "\n", text)
    text = re.sub(r"(?<![。;!?:\n])\n(?!\n)", "", text)
    text = re.sub(r"[^\S\n]+", "", text)
    return re.sub(
        r"([零一二两三四五六七八九十百]{1,5})(?=件(?!事|套))", lambda hit: str(number(hit[1]) or 0), text
    )


def _sentences(text: str) -> Iterator[str]:
    text = tidy(text)
    for pattern, word, _ in wording.MERGED:
        text = pattern.sub(word, text)
    for sentence in re.split(r"[。!?\n]", text):
        if sentence:
            yield sentence


def _numbers(sentence: str, year: int | None, brief: bool, about: bool) -> Iterator[Statement]:
    """The figures of one sentence, clause by clause."""
    speaking, among, norms = year, False, False
    disclosing = "信息公开" in sentence or "依申请" in sentence
    for stop, clause in re.findall(r"(^|[,;:、()+=])([^,;:、()+=]*)", sentence):
        among = "其中" in clause or (among and stop != ";")
        norms = norms or "规范性文件" in clause
        speaking = _speaking_of(clause, speaking)
        end = 0
        for hit in wording.NUMBER.finditer(clause):
            left, right = clause[end : hit.start()], clause[hit.end() :]
            end = hit.end()
            number, roughly, unit = int(hit[1]), hit[2], hit[3] or ""
            if roughly or (unit and unit not in wording.CASES) or (not unit and not brief):
                continue
            if carried := _carried(left, right, year):
                yield Statement(carried, number, _quote(clause), exact=True)
            elif (year and speaking and speaking != year) or _compares(left):
                continue
            elif norms and (statement := _norm(left, clause, number)):
                yield statement
            elif dispute := _dispute(left, right):
                yield Statement(dispute, number, _quote(clause), exact=disclosing, part=among)
            elif about and (statement := _case(left, right, number, brief, among)):
                yield replace(statement, quote=_quote(clause))


def _compares(left: str) -> bool:
    return bool(wording.COMPARED.search(left) or wording.EARLIER.search(left))


def _speaking_of(clause: str, speaking: int | None) -> int | None:
    """The year that a clause speaks of, a year named only for a carry-over apart."""
    for mention in re.finditer(r"(?<!\d)((?:19|20)\d\d)年", clause):
        before, after = clause[: mention.start()], clause[mention.end() :]
        if re.match(r"度?[^,]{0,8}(结转|转结|办理|续办)", after):
            continue
        if not re.search(r"(结转|转结|顺延)[至到入]?$", before):
            speaking = int(mention[1])
    return speaking


def _carried(left: str, right: str, year: int | None) -> Figure | None:
    """Whether a number counts cases carried over, and from or to which year."""
    before = rf"(上一?年度?|去年|{(year or 1) - 1}年度?)"
    after = rf"(下一?年度?|明年|次年|{(year or 1) + 1}年度?)"
    if (
        re.search(rf"{before}{GAP}{{0,8}}(结转|转结|转入|接转|遗留|续办){GAP}{{0,14}}$", left)
        or re.search(rf"(结转|转结){before}{GAP}{{0,10}}$", left)
        or re.search(rf"{before}{GAP}{{0,6}}转[至到入](今年|本年){GAP}{{0,8}}$", left)
        or re.match(rf"(申请)?[为系是属]?{before}[^,;。]{{0,6}}(结转|转结)", right)
    ):
        return Figure.OLD
    if (
        re.search(rf"(结转|转结|转入|顺延|转)[至到入]?{after}{GAP}{{0,14}}$", left)
        or re.match(rf"[^,;。]{{0,14}}(结转|转结|顺延|转)[至到入]?{after}", right)
        or wording.UNDER_WAY.match(right)
    ):
        return Figure.CARRIED
    if re.search(rf"(结转|转结){GAP}{{0,6}}$", left) or re.match(r"(申请)?(结转|转结)", right):
        return Figure.CARRY
    return None


def _dispute(left: str, right: str) -> Figure | None:
    for figure, pattern in wording.DISPUTES:
        if (hit := pattern.search(left)) and not wording.RESULT.search(left[hit.start() :]):
            return figure
    return next((figure for figure, pattern in wording.AFTERWARD if pattern.match(right)), None)


def _case(left: str, right: str, number: int, brief: bool, among: bool) -> Statement | None:
    """What a number of applications counts."""
    for figure, pattern in wording.OUTCOMES:
        if pattern.search(left) and "主动" not in left:
            return Statement(figure, number, "", exact=True)
    part = _is_part(left)
    for figure, pattern in wording.INTAKE:
        hit = pattern.search(left)
        if not hit:
            continue
        segment = left[hit.start() :]
        if wording.FOREIGN.search(segment) or wording.FOREIGN.match(right):
            return None
        if wording.NOT_DONE.search(left[: hit.start()]):
            return None
        exact = figure in (Figure.NEW, Figure.DONE)
        if not brief and not exact and not re.search(r"申请|公开", segment + right[:14]):
            return None
        return Statement(figure, number, "", exact=exact, part=part or (among and not exact))
    if not left and wording.ANSWERED.match(right) and not wording.CHANNEL.search(right):
        return Statement(Figure.DONE, number, "", exact=True, part=among)
    return None


def _is_part(left: str) -> bool:
    """Whether a channel, a kind of applicant or the like stands after the last 共、总计."""
    ends = [hit.end() for hit in wording.ALL.finditer(left)]
    return wording.CHANNEL.search(left[ends[-1] :] if ends else left) is not None


def _norm(left: str, clause: str, number: int) -> Statement | None:
    hit = next((hit for pattern in wording.NORMS if (hit := pattern.search(left))), None)
    if hit is None:
        return None
    exact = hit[1] in ("制发", "废止", "现行有效") and not wording.NORM_LOOSE.search(clause)
    return Statement(wording.NORM_FIGURES.get(hit[1], Figure.MADE), number, _quote(clause), exact=exact)


def _noughts(sentence: str, brief: bool) -> Iterator[Statement]:
    """“未收到申请”“没有复议诉讼” state a zero."""
    for clause in re.split(r"[,;()]", sentence):
        quote = _quote(clause)
        nothing = wording.NOT_RECEIVED.search(clause)
        if nothing and not wording.NOT_REQUESTS.search(clause) and not wording.CHANNEL.search(nothing["what"]):
            if brief or "公开" in clause:
                yield Statement(Figure.RECEIVED, 0, quote)
        elif wording.NO_REQUESTS.search(clause):
            yield Statement(Figure.RECEIVED, 0, quote)
        if wording.NO_DISPUTES.search(clause) and not wording.NOT_DISPUTES.search(clause):
            if "复议" in clause:
                yield Statement(Figure.REVIEW, 0, quote)
            if "诉讼" in clause:
                yield Statement(Figure.SUIT, 0, quote)


def _quote(clause: str) -> str:
    """The clause as it stood, shortened."""
    for _, word, original in wording.MERGED:
        clause = clause.replace(word, original)
    clause = clause.replace("“", "‘").replace("”", "’")
    return clause if len(clause) <= _QUOTED else clause[: _QUOTED - 1] + "…"
