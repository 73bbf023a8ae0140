"""由台账计数:恒等式自成立、跨年、零件、各单位之和、点开的件和数一致(C81—C87)。"""

from datetime import date

import pytest

from gongkai.foi import actions as foi
from gongkai.foi.terms import RemedyKind, RemedyResult
from gongkai.law.report import Severity, check
from gongkai.records.models import Record
from gongkai.reports import actions, counting, figures
from gongkai.reports.terms import Scope
from tests.foi.desk import Desk, moment
from tests.records.office import Office

pytestmark = pytest.mark.django_db
AT = moment("2026-01-05")


@pytest.fixture
def desk():
    """Cases over two years: carried over, closed, withdrawn, still open, of several kinds of applicant."""
    one = Desk()
    old = one.case("2024-12-20")
    one.provide(old, "2025-01-10")
    done = one.case("2025-03-03", applicant_kind="business")
    one.decide(done, "not_held", "2025-03-10", facts={"search": "检索了2015年以来的档案"})
    one.gates(done, "2025-03-10", "legal")
    one.reply(done, "2025-03-12")
    gone = one.case("2025-12-31")
    foi.withdraw(gone, date(2025, 12, 31), by=one.clerk, at=moment("2025-12-31", 23))
    one.case("2025-12-31")
    one.case("2026-01-04")
    return one


def annual_of(desk, year=2025, **more):
    return actions.start(desk.agency, year, by=desk.clerk, at=AT, **more)


def numbers(annual):
    return {key: int(one.number) for key, one in figures.figures(annual).items() if one.number}


def test_c82_what_came_in_equals_what_went_out(desk):
    found = numbers(annual_of(desk))
    assert found == {
        (3, "new", 0): 2,
        (3, "new", 1): 1,
        (3, "new", 6): 3,
        (3, "old", 0): 1,
        (3, "old", 6): 1,
        (3, "r1", 0): 1,
        (3, "r1", 6): 1,
        (3, "r4_1", 1): 1,
        (3, "r4_1", 6): 1,
        (3, "r6_3", 0): 1,
        (3, "r6_3", 6): 1,
        (3, "tot", 0): 2,
        (3, "tot", 1): 1,
        (3, "tot", 6): 3,
        (3, "car", 0): 1,
        (3, "car", 6): 1,
    }


def test_carried_over_is_what_the_next_year_begins_with(desk):
    before, after = numbers(annual_of(desk, 2025)), numbers(annual_of(desk, 2026))
    assert before[3, "car", 6] == after[3, "old", 6] == 1


def test_c83_disputes_by_their_result_or_pending(desk):
    def filed(day, result=None, decided=""):
        row = foi.remedy(
            desk.agency, RemedyKind.REVIEW, date.fromisoformat(day), "明湖区人民政府", by=desk.legal, at=AT
        )
        if result:
            foi.settle(row, result, date.fromisoformat(decided), "检索不充分", by=desk.legal, at=AT)

    filed("2024-11-01", RemedyResult.CORRECTED, "2025-01-15")
    filed("2025-06-01", RemedyResult.UPHELD, "2025-08-01")
    filed("2025-12-01", RemedyResult.UPHELD, "2026-01-02")
    filed("2025-12-02")
    found = figures.figures(annual_of(desk))
    line = [int(found[4, "review", index].number) for index in range(5)]
    assert line == [1, 1, 0, 2, 4]
    for index, result in enumerate(("upheld", "corrected", "other", "pending")):
        assert counting.remedies([desk.agency.pk], 2025, "review", result).count() == line[index]


def test_c85_the_last_minute_of_the_year_is_in_the_old_year(desk):
    annual = annual_of(desk)
    assert counting.cases([desk.agency.pk], annual.year, "r6_3").count() == 1


def test_c86_an_agency_without_cases_reports_noughts():
    office = Office(code="MH0150", name="明湖区气象局")
    annual = actions.start(office.agency, 2025, by=office.clerk, at=AT)
    report = figures.report_of(annual)
    assert set(report.cells()) and all(n == 0 for line in report.cells().values() for n in line)
    assert not [
        one for one in check(report) if one.severity is Severity.ERROR and one.id in ("E1", "E2", "E3", "E7")
    ]


def test_c87_each_number_opens_its_cases(desk):
    annual = annual_of(desk)
    for (table, row, index), figure in figures.figures(annual).items():
        if table == 3:
            column = (*counting.COLUMNS, "total")[index]
            assert counting.cases([desk.agency.pk], 2025, row, column).count() == figure.number, (row, column)


def test_c81_the_district_is_the_sum_of_its_units(desk):
    other = Desk(code="MH0113", name="明湖区交通运输局", short="明湖交通")
    other.case("2025-05-06", applicant_kind="legal")
    government = Office.__new__(Office)
    government.agency = desk.agency.parent
    government.clerk = desk.person("gov-clerk", "区政府信息员", desk.clerk.memberships.first().role)
    government.clerk.memberships.update(agency=government.agency)
    whole = actions.start(government.agency, 2025, by=government.clerk, at=AT, scope=Scope.WHOLE)
    parts = [numbers(annual_of(one)) for one in (desk, other)]
    total = {key: sum(part.get(key, 0) for part in parts) for part in parts for key in part}
    assert numbers(whole) == total
    unit = other.agency.annual_reports.get()
    actions.put(unit, 2, "licence", 0, "1,234", "审批系统", "", by=other.clerk, at=AT)
    actions.put(unit, 3, "new", 4, "5", "上级平台", "另收四件", by=other.clerk, at=AT)
    found = numbers(whole)
    assert found[2, "licence", 0] == 1234 and found[3, "new", 4] == 5


def test_normative_documents_add_up_over_the_years(desk):
    for made, ends in (
        ("2023-05-01", None),
        ("2024-05-01", "2025-04-30"),
        ("2025-05-01", None),
        ("2025-06-01", "2025-11-30"),
    ):
        pk = desk.publish().pk
        Record.objects.filter(pk=pk).update(type="normative", made_on=made, expires_on=ends)
    rows = {
        year: [counting.norms([desk.agency.pk], year, index).count() for index in range(3)]
        for year in (2024, 2025)
    }
    assert rows == {2024: [1, 0, 2], 2025: [2, 2, 2]}
