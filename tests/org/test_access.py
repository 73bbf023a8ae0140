"""权限:每个动作每种岗位谁可以,按表核对;单位内的岗位只及于本单位、下级和并入的单位。"""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from gongkai.law.agencies import DISTRICT_ROLES, Role
from gongkai.org import access
from gongkai.org.models import Agency, User
from tests.org.conftest import staff

pytestmark = pytest.mark.django_db


def rows():
    """The marks of every ``data/rights.csv``, read without the code under test."""
    for table in sorted((Path(__file__).parents[2] / "gongkai").glob("*/data/rights.csv")):
        yield from csv.DictReader(table.read_text("utf-8").splitlines())


ROWS = list(rows())


def fresh(user):
    """The same person in a later request."""
    return User.objects.get(pk=user.pk)


def test_every_row_of_every_table_counts():
    assert len(ROWS) > 50 and sorted(row["动作"] for row in ROWS) == sorted(access.RIGHTS)


#: What holds whatever the tables say: who may never do it, and why.
NEVER = [
    (Role.CLERK, r"\.(first|second|final|secrecy|legal|sign|approve|unit|office)$", "起草、经办的不审自己的"),
    (Role.ADMINISTRATOR, r"^(foi|reports)\.|\.(write|final|sign|approve|withdraw|personal)$", "管系统的不碰业务"),
    (
        Role.INSPECTOR,
        r"\.(write|handle|first|second|final|secrecy|legal|sign|approve|withdraw|manage|personal)$",
        "督查的只看",
    ),
    (Role.SECRECY_REVIEWER, r"\.(write|final|sign|approve|withdraw|personal)$", "审查的不定稿"),
]


@pytest.mark.parametrize(("role", "pattern", "why"), NEVER, ids=[why for _, _, why in NEVER])
def test_duties_that_one_role_must_not_hold(role, pattern, why):
    assert {
        action for action, roles in access.RIGHTS.items() if role in roles and re.search(pattern, action)
    } == set()


def test_every_action_can_be_done_by_somebody_and_everyone_has_a_desk():
    assert {action for action, roles in access.RIGHTS.items() if not roles} == set()
    assert access.RIGHTS["org.desk"] == frozenset(Role)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_rights_by_role(units, role):
    user, faults = staff("u", units.own, role), []
    for row in ROWS:
        action, wanted = row["动作"], row[role.label] == "可"
        afar = wanted and role in DISTRICT_ROLES
        reached = access.agencies_of(user, action)
        found = (
            access.may(user, action),
            access.may(user, action, units.own),
            access.may(user, action, units.other),
            units.own in reached,
            units.other in reached,
            set(Agency.objects.filter(access.within(user, action, "pk"))) == set(reached),
        )
        if found != (wanted, wanted, afar, wanted, afar, True):
            faults.append((action, found))
    assert faults == []


def test_what_a_person_reaches_can_be_joined_with_other_conditions(units):
    """Whoever sees everything still does after ``| Q(…)``: an empty condition would leave only the other half."""
    everything, one = set(Agency.objects.all()), Q(pk=units.other.pk)
    action = next(row["动作"] for row in ROWS if row[Role.INSPECTOR.label] == "可")
    district = access.within(staff("d", units.top, Role.INSPECTOR), action, "pk")
    assert set(Agency.objects.filter(district | one)) == set(Agency.objects.filter(one | district)) == everything
    assert set(Agency.objects.filter(district & one)) == {units.other}
    assert not Agency.objects.filter(~district).exists()
    assert "WHERE" not in str(Agency.objects.filter(district).query), "数据库不必逐个单位去查"
    own = access.within(staff("u", units.own, Role.CLERK), "records.write", "pk")
    assert set(Agency.objects.filter(own | one)) == {units.own, units.below, units.other}
    assert set(Agency.objects.filter(~own)) == everything - {units.own, units.below}


def test_a_unit_role_reaches_down_not_up_or_sideways(units):
    deep = Agency.objects.create(code="A11", name="甲镇水厂泵站", kind="enterprise", parent=units.below)
    user = staff("u", units.own, Role.CLERK)
    assert set(access.agencies_of(user, "records.write")) == {units.own, units.below, deep}
    assert not access.may(user, "records.write", units.top)


def test_the_government_itself_does_not_act_for_its_departments_and_towns(units):
    plant = Agency.objects.create(code="T1", name="区水厂", kind="enterprise", parent=units.top)
    user = staff("u", units.top, Role.CLERK)
    assert set(access.agencies_of(user, "records.write")) == {units.top, plant}


def test_a_department_reaches_its_own_branches(units):
    branch = Agency.objects.create(code="B1", name="乙局分局", kind="department", parent=units.other)
    assert access.may(staff("u", units.other, Role.CLERK), "records.write", branch)


def test_a_successor_reaches_what_was_merged_into_it_however_often(units):
    """C50: history stays with the old agency, and someone can still manage it."""
    second = Agency.objects.create(
        code="C0", name="丙局", kind="department", ended_on=date(2024, 1, 1), successor=units.other
    )
    first = Agency.objects.create(
        code="D0", name="丁局", kind="department", ended_on=date(2020, 1, 1), successor=second
    )
    user = staff("u", units.other, Role.HEAD)
    assert set(access.agencies_of(user, "records.withdraw")) == {units.other, second, first}
    assert not access.may(staff("v", first, Role.HEAD), "records.withdraw", units.other)


def test_a_role_counts_only_for_its_own_action(units):
    """A clerk here who reviews elsewhere does not write there."""
    user = staff("u", units.own, Role.CLERK)
    user.memberships.create(agency=units.other, role=Role.FIRST_REVIEWER)
    user = fresh(user)
    assert access.may(user, "records.write", units.own) and not access.may(user, "records.write", units.other)
    assert access.may(user, "records.first", units.other) and not access.may(user, "records.first", units.own)
    assert access.units(user) == ["甲镇", "乙局"]


def test_no_role_no_right(units):
    user = User.objects.create(username="x", name="x")
    assert not any(access.may(user, action) for action in access.RIGHTS)
    assert not any(access.agencies_of(user, action).exists() for action in access.RIGHTS)
    with pytest.raises(PermissionDenied, match="岗位"):
        access.require(user, "records.write", units.own)


def test_a_deactivated_person_has_no_right(units):
    user = staff("u", units.top, Role.ADMINISTRATOR)
    user.is_active = False
    assert access.roles(user) == frozenset()


def test_a_superuser_flag_opens_nothing(units):
    user = User.objects.create(username="x", name="x", is_superuser=True, is_staff=True)
    assert not any(access.may(user, action) for action in access.RIGHTS)


def test_asking_again_costs_no_query(units, django_assert_num_queries):
    user = fresh(staff("u", units.own, Role.CLERK))
    with django_assert_num_queries(3):
        # 任职一次,下级两次(下一层再没有了)
        assert access.may(user, "records.write", units.own)
    with django_assert_num_queries(0):
        for _ in range(50):
            assert access.may(user, "records.write", units.below)
            assert access.may(user, "org.view", units.own)
            assert not access.may(user, "records.write", units.other)
