"""文件自己写明的有效期:从正文的“本办法自…起施行，有效期五年”读出最后一天。只读本文件的,不读证书、合同的有效期。"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from .numerals import number

_DAY = timedelta(days=1)
_DATE = r"(?P<{0}>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)"
_SELF = r"本(?:办法|规定|细则|意见|通知|方案|规范性?文件|文件|规则|措施|政策|若干\w{1,6}|标准|制度|规范|公告|通告|决定|条款|实施\w{1,6}|暂?试?行\w{1,6}|条例|规程|计划|批复|函)"
_FORCE = "(?:施行|试行|实施|执行|生效)"
_LENGTH = r"(?P<number>[\d一二两三四五六七八九十百半]{1,4})(?P<unit>个?月|年半|年|周年|天|日)"
#: 句子讲的是本文件的施行,而不是文件里规定的证、照、合同、承诺。
_OWN = re.compile(rf"{_SELF}|{_FORCE}|印发之日|发布之日|公布之日")
_FOREIGN = re.compile(
    r"(?:证书?|执照|许可|资质|资格|批文|批复|合同|协议|保函|报价|投标|承诺|登记|备案|认定|称号|公示|卡|票|码|营业|检验|检测|评估报告|药品|食品|产品|商品)"
    r"(?:的)?(?:有效期|期限)"
)
#: 有效期前面同一小句里有这些,讲的是别的东西:“本办法规定的补贴有效期”“施行前已经领证的,有效期至……”。
_ANOTHER = re.compile(r"(?:规定|确定|核发|颁发|取得|签订|认定|享受|领取)的|(?:施行|实施|执行|发布|印发|公布)之?前")
_TERM = re.compile(
    rf"(?:有效期限?|试行期限?|暂行期限?|施行期限?|实施期限?|执行期限?|{_SELF}的?期限|试行|暂行)(?:暂定)?"
    r"(?:为|是|:|,|自[^,。;]{1,24}起|(?:自|从)?\d{4}年\d{1,2}月\d{1,2}日(?:起|开始)?(?=[至到—–~-])|从[^,。;]{1,24}起)*"
    rf"(?:{_LENGTH}|(?:至|到|截至|截止到?|截止至|[—–~-]{{1,2}}){_DATE.format('until')}"
    r"|(?:19|20)\d\d年?(?:至|到|[—–~-]{1,2})(?P<year>(?:19|20)\d\d)年)"
)
_UNTIL = re.compile(rf"(?:{_FORCE}|有效)[^。;]{{0,8}}?(?:至|到|截至){_DATE.format('until')}")
_FROM = re.compile(
    rf"(?:(?:自|从|于|在){_DATE.format('start')}(?:起|开始)"
    rf"|(?:自|从|于|在)?(?P<force>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)(?:起|开始)?(?:正式)?{_FORCE})"
)
_FROM_ISSUE = re.compile(r"自(?:发布|公布|印发|签发|颁布|通过|下发)之日起(?:(?P<after>\d{1,3})日后)?")
_LAPSES = re.compile(
    rf"{_DATE.format('until')}(?P<from>起)?(?:(?:自动|自行)(?:失效|废止)|(?P<bare>失效|到期|届满|终止|期满))"
)

#: 日期的别的写法,先都写成“2020年5月1日”。
_CN_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")
_CN_DATE = re.compile(
    r"(?P<y>[一二12][〇○零Oo九09][〇○零Oo一二三四五六七八九\d]{2})年"
    r"(?P<m>[一二三四五六七八九十\d]{1,2})月(?:(?P<d>[一二三四五六七八九十\d]{1,3})日)?"
)
_POINTS = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[.\-/])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})日?(?!\d)")
_YEAR_END = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年年?[底末]")
_MONTH_END = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月[底末]?(?![\d份底末])")


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
    found, begins = None, None
    for sentence in _sentences(text):
        if not _OWN.search(sentence):
            continue
        plain = _dates_alike(sentence)
        # “第二十条 本办法自某日起施行。第二十一条 本办法有效期五年。”:从哪天起在另一句
        if _tells_own_force(plain):
            begins = _named_start(plain, made_on, effective_on) or begins
        # 有两句的以后一句为准:附则在最后
        found = _read(plain, sentence, begins, made_on, effective_on) or found
    return found


def _dates_alike(sentence: str) -> str:
    """The sentence with its dates in one form: 二〇二〇年五月一日, 2020.5.1 and 2020年底 become 2020年5月1日."""
    sentence = _CN_DATE.sub(_arabic, sentence.translate(_CAPITALS))
    sentence = _POINTS.sub(lambda hit: f"{hit['y']}年{int(hit['m'])}月{int(hit['d'])}日", sentence)
    sentence = _YEAR_END.sub(r"\g<y>年12月31日", sentence)
    return _MONTH_END.sub(_last_of_month, sentence)


def _arabic(hit: re.Match[str]) -> str:
    day = f"{number(hit['d'].lstrip('0'))}日" if hit["d"] else ""
    return f"{hit['y'].translate(_CN_DIGITS)}年{number(hit['m'].lstrip('0'))}月{day}"


def _last_of_month(hit: re.Match[str]) -> str:
    """“2022年6月底”, and “2022年6月” without a day, end with the month."""
    month = int(hit["m"])
    return f"{hit['y']}年{month}月{monthrange(int(hit['y']), month)[1]}日" if 1 <= month <= 12 else hit[0]


def _tells_own_force(sentence: str) -> bool:
    """Whether a sentence tells when this paper, and no other that it names, comes into force."""
    own = re.search(_SELF, sentence)
    return own is not None and "《" not in sentence[: own.start()] and not re.search("原", sentence[: own.start()])


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


def _read(
    plain: str, quote: str, begins: date | None, made_on: date | None, effective_on: date | None
) -> Stated | None:
    lapse = _LAPSES.search(plain)
    if lapse and not (
        lapse["bare"] and (re.search("[《原]", plain[: lapse.start()]) or not re.match(_SELF, _unnumbered(plain)))
    ):
        day = _day(lapse["until"])
        # “2025年1月1日起自行失效”:前一天是最后一天
        last = day - _DAY if day and lapse["from"] else day
        return Stated(last, quote) if last else None
    term = _TERM.search(plain) or _UNTIL.search(plain)
    if term is None or _of_another(plain, term):
        return None
    groups = term.groupdict()
    start = _named_start(plain, made_on, effective_on) or begins or effective_on or made_on
    if groups.get("year"):
        return Stated(date(int(groups["year"]), 12, 31), quote, start)
    if until := _day(groups["until"]):
        return Stated(until, quote, start)
    length = number(groups["number"]) if groups.get("number") and groups["number"] != "半" else None
    if start is None or not groups.get("number"):
        return None
    return _lasting(start, length, groups["unit"], quote)


def _unnumbered(sentence: str) -> str:
    """Without the article's or the item's own number before it."""
    return re.sub(r"^(?:第[\d一二三四五六七八九十百]+条|[\d一二三四五六七八九十]+[、.])", "", sentence)


def _of_another(sentence: str, term: re.Match[str]) -> bool:
    """Whether the term is that of a licence, a subsidy, a contract, and not the paper's."""
    if _FOREIGN.search(sentence):
        return True
    before = sentence[: term.start()]
    clause = re.split("[,:、]", before)[-1]
    if _ANOTHER.search(before if "前" in before else clause):
        return True
    # 紧接在“有效期”前面的得是本文件、它的施行,或者什么也没有
    return (
        bool(_unnumbered(clause))
        and term[0].startswith("有效期")
        and not _OWN.search(clause)
        and not _PLAIN.search(clause)
    )


_PLAIN = re.compile(r"(?:自|从)[^,自从]*起|其|文件|政策|之日|^(?:上述|以上|暂定|规定)?的?$")


def _lasting(start: date, length: int | None, unit: str, quote: str) -> Stated | None:
    """The last day of a term of so many years, months or days that begins with ``start`` (《民法典》第二百零二条)."""
    if unit in ("天", "日"):
        return Stated(start + _DAY * (length - 1), quote, start) if length else None
    if length is None:
        months = 6 if unit in ("年", "周年") else 0
    elif unit.endswith("月"):
        months = length
    else:
        months = length * 12 + (6 if unit == "年半" else 0)
    if not months or months > 1200:
        return None
    after = _months_later(start, months)
    # 没有对应日的,月末日是最后一日
    return Stated(after if after.day < start.day else after - _DAY, quote, start)


def _named_start(sentence: str, made_on: date | None, effective_on: date | None) -> date | None:
    if named := _FROM.search(sentence):
        return _day(named["start"] or named["force"])
    if issued := _FROM_ISSUE.search(sentence):
        if effective_on:
            return effective_on
        return made_on + _DAY * int(issued["after"] or 0) if made_on else None
    return None


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _day(text: str | None) -> date | None:
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
