"""虚构的一个机关办依申请公开:各岗位的人、一件申请和它走的每一步,给测试用。"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from gongkai.foi import actions
from gongkai.foi.actions import Intake
from gongkai.foi.models import Application
from gongkai.foi.terms import OpinionKind, Verdict
from gongkai.org.models import Agency
from tests.records.office import Office

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n" + b" " * 200
#: 校验位故意不对:不会是任何人的号码。
IDENTITY = "330211199001011230"
PERSON = {
    "name": "张三丰",
    "identity": IDENTITY,
    "phone": "0571-00001234",
    "email": "zhang@example.cn",
    "address": "云江省云州市明湖区望湖路1号",
}


def moment(day: date | str, hour: int = 10) -> datetime:
    """A moment on that day in the office's time zone."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


class Desk(Office):
    """明湖区民政局:上面有区政府,各岗位各一人;``case`` 收一件并接手。"""

    def __init__(self, code: str = "MH0112", name: str = "明湖区民政局", short: str = "明湖民政") -> None:
        government = Agency.objects.filter(kind="government").first() or Agency.objects.create(
            code="MH0001", name="明湖区人民政府", kind="government", number_codes=["明政发"]
        )
        super().__init__(
            code,
            name,
            short_name=short,
            letter_code="明民公开",
            parent=government,
            address="望湖路2号",
            phone="0571-00000002",
        )

    def intake(self, **changes) -> Intake:
        given = {
            "agency": self.agency,
            "applicant_kind": "person",
            "personal": PERSON,
            "description": "2024年度城乡低保资金的支出明细",
            "manner": "electronic",
            "way": "web",
        }
        return Intake(**{**given, **changes})

    def submit(self, day: str, **changes) -> Application:
        return actions.submit(self.intake(**changes), at=moment(day))[0]

    def case(self, day: str, **changes) -> Application:
        application = self.submit(day, **changes)
        actions.accept(application, by=self.clerk, at=moment(day, 11))
        return fresh(application)

    def letter(self, application, kind: str, day: str, *, by=None, **fields):
        """Drafted by the clerk and issued on the day."""
        draft = actions.draft(application, kind, fields, by=self.clerk, at=moment(day, 11))
        options = {key: fields[key] for key in ("outcome", "received_on") if key in fields}
        return actions.issue(draft, by=by or self.clerk, at=moment(day, 12), **options)

    def decide(self, application, outcome: str, day: str, number: int = 1, **more):
        item = application.items.get(order=number)
        return actions.decide(item, outcome, by=self.clerk, at=moment(day), **more)

    def gates(self, application, day: str, *kinds: str) -> None:
        for kind in kinds or ("secrecy", "legal"):
            actions.opine(
                application, OpinionKind(kind), Verdict.PASS, "同意。", by=self.people_of(kind), at=moment(day, 14)
            )

    def people_of(self, kind: str):
        return getattr(self, kind)

    def give(self, application, day: str) -> None:
        actions.add_file(application, "reply", "明细.pdf", PDF, by=self.clerk, at=moment(day, 13))

    def reply(self, application, day: str, *, posted: str = "", signed: str = "", outcome: str = ""):
        """The reply signed by the head, then posted or handed over on the same day unless said otherwise."""
        draft = actions.draft(application, "reply", {}, by=self.clerk, at=moment(day, 15))
        letter = actions.issue(draft, by=self.head, at=moment(day, 16), outcome=outcome)
        days = {
            "posted_on": date.fromisoformat(posted) if posted else None,
            "signed_on": date.fromisoformat(signed) if signed else None,
        }
        if not posted and not signed:
            days["signed_on"] = date.fromisoformat(day)
        last = max(day for day in days.values() if day)
        return actions.deliver(letter, by=self.clerk, at=moment(last, 17), **days)

    def provide(self, application, day: str, **more):
        """The plain way: given in full."""
        self.decide(
            application,
            "provided",
            day,
            facts={"provided": "支出明细一份", "where": "在本网站下载", "when": "随本答复"},
        )
        self.give(application, day)
        self.gates(application, day, "secrecy")
        return self.reply(application, day, **more)


def fresh(application) -> Application:
    """The case as it stands in the database."""
    return Application.objects.get(pk=application.pk)
