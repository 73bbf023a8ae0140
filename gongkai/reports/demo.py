"""样本区上一年的年度报告:由样本案卷计出,走完编制、审核、公布;两份停在半路,一份公布以后更正过。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.law.agencies import AgencyKind, Role
from gongkai.law.calendar import DAY
from gongkai.org.models import Agency
from gongkai.org.sample import District, moment
from gongkai.records.models import Record
from gongkai.reports import actions
from gongkai.reports.models import AnnualReport
from gongkai.reports.terms import Scope

#: 迟了的、更正的、停在半路的(被退回、待区政府办):其余各单位都按时公布了。
LATE, CORRECTED, GOVERNMENT = "MH0104", "MH0107", "MH01"
UNDER_WAY = {"MH0105": 1, "MH0109": 3}
PRACTICE = (
    "政府信息管理方面，修订公开目录，全年核对在用规范性文件并公布清理结果。平台建设方面，网站设立{n}个专栏，政务新媒体由专人维护。"
    "监督保障方面，组织政务公开培训{n}次，工作考核结果纳入年度考核；开展社会评议，发放问卷{m}份；没有发生责任追究的情形。"
)
PROBLEMS = (
    "上年指出的栏目更新不及时已经整改，{n}个栏目改为按周更新。本年存在的问题：一是政策解读以文字为主，图解、视频只有{n}件；"
    "二是个别答复书说理不够充分。改进措施：把解读材料同文件一并起草、一并报批；答复书由法制机构逐件审核，每季度讲评一次。"
)


def load(district: District) -> None:
    """Publish last year's reports, the district's last.

    Before the middle of April, when not all of last year's can be out, those of the year before.
    """
    desks, until, publish = district.desks, district.until, district.publish
    year = until.year - 1 if until >= date(until.year, 4, 15) else until.year - 2
    office = desks["MH0101"].people[Role.OFFICE]
    kinds = (AgencyKind.DEPARTMENT, AgencyKind.TOWN)
    standing = Agency.objects.filter(kind__in=kinds, ended_on=None).order_by("order")
    codes = standing.values_list("code", flat=True)
    total = len(codes) + 1
    for number, code in enumerate(codes, 1):
        annual = _written(desks[code], number, year)
        if code in UNDER_WAY:
            _as_far_as(annual, desks[code], UNDER_WAY[code])
        else:
            day = date(year + 1, 2, 4) if code == LATE else date(year + 1, 1, 12 + number * 7 % 18)
            _publish(annual, desks[code], day, office, publish)
        district.progress("年度报告", number, total)
    whole = _written(desks[GOVERNMENT], total, year, Scope.WHOLE)
    _publish(whole, desks[GOVERNMENT], date(year + 1, 3, 20), office, publish)
    _correct(desks[CORRECTED], year, publish)
    district.progress("年度报告", total, total)


def _written(desk: Any, n: int, year: int, scope: Scope = Scope.OWN) -> AnnualReport:
    clerk, at = desk.people[Role.CLERK], moment(date(year + 1, 1, 6), 9)
    annual = actions.start(desk.agency, year, by=clerk, at=at, scope=scope)
    words = {"n": str(n % 7 + 2), "m": str(n * 37 % 300 + 120)}
    first = annual.sections["一"].partition("政府信息管理方面")[0]
    texts = {"一": first + _with(PRACTICE, words), "五": _with(PROBLEMS, words), "六": annual.sections["六"]}
    annual = actions.save(annual, texts, by=clerk, at=at, revision=annual.revision)
    if scope is Scope.OWN:
        for row, number in (("licence", n * 53 % 400), ("penalty", n * 17 % 90), ("coercion", n % 4)):
            actions.put(annual, 2, row, 0, str(number), "行政执法公示平台", "", by=clerk, at=at)
    return annual


def _with(text: str, words: dict[str, str]) -> str:
    """Only the sample's own slots; those that the report itself fills stay."""
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _as_far_as(annual: AnnualReport, desk: Any, stop: int) -> None:
    at = moment(date(annual.year + 1, 1, 7), 9)
    if not stop:
        return
    actions.submit(annual, by=desk.people[Role.CLERK], at=at)
    if stop == 1:
        actions.judge(annual, False, "第五部分没有写上年问题的整改情况。", by=desk.people[Role.HEAD], at=at)
    if stop == 3:
        actions.judge(annual, True, "", by=desk.people[Role.HEAD], at=at)


def _publish(annual: AnnualReport, desk: Any, day: date, office: Any, publish: Callable[..., object]) -> None:
    clerk, at = desk.people[Role.CLERK], moment(day - DAY * 3, 9)
    actions.submit(annual, by=clerk, at=at)
    actions.judge(annual, True, "", by=desk.people[Role.HEAD], at=at)
    actions.judge(annual, True, "", by=office, at=at)
    edition = actions.draft(annual, by=clerk, at=at)
    publish(edition, desk, day)
    actions.published(Record.objects.get(pk=edition.record_id), at=moment(day, 16))


def _correct(desk: Any, year: int, publish: Callable[..., object]) -> None:
    annual, day = desk.agency.annual_reports.get(year=year), date(year + 1, 4, 9)
    clerk, at = desk.people[Role.CLERK], moment(day, 9)
    actions.put(annual, 2, "coercion", 0, "6", "行政执法公示平台", "年底补录", by=clerk, at=at)
    actions.correct(annual, "行政执法公示平台年底补录，行政强制件数有变动。", by=desk.people[Role.HEAD], at=at)
    publish(actions.draft(annual, by=clerk, at=at), desk, day)
