"""回应关切办理中的用语(期限和时限的用语在 ``gongkai.law.engagement``)。"""

from __future__ import annotations

from gongkai.law.terms import Term


class LetterState(Term):
    """一封来信办到哪一步。"""

    RECEIVED = "received", "待受理"
    HANDLING = "handling", "办理中"
    DRAFTED = "drafted", "待审核"
    REPLIED = "replied", "已答复"
    DECLINED = "declined", "不受理"
    CONVERTED = "converted", "已转其他渠道"
    MERGED = "merged", "已并案"


OPEN_STATES = (LetterState.RECEIVED, LetterState.HANDLING, LetterState.DRAFTED)


class Elsewhere(Term):
    """不归这里办的,去哪里。"""

    PETITION = "petition", "信访"
    REVIEW = "review", "行政复议、诉讼、仲裁"
    HOTLINE = "hotline", "12345政务服务便民热线"
    URGENT = "urgent", "110、119、120、122"
    APPLICATION = "application", "政府信息公开申请"
    CONSULTATION = "consultation", "正在征求的意见"
    CORRECTION = "correction", "公开信息的更正"
    OTHER_ORGAN = "other_organ", "党委、人大、法院、检察院等"
    UNCLEAR = "unclear", "要素不全，无法核实"
    ADVERT = "advert", "广告"


#: 转到这些渠道的,那边有编号,两个编号都要留着。
NUMBERED = (Elsewhere.PETITION, Elsewhere.APPLICATION, Elsewhere.CONSULTATION)


class CaseState(Term):
    """一件政务舆情办到哪一步。"""

    FOUND = "found", "待研判"
    HANDLING = "handling", "处置中"
    CLOSED = "closed", "已办结"


class EntryKind(Term):
    """舆情处置里的一条。"""

    FIRST = "first", "首次发布"
    FURTHER = "further", "续报"
    BRIEFING = "briefing", "新闻发布会"
    ACTION = "action", "处置结果"
    REVIEW = "review", "事后评估"


class EventKind(Term):
    """活动的种类。"""

    OPEN_DAY = "open_day", "政府开放日"
    EXPERIENCE = "experience", "民生体验日"
    PRESS = "press", "新闻发布会"
    INTERVIEW = "interview", "在线访谈"
    TELEVISED = "tv", "电视问政"


class SignupState(Term):
    """一个报名现在怎样。"""

    IN = "in", "已报上"
    WAITING = "waiting", "候补"
    OUT = "out", "没有抽中"
    CANCELLED = "cancelled", "已取消"


class InterviewForm(Term):
    """访谈怎样进行。"""

    TEXT = "text", "图文"
    VIDEO = "video", "视频和图文"


class InterviewState(Term):
    """一期访谈走到哪一步。"""

    PLANNED = "planned", "计划"
    CALLING = "calling", "正在征集提问"
    ANNOUNCED = "announced", "已预告"
    LIVE = "live", "正在进行"
    OWING = "owing", "有问题待追答"
    CLOSED = "closed", "待公布实录"
    DONE = "done", "已完成"


class Phase(Term):
    """公众看一期访谈:还没有开始、正在进行、结束了;过了预告的日子没有举行的也说出来。"""

    BEFORE = "before", "已预告"
    LIVE = "live", "正在进行"
    OVER = "over", "已经结束"
    MISSED = "missed", "没有如期举行"


class AskedState(Term):
    """给访谈提的一个问题现在怎样。"""

    NEW = "new", "待选"
    CHOSEN = "chosen", "已选用"
    READ = "read", "已读出"
    ANSWERED = "answered", "当场答了"
    DRAFTED = "drafted", "待核定"
    REPLIED = "replied", "已公开回复"
    DECLINED = "declined", "不答"


#: 访谈结束以后还欠着回复的。
OWED_STATES = (AskedState.NEW, AskedState.CHOSEN, AskedState.READ, AskedState.DRAFTED)


class IssueSource(Term):
    """电视问政的问题从哪里来。"""

    EXPOSED = "exposed", "节目曝光"
    HOTLINE = "hotline", "热线"
    MESSAGE = "message", "网友留言"
    FLOOR = "floor", "现场提出"


class IssueState(Term):
    """电视问政的一个问题办到哪一步。"""

    FOUND = "found", "待承诺"
    PROMISED = "promised", "整改中"
    SETTLED = "settled", "待回访"
    CLOSED = "closed", "已办结"


class IssueStepKind(Term):
    """问题的一步。"""

    PROMISE = "promise", "承诺"
    RESULT = "result", "整改结果"
    KEPT = "kept", "回访属实"
    BROKEN = "broken", "回访没有办到"


class SurveyState(Term):
    """一次调查走到哪一步。"""

    DRAFT = "draft", "没有公布"
    COMING = "coming", "将要开始"
    OPEN = "open", "正在征集"
    CLOSED = "closed", "正在汇总"
    TOLD = "told", "已公布结果"
