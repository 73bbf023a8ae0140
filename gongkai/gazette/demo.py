"""样本区的公报:往前二十四期,这个月的一期编着;报送有按期的、零报告不实的、没有报的;一篇登了以后撤回;以前各期的目录缺一期。"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.adapters.readers.gazette.history import history
from gongkai.gazette import actions, checks, register
from gongkai.gazette.models import Issue, Masthead
from gongkai.gazette.terms import ItemState, LiaisonKind
from gongkai.law import gazette as law
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org.sample import GOVERNMENT, OFFICE, District, moment
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind

ISSUES, OLD_YEARS = 24, 2
#: 一期至少、至多几篇;最近几个月有报送。
FEWEST, MOST, REPORTED = 2, 4, 2


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    table = tomllib.loads(files("gongkai.gazette").joinpath("data", "demo.toml").read_text("utf-8"))
    _Sample(district, table).load()


class _Sample:
    """One loading: who composes, who approves, the months."""

    def __init__(self, district: District, table: dict[str, Any]) -> None:
        self.district, self.table, self.until = district, table, district.until
        self.agency = district.desks[OFFICE].agency
        self.editor = district.person(OFFICE, Role.OFFICE)
        self.approvers = (district.person(OFFICE, Role.FINAL_REVIEWER), district.person(OFFICE, Role.HEAD))
        self.now = law.month_of(self.until)
        self.months = [law.months_on(self.now, -back) for back in range(ISSUES, 0, -1)]
        self.earlier = self._earlier()

    def load(self) -> None:
        head = self._masthead()
        self._old(head)
        gone = self._paper(self.table["gone"], law.months_on(self.now, -3) + DAY * 9)
        self._paper(self.table["forgotten"], self.months[-1] + DAY * 20)
        for month in self.months:
            self._reports(month)
            self._issue(head, month)
        self._current(head)
        day = self.until - DAY
        records.withdraw(
            gone,
            WithdrawalKind.RETRACTED,
            reason=self.table["gone"]["reason"],
            on=day,
            by=self.editor,
            at=moment(day, 9),
        )
        self._notice()

    def _masthead(self) -> Masthead:
        first = self.months[0]
        at = moment(law.months_on(first, -1), 9)
        values = {
            "name": self.table["name"],
            "sponsor": str(self.district.desks[GOVERNMENT].agency),
            "since_on": date(first.year - OLD_YEARS - 1, 1, 1),
            "phone": self.table["phone"],
            "address": self.table["address"],
        }
        head = actions.save_masthead(self.agency, values, by=self.editor, at=at)
        for row in self.table["section"]:
            actions.save_section(self.agency, row | {"since_year": values["since_on"].year}, by=self.editor, at=at)
        return head

    def _old(self, head: Masthead) -> None:
        """The contents of earlier years, as a table; one issue is lost."""
        lines, running = ["年,期号,总期号,出版日期,栏目,标题,文号,页码"], 0
        first = self.months[0]
        for year in range(first.year - OLD_YEARS, first.year + 1):
            for number in range(1, 13 if year < first.year else first.month):
                running += 1
                if running == 17:
                    continue
                day = law.last_day(date(year, number, 1))
                for place, row in enumerate(self.table["old"]["titles"]):
                    title, code, section = row.split("|")
                    written = f"{code}〔{year}〕{number * 3 + place}号" if code else ""
                    lines.append(f"{year},{number},{running},{day},{section},{title},{written},{1 + place * 4}")
        name = "以前各期目录.csv"
        at = moment(law.months_on(self.months[0], -1) + DAY, 9)
        made = actions.read_in(self.agency, name, history("\n".join(lines).encode(), name), by=self.editor, at=at)
        actions.apply_intake(made, by=self.editor, at=at)

    def _paper(self, row: dict[str, Any], day: date) -> Record:
        """A paper of the office, made public on a day."""
        desk = self.district.desks[OFFICE]
        edition = records.create(
            desk.agency,
            "document",
            by=desk.people[Role.CLERK],
            at=moment(day, 8),
            title=row["title"],
            made_on=day,
            genre="通知",
            body=row["body"],
        )
        self.district.publish(edition, desk, day)
        return Record.objects.get(pk=edition.record_id)

    def _reports(self, month: date) -> None:
        """Units report the last months: most in time, some nothing, one of them untruly, a few not at all."""
        if month not in self.months[-REPORTED:]:
            return
        day = min(law.report_due(month) - DAY * 4, self.until)
        owed: dict[int, list[int]] = {}
        for entry in register.entries(month, moment(day, 8)):
            if entry.is_owed and entry.item is None:
                owed.setdefault(entry.record.agency_id, []).append(entry.record.pk)
        for number, agency in enumerate(register.units(day)):
            clerk = self.district.desks[agency.code].people[Role.CLERK]
            if month == self.months[-1]:
                actions.appoint(
                    agency, LiaisonKind.MAIN, f"{str(clerk)[0]}某", since_on=month, by=clerk, at=moment(day, 8)
                )
            if (number + month.month) % 11 == 0:
                continue
            found = owed.get(agency.pk, [])
            zero = not found or agency == self.agency
            actions.report(
                agency, month, [] if zero else found, zero=zero, by=clerk, at=moment(day, 9 + number % 7)
            )

    def _issue(self, head: Masthead, month: date) -> None:
        planned = min(law.months_on(month, 1) + DAY * 19, self.until - DAY)
        at = moment(planned, 8)
        issue = actions.open_issue(head, month, planned, by=self.editor, at=at, propose=False)
        self._fill(issue, month)
        if month >= self.months[-2]:
            actions.edit(issue, {"print_run": 60}, by=self.editor, at=at)
        for place, text in enumerate(self.table["chronicle"]["lines"] if month == self.months[-1] else []):
            actions.add_line(issue, month + DAY * (6 + place * 9), text, by=self.editor, at=at)
        actions.build(issue, by=self.editor, at=at)
        reasons = dict.fromkeys((check.code for check in checks.CHECKS), "历史情况，本期照出。")
        actions.submit(issue, reasons=reasons, by=self.editor, at=at)
        for hour, person in enumerate(self.approvers, 9):
            actions.approve(issue, by=person, at=moment(planned, hour))
        issue = actions.publish(issue, moment(planned, 14), by=self.editor, at=moment(planned, 14))
        if issue.print_run:
            self._deliver(issue)

    def _fill(self, issue: Issue, month: date) -> None:
        """All that must be printed, some of what should or may, earlier papers where the month has little; what must be
        and does not fit is put off or refused."""
        at = moment(issue.planned_on, 8)
        entries = [
            entry
            for entry in register.entries(month, at)
            if not entry.is_decided and entry.duty is not law.Duty.NEVER
        ]
        must = [entry.record for entry in entries if entry.duty is law.Duty.MUST and self._fits(entry.record)]
        rest = [entry.record for entry in entries if entry.duty is not law.Duty.MUST and self._fits(entry.record)]
        rest = [record for record in rest if record.title != self.table["forgotten"]["title"]]
        gone = [record for record in rest if record.title == self.table["gone"]["title"]]
        chosen = (must + gone + [record for record in rest if record not in gone][:2])[:MOST]
        while len(chosen) < FEWEST and self.earlier:
            chosen.append(self.earlier.pop())
        for record in chosen:
            section = register.section_for(record, issue.year, issue.masthead)
            assert section is not None
            actions.select_record(issue, record, section, by=self.editor, at=at)
        for entry in entries:
            if entry.duty is law.Duty.MUST and entry.record not in chosen:
                fits = entry.record in must
                state, why = (ItemState.DEFERRED, "") if fits else (ItemState.REFUSED, law.Refusal.ENDED)
                actions.decide(
                    entry.record, state, refusal=why, note="本期篇幅已满" if fits else "", by=self.editor, at=at
                )

    def _fits(self, record: Record) -> bool:
        """Neither ended by now nor without a date."""
        ends = (record.expires_on, record.repealed_on)
        return record.made_on is not None and all(end is None or end > self.until for end in ends)

    def _earlier(self) -> list[Record]:
        """Papers from before the first of these issues that still bind, the newest last."""
        before = moment(self.months[0], 0)
        rows = Record.objects.public(before).filter(type__in=("normative", "document"), published_at__lt=before)
        rows = rows.select_related("agency").order_by("published_at", "pk")
        return [record for record in rows if self._fits(record)][-ISSUES * 2 :]

    def _deliver(self, issue: Issue) -> None:
        for place, row in enumerate(issue.deliveries.select_related("place")):
            if place < 3:
                on = min(issue.planned_on + DAY, self.until)
                actions.deliver(
                    row,
                    row.planned,
                    row.planned,
                    on=on,
                    signed_by="柳某",
                    left_over=place,
                    by=self.editor,
                    at=moment(on, 16),
                )

    def _current(self, head: Masthead) -> None:
        """The issue of this month: begun, with the corrections of an earlier one."""
        planned = law.months_on(self.now, 1) + DAY * 19
        at = moment(self.until, 9)
        issue = actions.open_issue(head, self.now, planned, by=self.editor, at=at)
        offered = [
            entry.record
            for entry in register.entries(self.now, at)
            if entry.item is None and self._fits(entry.record)
        ]
        for record in offered[:2]:
            section = register.section_for(record, issue.year, issue.masthead)
            assert section is not None
            actions.select_record(issue, record, section, by=self.editor, at=at)
        last = Issue.objects.get(month=self.months[-2]).articles.first()
        assert last is not None
        actions.correct(
            last, "联系电话0571-00000010", "联系电话0571-00000019", printed_in=issue, by=self.editor, at=at
        )

    def _notice(self) -> None:
        """The circular of the last quarter whose reports have been due."""
        month = law.months_on(self.now, -1)
        while month.month % 3 or law.report_due(month) >= self.until:
            month = law.months_on(month, -1)
        actions.issue_notice(
            month.year, month.month // 3, self.table["notice"]["words"], by=self.editor, at=moment(self.until, 10)
        )
