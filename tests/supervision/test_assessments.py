"""考核:从指标表到审定;自己不评自己,两个人评、两个人否决,异议由没评过的人复核,改口径一并重算。"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.engagement import actions as engagement
from gongkai.law.agencies import Role
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import RuleBroken
from gongkai.org.models import Agency
from gongkai.supervision import actions, circular, papers, scoring
from gongkai.supervision.models import LineMark, Notice, Round
from gongkai.supervision.terms import NoticeKind, ObjectionKind, ObjectionOutcome, RoundState
from tests.records.office import Office, moment
from tests.supervision.sample import SYSTEM, plan, round_of

pytestmark = pytest.mark.django_db
AT = moment(2026, 10, 12, 9)
ON = AT.date()
FULL = {"applies": True, "points": Decimal(20), "proof": "文件齐全"}


@pytest.fixture
def own():
    return Office()


@pytest.fixture
def units():
    return Office("MH0108", "明湖区司法局"), Office("MH0109", "明湖区财政局")


def go(round, on=ON, by=None):
    return actions.go_on(Round.objects.get(pk=round.pk), on=on, by=by, at=AT)


def test_a_table_that_does_not_add_up_is_not_taken(own):
    broken = SYSTEM.replace('weight = "60"', 'weight = "50"')
    with pytest.raises(RuleBroken, match="C1 一级指标合计90分"):
        actions.save_system("表", broken, on=ON, by=own.inspector, at=AT, agency=own.agency)
    likes = SYSTEM.replace("制度齐全的得满分", "每月不少于40条的得满分")
    with pytest.raises(RuleBroken, match="C6"):
        actions.save_system("表", likes, on=ON, by=own.inspector, at=AT, agency=own.agency)
    first = actions.save_system("表", SYSTEM, on=ON, by=own.inspector, at=AT, agency=own.agency)
    again = actions.save_system("表", SYSTEM, on=ON, by=own.inspector, at=AT, agency=own.agency)
    assert (first.version, again.version) == (1, 2)


def test_departments_and_towns_are_not_assessed_by_one_table(own):
    town = Agency.objects.create(code="MH05", name="明湖区白鹭镇人民政府", kind="town")
    with pytest.raises(RuleBroken, match="不能用一张表"):
        round_of(own, AT, own.agency, town)


def test_from_self_assessment_to_the_decision(own, units):
    justice, finance = units
    justice.publish(at=moment(2026, 3, 2), made_on=date(2026, 3, 2))
    finance.publish(at=moment(2026, 6, 2), made_on=date(2026, 3, 2))
    letter, _ = engagement.send_letter(justice.agency, LetterKind.CONSULT, "题目", "内容", at=moment(2026, 5, 6))
    round = round_of(own, AT, justice.agency, finance.agency)
    assert round.system.frozen_at is not None
    first, second = round.candidates.all()

    # 自评:没填齐交不上,多于分值填不进,别的单位替不了
    given = {"1": (Decimal(60), ""), "2": (Decimal(20), ""), "3": (Decimal(20), "")}
    with pytest.raises(RuleBroken, match="超出0至60分"):
        actions.assess_self(first, {"1": (Decimal(61), "")}, hand_in=False, by=justice.head, at=AT)
    with pytest.raises(RuleBroken, match="还有2项没有自评"):
        actions.assess_self(first, {"1": (Decimal(60), "")}, hand_in=True, by=justice.head, at=AT)
    with pytest.raises(PermissionDenied):
        actions.assess_self(first, given, hand_in=True, by=finance.head, at=AT)
    actions.assess_self(first, given, hand_in=True, by=justice.head, at=AT)
    with pytest.raises(RuleBroken, match="已经交上"):
        actions.assess_self(first, given, hand_in=True, by=justice.head, at=AT)

    # 自动读数:按时的、迟的、没有这项业务的
    assert actions.read_figures(round, by=own.inspector, at=AT) == 4
    read = {(one.candidate_id, one.indicator): one for one in LineMark.objects.all()}
    assert (read[first.pk, "1"].part, read[first.pk, "1"].whole) == (1, 1)
    assert (read[second.pk, "1"].part, read[second.pk, "1"].whole) == (0, 1)
    assert [fact["text"] for fact in read[first.pk, "2"].facts] == [letter.number]
    assert not read[second.pk, "2"].applies

    go(round, by=own.inspector)
    with pytest.raises(RuleBroken, match="没评的项"):
        go(round, by=own.inspector)
    for one in (first, second):
        with pytest.raises(RuleBroken, match="没有写证据"):
            actions.mark_line(
                one, "3", FULL | {"points": Decimal(10), "proof": ""}, on=ON, by=own.inspector, at=AT
            )
        actions.mark_line(
            one, "3", FULL | {"points": Decimal(15), "proof": "缺会商制度"}, on=ON, by=own.inspector, at=AT
        )
        with pytest.raises(RuleBroken, match="第一位评分人给的是15"):
            actions.mark_line(one, "3", FULL, on=ON, by=own.office, at=AT)
        actions.mark_line(
            one, "3", FULL | {"points": Decimal(15), "proof": "缺会商制度"}, on=ON, by=own.office, at=AT
        )
    found = scoring.results(Round.objects.get(), ON)
    assert [(str(one.candidate), str(one.score.total)) for one in found] == [
        ("明湖区司法局", "91.00"),
        ("明湖区财政局", "18.75"),
    ]
    go(round, by=own.inspector)

    # 异议:由没有评过这一项的人复核,改口径的一并重算
    line = LineMark.objects.get(candidate=second, indicator="3")
    made = actions.object_to(line, ObjectionKind.READING, "会商制度是全区的", "", on=ON, by=finance.head, at=AT)
    with pytest.raises(RuleBroken, match="已经提了异议"):
        actions.object_to(line, ObjectionKind.FACT, "再提", "", on=ON, by=finance.head, at=AT)
    after = ON + timedelta(days=10)
    with pytest.raises(RuleBroken, match="没有复核"):
        actions.decide(Round.objects.get(), "常务会议", on=after, by=own.head, at=AT)
    for scorer in (own.inspector, own.office):
        with pytest.raises(RuleBroken, match="评过这一项的人"):
            actions.look_again(
                made, ObjectionOutcome.CHANGED, "成立", points=Decimal(20), alike=True, by=scorer, at=AT
            )
    other = own.person("second-inspector", "督查乙", Role.INSPECTOR)
    with pytest.raises(RuleBroken, match="一并重算"):
        actions.look_again(made, ObjectionOutcome.CHANGED, "成立", points=Decimal(20), by=other, at=AT)
    done = actions.look_again(
        made, ObjectionOutcome.CHANGED, "成立", points=Decimal(20), alike=True, by=other, at=AT
    )
    assert done.alike == 1 and LineMark.objects.get(candidate=first, indicator="3").points == 20

    # 审定:异议期过了,没有评过分的人;结果封存
    with pytest.raises(RuleBroken, match="才截止"):
        actions.decide(Round.objects.get(), "常务会议", on=ON, by=own.head, at=AT)
    decided = actions.decide(Round.objects.get(), "常务会议", on=after, by=own.head, at=AT)
    assert decided.state == RoundState.DECIDED
    assert [(row["name"], row["total"], row["grade"]) for row in decided.frozen["rows"]] == [
        ("明湖区司法局", "96.00", "优秀"),
        ("明湖区财政局", "25.00", ""),
    ]
    edition = actions.draft_result(decided, on=after, by=own.clerk, at=AT)
    assert "96.00" in edition.body and "优秀" in edition.body

    # 表扬的名单从封存的结果来
    praise = actions.draft_notice(
        own.agency,
        NoticeKind.PRAISE,
        "关于考核结果的通报",
        since=date(2026, 1, 1),
        until=ON,
        on=ON,
        round=decided,
        by=own.office,
        at=AT,
    )
    assert [row["unit"] for row in praise.rows["rows"]] == ["明湖区司法局"]


def test_an_assessor_does_not_score_the_own_unit(own):
    round = round_of(own, AT)
    go(round, by=own.inspector)
    with pytest.raises(RuleBroken, match="不能给本单位评分"):
        actions.mark_line(round.candidates.get(), "3", FULL, on=ON, by=own.inspector, at=AT)


def test_bonus_by_proof_and_veto_by_two(own, units):
    justice, _ = units
    round = round_of(own, AT, justice.agency)
    candidate = round.candidates.get()
    bare = actions.claim_bonus(candidate, "B1", "province", "全省推广", "", by=justice.clerk, at=AT)
    proved = actions.claim_bonus(candidate, "B1", "city", "全市推广", "市办发〔2026〕1号", by=justice.clerk, at=AT)
    go(round, by=own.inspector)
    candidate.refresh_from_db()
    with pytest.raises(RuleBroken, match="没有证明材料"):
        actions.judge_bonus(bare, True, "", by=own.inspector, at=AT)
    actions.judge_bonus(bare, False, "没有证明", by=own.inspector, at=AT)
    actions.judge_bonus(proved, True, "", by=own.inspector, at=AT)
    actions.mark_line(candidate, "1", {"applies": True, "points": Decimal(60)}, on=ON, by=own.inspector, at=AT)
    actions.mark_line(candidate, "3", FULL, on=ON, by=own.inspector, at=AT)
    assert scoring.score_of(candidate, round.system.parsed()).total == Decimal("102.00")
    veto = actions.find_veto(candidate, "V1", "公开了名单", "截图", by=own.inspector, at=AT)
    assert scoring.score_of(candidate, round.system.parsed()).total == Decimal("102.00"), "一个人提的不算"
    with pytest.raises(RuleBroken, match="提出的人"):
        actions.second_veto(veto, by=own.inspector, at=AT)
    with pytest.raises(RuleBroken, match="申辩"):
        actions.second_veto(veto, by=own.office, at=AT)
    actions.hear_veto(veto, "已经撤回", by=justice.head, at=AT)
    actions.second_veto(veto, by=own.office, at=AT)
    candidate = round.candidates.get()
    assert scoring.score_of(candidate, round.system.parsed()).total == Decimal("59.00")


def test_a_notice_counts_what_it_names(own, units):
    justice, _ = units
    plan(own, moment(2026, 3, 5))
    actions.issue_correction(
        justice.agency,
        "目录没有更新",
        "还是旧的",
        "更新",
        due_on=date(2026, 9, 30),
        on=date(2026, 9, 1),
        by=own.office,
        at=moment(2026, 9, 1),
    )
    given = {"since": date(2026, 1, 1), "until": ON, "on": ON, "by": own.office, "at": AT}
    with pytest.raises(RuleBroken, match="没有可以通报的"):
        actions.draft_notice(own.agency, NoticeKind.PRAISE, "表扬", **given)
    made = actions.draft_notice(own.agency, NoticeKind.CRITICISM, "关于第三季度的通报", **given)
    assert (made.rows["looked"], made.rows["well"]) == (2, 1) and "占50%" in made.lead
    assert "明湖区司法局：整改逾期：目录没有更新" in "".join(circular.paragraphs(made))
    with pytest.raises(RuleBroken, match=r"电话|手机|联系"):
        actions.edit_notice(made, "请联系张三，13900001234。", "整改", by=own.office, at=AT)
    with pytest.raises(RuleBroken, match="还没有核实"):
        actions.issue_notice(made, "明政办发〔2026〕9号", on=ON, by=own.office, at=AT)
    with pytest.raises(RuleBroken, match="起草的人"):
        actions.confirm_notice(made, by=own.office, at=AT)
    actions.confirm_notice(made, by=own.inspector, at=AT)
    issued = actions.issue_notice(made, "明政办发〔2026〕9号", on=ON, by=own.office, at=AT)
    paper = papers.notice(issued)
    assert len(paper.parts[-2].rows) == 2 and paper.parts[0].text.endswith("9号")
    assert papers.WAYS["docx"](paper)[:2] == b"PK" and papers.WAYS["pdf"](paper)[:4] == b"%PDF"
    edition = actions.draft_record(issued, by=own.clerk, at=AT)
    assert "目录没有更新" in edition.body and Notice.objects.get().record_id == edition.record_id
