"""发文字号和令号:读、归一、修复、编写、排序、查缺号(law.md 7.1)。

规范写法是“机关代字〔年份〕顺序号号”,六角括号,不编虚位,不加“第”;令没有年份,写“国令第711号”。
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from . import numerals
from .errors import RuleBroken

OPEN = "〔\\[【（(﹝［〈<〖{「『❲⦗〘〚｛⟨"
CLOSE = "〕\\]】）)﹞］〉>〗}」』❳⦘〙〛｝⟩"
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"[{_HAN}A-Za-zＡ-Ｚａ-ｚ]"
# 代字连着写,或者一个字一个空格地排(厦 府 办 〔2024〕 12 号)。
_CODE = rf"(?:{_LETTER}{{1,16}}?|(?<![^\s（(《“：:，。；、]){_LETTER}(?:[ \t\u3000]{{1,3}}{_LETTER}){{1,15}})"
_DIGIT = "0-9０-９"
_ZERO = "OoОΟ○〇零"
_CN = "〇○零一二三四五六七八九"
_YEAR = rf"[{_DIGIT}{_ZERO}lIｌ]{{4}}|[{_CN}OO]{{4}}"
# 顺序号也有写成汉字的(三十号),有逐字空开排的(1 2 号)。
_CN_SEQ = f"[{_CN}十百]{{1,5}}"
_SEQ = rf"(?:[{_DIGIT}{_ZERO}](?:[ \t\u3000]{{0,2}}[{_DIGIT}{_ZERO}]){{0,4}}|{_CN_SEQ})"
# 顺序号后面的分号:3-2号、3之2号、3（2）号;也有写在“号”后面的:3号之二、3号-2(3号-5号是从几到几,不是)。
_PART = rf"(?:\s*(?:[-－—–‐‑−之]\s*(?P<part>[{_DIGIT}]{{1,3}})|[（(]\s*(?P<inner>[{_DIGIT}]{{1,2}})\s*[）)]))?"
_AFTER = (
    rf"(?:\s*[-－—–‐‑−]\s*(?P<after>[{_DIGIT}]{{1,2}})(?![{_DIGIT}号號年月日])"
    rf"|之(?P<cn_after>[一二三四五六七八九十]{{1,3}})(?![{_HAN}](?<![的规执文])))?"
)
_NUMBER = "[号號]"

_LENIENT = re.compile(
    rf"(?P<code>{_CODE})\s*[{OPEN}]\s*(?P<year>{_YEAR})\s*年?\s*(?P<close>[{CLOSE}])\s*"
    rf"(?:第|字第)?\s*(?P<seq>{_SEQ}){_PART}\s*(?P<end>{_NUMBER}){_AFTER}"
)
# 采集时丢了右括号、又丢了“号”:〔202130 → 2021年30号;或者只丢右括号:〔202026号。
_BROKEN = re.compile(
    rf"(?P<code>{_CODE})\s*[{OPEN}]\s*(?P<year>(?:19|20)\d{{2}})\s*(?P<seq>[1-9]\d{{0,3}})\s*(?P<end>{_NUMBER})?"
)
_NO_END = re.compile(
    rf"(?P<code>{_CODE})\s*[{OPEN}]\s*(?P<year>(?:19|20)\d{{2}})\s*[{CLOSE}]\s*第?\s*(?P<seq>\d{{1,5}}){_PART}(?![\d{_HAN}])"
)
_ORDER = re.compile(
    rf"(?P<code>[{_HAN}]{{0,20}}(?:国令|國令|令))\s*[（(]?\s*(?:第?\s*(?P<seq>[{_DIGIT}]{{1,5}})|第\s*(?P<cn>{_CN_SEQ}))"
    rf"\s*{_NUMBER}\s*[）)]?"
)
# “国务院第711号令”和“国务院令第711号”是一个令号。
_ORDER_BACK = re.compile(rf"(?P<code>[{_HAN}]{{2,20}}?)\s*第\s*(?P<seq>[{_DIGIT}]{{1,5}}|{_CN_SEQ})\s*{_NUMBER}令")
_CANON = re.compile(
    rf"(?P<code>[{_HAN}]{{1,16}})〔(?P<year>(?:19|20)\d{{2}})〕(?P<seq>[1-9]\d{{0,4}})(?:-(?P<part>[1-9]\d{{0,2}}))?号"
)
_DASH = r"\s?[-－—–‐‑−ー一_]{1,2}\s?"
# 规范性文件统一编号:大写字母,常带数字(省里编的两位、区里编的两位),年份,顺序号;横线有各种。
_NORMATIVE = re.compile(
    rf"(?<![A-Za-z0-9Ａ-Ｚ０-９])(?P<code>[A-ZＡ-Ｚ]{{3,6}}[0-9０-９]{{0,3}}){_DASH}(?P<year>(?:19|20|１９|２０)[0-9０-９]{{2}})"
    rf"{_DASH}(?P<seq>[0-9０-９]{{1,7}})(?![0-9０-９])"
)
_DIGITS = str.maketrans("０１２３４５６７８９OoОΟ○〇零一二三四五六七八九lIｌ", "01234567890000000123456789111")
_NARROW = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_TRADITIONAL = str.maketrans(
    "國辦發號鎮區縣規劃業務環應財農衛縂總開關聯", "国办发号镇区县规划业务环应财农卫总总开关联"
)


@dataclass(frozen=True, slots=True)
class DocNumber:
    """一个发文字号或者令号。令号的 ``year`` 是 None。``warnings`` 说改了什么。

    ``part`` 是顺序号后面的分号(3-2号的2),没有是 None;同一顺序号、不同分号是两个文号。
    """

    code: str
    year: int | None
    seq: int
    warnings: tuple[str, ...] = field(default=(), compare=False)
    part: int | None = None

    @property
    def text(self) -> str:
        """The canonical spelling.

        >>> DocNumber("镇政办发", 2021, 51).text, DocNumber("国令", None, 711).text
        ('镇政办发〔2021〕51号', '国令第711号')
        """
        if self.year is None:
            return f"{self.code}第{self.seq}号"
        part = f"-{self.part}" if self.part else ""
        return f"{self.code}〔{self.year}〕{self.seq}{part}号"

    @property
    def key(self) -> tuple[str, int, int, int]:
        """Sort key: code, year, sequence, part."""
        return (self.code, self.year or 0, self.seq, self.part or 0)


@dataclass(frozen=True, slots=True)
class Found:
    """文中的一个文号和它的起止位置。"""

    number: DocNumber
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """一个代字一年里的缺号和重号。缺号可能是不公开的,由人核对。"""

    code: str
    year: int
    missing: tuple[int, ...]
    repeated: tuple[int, ...]

    @property
    def missing_text(self) -> str:
        """The missing numbers as people write them.

        >>> Gaps("明政办发", 2026, (1, 2, 3, 5, 7, 8), ()).missing_text
        '1至3、5、7、8'
        """
        return "、".join(_run(first, last) for first, last in _runs(self.missing))


def _runs(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """First and last of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for n in sorted(numbers):
        if runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def _run(first: int, last: int) -> str:
    if last - first > 1:
        return f"{first}至{last}"
    return str(first) if first == last else f"{first}、{last}"


def parse(text: str) -> DocNumber:
    """Read a number in exactly the canonical spelling.

    Raises:
        RuleBroken: it is spelt otherwise; the message says how to write it.

    >>> parse("甬政办发〔2021〕38号").seq
    38
    """
    text = text.strip()
    if match := _CANON.fullmatch(text):
        part = int(match["part"]) if match["part"] else None
        return DocNumber(match["code"], int(match["year"]), int(match["seq"]), part=part)
    if (match := _ORDER.fullmatch(text)) and "第" in text and text.endswith("号") and int(match["seq"]):
        return DocNumber(match["code"], None, int(match["seq"]))
    raise RuleBroken(
        f"“{text}”不是规范的发文字号",
        source="《公文格式》",
        fix="请写作“机关代字〔年份〕顺序号号”,如 明政办发〔2026〕3号。",
    )


def normalise(text: str) -> DocNumber:
    """Read a number however it is spelt and say in ``warnings`` what was changed.

    Damaged ones (``〔202130``: bracket and 号 lost in copying) are repaired as four digits of year and the rest.

    Raises:
        RuleBroken: there is no number in it, or more beside it.

    >>> normalise("国办发[2017] 第47號").text
    '国办发〔2017〕47号'
    """
    plain = text.strip()
    for pattern in (_LENIENT, _NO_END, _BROKEN, _ORDER, _ORDER_BACK):
        match = pattern.fullmatch(plain)
        if match and (found := _number(match, pattern)):
            return found
    raise RuleBroken(
        f"“{plain}”里没有读得懂的发文字号", source="《公文格式》", fix="请写作“机关代字〔年份〕顺序号号”。"
    )


def _number(match: re.Match[str], pattern: re.Pattern[str]) -> DocNumber | None:
    code = re.sub(r"\s", "", match["code"])
    plain_code = code.translate(_TRADITIONAL).translate(_NARROW)
    warnings = ["已改为简体"] if plain_code != code else []
    seq = _sequence(match["seq"] or match["cn"])
    if pattern is _ORDER_BACK:
        plain_code = f"{plain_code}令"
    if pattern in (_ORDER, _ORDER_BACK):
        return DocNumber(plain_code, None, seq, tuple(warnings)) if seq else None
    year = int(match["year"].translate(_DIGITS))
    if not 1949 <= year <= 2099 or not seq:
        return None
    read = DocNumber(plain_code, year, seq, part=_part(match.groupdict()))
    if pattern is _BROKEN:
        warnings.append("右括号或者“号”字缺失,已按四位年份和顺序号修复,请核对")
    elif pattern is _NO_END:
        warnings.append("缺“号”字,已补")
    elif match[0] != read.text:
        warnings.append("已改为规范写法(六角括号、不加“第”、不编虚位)")
    return replace(read, warnings=tuple(dict.fromkeys(warnings)))


def _part(groups: dict[str, str | None]) -> int | None:
    """The number within the number, wherever it is written."""
    for name in ("part", "inner", "after"):
        if given := groups.get(name):
            return int(given.translate(_DIGITS)) or None
    given = groups.get("cn_after")
    return numerals.number(given) if given else None


def _sequence(text: str) -> int:
    """098 → 98, 1 2 → 12, 三十 → 30, 〇三 → 3; 0 if it is none."""
    plain = re.sub(r"\s", "", text)
    return (numerals.number(plain) or 0) if re.search("[十百]", plain) else int(plain.translate(_DIGITS))


def find(text: str) -> list[Found]:
    """Every number in running text, in order, however spelt; overlapping readings once.

    >>> [one.number.text for one in find("根据国办发〔2019〕54号和国令第711号")]
    ['国办发〔2019〕54号', '国令第711号']
    """
    found: list[Found] = []
    for pattern in (_LENIENT, _NO_END, _BROKEN, _ORDER, _ORDER_BACK):
        rest = _masked(text, found)
        for match in pattern.finditer(rest):
            if read := _number(match, pattern):
                lead = _lead(read.code)
                clean = replace(read, code=read.code[lead:])
                found.append(
                    Found(clean, match.start() + (0 if _SPACED.search(match["code"]) else lead), match.end())
                )
    return sorted(found, key=lambda number: number.start)


def _masked(text: str, found: list[Found]) -> str:
    """The text with what was found blanked out, so that a later pattern cannot reach into it."""
    for number in found:
        text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return text


_SPACED = re.compile(r"\s")
# 紧贴在代字前面、其实属于句子的话。
_LEADS = re.compile(
    "根据|依据|按照|依照|参照|遵照|落实|贯彻|执行|转发|印发|废止|修改|以及|详见|参见|文号|字号|文件|精神|现将"
    "|按|依|见|(?<!共)和|及|与|或|据|由|的|号"
)


def _lead(code: str) -> int:
    """How many characters at the head of a matched code belong to the sentence before it."""
    for match in reversed(list(_LEADS.finditer(code))):
        rest = code[match.end() :]
        # 代字以地名或机关名起头,不会以“政”起头:和政办发的“和”是地名,不是连词。
        if len(rest) >= 2 and not rest.startswith("政"):
            return match.end()
    return 0


def normative_number(text: str) -> str | None:
    """The unified number of a normative document (规范性文件统一编号), if the text holds one.

    It is given as it is written, with whatever dashes; districts have two digits of their own.

    >>> normative_number("统一编号:ZJAC75-2024-0001"), normative_number("（BZHD01–2020–0014）")
    ('ZJAC75-2024-0001', 'BZHD01–2020–0014')
    """
    match = _NORMATIVE.search(text)
    return match[0] if match else None


def gaps(numbers: Iterable[DocNumber]) -> list[Gaps]:
    """Missing and repeated sequence numbers by code and year; orders without a year are left out.

    >>> gaps([DocNumber("明政发", 2024, n) for n in (1, 2, 2, 5)])
    [Gaps(code='明政发', year=2024, missing=(3, 4), repeated=(2,))]
    """
    books: dict[tuple[str, int], Counter[tuple[int, int | None]]] = defaultdict(Counter)
    for number in numbers:
        if number.year is not None:
            books[number.code, number.year][number.seq, number.part] += 1
    result = []
    for (code, year), whole in sorted(books.items()):
        have = {seq for seq, _ in whole}
        missing = tuple(n for n in range(1, max(have)) if n not in have)
        repeated = tuple(sorted({seq for (seq, _), times in whole.items() if times > 1}))
        if missing or repeated:
            result.append(Gaps(code, year, missing, repeated))
    return result
