"""一个区政府和它的一个局,给决策的测试用。"""

from __future__ import annotations

from datetime import date, datetime

from gongkai.decisions import actions
from gongkai.decisions.models import Consultation, Dossier
from gongkai.law.agencies import AgencyKind, Role
from gongkai.law.decisions import Step
from gongkai.org.models import Agency, Membership
from gongkai.records.models import Record
from tests.records.office import Office, moment

START = moment(2026, 9, 1, 9)
#: The morning after the last day of a round that opened on START.
AFTER = moment(2026, 10, 2, 9)
REVIEWED_AT = moment(2026, 10, 26, 9)
REVIEW = {
    "sent_on": "2026-10-13",
    "number": "明司审〔2026〕3号",
    "by_body": True,
    "authority": "在权限内",
    "procedure": "合法",
    "content": "合法",
    "counsel": True,
    "conclusion": "合法",
    "risk_stated": "",
}
DISCUSSION = {"meeting": "常务会议", "number": "第48次", "head_last": True, "dissent": "无", "outcome": "通过"}


class Council:
    """The government that decides, and the department that prepares, with everyone in one person per role."""

    def __init__(self) -> None:
        self.government = Agency.objects.create(code="MH0100", name="明湖区人民政府", kind=AgencyKind.GOVERNMENT)
        self.office = Office("MH0122", "明湖区民政局")
        for role in (Role.HEAD, Role.LEGAL_REVIEWER, Role.CLERK):
            Membership.objects.create(user=self.office.people[role], agency=self.government, role=role)

    def dossier(self, *, at: datetime = START, start: bool = True, **options) -> Dossier:
        options = {
            "title": "明湖区老年助餐服务补贴办法",
            "category": "policy",
            "necessity": "老人吃饭不便。",
        } | options
        made = actions.open_dossier(self.government, self.office.agency, by=self.office.clerk, at=at, **options)
        if start:
            self.step(made, Step.START, at=at)
        return self.fresh(made)

    def fresh(self, dossier: Dossier) -> Dossier:
        return Dossier.objects.get(pk=dossier.pk)

    def step(self, dossier: Dossier, step: Step, *, at: datetime, by=None, reason: str = "") -> Dossier:
        seen = self.fresh(dossier).mark
        return actions.take_step(dossier, step, by=by or self.office.head, at=at, seen=seen, reason=reason)

    def enter(self, dossier: Dossier, kind: str, on: date, data: dict, *, at: datetime, by=None):
        return actions.enter(
            dossier, kind, on, data, by=by or self.office.clerk, at=at, seen=self.fresh(dossier).mark
        )

    def round(
        self,
        dossier: Dossier,
        *,
        at: datetime = START,
        end_on: date = date(2026, 10, 1),
        publish: bool = True,
        **options,
    ) -> Consultation:
        options = {
            "media": ["政府网站", "政务新媒体"],
            "draft": "第一条 为了……",
            "explanation": "为什么要定。",
        } | options
        made = actions.consult(
            dossier,
            "关于公开征求《明湖区老年助餐服务补贴办法（征求意见稿）》意见的公告",
            end_on,
            by=self.office.clerk,
            at=at,
            **options,
        )
        if publish:
            self.office.sign(made.record.draft, at=at)
        return Consultation.objects.get(pk=made.pk)

    def feed_back(self, one: Consultation, *, at: datetime) -> Record:
        edition = actions.feedback(one, by=self.office.clerk, at=at)
        return self.office.sign(edition, at=at)

    def reviewed(self, dossier: Dossier, *, at: datetime = REVIEWED_AT) -> Dossier:
        """Handed in and found lawful."""
        self.step(dossier, Step.HAND_IN, at=moment(2026, 10, 13, 9), by=self.office.clerk)
        self.enter(
            dossier, "review", date(2026, 10, 26), REVIEW, at=at, by=self.office.people[Role.LEGAL_REVIEWER]
        )
        return self.fresh(dossier)
