"""库里不可能有的:问今天明天、问本地而库里没有本地的文件、点名的地方或者单位一件都没有、问人的隐私。

得分说不出“没有答案”:缺了那一条,相邻的几条看上去一样像。所以这几类靠规则认,不靠得分(design: retrieval.md 第4节)。
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from gongkai.adapters.engine import Engine, Plan
from gongkai.adapters.words import Cutter, fold
from gongkai.law.terms import Term


class Missing(Term):
    """为什么找不到。"""

    EMPTY = "empty", "没有说要问什么"
    PERSONAL = "personal", "问的是个人隐私，依法不公开"
    LIVE = "live", "问的是眼下的情况，公开的文件里没有"
    THIS_YEAR = "this_year", "问的是近期的情况，库里没有相应年度的文件"
    LOCAL = "local", "问的是本地的情况，库里没有本地的文件"
    PLACE = "place", "问到的地方，库里没有它的文件"
    OFFICE = "office", "问到的单位，库里没有它的文件"
    WEAK = "weak", "没有找到足够贴切的文件"


@dataclass(frozen=True, slots=True)
class Scope:
    """库里有什么。

    ``local``: 收有本地(本区、本县)的文件;``on``: 今天,用来懂“今年”;``offices``: 本地单位的名称和简称。
    """

    local: bool = False
    on: date | None = None
    offices: frozenset[str] = field(default_factory=frozenset)


_LIVE = re.compile(
    r"今天|明天|后天|昨天|前天|今晚|明晚|今早|明早|此刻|这会儿|几点了|本周|这周|下周|这个星期|下个?星期|实时"
)
_YEAR = re.compile(
    r"(?P<which>今年|本年度?|明年|去年|前年|上年度?)(?!\s*(?:满|已|刚|才|是|就|快|有)?\s*[\d一二三四五六七八九十]{1,4}\s*(?:周?岁|年))"
)
_YEARS_AWAY = {"今": 0, "本": 0, "明": 1, "去": -1, "上": -1, "前": -2}
_LOCAL = re.compile(
    r"[本我咱](?:们)?(?:省|市|区|县|州|镇|乡|村|街道|社区)(?!别|分|域)|当地|本地(?!区|点)|我们(?:这里|这儿|这边)|[在到离]?(?:我|咱们?)家附近"
)
_HOLDER = "书记|主席|主任|省长|市长|区长|县长|州长|镇长|乡长|局长|厅长|处长|科长|所长|院长|校长|村长|领导|干部|公务员|工作人员|民警|法官|邻居|同事|前[夫妻]"
_PRIVATE = "家庭住址|家庭地址|家庭电话|家里|住址|住在哪|住哪|私人电话|手机号码?|身份证号码?|银行卡号?|微信号?|婚姻状况|病历"
_PERSONAL = re.compile(
    rf"(?:{_HOLDER})[^，。；？]{{0,6}}(?:{_PRIVATE})|(?:{_PRIVATE})[^，。；？]{{0,4}}(?:{_HOLDER})"
)
_OWN = re.compile(r"我的|本人|自己的|我家")
_PLACE_TAIL = re.compile(r"(?:省|自治区|市|自治州|地区|盟|区|县|自治县|旗|镇|乡|街道)$")
_TAIL_AHEAD = re.compile(r"(?:省|市|区|县|镇|乡|街道)(?![场域别分])")
_OPENING = re.compile(
    r"(?:请问|咨询|想问)?[,， ]?(?:在|到|去)?(?P<name>[\u4e00-\u9fff]{2,3}?(?:市|县|街道))(?![场民政值面价级长别分域内])"
)
# 字面像地名、其实不是的。
_NOT_PLACE = re.compile(
    r"(?:城|全|各|本|我|该|外|跨|某|此|异|当|省|地级|县级|直辖|同|原|上|下|多|两|整|小|社|辖|居住|小学|学校)"
    r"(?:省|市|区|县|镇|乡|街道)$|(?:山|牧|园|景|库|灾|疫|厂|矿|林)区$|^(?:城镇|城乡|乡镇|市场|上市|超市|都市|门市|夜市|股市|楼市|城市|县市|省市|市县|社区|小区|地区|区县)"
)


def missing(question: str, scope: Scope, engine: Engine, cutter: Cutter) -> Missing | None:
    """Why the index cannot hold the answer, as far as the question alone tells; None if it may.

    >>> from gongkai.adapters.engine import MemoryEngine
    >>> missing("明天会不会停水？", Scope(), MemoryEngine(Cutter()), Cutter()).label
    '问的是眼下的情况，公开的文件里没有'
    """
    plain = fold(question).strip()
    if not any(sign.isalnum() for sign in plain):
        return Missing.EMPTY
    if _PERSONAL.search(plain) and not _OWN.search(plain):
        return Missing.PERSONAL
    if _LIVE.search(plain):
        return Missing.LIVE
    if (match := _YEAR.search(plain)) and not _held(match["which"], scope, engine):
        return Missing.THIS_YEAR
    if not scope.local and _LOCAL.search(plain):
        return Missing.LOCAL
    if any(not engine.mentions(stem(place)) for place in places(question, cutter)):
        return Missing.PLACE
    named = [office for office in scope.offices if fold(office) in plain]
    if named and not any(engine.mentions(office) for office in named):
        return Missing.OFFICE
    return None


def places(question: str, cutter: Cutter) -> list[str]:
    """Places that the question names as the place it asks about.

    A word counts if the dictionary takes it for a place and it opens the question or bears the name of a kind of
    place; so does an unknown name of a town, county or street that opens the question.

    >>> places("镇海区什么时候完成梳理？", Cutter()), places("夫妻离婚后城镇户口怎么迁？", Cutter())
    (['镇海区'], [])
    """
    plain = fold(question)
    found = []
    for word, at in cutter.places(question):
        if _NOT_PLACE.search(word):
            continue
        after = plain[at + len(word) :]
        if at == 0 or _PLACE_TAIL.search(word) or _TAIL_AHEAD.match(after):
            found.append(word)
    if not found and (match := _OPENING.match(plain)) and not _NOT_PLACE.search(match["name"]):
        found.append(match["name"])
    return list(dict.fromkeys(found))


def stem(place: str) -> str:
    """A place's name without its kind, if two characters are left.

    >>> stem("镇海区"), stem("郊县")
    ('镇海', '郊县')
    """
    short = _PLACE_TAIL.sub("", place)
    return short if len(short) > 1 else place


def _held(which: str, scope: Scope, engine: Engine) -> bool:
    """Whether the index holds local papers of the year that is meant."""
    if not scope.local or scope.on is None:
        return False
    year = scope.on.year + _YEARS_AWAY[which[0]]
    return engine.search(Plan(years=frozenset({year}), limit=1)).total > 0
