"""公报的后台任务:定时出刊的到时记下;撤下、恢复以后重排;提醒脱期和没有报送的。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count

from gongkai.adapters import ocr
from gongkai.desk.moments import minute
from gongkai.law import gazette as law
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.org.actions import log
from gongkai.org.jobs import follower, periodic
from gongkai.org.models import LogEntry

from . import actions, figures
from .models import Issue, Masthead, ScanPage, Volume
from .terms import FormKind, IssueStage, ScanState


def _waits() -> bool:
    return Issue.objects.filter(stage=IssueStage.PUBLISHED, announced=False).exists()


@periodic("gazette.out", "公报：定时出刊的到时公布", every=timedelta(minutes=1), waits=_waits)
def out(*, at: datetime) -> str | None:
    """Whether an issue is out is a function of the clock; this tells the publisher and the lists."""
    rows = Issue.objects.filter(stage=IssueStage.PUBLISHED, announced=False, published_at__lte=at)
    done = sum(actions.announce(issue, at=at) for issue in rows)
    return f"出刊{done}期" if done else None


def _unbound() -> list[int]:
    """The years with an issue that has come out and without a whole volume."""
    bound = Volume.objects.values("year").annotate(forms=Count("pk")).filter(forms=len(FormKind))
    issues = Issue.objects.filter(announced=True).exclude(year__in=bound.values("year"))
    return list(issues.order_by("-year").values_list("year", flat=True).distinct())


#: A year that could not be bound is tried again after this time, doubled with each failure, up to the longest.
_AGAIN, _LONGEST = timedelta(minutes=10), timedelta(hours=24)
#: 年 → (又做不成几次, 什么时候再试):只在这个进程里记,后台重新启动的再试一次。
_failed: dict[int, tuple[int, datetime]] = {}


def _due(at: datetime) -> list[int]:
    return [year for year in _unbound() if year not in _failed or _failed[year][1] <= at]


@periodic("gazette.volume", "公报：缺的合订本做好", every=timedelta(minutes=2), waits=lambda: bool(_unbound()))
def volumes(*, at: datetime) -> str | None:
    """One year at a time, the newest first, so that other jobs have their turn; one that fails keeps no other back."""
    for year in _due(at):
        try:
            if actions.rebind(year, at=at):
                _failed.pop(year, None)
                return f"做好{year}年合订本"
        except RuleBroken as error:
            times = _failed.get(year, (0, at))[0] + 1
            wait = min(_AGAIN * 2 ** min(times - 1, 10), _LONGEST)
            _failed[year] = (times, at + wait)
            return f"{error.what}。{minute(at + wait)}以后再试。"
    return None


@periodic("gazette.volume_check", "公报：合订本同现在的各期对一遍", daily=time(3, 40))
def check_volumes(*, on: date, at: datetime) -> str:
    """What a day or a register's number changed without an act of the gazette's own."""
    years = Issue.objects.public(at).values_list("year", flat=True).distinct().order_by("-year")
    done, faults = [], []
    for year in years:
        try:
            if actions.rebind(year, at=at):
                done.append(str(year))
        except RuleBroken as error:
            faults.append(error.what)
    told = [f"重做了{'、'.join(done)}年合订本"] if done else []
    return "；".join(told + faults) or "都是现在的"


def _scans_wait() -> bool:
    return ocr.installed() and ScanPage.objects.filter(state=ScanState.QUEUED).exists()


@periodic("gazette.scan", "公报：识别旧公报的扫描页", every=timedelta(seconds=10), waits=_scans_wait)
def scan(*, at: datetime) -> str | None:
    """Some pages at a time, so that other jobs have their turn."""
    done = actions.recognise_scans(at=at)
    return f"识别{done}页" if done else None


@periodic("gazette.remind", "公报：脱期和没有报送的提醒", daily=time(8, 10))
def remind(*, on: date, at: datetime) -> str:
    """Told on fixed days only, so that a night made up tells what that night would have told."""
    if Masthead.objects.at(on) is None or not Issue.objects.exists():
        return "还没有办公报"
    month = law.months_on(law.month_of(on), -1)
    late = (on - law.report_due(month)).days
    told = 0
    if late in params.at("gazette.remind_days", on).value:
        whom = "联络员" if late == min(params.at("gazette.remind_days", on).value) else "分管领导"
        for agency in figures.unreported(month, on):
            log(
                "gazette.remind",
                f"{agency}{month:%Y年%-m月}的公报报送逾期{late}天，请{whom}督促",
                at=at,
                agency=agency,
            )
            told += 1
    behind = figures.overdue(on)
    return f"提醒了{told}个单位" + (f"；{behind:%Y年%-m月}的公报脱期" if behind else "")


@follower("gazette", "公报：登过的信息撤下、恢复以后重排")
def follow(entries: list[LogEntry]) -> None:
    """The old forms went with the withdrawal itself; here the new ones are made."""
    for entry in entries:
        if entry.action in ("records.withdraw", "records.lift", "records.final") and entry.object_id.isdigit():
            for issue in Issue.objects.filter(
                articles__record=int(entry.object_id), stage=IssueStage.PUBLISHED
            ).distinct():
                actions.rebuild(issue, at=entry.at)
