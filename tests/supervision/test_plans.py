"""方案和进展:读、对单位、确认、报、验证、疑、改;硬的规则各挡一次。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.law.supervision import Light, TaskKind, UnitRole
from gongkai.org import actions as org
from gongkai.org.models import Agency
from gongkai.records import actions as records
from gongkai.supervision import actions, intake, points, shipped, standing, todo, units
from gongkai.supervision.models import Piece, Plan, Progress
from gongkai.supervision.shipped import Draft
from gongkai.supervision.terms import CorrectionState, Escalation, Group, PieceState, PlanState, Verdict
from tests.records.office import Office, moment
from tests.supervision.sample import ISSUED, piece, plan

pytestmark = pytest.mark.django_db
AT = moment(2026, 10, 12, 9)
ON = AT.date()


@pytest.fixture
def own():
    Agency.objects.create(code="MH01", name="明湖区人民政府", kind=AgencyKind.GOVERNMENT)
    return Office()


@pytest.fixture
def bureau():
    return Office(code="MH0108", name="明湖区司法局", short_name="区司法局")


def look(made, on=ON, at=AT):
    return standing.views(standing.tasks_of([made]), on=on, at=at)


def test_the_shipped_plan_is_complete_and_its_units_are_found(own, bureau):
    made = actions.adopt_plan(own.agency, shipped.FIVE_YEAR, by=own.office, at=AT)
    assert {task.section for task in made.tasks.all()} == set(range(14))
    assert made.tasks.count() == 60
    days = sorted(str(task.due_on) for task in made.tasks.exclude(due_on=None))
    assert days == ["2022-12-31", "2023-12-31", "2023-12-31", "2025-12-31", "2025-12-31"]
    first = made.tasks.get(clause="2.1")
    assert {(one.role, str(one)) for one in first.pieces.all()} >= {
        ("lead", "明湖区司法局"),
        ("lead", own.agency.name),
    }
    assert first.pieces.get(role="responsible").group == Group.ALL
    with pytest.raises(RuleBroken, match="已经录入过"):
        actions.adopt_plan(own.agency, shipped.FIVE_YEAR, by=own.office, at=AT)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("区政府办公室", "明湖区人民政府办公室"),
        ("区府办", "明湖区人民政府办公室"),
        ("司法局", "明湖区司法局"),
        ("明湖区司法局等部门", "明湖区司法局"),
        ("区司法局负责", "明湖区司法局"),
        ("全区政府信息公开单位", Group.ALL),
        ("各镇、街道办事处", Group.TOWNS),
        ("各部门", Group.DEPARTMENTS),
        ("区某某局", None),
        ("牵头单位", None),
    ],
)
def test_names_as_papers_write_them(own, bureau, written, found):
    got = units.Directory(ON).find(written)
    assert (str(got.agency) if got.agency else got.group) == found


def test_key_points_are_read_from_a_table(own, bureau, here):
    text = (
        "工作任务|牵头单位|责任单位|完成时限\n梳理目录|区府办|区司法局|11月底前\n加强培训|区府办|各部门|长期推进"
    )
    drafts = intake.tasks_in(text, "明湖区2026年政务公开工作要点", ISSUED)
    made = actions.enter_plan(
        own.agency,
        "2026年要点",
        ISSUED,
        drafts,
        starts_on=ISSUED,
        ends_on=date(2026, 12, 31),
        by=own.office,
        at=AT,
    )
    first, second = made.tasks.all()
    assert (first.due_on, first.kind) == (date(2026, 11, 30), TaskKind.ONCE)
    assert [(one.role, one.agency) for one in first.pieces.all()] == [
        ("lead", own.agency),
        ("responsible", bureau.agency),
    ]
    assert (second.due_on, second.kind) == (None, TaskKind.CONTINUING)
    assert second.pieces.get(role="responsible").group == Group.DEPARTMENTS


def test_a_document_is_read_with_its_merged_cells(own, here):
    import io

    from docx import Document

    paper = Document()
    table = paper.add_table(rows=3, cols=4)
    rows = [
        ("工作任务", "工作要求", "责任单位", "完成时限"),
        ("公开预算、决算", "公布预算", "区财政局", "2026年3月底前"),
        ("", "公布决算", "区财政局", "2026年9月底前"),
    ]
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    buffer = io.BytesIO()
    paper.save(buffer)
    drafts = intake.tasks_in(intake.text_of(buffer.getvalue(), "任务表.docx"), "2026年任务分解", ISSUED)
    assert [(one.text, one.responsible, str(one.due)) for one in drafts] == [
        ("公布预算", ("区财政局",), "2026-03-31"),
        ("公布决算", ("区财政局",), "2026-09-30"),
    ]


def test_what_a_paper_does_not_say_is_listed_and_blocks_where_it_must(own, bureau):
    made = plan(
        own,
        AT,
        Draft("两个牵头", ("区政府办公室", "区司法局"), kind="once", due=date(2026, 12, 1)),
        Draft("认不出", ("区某某局",)),
        Draft("没有单位"),
        Draft("没有时限", ("区司法局",), kind="once"),
        Draft("早于文件", ("区司法局",), kind="once", due=date(2020, 12, 31)),
        confirm=False,
    )
    found = {(one.task.order, one.blocks) for one in points.points(made, ON)}
    assert found == {(1, True), (2, True), (3, True), (4, False), (5, True)}
    with pytest.raises(RuleBroken, match="另有1处"):
        actions.confirm_plan(made, on=ON, by=own.office, at=AT)
    first, second, third, _, fifth = made.tasks.all()
    actions.save_task(first, {"text": first.text, "gatherer": own.agency}, by=own.office, at=AT)
    actions.set_piece(second, second.pieces.get(), UnitRole.LEAD, outside="区某某局", by=own.office, at=AT)
    actions.drop_task(third, by=own.office, at=AT)
    with pytest.raises(RuleBroken, match="早于文件"):
        actions.save_task(fifth, {"text": fifth.text, "due_on": date(2020, 12, 31)}, by=own.office, at=AT)
    actions.save_task(fifth, {"text": fifth.text, "due_on": None}, by=own.office, at=AT)
    with pytest.raises(RuleBroken, match="已经有一份"):
        actions.set_piece(fifth, None, UnitRole.HELPING, agency=bureau.agency, by=own.office, at=AT)
    actions.confirm_plan(made, on=ON, by=own.office, at=AT)
    assert Plan.objects.get().state == PlanState.CONFIRMED
    with pytest.raises(RuleBroken, match="不能再改"):
        actions.save_task(first, {"text": "改"}, by=own.office, at=AT)


def test_a_unit_that_was_merged_must_be_replaced(own, bureau):
    made = plan(own, AT, Draft("任务", ("区司法局",), kind="once", due=date(2026, 12, 1)), confirm=False)
    org.merge(bureau.agency, own.agency, on=ON - timedelta(days=1), by=None, at=AT)
    with pytest.raises(RuleBroken, match="撤并，请改为明湖区人民政府办公室"):
        actions.confirm_plan(made, on=ON, by=own.office, at=AT)
    with pytest.raises(RuleBroken, match="撤并"):
        bureau.agency.refresh_from_db()
        actions.set_piece(made.tasks.get(), None, UnitRole.LEAD, agency=bureau.agency, by=own.office, at=AT)


def test_done_is_verified_by_another_with_evidence_the_public_can_see(own, bureau):
    made = plan(own, AT, Draft("公布目录", ("区政府办公室",), ("区司法局",), kind="once", due=date(2026, 11, 30)))
    part = made.tasks.get().pieces.get(agency=bureau.agency)
    with pytest.raises(PermissionDenied):
        actions.report(part, bureau.agency, "办了", by=own.clerk, at=AT)
    with pytest.raises(RuleBroken, match="没有附证据"):
        actions.report(part, bureau.agency, "办了", done=True, by=bureau.clerk, at=AT)
    secret = bureau.draft(title="内部的", at=AT).record
    with pytest.raises(RuleBroken, match="公众看不到"):
        actions.report(
            part, bureau.agency, "办了", done=True, proofs=[actions.Proof(secret)], by=bureau.clerk, at=AT
        )
    record = bureau.publish(at=AT)
    report = actions.report(
        part, bureau.agency, "办了", done=True, proofs=[actions.Proof(record)], by=bureau.clerk, at=AT
    )
    part.refresh_from_db()
    assert part.state == PieceState.CLAIMED and look(made)[0].light is Light.WELL
    with pytest.raises(PermissionDenied):
        actions.judge(report, Verdict.PASSED, "", on=ON, by=bureau.head, at=AT)
    with pytest.raises(RuleBroken, match="差什么"):
        actions.judge(report, Verdict.RETURNED, "", on=ON, by=own.head, at=AT)
    actions.judge(report, Verdict.PASSED, "逐件看过", on=ON, by=own.head, at=AT)
    part.refresh_from_db()
    assert (part.state, part.done_on, part.verified_by) == (PieceState.DONE, ON, own.head)
    with pytest.raises(RuleBroken, match="已经验证过"):
        actions.judge(report, Verdict.PASSED, "", on=ON, by=own.inspector, at=AT)

    # 证据撤下,完成的也亮出来
    records.withdraw(record, "retracted", reason="有误", on=ON, by=bureau.head, at=AT)
    view = look(made)[0]
    assert view.light is Light.DOUBTED and "撤下" in view.responsible[0].doubts[0][1]


def test_who_reports_does_not_verify(own):
    made = plan(own, AT)
    report = actions.report(piece(made), own.agency, "办了", by=own.head, at=AT)
    with pytest.raises(RuleBroken, match="自己报的"):
        actions.judge(report, Verdict.PASSED, "", on=ON, by=own.head, at=AT)


def test_overdue_only_with_a_day_and_continuing_tasks_report_each_quarter(own):
    made = plan(
        own,
        moment(2026, 1, 5),
        Draft("一次", (own.agency.name,), kind="once", due=date(2026, 9, 30)),
        Draft("持续", (own.agency.name,)),
        starts_on=date(2026, 3, 2),
    )
    once, continuing = look(made)
    assert (once.light, continuing.light) == (Light.OVERDUE, Light.OWING)
    assert [one.key for one in continuing.pieces[0].owing] == ["2026Q1", "2026Q2", "2026Q3"]
    with pytest.raises(RuleBroken, match="没有完成之日"):
        actions.report(piece(made, 1), own.agency, "推进", done=True, by=own.clerk, at=AT)
    with pytest.raises(RuleBroken, match="不是一个季度"):
        actions.report(piece(made, 1), own.agency, "推进", period="2026年", by=own.clerk, at=AT)
    for period in ("2026Q1", "2026Q2", "2026Q3"):
        actions.report(piece(made, 1), own.agency, "推进", period=period, by=own.clerk, at=AT)
    assert look(made)[1].light is Light.WELL
    actions.adjust_task(made.tasks.first(), date(2026, 12, 20), "第40次常务会议", "排不下", by=own.office, at=AT)
    assert look(made)[0].light is Light.WELL


def test_a_yearly_task_is_done_anew_each_year(own):
    made = plan(own, AT, Draft("每年一次", (own.agency.name,), kind="yearly"), ends_on=date(2028, 12, 31))
    report = actions.report(
        piece(made), own.agency, "办了", done=True, proofs=[actions.Proof(note="网址")], by=own.clerk, at=AT
    )
    actions.judge(report, Verdict.PASSED, "", on=ON, by=own.inspector, at=AT)
    assert look(made)[0].light is Light.DONE
    view = look(made, date(2027, 3, 1))[0]
    assert (view.light, view.due) == (Light.WELL, date(2027, 12, 31))


def test_put_aside_with_an_approval_and_taken_up_again(own):
    made = plan(own, AT)
    with pytest.raises(RuleBroken, match="批准暂缓"):
        actions.set_aside(piece(made), PieceState.SUSPENDED, "系统没有上线", "", by=own.office, at=AT)
    actions.set_aside(piece(made), PieceState.SUSPENDED, "系统没有上线", "第3次专题会", by=own.office, at=AT)
    assert look(made, date(2027, 1, 5))[0].light is Light.WELL, "暂缓的不催"
    actions.resume(piece(made), "上线了", by=own.office, at=AT)
    assert look(made, date(2027, 1, 5))[0].light is Light.OVERDUE


def test_a_correction_from_doubt_to_its_end(own, bureau):
    plan(own, AT, Draft("公布目录", ("区政府办公室",), ("区司法局",), kind="once", due=date(2026, 12, 30)))
    part = Piece.objects.get(agency=bureau.agency)
    given = ("目录没有更新", "2026年10月9日查看，目录还是2024年的。", "更新目录")
    with pytest.raises(RuleBroken, match="太紧"):
        actions.issue_correction(bureau.agency, *given, due_on=ON, on=ON, by=own.office, at=AT)
    due = date(2026, 10, 30)
    one = actions.issue_correction(bureau.agency, *given, due_on=due, on=ON, by=own.office, at=AT, piece=part)
    part.refresh_from_db()
    assert part.state == PieceState.RETURNED
    with pytest.raises(RuleBroken, match="还没有自报"):
        actions.review_correction(one, True, "改好了", on=ON, by=own.inspector, at=AT)
    with pytest.raises(RuleBroken, match="还没有逾期"):
        actions.escalate(one, "", on=ON, by=own.office, at=AT)
    late = date(2026, 11, 2)
    assert [actions.escalate(one, "", on=late, by=own.office, at=AT).level for _ in Escalation] == list(Escalation)
    with pytest.raises(RuleBroken, match="最后一级"):
        actions.escalate(one, "", on=late, by=own.office, at=AT)
    actions.answer_correction(one, "已经更新", on=ON, by=bureau.clerk, at=AT)
    with pytest.raises(RuleBroken, match="不能自己复核"):
        actions.review_correction(one, True, "改好了", on=ON, by=own.office, at=AT)
    actions.review_correction(one, False, "附件还是旧的", on=ON, by=own.inspector, at=AT)
    actions.answer_correction(one, "附件也换了", on=ON, by=bureau.clerk, at=AT)
    done = actions.review_correction(one, True, "10月12日看过", on=ON, by=own.inspector, at=AT)
    assert (done.state, done.closed_on, done.entries.count()) == (CorrectionState.CLOSED, ON, 10)
    assert Progress.objects.count() == 0


def test_a_late_correction_is_chased(own, bureau):
    """Whoever may raise it sees it from the day after its last day on, the unit too; not what waits for a review."""
    given = ("公租房分配结果空缺", "二季度没有公布", "公布")
    one = actions.issue_correction(bureau.agency, *given, due_on=ON + timedelta(20), on=ON, by=own.office, at=AT)

    def chased(user, on):
        return [row.count for row in todo.panels(user, on) if row.label == "逾期没有改好的整改"]

    assert chased(own.office, one.due_on) == [0] and chased(own.office, one.due_on + timedelta(1)) == [1]
    assert chased(bureau.clerk, one.due_on + timedelta(1)) == []
    actions.answer_correction(one, "已经公布", on=ON, by=bureau.clerk, at=AT)
    assert chased(own.office, one.due_on + timedelta(1)) == [0]


def test_advice_goes_to_who_may_decide_and_only_the_result_is_noted(own, bureau):
    given = {
        "facts": "三次逾期",
        "proof": "台账",
        "basis": "《条例》第五十三条",
        "advice": "批评教育",
        "heard": "",
        "sent_to": "区监委",
    }
    with pytest.raises(RuleBroken, match="申辩"):
        actions.advise(bureau.agency, given, ON, by=own.inspector, at=AT)
    made = actions.advise(bureau.agency, given | {"heard": "没有意见"}, ON, by=own.inspector, at=AT)
    with pytest.raises(RuleBroken, match="早于送出"):
        actions.note_result(made, "约谈", ON - timedelta(days=1), by=own.inspector, at=AT)
    assert actions.note_result(made, "约谈", ON, by=own.inspector, at=AT).result == "约谈"


def test_last_years_unfinished_tasks_are_looked_at_again(client, own):
    given = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 12, 31)}
    last = plan(own, AT, Draft("没有办完的", (own.agency.name,), kind="once", due=date(2026, 9, 30)), **given)
    this = plan(own, AT, Draft("今年的", (own.agency.name,)), before=last)
    client.force_login(own.office)
    page = client.get(this.get_absolute_url()).content.decode()
    assert "回头看" in page and "没有办完的" in page


def test_a_plan_is_narrowed_and_exported_by_unit_and_light(own, bureau, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    late = Draft("逾期的一项", (own.agency.name,), kind=TaskKind.ONCE, due=date(2026, 9, 30), clause="1.1")
    well = Draft("还早的一项", (bureau.agency.name,), kind=TaskKind.ONCE, due=date(2026, 12, 30), clause="1.2")
    made = plan(own, moment(2026, 3, 3), late, well)
    client.force_login(own.office)

    def shown(query):
        page = client.get(f"{made.get_absolute_url()}?{query}").content.decode("utf-8-sig")
        return [text for text in ("逾期的一项", "还早的一项") if text in page]

    assert shown("") == ["逾期的一项", "还早的一项"]
    assert shown("light=troubles") == shown("light=overdue") == shown("agency=MH0101") == ["逾期的一项"]
    assert shown("agency=MH0108&format=csv") == ["还早的一项"]
    assert "没有符合筛选的任务" in client.get(f"{made.get_absolute_url()}?light=done").content.decode()
    assert shown("light=nothing") == ["逾期的一项", "还早的一项"]
