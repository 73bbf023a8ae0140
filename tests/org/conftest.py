"""一个小区:区政府、一个镇和它的水厂、一个局;各人各岗位。"""

from types import SimpleNamespace

import pytest

from gongkai.law.agencies import Role
from gongkai.org.models import Agency, Membership, User

PASSWORD = "correct-horse-battery"


def staff(username, agency, *roles, name=""):
    """A person with roles in one agency and the password of all samples."""
    user = User(username=username, name=name or f"{username}某")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.bulk_create(Membership(user=user, agency=agency, role=role) for role in roles)
    return user


@pytest.fixture
def units():
    top = Agency.objects.create(code="T0", name="区政府", kind="government", order=1)
    town = Agency.objects.create(code="A0", name="甲镇", kind="town", parent=top, order=2)
    return SimpleNamespace(
        top=top,
        own=town,
        below=Agency.objects.create(code="A1", name="甲镇水厂", kind="enterprise", parent=town, order=3),
        other=Agency.objects.create(code="B0", name="乙局", kind="department", parent=top, order=4),
    )


@pytest.fixture
def admin(units):
    return staff("admin", units.top, Role.ADMINISTRATOR, name="吕某")


@pytest.fixture
def clerk(units):
    return staff("clerk", units.own, Role.CLERK, name="陈某")
