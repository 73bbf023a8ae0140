"""一个办公报的办公室、一个报送的局,给公报的测试用。"""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import AbstractUser

from gongkai.gazette import actions, checks, facts
from gongkai.gazette.models import Article, Issue, Section
from gongkai.law.agencies import AgencyKind, Role
from gongkai.org.models import Agency
from gongkai.records.models import Record
from tests.records.office import Office, moment

#: A working day; the issue of October is made and comes out on this day.
AT = moment(2026, 11, 10, 9)
OUT = moment(2026, 11, 10, 15)
OCTOBER = date(2026, 10, 1)
MADE = moment(2026, 10, 15)


class Press:
    """The office with its gazette, a bureau, everyone in one person per role."""

    def __init__(self) -> None:
        self.government = Agency.objects.create(code="MH01", name="明湖区人民政府", kind=AgencyKind.GOVERNMENT)
        self.office = Office(parent=self.government)
        self.bureau = Office("MH0122", "明湖区民政局", number_codes=["明民发"], parent=self.government)
        self.editor: AbstractUser = self.office.people[Role.OFFICE]
        values = {
            "name": "明湖区人民政府公报",
            "sponsor": "明湖区人民政府",
            "since_on": date(2020, 1, 1),
            "first_running": 57,
            "phone": "0571-00000001",
        }
        self.head = actions.save_masthead(self.office.agency, values, by=self.editor, at=MADE)
        rows = (
            ("区政府文件", "government", []),
            ("区政府办公室文件", "office", []),
            ("部门文件", "others", []),
            ("人事任免", "", ["personnel"]),
        )
        for number, (name, makers, types) in enumerate(rows, 1):
            given = {
                "name": name,
                "order": number * 10,
                "since_year": 2020,
                "makers": makers,
                "types": types,
                "by_day": bool(types),
            }
            actions.save_section(self.office.agency, given, by=self.editor, at=MADE)

    def paper(
        self,
        number: int = 1,
        *,
        office: Office | None = None,
        at: datetime = MADE,
        type: str = "document",
        **given,
    ) -> Record:
        """One paper made public."""
        office = office or self.office
        code = office.agency.number_codes[0]
        values = {
            "title": f"关于做好第{number}项工作的通知",
            "doc_number": f"{code}〔2026〕{number}号",
            "made_on": at.date(),
            "body": f'<p>各镇人民政府：</p><p>现将第{number}项工作通知如下，请照此办理。</p><p class="right">{office.agency}</p>',
        }
        if type == "normative":
            values["effective_on"] = date(2026, 12, 1)
        return office.publish(type, at=at, **values | given)

    def opened(self, *, at: datetime = AT, month: date = OCTOBER, **options) -> Issue:
        return actions.open_issue(self.head, month, at.date(), by=self.editor, at=at, **options)

    def ready(self, issue: Issue, *, at: datetime = AT) -> Issue:
        """Typeset and sent to be approved."""
        actions.build(issue, by=self.editor, at=at)
        found = checks.run(facts.gather(self.fresh(issue), at))
        reasons = {one.code: "照出。" for one in found if not one.blocks}
        return actions.submit(issue, reasons=reasons, by=self.editor, at=at)

    def approved(self, issue: Issue, *, at: datetime = AT) -> Issue:
        actions.approve(issue, by=self.office.final, at=at)
        return actions.approve(issue, by=self.office.head, at=at)

    def out(self, issue: Issue, *, at: datetime = AT, moment: datetime = OUT) -> Issue:
        """Through every step until it has come out."""
        self.approved(self.ready(issue, at=at), at=at)
        actions.publish(issue, moment, by=self.editor, at=moment)
        return self.fresh(issue)

    def findings(self, issue: Issue, *, at: datetime = AT) -> dict[str, str]:
        """Code → the sentence of its last finding."""
        return {one.code: one.text for one in checks.run(facts.gather(self.fresh(issue), at))}

    def fresh(self, row):
        return type(row).objects.get(pk=row.pk)

    def article(self, issue: Issue, record: Record) -> Article:
        return issue.articles.with_all().get(record=record)

    def section(self, name: str) -> Section:
        return Section.objects.get(name=name)


def printed(office: Office, record: Record, *, at: datetime) -> Issue:
    """An issue of a gazette that the office makes, come out with one paper in it."""
    by, on = office.people[Role.OFFICE], at.date()
    head = actions.save_masthead(
        office.agency, {"name": "某区公报", "sponsor": "某区", "since_on": date(2020, 1, 1)}, by=by, at=at
    )
    section = actions.save_section(office.agency, {"name": "文件", "order": 1, "since_year": 2020}, by=by, at=at)
    issue = actions.open_issue(head, on, on, propose=False, by=by, at=at)
    actions.select_record(issue, record, section, by=by, at=at)
    actions.build(issue, by=by, at=at)
    actions.submit(issue, reasons={one.code: "照出。" for one in checks.CHECKS}, by=by, at=at)
    for person in (office.final, office.head):
        actions.approve(issue, by=person, at=at)
    return actions.publish(issue, at, by=by, at=at)
