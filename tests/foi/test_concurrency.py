"""PostgreSQL 上真的同时:编号不断不重,同一件只有一个人办成(C64)。"""

import pytest
from django.db import connection

from gongkai.foi import actions
from gongkai.foi.models import Application, Counter, Letter
from gongkai.law.errors import RuleBroken
from tests.foi.desk import Desk, moment
from tests.records.test_concurrency import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite 的写事务本来就一个接一个,测不出同时"),
]
AT = moment("2025-02-20")


@pytest.fixture
def desk(transactional_db):
    return Desk()


def test_c64_receipt_numbers_run_without_gaps_under_concurrency(desk):
    done, faults = together(*(lambda: actions.submit(desk.intake(), at=AT) for _ in range(12)))
    assert connection.vendor == "postgresql"
    assert (done, faults) == (12, [])
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert numbers == [f"MH0112-2025-{n:04}" for n in range(1, 13)]


def test_c64_letter_numbers_too(desk):
    drafts = []
    for _ in range(8):
        case = desk.case("2025-02-20")
        drafts.append(
            actions.draft(
                case, "correction", {"defects": "年度", "guidance": "写明", "days": "15"}, by=desk.clerk, at=AT
            )
        )
    done, faults = together(*(lambda one=one: actions.issue(one, by=desk.clerk, at=AT) for one in drafts))
    assert (done, faults) == (8, [])
    numbers = sorted(int(n.rpartition("〕")[2][:-1]) for n in Letter.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 9)) and Counter.objects.get(kind="correction").last == 8


def test_the_same_letter_is_issued_once(desk):
    case = desk.case("2025-02-20")
    fields = {"defects": "年度", "guidance": "写明", "days": "15"}
    draft = actions.draft(case, "correction", fields, by=desk.clerk, at=AT)
    done, faults = together(*(lambda: actions.issue(draft, by=desk.clerk, at=AT) for _ in range(4)))
    assert done == 1 and [type(one) for one in faults] == [RuleBroken] * 3
    assert case.steps.filter(kind="correction_notice").count() == 1


def test_two_clerks_take_over_the_same_case(desk):
    case = desk.submit("2025-02-20")
    done, faults = together(
        lambda: actions.accept(case, by=desk.clerk, at=AT), lambda: actions.accept(case, by=desk.colleague, at=AT)
    )
    assert done == 1 and "已经由" in str(faults[0])
