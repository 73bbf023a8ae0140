"""读单位:一格里的几个单位分开,去掉“等部门”“负责落实”;谁牵头、谁配合,只认写明的。"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN, _CLOSE = "(（〔[", ")）〕]"
_PARTS = "、,，;；\n。 　"
#: 句末的套话,不是单位。
_TAIL = re.compile(
    r"(?:等)?(?:按照?|依据?|根据)?(?:各自)?(?:职责|职能|分工)(?:分工)?(?:分别)?(?:负责)?(?:落实|实施|推进)?$"
    r"|(?:具体|共同|分别|牵头|组织){0,3}负责(?:落实|实施|办理|推进|公开)?$|(?:等)?(?:组织|具体|分别|抓好)?(?:落实|实施|承办)$"
    r"|(?:积极|协同|共同)?(?:配合|协助|参与|协办)$|(?:分别|共同)?牵头(?:负责|落实|组织)?$|(?:分别|共同)$"
    r"|等(?:相关|有关|各|(?![市区县省州])[\u4e00-\u9fff]{2,3})?(?:部门|单位|处室|科室|股室)?$"
)
_NO_UNIT = {
    "等",
    "部门",
    "单位",
    "有关",
    "相关",
    "有关部门",
    "相关部门",
    "有关单位",
    "相关单位",
    "按职责分工",
    "下同",
    "无",
    "-",
    "—",
    "/",
    "处室",
    "科室",
    "按职责",
    "分工",
    "落实",
    "配合",
    "负责",
    "以及",
}
_AMONG = re.compile(r"(?<=[局委办室厅处科院会心行])等(?=\d{1,3}个|[市区县省州](?:级|直|有关|相关))")
#: 写在单位当中的日子、要求,不是单位。
_NOT_UNIT = re.compile(
    r"\d\s?[月日年]|年[底内末]|季度[末底前内]?|[上下]半年|^(?:全年|长期|持续|按时|及时|每[年月季周])|(?:前|内)(?:完成|办结|公开|报送|落实)"
    r"|(?:完成|推进|坚持)$|工作日"
)
_MARKED_LEAD = re.compile(r"[(（](?:牵头|主办|总牵头)(?:单位|部门|负责)?[)）]$")
_LEAD_LABEL = r"牵头(?:责任)?|主办|主责|主要责任|第一责任|总牵头"
_OTHER_LABEL = r"责任|配合|协办|协同|协助|参与|参加|落实|实施|承办|负责|完成|执行|主管|公开"
_WHO = r"(?:[(（]?(?:责任|配合|主体|协办|参与)?[)）]?(?:单位|部门|处室|处[(（]科[)）]室|科室|股室|股所|机构|机关|主体))?"
LABEL = re.compile(
    rf"(?:(?P<when>(?:完成|办理|办结|落实|工作|整改|推进|公开|时间)?(?:时限|时间|期限|日期|节点|进度)(?:要求|安排|节点)?)"
    rf"|(?:分管|包保|联系|挂点|督办|联络|经办)(?P<other>领导|人员|人)|(?P<lead>{_LEAD_LABEL})(?P<leader>领导|人)?{_WHO}"
    rf"|(?:{_OTHER_LABEL})(?P<person>领导|人)?{_WHO})(?:[:：]|(?<=[位门室构关体])为(?=[\u4e00-\u9fff]))"
)
_AND = re.compile(r"(?<=[局委办厅处科室心府乡镇道)）])(?:和|与|及|以及)(?=[\u4e00-\u9fff]{2})")
_WITH = re.compile(r"会同(?=[\u4e00-\u9fff]{2})|(?<=[处科局室办股站])会(?=[\u4e00-\u9fff]{2})")
_LEADS = re.compile(r"负总责|(?:分别|总|共同)?牵头(?!部门|单位|处室|科室|股室|领导)(?:负责|落实|组织实施)?")
_FIRST_LEADS = re.compile(
    r"第一(?:位|个)?(?:者|单位|的)?(?:单位)?为牵头|列首位(?:者|的)?为牵头|排(?:在)?第一(?:位)?的?(?:单位)?为牵头"
)
_FIRST_REMARK = re.compile(r"[(（][^()（）]{0,60}为牵头[^()（）]{0,40}[)）]")


@dataclass(frozen=True, slots=True)
class Roles:
    """牵头单位和责任(配合)单位,各照原文的次序。"""

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lead or self.responsible)


def split(text: str) -> list[str]:
    """The units of one value, in order, each once; what stands in brackets is not split.

    >>> split("市住建局、市规划局等市级有关部门,各区(县、市)政府")
    ['市住建局', '市规划局', '市级有关部门', '各区(县、市)政府']
    >>> split("应急处、疾控处等按职责分工落实")
    ['应急处', '疾控处']
    """
    parts, depth, part = [], 0, ""
    for character in _AND.sub("、", _AMONG.sub("、", text)):
        depth += (character in _OPEN) - (character in _CLOSE and depth > 0)
        if not depth and character in _PARTS:
            parts.append(part)
            part = ""
        else:
            part += character
    units = [_bare(part) for part in [*parts, part] if not _NOT_UNIT.search(part)]
    return list(dict.fromkeys(unit for unit in units if re.search(r"\w", unit) and unit not in _NO_UNIT))


def dated(text: str) -> str:
    """The parts of a value of units that name a time, as printed; empty where there is none.

    >>> dated("区财政局负责,年底前完成"), dated("区财政局")
    ('年底前完成', '')
    """
    return "，".join(part.strip() for part in re.split(r"[、,，;；。\n 　]", text) if _NOT_UNIT.search(part))


def _bare(unit: str) -> str:
    unit = re.sub(r"\s+", "", unit).strip("。.:：")
    unit = re.sub(r"^(?:由|及|和|以及|其中)(?=[\u4e00-\u9fff]{3})", "", unit)
    for _ in range(3):
        shorter = _TAIL.sub("", unit)
        if shorter == unit:
            break
        unit = shorter
    return unit


def roles(text: str) -> Roles:
    """Who leads and who is responsible, of a bracket, of label lines or of a cell that names both.

    A unit without a role is responsible, never leading.

    >>> roles("牵头单位:区司法局、区府办,责任单位:各镇")
    Roles(lead=('区司法局', '区府办'), responsible=('各镇',))
    >>> roles("办公室牵头,各科室配合"), roles("宣传处会办公室")
    (Roles(lead=('办公室',), responsible=('各科室',)), Roles(lead=('宣传处',), responsible=('办公室',)))
    """
    labels = list(LABEL.finditer(text))
    if labels:
        return _labelled(text, labels)
    marked = [unit for unit in split(text) if _MARKED_LEAD.search(unit)]
    if marked:
        lead = [_MARKED_LEAD.sub("", unit) for unit in marked]
        return Roles(tuple(lead), tuple(unit for unit in split(text) if unit not in marked))
    found = _LEADS.search(text)
    if found and found.start():
        lead = split(text[: found.start()])
        return Roles(tuple(lead), tuple(unit for unit in split(text[found.end() :]) if unit not in lead))
    found = _WITH.search(text)
    if found:
        return Roles(tuple(split(text[: found.start()])), tuple(split(text[found.end() :])))
    return Roles((), tuple(split(text)))


def _labelled(text: str, labels: list[re.Match[str]]) -> Roles:
    lead: list[str] = []
    others = [unit for unit in split(text[: labels[0].start()]) if UNIT_NAME.search(unit)]
    for label, segment in _segments(text, labels):
        if any(label[name] for name in ("when", "leader", "person", "other")):
            continue
        found = Roles(tuple(split(segment))) if label["lead"] else roles(segment)
        lead += [unit for unit in found.lead if unit not in lead]
        others += [unit for unit in found.responsible if unit not in lead + others]
    return Roles(tuple(lead), tuple(others))


def _segments(text: str, labels: list[re.Match[str]]) -> list[tuple[re.Match[str], str]]:
    """Each label with what stands between it and the next one."""
    ends = [*(label.start() for label in labels[1:]), len(text)]
    return [(label, text[label.end() : end]) for label, end in zip(labels, ends, strict=False)]


def when(text: str) -> str:
    """What stands behind a label of time (完成时限:), up to the next label; empty where there is none.

    >>> when("责任单位:区档案馆;完成时限:2023年6月底前")
    '2023年6月底前'
    """
    found = (segment for label, segment in _segments(text, list(LABEL.finditer(text))) if label["when"])
    return (next(found, "") or dated(text)).strip("、,，;；。 　\n")


def first_leads(text: str) -> bool:
    """Whether a cell says that, from here on, the unit named first leads (列第一位者为牵头单位,下同)."""
    return _FIRST_LEADS.search(text) is not None


def first_led(who: Roles) -> Roles:
    """The same units, the first one leading where none is named to lead."""
    return who if who.lead else Roles(who.responsible[:1], who.responsible[1:])


def without_first(text: str) -> str:
    """A cell of units without the remark that the first one leads."""
    return _FIRST_REMARK.sub("", text)


@dataclass(frozen=True, slots=True)
class Led(Roles):
    """写成句子的分工;``whole``:整句只说分工。"""

    whole: bool = False


_CLAUSES = re.compile(r"[，,；;。]|(?<=牵头)、|(?<=负责)、")
_DOER = re.compile(
    r"^(?:以下|上述|本项|该项)?[^由]{0,16}?由(?P<by>.{2,80}?)(?:分别|共同|统一|具体|牵头)?(?P<role>牵头|负责|承担|组织实施)(?:负责|落实|组织|实施|公开|办理|组织实施)?$"
    r"|^(?P<plain>.{2,80}?)(?:分别|共同|具体)?(?P<does>牵头|负责|负总责)(?:负责|落实|组织|组织实施)?$"
)
_ONLY_WHEN = re.compile(
    r"(?:并|应|须|于|在)?.{0,12}(?:[日底前末内]|长期|持续)(?:全部|全面)?(?:完成|推进|办结|落实|公开|公布|发布|报送|上报|出台|建成|启动)?"
)
_HELPER = re.compile(r"(?:积极|共同|协同)?(?:配合|协助|参与|协办|配合落实|配合做好|落实)$")
_JOINED = re.compile(r"^(?:会同|联合|会商|商)(?=[\u4e00-\u9fff]{2})")
UNIT_NAME = re.compile(
    r"(?:[局委办院厅镇乡部府处股所站科队社校会室行]|街道|部门|单位|中心|科室|处室|机关|公司|镇街|园区|乡镇|县区|区县|[）)])$"
)


def led(sentence: str) -> Led | None:
    """Who leads and who helps, of a sentence that says so in words (由…牵头,…配合); None where it does not.

    >>> led("由区司法局牵头,区档案局、各镇配合")
    Led(lead=('区司法局',), responsible=('区档案局', '各镇'), whole=True)
    """
    clauses = [clause.strip() for clause in _CLAUSES.split(sentence) if clause.strip()]
    for number, clause in enumerate(clauses):
        found = _DOER.search(clause)
        who = split(found["by"] or found["plain"]) if found else []
        if not found or not who or not all(UNIT_NAME.search(unit) for unit in who):
            continue
        helpers: list[str] = []
        used = number
        for following in range(number + 1, len(clauses)):
            if joint := _JOINED.match(clauses[following]):
                helpers = split(clauses[following][joint.end() :])
                used = following
                break
            if _HELPER.search(clauses[following]):
                helpers = split("、".join(clauses[number + 1 : following + 1]))
                used = following
                break
            if not all(UNIT_NAME.search(unit) for unit in split(clauses[following])):
                break
        whole = number == 0 and all(_ONLY_WHEN.fullmatch(rest) for rest in clauses[used + 1 :])
        others = tuple(unit for unit in helpers if unit not in who)
        if {"牵头", "负总责"} & {found["role"], found["does"]}:
            return Led(tuple(who), others, whole)
        return Led((), (*who, *others), whole)
    return None
