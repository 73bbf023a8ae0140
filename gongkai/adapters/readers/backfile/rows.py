"""移交目录的一行:固定的错改过来,意思不定的不动、交给人;能不能列入对外公布的目录。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from .codes import reference_code
from .days import archive_date

_OPEN, _CLOSE = r"[\[〔【(（﹝〖]", r"[\]〕】)）﹞〗]"
#: 文号:多一个括号、括号后多一个点、“号”认成别的字。
_NUMBER = re.compile(
    rf"(?P<code>[\u4e00-\u9fff]{{1,16}}){_OPEN}{{1,3}}(?P<year>[12二一][0-9OoQ〇]{{3}})年?{_CLOSE}{{1,3}}[.,、·。\-]{{0,2}}第?(?P<seq>\d{{1,4}})(?P<end>[^\d]{{0,4}})"
)
#: 右括号跑到顺序号后面去了:[20056]号,年份只能是四位。
_SWALLOWED = re.compile(rf"({_OPEN})((?:19|20)\d\d)(\d{{1,3}}){_CLOSE}(号)$")
_LONG_BRACKET = re.compile(rf"{_OPEN}\d{{5}}")
_YEAR_SIGNS = str.maketrans("二一OoQ〇", "210000")
_MISREAD_END = re.compile(r"事情|[号弓亏写吗昊另和乌吴尹]|号[.,。、]|[号弓亏写]{2}")
#: 年份后面多出一个零(20110年度);多的是别的数字,改成哪一年说不准。
_LONG_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)0(?=年)")
_TITLE_FIXES = (
    (re.compile(r"^(?:夫于|天于|失于|关千|关干|关子|关於|大于|美于|关丁)"), "关于"),
    (re.compile(r"(?:通如|逋知|迪知|通和|通加|遇知|通矢口)$"), "通知"),
    (re.compile(r"(?:请未|清示|请不)$"), "请示"),
    (re.compile(r"(?:批夏|批覆|枇复)$"), "批复"),
    (re.compile(r"(?:报吉|报舌)$"), "报告"),
    (re.compile(r"的的"), "的"),
)
_ENDING = re.compile(r"的(?:通知|批复|请示|报告|意见|决定|函|公告|通告|通报|说明|命令)$")
_PAGE_SIGNS = str.maketrans(
    {
        "J": "0",
        "O": "0",
        "o": "0",
        "Q": "0",
        "D": "0",
        "l": "1",
        "I": "1",
        "|": "1",
        "Z": "2",
        "S": "5",
        "B": "8",
        "U": "0",
    }
)
_JUNK = re.compile(r"[0OoUuQlI1|.·,、\-_=~'\"`^*]{1,12}")
_SECRET = re.compile(r"绝密|机密|秘密|内部|★")
#: 讲一个人、一件案子的;讲这项工作、这个制度的不是。
_CASE = re.compile(
    r"(?:处分|信访|上访|举报|控告|申诉|违纪|收养|工伤)(?!工作|条例|办法|规定|制度|细则|局|系统|部门|接待|奖励|电话|渠道|管理|保险|权|条款|事项目录|登记办法|预防)"
    r"|拘留|戒毒|社区矫正人员|开除|除名|劳动教养|立案调查|考察材料|政审|病历|离婚|花名册"
)
#: 已经主动公开过的名单可以列。
_LISTS = re.compile(
    r"(?:低保|救助|困难|贫困|残疾|优抚|抚恤|五保|特困|伤残|遗属|对象|人员|户|居民|村民|学生|职工).{0,6}(?:名单|名册|台账|登记表)|遗属|丧葬费|伤残等级"
)
_SURNAME = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马方俞任袁柳唐薛雷贺倪汤罗郝安乐傅齐康顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江郭梅林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房缪应丁宣邓洪包左石崔龚程邢裴陆翁荀段侯武刘龙叶黎白赖卓池乔谭温庄柴阎艾容向古易廖耿曾沙丰关游"
#: 题名里像一个人的姓名:“关于王某申请……”“给予李某……”。
_PERSON = re.compile(
    rf"(?:关于|同意|给予|批准|解除|撤销|对|为)(?:同意|给予|批准|解除|对|为)?[{_SURNAME}][\u4e00-\u9fff]{{1,2}}(?:申请|要求|反映|请求|提出|享受|办理|退休|离休|入党|调动|等|同志|因|的(?:处理|答复|申请|处罚))"
)
_NAMED = re.compile(
    r"某某|[XX×]{2,3}(?!县|市|区|镇|乡|村|局|路|公司)|同志|(?:先生|女士)|等[\d一二三四五六七八九十]{1,3}(?:人|名|户)"
)
_APPOINTED = re.compile(r"任免|任职|免职|任命|聘任")
_NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")


def clean(columns: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """The cells of a row with the errors that have one reading put right, and the columns to ask a person about."""
    out: list[Any] = []
    ask: list[str] = []
    for place, cell in enumerate(cells):
        column = columns[place] if place < len(columns) else ""
        value = cell if isinstance(cell, str) else "" if cell is None else str(cell)
        mend = _MENDERS.get(column)
        mended, doubtful = mend(value) if mend else (value, False)
        out.append(mended)
        if doubtful:
            ask.append(column)
    return {"cells": out, "ask": ask}


def _code(value: str) -> tuple[str, bool]:
    found = reference_code(value)
    return (found.canonical or value, found.needs_person and bool(value.strip()))


def _number(value: str) -> tuple[str, bool]:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))
    found = _NUMBER.fullmatch(_SWALLOWED.sub(r"\1\2〕\3\4", text))
    if not found:
        return value, bool(text) and (not re.search(r"\d号$", text) or bool(_LONG_BRACKET.search(text)))
    end = found["end"]
    if end and not _MISREAD_END.fullmatch(end):
        return value, True
    year = found["year"].translate(_YEAR_SIGNS)
    if not year.startswith(("19", "20")):
        return value, True
    if not end and year == found["year"]:
        return value, False
    return f"{found['code']}〔{year}〕{found['seq']}{'号' if end else ''}", False


def _title(value: str) -> tuple[str, bool]:
    text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", value.strip())
    for pattern, right in _TITLE_FIXES:
        text = pattern.sub(right, text)
    text = _LONG_YEAR.sub(r"\1", text)
    if text.count("《") == text.count("》") + 1:
        ending = _ENDING.search(text, text.rindex("《"))
        at = ending.start() if ending else len(text)
        text = text[:at] + "》" + text[at:]
    return text, text.count("《") != text.count("》") or bool(re.search(r"\d{5}年", text))


def _day(value: str) -> tuple[str, bool]:
    found = archive_date(value)
    if found["action"] == "convert":
        return (found["date"] or "").replace("-", "").ljust(8, "0"), False
    if found["action"] == "empty":
        return "", False
    return value, found["action"] == "ask"


def _pages(value: str) -> tuple[str, bool]:
    text = unicodedata.normalize("NFKC", value).strip().translate(_PAGE_SIGNS)
    if not text or re.fullmatch(r"\d{1,4}(?:-\d{1,4})?", text):
        return text, False
    return value, True


def _remark(value: str) -> tuple[str, bool]:
    text = re.sub(r"\s+", "", value)
    # 只有数字的可能是件数、份数,不清空。
    junk = _JUNK.fullmatch(text) and re.search(r"[OoUuQ]", text)
    return ("" if junk else value), False


_MENDERS = {
    "档号": _code,
    "文号": _number,
    "题名": _title,
    "日期": _day,
    "页数": _pages,
    "页号": _pages,
    "备注": _remark,
}


def may_be_listed(described: Mapping[str, Any]) -> dict[str, Any]:
    """Whether an item may stand in the public list of what was handed over, and why not.

    What has a secrecy level, is neither open nor published, or names a person outside an appointment may not.
    """
    said = {str(key): str(value or "").strip() for key, value in described.items()}
    title, reasons = said.get("题名", ""), []
    if _SECRET.search(said.get("密级", "")):
        reasons.append("有密级")
    opened, published = said.get("开放标识", ""), said.get("公开属性", "")
    if opened != "开放" and not published.startswith("主动"):
        reasons.append("没有开放,也不是主动公开")
    if published.startswith(("不予", "免予", "不公开")):
        reasons.append("不予公开")
    if reference_code(said.get("档号", "")).category == "RS" or said.get("门类", "") in {"RS", "人事"}:
        reasons.append("人事档案")
    named = (_NAMED.search(title) or _PERSON.search(title)) and not _APPOINTED.search(title)
    listed = _LISTS.search(title) and not published.startswith("主动")
    if _CASE.search(title) or listed or named or _NUMBERS.search(title):
        reasons.append("题名涉及个人")
    return {"may_be_listed": not reasons if any(said.values()) else None, "reasons": reasons}
