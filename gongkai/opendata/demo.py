"""样本区的公共数据:四十个数据集,有受限的、禁止的、过期的、收紧了的、等批准的;申请、需求、成果、用量。"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.opendata.terms import Cycle, Opening
from gongkai.org.sample import OFFICE, Desk, District, moment

from . import actions, calls
from .actions.catalogue import VALUES
from .models import Dataset
from .samples import Maker
from .terms import DemandOutcome

SUMMARY = "{about}。按{cycle}更新，可以用于查询、分析和开发便民应用。"
CYCLES = {
    "yearly": "年",
    "monthly": "月",
    "weekly": "周",
    "daily": "日",
    "quarterly": "季度",
    "half_yearly": "半年",
}


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    table = tomllib.loads(files("gongkai.opendata").joinpath("data", "demo.toml").read_text("utf-8"))
    office = district.desks[OFFICE].people[Role.OFFICE]
    made = {}
    for number, row in enumerate(table["dataset"], 1):
        made[row["title"]] = _dataset(row, table, district.desks[row["agency"]], office, district.until)
        if number % 10 == 0:
            district.progress("公共数据", number, len(table["dataset"]))
    _asked(table, made, district, office)
    _applied(made, district)
    _used(made, district.until)


def _dataset(row: dict[str, Any], table: dict[str, Any], desk: Desk, office: Any, until: date) -> Dataset:
    clerk, head = desk.people[Role.CLERK], desk.people[Role.HEAD]
    last = until - DAY * row["ago"]
    # 有接口的、受限的给两版,其余的一版,样本装得快
    first = until - DAY * row["first"] if row.get("interface") or row.get("restricted") or "ended" in row else last
    cycle = CYCLES.get(row["cycle"], "需要")
    values = {
        "title": row["title"],
        "summary": SUMMARY.format(about=row["about"], cycle=cycle),
        "office": "综合科",
        "phone": desk.agency.phone,
        "domain": row["domain"],
        "cycle": row["cycle"],
        "tags": row.get("tags", ""),
        "has_interface": row.get("interface", False),
        "sharing": "free",
        "sums": row.get("sums", ""),
        "data_until": None,
    }
    assert set(values) <= set(VALUES)
    dataset = actions.catalogue(desk.agency, values, by=clerk, at=moment(first, 9))
    if basis := row.get("prohibited"):
        actions.judge(dataset, {"barred": True}, basis=basis, by=clerk, at=moment(first, 10))
        return dataset
    version = _handed_in(dataset, row, table, clerk, first)
    if row.get("draft"):
        return dataset
    dataset = _graded(dataset, row, clerk, first)
    answers = {"authorised": True} if row.get("restricted") else {}
    ruling = actions.judge(dataset, answers, conditions=row.get("conditions", ""), by=clerk, at=moment(first, 11))
    if row.get("waiting"):
        return dataset
    actions.approve(ruling, by=office, at=moment(first, 14))
    actions.open_version(version, "看过各列，没有个人信息。", by=head, at=moment(first, 15))
    dataset = _fresh(dataset)
    if last > first:
        # 每年重新判定;判出来一样的当时生效
        actions.judge(dataset, answers, conditions=row.get("conditions", ""), by=clerk, at=moment(last, 9))
        newer = _handed_in(dataset, row, table, clerk, last)
        actions.open_version(newer, "同上一版，没有个人信息。", by=head, at=moment(last, 15))
    if reason := row.get("ended"):
        actions.end_updating(_fresh(dataset), reason, last, by=clerk, at=moment(last + DAY * 5, 9))
    if reason := row.get("tightened"):
        actions.tighten(_fresh(dataset), Opening.PENDING, reason, by=clerk, at=moment(until - DAY * 3, 9))
    return _fresh(dataset)


def _fresh(dataset: Dataset) -> Dataset:
    return Dataset.objects.select_related("agency", "current").get(pk=dataset.pk)


def _handed_in(dataset: Dataset, row: dict[str, Any], table: dict[str, Any], clerk: Any, day: date) -> Any:
    text = Maker(table, row["title"], day).text(row["columns"], row["rows"])
    version, report = actions.upload(
        dataset,
        text.encode(),
        f"{row['title']}.csv",
        note=f"{day.year}年{day.month}月的数据",
        by=clerk,
        at=moment(day, 10),
    )
    if version is None:
        raise ValueError(f"样本“{row['title']}”没有收下：{report['faults'][:3]}")
    return version


def _graded(dataset: Dataset, row: dict[str, Any], clerk: Any, day: date) -> Dataset:
    """Every field explained; the last one of restricted data bears the level that restricts it."""
    about = {column.split("|")[0]: column.split("|")[2:] for column in row["columns"]}
    level = row.get("restricted", "L1")
    fields = []
    for field in dataset.fields.all():
        unit, meaning = about[field.title]
        fields.append(field.described() | {"unit": unit, "meaning": meaning, "level": "L1", "is_quasi": False})
    fields[-1]["level"] = level
    return actions.save_fields(dataset, fields, by=clerk, at=moment(day, 10, 30))


def _asked(table: dict[str, Any], made: dict[str, Dataset], district: District, office: Any) -> None:
    """Demands with their answers, and what was made of the data."""
    for row in table["demand"]:
        desk, day = district.desks[row["agency"]], district.until - DAY * row["ago"]
        demand, _ = actions.ask(
            desk.agency, row["title"], row["text"], contact={"name": "市民某"}, at=moment(day, 19)
        )
        if "outcome" in row:
            actions.answer(
                demand,
                DemandOutcome.from_value(row["outcome"]),
                row["reply"],
                made.get(row.get("dataset", "")),
                by=desk.people[Role.CLERK],
                at=moment(day + DAY * 6, 10),
            )
    for row in table["use"]:
        given = {"title": row["title"], "kind": row["kind"], "maker": row["maker"], "url": "", "text": row["text"]}
        use = actions.propose_use(
            given, [made[title] for title in row["datasets"]], at=moment(district.until - DAY * 20, 20)
        )
        if row.get("shown"):
            actions.decide_use(use, True, by=office, at=moment(district.until - DAY * 18, 10))


def _applied(made: dict[str, Dataset], district: District) -> None:
    """Restricted data: one agreed to, one waiting, one refused."""
    energy, trips = made["规模以上企业用能明细"], made["网约车运行轨迹抽样"]
    head = district.person("MH0103", Role.HEAD)
    given = (
        "研究工业企业用能结构，提出节能建议。",
        "某大学能源研究平台",
        12,
        "专人专机，内网使用，到期粉碎介质。",
    )
    contact = {"holder": "某大学能源研究所", "name": "申请人某", "phone": "0571-00009999"}
    until = district.until
    application, _ = actions.apply(energy, *given, contact=contact, at=moment(until - DAY * 90, 10))
    actions.decide(application, True, "", "每季度报告一次使用情况。", by=head, at=moment(until - DAY * 84, 10))
    two, _ = actions.apply(
        energy, "商业推广。", "某推广系统", 6, "存在本公司。", contact=contact, at=moment(until - DAY * 40, 10)
    )
    actions.decide(
        two, False, "用途同开放条件不符，可以使用公开的分行业数。", by=head, at=moment(until - DAY * 33, 10)
    )
    actions.apply(
        trips,
        "研究路网运行速度。",
        "某设计院交通模型",
        12,
        "专人专机。",
        contact=contact,
        at=moment(until - DAY * 5, 10),
    )
    key, _ = actions.issue_key("明湖停车助手", {"email": "app@lab.example"}, at=moment(until - DAY * 50, 10))
    assert key.pk
    for stars in (5, 5, 4, 4, 3, 5):
        actions.rate(
            made["公共停车场名录"], stars, "" if stars > 3 else "希望加上经纬度。", at=moment(until - DAY * 10, 12)
        )


def _used(made: dict[str, Dataset], until: date) -> None:
    """A month of calls, so that the figures are not all nought."""
    lines = []
    for number, dataset in enumerate(made.values()):
        if dataset.is_usable:
            for back in range(30):
                day = until - DAY * back
                lines += calls.noted_line(dataset.pk, "download", day, number % 4 + back % 3)
                if dataset.has_interface and dataset.cycle != Cycle.REALTIME:
                    lines += calls.noted_line(dataset.pk, "interface", day, 6 + back % 9)
    calls.append(lines)
    actions.count_usage()
