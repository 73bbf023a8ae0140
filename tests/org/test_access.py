"""权限:每个动作每种岗位谁可以,按表核对;单位内的岗位只及于本单位和下级。"""

import csv
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.law.agencies import DISTRICT_ROLES, Role
from gongkai.org import access
from gongkai.org.models import Agency, Membership, User

pytestmark = pytest.mark.django_db
ROWS = list(csv.DictReader((Path(__file__).parents[1] / "tables" / "rights.csv").read_text("utf-8").splitlines()))


def person(role, agency, name="u"):
    user = User.objects.create(username=name, name=name)
    Membership.objects.create(user=user, agency=agency, role=role)
    return user


@pytest.fixture
def units():
    top = Agency.objects.create(code="T", name="区政府", kind="government")
    town = Agency.objects.create(code="A", name="甲镇", kind="town", parent=top)
    return {
        "top": top, "own": town,
        "below": Agency.objects.create(code="A1", name="甲镇水厂", kind="enterprise", parent=town),
        "other": Agency.objects.create(code="B", name="乙局", kind="department", parent=top),
    }  # fmt: skip


def test_the_table_names_every_action():
    assert {row["动作"] for row in ROWS} == set(access.RIGHTS)


@pytest.mark.parametrize("row", ROWS, ids=[row["动作"] for row in ROWS])
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_rights_by_role(units, row, role):
    user = person(role, units["own"])
    wanted = row[role.label] == "可"
    assert access.may(user, row["动作"]) is wanted
    assert access.may(user, row["动作"], units["own"]) is wanted
    assert access.may(user, row["动作"], units["other"]) is (wanted and role in DISTRICT_ROLES)


def test_a_unit_role_reaches_down_not_up_or_sideways(units):
    user = person(Role.CLERK, units["own"])
    assert set(access.agencies_of(user, "records.write")) == {units["own"], units["below"]}
    assert not access.may(user, "records.write", units["top"])


def test_no_role_no_right(units):
    user = User.objects.create(username="x", name="x")
    assert not any(access.may(user, action) for action in access.RIGHTS)
    with pytest.raises(PermissionDenied, match="岗位"):
        access.require(user, "records.write", units["own"])


def test_a_deactivated_person_has_no_right(units):
    user = person(Role.ADMINISTRATOR, units["top"])
    user.is_active = False
    assert access.roles(user) == frozenset()
