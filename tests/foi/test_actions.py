"""依申请公开的动作:收件、补正、征求意见、延长、收费、答复、送达、救济、转主动公开,和每一步的权限与法律。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.adapters.files import Kind, kind_of
from gongkai.foi import actions, numbering, personal
from gongkai.foi.models import Application, Counter, Fee, Letter, Step
from gongkai.foi.terms import OpinionKind, Verdict
from gongkai.law.errors import RuleBroken
from gongkai.org import codes
from gongkai.org.models import LogEntry
from tests.foi.desk import IDENTITY, PDF, Desk, fresh, moment

pytestmark = pytest.mark.django_db

PROVIDED = {"provided": "支出明细一份", "where": "在本网站下载", "when": "随本答复"}


@pytest.fixture
def desk():
    return Desk()


def test_a_submission_is_received_the_same_day_with_number_and_code(desk):
    application, code = actions.submit(desk.intake(), at=moment("2025-02-20"))
    assert application.number == "MH0112-2025-0001"
    assert (application.received_on, application.due_on) == (date(2025, 2, 20), date(2025, 3, 20))
    assert codes.matches(code, application.query_digest, numbering.CODE_PURPOSE)
    assert codes.matches(code.lower().replace("-", " "), application.query_digest, numbering.CODE_PURPOSE)
    assert code not in str(Application.objects.values().get())


def test_the_personal_data_are_sealed_and_masked(desk):
    application = desk.submit("2025-02-20")
    row = str(Application.objects.values().get()) + str(list(LogEntry.objects.values()))
    assert IDENTITY not in row and "张三丰" not in row and "zhang@example.cn" not in row
    assert application.applicant == "张**"
    assert ("证件号码", "33**************30") in personal.masked(application)
    assert dict(personal.clear(application))["证件号码"] == IDENTITY


def test_an_organisation_keeps_its_name(desk):
    application = desk.submit("2025-02-20", applicant_kind="business", personal={"name": "明湖某某有限公司"})
    assert application.applicant == "明湖某某有限公司"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"personal": {}}, "姓名"),
        ({"description": " "}, "所要信息"),
        ({"files": (("identity", "a.exe", b"MZ\x90\x00" + b"\0" * 100),)}, "不能收"),
        ({"files": (("identity", "a.pdf", b""),)}, "空的"),
    ],
)
def test_what_cannot_be_received_leaves_nothing(desk, changes, said):
    with pytest.raises(RuleBroken, match=said):
        desk.submit("2025-02-20", **changes)
    assert not Application.objects.exists() and not Counter.objects.exists()


def test_c94_a_file_is_typed_by_its_content(desk):
    application = desk.submit("2025-02-20", files=(("identity", "身份证.txt", PDF),))
    assert application.files.get().kind == Kind.PDF


@pytest.mark.parametrize(
    ("channel", "arrived", "confirmed", "received"),
    [
        ("plain_mail", "2022-09-28", "2022-09-30", "2022-09-30"),
        ("signed_mail", "2022-09-30", None, "2022-09-30"),
        ("oral", "2022-09-30", None, "2022-09-30"),
    ],
)
def test_c15_registering_by_channel(desk, channel, arrived, confirmed, received):
    day = date.fromisoformat
    application, _ = actions.register(
        desk.intake(),
        channel,
        day(arrived),
        by=desk.clerk,
        at=moment("2022-10-10"),
        confirmed_on=day(confirmed) if confirmed else None,
    )
    assert application.received_on == day(received) and application.due_on == date(2022, 11, 2)
    assert application.evidence


def test_plain_mail_needs_confirmation(desk):
    with pytest.raises(RuleBroken, match="确认"):
        actions.register(desk.intake(), "plain_mail", date(2022, 9, 28), by=desk.clerk, at=moment("2022-10-10"))
    with pytest.raises(PermissionDenied):
        actions.register(desk.intake(), "counter", date(2022, 9, 28), by=desk.legal, at=moment("2022-10-10"))


def test_c64_numbers_have_no_gaps_even_after_a_failure(desk):
    desk.submit("2025-02-20")
    with pytest.raises(RuleBroken):
        desk.submit("2025-02-20", files=(("identity", "a.exe", b"MZ\x90\x00" + b"\0" * 100),))
    assert desk.submit("2025-12-31").number.endswith("2025-0002")
    assert desk.submit("2026-01-04").number.endswith("2026-0001")


def test_plain_disclosure(desk):
    application = desk.case("2025-02-20")
    letter = desk.provide(application, "2025-03-14")
    application = fresh(application)
    assert (application.state, application.outcome, application.cell) == ("replied", "provided", "r1")
    assert (application.late, application.answered_on, application.closed_on) == (
        False,
        date(2025, 3, 14),
        date(2025, 3, 14),
    )
    assert letter.number == "明民公开复〔2025〕1号"
    for suffix, kind in (("pdf", Kind.PDF), ("docx", Kind.DOCX)):
        name, content = actions.printed(letter, suffix)
        assert name == f"政府信息公开申请答复书明民公开复〔2025〕1号.{suffix}" and kind_of(content) is kind


def test_signed_in_time_but_posted_late_is_late(desk):
    application = desk.case("2025-02-20")
    desk.provide(application, "2025-03-20", posted="2025-03-21")
    application = fresh(application)
    assert application.late and application.answered_on == date(2025, 3, 21)
    actions.explain_late(application, "交邮迟了一天", by=desk.clerk, at=moment("2025-03-24"))
    assert fresh(application).late_cause


def test_between_signing_and_posting_the_case_is_open(desk):
    application = desk.case("2025-02-20")
    desk.decide(application, "not_held", "2025-03-10", facts={"search": "李某于3月10日以“低保”检索2015年以来档案"})
    desk.gates(application, "2025-03-10", "legal")
    draft = actions.draft(application, "reply", {}, by=desk.clerk, at=moment("2025-03-10", 15))
    actions.issue(draft, by=desk.head, at=moment("2025-03-10", 16))
    application = fresh(application)
    assert (application.state, application.is_open, application.due_on) == ("decided", True, date(2025, 3, 20))


def test_c45_the_drafter_does_not_sign(desk):
    head = desk.person("both", "双岗", *(role for role in desk.people if role.value in ("clerk", "head")))
    application = desk.submit("2025-02-20")
    actions.accept(application, by=head, at=moment("2025-02-20", 11))
    actions.decide(
        application.items.get(),
        "not_ours",
        by=head,
        at=moment("2025-02-21"),
        facts={"reason": "属于区财政局", "agency": "明湖区财政局，望湖路3号"},
    )
    draft = actions.draft(application, "reply", {}, by=head, at=moment("2025-02-21"))
    with pytest.raises(RuleBroken, match="拟稿人"):
        actions.issue(draft, by=head, at=moment("2025-02-21"))


@pytest.mark.parametrize("gate", ["secrecy", "legal"])
def test_c47_no_reply_without_its_gates(desk, gate):
    application = desk.case("2025-02-20")
    facts = {"provided": "第一部分", "where": "网上", "withheld": "第二部分", "reason": "过程稿"}
    answers = {
        "class": "属于过程稿，未形成最终决定",
        "no_duty": "核对了低保办法，没有规定",
        "why": "公开会影响决策",
    }
    desk.decide(application, "partial", "2025-03-10", facts=facts, ground="process", answers=answers)
    desk.give(application, "2025-03-10")
    desk.gates(application, "2025-03-10", gate)
    with pytest.raises(RuleBroken, match="要先经过"):
        desk.reply(application, "2025-03-11")
    assert (
        not Letter.objects.exclude(issued_at=None).exists() and not Counter.objects.filter(kind="reply").exists()
    )


def test_c44_changing_the_outcome_clears_earlier_reviews(desk):
    application = desk.case("2025-02-20")
    desk.decide(application, "not_held", "2025-03-10", facts={"search": "检索了2015年以来的档案"})
    desk.gates(application, "2025-03-10", "legal")
    desk.decide(application, "to_be_made", "2025-03-11", facts={"reason": "需要加工汇总"})
    with pytest.raises(RuleBroken, match="法制审核"):
        desk.reply(application, "2025-03-11")


def test_nobody_reviews_or_signs_what_was_changed_under_their_eyes(desk):
    application = desk.case("2025-02-20")
    desk.decide(application, "not_held", "2025-03-10", facts={"search": "检索了2015年以来的档案"})
    shown = actions.given_mark(application)
    desk.decide(application, "to_be_made", "2025-03-10", facts={"reason": "需要加工汇总"})
    review = {"by": desk.legal, "at": moment("2025-03-10", 14)}
    with pytest.raises(RuleBroken, match="不是最新的稿子"):
        actions.opine(application, OpinionKind.LEGAL, Verdict.PASS, "同意。", **review, seen=shown)
    shown = actions.given_mark(application)
    actions.opine(application, OpinionKind.LEGAL, Verdict.PASS, "同意。", **review, seen=shown)

    letter = actions.draft(application, "reply", {}, by=desk.clerk, at=moment("2025-03-10", 15))
    page = actions.signing_mark(letter, actions.preview(letter, date(2025, 3, 10)))
    actions.decide(
        application.items.get(),
        "to_be_made",
        by=desk.clerk,
        at=moment("2025-03-10", 15),
        facts={"reason": "需要另行汇总、分析"},
    )
    actions.opine(application, OpinionKind.LEGAL, Verdict.PASS, "同意。", **review)
    with pytest.raises(RuleBroken, match="不是最新的稿子"):
        actions.issue(letter, by=desk.head, at=moment("2025-03-10", 16), seen=page)
    page = actions.signing_mark(letter, actions.preview(letter, date(2025, 3, 10)))
    assert actions.issue(letter, by=desk.head, at=moment("2025-03-10", 16), seen=page).number


def test_a_reply_that_gives_needs_the_file(desk):
    application = desk.case("2025-02-20")
    desk.decide(
        application, "provided", "2025-03-10", facts={"provided": "一份", "where": "网上", "when": "随本答复"}
    )
    desk.gates(application, "2025-03-10", "secrecy")
    with pytest.raises(RuleBroken, match="文件还没有放进"):
        desk.reply(application, "2025-03-11")


def test_correction_restarts_the_period(desk):
    application = desk.case("2021-09-30")
    desk.letter(
        application, "correction", "2021-10-15", defects="没有写明年度", guidance="请写明哪一年", days="15"
    )
    application = fresh(application)
    assert (application.state, application.due_on) == ("correcting", None)
    actions.give_correction(application, "要2020年的", at=moment("2021-10-20"))
    application = fresh(application)
    assert (application.state, application.due_on, application.start_on) == (
        "handling",
        date(2021, 11, 17),
        date(2021, 10, 20),
    )


def test_c28_a_second_correction_notice_is_refused(desk):
    application = desk.case("2025-02-20")
    fields = {"defects": "年度不明", "guidance": "写明年度", "days": "15"}
    desk.letter(application, "correction", "2025-02-21", **fields)
    actions.give_correction(application, "2024年", at=moment("2025-02-24"))
    with pytest.raises(RuleBroken, match="一次性"):
        desk.letter(application, "correction", "2025-02-25", **fields)
    assert Letter.objects.exclude(issued_at=None).count() == 1


def test_c29_lapse_only_after_the_time_for_correction(desk):
    application = desk.case("2025-02-20")
    desk.letter(application, "correction", "2025-02-21", defects="年度不明", guidance="写明年度", days="5")
    with pytest.raises(RuleBroken, match="还没有届满"):
        actions.lapse(application, "correction_lapsed", date(2025, 2, 28), by=desk.clerk, at=moment("2025-02-28"))
    actions.lapse(application, "correction_lapsed", date(2025, 3, 3), by=desk.clerk, at=moment("2025-03-03"))
    application = fresh(application)
    assert (application.state, application.outcome, application.cell) == ("lapsed", "correction_lapsed", "r6_1")
    assert application.due_on is None


def test_third_party_who_objects(desk):
    application = desk.case("2025-09-22")
    desk.letter(application, "third_party", "2025-09-24", party="甲公司", content="中标合同的报价部分")
    actions.served(application, "甲公司", date(2025, 9, 26), by=desk.clerk, at=moment("2025-09-26"))
    assert fresh(application).state == "inquiring"
    with pytest.raises(RuleBroken, match="理由"):
        actions.heard(application, "甲公司", date(2025, 10, 17), "no", "", by=desk.clerk, at=moment("2025-10-17"))
    actions.heard(
        application, "甲公司", date(2025, 10, 17), "no", "含报价策略", by=desk.clerk, at=moment("2025-10-17")
    )
    application = fresh(application)
    assert (application.state, application.due_on) == ("handling", date(2025, 11, 12))
    facts = {"provided": "合同其余部分", "where": "网上", "withheld": "报价部分", "reason": "商业秘密"}
    answers = {
        "right": "甲公司的商业秘密，公开将泄露报价",
        "opinion": "不同意，理由合理",
        "public_interest": "不会，结果已公告",
    }
    desk.decide(application, "partial", "2025-11-03", facts=facts, ground="third_party", answers=answers)
    desk.give(application, "2025-11-03")
    desk.gates(application, "2025-11-03")
    desk.reply(application, "2025-11-04")
    application = fresh(application)
    assert (application.outcome, application.late) == ("partial", False)
    letter = application.letters.get(kind="reply")
    text = "".join(actions.preview(letter, letter.issued_on).body)
    assert "先向明湖区人民政府申请行政复议" in text and "《中华人民共和国政府信息公开条例》第三十七条" in text


def test_extension_by_the_head_only_and_once(desk):
    application = desk.case("2024-01-15")
    fields = {"why": "需要检索多年档案", "days": "20"}
    with pytest.raises(PermissionDenied):
        desk.letter(application, "extension", "2024-02-01", **fields)
    letter = desk.letter(application, "extension", "2024-02-01", by=desk.head, **fields)
    application = fresh(application)
    assert (application.due_on, application.original_due_on) == (date(2024, 3, 14), date(2024, 2, 9))
    text = "".join(actions.preview(letter, date(2024, 2, 1)).body)
    assert "不能在2024年2月9日前答复" in text
    with pytest.raises(RuleBroken, match="只能一次"):
        desk.letter(application, "extension", "2024-02-02", by=desk.head, **fields)


@pytest.mark.parametrize(("days", "said"), [("21", "最长20"), ("0", "不对"), ("x", "不对"), ("", "没填的项")])
def test_c23_an_extension_above_the_limit(desk, days, said):
    application = desk.case("2024-01-15")
    with pytest.raises(RuleBroken, match=said):
        desk.letter(application, "extension", "2024-02-01", by=desk.head, why="检索", days=days)
    assert not Step.objects.filter(kind="extended").exists()


def test_fee_by_pages_then_payment(desk):
    application = desk.case("2025-01-02")
    desk.letter(application, "fee", "2025-01-20", basis="page", quantity="68", payment="缴至区财政专户")
    fee = Fee.objects.get()
    assert (int(fee.yuan), fee.due_on, fresh(application).state) == (380, date(2025, 2, 21), "paying")
    actions.pay_proof(application, "凭证.pdf", PDF, at=moment("2025-02-20"))
    actions.paid(application, date(2025, 2, 20), "票据1", by=desk.clerk, at=moment("2025-02-20", 15))
    application = fresh(application)
    assert (application.state, application.due_on) == ("handling", date(2025, 3, 20))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"basis": "item,page", "quantity": "35"}, "不能同时"),
        ({"basis": "", "quantity": "35"}, "不能同时"),
        ({"basis": "item", "quantity": "10"}, "不收费"),
        ({"basis": "page", "quantity": "-1"}, "不对"),
        ({"basis": "page", "quantity": "68", "payment": ""}, "没填的项"),
    ],
)
def test_wrong_fees(desk, fields, said):
    application = desk.case("2025-01-02")
    with pytest.raises(RuleBroken, match=said):
        desk.letter(application, "fee", "2025-01-20", **{"payment": "专户", **fields})
    assert not Fee.objects.exists() and fresh(application).state == "handling"


@pytest.mark.parametrize(
    ("basis", "quantity", "printed"),
    [
        ("item", "11", "100元"),
        ("item", "31", "200元"),
        ("page", "31", "10元"),
        ("page", "130", "1300元"),
        ("page", "500", "14700元"),
        ("item", "131", "1200元"),
    ],
)
def test_the_fee_notice_prints_every_digit_of_the_amount(desk, basis, quantity, printed):
    """A notice once read 1元 for 100元: the zeros before the point were stripped with those behind it."""
    application = desk.case("2025-01-02")
    fields = {"basis": basis, "quantity": quantity, "payment": "缴至区财政专户"}
    letter = actions.draft(application, "fee", fields, by=desk.clerk, at=moment("2025-01-20"))
    body = "".join(actions.preview(letter, date(2025, 1, 20)).body)
    assert f"数额：{printed}。" in body


def test_fee_not_paid(desk):
    application = desk.case("2025-01-02")
    desk.letter(application, "fee", "2025-01-20", basis="item", quantity="35", payment="专户")
    assert int(Fee.objects.get().yuan) == 200
    with pytest.raises(RuleBroken, match="还没有届满"):
        actions.lapse(application, "fee_lapsed", date(2025, 2, 21), by=desk.clerk, at=moment("2025-02-21"))
    actions.lapse(application, "fee_lapsed", date(2025, 2, 24), by=desk.clerk, at=moment("2025-02-24"))
    assert fresh(application).cell == "r6_2"


def test_excessive_needs_reasons_asked_first(desk):
    application = desk.case("2025-02-20")
    facts = {"demand": "已于2月24日要求说明，申请人称想看看", "reason": "理由不合理"}
    desk.decide(application, "excessive", "2025-03-10", facts=facts)
    desk.gates(application, "2025-03-10", "legal")
    with pytest.raises(RuleBroken, match="要求说明理由"):
        desk.reply(application, "2025-03-11")
    desk.letter(application, "reasons", "2025-03-11", excess="一个月内申请41件", days="5")
    desk.reply(application, "2025-03-20")
    assert fresh(application).cell == "r5_4"


def test_withdrawn_by_the_applicant(desk):
    application = desk.case("2025-02-20")
    actions.quit(application, at=moment("2025-02-24"))
    application = fresh(application)
    assert (application.state, application.cell, application.due_on) == ("withdrawn", "r6_3", None)
    with pytest.raises(RuleBroken, match="已经办结"):
        actions.quit(application, at=moment("2025-02-25"))
