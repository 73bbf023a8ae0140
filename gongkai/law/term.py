"""文件自己写明的有效期:从正文的“本办法自…起施行，有效期五年”读出最后一天。只读本文件的,不读证书、合同的有效期。"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_DATE = r"(?P<{0}>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)"
_LENGTH = r"(?P<number>[\d一二两三四五六七八九十半]{1,3})(?P<unit>个?月|年半|年|周年)"
_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
#: 句子讲的是本文件的施行,而不是文件里规定的证、照、合同、承诺。
_OWN = re.compile(
    r"本(?:办法|规定|细则|意见|通知|方案|规范性?文件|文件|规则|措施|政策|若干\w{1,6}|标准|制度|规范|公告|通告|决定|条款|实施\w{1,6}|暂行\w{1,6})"
    r"|施行|试行|实施|执行|生效|印发之日|发布之日|公布之日"
)
_FOREIGN = re.compile(
    r"(?:证书?|执照|许可|资质|资格|批文|批复|合同|协议|保函|报价|投标|承诺|登记|备案|认定|称号|公示|卡|票|码|营业|检验|检测|评估报告|药品|食品|产品|商品)"
    r"(?:的)?(?:有效期|期限)"
)
_TERM = re.compile(
    r"(?:有效期限?|试行期限?|暂行期限?|施行期限?|实施期限?|执行期限?|期限|试行|暂行)(?:暂定)?(?:为|是|:|,|自[^,。;]{1,24}起|自\d{4}年\d{1,2}月\d{1,2}日(?=[至到])|从[^,。;]{1,24}起)*"
    rf"(?:{_LENGTH}|(?:至|到|截至|截止到?|截止至){_DATE.format('until')})"
)
_UNTIL = re.compile(rf"(?:施行|试行|实施|执行|生效|有效)[^。;]{{0,8}}?(?:至|到|截至){_DATE.format('until')}")
_FROM = re.compile(rf"自{_DATE.format('start')}起")
_FROM_ISSUE = re.compile(r"自(?:发布|公布|印发|签发|颁布|通过|下发)之日起(?:(?P<after>\d{1,3})日后)?")
_LAPSES = re.compile(rf"{_DATE.format('until')}(?:起)?(?:自动|自行)(?:失效|废止)")


@dataclass(frozen=True, slots=True)
class Stated:
    """正文写明的有效期:``last`` 是最后有效的一天;``quote`` 原话;``start`` 从哪天算起。"""

    last: date
    quote: str
    start: date | None = None


def stated_term(text: str, *, made_on: date | None = None, effective_on: date | None = None) -> Stated | None:
    """The end of validity that a paper states of itself; None where it states none, or where the start is not known.

    Args:
        text: the paper's body; only its sentences on its own coming into force are read.
        made_on: 成文日期, from which “自发布之日起” counts.
        effective_on: 施行日期 as registered; the date in the text itself goes before it.

    >>> stated_term("第九条 本办法自2012年5月1日起施行,有效期五年。").last
    datetime.date(2017, 4, 30)
    >>> stated_term("许可证有效期五年。", made_on=date(2020, 1, 1)) is None
    True
    """
    found = None
    for sentence in _sentences(text):
        if _FOREIGN.search(sentence) or not _OWN.search(sentence):
            continue
        # 有两句的以后一句为准:附则在最后
        found = _read(sentence, made_on, effective_on) or found
    return found


def _sentences(text: str) -> list[str]:
    """Whole sentences in one width; “有效期五年。” that stands alone belongs to the sentence before it."""
    plain = re.sub(r"[ \t\u3000\xa0]", "", unicodedata.normalize("NFKC", text))
    parts = [part.strip() for part in re.split(r"[。;\n]", plain) if part.strip()]
    joined: list[str] = []
    for part in parts:
        if joined and re.match(r"(?:试行|施行|实施|执行)?(?:有效)?期", part) and _OWN.search(joined[-1]):
            joined[-1] = f"{joined[-1]},{part}"
        else:
            joined.append(part)
    return [part for part in joined if len(part) < 400]


def _read(sentence: str, made_on: date | None, effective_on: date | None) -> Stated | None:
    lapse = _LAPSES.search(sentence)
    if lapse:
        day = _day(lapse["until"])
        # “2025年1月1日起自行失效”:前一天是最后一天
        last = day - _DAY if day and "起" in lapse[0] else day
        return Stated(last, sentence) if last else None
    term = _TERM.search(sentence) or _UNTIL.search(sentence)
    if term is None:
        return None
    until = _day(term["until"])
    start = _start(sentence, made_on, effective_on)
    if until:
        return Stated(until, sentence, start)
    groups = term.groupdict()
    if start is None or not groups.get("number"):
        return None
    months = _months(groups["number"], groups["unit"])
    return Stated(_months_later(start, months) - _DAY, sentence, start) if months else None


def _start(sentence: str, made_on: date | None, effective_on: date | None) -> date | None:
    if named := _FROM.search(sentence):
        return _day(named["start"])
    if issued := _FROM_ISSUE.search(sentence):
        if effective_on:
            return effective_on
        return made_on + _DAY * int(issued["after"] or 0) if made_on else None
    return effective_on or made_on


def _months(number: str, unit: str) -> int:
    if number == "半":
        return 6 if unit in ("年", "周年") else 0
    if number.isdigit():
        count = int(number)
    else:
        tens, _, ones = number.rpartition("十")
        count = (_NUMERALS.get(tens, 1) * 10 if "十" in number else 0) + _NUMERALS.get(ones, 0)
    if unit.endswith("月"):
        return count
    return count * 12 + (6 if unit == "年半" else 0)


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _day(text: str | None) -> date | None:
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
