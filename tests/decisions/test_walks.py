"""随便按什么次序办,都公布不了没有审查、没有讨论、有意见没有答复的决策:在真的表上一步一步走。"""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.decisions import actions
from gongkai.decisions.models import Consultation, Dossier, Evidence
from gongkai.desk.moments import local_day
from gongkai.law.agencies import Role
from gongkai.law.consultation import Disposition
from gongkai.law.decisions import Stage, Step
from gongkai.law.errors import LawError
from tests.decisions.office import DISCUSSION, REVIEW, START, Council

DAY = timedelta(days=1)
STEPS = (
    "consult",
    "say",
    "answer",
    "feed back",
    "hand in",
    "review",
    "illegal",
    "redraft",
    "discuss",
    "again",
    "party",
    "paper",
    "sign",
    "wait",
    "suspend",
)
#: 三步里有两步是该办的下一步,不然随机的次序走不到公布,测不出什么。
EVENTS = st.lists(
    st.one_of(st.just("onward"), st.sampled_from(STEPS), st.just("onward")), min_size=10, max_size=24
)


class Walk:
    """One dossier, and a clock that goes on two days with every act."""

    def __init__(self, council: Council) -> None:
        self.council, self.at, self.paper = council, START, None
        self.pk = council.dossier(at=START).pk

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(pk=self.pk)

    @property
    def round(self) -> Consultation | None:
        return Consultation.objects.filter(dossier=self.pk).order_by("-number").first()

    def onward(self) -> str:
        """What a careful clerk would do next."""
        dossier, one = self.dossier, self.round
        if dossier.stage == Stage.DRAFTING:
            if one is None or one.record.published_at is None:
                return "consult"
            if one.end_on >= local_day(self.at):
                return "wait" if one.opinions.exists() else "say"
            if one.opinions.filter(disposition="").exists():
                return "answer"
            return "hand in" if one.feedback and one.feedback.published_at else "feed back"
        if dossier.stage == Stage.DISCUSSED:
            entered = Evidence.objects.filter(dossier=dossier, kind="party").exists()
            return "sign" if entered and dossier.record else ("paper" if entered else "party")
        return {Stage.REVIEW: "review", Stage.REVIEWED: "discuss"}.get(Stage(dossier.stage), "wait")

    def act(self, event: str) -> None:
        office, dossier, one, at = self.council.office, self.dossier, self.round, self.at
        clerk, on = {"by": office.clerk, "at": at}, local_day(at)
        if event == "wait":
            self.at += DAY * 32
        elif event == "consult":
            self.council.round(dossier, at=at, end_on=on + DAY * 30)
        elif event == "paper":
            self.paper = office.draft(title="明湖区老年助餐服务补贴办法", at=at)
            actions.attach_paper(dossier, self.paper.record, seen=dossier.mark, **clerk)
        elif event == "sign":
            assert dossier.record is None or dossier.record.draft is not None or dossier.published_on
            if dossier.record is None or dossier.record.draft is None:
                raise LawError("没有可以签发的")
            office.sign(dossier.record.draft, at=at)
        elif event == "redraft":
            actions.redraft(dossier, "删去一条", seen=dossier.mark, **clerk)
        elif event in ("hand in", "suspend"):
            step, by = (Step.HAND_IN, office.clerk) if event == "hand in" else (Step.SUSPEND, office.head)
            self.council.step(dossier, step, at=at, by=by, reason="情况变化")
        elif event == "party":
            self.council.enter(dossier, "party", on, {"number": "明政请〔2026〕9号"}, at=at)
        elif event in ("review", "illegal"):
            data = REVIEW | {"sent_on": on.isoformat()} | ({"conclusion": "不合法"} if event == "illegal" else {})
            self.council.enter(dossier, "review", on, data, at=at, by=office.people[Role.LEGAL_REVIEWER])
        elif event in ("discuss", "again"):
            data = DISCUSSION | ({"outcome": "再次讨论"} if event == "again" else {})
            self.council.enter(dossier, "discussion", on, data, at=at, by=office.head)
        elif one is None:
            raise LawError("没有这一轮")
        elif event == "say":
            actions.send_opinion(one, f"{on}的意见。", at=at)
        elif event == "answer":
            left = list(one.opinions.filter(disposition="").values_list("pk", flat=True)[:1])
            actions.answer(one, left, Disposition.TAKEN, reason="", shown="采纳的意见。", **clerk)
        else:
            self.council.feed_back(one, at=at)
        self.at += DAY * 2

    def check(self) -> None:
        """What must hold after every single act."""
        dossier = self.dossier
        shown = dossier.record is not None and dossier.record.published_at is not None
        assert shown is (dossier.published_on is not None)
        for one in Consultation.objects.filter(dossier=dossier):
            if one.feedback and one.feedback.published_at:
                assert not one.opinions.filter(disposition="").exists(), "公布了采纳情况，每一条都有答复"
                assert int(one.feedback.live.fields["received"]) == one.opinions.count()
                assert one.feedback.published_at > one.record.published_at
        if not shown:
            return
        entered = Evidence.objects.filter(dossier=dossier, voided_at=None, on__lte=dossier.published_on)
        rows = {row.kind: row for row in entered.order_by("at")}
        assert rows["review"].data["conclusion"] == "合法" and rows["review"].draft_no == dossier.draft_no
        assert rows["discussion"].data["outcome"] == "通过" and rows["discussion"].at > rows["review"].at
        assert rows["discussion"].draft_no == dossier.draft_no, "讨论的就是公布的那一稿"
        assert "party" in rows, "公布以前请示报告过"
        rounds = list(Consultation.objects.filter(dossier=dossier).exclude(record__published_at=None))
        assert rounds and all(one.feedback and one.feedback.published_at for one in rounds)
        assert all(one.end_on < dossier.published_on for one in rounds)


@pytest.mark.django_db
def test_no_order_of_acts_publishes_a_decision_that_was_not_reviewed_discussed_and_answered():
    council = Council()
    reached: Counter[str] = Counter()

    @settings(max_examples=5, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(EVENTS)
    def walk(events):
        with transaction.atomic():
            one = Walk(council)
            for event in events:
                event = one.onward() if event == "onward" else event
                try:
                    with transaction.atomic():
                        one.act(event)
                except (LawError, PermissionDenied):
                    reached["refused"] += 1
                    continue
                reached["done"] += 1
                one.check()
            reached["published"] += one.dossier.published_on is not None
            transaction.set_rollback(True)

    walk()
    for what in ("done", "refused", "published"):
        assert reached[what], f"走了这么多步,没有一次{what}:这个测试什么也没有测到"
