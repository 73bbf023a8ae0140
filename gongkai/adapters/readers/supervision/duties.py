"""没有括号的话里的任务:写明了谁、哪一天、每隔多久的句子。"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from . import due as limits
from .due import Due
from .model import Paper, Task, tidy
from .units import LABEL, Roles, led, roles, split

_STAGE = r"(?:第?[一二三四五六]阶?步?段?|阶段[一二三四五六]|步骤[一二三四五六])"
_HEADED_DAY = re.compile(
    rf"^\s*(?:[(（][一二三四五六七八九十\d]{{1,4}}[)）]|[一二三四五六七八九十]{{1,3}}、|\d{{1,3}}[.、．](?!\d)|[①-⑳]|{_STAGE}[:：、])?"
    r"[^。,，;；()（）]{1,16}[(（](?P<day>[^()（）]{2,40}(?:[日号月底末前旬年]|季度))[)）][。:：]"
)
#: 一行里接连写着的几个阶段。
_STAGES = re.compile(r"(?=第[一二三四五六]阶段[(（])")
_SENTENCE = re.compile(r"[^。;；\n]+[。;；]?")
_CLAUSE = re.compile(r"[^,，;；]+[,，;；]?")
_EVERY = re.compile(r"每(?:年|半年|季|个?月|周|两)|按[月季]")
_NAMES = r"部门|单位|机关|街道|镇街|办公室|公开办|中心|科室|处室|[局委办厅镇乡股所站]|科(?![学技目研普])|政府|园区|县区|区县|各地|成员|管委会|领导小组|各村|各社区|村委会|各(?:区县|县区|市州|街镇|镇街)|[市县区州][)）]"
_VERB = (
    r"要|应当?|须|必须|需|将|负责|牵头|每|请|可|至少|于|在|定期|按|务必|根据|结合|对|会同|组织|汇总|审核|开展|完成|制定|编制|报送|更新"
    r"|收集|梳理|填写|建立|配合|通过|统一|全面|认真|严格|及时|切实|形成|抽查|验收|负有|依托|依据|依照|公布|公开|同步"
    r"|印发|下发|召开|举办|组建|成立|发布|推进|落实|指导|督促|检查|对照|起草|做好|加强|接受|受理|答复|整改|部署|总结|通报|评估|考核|选取|遴选|启动|逐[项条一]|委托|立即|抓紧|加快|予以|确定|指定|安排|配备|填报|提交|反馈|上报|选派"
)
_SUBJECT = re.compile(
    rf"^(?:请|要求|由)?(?P<who>(?:[\u4e00-\u9fff()（）]{{1,20}}[、,，]){{0,5}}?(?:\d{{1,3}}个)?[\u4e00-\u9fff()（）]{{0,24}}?(?:{_NAMES}))"
    rf"(?P<head>主要负责人|主要负责同志|负责人)?(?:(?:年度|工作)?(?:报告|方案|总结|计划|台账|年报))?…{{0,2}}(?P<verb>{_VERB})"
)
_TIMED = ("每", "同步", "于", "在", "定期", "按", "将", "要", "应", "须", "负责")
_ONLY_ROLE = re.compile(r"(?:具体|牵头|分别|共同)?(?:负责|牵头)(?:落实|实施|组织|办理)?[，,。;；]?")
#: 不在句首的,要有这些词才算谁做什么。
_MODAL = re.compile("要|应当?|须|必须|将|负责|牵头|每|会同")
#: 这样开头的是做什么,不是谁做。
_DOING = re.compile(
    r"(?:加强|推动|推进|完善|做好|强化|督促|指导|组织|鼓励|支持|引导|健全|建立|规范|落实|开展|提升|提高|深化|优化|加大|根据|按照|对照|围绕"
    r"|积极|全面|及时|进一步|严格|切实|认真|通过|依托|充分|不断|继续|结合|公开|公布|完成|制定|编制|梳理|明确|确保|坚持|配合|以|在|对|将|把|向|为|与|如|凡)"
)
_BY = re.compile(
    r"由(?P<who>[\u4e00-\u9fff、,，]{2,60}?)(?P<lead>牵头|会同)?(?:负责|组织|承担|落实|实施|(?<=牵头)|(?<=会同))"
)
_WITH = re.compile(
    r"^(?P<more>[\u4e00-\u9fff()（）、]{2,60}?(?:部门|单位|街道|中心|管委会|[局委办镇乡股所站科处室院厅]))"
    r"(?=每|对|于|在|定期|组织|开展|建立|制定|负责|完成|做好|加强|及时|按|共同|联合|检查|通报|[,，])"
)
_HERE = {"本地": "各地", "本部门": "各部门", "本单位": "各单位", "本地区": "各地区", "本系统": "各系统"}
_OVERSEES = re.compile(r"督查|督促|考核|牵头|会同|统筹")
_OPTIONAL = re.compile(r"有条件|鼓励|可以?探索|支持")
#: 最短多长才算一项任务。
_SHORTEST = 3


def is_duty(line: str, paper: Paper) -> bool:
    """Whether a line outside the groups gives somebody named a day or a period."""
    sentences = [tidy(match[0]) for match in _SENTENCE.finditer(line)]
    return any(
        bool(_bearer(one, paper)) and (bool(paper.dues(one)) or _EVERY.search(one) is not None)
        for one in sentences
    )


def duties(line: str, paper: Paper) -> Iterator[Task]:
    """The sentences of a line that name a bearer or a day; a day in its heading holds for all of it."""
    stages = _STAGES.split(line)
    if len(stages) > 2:
        for stage in filter(None, map(str.strip, stages)):
            yield from duties(stage, paper)
        return
    dated = _HEADED_DAY.match(line)
    found = paper.dues(dated["day"], cell=True) if dated else []
    if dated and found:
        body = tidy(line[dated.end() :])
        who = _bearer(body, paper)
        parts = led(body)
        joint = who.lead and "会同" in body
        yield Task(
            body, parts or (who if joint else Roles((), (*who.lead, *who.responsible))), found[-1], dated["day"]
        )
        return
    for sentence in (part for whole in _borne(line, paper) for part in _by_subject(whole, paper)):
        who, found = _bearer(sentence, paper), paper.dues(sentence)
        again = limits.recurrence(sentence)
        if len(found) > 1:
            for piece, due in parted(sentence, found)[1]:
                yield Task(tidy(piece), _bearer(tidy(piece), paper) or who, due, None, limits.recurrence(piece))
        elif len(sentence) >= _SHORTEST and (found or who):
            yield Task(sentence, who, found[-1] if found else None, None, again)


def _borne(line: str, paper: Paper) -> Iterator[str]:
    """The sentences of a line; what goes on after a semicolon without a bearer of its own belongs to what stands before."""
    sentence = ""
    for match in _SENTENCE.finditer(line):
        if sentence.endswith((";", "；")) and not _SUBJECT.match(_without_days(match[0], paper)):
            sentence += match[0]
            continue
        if tidy(sentence):
            yield tidy(sentence)
        sentence = match[0]
    if tidy(sentence):
        yield tidy(sentence)


def _by_subject(sentence: str, paper: Paper) -> Iterator[str]:
    """A sentence parted before each further clause that gives somebody else a day or a period."""
    start, borne = 0, False
    for clause in _CLAUSE.finditer(sentence):
        words = _without_days(clause[0], paper)
        match = _SUBJECT.match(words)
        named = match is not None and not _DOING.match(match["who"]) and match["verb"] in _TIMED
        # “……,某科负责。”说的是前面的事由谁负责。
        behind = match is not None and _ONLY_ROLE.fullmatch(words[match.end("who") :]) is not None
        if named and borne and clause.start() and not behind:
            yield tidy(sentence[start : clause.start()])
            start = clause.start()
        borne = borne or named or (clause.start() == 0 and words.strip("，,") not in ("", "于"))
    yield tidy(sentence[start:])


def _bearer(sentence: str, paper: Paper) -> Roles:
    """Who bears a duty: its subject, or whoever 本地、本部门 stands for; an overseer leads, all others are responsible."""
    named = led(sentence)
    if named:
        return Roles(named.lead, named.responsible)
    if label := LABEL.search(sentence):
        return roles(sentence[label.start() :])
    sentence = _without_days(sentence, paper)
    for clause in _CLAUSE.finditer(sentence):
        rest = sentence[clause.start() :]
        match = _SUBJECT.match(rest)
        if match and not _DOING.match(match["who"]) and (clause.start() == 0 or _MODAL.fullmatch(match["verb"])):
            return _subject(match, rest)
        if clause.start() > 60:
            break
    by = _BY.search(sentence)
    if by:
        units = tuple(split(by["who"]))
        return Roles(units, ()) if by["lead"] else Roles((), units)
    return Roles((), tuple(dict.fromkeys(here for word, here in _HERE.items() if word in sentence)))


def _without_days(sentence: str, paper: Paper) -> str:
    """A sentence with 于 for its days, and without those that it begins with."""
    parts, at = [], 0
    for due in paper.dues(sentence):
        parts += [sentence[at : due.at].removesuffix("于").removesuffix("在"), "于"]
        at = due.end
    return re.sub(r"^于[，,]", "", "".join([*parts, sentence[at:]]))


def _subject(match: re.Match[str], sentence: str) -> Roles:
    units = tuple(split(match["who"]))
    if match["verb"] == "会同":
        more = _WITH.match(sentence[match.end() :])
        return Roles(units, tuple(split(more["more"])) if more else ())
    leads = all(unit.endswith(("牵头单位", "牵头部门")) for unit in units) or (
        len(units) == 1
        and not units[0].startswith("各")
        and not match["head"]
        and _OVERSEES.search(sentence) is not None
    )
    return Roles(units, ()) if leads else Roles((), units)


def parted(sentence: str, found: list[Due]) -> tuple[str, list[tuple[str, Due]]]:
    """What stands apart from the dated clauses, and each of these with the undated ones behind it.

    What some may do beyond (有条件的单位可探索) has no day.
    """
    before, pieces, left = "", [], deque(found)
    for clause in _CLAUSE.finditer(sentence):
        here = []
        while left and left[0].at < clause.end():
            here.append(left.popleft())
        if here:
            pieces.append((clause[0], here[-1]))
        elif pieces and not _OPTIONAL.match(clause[0]):
            pieces[-1] = (pieces[-1][0] + clause[0], pieces[-1][1])
        else:
            before += clause[0]
    return before, pieces
