"""区政府和它的一个局,各岗位各开一个窗口,公众拿着手机:决策的故事用。"""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from gongkai.decisions import actions
from gongkai.decisions.models import Consultation, Dossier
from gongkai.law.agencies import Role
from gongkai.law.consultation import Channel
from gongkai.law.errors import RuleBroken
from gongkai.org.models import Membership
from gongkai.records.models import Record
from tests.decisions.office import DISCUSSION, REVIEW, Council
from tests.records.office import moment
from tests.stories.windows import Windows, fill, let_in


class Town(Council, Windows):
    """The government and a department, a clock that the test moves, and a browser window for each person."""

    def __init__(self, chromium, base, monkeypatch) -> None:
        Council.__init__(self)
        Windows.__init__(self, chromium, base)
        self.reviewers = (Role.SECRECY_REVIEWER, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER)
        for role in self.reviewers:
            Membership.objects.create(user=self.office.people[role], agency=self.government, role=role)
        let_in(self.office.people.values())
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        self.day(2026, 1, 5)

    def day(self, *day: int) -> None:
        """Another day: everyone signs in anew."""
        self.now = moment(*day)
        self.close()
        cache.clear()

    def at_desk(self, role: Role):
        """The window of whoever has this role, signed in."""
        return self.desk(self.office.people[role])

    def act(self, role: Role, start: str, name: str, /, *args, refused: tuple[str, ...] = (), **fields) -> str:
        """From a page follow its link to a form, fill that in, send it; what stands on the page then.

        ``refused``: what the answer has to say instead of doing it.
        """
        page = self.at_desk(role)
        page.goto(self.base + start)
        address = reverse(f"desk:decisions_{name}", args=args)
        page.click(f"main a[href^='{address}']")
        return self.send(page, refused, **fields)

    def send(self, page, refused: tuple[str, ...] = (), **fields) -> str:
        """Fill in the form that is on the page and send it."""
        fill(page, fields)
        with page.expect_response(lambda one: one.request.method == "POST") as answer, page.expect_navigation():
            page.click("main form[method=post] .actions button")
        text = page.inner_text("main")
        assert answer.value.status == (422 if refused else 302), text
        for one in refused:
            assert one in text, one
        return text

    def press(self, role: Role, start: str, label: str) -> str:
        """A button of a page that needs nothing filled in."""
        page = self.at_desk(role)
        page.goto(self.base + start)
        with page.expect_navigation():
            page.click(f"main button:has-text('{label}')")
        return page.inner_text("body")

    def said(self, url: str, **fields) -> tuple[str, str]:
        """Send a public form from the phone; the number and the code."""
        self.read(url)
        fill(self.phone, fields)
        self.phone.click("main form .actions button")
        self.phone.wait_for_selector("h1:has-text('已经收到')")
        number, code = self.phone.locator(".totals strong").all_inner_texts()
        return number, code

    def signed(self, record: Record) -> Record:
        """Through the reviews and signed, today."""
        return self.office.sign(record.draft, at=self.now)


class Decision:
    """One dossier in the hands of the people of the town."""

    def __init__(self, town: Town, dossier: Dossier) -> None:
        self.town, self.pk = town, dossier.pk
        self.home = reverse("desk:decisions_dossier", args=[self.pk])
        self.public = reverse("public:decision", args=[self.pk])

    @property
    def row(self) -> Dossier:
        return Dossier.objects.get(pk=self.pk)

    def step(self, step: str, *refused: str) -> None:
        role = Role.HEAD if step == "start" else Role.CLERK
        self.town.act(role, self.home, "step", self.pk, step, refused=refused)

    def enter(self, kind: str, on: str, *refused: str, role: Role = Role.CLERK, **fields) -> None:
        self.town.act(role, self.home, "enter", self.pk, kind, refused=refused, on=on, **fields)

    def void(self, kind: str) -> None:
        """The newest entry of a kind was wrong."""
        row = self.row.evidence.filter(kind=kind, voided_at=None).latest("pk")
        self.town.act(Role.CLERK, self.home, "void", self.pk, row.pk, reason="登错了")

    def redraft(self) -> None:
        self.town.act(Role.CLERK, self.home, "redraft", self.pk, reason="改了收费标准")

    def review(self, on: str, **fields) -> None:
        given = {name: value for name, value in REVIEW.items() if value != ""} | {"sent_on": on} | fields
        self.enter("review", on, role=Role.LEGAL_REVIEWER, **given)

    def discuss(self, on: str, *refused: str, **fields) -> None:
        self.enter("discussion", on, *refused, role=Role.HEAD, **DISCUSSION | fields)

    def heard(self, on: str) -> Consultation:
        """A round: refused while it is too short without a reason (H2), then open for twelve opinions."""
        town = self.town
        town.act(
            Role.CLERK,
            self.home,
            "new_round",
            self.pk,
            draft="第一条 分时段收费。",
            explanation="为什么要定。",
            end_on="2026-03-10",
            focus="收多少合适？",
        )
        one = Consultation.objects.get()
        home = reverse("desk:decisions_round", args=[one.pk])
        with pytest.raises(RuleBroken, match="不足三十日"):
            town.signed(one.record)
        town.act(Role.CLERK, home, "plan", one.pk, end_on=on)
        town.office.judge(one.record.draft, "final", at=town.now)
        return Consultation.objects.get()

    def opinions(self, one: Consultation) -> tuple[str, str]:
        """Two from the phone, one by telephone, nine more; each answered. The number and code of the first."""
        town, form = self.town, reverse("public:opinion", args=[one.pk])
        assert "还有" in town.read(one.get_absolute_url())
        first = town.said(form, text="首半小时不要收费。", article="第一条", name="张某某", email="a@example.org")
        town.said(form, text="收来的钱要公布用在哪里。")
        home = reverse("desk:decisions_round", args=[one.pk])
        town.act(
            Role.CLERK, home, "enter_opinion", one.pk, channel=Channel.PHONE.value, text="医院门口放宽到两小时。"
        )
        for number in range(9):
            actions.send_opinion(one, f"第{number}条意见。", at=town.now)
        assert one.opinions.count() == 12
        return first

    def answer(self, one: Consultation) -> None:
        """The first alone, the others together; without a reason it is refused, and with a phone number too."""
        town, page = self.town, self.town.at_desk(Role.CLERK)
        address = town.base + reverse("desk:decisions_opinions", args=[one.pk])
        page.goto(address)
        page.locator("[name=opinion]").first.check()
        town.send(page, ("没有写理由",), disposition="partly", shown="首半小时免费。")
        town.send(page, ("手机",), shown="首半小时免费，电话13800000000。", reason="先在医院周边试行。")
        town.send(page, shown="首半小时免费。")
        page.goto(address + "?state=none")
        for box in page.locator("[name=opinion]").all():
            box.check()
        town.send(page, disposition="taken", shown="建议写得清楚一些。")
        assert not one.opinions.filter(disposition="").exists()
