"""网上调查的结果:起止、多少人答、百分比合不合人数、分析和数据矛盾不矛盾;和意见征集。"""

from __future__ import annotations

import re
from typing import Any

from ..decisions.consultation import facts as period_facts
from ..pages import period
from ..pages.channels import channels
from ..pages.counting import NUMBER, count
from ..pages.days import published
from ..pages.text import Page

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)%")
_RESPONDENTS = (
    re.compile(rf"有效(?:问卷|样本|答卷)?[^。;,%0-9]{{0,6}}({NUMBER})\s?(?:余|多)?(?:份|张)"),
    re.compile(
        rf"(?:参[一-龥]|答题|投票|填写|受访|调查|测评|评价|应答|作答|样本|问卷)(?:总)?(?:人数|人次|份数|数量|总数)[::为共]{{0,2}}\s?({NUMBER})"
    ),
    re.compile(
        rf"(?:有效(?:问卷|样本|答卷)?|回收|收回|收到|填写|参与|提交|受访|样本)[^。;,%0-9]{{0,14}}?({NUMBER})\s?(?:余|多)?(?:份|人次|人|名|位|户|家|个样本|张)"
    ),
    re.compile(rf"(?:样本|参与|参加|受访|有效)(?:总)?(?:量|数|数量|容量)[::为是共]{{0,2}}\s?({NUMBER})"),
    re.compile(rf"(?:累计|总共|共|总)(?:投票|收到|计)?[^。;,%0-9]{{0,6}}({NUMBER})\s?票"),
    re.compile(rf"({NUMBER})\s?(?:余|多)?(?:名|位|人次|人)[一-龥]{{0,6}}?(?:参与|参加|填写|答题|投票|接受)"),
    re.compile(rf"(?:问卷|答卷|样本)(?:共|数|总数|量|为|:|计){{0,3}}({NUMBER})\s?(?:余|多)?份"),
)
_ABOUT = re.compile(r"[余多]|约|近")
_LEVELS = ("小学", "初中", "高中", "中专", "大专", "本科", "硕士", "博士")
_ALL_ABOVE = re.compile(r"(?:都|均|全部?)(?:为|是|在)?(小学|初中|高中|中专|大专|本科|硕士)(?:及以上|以上)?")
_ALL_AGREE = re.compile(r"(?:全部|所有|全体|一致)[^。;,%0-9]{0,14}?(?<![不基])(满意|支持|同意|赞成|认可)")
_ALL_ONE = re.compile(r"(?:都|均|全部?)(?:为|是)(男|女)")
_OPTION = re.compile(r"([一-龥]{1,8})[::]?\s?(?:\d{1,6}\s?[份人票名][,(占\s]{0,4})?(\d{1,3}(?:\.\d{1,2})?)%")
_RESULT = re.compile(r"结果|反馈|分析|报告|情况|统计")


_ANSWER = re.compile(r"采纳|反馈[^。]{0,6}(?:结果|情况)|征集结果[::]|共(?:收到|征集)")
_NO_ANSWER = re.compile(
    r"(?:意见)?(?:结果)?(?:反馈|征集|采纳)(?:结果|情况)?[::]?\s?(?:暂无|尚无|无(?![一-龥])|未公布|待公布)"
)


def survey(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The facts of a survey and what is wrong with its figures."""
    over = _RESULT.search(page.title) is not None
    span = period.public(page.text, published(page), opens=not over)
    n, exact = respondents(page.text)
    percents = [match[1] for match in _PERCENT.finditer(page.text)]
    found = period_facts(span, page.text)
    faults = []
    if percents and n is None:
        faults.append(("SURVEY-N", f"{percents[0]}%"))
    misfit = [] if n is None or not exact else _misfits(page.text, n)
    if misfit:
        faults.append(("SURVEY-PERCENT", f"{misfit[0]}%"))
    if words := conflict(page.text):
        faults.append(("SURVEY-CONFLICT", words))
    if span is None and not re.search(
        r"(?:时间|日期|期限)(?:为|是|[::])?\s?20\d\d年\d{1,2}月|\d[日号]起[,,]?(?:为期|共|持续)|(?:截止|截至)[^。;]{0,8}\d|\d[日号]?[^。;]{0,4}(?:截止|截至)",
        page.text,
    ):
        faults.append(("SURVEY-PERIOD", ""))
    judged = bool(percents) and n is not None and exact
    wrong = any(code in ("SURVEY-PERCENT", "SURVEY-CONFLICT") for code, _ in faults)
    return found | {"respondents": n, "consistent": False if wrong else True if judged else None}, faults


def respondents(text: str) -> tuple[int | None, bool]:
    """How many answered, and whether the number is exact."""
    for pattern in _RESPONDENTS:
        if match := pattern.search(text):
            return count(match[1]), not _ABOUT.search(match[0])
    return None, False


def fits(percent: str, n: int) -> bool:
    """Whether a percentage, as it is rounded, is that of a whole number of ``n``.

    >>> fits("33.33", 3), fits("50.82", 300)
    (True, False)
    """
    unit = 10.0 ** -len(percent.partition(".")[2])
    nearest = round(float(percent) * n / 100)
    return n > 0 and abs(nearest / n * 100 - float(percent)) < unit - 1e-9


def _misfits(text: str, n: int) -> list[str]:
    """Percentages that fit neither the number of respondents nor, where counts stand beside them, their own question."""
    plain = _PAIR.sub("", text)
    alone = [] if "多选" in text else [one for one in _PERCENT.findall(plain) if not fits(one, n)]
    for question in re.split(r"\n|(?<!\d)\d{1,2}[.、](?!\d)|[一二三四五六七八九十]、", text):
        pairs = [(int(match[1]), match[2]) for match in _PAIR.finditer(question)]
        bases = {n, sum(number for number, _ in pairs)}
        alone += [one for number, one in pairs if not any(_is_share(number, base, one) for base in bases if base)]
    return alone


_PAIR = re.compile(
    r"(?<![\dA-Za-z.年月])(\d{1,6})(?:\s?(?:票|人|份|名|人次)[,(\s占比为约:]{0,6}|[\s|(]{1,4})(\d{1,3}(?:\.\d{1,2})?)%"
)


def _is_share(number: int, n: int, percent: str) -> bool:
    unit = 10.0 ** -len(percent.partition(".")[2])
    return abs(number / n * 100 - float(percent)) <= unit


def conflict(text: str) -> str | None:
    """The words of a comment that the figures contradict (“都为本科及以上”, with 大专25%)."""
    options = {match[1]: float(match[2]) for match in _OPTION.finditer(text)}
    if said := _ALL_ABOVE.search(text):
        lower = _LEVELS[: _LEVELS.index(said[1])]
        if any(share and name.endswith(lower) for name, share in options.items()):
            return said[0]
    if (said := _ALL_ONE.search(text)) and options.get("女" if said[1] == "男" else "男"):
        return said[0]
    for said in _ALL_AGREE.finditer(text):
        if any(name.endswith(f"不{said[1]}") and share for name, share in options.items()):
            return said[0]
        if any(
            name.replace("的", "").endswith((said[1], f"{said[1]}占")) and share < 100
            for name, share in options.items()
        ):
            return said[0]
    return _too_much(text)


#: 分析里的“半数以上”“超七成”:要多于、少于这么多。
_QUANTIFIED = re.compile(
    r"(?P<all>所有|全部|全体)|(?P<near>近(?:一)?半数?|近(?P<n4>[一二三四五六七八九])成)|(?P<half>超过?一?半数?|过半数?|半数以上|一半以上|大?多数|绝大部分|大部分)|(?P<above>超过?|逾|高于)(?P<n>[一二三四五六七八九])成|(?P<n2>[一二三四五六七八九])成以上|(?P<below>不足|不到|未达)(?:(?P<n3>[一二三四五六七八九])成|(?P<half3>一半|半数))"
)
_CHOICE = re.compile(
    r"([^\d,。;:、(%][^,。;:、(%]{1,18}?)(?:的)?(?:占|为|有|:)?\s?(?:\d{1,6}[人份票名]\s?[,(]?(?:占|为)?\s?)?(\d{1,3}(?:\.\d{1,2})?)%"
)
_TENTHS = "零一二三四五六七八九"


def _too_much(text: str) -> str | None:
    """“超过半数每周阅读3小时以上” beside 42.6%: an amount in words that the share of the very same choice does not reach."""
    shares = [(match[1].strip(" A-Z."), float(match[2])) for match in _CHOICE.finditer(text)]
    for sentence in re.split(r"[,。;\n]", text):
        said = _QUANTIFIED.search(sentence)
        if not said or "%" in sentence:
            continue
        tenths = said["n"] or said["n2"] or said["n3"] or said["n4"]
        bound = _TENTHS.index(tenths) * 10 if tenths else 100 if said["all"] else 50
        bound -= 10 * bool(said["near"])
        for name, share in shares:
            if (
                len(name) > 1
                and _is_meant(name, sentence[said.end() :], shares, everybody=bool(said["all"]))
                and _misses(share, bound, bool(said["below"]))
            ):
                return said[0] + name
    return None


def _is_meant(name: str, rest: str, shares: list[tuple[str, float]], *, everybody: bool) -> bool:
    """Whether a comment speaks of this choice; a short name may also mean those that end with it (满意: 非常满意)."""
    name, rest = _KNOWN.sub("知晓", name), _KNOWN.sub("知晓", rest)
    if not _holds(rest, name) or f"不{name}" in rest:
        return False
    wider = any(other != name and other.endswith(name) and other[0] not in "不没未" for other, _ in shares)
    return everybody or len(name) > _SHORT_NAME or not wider


_SHORT_NAME = 2
#: 说法不同、意思一样的。
_KNOWN = re.compile(r"了解|知道|知悉")
_LOOSE = 2


def _holds(text: str, name: str) -> bool:
    """Whether a comment names a choice, maybe with a word or two put in: 作业量有所减少 for 作业量减少.

    >>> _holds("家长认为作业量有所减少", "作业量减少"), _holds("家长认为作业难", "作业量减少")
    (True, False)
    """
    if name in text or len(name) <= _SHORT_NAME + 1:
        return name in text
    return any(
        re.search(f"{re.escape(name[:at])}[^,。;]{{1,{_LOOSE}}}{re.escape(name[at:])}", text)
        for at in range(2, len(name) - 1)
    )


def _misses(share: float, bound: int, below: bool) -> bool:
    return share >= bound if below else share < bound


def call(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The facts of a call for opinions and what is wrong with it."""
    span = period.public(page.text, published(page))
    ways = channels(page.text)
    faults = [("CHANNEL-ONLY", ways[0])] if len(ways) == 1 else []
    over = re.search(
        r"(?:征集|活动|状态|调查)?[::]?\s?(?:已结束|已截止|已过期|已关闭|已于[^。;]{2,16}(?:结束|截止))", page.text
    )
    if over and not re.search(_ANSWER, _NO_ANSWER.sub("", page.text)):
        faults.append(("FB-MISSING", over[0]))
    return period_facts(span, page.text) | {"channels": ways}, faults
