"""样本区的公共企事业单位:八家,各行业;通知有提前不够的,申诉有成立的,一份监督报告。"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.utilities import Interruption
from gongkai.org.sample import District, moment
from gongkai.standards import actions
from gongkai.standards.models import Disclosure, Enterprise

#: 单位、行业、主管部门、还没有公开的内容。
UNITS = (
    ("MH0901", "water", "MH0112", ()),
    ("MH0902", "power", "MH0102", ("quality",)),
    ("MH0903", "gas", "MH0112", ()),
    ("MH0904", "transport", "MH0113", ("emergency",)),
    ("MH0905", "heat", "MH0112", ()),
    ("MH0906", "health", "MH0118", ()),
    ("MH0907", "health", "MH0118", ("rights",)),
    ("MH0908", "school", "MH0104", ()),
)
#: 单位、种类、范围、原因、几天以后开始、提前几小时公布、持续几小时。
OUTAGES = (
    ("MH0901", Interruption.PLANNED, "滨湖路以南、人民路以西的小区", "主管接口施工", 3, 50, 8),
    ("MH0901", Interruption.PLANNED, "东岸街道柳堤新村", "水表井改造", -20, 12, 5),
    ("MH0901", Interruption.REPAIR, "青石镇老街", "管道爆裂抢修", -9, 0, 6),
    ("MH0902", Interruption.PLANNED, "白鹭镇白鹭洲村、沙溪村", "线路检修", 9, 200, 7),
    ("MH0902", Interruption.TEMPORARY, "桃溪镇工业区", "变压器缺陷处理", -14, 20, 4),
    ("MH0903", Interruption.PLANNED, "望湖街道各小区", "调压站检修", -30, 72, 10),
    ("MH0904", Interruption.CHANGE, "12路：增设湖滨医院站", "方便就医", 5, 120, 24 * 365),
)


def load(district: District) -> None:
    """The enterprises, through the room's own actions."""
    until, known = district.until, {}
    start = moment(until - DAY * 200, 9)
    for n, (code, sector, bureau, missing) in enumerate(UNITS):
        made = actions.save_enterprise(
            Enterprise(
                agency=district.desks[code].agency,
                bureau=district.desks[bureau].agency,
                sector=sector,
                site=f"https://{sector}{n}.minghu.example/",
                window="营业厅一楼信息公开窗口",
                hotline=f"0571-0000{9000 + n}",
            ),
            by=None,
            at=start,
        )
        known[code] = made
        rows = [
            Disclosure(
                enterprise=made,
                key=one.key,
                where=f"{made.site}{one.key}/",
                updated_on=until - DAY * (20 + 17 * place),
                checked_on=until - DAY * 12,
                fault="链接打不开" if (n + place) % 11 == 7 else "",
            )
            for place, one in enumerate(made.kind.contents)
            if one.key not in missing
        ]
        actions.add_disclosures(made, rows, by=None, at=start)
    for code, kind, where, reason, days, before, hours in OUTAGES:
        starts = moment(until + DAY * days, 9)
        posted = starts - timedelta(hours=before)
        values = {
            "where": where,
            "reason": reason,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=hours),
            "posted_at": posted,
        }
        actions.post_outage(
            known[code], kind, values, by=district.person(code, Role.CLERK), at=min(posted, moment(until, 9))
        )
    _complaints(district, known, moment(until - DAY * 25, 20))


def _complaints(district: District, known: dict[str, Enterprise], at: datetime) -> None:
    first, _ = actions.send_complaint(
        known["MH0901"], "水质检测结果只有去年的，今年的在网上找不到。", at=at, contact={"name": "某用户"}
    )
    actions.tell_complaint(
        first,
        True,
        "核实以后，供水公司已经补上今年各月的检测结果，以后每月更新。",
        by=district.person("MH0112", Role.CLERK),
        at=at + DAY * 6,
    )
    actions.send_complaint(known["MH0907"], "专家门诊停诊没有提前公布。", at=moment(district.until - DAY * 3, 20))
    actions.publish_statement(
        district.desks["MH0112"].agency,
        district.until.year - 1,
        "督促供水、供气、供热三家单位按目录公开，重点整改停供通知提前量不够的问题。",
        by=district.person("MH0112", Role.HEAD),
        at=moment(district.until.replace(month=1, day=20), 9),
    )
