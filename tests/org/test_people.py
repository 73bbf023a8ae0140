"""人员:建账号、岗位、停用、重设口令和两步验证;没办完的事说得出来;有经历的人不消失。"""

import csv
import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.org import actions
from gongkai.org.models import LogEntry, Membership, User
from tests.org.conftest import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, admin):
    client.force_login(admin)
    return client


def text(response):
    return response.content.decode()


NEW = {"username": "li-4", "name": "李某", "password": "handed-over-2026"}


def test_a_new_person_has_a_temporary_password(office):
    response = office.post(reverse("desk:new_person"), NEW)
    user = User.objects.get(username="li-4")
    assert response.url == reverse("desk:person", args=[user.pk])
    assert user.password_is_temporary and user.check_password("handed-over-2026")
    entry = LogEntry.objects.about(user).get()
    assert (entry.action, entry.by.username) == ("org.person", "admin")
    assert "handed-over" not in str(entry.detail) + entry.summary


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"username": "ADMIN"}, "已经有人用了"),
        ({"username": "李"}, "用户名"),
        ({"name": ""}, "姓名"),
        ({"password": "short"}, "口令"),
        ({"password": "password1234"}, "口令"),
        ({"username": "longish-name-1", "password": "longish-name-1"}, "口令"),
    ],
)
def test_a_form_that_is_wrong_says_so_and_writes_nothing(office, given, words):
    response = office.post(reverse("desk:new_person"), NEW | given)
    assert response.status_code == 422
    assert "有几处需要改正" in text(response) and words in text(response)
    assert User.objects.count() == 1 and not LogEntry.objects.exists()


def test_roles_are_given_and_taken(office, units, clerk):
    page = reverse("desk:person", args=[clerk.pk])
    office.post(page, {"agency": units.other.pk, "role": "first"})
    office.post(page, {"agency": units.other.pk, "role": "first"})
    given = Membership.objects.get(user=clerk, agency=units.other)
    assert given.role == "first"
    office.post(reverse("desk:revoke", args=[given.pk]))
    assert not Membership.objects.filter(pk=given.pk).exists()
    assert list(LogEntry.objects.about(clerk).values_list("summary", flat=True)) == [
        "陈某不再任乙局初审",
        "陈某任乙局初审",
    ]


def test_a_district_role_needs_a_district_agency(office, units, clerk):
    response = office.post(reverse("desk:person", args=[clerk.pk]), {"agency": units.own.pk, "role": "office"})
    assert response.status_code == 422 and "对全区行使" in text(response)


def test_the_last_administrator_stays(admin, units, at):
    other = staff("admin2", units.top, Role.ADMINISTRATOR)
    with pytest.raises(RuleBroken, match="自己的账号"):
        actions.deactivate(admin, by=admin, at=at)
    actions.deactivate(other, by=admin, at=at)
    with pytest.raises(RuleBroken, match="唯一的管理员"):
        actions.revoke(admin.memberships.get(), by=admin, at=at)
    other.is_active = True
    other.save()
    actions.revoke(admin.memberships.get(), by=other, at=at)
    with pytest.raises(RuleBroken, match="唯一的管理员"):
        actions.deactivate(other, by=admin, at=at)


def test_the_page_says_why_the_last_administrator_stays(office, admin):
    page = office.post(reverse("desk:revoke", args=[admin.memberships.get().pk]), follow=True)
    assert "唯一的管理员" in text(page)
    page = office.post(reverse("desk:switch_person", args=[admin.pk, "deactivate"]))
    assert page.status_code == 422 and "不能停用自己的账号" in text(page)


def test_deactivation_is_asked_first_and_undone_later(office, clerk):
    page = reverse("desk:switch_person", args=[clerk.pk, "deactivate"])
    assert "随即退出" in text(office.get(page))
    clerk.refresh_from_db()
    assert clerk.is_active, "看确认页不算办"
    office.post(page)
    clerk.refresh_from_db()
    assert not clerk.is_active and clerk.memberships.exists()
    office.post(reverse("desk:switch_person", args=[clerk.pk, "reactivate"]))
    clerk.refresh_from_db()
    assert clerk.is_active
    assert office.get(reverse("desk:switch_person", args=[clerk.pk, "explode"])).status_code == 404


def test_deactivation_tells_of_open_drafts(office, units, clerk, at):
    """C51: nothing is freed silently."""
    from gongkai.records import actions as records

    draft = records.create(units.own, "document", by=clerk, at=at, title="没写完的通知")
    page = text(office.get(reverse("desk:switch_person", args=[clerk.pk, "deactivate"])))
    assert "1件没办完" in page and "没写完的通知" in page and "起草" in page
    assert reverse("desk:record", args=[draft.record_id]) in page
    assert "没写完的通知" in text(office.get(reverse("desk:person", args=[clerk.pk])))


def test_an_administrator_resets_password_and_second_step(office, clerk):
    office.post(reverse("desk:reset_password", args=[clerk.pk]), {"password": "handed-over-2026"})
    clerk.refresh_from_db()
    assert clerk.password_is_temporary and clerk.check_password("handed-over-2026")
    assert office.post(reverse("desk:reset_password", args=[clerk.pk]), {"password": "x"}).status_code == 422
    TOTP.activate(clerk, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    office.post(reverse("desk:switch_person", args=[clerk.pk, "mfa"]))
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert set(LogEntry.objects.about(clerk).values_list("action", flat=True)) == {"org.password", "org.mfa"}


def test_a_new_name_keeps_the_old_one_in_the_log(office, clerk):
    office.post(reverse("desk:edit_person", args=[clerk.pk]), {"name": "程某"})
    office.post(reverse("desk:edit_person", args=[clerk.pk]), {"name": "程某"})
    assert LogEntry.objects.about(clerk).get().detail == {"changed": {"姓名": ["陈某", "程某"]}}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=陈", {"clerk"}),
        ("q=CLERK", {"clerk"}),
        ("agency=T0", {"admin"}),
        ("role=clerk", {"clerk"}),
        ("agency=T0&role=clerk", set()),
        ("state=off", {"gone"}),
        ("state=on", {"admin", "clerk"}),
        ("role=%00&agency=%27&state=x", {"admin", "clerk", "gone"}),
    ],
)
def test_the_list_is_filtered(office, clerk, query, found):
    User.objects.create(username="gone", name="走了", is_active=False)
    rows = csv.DictReader(
        io.StringIO(text(office.get(f"{reverse('desk:people')}?format=csv&{query}")).lstrip("\ufeff"))
    )
    assert {row["用户名"] for row in rows} == found
    page = text(office.get(f"{reverse('desk:people')}?{query}"))
    assert all(name in page for name in found) and ("没有符合" in page) is (not found)


def test_exports_are_harmless_to_a_spreadsheet(office):
    User.objects.create(username="evil", name="=cmd()")
    assert "'=cmd()" in text(office.get(reverse("desk:people"), {"format": "csv"}))


def test_the_list_costs_the_same_for_many(office, units):
    def cost(count):
        for n in range(count):
            staff(f"u{count}-{n}", units.own, Role.CLERK)
        with CaptureQueriesContext(connection) as seen:
            office.get(reverse("desk:people"))
        return len(seen)

    cost(1)  # 第一次还要记下会话
    assert cost(3) == cost(40)
