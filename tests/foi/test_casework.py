"""依申请公开的动作:救济、重新办理、转主动公开、交办、分项、作废、意见、限制查看、派生列。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.foi import actions, personal
from gongkai.foi.models import Application, Counter, Letter
from gongkai.foi.terms import OpinionKind, RemedyKind, RemedyResult, Verdict
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from tests.foi.desk import Desk, fresh, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_reopened_by_a_court_keeps_what_was_reported(desk):
    application = desk.case("2025-02-20")
    desk.decide(application, "not_held", "2025-03-10", facts={"search": "检索了2015年以来的档案"})
    desk.gates(application, "2025-03-10", "legal")
    desk.reply(application, "2025-03-12")
    row = actions.remedy(
        desk.agency,
        RemedyKind.REVIEW,
        date(2025, 4, 7),
        "明湖区人民政府",
        by=desk.legal,
        at=moment("2025-04-07"),
        application=application,
    )
    assert row.answer_due_on == date(2025, 4, 14)
    with pytest.raises(RuleBroken, match="主要理由"):
        actions.settle(row, RemedyResult.CORRECTED, date(2025, 6, 25), "", by=desk.legal, at=moment("2025-06-25"))
    actions.settle(
        row, RemedyResult.CORRECTED, date(2025, 6, 25), "检索不充分", by=desk.legal, at=moment("2025-06-25")
    )
    actions.reopen(
        application, date(2025, 6, 25), "明湖政复〔2025〕9号", by=desk.legal, at=moment("2025-06-25"), days=15
    )
    application = fresh(application)
    assert (application.state, application.due_on) == ("handling", date(2025, 7, 16))
    assert (application.counted_on, application.counted_outcome) == (date(2025, 3, 12), "not_held")
    desk.provide(application, "2025-07-10")
    application = fresh(application)
    assert (application.outcome, application.counted_outcome) == ("provided", "not_held")


def test_turned_public(desk):
    application = desk.case("2025-02-20")
    desk.provide(application, "2025-03-14")
    row = actions.propose(
        application, "2024年度低保资金支出情况", "两人申请相同信息", by=desk.clerk, at=moment("2025-03-17")
    )
    with pytest.raises(RuleBroken, match="已经提出"):
        actions.propose(application, "x", "y", by=desk.clerk, at=moment("2025-03-17"))
    row = actions.release(row, True, "", by=desk.head, at=moment("2025-03-18"))
    assert row.record is not None and not row.record.is_public(moment("2026-01-01"))
    assert "张" not in row.record.title


def test_c40_c41_assignment(desk):
    application = desk.submit("2025-02-20")
    with pytest.raises(RuleBroken, match="不能承办"):
        actions.assign(application, desk.legal, by=desk.head, at=moment("2025-02-20"))
    actions.assign(application, desk.clerk, by=desk.head, at=moment("2025-02-20"), due_on=date(2025, 3, 3))
    with pytest.raises(RuleBroken, match="信息员承办"):
        actions.accept(application, by=desk.colleague, at=moment("2025-02-21"))
    with pytest.raises(RuleBroken, match="说明理由"):
        actions.send_back(application, " ", by=desk.clerk, at=moment("2025-02-21"))
    actions.send_back(application, "不是我科室的事", by=desk.clerk, at=moment("2025-02-21"))
    assert fresh(application).handler is None
    actions.assign(application, desk.colleague, by=desk.head, at=moment("2025-02-21"))
    actions.accept(application, by=desk.colleague, at=moment("2025-02-21"))
    assert actions.chase(application, by=desk.head, at=moment("2025-03-03")).chased == 1


def test_only_the_handler_handles(desk):
    application = desk.submit("2025-02-20")
    with pytest.raises(RuleBroken, match="还没有人承办"):
        actions.split(application, ["一"], by=desk.clerk, at=moment("2025-02-20"))
    actions.accept(application, by=desk.clerk, at=moment("2025-02-20"))
    with pytest.raises(RuleBroken, match="信息员承办"):
        actions.split(application, ["一"], by=desk.colleague, at=moment("2025-02-20"))
    with pytest.raises(PermissionDenied):
        actions.split(application, ["一"], by=desk.legal, at=moment("2025-02-20"))


def test_a_case_of_two_items(desk):
    application = desk.case("2025-02-20")
    actions.split(application, ["低保支出明细", "", "会议讨论记录"], by=desk.clerk, at=moment("2025-02-21"))
    desk.decide(
        application, "provided", "2025-03-10", 1, facts={"provided": "一份", "where": "网上", "when": "随本答复"}
    )
    answers = {"class": "属于讨论记录", "no_duty": "核对了低保办法，没有规定", "why": "公开会影响坦率讨论"}
    desk.decide(application, "process", "2025-03-10", 2, facts={"reason": "讨论记录"}, answers=answers)
    desk.give(application, "2025-03-10")
    desk.gates(application, "2025-03-10")
    letter = desk.reply(application, "2025-03-12")
    assert fresh(application).outcome == "partial"
    text = "\n".join(actions.preview(letter, date(2025, 3, 12)).body)
    assert "（一）关于“低保支出明细”" in text and "（二）关于“会议讨论记录”" in text
    with pytest.raises(RuleBroken, match="已经办结"):
        actions.split(application, ["一"], by=desk.clerk, at=moment("2025-03-13"))


def test_c24_a_wrong_entry_is_annulled_and_stays_visible(desk):
    application = desk.case("2025-09-22")
    desk.letter(application, "third_party", "2025-09-24", party="甲公司", content="报价")
    actions.served(application, "甲公司", date(2025, 9, 25), by=desk.clerk, at=moment("2025-09-26"))
    step = application.steps.last()
    first = application.steps.first()
    with pytest.raises(RuleBroken, match="最后登记"):
        actions.annul(first, "错了", by=desk.clerk, at=moment("2025-09-26"))
    actions.annul(step, "送达日写错", by=desk.clerk, at=moment("2025-09-26"))
    assert application.steps.filter(void=True).count() == 1
    actions.served(application, "甲公司", date(2025, 9, 26), by=desk.clerk, at=moment("2025-09-26"))


@pytest.mark.parametrize(("on", "said"), [("2025-10-01", "今天以后"), ("2025-09-23", "早于落款")])
def test_c17_c60_impossible_days(desk, on, said):
    application = desk.case("2025-09-22")
    desk.letter(application, "third_party", "2025-09-24", party="甲公司", content="报价")
    with pytest.raises(RuleBroken, match=said):
        actions.served(application, "甲公司", date.fromisoformat(on), by=desk.clerk, at=moment("2025-09-26"))


def test_c66_nothing_is_issued_with_an_unfilled_field(desk):
    application = desk.case("2025-02-20")
    draft = actions.draft(
        application, "correction", {"defects": "年度不明"}, by=desk.clerk, at=moment("2025-02-21")
    )
    with pytest.raises(RuleBroken, match="怎样补正"):
        actions.issue(draft, by=desk.clerk, at=moment("2025-02-21"))
    assert Letter.objects.get().number == "" and not Counter.objects.filter(kind="correction").exists()


def test_c63_the_letter_bears_the_case_s_number_addressee_and_days(desk):
    application = desk.case("2025-02-20")
    letter = desk.provide(application, "2025-03-14")
    paper = actions.preview(letter, letter.issued_on)
    assert (paper.addressee, paper.number, paper.day) == ("张三丰", letter.number, "2025年3月14日")
    assert application.number in paper.body[0] and "2025年2月20日" in paper.body[0]


def test_contact_rating_and_amendment(desk):
    application = desk.case("2025-02-20")
    actions.amend_contact(application, {"phone": "0571-00009999", "name": "改名"}, at=moment("2025-02-21"))
    known = dict(personal.clear(fresh(application)))
    assert known["联系电话"] == "0571-00009999" and known["姓名或者名称"] == "张三丰"
    with pytest.raises(RuleBroken, match="还在办理"):
        actions.rate(application, 5, "", at=moment("2025-02-22"))
    desk.provide(application, "2025-03-14")
    assert actions.rate(application, 5, "很快", at=moment("2025-03-17")).score == 5
    with pytest.raises(RuleBroken, match="已经评价"):
        actions.rate(application, 1, "", at=moment("2025-03-18"))
    assert "0571-00009999" not in str(list(LogEntry.objects.values()))


def test_opinions_by_whom(desk):
    application = desk.case("2025-02-20")
    for person in (desk.clerk, desk.head):
        with pytest.raises(PermissionDenied):
            actions.opine(application, OpinionKind.LEGAL, Verdict.PASS, "同意", by=person, at=moment("2025-02-21"))
    with pytest.raises(RuleBroken, match="参加单位"):
        actions.opine(
            application, OpinionKind.CONSULTATION, Verdict.NOTE, "一致同意", by=desk.clerk, at=moment("2025-02-21")
        )
    actions.opine(
        application,
        OpinionKind.CONSULTATION,
        Verdict.NOTE,
        "一致同意",
        by=desk.clerk,
        at=moment("2025-02-21"),
        parties="区司法局、区法院",
    )
    assert application.steps.filter(kind="consultation").exists()


def test_c49_every_step_is_logged_with_old_and_new(desk):
    application = desk.case("2025-02-20")
    desk.letter(application, "correction", "2025-02-21", defects="年度不明", guidance="写明年度", days="5")
    entry = LogEntry.objects.get(action="foi.correction_notice")
    assert entry.detail["state"] == ["办理中", "待补正"] and entry.detail["due"] == ["2025-03-20", ""]
    assert (entry.by, entry.agency) == (desk.clerk, desk.agency)


def test_c55_a_restricted_case_is_seen_only_by_those_concerned(desk):
    application = desk.case("2025-02-20")
    actions.hold(application, True, by=desk.head, at=moment("2025-02-20"))
    rows = Application.objects
    assert application in rows.visible_to(desk.clerk) and application in rows.visible_to(desk.head)
    assert application not in rows.visible_to(desk.colleague) and application not in rows.visible_to(desk.legal)


def test_derived_columns_are_what_a_recount_gives(desk):
    application = desk.case("2025-09-22")
    desk.letter(application, "third_party", "2025-09-24", party="甲公司", content="报价")
    before = Application.objects.values().get(pk=application.pk)
    actions.rederive(application, at=moment("2025-09-24"))
    assert Application.objects.values().get(pk=application.pk) == before
    actions.rederive(application, at=moment("2025-12-01"))
    after = fresh(application)
    assert after.state == "handling" and after.due_on > date(2025, 10, 24)
    assert LogEntry.objects.filter(action="foi.recount").count() == 1
