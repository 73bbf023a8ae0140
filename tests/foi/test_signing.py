"""送签:各种文书都能送,进签发人的待办,改稿要重送,满一个工作日催签。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.foi import actions, jobs, papers, todo
from gongkai.foi.models import Application, Letter
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from tests.foi.desk import Desk, moment

pytestmark = pytest.mark.django_db
PROVIDED = {"provided": "支出明细一份", "where": "在本网站下载", "when": "随本答复"}


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def letter(desk):
    """An extension drafted by the clerk, which the head has to sign."""
    application = desk.case("2025-03-03")
    fields = {"why": "需要检索大量材料。", "days": "10"}
    return actions.draft(application, "extension", fields, by=desk.clerk, at=moment("2025-03-04"))


def waiting(user):
    return list(todo.letters_to_sign(user, Application.objects.visible_to(user)))


def test_an_extension_is_handed_to_the_signer_and_signed(desk, letter, client):
    assert waiting(desk.head) == []
    client.force_login(desk.clerk)
    client.post(reverse("desk:foi_hand_in", args=[letter.application_id, letter.pk]))
    assert waiting(desk.head) == [letter] and waiting(desk.clerk) == []
    client.force_login(desk.head)
    assert "政府信息公开延期答复告知书" in client.get(reverse("desk:foi_signing")).content.decode()
    panel = next(one for one in todo.panels(desk.head, date(2025, 3, 4)) if one.label == "送来待签发的文书")
    assert panel.count == 1
    actions.issue(letter, by=desk.head, at=moment("2025-03-05"))
    assert waiting(desk.head) == []


def test_another_unit_does_not_see_it(desk, letter):
    actions.hand_in(letter, by=desk.clerk, at=moment("2025-03-04"))
    other = Desk("MH0113", "明湖区财政局", "明湖财政")
    assert (
        waiting(other.head) == [] and desk.head in todo.signers(letter) and other.head not in todo.signers(letter)
    )


def test_a_changed_draft_is_handed_in_again(desk, letter):
    actions.hand_in(letter, by=desk.clerk, at=moment("2025-03-04"))
    with pytest.raises(RuleBroken, match="已经送签"):
        actions.hand_in(letter, by=desk.clerk, at=moment("2025-03-04", 12))
    actions.redraft(letter, {"why": "材料分散", "days": "5"}, by=desk.clerk, at=moment("2025-03-04", 13))
    assert waiting(desk.head) == []


def test_what_is_not_filled_in_is_not_handed_in(desk):
    application = desk.case("2025-03-03")
    bare = actions.draft(application, "extension", {}, by=desk.clerk, at=moment("2025-03-04"))
    with pytest.raises(RuleBroken, match="没填的项"):
        actions.hand_in(bare, by=desk.clerk, at=moment("2025-03-04"))


FILLED = {
    "text": "说明如下。",
    "line": "明湖区档案馆",
    "days": "5",
    "number": "40",
    "date": "2025-03-20",
    "basis": "page",
}


@pytest.mark.parametrize("kind", sorted(papers.all()))
@pytest.mark.parametrize("closed", [False, True])
def test_every_kind_is_handed_in_listed_and_pressed_for(desk, kind, closed):
    application, paper = desk.case("2025-03-03"), papers.get(kind)
    if closed:
        desk.provide(application, "2025-03-05")
    elif kind == "reply":
        desk.decide(application, "provided", "2025-03-05", facts=PROVIDED)
    fields = {blank.key: FILLED[blank.kind] for blank in paper.blanks}
    if closed and paper.step:
        with pytest.raises(RuleBroken, match="已经办结"):
            actions.draft(application, kind, fields, by=desk.clerk, at=moment("2025-03-06"))
        return
    letter = actions.draft(application, kind, fields, by=desk.clerk, at=moment("2025-03-06"))
    if kind == "withdrawal" and not closed:
        actions.withdraw(application, date(2025, 3, 6), by=desk.clerk, at=moment("2025-03-06"))
    actions.hand_in(letter, by=desk.clerk, at=moment("2025-03-06"))
    if kind == "reply":
        # 审查没有过,签不了,也不催
        assert "没有" in jobs.chase_signing(on=date(2025, 3, 10), at=moment("2025-03-10"))
        desk.gates(application, "2025-03-10")
    may = todo.signers(letter)
    assert may and all(letter in waiting(user) for user in may)
    assert "1份" in jobs.chase_signing(on=date(2025, 3, 10), at=moment("2025-03-10"))
    assert LogEntry.objects.filter(action="foi.chase_signing").get().detail["to"] == [user.pk for user in may]


def test_signers_are_pressed_after_a_working_day_and_once_a_day(desk, letter):
    actions.hand_in(letter, by=desk.clerk, at=moment("2025-03-07"))
    for day, said in (
        ("2025-03-08", "没有"),
        ("2025-03-10", "1份"),
        ("2025-03-10", "没有"),
        ("2025-03-11", "1份"),
    ):
        assert said in jobs.chase_signing(on=date.fromisoformat(day), at=moment(day))
    entries = LogEntry.objects.filter(action="foi.chase_signing")
    assert entries.count() == 2 and desk.head.pk in entries.first().detail["to"]
    with pytest.raises(RuleBroken, match="今天已经催过"):
        actions.chase_signing(letter, by=desk.clerk, at=moment("2025-03-11", 15), to=[])
    assert Letter.objects.get(pk=letter.pk).chased_at
