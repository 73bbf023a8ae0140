"""样本区的标准目录:十个领域,一个修订过、一个在审、一个镇街引用。"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.due_clauses import clauses
from gongkai.org.models import User
from gongkai.org.sample import OFFICE, District, moment
from gongkai.standards import actions
from gongkai.standards.models import Area, Row, Standard
from gongkai.standards.terms import Cause, Conclusion

SITE = "■政府网站 □政府公报 ■两微一端 ■公开查阅点 ■政务服务中心 □其他"
LAW = "《中华人民共和国政府信息公开条例》、本领域基层政务公开标准指引"
TOWN, REVISED, WAITING = "MH05", "社会救助", "城市综合执法"


def load(district: District) -> None:
    """The catalogues, through the room's own actions; the dates are counted back from ``until``."""
    _Catalogue(district).load()


class _Catalogue:
    """The catalogues: who draws them up and who checks them, and the lines of the table."""

    def __init__(self, district: District) -> None:
        text = files("gongkai.standards").joinpath("data", "demo_catalogue.toml").read_text("utf-8")
        self.district, self.table, self.until = district, tomllib.loads(text), district.until
        self.office = district.person(OFFICE, Role.OFFICE)
        self.known: dict[str, list[dict[str, Any]]] = {}

    def load(self) -> None:
        first = self.until - DAY * 500
        actions.install_areas(by=None, at=moment(first, 9))
        made = {
            row["name"]: self._area(row, self.until - DAY * (380 - 14 * n))
            for n, row in enumerate(self.table["area"])
        }
        self._revise(made[REVISED])
        self._town(Standard.objects.live().get(area__name=REVISED))
        actions.recount(on=self.until, at=moment(self.until, 2, 40))
        self._events(made["重大建设项目"])
        self._excuse(made["医疗卫生"])

    def _due(self, text: str) -> list[dict[str, Any]]:
        if text not in self.known:
            self.known[text] = [one.facts() for one in clauses(text)]
        return self.known[text]

    def _area(self, row: dict[str, Any], day: date) -> Standard:
        area, desk = Area.objects.get(name=row["name"]), self.district.desks[row["agency"]]
        clerk, head = desk.people[Role.CLERK], desk.people[Role.HEAD]
        lines, above = [], ""
        for number, text in enumerate([*self.table["common"], *row["rows"]], start=1):
            level1, level2, content, due, _ = text.split("|")
            columns = {
                "序号": str(number),
                "一级事项": level1,
                "二级事项": level2,
                "公开内容": content,
                "公开依据": LAW,
                "公开时限": due,
                "公开主体": desk.agency.name,
                "公开渠道和载体": SITE,
                "公开对象": {"全社会": True},
                "公开方式": {"主动": True},
                "公开层级": {"县级": True},
            }
            merged = ["一级事项", "公开依据"] if level1 == above else []
            lines.append(
                {
                    "at": number + 3,
                    "columns": columns,
                    "due": self._due(due),
                    "channels": ["政府网站", "两微一端", "公开查阅点"],
                    "merged": merged,
                    "doubts": [],
                }
            )
            above = level1
        given = list(lines[0]["columns"])
        intake = actions.keep_sheet(
            area,
            desk.agency,
            f"{area}领域标准目录.xlsx",
            "0" * 64,
            lines,
            given,
            dict.fromkeys(given, 100),
            [],
            by=clerk,
            at=moment(day, 9),
        )
        made = actions.take_in(intake, day.year, by=clerk, at=moment(day, 9, 30))
        self._link(made, [text.rpartition("|")[2] for text in [*self.table["common"], *row["rows"]]])
        actions.submit(made, by=clerk, at=moment(day, 10))
        return made if row["name"] == WAITING else self._publish(made, head, day + DAY * 3)

    def _link(self, standard: Standard, words: list[str]) -> None:
        actions.link_rows(
            {row.pk: found for row, found in zip(standard.rows.all(), words, strict=True)},
            standard,
            by=standard.drafted_by,
            at=standard.created_at,
        )

    def _publish(self, made: Standard, head: User, day: date) -> Standard:
        return actions.publish(Standard.objects.get(pk=made.pk), by=head, on=day, at=moment(day, 15))

    def _revise(self, standard: Standard) -> None:
        """One area was reviewed and revised: a shorter limit, a longer one with its reason, a row more."""
        desk = self.district.desks[standard.agency.code]
        clerk, head, day = desk.people[Role.CLERK], desk.people[Role.HEAD], self.until - DAY * 60
        actions.review(
            standard,
            Cause.YEARLY,
            Conclusion.CHANGE,
            "核对了救助政策的新规定，部分时限要调整。",
            by=head,
            on=day,
            at=moment(day, 9),
        )
        new = actions.revise(
            Standard.objects.get(pk=standard.pk),
            day.year,
            "按新的救助办法调整时限。",
            by=clerk,
            at=moment(day, 10),
        )
        monthly = new.rows.get(level2="低保对象名单")
        actions.save_row(monthly, {"due_text": "每月"}, by=clerk, at=moment(day, 10, 10))
        funds = new.rows.get(level2="备用金使用")
        actions.save_row(
            funds, {"due_text": "每半年", "reason": "备用金改为半年结算一次。"}, by=clerk, at=moment(day, 10, 20)
        )
        actions.save_row(
            Row(standard=new, subject=standard.agency.name),
            {
                "level1": "监督投诉",
                "level2": "经办人员近亲属备案",
                "content": "备案人数、核查情况",
                "basis": LAW,
                "due_text": "每年12月31日前",
                "channel_text": SITE,
                "words": "备案",
            },
            by=clerk,
            at=moment(day, 10, 30),
        )
        actions.submit(Standard.objects.get(pk=new.pk), by=clerk, at=moment(day, 11))
        self._publish(new, head, day + DAY * 5)

    def _town(self, standard: Standard) -> None:
        """A town takes over what it deals with."""
        desk, day = self.district.desks[TOWN], self.until - DAY * 30
        wanted = standard.rows.filter(level1__in=("最低生活保障", "临时救助", "特困人员救助供养")).values_list(
            "pk", flat=True
        )
        made = actions.inherit(
            standard, desk.agency, list(wanted), day.year, by=desk.people[Role.CLERK], at=moment(day, 9)
        )
        actions.submit(made, by=desk.people[Role.CLERK], at=moment(day, 9, 30))
        self._publish(made, desk.people[Role.HEAD], day + DAY)

    def _events(self, standard: Standard) -> None:
        """Events from which a clock runs: one is overdue, one is still open."""
        for level2, what, ago in (
            ("征地批准文件", "收到青石镇工业地块征地批复", 40),
            ("竣工验收", "滨湖路改造工程通过验收", 6),
        ):
            charge = standard.charges.select_related("agency").get(row__level2=level2)
            clerk, day = self.district.desks[charge.agency.code].people[Role.CLERK], self.until - DAY * ago
            actions.enter_event(charge, day, what, by=clerk, at=moment(self.until, 10))

    def _excuse(self, standard: Standard) -> None:
        """Two rows are another agency's: one agreed to, one waits."""
        desk = self.district.desks[standard.agency.code]
        clerk, day = desk.people[Role.CLERK], self.until - DAY * 20
        for level2, agreed in (("采供血", True), ("饮用水供水单位卫生许可", False)):
            found = standard.charges.filter(row__level1=level2) | standard.charges.filter(row__level2=level2)
            pks = list(found.values_list("pk", flat=True))
            actions.excuse(pks, desk.agency, "由市级主管部门负责，本区没有这项职责。", by=clerk, at=moment(day, 9))
            if agreed:
                actions.judge_excuse(pks, desk.agency, True, by=self.office, at=moment(day + DAY, 9))
