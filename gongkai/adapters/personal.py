"""文中的个人信息:身份证号(校验,十五位的看日期)、手机号、银行卡号(Luhn)、护照和通行证号、住址。用来给审核人标出来,不作“干净”的结论。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from .folding import fold
from .vault import mask_address, mask_name, mask_number

_GAP = r"[\s\-—–·.（）()_/]{0,2}"
_ID = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx×ХхΧχ](?![\dA-Za-z])")
#: The old kind of fifteen digits, without century and check character (GB 11643-1989).
_OLD_ID = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{_GAP}\d){{14}}(?![\dA-Za-z])")
_MOBILE = re.compile(rf"(?<![\d-])(?:(?:\+|00)?86{_GAP})?1{_GAP}[3-9]{_GAP}\d(?:{_GAP}\d){{8}}(?!\d)")
#: Set in groups with whatever signs between them: 138*0000*0000, 138|0000|0000.
_GROUPED_MOBILE = re.compile(r"(?<![\d-])1[3-9]\d[^\w\n]{1,3}\d{4}[^\w\n]{1,3}\d{4}(?!\d)")
_GROUPED_ID = re.compile(r"(?<![\dA-Za-z])[1-9]\d{5}[^\w\n]{1,3}\d{8}[^\w\n]{1,3}\d{3}[\dXx×ХхΧχ](?![\dA-Za-z])")
_CARD = re.compile(r"(?<!\d)[3-6](?:[\s-]{0,2}\d){14,18}(?!\d)")
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?:[EGDSPH][ -]?\d{4}[ -]?\d{4}|E[A-HJ-NP-Z][ -]?\d{7}|[HMC]\d{8,10})(?![A-Za-z0-9])"
)
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:路|街|巷|弄|村|小区|新村|花园|苑|公寓)[ \u3000]?[\u4e00-\u9fff]{0,8}[ \u3000]?\d{1,5}[ \u3000]?(?:号|弄|幢|栋)"
    r"(?:[ \u3000]?[\u4e00-\u9fff]{0,4}[ \u3000]?\d{1,4}[ \u3000]?(?:幢|栋|单元|号楼|楼))*[ \u3000]?[\u4e00-\u9fff]{0,2}[ \u3000]?\d{2,4}[ \u3000]?室?"
)
#: What stands for the check character X and looks like it: the times sign, Cyrillic, Greek.
_LIKE_X = str.maketrans("×ХхΧχ", "XXXXX")
#: Numbers spelt in Chinese, digit by digit; one sign for one, so that positions stay.
#: and letters that look like digits: l38OOOOOOOO.
_SPELT = str.maketrans("〇○零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖lIOo", "00012345678911234567891100")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Personal:
    """一处个人信息:是什么、在哪里、原文。"""

    label: str
    start: int
    end: int
    text: str


def is_id_number(text: str) -> bool:
    """Whether eighteen characters are a possible citizen ID number: birth date and check character (GB 11643)."""
    plain = re.sub(r"[^\dXx]", "", text.translate(_LIKE_X)).upper()
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", plain):
        return False
    try:
        born = date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(plain, _WEIGHTS, strict=False))
    return born.year >= 1900 and "10X98765432"[total % 11] == plain[17]


def is_card_number(text: str) -> bool:
    """Whether the digits pass the Luhn check and have a bank card's length."""
    if re.search(r"[A-Za-z]", text):  # 统一社会信用代码里有字母
        return False
    digits = [int(sign) for sign in text if sign.isdigit()]
    if not 15 <= len(digits) <= 19 or len(set(digits)) < 3:
        return False
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def is_mobile(text: str) -> bool:
    """Whether eleven digits read as one number: in one run or in groups, or all apart as a page set glyph by glyph.

    A row of a table with eleven small numbers looks the same; its numbers stand in cells, or hardly differ.
    """
    digits = re.sub(r"\D", "", text)[-11:]
    gaps = re.findall(r"(?<=\d)\D+(?=\d)", text)
    return len(gaps) <= 4 or ("\t" not in text and "\n" not in text and len(set(digits)) >= 4)


#: 省级行政区划代码的前两位。
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


def is_old_id_number(text: str) -> bool:
    """Whether fifteen digits are a possible ID number of the old kind: province, birth date in the 20th century."""
    plain = re.sub(r"\D", "", text)
    if plain[:2] not in _PROVINCES or ("\t" in text or "\n" in text):
        return False
    try:
        date(1900 + int(plain[6:8]), int(plain[8:10]), int(plain[10:12]))
    except ValueError:
        return False
    return True


#: 后面跟着的:是钱、是数、是小数,不是号码。“元旦”“人民路”不算。
_COUNTED = re.compile(
    r"(?:\.\d{1,4}(?!\d))?\s?(?:[余多]?[百千万亿]|元(?!旦|月|宵|素)|圆|美元|欧元|港元|日元|[%％]|人次|户次|件次|千瓦|平方|立方|公里|公斤|公顷|"
    r"吨|亩|千米|毫米|厘米|字节|件(?!人)|份|户(?!主)|株|册|笔(?!录)|辆|台(?!州|湾)|套)|\.\d{1,4}(?!\d)"
)
#: 前面挨着的:金额、编号一类的名称。
_NAMED_COUNT = re.compile(
    r"(?:[¥￥$]|人民币|金额|预算|[共合总]计|总额|总数|编号|文号|案号|档号|单号|批号|序号|索引号|流水号|受理号|编码|代码)[为是:]?\s?\Z"
)
_NUMBERED = re.compile(r"[第字〕\])】]\s?\Z")


def is_count(text: str, start: int, end: int) -> bool:
    """Whether digits that look like a number to call are an amount, a count or a document's number.

    >>> is_count("金额13800000000元", 2, 13), is_count("手机13800000000", 2, 13)
    (True, False)
    """
    before = text[max(0, start - 8) : start]
    if _COUNTED.match(text, end) or _NAMED_COUNT.search(before):
        return True
    return bool(_NUMBERED.search(before) and text[end : end + 1] == "号")


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("身份证号", _ID, is_id_number),
    ("身份证号", _GROUPED_ID, is_id_number),
    ("身份证号", _OLD_ID, is_old_id_number),
    ("银行卡号", _CARD, is_card_number),
    ("手机号", _MOBILE, is_mobile),
    ("手机号", _GROUPED_MOBILE, is_mobile),
    ("护照或者通行证号", _PASSPORT, lambda text: True),
    ("住址", _ADDRESS, lambda text: True),
)
#: Once more over numbers spelt in Chinese (一三八…).
_SPELT_RULES = tuple(rule for rule in _RULES if rule[1] in (_ID, _OLD_ID, _MOBILE))
#: What an amount or a document's number may look like.
_LIKE_COUNTS = frozenset({"银行卡号", "手机号"})


#: 来信、申请的人自己写的怎样找到他、他叫什么;机关的话里有这些,多半是办事的电话,所以只对来信的人的话用。
_REACHES = (
    re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,60}@[A-Za-z0-9-]{1,60}(?:\.[A-Za-z0-9-]{1,30}){1,4}"),
    re.compile(r"(?:微信号?|WeChat|VX|QQ号?|企鹅号?)\s?[:：是为]?\s?([A-Za-z0-9_-]{5,20})", re.IGNORECASE),
    re.compile(r"(?<![\d-])0\d{2,3}[ -]?[2-8]\d{6,7}(?!\d)"),
    re.compile(r"(?:电话|座机|家里|联系)[:：是为]?\s?([2-8]\d{6,7})(?!\d)"),
    re.compile(r"[军警士武退残文]字第\s?(\d{5,12})\s?号"),
    re.compile(r"(?:银行卡|卡号|账号|帐号|存折)[号为是:：]{0,2}\s?(\d(?:[ -]?\d){8,24})"),
    re.compile(
        r"(?:台胞证|通行证|居留证|驾驶证|社保卡|医保卡|学籍号?|病历号?)[号为是:：]{0,2}\s?([A-Z]{0,3}\d{7,19})"
    ),
)
_SAYS_NAME = re.compile(
    r"(?:我叫|我的?名字[是叫]|我姓名|姓名[:：]|申请人[:：]|联系人[:：]|收件人[:：]|签名[:：])\s?"
    r"([\u3400-\u9fff]{1,6}·[\u3400-\u9fff]{1,8}|[\u3400-\u9fff]{2,4})(?=[\s，。、；,.;（(]|$)"
)


def masked(text: str, names: Iterable[str] = (), *, own: bool = False) -> str:
    """The text with personal data masked, and the names given; everything else as it is.

    Args:
        own: the words of the person himself, not an agency's: what he says of his name and of how to reach him is
            masked too.

    >>> masked("张三丰的手机是13800000000。", ["张三丰"])
    '张**的手机是138****0000。'
    >>> masked("我叫张三丰，微信：wx_abc123", own=True)
    '我叫张**，微信：wx*****23'
    """
    for place in reversed(personal_data(text)):
        text = text[: place.start] + _masked_place(place) + text[place.end :]
    for name in names:
        if len(name.strip()) >= 2:
            text = text.replace(name.strip(), mask_name(name.strip()))
    return _masked_reaches(text) if own else text


def _masked_reaches(text: str) -> str:
    """How to reach the person and what he is called, where he says so himself; full-width signs are seen through."""
    folded = fold(text)
    found = [match.span(match.lastindex or 0) for rule in _REACHES for match in rule.finditer(folded.text)]
    found += [match.span(1) for match in _SAYS_NAME.finditer(folded.text)]
    until = len(text) + 1
    for start, end in sorted(found, reverse=True):
        first, last = folded.span(start, end)
        if last > until:
            continue
        until, said = first, text[first:last]
        hidden = mask_name(said) if _HAN.match(said) else mask_number(said)
        text = text[:first] + hidden + text[last:]
    return text


_HAN = re.compile("[\u3400-\u9fff]")


def _masked_place(place: Personal) -> str:
    if place.label == "住址":
        return mask_address(place.text)
    plain = fold(place.text, drop="-—–·.（）()", blanks=False).text
    return f"{plain[:3]}{'*' * (len(plain) - 7)}{plain[-4:]}" if place.label == "手机号" else mask_number(plain)


#: 一处个人信息里,离最近的一个数字至多这么多字。
_REACH = 48


def _windows(text: str) -> list[tuple[int, int]]:
    """Where there are digits, with what may belong to them: nothing else is searched, and long texts are read fast."""
    windows: list[tuple[int, int]] = []
    for digits in re.finditer(r"\d+", text):
        start, end = max(0, digits.start() - _REACH), min(len(text), digits.end() + _REACH)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def personal_data(text: str) -> list[Personal]:
    """Every place that looks like personal data, in order; a place is named once, by the surest rule.

    Full-width digits, digits set apart and unseen characters between them are seen through; the positions are those
    of the text as given.

    >>> [found.label for found in personal_data("联系人手机 138 0000 0000，１３９\\u200b００００００００")]
    ['手机号', '手机号']
    """
    folded = fold(text)
    taken = bytearray(len(folded.text))
    found: list[Personal] = []
    spelt = folded.text.translate(_SPELT)
    windows = _windows(folded.text)
    texts = [(rule, folded.text, windows) for rule in _RULES]
    if spelt != folded.text:
        windows = _windows(spelt)
        texts += [(rule, spelt, windows) for rule in _SPELT_RULES]
    for (label, pattern, holds), looked_at, places in texts:
        for match in (match for first, last in places for match in pattern.finditer(looked_at, first, last)):
            start, end = match.span()
            if any(taken[start:end]) or not holds(match[0]):
                continue
            if label in _LIKE_COUNTS and is_count(looked_at, start, end):
                continue
            taken[start:end] = b"\x01" * (end - start)
            first, last = folded.span(start, end)
            found.append(Personal(label, first, last, text[first:last]))
    return sorted(found, key=lambda place: place.start)
