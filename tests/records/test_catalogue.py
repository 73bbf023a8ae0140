"""公开目录:覆盖矩阵的每一种格,下钻,不予公开信息的评估清单;件数再多查询数不变。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.law.openness import Openness
from gongkai.org.models import Agency
from gongkai.records import actions, catalogue, types
from gongkai.records.models import Record
from tests.records.office import AT, Office, moment

ON = AT.date()


def cell(office, duty, on=ON, **options):
    table = catalogue.matrix(on=on, **options)
    row = next(row for row in table.rows if row.agency == office.agency)
    assert len(row.cells) == len(table.items)
    return dict(zip([item.key for item in table.items], row.cells, strict=True)).get(duty)


def test_columns_are_every_duty_of_the_law(db):
    table = [item.key for item in catalogue.matrix(on=ON, agencies=[]).items]
    assert table == list(duties.all())
    references = [item.reference for item in duties.all().values()]
    assert {f"ogi:20.0.{n}" for n in range(1, 16)} <= set(references)
    assert {"ogi:21.1", "ogi:21.2"} <= set(references)
    assert sum(item.tab is duties.Tab.FIELDS for item in duties.all().values()) == 8


@pytest.mark.parametrize(
    ("kind", "duty", "applies"),
    [
        (AgencyKind.DEPARTMENT, "normative", True),
        (AgencyKind.DEPARTMENT, "municipal", True),
        (AgencyKind.DEPARTMENT, "homesteads", False),
        (AgencyKind.TOWN, "homesteads", True),
        (AgencyKind.TOWN, "municipal", False),
        (AgencyKind.TOWN, "social-assistance", True),
        (AgencyKind.DEPARTMENT, "field-budget", False),
        (AgencyKind.GOVERNMENT, "field-budget", True),
    ],
)
def test_cells_follow_the_kind_of_agency(db, kind, duty, applies):
    assert (cell(Office(kind=kind), duty) is not None) is applies


def test_empty_filled_overdue_and_late_cells(office):
    assert (cell(office, "planning").state, cell(office, "planning").count) == ("empty", 0)
    office.publish("plan", fields={"plan_kind": "专项规划"}, made_on=date(2024, 9, 2))
    filled = cell(office, "planning")
    assert (filled.state, filled.count, filled.late, filled.last) == ("ok", 1, 0, AT)
    months = duties.get("planning").months
    last_day = catalogue.months_after(ON, months)
    assert cell(office, "planning", on=last_day).state == "ok"
    assert cell(office, "planning", on=last_day.replace(day=last_day.day + 1)).state == "overdue"
    office.publish("plan", fields={"plan_kind": "专项规划"}, made_on=date(2024, 7, 1), title="迟公开的规划")
    assert (cell(office, "planning").count, cell(office, "planning").late) == (2, 1)


def test_months_after_ends_with_a_shorter_month():
    assert catalogue.months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert catalogue.months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert catalogue.months_after(date(2023, 12, 15), 12) == date(2024, 12, 15)


def test_what_is_not_public_does_not_fill_a_cell(office):
    office.draft("statistics", fields={"period": "2024年"})
    office.publish("statistics", fields={"period": "2023年"}, openness=Openness.WITHHELD, ground="第十六条")
    gone = office.publish("statistics", fields={"period": "2022年"})
    actions.withdraw(gone, "retracted", reason="数据有误", on=ON, by=office.head, at=AT)
    office.sign(office.draft("statistics", fields={"period": "2021年"}), publish_at=moment(2024, 9, 9))
    assert cell(office, "statistics").state == "empty"
    assert cell(office, "statistics", on=date(2024, 9, 9)).count == 1


def test_declared_absence_is_not_an_empty_cell(office):
    def declare(reason, *items):
        return actions.declare_absences(office.agency, items, reason, by=office.clerk, at=AT)

    for wrong, given in (("理由", (" ", "fees")), ("nonsense", ("无", "nonsense")), ("没有选", ("无",))):
        with pytest.raises(RuleBroken, match=wrong):
            declare(*given)
    with pytest.raises(RuleBroken, match="rural-policy"):
        declare("不是本单位的", "rural-policy")  # 镇街的事项,部门本来就没有
    before = catalogue.matrix(on=ON).empty
    absence, _ = declare("本单位不收费", "fees", "recruitment")
    assert cell(office, "fees").state == "claimed" and catalogue.matrix(on=ON).empty == before
    with pytest.raises(PermissionDenied):
        actions.judge_absences(office.agency, ["fees"], True, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="意见"):
        actions.judge_absences(office.agency, ["fees"], False, by=office.office, at=AT)
    assert actions.judge_absences(office.agency, ["fees"], True, by=office.office, at=AT) == 1
    assert (
        actions.judge_absences(office.agency, ["recruitment"], False, "单位要招考", by=office.office, at=AT) == 1
    )
    assert [cell(office, duty).state for duty in ("fees", "recruitment")] == ["absent", "empty"]
    with pytest.raises(RuleBroken, match="待核准"):
        actions.judge_absences(office.agency, ["fees"], True, by=office.office, at=AT)
    table = catalogue.matrix(on=ON)
    assert (table.absent, table.empty) == (1, before - 1)
    empty = table.empty
    absence.refresh_from_db()
    actions.retract_absence(absence, by=office.clerk, at=AT)
    assert cell(office, "fees").state == "empty" and catalogue.matrix(on=ON).empty == empty + 1


def test_an_agency_declares_and_the_district_office_approves_on_their_pages(client, office):
    declare = reverse("desk:absences", args=[office.agency.code])
    approve = reverse("desk:judge_absences", args=[office.agency.code])
    client.force_login(office.clerk)
    assert 'value="fees"' in client.get(declare).content.decode()
    assert client.post(declare, {"items": ["fees"], "reason": " "}).status_code == 422
    assert client.post(declare, {"items": ["fees"], "reason": "收费在区财政局"}).status_code == 302
    client.force_login(office.office)
    assert approve in client.get(reverse("desk:catalogue")).content.decode()
    assert client.post(approve, {"items": ["fees"], "agrees": "yes"}).status_code == 302
    shown = client.get(reverse("desk:cell", args=[office.agency.code, "fees"])).content.decode()
    assert "收费在区财政局" in shown and "核准" in shown
    client.force_login(office.clerk)
    assert client.post(reverse("desk:retract_absence", args=[office.agency.code, "fees"])).status_code == 302
    assert catalogue.matrix(on=ON).absent == 0


def test_columns_of_key_fields_gather_the_whole_district(db):
    government = Office("MH0001", "明湖区人民政府", kind=AgencyKind.GOVERNMENT)
    finance = Office("MH0301", "明湖区财政局")
    finance.publish("budget", fields={"year": "2024", "scope": "政府预算"})
    assert cell(government, "field-budget").count == 1
    assert cell(finance, "budget").count == 1
    behind = catalogue.rows(government.agency, "field-budget", at=AT)
    assert [one.agency for one in behind] == [finance.agency]


def test_drill_down_is_what_was_counted(office):
    office.publish("plan", fields={"plan_kind": "专项规划"})
    office.publish("plan", fields={"plan_kind": "专项规划"}, made_on=date(2024, 7, 1), title="迟")
    behind = catalogue.rows(office.agency, "planning", at=AT)
    assert behind.count() == cell(office, "planning").count == 2
    assert [one.title for one in catalogue.late(behind)] == ["迟"]
    with pytest.raises(KeyError):
        catalogue.item("nonsense")


def test_merged_agencies_leave_the_matrix(office):
    Office("MH0999", "明湖区旧局", ended_on=date(2024, 1, 1))
    assert [row.agency for row in catalogue.matrix(on=ON).rows] == [office.agency]
    assert len(catalogue.matrix(on=date(2023, 12, 31)).rows) == 2


def test_totals_add_up(office):
    office.publish("plan", fields={"plan_kind": "专项规划"}, made_on=date(2024, 7, 1))
    table = catalogue.matrix(on=ON)
    cells = [one for row in table.rows for one in row.cells if one]
    assert table.cells == len(cells) and table.late == 1
    assert table.empty == sum(one.count == 0 for one in cells) == table.cells - 1


def test_number_of_queries_does_not_grow(office):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            catalogue.matrix(on=ON)
        return len(captured)

    few = queries()
    for n in range(3):
        Agency.objects.create(code=f"MH08{n:02}", name=f"明湖区第{n}局", kind=AgencyKind.DEPARTMENT)
    for kind in types.all()[:12]:
        Record.objects.create(
            agency=office.agency,
            type=kind.key,
            duty=kind.duty,
            index_number=kind.key,
            title=kind.label,
            published_at=AT,
        )
    assert queries() == few <= 4


class TestReassessment:
    @pytest.fixture
    def withheld(self, office):
        office.person("both", "评估员", *office.people)
        return office.publish(
            openness=Openness.WITHHELD, ground="第十六条", at=moment(2023, 5, 8), made_on=date(2023, 5, 1)
        )

    def ledger(self, year):
        return catalogue.reassessments(Record.objects.all(), year)

    def test_due_from_the_year_after(self, withheld):
        assert self.ledger(2023).total == 0
        due = self.ledger(2024)
        assert (due.total, due.done, due.opened) == (1, 0, 0) and due.basis == "《条例》第十八条"
        assert [(one.pk, one.outcome, one.outcome_label) for one in due.rows] == [(withheld.pk, None, "")]

    def test_drafts_and_public_records_are_not_in_it(self, office, withheld):
        office.draft(openness=Openness.WITHHELD, ground="第十五条", at=moment(2023, 5, 8))
        office.publish(at=moment(2023, 5, 8), made_on=date(2023, 5, 1))
        assert self.ledger(2024).total == 1

    def test_keeping_is_noted_and_asked_again_next_year(self, office, withheld):
        actions.reassess(withheld, 2024, "keep", "情形没有变", by=office.clerk, at=AT)
        assert (self.ledger(2024).done, self.ledger(2025).done, self.ledger(2025).total) == (1, 0, 1)
        assert self.ledger(2024).rows.get().outcome_label == "维持不予公开"

    @pytest.mark.parametrize(
        ("year", "reason", "words"), [(2024, " ", "理由"), (2025, "提前", "还没有到")], ids=["reason", "future"]
    )
    def test_refused(self, office, withheld, year, reason, words):
        with pytest.raises(RuleBroken, match=words):
            actions.reassess(withheld, year, "keep", reason, by=office.clerk, at=AT)
        assert not withheld.reassessments.exists()

    def test_once_a_year(self, office, withheld):
        actions.reassess(withheld, 2024, "keep", "情形没有变", by=office.clerk, at=AT)
        with pytest.raises(RuleBroken, match=r"2024年已经评估过.*第十八条"):
            actions.reassess(withheld, 2024, "open", "又变了", by=office.clerk, at=AT)

    def test_public_information_is_not_reassessed(self, office):
        with pytest.raises(RuleBroken, match="主动公开"):
            actions.reassess(office.publish(), 2024, "keep", "试", by=office.clerk, at=AT)

    @pytest.mark.parametrize("outcome", ["open", "part"])
    def test_c109_turned_public_through_the_whole_review_linked_both_ways(self, office, withheld, outcome):
        done = actions.reassess(withheld, 2024, outcome, "情势变化", by=office.clerk, at=AT)
        released = done.released
        assert released.openness == Openness.ACTIVE and released.published_at is None
        assert [one.target for one in released.relations_out.all()] == [withheld]
        assert withheld.relations_in.get().inverse_label == "已转为公开"
        released = office.sign(released.draft)
        assert released.is_public(AT) and not released.late, "期限从决定公开之日起算,不从多年前成文之日"
        assert self.ledger(2024).opened == 1 and self.ledger(2025).total == 0

    def test_a_release_that_is_thrown_away_is_asked_again(self, office, withheld):
        released = actions.reassess(withheld, 2024, "open", "情势变化", by=office.clerk, at=AT).released
        with pytest.raises(RuleBroken, match="已经转出过一件"):
            actions.reassess(withheld, 2023, "open", "补做上年", by=office.clerk, at=AT)
        actions.discard(released.draft, reason="不宜公开", by=office.clerk, at=AT)
        assert self.ledger(2025).total == 1

    def test_head_may_decide_and_is_then_the_writer(self, office, withheld):
        released = actions.reassess(withheld, 2024, "open", "情势变化", by=office.head, at=AT).released
        edition = released.draft
        actions.submit(edition, by=office.clerk, at=AT)
        for kind in ("first", "second", "secrecy"):
            office.judge(edition, kind)
        with pytest.raises(RuleBroken, match="起草、改过"):
            office.judge(edition, "final", by=office.head)
        office.judge(edition, "final")
