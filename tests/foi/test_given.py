"""给申请人的是什么,审查和签发看到的就是什么:改了就要重新审查,签发以后不能再改。"""

from datetime import date

import pytest

from gongkai.foi import actions
from gongkai.law.errors import RuleBroken
from gongkai.records import actions as records
from tests.foi.desk import PDF, Desk, moment

pytestmark = pytest.mark.django_db
PROVIDED = {"provided": "支出明细一份", "where": "在本网站下载", "when": "随本答复"}


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize("change", ["added", "removed", "covered"])
def test_reviews_fall_when_what_will_be_given_changes(desk, change):
    application = desk.case("2025-03-03")
    desk.decide(application, "provided", "2025-03-05", facts=PROVIDED)
    desk.give(application, "2025-03-05")
    desk.gates(application, "2025-03-06")
    assert application.opinions.filter(valid=True).count() == 2
    file, at = application.files.get(), moment("2025-03-07")
    if change == "added":
        actions.add_file(application, "reply", "另一份.pdf", PDF, by=desk.clerk, at=at)
    elif change == "removed":
        actions.remove_file(file, by=desk.clerk, at=at)
    else:
        actions.add_redacted(file, PDF, by=desk.clerk, at=at, places=1)
    assert not application.opinions.filter(valid=True).exists()


def test_a_paper_for_the_case_only_leaves_the_reviews(desk):
    application = desk.case("2025-03-03")
    desk.decide(application, "provided", "2025-03-05", facts=PROVIDED)
    desk.gates(application, "2025-03-06")
    actions.add_file(application, "evidence", "便笺.pdf", PDF, by=desk.clerk, at=moment("2025-03-07"))
    assert application.opinions.filter(valid=True).count() == 2


def test_nothing_is_added_to_a_signed_reply(desk):
    application = desk.case("2025-03-03")
    desk.decide(application, "provided", "2025-03-05", facts=PROVIDED)
    desk.give(application, "2025-03-05")
    desk.gates(application, "2025-03-06")
    letter = actions.draft(application, "reply", {}, by=desk.clerk, at=moment("2025-03-07"))
    shown = actions.preview(letter, date(2025, 3, 10))
    seen = actions.signing_mark(letter, shown)
    file = actions.add_file(application, "reply", "另一份.pdf", PDF, by=desk.clerk, at=moment("2025-03-08"))
    desk.gates(application, "2025-03-09")
    with pytest.raises(RuleBroken, match="不是最新"):
        actions.issue(letter, by=desk.head, at=moment("2025-03-10"), seen=seen)
    actions.issue(letter, by=desk.head, at=moment("2025-03-10"), seen=actions.signing_mark(letter, shown))
    with pytest.raises(RuleBroken, match="已经签发"):
        actions.remove_file(file, by=desk.clerk, at=moment("2025-03-10", 15))


def test_reviews_fall_when_the_description_is_corrected(desk):
    application = desk.case("2025-03-03")
    desk.decide(application, "provided", "2025-03-05", facts=PROVIDED)
    desk.letter(application, "correction", "2025-03-06", defects="名称不清", guidance="写明年度", days="7")
    desk.gates(application, "2025-03-06")
    actions.give_correction(application, "", at=moment("2025-03-07"), description="2023年度低保资金的支出明细")
    assert not application.opinions.filter(valid=True).exists()


def test_what_the_reply_calls_public_must_be_public_still(desk):
    record = desk.publish(title="低保资金支出明细")
    application = desk.case("2025-03-03")
    facts = {"title": "低保资金支出明细", "where": "在本网站查阅"}
    desk.decide(application, "already_public", "2025-03-05", facts=facts, record_=record)
    desk.gates(application, "2025-03-06")
    letter = actions.draft(application, "reply", {}, by=desk.clerk, at=moment("2025-03-07"))
    at = moment("2025-03-08")
    records.withdraw(record, "retracted", reason="有误。", on=at.date(), by=desk.head, at=at)
    with pytest.raises(RuleBroken, match="《低保资金支出明细》已经撤下"):
        actions.issue(letter, by=desk.head, at=moment("2025-03-10"))
