"""按网址探测:工作台的每个网址,每种岗位、别的单位的人、没登录的人,各应得到什么,都由权限表推出来(C38、C111)。"""

import pytest
from django.urls import get_resolver, reverse

from gongkai.law.agencies import DISTRICT_ROLES, Role
from gongkai.org import access
from gongkai.org.models import LogEntry, Membership, Place
from gongkai.records.models import Attachment, Relation
from tests.records.office import Office

pytestmark = pytest.mark.django_db

DESK = {
    pattern.name: pattern.callback
    for resolver in get_resolver().url_patterns
    if getattr(resolver, "namespace", None) == "desk"
    for pattern in resolver.url_patterns
}


@pytest.fixture
def world(at):
    """An agency with a published record, a draft with an attachment and a relation; a place; a foreign agency."""
    own = Office()
    record = own.publish()
    draft = own.draft(title="另一件草稿")
    attachment = Attachment.objects.create(edition=draft, name="a.txt", sha256="0" * 64, size=1, kind="txt")
    relation = Relation.objects.create(source=draft.record, target=record, kind="related")
    withheld = own.draft(title="不公开的", openness="withheld", ground="过程性信息")
    place = Place.objects.create(agency=own.agency, name="查阅点", kind="reading", address="x", hours="x")
    membership = Membership.objects.create(user=own.colleague, agency=own.agency, role="first")
    return {
        "own": own,
        "other": Office(code="MH0999", name="明湖区别的局"),
        "arguments": {
            "pk": draft.record_id, "attachment": attachment.pk, "relation": relation.pk, "kind": "first",
            "code": own.agency.code, "duty": "normative", "what": "nothing",
        },
        "pks": {"person": own.colleague.pk, "switch_person": own.colleague.pk, "revoke": membership.pk,
                "edit_place": place.pk, "remove_word": 1, "reassess": withheld.record_id},
    }  # fmt: skip


def address(name, world):
    """The address of a desk page with sample objects for its arguments."""
    resolver = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", None) == "desk")
    route = next(pattern for pattern in resolver.url_patterns if pattern.name == name).pattern
    wanted = {key: world["arguments"][key] for key in route.converters}
    if "pk" in wanted and name in world["pks"]:
        wanted["pk"] = world["pks"][name]
    return reverse(f"desk:{name}", kwargs=wanted)


@pytest.mark.parametrize("name", DESK)
def test_every_desk_view_has_its_door(name):
    assert getattr(DESK[name], "desk_action", None) in access.RIGHTS


@pytest.mark.parametrize("name", DESK)
def test_without_signing_in(client, world, name):
    for method in (client.get, client.post):
        response = method(address(name, world))
        assert response.status_code == 302
        assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("name", DESK)
def test_without_the_second_step(client, world, settings, name):
    settings.REQUIRE_MFA = True
    client.force_login(world["own"].people[Role.ADMINISTRATOR])
    for method in (client.get, client.post):
        response = method(address(name, world))
        assert (response.status_code, response.url) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_each_role_in_the_own_agency(client, world, name, role):
    client.force_login(world["own"].people[role])
    may = role in access.RIGHTS[DESK[name].desk_action]
    before = LogEntry.objects.count()
    response = client.get(address(name, world))
    assert response.status_code != 500
    if not may:
        assert response.status_code == 403
        assert client.post(address(name, world)).status_code == 403
        assert LogEntry.objects.count() == before
    else:
        assert response.status_code in (200, 302, 403, 404, 405, 422)
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize(
    "role", [role for role in Role if role not in DISTRICT_ROLES], ids=lambda role: role.value
)
def test_a_foreign_unit_changes_and_sees_nothing(client, world, name, role):
    """People of another agency: no page about this agency's record, and nothing written."""
    client.force_login(world["other"].people[role])
    before = LogEntry.objects.count()
    url = address(name, world)
    response = client.get(url)
    posted = client.post(url)
    if "/records/" in url and any(part.isdigit() for part in url.split("/")):
        assert response.status_code in (302, 403, 404, 405)
        assert "另一件草稿" not in response.content.decode(errors="replace")
        assert posted.status_code in (302, 403, 404)
        assert LogEntry.objects.count() == before
    assert 500 not in (response.status_code, posted.status_code)
