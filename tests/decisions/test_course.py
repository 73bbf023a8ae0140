"""一项决策从建议到公布:每一步照条例核对,硬的规则在动作里拦得住。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.decisions import actions, course, facts, todo
from gongkai.decisions.models import Evidence
from gongkai.law.consultation import Channel, Disposition
from gongkai.law.decisions import Stage, Step
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from tests.decisions.office import AFTER, DISCUSSION, REVIEW, START, Council
from tests.records.office import moment

pytestmark = pytest.mark.django_db
LATER = moment(2026, 11, 2, 9)


@pytest.fixture
def council():
    return Council()


def answered(council, one, *texts):
    for text in texts:
        actions.send_opinion(one, text, at=moment(2026, 9, 20))
    if texts:
        pks = list(one.opinions.values_list("pk", flat=True))
        actions.answer(
            one, pks, Disposition.TAKEN, reason="", shown="建议提高补贴。", by=council.office.clerk, at=AFTER
        )
    return council.feed_back(one, at=moment(2026, 10, 12))


def test_from_proposal_to_publication(council):
    dossier = council.dossier()
    one = council.round(dossier)
    answered(council, one, "补贴提高一点。", "送餐上门。")
    dossier = council.reviewed(dossier)
    assert dossier.stage == Stage.REVIEWED
    council.enter(
        dossier, "discussion", date(2026, 10, 28), DISCUSSION, at=moment(2026, 10, 28), by=council.office.head
    )
    paper = council.office.draft(title="明湖区老年助餐服务补贴办法", at=LATER)
    actions.attach_paper(
        dossier, paper.record, by=council.office.clerk, at=LATER, seen=council.fresh(dossier).mark
    )
    with pytest.raises(RuleBroken, match="同级党委"):
        council.office.sign(paper, at=LATER)
    council.enter(dossier, "party", date(2026, 10, 30), {"number": "明政请〔2026〕9号"}, at=LATER)
    council.office.judge(council.office.fresh(paper), "final", at=LATER)
    dossier = council.fresh(dossier)
    assert (dossier.stage, dossier.published_on) == (Stage.PUBLISHED, date(2026, 11, 2))
    owed = {part.label: part.links for part in course.parts(dossier, LATER)}
    assert owed["管理"] == (("执行分工", False),) and owed["执行"] == (("执行情况", False),)
    given = {"unit": "区民政局", "tasks": "年内开十处。", "report_on": "2027-01-31"}
    council.enter(dossier, "assignment", date(2026, 11, 2), given, at=LATER)
    late, panel = moment(2027, 2, 1), "该报告执行情况的决策"
    owed = {part.label: part.links for part in course.parts(dossier, late)}
    assert owed["管理"] == (("执行分工", True), ("督促检查", False)), "到了日子没有报告，该去检查"
    assert [
        (one.label, one.count) for one in todo.panels(council.office.clerk, late.date()) if one.label == panel
    ] == [(panel, 1)]
    council.enter(dossier, "execution", date(2027, 2, 1), {"unit": "区民政局", "summary": "开了八处。"}, at=late)
    found = {"unit": "区政府督查室", "found": "少开两处。"}
    council.enter(dossier, "inspection", date(2027, 2, 1), found, at=late)
    owed = {part.label: part.links for part in course.parts(dossier, late)}
    assert owed["执行"] == (("执行情况", True),) and owed["管理"] == (("执行分工", True), ("督促检查", True))
    assert not next(one for one in todo.panels(council.office.clerk, late.date()) if one.label == panel).count
    codes = set(LogEntry.objects.filter(object_type="decisions.dossier").values_list("action", flat=True))
    assert {
        "decisions.start",
        "decisions.hand_in",
        "decisions.review",
        "decisions.discuss",
        "decisions.publish",
    } <= codes


def test_it_is_not_handed_in_before_the_round_has_its_result(council):
    dossier = council.dossier()
    one = council.round(dossier)
    with pytest.raises(RuleBroken, match="才截止"):
        council.step(dossier, Step.HAND_IN, at=moment(2026, 9, 15), by=council.office.clerk)
    actions.send_opinion(one, "提高补贴。", at=moment(2026, 9, 20))
    with pytest.raises(RuleBroken, match="还有1条意见"):
        council.step(dossier, Step.HAND_IN, at=AFTER, by=council.office.clerk)
    actions.answer(
        one,
        [one.opinions.get().pk],
        Disposition.REJECTED,
        reason="财力不够。",
        shown="提高补贴。",
        by=council.office.clerk,
        at=AFTER,
    )
    with pytest.raises(RuleBroken, match="采纳情况还没有公布"):
        council.step(dossier, Step.HAND_IN, at=AFTER, by=council.office.clerk)
    council.feed_back(one, at=AFTER)
    assert council.step(dossier, Step.HAND_IN, at=AFTER, by=council.office.clerk).stage == Stage.REVIEW


def test_no_opinion_is_published_too(council):
    one = council.round(council.dossier())
    body = council.feed_back(one, at=AFTER).live.text
    assert "没有收到意见" in body


def test_an_illegal_draft_goes_back_and_a_changed_one_is_reviewed_again(council):
    dossier = council.dossier()
    council.enter(
        dossier,
        "participation",
        date(2026, 9, 1),
        {"way": "座谈会", "who": "老人12人", "summary": "支持"},
        at=START,
    )
    council.step(dossier, Step.HAND_IN, at=AFTER, by=council.office.clerk)
    with pytest.raises(PermissionDenied):
        council.enter(dossier, "review", date(2026, 10, 2), REVIEW, at=AFTER, by=council.office.clerk)
    council.enter(
        dossier,
        "review",
        date(2026, 10, 2),
        REVIEW | {"sent_on": "2026-10-02", "conclusion": "不合法"},
        at=AFTER,
        by=council.office.legal,
    )
    assert council.fresh(dossier).stage == Stage.DRAFTING
    dossier = council.reviewed(dossier)
    seen = dossier.mark
    changed = actions.redraft(dossier, "删去第三条", by=council.office.clerk, at=LATER, seen=seen)
    assert (changed.stage, changed.draft_no) == (Stage.DRAFTING, 2)
    assert facts.dossier_facts(changed, LATER).review.draft == 1, "原来的审查针对第一稿"
    with pytest.raises(RuleBroken, match="刷新"):
        actions.redraft(dossier, "再改", by=council.office.clerk, at=LATER, seen=seen)


def test_what_was_discussed_cannot_be_changed_but_a_wrong_entry_can_be_voided(council):
    dossier = council.dossier()
    row = council.enter(dossier, "party", date(2026, 9, 1), {"number": "一号"}, at=START)
    actions.void(row, "登错了", by=council.office.clerk, at=START)
    assert facts.dossier_facts(council.fresh(dossier), START).party_report_on is None
    assert Evidence.objects.get(pk=row.pk).void_reason == "登错了"
    with pytest.raises(RuleBroken, match="已经作废"):
        actions.void(row, "再一次", by=council.office.clerk, at=START)
    council.enter(
        dossier,
        "participation",
        date(2026, 9, 1),
        {"way": "座谈会", "who": "老人12人", "summary": "支持"},
        at=START,
    )
    dossier = council.reviewed(dossier)
    found = council.enter(dossier, "discussion", date(2026, 10, 28), DISCUSSION, at=LATER, by=council.office.head)
    with pytest.raises(RuleBroken, match="不能作废"):
        actions.void(found, "改主意", by=council.office.head, at=LATER)


def test_an_uncontrolled_risk_locks_and_a_new_assessment_unlocks(council):
    dossier = council.dossier(risky=True)
    risk = {"assessor": "甲中心", "points": "占道", "measures": "分流", "plan": "预案", "controllable": "不可控"}
    council.enter(
        dossier, "participation", date(2026, 9, 1), {"way": "走访", "who": "居民", "summary": "支持"}, at=START
    )
    council.enter(dossier, "risk", date(2026, 9, 1), risk, at=START)
    with pytest.raises(RuleBroken, match="不可控"):
        council.step(dossier, Step.HAND_IN, at=AFTER, by=council.office.clerk)
    council.enter(dossier, "risk", date(2026, 9, 20), risk | {"controllable": "可控"}, at=AFTER)
    assert council.step(dossier, Step.HAND_IN, at=AFTER, by=council.office.clerk).stage == Stage.REVIEW


def test_what_is_withheld_runs_without_the_public(council, client):
    dossier = council.dossier(withheld_basis="涉及国家秘密")
    with pytest.raises(RuleBroken, match="不公开征求意见"):
        council.round(dossier)
    assert client.get(dossier.get_absolute_url()).status_code == 404
    dossier = council.reviewed(dossier)
    council.enter(dossier, "discussion", date(2026, 10, 28), DISCUSSION, at=LATER, by=council.office.head)
    with pytest.raises(RuleBroken, match="同级党委"):
        council.step(dossier, Step.PUBLISH, at=LATER)
    council.enter(dossier, "party", date(2026, 10, 30), {"number": "一号"}, at=LATER)
    assert council.step(dossier, Step.PUBLISH, at=LATER).stage == Stage.PUBLISHED


def test_steps_need_their_right_and_a_reason(council):
    dossier = council.dossier(start=False)
    with pytest.raises(PermissionDenied):
        council.step(dossier, Step.START, at=START, by=council.office.clerk)
    with pytest.raises(RuleBroken, match="没有写原因"):
        council.step(dossier, Step.DECLINE, at=START)
    with pytest.raises(RuleBroken, match="终审签发"):
        council.step(dossier, Step.PUBLISH, at=START)
    assert council.step(dossier, Step.DECLINE, at=START, reason="条件不成熟").stage == Stage.DECLINED


class TestRound:
    def test_short_without_a_reason_is_not_signed(self, council):
        dossier = council.dossier()
        one = council.round(dossier, end_on=date(2026, 9, 20), publish=False)
        with pytest.raises(RuleBroken, match="不足三十日"):
            council.office.sign(one.record.draft, at=START)
        plan = {
            "media": one.media,
            "ways": [],
            "focus": "",
            "next_steps": "",
            "by": council.office.clerk,
            "at": START,
        }
        actions.plan_round(one, date(2026, 9, 20), short_reason="汛期将至，情况紧急", **plan)
        edition = council.office.fresh(one.record.draft)
        assert council.office.judge(edition, "final", at=START).record.is_public(START)

    def test_it_can_be_made_longer_never_shorter(self, council):
        one = council.round(council.dossier())
        by = {"by": council.office.clerk, "at": moment(2026, 9, 20)}
        with pytest.raises(RuleBroken, match="只许延长"):
            actions.extend(one, date(2026, 9, 25), "早点", **by)
        with pytest.raises(RuleBroken, match="期限不能改"):
            actions.plan_round(
                one, date(2026, 12, 1), media=["网"], ways=[], focus="", next_steps="", short_reason="", **by
            )
        assert actions.extend(one, date(2026, 10, 10), "应居民要求", **by).end_on == date(2026, 10, 10)
        actions.send_opinion(one, "晚来的一条。", at=moment(2026, 10, 10, 23, 59))
        with pytest.raises(RuleBroken, match="已经截止"):
            actions.send_opinion(one, "再晚一条。", at=moment(2026, 10, 11, 0, 0))
        with pytest.raises(RuleBroken, match="不能再延长"):
            actions.extend(one, date(2026, 12, 1), "还想听", by=council.office.clerk, at=moment(2026, 10, 11))

    def test_two_rounds_are_not_open_at_once(self, council):
        dossier = council.dossier()
        one = council.round(dossier)
        with pytest.raises(RuleBroken, match="第1轮还没有公布采纳情况"):
            council.round(dossier, publish=False)
        council.feed_back(one, at=AFTER)
        assert council.round(dossier, at=AFTER, end_on=date(2026, 11, 2), publish=False).number == 2

    def test_a_notice_of_no_dossier_is_not_signed(self, council):
        fields = {"draft": "第一条", "explanation": "说明"}
        with pytest.raises(RuleBroken, match="不属于任何一卷"):
            council.office.publish("consultation", fields=fields)


class TestOpinions:
    def test_every_opinion_has_an_answer_a_reason_and_no_personal_data(self, council):
        one = council.round(council.dossier())
        made, _ = actions.send_opinion(one, "我是张三，住人民路1号。", at=moment(2026, 9, 20))
        by = {"by": council.office.clerk, "at": AFTER}
        with pytest.raises(RuleBroken, match="没有写理由"):
            actions.answer(one, [made.pk], Disposition.PARTLY, reason="", shown="意见", **by)
        with pytest.raises(RuleBroken, match="公开的写法里有"):
            actions.answer(one, [made.pk], Disposition.TAKEN, reason="", shown="电话13800138000", **by)
        with pytest.raises(RuleBroken, match="没有选意见"):
            actions.answer(one, [], Disposition.TAKEN, reason="", shown="意见", **by)
        assert actions.answer(one, [made.pk], Disposition.TAKEN, reason="", shown="意见", **by) == 1
        council.feed_back(one, at=AFTER)
        with pytest.raises(RuleBroken, match="采纳情况已经签发"):
            actions.answer(one, [made.pk], Disposition.REJECTED, reason="不行", shown="意见", **by)

    def test_the_same_words_are_one_line_with_their_number(self, council):
        one = council.round(council.dossier())
        for text in ("反对停车收费！", "反对 停车收费", "反对停車收費。"):
            actions.send_opinion(one, text, at=moment(2026, 9, 20))
        assert one.opinions.values("fingerprint").distinct().count() == 1 and one.opinions.count() == 3
        pks = list(one.opinions.values_list("pk", flat=True))
        actions.answer(
            one,
            pks,
            Disposition.REJECTED,
            reason="依法收费。",
            shown="反对停车收费。",
            by=council.office.clerk,
            at=AFTER,
        )
        live = council.feed_back(one, at=AFTER).live
        assert live.body.count("反对停车收费") == 1 and "（3条）" in live.body
        assert live.fields["received"] == "3"

    def test_an_opinion_on_paper_came_within_the_period(self, council):
        one = council.round(council.dossier())
        given = {"by": council.office.clerk, "at": AFTER}
        actions.enter_opinion(one, Channel.LETTER, "信里说的。", received_at=moment(2026, 10, 1, 12), **given)
        with pytest.raises(RuleBroken, match="收到的日子不在"):
            actions.enter_opinion(one, Channel.LETTER, "晚了。", received_at=moment(2026, 10, 2, 8), **given)

    def test_an_opinion_that_came_after_the_result_was_drafted_stops_it(self, council):
        one = council.round(council.dossier())
        edition = actions.feedback(one, by=council.office.clerk, at=AFTER)
        actions.enter_opinion(
            one, Channel.LETTER, "补录的。", received_at=moment(2026, 9, 30), by=council.office.clerk, at=AFTER
        )
        with pytest.raises(RuleBroken, match="还有1条意见"):
            council.office.sign(edition, at=AFTER)
        pks = list(one.opinions.values_list("pk", flat=True))
        actions.answer(one, pks, Disposition.TAKEN, reason="", shown="补录的。", by=council.office.clerk, at=AFTER)
        with pytest.raises(RuleBroken, match="对不上"):
            council.office.judge(council.office.fresh(edition), "final", at=AFTER)

    @pytest.mark.parametrize(("text", "why"), [("", "没有写意见"), ("！！", "没有写意见"), ("意" * 5001, "超过")])
    def test_what_is_no_opinion(self, council, text, why):
        one = council.round(council.dossier())
        with pytest.raises(RuleBroken, match=why):
            actions.send_opinion(one, text, at=moment(2026, 9, 20))


def test_a_paper_swapped_after_its_review_is_neither_discussed_nor_published(council):
    """What was reviewed is what is discussed and published; what the meeting changed is entered with the reason."""
    office, clerk = council.office, {"by": council.office.clerk}
    dossier = council.dossier()
    answered(council, council.round(dossier), "补贴提高一点。")
    paper = office.draft(title="明湖区老年助餐服务补贴办法", body="<p>每餐补贴三元。</p>", at=AFTER)
    actions.attach_paper(council.fresh(dossier), paper.record, at=AFTER, seen=council.fresh(dossier).mark, **clerk)
    dossier = council.reviewed(council.fresh(dossier))

    def write(body, at):
        edition = office.fresh(paper)
        records.save(edition, {"body": body}, at=at, revision=edition.revision, **clerk)

    held, given = moment(2026, 10, 28), DISCUSSION | {"outcome": "修改后通过"}
    write("<p>每餐补贴五元。</p>", held)
    with pytest.raises(RuleBroken, match="没有经过审查"):
        council.enter(dossier, "discussion", date(2026, 10, 28), given, at=held, by=office.head)
    write("<p>每餐补贴三元。</p>", held)
    council.enter(dossier, "discussion", date(2026, 10, 28), given, at=held, by=office.head)
    council.enter(dossier, "party", date(2026, 10, 30), {"number": "明政请〔2026〕9号"}, at=LATER)
    write("<p>每餐补贴四元。</p>", LATER)
    with pytest.raises(RuleBroken, match="没有登记会议决定改了什么"):
        office.sign(paper, at=LATER)
    told = {"changed": "三元改为四元。", "reason": "会议认为标准偏低。"}
    council.enter(dossier, "amendment", date(2026, 10, 28), told, at=LATER, by=office.head)
    office.judge(office.fresh(paper), "final", at=LATER)
    assert council.fresh(dossier).stage == Stage.PUBLISHED
