"""样本区的新闻发布:名录(有离任的),今年的计划和十来场发布会(各在一个环节,实录、答问公布了的),欠着的几个单位,一件纪律登记。"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from gongkai.engagement import actions
from gongkai.engagement.models import Briefing, PressItem
from gongkai.engagement.press_terms import Breach
from gongkai.law import calendar
from gongkai.law.agencies import Role
from gongkai.law.press import Level, Rank
from gongkai.org.sample import OFFICE, District, moment

Publish = Callable[..., Any]


def load(district: District) -> None:
    """Through the room's own actions; days count back from ``until``, the plan is that year's."""
    table = tomllib.loads(files("gongkai.engagement").joinpath("data", "demo_press.toml").read_text("utf-8"))
    _Sample(district, table).load()


class _Sample:
    def __init__(self, district: District, table: dict[str, Any]) -> None:
        self.desks, self.until, self.publish, self.table = district.desks, district.until, district.publish, table
        self.office = district.desks[OFFICE].people[Role.OFFICE]

    def load(self) -> None:
        for row in self.table["spokesperson"]:
            self._spokesperson(row)
        items = self._plan()
        for row in self.table["briefing"]:
            self._briefing(row, items)
        for place, row in enumerate(self.table["routine"]):
            self._routine(place, row)
        found = Briefing.objects.filter(event__title=self.table["discipline"]["briefing"]).first()
        if found is not None:
            at = moment(self.until, 9)
            day = found.event.starts_at.date()
            kind, what = Breach.from_value(self.table["discipline"]["kind"]), self.table["discipline"]["what"]
            measure = self.table["discipline"]["measure"]
            actions.note_discipline(
                found.event.agency, kind, day, what, measure, briefing=found, by=self.office, at=at
            )

    def _spokesperson(self, row: dict[str, Any]) -> None:
        desk = self.desks[row["agency"]]
        clerk = desk.people[Role.CLERK]
        since = date(self.until.year - row.get("years", 0), 1, 12)
        since = min(since, self.until)
        made = actions.appoint(
            desk.agency,
            {"name": row["name"], "post": row["post"], "phone": row["phone"]},
            since=since,
            is_first=row.get("first", False),
            by=clerk,
            at=moment(since, 9),
        )
        if row.get("left"):
            actions.dismiss(made, since, by=clerk, at=moment(since, 16))

    def _plan(self) -> dict[str, PressItem]:
        at = moment(min(date(self.until.year, 1, 8), self.until), 9)
        units = [self.desks[code].agency for code in self.table["plan"]["units"]]
        plan = actions.open_press_year(self.until.year, units, by=self.office, at=at)
        found = {}
        for row in self.table["item"]:
            agency = self.desks[row["agency"]].agency
            level = Level.from_value(row["level"])
            found[row["title"]] = actions.plan_item(
                plan, agency, row["month"], row["title"], level, by=self.office, at=at
            )
        actions.approve_press_year(plan, self.table["plan"]["basis"], by=self.office, at=at)
        return found

    def _routine(self, place: int, row: dict[str, Any]) -> None:
        """One briefing in each quarter so far in which the unit has no other, but for the quarters that it missed;
        each unit on a working day of its own."""
        own = Briefing.objects.filter(event__agency=self.desks[row["agency"]].agency, is_emergency=False)
        for number, theme in enumerate(row["themes"], 1):
            first = date(self.until.year, 3 * number - 2, 1)
            day = calendar.add(first + timedelta(30 + 6 * place), 1, provisional=True)
            day = min(day, self.until - timedelta(5))
            if number in row["gaps"] or day - timedelta(10) < first:
                continue
            if own.filter(event__starts_at__date__range=(first, first + timedelta(91))).exists():
                continue
            said = {
                "agency": row["agency"],
                "title": theme,
                "ago": (self.until - day).days,
                "people": row["people"],
            }
            self._briefing(said | {"opening": f"介绍{theme}。", "level": "livelihood"}, {})

    def _briefing(self, row: dict[str, Any], items: dict[str, PressItem]) -> None:
        desk = self.desks[row["agency"]]
        clerk = desk.people[Role.CLERK]
        day = self.until - timedelta(row["ago"])
        made = day - timedelta(10) if row["ago"] > 0 else self.until - timedelta(4)
        item = items.get(row["title"])
        briefing = actions.propose_briefing(
            desk.agency,
            {
                "title": row["title"],
                "place": "区新闻发布厅",
                "starts_at": moment(day, 10),
                "ends_at": moment(day, 11),
            },
            Level.from_value(row.get("level", "unit")),
            item=item,
            is_emergency=row.get("emergency", False),
            by=clerk,
            at=moment(made, 9),
        )
        if row.get("only") == "draft":
            return
        actions.submit_briefing(briefing, by=clerk, at=moment(made, 10))
        if row.get("only") == "submitted":
            return
        if not briefing.is_emergency:
            actions.approve_briefing(briefing, by=self.office, at=moment(made, 15))
        edition = actions.announce_briefing(briefing, by=clerk, at=moment(made, 16))
        self.publish(edition, desk, made)
        if row["ago"] <= 0:
            return
        for person in row["people"]:
            name, post, rank = person.split("|")
            actions.attend(briefing, name, post, Rank.from_value(rank), by=clerk, at=moment(day, 11, 30))
        actions.hold_briefing(briefing, row["opening"], by=clerk, at=moment(day, 12))
        briefing = Briefing.objects.get(pk=briefing.pk)
        speaker = briefing.attendees.all()[0]
        for asked in row.get("asked", ()):
            outlet, question, answer = asked.split("|")
            actions.ask(briefing, outlet, question, answer, speaker, by=clerk, at=moment(day, 14))
        if "video" in row:
            actions.put_video(briefing, row["video"], by=clerk, at=moment(day, 15))
        if row.get("only") != "held":
            edition = actions.draft_briefing_transcript(briefing, by=clerk, at=moment(day, 16))
            self.publish(edition, desk, day + timedelta(1))
