"""政府网站和政务新媒体(合称阵地)从拟设到注销:哪一步之后能走哪一步,公告要写哪五样,注销以前不停更。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from . import params
from .errors import RuleBroken
from .sources import implements
from .terms import Term


class Platform(Term):
    """在哪里。"""

    SITE = "site", "网站"
    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "微博"
    DOUYIN = "douyin", "抖音号"
    VIDEO = "video", "微信视频号"
    TOUTIAO = "toutiao", "今日头条号"
    APP = "app", "移动客户端"
    MINI = "mini", "小程序"
    OTHER = "other", "其他"


class State(Term):
    """走到哪里。"""

    PLANNED = "planned", "拟设"
    PENDING = "pending", "待批"
    FILING = "filing", "待备案"
    RUNNING = "running", "运行"
    PAUSED = "paused", "暂停整改"
    CLOSING = "closing", "拟关停"
    ANNOUNCED = "announced", "公告中"
    CANCELLING = "cancelling", "注销中"
    CLOSED = "closed", "已注销"


#: What the public can reach: everything between filing and the end.
ONLINE = (State.RUNNING, State.PAUSED, State.CLOSING, State.ANNOUNCED, State.CANCELLING)
BEFORE = (State.PLANNED, State.PENDING, State.FILING)


class Step(Term):
    """一步。"""

    SUBMIT = "submit", "报批"
    APPROVE = "approve", "批准开设"
    REFUSE = "refuse", "退回"
    FILE = "file", "完成备案"
    PAUSE = "pause", "暂停整改"
    RESUME = "resume", "恢复运行"
    CLOSE = "close", "申请关停"
    KEEP = "keep", "不再关停"
    ANNOUNCE = "announce", "批准关停，开始公告"
    CANCEL = "cancel", "开始注销"
    END = "end", "注销完毕"


S = State
#: Step → from which states, to which one. What is not here is not allowed: no way leads past the notice or back from the end.
WAYS: dict[Step, tuple[tuple[State, ...], State]] = {
    Step.SUBMIT: ((S.PLANNED,), S.PENDING),
    Step.APPROVE: ((S.PENDING,), S.FILING),
    Step.REFUSE: ((S.PENDING,), S.PLANNED),
    Step.FILE: ((S.FILING,), S.RUNNING),
    Step.PAUSE: ((S.RUNNING,), S.PAUSED),
    Step.RESUME: ((S.PAUSED,), S.RUNNING),
    Step.CLOSE: ((S.RUNNING, S.PAUSED), S.CLOSING),
    Step.KEEP: ((S.CLOSING,), S.RUNNING),
    Step.ANNOUNCE: ((S.CLOSING,), S.ANNOUNCED),
    Step.CANCEL: ((S.ANNOUNCED,), S.CANCELLING),
    Step.END: ((S.CANCELLING,), S.CLOSED),
}


def possible(state: State) -> tuple[Step, ...]:
    """The steps that lead on from a state.

    >>> [step.label for step in possible(State.ANNOUNCED)], possible(State.CLOSED)
    (['开始注销'], ())
    """
    return tuple(step for step, (before, _) in WAYS.items() if state in before)


@implements("media123")
def after(state: State, step: Step) -> State:
    """Where a step leads.

    Raises:
        RuleBroken: it does not lead on from there.
    """
    before, then = WAYS[step]
    if state not in before:
        raise RuleBroken(
            f"“{state.label}”的不能“{step.label}”",
            fix=f"要先是{'、'.join(one.label for one in before)}。",
        )
    return then


@dataclass(frozen=True, slots=True)
class Notice:
    """关停公告的五样:依据、账号(网站)全称和平台、停止发布之日、启动注销之日、替代渠道。"""

    basis: str = ""
    names: str = ""
    stop_on: date | None = None
    cancel_on: date | None = None
    instead: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The elements that are not there."""
        given = {
            "依据": self.basis.strip(),
            "全称和平台": self.names.strip(),
            "停止发布之日": self.stop_on,
            "启动注销之日": self.cancel_on,
            "替代渠道": self.instead.strip(),
        }
        return tuple(label for label, value in given.items() if not value)


def closing_days(platform: Platform, on: date) -> params.Param:
    """How long the notice of a closure stands before the cancelling begins."""
    return params.at(
        "inspection.site_closing_days" if platform is Platform.SITE else "inspection.account_closing_days", on
    )


def may_announce(notice: Notice, platform: Platform, announced_on: date) -> None:
    """Announce a closure.

    Raises:
        RuleBroken: an element is missing, or the days do not leave the public its time.
    """
    if notice.missing:
        raise RuleBroken(f"关停公告缺{'、'.join(notice.missing)}", fix="五样写全，再公告。")
    assert notice.stop_on is not None and notice.cancel_on is not None
    least = closing_days(platform, announced_on)
    if (notice.cancel_on - announced_on).days < least.value:
        earliest = announced_on + timedelta(least.value)
        raise RuleBroken(
            f"启动注销之日{notice.cancel_on}离公告之日{announced_on}不足{least.value}{least.unit}",
            source=least.source,
            fix=f"请把启动注销之日定在{earliest}或者以后。",
        )
    if notice.stop_on > notice.cancel_on:
        raise RuleBroken("停止发布之日晚于启动注销之日", fix="请核对两个日子。")


def may_cancel(notice: Notice, on: date) -> None:
    """Begin to cancel.

    Raises:
        RuleBroken: the day that was announced has not come.
    """
    if notice.cancel_on is None or on < notice.cancel_on:
        raise RuleBroken(
            f"公告写的启动注销之日是{notice.cancel_on}，还没有到", fix="公告期满再注销；注销完成以前照常更新。"
        )


def owes_updates(state: State) -> bool:
    """Whether the outlet still has to be kept up: until it is cancelled, not only until its closure was decided."""
    return state in ONLINE


def update_due(platform: Platform, last: date, on: date) -> date:
    """The last day on which the next update still is in time, for a home page or an account."""
    days = params.at("inspection.update_days", max(on, date(2015, 3, 24))).value
    return last + timedelta(days)
