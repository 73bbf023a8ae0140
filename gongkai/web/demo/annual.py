"""样本区的2025年度报告:由样本案卷计出,走完编制、审核、公布;几份停在各个环节,一份公布以后更正过。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.records.models import Record
from gongkai.reports import actions, publishing
from gongkai.reports.models import AnnualReport
from gongkai.reports.terms import Scope

from .compose import moment

YEAR = 2025
FIRST = date(2026, 1, 6)
#: 公布了的:单位、哪天公布;教育局的迟了。
PUBLISHED = {
    "MH0101": date(2026, 1, 16), "MH0104": date(2026, 2, 4), "MH0107": date(2026, 1, 20), "MH0112": date(2026, 1, 22),
    "MH0122": date(2026, 1, 27), "MH02": date(2026, 1, 15), "MH05": date(2026, 1, 29),
}  # fmt: skip
GOVERNMENT, WHOLE_ON = "MH01", date(2026, 3, 20)
CORRECTED, CORRECTED_ON = "MH0107", date(2026, 4, 9)
#: 停在半路的:编制中、被退回、待单位负责人、待区政府办。
UNDER_WAY = {"MH0105": 0, "MH0106": 1, "MH0108": 2, "MH0109": 3}
PRACTICE = (
    "政府信息管理方面，修订公开目录，全年核对在用规范性文件并公布清理结果。平台建设方面，网站设立{n}个专栏，政务新媒体由专人维护。"
    "监督保障方面，组织政务公开培训{n}次，工作考核结果纳入年度考核；开展社会评议，发放问卷{m}份；没有发生责任追究的情形。"
)
PROBLEMS = (
    "上年指出的栏目更新不及时已经整改，{n}个栏目改为按周更新。本年存在的问题：一是政策解读以文字为主，图解、视频只有{n}件；"
    "二是个别答复书说理不够充分。改进措施：把解读材料同文件一并起草、一并报批；答复书由法制机构逐件审核，每季度讲评一次。"
)


def load(desks: dict[str, Any], publish: Callable[..., object], progress: Callable[[str, int, int], None]) -> None:
    """Publish the reports, the district's last; ``publish(edition, desk, day)`` takes one through its reviews."""
    office = desks["MH0101"].people[Role.OFFICE]
    total = len(PUBLISHED) + len(UNDER_WAY) + 1
    for number, (code, stop) in enumerate(UNDER_WAY.items(), 1):
        annual = _written(desks[code], number)
        _as_far_as(annual, desks[code], stop)
        progress("年度报告", number, total)
    for number, (code, day) in enumerate(PUBLISHED.items(), len(UNDER_WAY) + 1):
        _publish(_written(desks[code], number), desks[code], day, office, publish)
        progress("年度报告", number, total)
    _publish(_written(desks[GOVERNMENT], total, Scope.WHOLE), desks[GOVERNMENT], WHOLE_ON, office, publish)
    _correct(desks[CORRECTED], publish)
    progress("年度报告", total, total)


def _written(desk: Any, n: int, scope: Scope = Scope.OWN) -> AnnualReport:
    clerk, at = desk.people[Role.CLERK], moment(FIRST, 9)
    annual = actions.start(desk.agency, YEAR, by=clerk, at=at, scope=scope)
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
    at = moment(FIRST + DAY, 9)
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
    edition = publishing.draft(annual, by=clerk, at=at)
    publish(edition, desk, day)
    actions.published(Record.objects.get(pk=edition.record_id), at=moment(day, 16))


def _correct(desk: Any, publish: Callable[..., object]) -> None:
    annual = desk.agency.annual_reports.get(year=YEAR)
    clerk, at = desk.people[Role.CLERK], moment(CORRECTED_ON, 9)
    actions.put(annual, 2, "coercion", 0, "6", "行政执法公示平台", "年底补录", by=clerk, at=at)
    actions.correct(annual, "行政执法公示平台年底补录，行政强制件数有变动。", by=desk.people[Role.HEAD], at=at)
    publish(publishing.draft(annual, by=clerk, at=at), desk, CORRECTED_ON)
