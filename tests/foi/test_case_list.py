"""案件清单的排序、一次办几件、负责人的一览。"""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.desk import paging
from gongkai.foi import actions
from gongkai.foi.models import Application
from gongkai.foi.views import cases, overview
from gongkai.law.agencies import Role
from gongkai.org.models import LogEntry
from tests.foi.desk import Desk, fresh, moment

pytestmark = pytest.mark.django_db
NOW = moment("2025-03-21")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *a: NOW.date())


@pytest.fixture
def desk():
    return Desk()


def numbers(client, **query):
    page = client.get(reverse("desk:foi_cases"), query).context["page"]
    return [one.number for one in page.rows], page


@pytest.mark.parametrize("sort", cases.SORTS)
def test_every_order_shows_every_case_once_page_by_page(client, desk, monkeypatch, sort):
    made = [desk.case(f"2025-02-{day}") for day in (18, 20, 19, 21, 20)]
    desk.letter(made[1], "correction", "2025-02-21", defects="年度", guidance="写明", days="15")
    desk.provide(made[3], "2025-03-10")
    monkeypatch.setattr(cases, "page", lambda *a, **k: paging.page(*a, size=2, **k))
    client.force_login(desk.head)
    seen, query = [], {"sort": sort}
    for _ in range(3):
        found, page = numbers(client, list="all", **query)
        seen += found
        query = {"sort": sort, "after": page.older}
    assert sorted(seen) == sorted(one.number for one in made) and page.older is None
    keys, ascending = cases.SORTS[sort].keys, cases.SORTS[sort].ascending
    key = keys[0].replace("due_or_last", "due_on")
    rows = [Application.objects.get(number=one) for one in seen]
    values = [getattr(row, key) if key != "due_on" or (row.is_open and row.due_on) else cases.LAST for row in rows]
    assert values == sorted(values, reverse=not ascending)
    back, _ = numbers(client, list="all", sort=sort, before=page.newer)
    assert back == seen[2:4]


def test_the_head_says_how_it_is_sorted_and_an_unknown_order_is_the_usual_one(client, desk):
    desk.case("2025-02-20")
    client.force_login(desk.head)
    text = client.get(reverse("desk:foi_cases"), {"sort": "due", "q": "低保"}).content.decode()
    assert 'aria-sort="ascending"' in text and "sort=received" in text and 'name="sort" value="due"' in text
    assert client.get(reverse("desk:foi_cases"), {"sort": "x; drop"}).context["sort"] == ""


def test_open_cases_come_first_by_their_last_day_and_every_list_says_how_many(client, desk):
    late, early = desk.case("2025-03-12"), desk.case("2025-03-03")
    held, closed = desk.case("2025-03-04"), desk.case("2025-03-05")
    desk.letter(held, "correction", "2025-03-06", defects="年度", guidance="写明", days="15")
    desk.provide(closed, "2025-03-10")
    client.force_login(desk.head)
    assert numbers(client)[0] == [early.number, late.number, held.number]
    assert numbers(client, list="held")[0] == [held.number]
    assert numbers(client, list="closed")[0] == [closed.number]
    assert len(numbers(client, list="all")[0]) == 4
    # 有筛选、没有说哪一页签的,在全部里找
    assert numbers(client, q=closed.number)[0] == [closed.number]
    assert numbers(client, q=closed.number, list="open")[0] == []
    tabs = client.get(reverse("desk:foi_cases")).context["lists"]
    assert {tab.key: tab.count for tab in tabs} == {
        "open": 3,
        "soon": 0,
        "overdue": 0,
        "unassigned": 0,
        "held": 1,
        "closed": 1,
        "all": 4,
    }
    assert [tab.key for tab in tabs if tab.is_current] == ["open"]


# --- 一次办几件 ---


def send(client, key, rows, **more):
    return client.post(reverse("desk:foi_bulk"), {"act": key, "pk": [one.pk for one in rows], **more})


def test_assigning_several_asks_first_and_says_which_cannot_be(client, desk):
    free = [desk.submit("2025-02-20") for _ in range(3)]
    closed = desk.case("2025-02-20")
    desk.provide(closed, "2025-03-10")
    client.force_login(desk.head)
    asked = send(client, "assign", [*free, closed])
    assert set(asked.context["able"]) == set(free) and asked.context["unable"][0][0] == closed
    assert not Application.objects.filter(pk__in=[one.pk for one in free]).exclude(handler=None).exists()
    wrong = send(client, "assign", free, confirm="1")
    assert wrong.status_code == 422
    done = send(client, "assign", [*free, closed], confirm="1", to=desk.clerk.pk, due_on="2025-03-28")
    assert done.status_code == 302
    assert {fresh(one).handler for one in free} == {desk.clerk} and free[0].assignments.get().due_on == date(
        2025, 3, 28
    )


def test_cases_of_units_that_nobody_serves_together_are_assigned_apart(client, desk):
    other = Desk("MH0140", "明湖区文化馆", "文化馆")
    rows = [desk.submit("2025-02-20"), other.submit("2025-02-20")]
    client.force_login(desk.office)
    asked = send(client, "assign", rows)
    assert len(asked.context["able"]) == 2 and "请按单位分开交办" in asked.content.decode()
    assert send(client, "assign", rows, confirm="1", to=desk.clerk.pk).status_code == 422
    assert fresh(rows[0]).handler is None


def test_chasing_several_twice_with_one_form_counts_once(client, desk):
    mine = [desk.submit("2025-02-20") for _ in range(2)]
    for one in mine:
        actions.assign(one, desk.clerk, by=desk.head, at=moment("2025-02-21"))
    free = desk.submit("2025-02-20")
    client.force_login(desk.head)
    asked = send(client, "chase", [*mine, free])
    assert asked.context["unable"] == [(free, "还没有交给谁，不用催。")]
    for _ in range(2):
        send(client, "chase", mine, confirm="1", once="m")
    assert [one.assignments.get().chased for one in mine] == [1, 1]
    assert LogEntry.objects.filter(action="foi.chase").count() == 2


def test_only_own_cases_and_only_these_two_acts(client, desk):
    other = Desk("MH0140", "明湖区文化馆", "文化馆").submit("2025-02-20")
    client.force_login(desk.head)
    assert send(client, "assign", [other], confirm="1", to=desk.clerk.pk).status_code == 302
    assert fresh(other).handler is None
    for key in ("erase", "accept", "", "hold"):
        assert send(client, key, [other]).status_code == 404
    assert client.post(reverse("desk:foi_bulk"), {"act": "chase", "pk": ["x", "-1", "9" * 30]}).status_code == 302
    client.force_login(desk.clerk)
    assert send(client, "assign", [desk.submit("2025-02-20")]).status_code == 403


# --- 一览 ---


def test_the_overview_counts_by_state_and_names_who_is_late(client, desk):
    late = desk.submit("2025-02-19")
    actions.assign(late, desk.clerk, by=desk.head, at=moment("2025-02-21"))
    near = desk.case("2025-02-24")
    waiting = desk.case("2025-02-20")
    desk.letter(waiting, "correction", "2025-02-21", defects="年度", guidance="写明", days="15")
    desk.submit("2025-03-20")
    done = desk.case("2025-02-20")
    desk.provide(done, "2025-03-10")
    (row,) = overview.units(Application.objects.open(), NOW.date())
    assert {key: row[key] for key in ("total", "late", "near", "free", "handling", "correcting", "decided")} == {
        "total": 4,
        "late": 1,
        "near": 1,
        "free": 1,
        "handling": 3,
        "correcting": 1,
        "decided": 0,
    }
    (person,) = overview.people(Application.objects.open(), NOW.date())
    assert (person["person"], person["total"], person["late"], person["near"]) == (desk.clerk, 3, 1, 1)
    assert overview.pressing(Application.objects.open(), NOW.date()) == [late, near]
    client.force_login(desk.head)
    text = client.get(reverse("desk:foi_overview")).content.decode()
    assert late.number in text and near.number in text and done.number not in text and "催办选中的" in text
    assert str(desk.agency) in text.split("走到哪一步")[1]


@pytest.mark.parametrize("role", Role)
def test_the_overview_is_for_those_who_give_out_work(client, desk, role):
    client.force_login(desk.people[role])
    expected = 200 if role in (Role.HEAD, Role.OFFICE) else 403
    assert client.get(reverse("desk:foi_overview")).status_code == expected
