"""标准目录的“公开时限”一格:分成一条条时限(条例第二十六条;各试点领域标准指引)。

一格里常有几条:形成之日起二十个工作日内、公示七日、另有规定的从其规定。看不懂的不猜:给不出就不给。
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from .due_spans import Span, fold, periods, sentences, spans, yearly
from .due_words import (
    ANYTIME,
    AT_EVENT,
    BEFORE,
    CUT,
    DYNAMIC,
    MASKED,
    OTHER_RULE,
    OWN_RULE,
    PER_STAGE,
    PERMANENT,
    PROMPTLY,
    REALTIME,
    SAME,
)

_OUT = re.compile(
    r"不再(?:公示|公开|公布|展示|对外)|撤[下除回销]|下架|删除|移除|移出|停止(?:公示|公开|公布|展示)|屏蔽|自动(?:撤|下)"
)
_LONGER = re.compile(r"延长|延期|顺延|展期|延后")
_EARLIER = re.compile(
    r"(?:提前(?:至少|不少于|不得少于|最少)?|(?<!\d日)(?<![目之以当年月此])前(?:至少|不少于|的)?)[,为:]?$"
)
_LEAST = re.compile(
    r"(?:不(?:得|能|应)?(?:少于|低于|小于|短于|少於)|至少|最少|最短|≥|>=)(?:为|是|公示|公告|公开|公布)?$"
)
_CONSULT = re.compile(
    r"(?:征求|征集|听取|公开征)(?:公众|社会|群众|村民|居民|各方|意见)?.{0,6}$|反馈意见.{0,6}$|异议期.{0,4}$"
)
_KEPT = re.compile(r"保留|保持|张贴|展示|停留|悬挂|存放|留存|上墙")
_SHOWN = re.compile(
    r"(?:公示|公告|张[贴榜]|上墙|展示|保留|保持|挂网|悬挂|(?:公开|公布|发布)(?:不间断|持续|保持|满))"
    r"(?:期间|期限|时限|时间|时长|周期|天数|期)?(?:\()?(?:为期|一般为|一般|不超过|为|是|满|持续|达|共|:)?$"
)
_SHOWING = re.compile(r"^(?:的|期的)?(?:公示|公告期|展示)")
#: 三年内不得撤下:是留多久,不是多久以内公开。
_STAYS = re.compile(
    r"^(?:之|以)?内?(?:一律|均)?(?:不得|不能|不予|不应|不可)(?:撤|删|下架|下线|移除|移出|屏蔽|关闭|更换)"
)
#: 多久以内送达、缴纳,不是公开的时限。
_OTHER_ACT = re.compile(r"^(?:之|以)?内(?:依法|应当|应|须|予以){0,2}(?:送达|缴纳|移送|抄告)(?!.{0,6}公[开示布告])")
_END = re.compile(r"^(?:之|以)?内")
_STARTS = re.compile(r"起|后|以后|之后|开始|次日")
_NOT_MORE = re.compile(
    r"(?:不(?:得|应)?(?:超过|迟于|晚于|多于)|最[迟晚长多]|≤|限期|限)(?:为|是|不超过|不得超过)?$"
)
#: 数字前面没有别的,只有情态词:那一天,不是提前多少天、多少天以内。
_DAY_ALONE = re.compile(r"(?:^|[,的])(?:务必|必须|应当|应|须|均|一律|统一|要|请){0,2}[于在]?$")
_DAY_AT_LATEST = re.compile(
    r"(?:^|[每,的]|月|季度?|年)(?:应当?|须)?(?:不(?:得|应)?[晚迟]于|最[晚迟]|至迟)(?:于|在)?$"
)
#: 前一条时限的尾巴。
_LAST_END = re.compile(r"^(?:之|以)?内(?:予以|及时|向社会|主动){0,3}(?:公[开示布告])?")
_TAIL = re.compile(
    r"(?:之日|当日|当天|之时|的?次日|日)?(?:起算|起|以后|之后|后|开始)?[的应须在,:(]{0,6}"
    r"(?:原则上|一般|最[迟晚长多]|应当|应|须)?(?:不(?:得|应)?(?:超过|迟于|晚于))?(?:于|在)?$"
)
_DOER = re.compile(r"^(?:并|且|及|和|由.{2,12}?|应当|应|须|需|均|均应|一律|要|于|在|自|从)+")
_MADE = (
    "形成|产生|生成|制定|制作|编制|获取|获得|取得|作出|做出|颁布|印发|出台|批准|批复|收到|变更|变化|发生|签发|"
    "确定|完成|结束|公布|发布|下发|审批|审核|立项|生效|认定|办结|决定|受理|通过|签订|更新|成立|报送|调整"
)
_EVENT = re.compile(rf"(?P<scope>.{{0,40}}?)(?P<event>(?:收到.{{0,30}}|下发至.{{0,20}}|(?:{_MADE}).{{0,30}}))$")
_EMPTY_SCOPE = re.compile(
    r"[,:()、的]|其中|自|从|在|于|该|本|应当|应|须|需|政府信息|公开事项|信息|文件|相关|事项|制度"
)
_ALIKE = (
    (re.compile(r"(?:或者|及|和|、|/|与|\(或者?|\()(?=变更|更新|变化|获取)"), "或"),
    (re.compile(r"[()]"), ""),
    (re.compile(r"制作(?=或)"), "制定"),
    (re.compile(r"(?:该|政府)?(?:信息|文件|指南)$"), ""),
)
_FILLER = re.compile(
    r"及时|第一时间|尽快|立即|公开|公布|公示|发布|更新|调整|予以|应当|应|并|向社会|主动|进行|做到|信息|要求|的|且|完善|维护|[,()]"
)
# “处罚决定:20个工作日内”:冒号前面的是这条时限管的事项;“公开时限:”不是。
_LABEL = re.compile(r"^(?P<label>[^:,()]{2,30})(?<!时限)(?<!时间)(?<!期限):")
_AT = re.compile(r"^(?:应?在|于|自)?(?P<event>.{2,30}?)(?:之?后|之时|的?同时|(?<![及实随按定即])时)")
_SUPPLEMENT = re.compile(r"^(?:但|且|最[迟晚长]|不(?:得|应)?(?:超过|迟于|晚于)|原则上|一般)")


@dataclass(frozen=True, slots=True)
class Clause:
    """一条时限:种类、数和单位(workday 工作日、day 自然日、week、month、year、hour)、从什么事起算。

    ``presumed``:原文没有写从什么时候起算,按“形成或者变更”推定。``period`` 只有定期的有;``month``、``day``
    只有每年某日前的有;``on`` 是定期的那一天;``quote`` 是原文(去了空白)。
    """

    kind: str
    n: int | None = None
    unit: str | None = None
    trigger: str | None = None
    presumed: bool = False
    scope: str | None = None
    period: str | None = None
    month: int | None = None
    day: int | None = None
    on: str | None = None
    quote: str = ""

    def facts(self) -> dict[str, Any]:
        """What is known of the clause, without the keys that its kind has not."""
        wanted = {"kind", "trigger", "presumed", "scope"} | ({"n", "unit"} if self.kind in COUNTED else set())
        wanted |= {"period"} if self.kind == "periodic" else set()
        wanted |= {"month", "day"} if self.kind == "annual_by_date" else set()
        known = {key: value for key, value in asdict(self).items() if key in wanted or value}
        return known | {"checkable": self.kind not in UNCHECKABLE}


#: 一格至多看这么多字;真的一格不过几百字。
LONGEST = 4000
#: 有数和单位的种类。
COUNTED = frozenset({"within", "extension", "before_event", "display", "min_period", "withdraw_after"})
_LASTING = frozenset({"display", "min_period", "withdraw_after", "extension"})
#: 机器自己判不了超期的种类。
UNCHECKABLE = frozenset({"promptly", "realtime", "anytime", "per_stage", "other_rule_prevails", "unreadable"})


def clauses(text: str | None) -> list[Clause]:
    """The due clauses of one cell of 公开时限, in the order of the text; ``[]`` where it says nothing of time.

    >>> [(one.kind, one.n, one.unit) for one in clauses("信息形成或变更之日起 20 个工作日内及时公开")]
    [('within', 20, 'workday')]
    >>> [(one.kind, one.n, one.unit) for one in clauses("制定之日起10个工作日内,公示7日")]
    [('within', 10, 'workday'), ('display', 7, 'day')]
    >>> clauses("同上")[0].kind, clauses("/")
    ('same_as_above', [])
    """
    whole = fold((text or "")[:LONGEST])
    if not whole:
        return []
    if SAME.fullmatch(whole):
        return [Clause("same_as_above", quote=whole)]
    if MASKED.search(whole):
        return [Clause("unreadable", quote=whole)]
    found = [one for sentence in sentences(whole) for one in _sentence(sentence)]
    if not found and CUT.search(whole):
        return [Clause("unreadable", quote=whole)]
    if not found and DYNAMIC.search(whole):
        return [Clause("promptly", quote=whole)]
    return _once(found)


def _once(found: list[Clause]) -> list[Clause]:
    """The same rule said twice counts once; each number has a matter of its own."""
    kept: list[Clause] = []
    for clause in found:
        same = [
            other
            for other in kept
            if (other.kind, other.n, other.unit, other.period, other.month, other.day)
            == (clause.kind, clause.n, clause.unit, clause.period, clause.month, clause.day)
        ]
        if same and clause.kind not in COUNTED:
            continue
        if (
            clause.kind == "periodic"
            and clause.period is None
            and any(other.period or other.month for other in found)
        ):
            continue
        kept.append(clause)
    return kept


def _sentence(sentence: str) -> list[Clause]:
    label = _LABEL.match(sentence)
    sentence = sentence[label.end() :] if label else sentence
    repeated = [
        (at, end, Clause("periodic", period=period, on=on or None, quote=sentence[at:end]))
        for at, end, period, on in periods(sentence)
    ]
    days = [
        (at, end, Clause("annual_by_date", month=m, day=d, quote=sentence[at:end]))
        for at, end, m, d in yearly(sentence)
        # 列出几个月份的(1、4、7、10月)是定期。
        if not any(a <= at < b and re.search(r"月.{0,2}[、,和及]|\d、", sentence[a:b]) for a, b, _ in repeated)
    ]
    # 每半年一次、在哪两个月公布的,是同一条。
    halves = [at for at, _, clause in repeated if clause.period == "half_year"]
    days = [one for one in days if "每年" in one[2].quote or not any(at < one[0] for at in halves)]
    if days:
        repeated = [
            one
            for one in repeated
            if one[2].period != "year" and not any(at <= one[0] < end for at, end, _ in days)
        ]
    taken = [(at, end) for at, end, _ in (*repeated, *days)]
    counted = [(one.at, one.end, clause) for one, clause in _counted(sentence, taken)]
    words = _words(sentence, (*counted, *repeated, *days))
    found = [
        clause for _, _, clause in sorted((*counted, *repeated, *days, *words), key=lambda clause: clause[:2])
    ]
    if label and len(found) == 1 and not found[0].scope:
        return [replace(found[0], scope=label["label"])]
    return found


def _counted(sentence: str, taken: list[tuple[int, int]]) -> list[tuple[Span, Clause]]:
    """The clauses that have a number of days."""
    out: list[tuple[Span, Clause]] = []
    before = 0
    all_spans = [one for one in spans(sentence) if not any(at < one.end and one.at < end for at, end in taken)]
    for place, span in enumerate(all_spans):
        after = all_spans[place + 1].at if place + 1 < len(all_spans) else len(sentence)
        left, right = sentence[before : span.at], sentence[span.end : after]
        kind = _kind(span, left, right, sentence)
        before = span.end
        if kind is None or (span.unit == "day" and _on_a_day(kind, left, right, bool(taken))):
            continue
        trigger, scope = _start(left) if kind == "within" else (None, None)
        if kind == "before_event":
            trigger = _coming(left)
        if kind == "within" and trigger is None and out and re.match(r"^(?:以?内)?[,;或至]*$", left):
            trigger = out[-1][1].trigger
        out.append(
            (
                span,
                Clause(
                    kind,
                    n=span.n,
                    unit=span.unit,
                    trigger=trigger,
                    presumed=kind == "within" and trigger is None,
                    scope=scope,
                    quote=sentence[span.at : span.end],
                ),
            )
        )
    return out


def _on_a_day(kind: str, left: str, right: str, is_repeated: bool) -> bool:
    """Whether “20日” is the day of a month and no number of days: 每季度公布,于20日前; 每月不晚于10日; 务必在15日前上墙."""
    if kind == "before_event":
        return bool(_DAY_ALONE.search(left)) and (is_repeated or left.endswith(("于", "在")))
    return kind == "within" and is_repeated and not _END.match(right) and bool(_DAY_AT_LATEST.search(left))


def _coming(left: str) -> str | None:
    """The event before which something is due, of the words in front of the number (听证会召开前)."""
    event = re.sub(r"(?:至少|不少于)?(?:之|以|提)?前?(?:至少|不少于|的)?$", "", re.split(r"[,;:]", left)[-1])
    event = _DOER.sub("", event)
    return event if 2 <= len(event) <= 20 else None


def _kind(span: Span, left: str, right: str, sentence: str) -> str | None:
    near = left[-16:]
    if _LONGER.search(near.rpartition(";")[2][-10:]):
        return "extension"
    begins = bool(re.search(r"起[,在应须于内的及时公开]{0,6}$", left))
    if not begins and (_EARLIER.search(near) or re.match(r"(?:之|以)?前(?!期|述|款)|(?:以上)?提前", right)):
        return "before_event"
    if _STAYS.match(right):
        return "display"
    if _OTHER_ACT.match(right):
        return None
    ended = bool(_END.match(right))
    if not ended and _OUT.search(right) and re.search(r"满|超过|公[示开布告]|展示|期|后", left[-30:] + right[:3]):
        return "withdraw_after"
    least = bool(_LEAST.search(near)) or right.startswith("以上")
    if least and not ended:
        return "display" if _KEPT.search(near) else "min_period"
    if not ended and (_CONSULT.search(near)):
        return "min_period"
    if not ended and (_SHOWN.search(near) or _SHOWING.match(right)):
        return "display"
    if ended or _NOT_MORE.search(near) or _STARTS.search(left):
        return "within"
    if span.unit in {"workday", None} or (sentence == span.text and span.unit in {"day", "week", "hour"}):
        return "within"
    return None


def _start(left: str) -> tuple[str | None, str | None]:
    """The event that starts the clock, and the matters that the clause is for."""
    parts = [part for part in re.split(r"[,:]", _LAST_END.sub("", left)) if part]
    text = ""
    while parts and not text:
        text = _TAIL.sub("", parts.pop(), count=1)
    text = _DOER.sub("", text.lstrip("()、"))
    scope_before = None
    cut = re.search(r"(?:应?自|应?从(?!业)|(?<=[^现存所])在(?=决定|作出|信息|收到))", text)
    if cut and cut.start() > 0:
        scope_before, text = text[: cut.start()], text[cut.end() :]
    elif cut:
        text = text[cut.end() :]
    found = _EVENT.search(text)
    if not found:
        return (text or None) if len(text) > 1 and re.search(r"[后起]", left) else None, None
    event = found["event"]
    if found["scope"].endswith(("决定", "结果", "批准")) or re.fullmatch(r"决定|公布|发布", event):
        event = text
    for pattern, instead in _ALIKE:
        event = pattern.sub(instead, event)
    scope = scope_before or (found["scope"] if event != text else "")
    if not _EMPTY_SCOPE.sub("", scope or ""):
        scope = ""
    return event or None, (scope or "").strip(",:()、") or None


def _words(sentence: str, taken: tuple[tuple[int, int, Clause], ...]) -> list[tuple[int, int, Clause]]:
    """The clauses that are said in words alone, part by part of the sentence."""
    out: list[tuple[int, int, Clause]] = []
    at, parts = 0, re.split(r"([,()])", sentence)
    # 说公示多久的数,不说多久以内公开:旁边的“及时公开”仍是一条。
    has_due = any(clause.kind not in _LASTING for _, _, clause in taken)
    for part in parts:
        end = at + len(part)
        inside = any(a < end and at < b for a, b, _ in taken)
        for kind in _word_kinds(part, inside=inside, beside=bool(taken), due=has_due, rest=sentence[end:]):
            event = _AT.match(part) if kind in {"promptly", "at_event", "realtime"} else None
            out.append((at, end, Clause(kind, trigger=event["event"] if event else None, quote=part)))
        at = end
    kinds = {clause.kind for _, _, clause in out}
    if "at_event" in kinds and kinds & {"realtime", "promptly", "anytime", "before_event"}:
        out = [one for one in out if one[2].kind != "at_event"]
    return out


def _word_kinds(part: str, *, inside: bool, beside: bool, due: bool, rest: str) -> list[str]:
    out = []
    if OTHER_RULE.search(part):
        out.append("other_rule_prevails")
    if PERMANENT.search(part):
        out.append("permanent")
    if PER_STAGE.search(part):
        out.append("per_stage")
    if inside:
        return out
    if REALTIME.search(part):
        out.append("realtime")
    elif ANYTIME.search(part):
        out.append("anytime")
    elif PROMPTLY.search(part):
        bare = not _FILLER.sub("", part)
        if not due or not (bare or _SUPPLEMENT.match(rest.lstrip(",("))):
            out.append("promptly")
    elif BEFORE.search(part):
        out.append("before_event")
    elif not out and AT_EVENT.search(part) and not beside:
        out.append("at_event")
    elif not out and not beside and OWN_RULE.search(part):
        out.append("other_rule_prevails")
    return out
