"""按网址探测:工作台的每个网址,每种岗位、别的单位的人、没登录的人,各应得到什么,都由权限表推出来(C38、C55、C76、C111)。"""

import re
import shutil
from contextlib import contextmanager
from functools import cache

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import Template, engines
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import Resolver404, resolve, reverse

from gongkai.desk import rooms
from gongkai.law.agencies import DISTRICT_ROLES, Role
from gongkai.org import access
from gongkai.web import root
from tests.architecture.world import AT, DESK, ROOMS, SECRET, build

pytestmark = pytest.mark.django_db

#: 有岗位、在本单位也可能被挡下的:要看这一件办到哪一步、是不是自己起草的。其余的有岗位就不该是 403。
BY_THE_CASE = {
    "judge",
    "foi_act",
    "foi_issue",
    "foi_file",
    "reports_correct",
    "reports_judge",
    "reports_cell",
    "policies_act_measure",
    *(name for room in ROOMS for name in room.BY_THE_CASE),
}
#: 带着某个单位的东西、但谁都可以看的:单位的情况本来就公开;清理是全区的,里面的文件各看各的。
FOR_ALL = {"agency", "policies_batch"}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, built once: its rows lie in a transaction around every test, its files in a folder of their own."""
    folder = tmp_path_factory.mktemp("world")
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        with override_settings(
            GONGKAI_DATA=folder,
            FILES_ROOT=folder / "files",
            CASE_FILES_ROOT=folder / "case-files",
            VAULT_FILE=folder / "vault.key",
        ):
            made = build(AT)
    yield made, folder
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def refusal(status):
    """A refusal says its reason and nothing else: what stands around it is the same on every page, and most of the
    probe are refusals."""
    return lambda request, exception=None: HttpResponse(str(exception or ""), status=status)


#: The page without what stands around it; a message may tell something.
BARE = (
    "{% block title %}{% endblock %}{% block head %}{% endblock %}{% block crumbs %}{% endblock %}"
    "{% for message in messages %}{{ message }}{% endfor %}{% block main %}{% endblock %}"
)


@pytest.fixture
def bare(monkeypatch):
    """Desk pages without their frame, which is the same on every page and costs as much as the page itself
    (``test_the_frame_of_each_role`` asks for it); and nobody reads the contexts that Django keeps of each template."""
    loader = engines["django"].engine.template_loaders[0]
    monkeypatch.setitem(loader.get_template_cache, "desk.html", Template(BARE))
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


@pytest.fixture
def world(built, settings, monkeypatch):
    """An agency with a published record, a draft with an attachment and a relation; a place; a foreign agency."""
    made, folder = built
    monkeypatch.setattr(root, "handler403", refusal(403))
    monkeypatch.setattr(root, "handler404", refusal(404))
    shutil.copytree(folder, settings.GONGKAI_DATA, dirs_exist_ok=True)
    for one in ("own", "other"):
        for person in made[one].people.values():
            person.refresh_from_db()
    return made


def address(name, world):
    """The address of a desk page with sample objects for its arguments."""
    given = world["arguments"] | world["by_name"].get(name, {})
    wanted = {key: given[key] for key in DESK[name].pattern.converters}
    if "pk" in wanted and name in world["pks"]:
        wanted["pk"] = world["pks"][name]
    return reverse(f"desk:{name}", kwargs=wanted)


def right(name):
    return access.RIGHTS[DESK[name].callback.desk_action]


@contextmanager
def undone():
    """Whatever a request writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refused(method, url):
    """The answer to a request that must write nothing but the session; and what it wrote all the same."""
    with CaptureQueriesContext(connection) as seen:
        response = method(url)
    statements = [query["sql"] for query in seen.captured_queries]
    writes = [
        sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql
    ]
    return response, writes


def probed(names=DESK):
    """The views to ask: all on SQLite. On PostgreSQL every fifth, and every list, since only SQL could differ there."""
    if connection.vendor == "sqlite":
        return list(names)
    return [name for order, name in enumerate(sorted(names)) if order % 5 == 0]


def asked(client, world, names, expected):
    """Ask each view by GET and by POST; give what was not ``expected(response)`` or wrote something."""
    faults = {}
    for name in probed(names):
        for method in (client.get, client.post):
            response, writes = refused(method, address(name, world))
            if not expected(response) or writes:
                faults[name, method.__name__] = (response.status_code, response.get("Location"), writes)
    return faults


def to(url):
    """Whether an answer leads to ``url`` and nowhere else."""
    return lambda response: (response.status_code, response.get("Location")) == (302, url)


@contextmanager
def signed_in(client, user):
    """Signed in as ``user`` once for many requests: what one of them does to the session is taken back."""
    client.force_login(user)
    cookie = client.cookies["sessionid"].value

    def ask(method, url, data=None):
        client.cookies["sessionid"] = cookie
        return method(url, data)

    yield ask
    client.logout()


def test_every_desk_view_has_its_door():
    doors = {name: getattr(pattern.callback, "desk_action", None) for name, pattern in DESK.items()}
    assert {name: action for name, action in doors.items() if action not in access.RIGHTS} == {}


def test_without_signing_in(client, world):
    def to_sign_in(response):
        return (
            response.status_code == 302
            and response["Location"].startswith("/account/login/")
            and "no-store" in response["Cache-Control"]
        )

    assert asked(client, world, DESK, to_sign_in) == {}


def test_without_the_second_step(client, world, settings):
    """Not set up: to its set-up. Set up, but this session came in by the password alone: to the code."""
    settings.REQUIRE_MFA = True
    user = world["own"].people[Role.ADMINISTRATOR]
    client.force_login(user)
    assert asked(client, world, DESK, to(reverse("mfa_index"))) == {}
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code = reverse("mfa_reauthenticate")
    assert (
        asked(
            client, world, DESK, lambda answer: answer.status_code == 302 and answer["Location"].startswith(code)
        )
        == {}
    )


def test_with_a_temporary_password(client, world):
    user = world["own"].people[Role.ADMINISTRATOR]
    user.password_is_temporary = True
    user.save()
    client.force_login(user)
    assert asked(client, world, DESK, to(reverse("account_change_password"))) == {}


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_the_frame_of_each_role(client, world, role):
    """The menu shows what the role opens and nothing else."""
    client.force_login(world["own"].people[role])
    shown = {*re.findall(r'href="(/desk/[^"]*)"', client.get(reverse("desk:home")).content.decode())}
    entries = [entry for room in rooms.rooms() for entry in room.menu if not entry.under]
    wrong = [
        entry.name
        for entry in entries
        if (reverse(f"desk:{entry.name}") in shown) != (role in access.RIGHTS[entry.right])
    ]
    assert wrong == []


def loses_files(response):
    """Whether a form on the page asks for a file and would send its name only."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return False
    forms = re.findall(r"<form\b(.*?)>(.*?)</form>", response.content.decode(), re.DOTALL)
    return any('type="file"' in inside and "multipart/form-data" not in opening for opening, inside in forms)


@cache
def door(path):
    """The right that opens a desk page; none for what is no page of the desk."""
    try:
        return getattr(resolve(path).func, "desk_action", None)
    except Resolver404:
        return None


def dead_ends(response, role):
    """The ways on a page that would only lead this role to a refusal."""
    if response.streaming or response.status_code != 200:
        return []
    ways = set(re.findall(r'(?:href|action)="(/desk/[^"?#]*)', response.content.decode(errors="replace")))
    return sorted(way for way in ways if (action := door(way)) and role not in access.RIGHTS[action])


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_each_role_in_the_own_agency(client, world, role):
    faults = []
    with signed_in(client, world["own"].people[role]) as ask:
        for name in probed():
            url = address(name, world)
            if role not in right(name):
                for method in (client.get, client.post):
                    response, writes = refused(lambda url, method=method: ask(method, url), url)
                    if response.status_code != 403 or writes:
                        faults.append((name, method.__name__, response.status_code, writes))
                continue
            fine = {200, 302, 404, 405, 409, 422} | ({403} if name in BY_THE_CASE else set())
            for method in (client.get, client.post):
                with undone():
                    response = ask(method, url)
                if response.status_code not in fine or "no-store" not in response.headers["Cache-Control"]:
                    faults.append((name, method.__name__, response.status_code))
                if ends := dead_ends(response, role):
                    faults.append((name, method.__name__, "点了只会被挡下", ends))
                if loses_files(response):
                    faults.append((name, method.__name__, "选了文件也传不上来：表单没有写 multipart"))
    assert faults == []


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_people_of_another_agency(client, world, role):
    """They see nothing of this agency's drafts on any page, and its own pages refuse them before writing anything;
    district roles reach everywhere, wherever they sit."""
    faults = []
    with signed_in(client, world["other"].people[role]) as ask:
        for name in probed():
            url = address(name, world)
            if role in DISTRICT_ROLES and role in right(name):
                with undone():
                    response = ask(client.get, url)
                if response.status_code == 403 and name not in BY_THE_CASE:
                    faults.append((name, "区级岗位进不去"))
                continue
            response, _ = refused(lambda url: ask(client.get, url), url)
            if response.status_code == 500 or SECRET in text_of(response):
                faults.append((name, response.status_code, "看到了别的单位的草稿"))
            if DESK[name].pattern.converters and name not in FOR_ALL:
                posted, writes = refused(lambda url: ask(client.post, url), url)
                if response.status_code not in (403, 404, 405) or posted.status_code not in (403, 404) or writes:
                    faults.append((name, response.status_code, posted.status_code, writes))
    assert faults == []


def text_of(response):
    """The whole body, of a streamed answer too."""
    shown = b"".join(response) if response.streaming else response.content
    return shown.decode(errors="replace")


@pytest.mark.parametrize("role", sorted(set(Role) - DISTRICT_ROLES), ids=lambda role: role.value)
def test_exports_hold_nothing_of_another_agency(client, world, role):
    """Counts and exports follow the same scope as the pages (C55)."""
    lists = [name for name in DESK if not DESK[name].pattern.converters]
    with signed_in(client, world["other"].people[role]) as ask:
        leaks = [
            name
            for name in lists
            if SECRET in text_of(ask(client.get, address(name, world), {"format": "csv", "q": "草稿"}))
        ]
    assert leaks == []
