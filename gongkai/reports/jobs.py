"""年报的后台任务:公布期限前的提醒、封存以后台账变动的提醒;公开了就记下公布之日。"""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.law.agencies import AgencyKind
from gongkai.law.report import due_on, from_row
from gongkai.org.actions import log
from gongkai.org.jobs import follower, periodic
from gongkai.org.models import Agency, LogEntry
from gongkai.records.models import Record

from . import actions
from .figures import report_of
from .models import AnnualReport

#: 公布期限以前还有几天时提醒;当天和逾期次日也各一次。
BEFORE = (30, 14, 7, 3, 1, 0, -1)
#: 要编年度报告的机关。
REPORTING = (AgencyKind.GOVERNMENT, AgencyKind.DEPARTMENT, AgencyKind.TOWN)


def unpublished(year: int) -> list[Agency]:
    """The agencies that must report on the year and have not published yet."""
    done = AnnualReport.objects.filter(year=year).exclude(published_on=None).values("agency")
    rows = Agency.objects.filter(kind__in=REPORTING, ended_on=None).exclude(pk__in=done)
    return list(rows)


@periodic("reports.remind", "年度报告：公布期限前的提醒", daily=time(7, 20))
def remind(*, on: date, at: datetime) -> str:
    """Told on fixed days, so that a night made up tells what that night would have told."""
    year, count = on.year - 1, 0
    for agency in unpublished(year):
        due = due_on(AgencyKind(agency.kind), year)
        left = (due - on).days
        if left in BEFORE:
            told = f"还有{left}天" if left > 0 else "今天是最后一天" if left == 0 else "已经逾期"
            # 不写 about:机关本身没有变,写了它,网页要全部重写
            log("reports.remind", f"{agency}{year}年度报告应当在{due}以前公布，{told}", at=at, agency=agency)
            count += 1
    return f"提醒了{count}个机关" if count else "没有要提醒的"


@periodic("reports.watch", "年度报告：封存以后台账有没有变动", daily=time(1, 30))
def watch(*, on: date, at: datetime) -> str:
    """A figure that the register would now give otherwise is told once for each state; nothing is changed (C62)."""
    found = 0
    for annual in AnnualReport.objects.exclude(frozen={}).select_related("agency").order_by("pk"):
        changes = drift(annual)
        if not changes:
            continue
        found += 1
        cells = "；".join(f"{one['where']}由{one['before']}变为{one['after']}" for one in changes[:5])
        said = LogEntry.objects.about(annual).filter(action="reports.drift").order_by("-seq").first()
        if said is None or said.detail.get("cells") != cells:
            actions.noted("reports.drift", annual, "封存以后台账有变动，请核对是否要更正", at=at, cells=cells)
    return f"{found}份封存的年报同台账不一致" if found else "封存的年报同台账一致"


def drift(annual: AnnualReport) -> list[dict]:
    """The cells in which a recount today differs from the seal."""
    return actions.differences(from_row(annual.frozen), report_of(annual))


@follower("reports", "年度报告：公布的信息公开以后记下公布之日")
def follow(entries: list[LogEntry]) -> None:
    """Note the day of publication when the information became public."""
    for entry in entries:
        if entry.action.startswith("records.") and entry.object_type == "records.record":
            record = Record.objects.filter(pk=entry.object_id, annual_report__published_on=None).first()
            if record is not None:
                actions.published(record, at=entry.at)
