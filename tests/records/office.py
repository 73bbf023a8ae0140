"""虚构的机关和它的人,给政府信息的测试用。"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from gongkai.law.agencies import AgencyKind, Role
from gongkai.org.models import Agency, Membership, User
from gongkai.policies import actions as policies_actions
from gongkai.policies import models as policies
from gongkai.records import actions
from gongkai.records.models import Edition, Record
from gongkai.records.terms import ReviewKind, Verdict

PAPER = {
    "title": "明湖区人民政府办公室关于做好秋季绿化工作的通知",
    "made_on": timezone.datetime(2024, 8, 26).date(),
    "body": "<p>各镇人民政府、街道办事处：</p><p>现就做好秋季绿化工作通知如下。</p>",
}


def moment(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in the office's time zone."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))


AT = moment(2024, 9, 3)


class Office:
    """One agency with a person in every role of its own, and one of the district's office."""

    def __init__(self, code: str = "MH0101", name: str = "明湖区人民政府办公室", **agency) -> None:
        agency = {"kind": AgencyKind.DEPARTMENT, "number_codes": ["明政办发"], **agency}
        self.agency = Agency.objects.create(code=code, name=name, **agency)
        self.people = {role: self.person(f"{code}-{role.value}", role.label, role) for role in Role}
        self.colleague = self.person(f"{code}-clerk2", "信息员乙", Role.CLERK)

    def person(self, username: str, name: str, *roles: Role) -> User:
        user = User.objects.create(username=username, name=name)
        Membership.objects.bulk_create(Membership(user=user, agency=self.agency, role=role) for role in roles)
        return user

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[Role(name)]
        except ValueError:
            raise AttributeError(name) from None

    def draft(
        self, type: str = "document", *, at: datetime = AT, by: User | None = None, **description
    ) -> Edition:
        return actions.create(self.agency, type, by=by or self.clerk, at=at, **{**PAPER, **description})

    def judge(
        self,
        edition: Edition,
        kind: str,
        verdict: str = "pass",
        opinion: str = "",
        *,
        at: datetime = AT,
        by: User | None = None,
        **options,
    ) -> Edition:
        by = by or self.people[Role(kind)]
        return actions.judge(edition, ReviewKind(kind), Verdict(verdict), opinion, by=by, at=at, **options)

    def sign(self, edition: Edition, *, at: datetime = AT, **options) -> Record:
        """Through every review to the end."""
        actions.submit(edition, by=self.clerk, at=at)
        for kind in ("secrecy", "first", "second"):
            self.judge(edition, kind, at=at)
        if edition.record.type == "normative":
            self.judge(edition, "legal", at=at)
            if edition.openness == "active":
                self.excuse(edition.record, at=at)
        self.judge(edition, "final", at=at, **options)
        return Record.objects.get(pk=edition.record_id)

    def excuse(self, record: Record, *, at: datetime = AT) -> policies.Package:
        """Released without an interpretation, for tests that are not about that."""
        package = policies_actions.start(record, by=self.clerk, at=at)
        return policies_actions.exempt(package, "plain", "内容简单明了。", by=self.head, at=at)

    def publish(self, type: str = "document", *, at: datetime = AT, **description) -> Record:
        return self.sign(self.draft(type, at=at, **description), at=at)

    def fresh(self, edition: Edition) -> Edition:
        return Edition.objects.get(pk=edition.pk)
