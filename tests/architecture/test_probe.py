"""按网址探测:工作台的每个网址,每种岗位、别的单位的人、没登录的人,各应得到什么,都由权限表推出来(C38、C55、C76、C111)。"""

import importlib
import shutil
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import URLPattern, get_resolver, reverse

from gongkai.desk.moments import local_day
from gongkai.foi import actions as foi_actions
from gongkai.foi.terms import RemedyKind
from gongkai.law.agencies import DISTRICT_ROLES, Role
from gongkai.org import access
from gongkai.org.models import LogEntry, Membership, Place
from gongkai.policies import actions as policies
from gongkai.records.models import Attachment, Relation, WatchWord
from gongkai.reports import actions as annual_reports
from gongkai.search import actions as search_actions
from gongkai.search.models import JudgedQuery, Muted, Pin, Saying, SynonymGroup
from gongkai.sections.terms import BlockKind
from gongkai.web.models import Delivery, OldAddress, Subscriber
from tests.conftest import SHANGHAI
from tests.foi.desk import PDF
from tests.records.office import Office
from tests.sections.office import draft as draft_section

pytestmark = pytest.mark.django_db

SECRET = "另一件草稿"
#: A moment on a working day, in Shanghai.
AT = datetime(2026, 10, 12, 9, 30, tzinfo=SHANGHAI)


def patterns(resolver):
    """Every pattern under a resolver, however deep."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from patterns(one)


DESK = {
    pattern.name: pattern
    for resolver in get_resolver().url_patterns
    if getattr(resolver, "namespace", None) == "desk"
    for pattern in patterns(resolver)
}

#: 各应用自己的样本在 ``tests/<应用>/probe.py``:``samples(own, at, secret)``,和 ``BY_THE_CASE``。
ROOMS = [
    importlib.import_module(f"tests.{path.parent.name}.probe")
    for path in sorted(Path(__file__).parents[1].glob("*/probe.py"))
]

#: 有岗位、在本单位也可能被挡下的:要看这一件办到哪一步、是不是自己起草的。其余的有岗位就不该是 403。
BY_THE_CASE = {
    "judge",
    "foi_act",
    "foi_issue",
    "foi_file",
    "reports_correct",
    "reports_judge",
    "reports_cell",
    "policies_question",
    "policies_act_measure",
    *(name for room in ROOMS for name in room.BY_THE_CASE),
}
#: 带着某个单位的东西、但谁都可以看的:单位的情况本来就公开;清理是全区的,里面的文件各看各的。
FOR_ALL = {"agency", "policies_batch"}


def application_of(own, at):
    """A case of the agency with everything that hangs on one; its subject is as secret as the draft's title."""
    given = foi_actions.Intake(
        own.agency, "person", {"name": "某"}, SECRET, "electronic", "web", files=(("attachment", "a.pdf", PDF),)
    )  # fmt: skip
    case = foi_actions.submit(given, at=at)[0]
    foi_actions.accept(case, by=own.clerk, at=at)
    foi_actions.amend_contact(case, {"phone": "0571-00000001"}, at=at)
    letter = foi_actions.draft(case, "receipt", {}, by=own.clerk, at=at)
    row = foi_actions.propose(case, SECRET, "缘由", by=own.clerk, at=at)
    remedy = foi_actions.remedy(
        own.agency, RemedyKind.REVIEW, local_day(at), SECRET, by=own.legal, at=at, application=case
    )
    return {
        "pk": case.pk,
        "arguments": {"item": case.items.get().pk, "letter": letter.pk, "file": case.files.get().pk,
                      "contact": case.contacts.get().pk},
        "pks": {"foi_settle": remedy.pk, "foi_release": row.pk},
    }  # fmt: skip


def question_to(own, at):
    """A question of the public to the agency, as secret as the draft's title."""
    contact = {"phone": "0571-00000001"}
    return search_actions.send(own.agency, SECRET, contact=contact, consents=True, at=at)[0].pk


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, built once: its rows lie in a transaction around every test, its files in a folder of their own."""
    folder = tmp_path_factory.mktemp("world")
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        with override_settings(
            GONGKAI_DATA=folder, FILES_ROOT=folder / "files", CASE_FILES_ROOT=folder / "case-files",
            VAULT_FILE=folder / "vault.key",
        ):  # fmt: skip
            made = build(AT)
    yield made, folder
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def world(built, settings):
    """An agency with a published record, a draft with an attachment and a relation; a place; a foreign agency."""
    made, folder = built
    shutil.copytree(folder, settings.GONGKAI_DATA, dirs_exist_ok=True)
    for one in ("own", "other"):
        for person in made[one].people.values():
            person.refresh_from_db()
    return made


def build(at):
    own = Office()
    record = own.publish()
    draft = own.draft(title=SECRET)
    attachment = Attachment.objects.create(edition=draft, name="a.txt", sha256="0" * 64, size=1, kind="txt")
    relation = Relation.objects.create(source=draft.record, target=record, kind="related")
    withheld = own.draft(title="不公开的", openness="withheld", ground="过程性信息")
    place = Place.objects.create(agency=own.agency, name="查阅点", kind="reading", address="x", hours="x")
    membership = Membership.objects.create(user=own.colleague, agency=own.agency, role="first")
    word = WatchWord.objects.create(word="词", advice="改")
    office = own.people[Role.OFFICE]
    searching = {
        "search_unmute": Muted.objects.create(text="词", by=office, at=at).pk,
        "search_drop_synonyms": SynonymGroup.objects.create(words=["甲", "乙"], by=office, at=at).pk,
        "search_drop_saying": Saying.objects.create(said="甲甲", written=["乙乙"], by=office, at=at).pk,
        "search_drop_pin": Pin.objects.create(query="词", record=record, by=office, at=at).pk,
        "search_judge": (judged := JudgedQuery.objects.create(text="词", by=office, at=at)).pk,
        "search_drop_judged": judged.pk,
        **dict.fromkeys(
            ("search_question", "search_answer", "search_transfer", "search_publish", "search_contact"),
            question_to(own, at),
        ),
    }
    foi = application_of(own, at)
    package = policies.start(own.draft("document", title=SECRET).record, by=own.clerk, at=at)
    interpretation = policies.draft(package, SECRET, "文字", by=own.clerk, at=at)
    paper = {"doc_number": "明政办发〔2024〕77号", "effective_on": local_day(at)}
    signed = own.publish("normative", title=SECRET, **paper).normative
    question = policies.ask(record, SECRET, consent=True, at=at)[0]
    policy = own.publish("document", title="说明", body=f"<p>{SECRET}</p>")
    measure = policies.draft_measure(policy, {"title": SECRET, "audience": "person", "benefit": SECRET, "contact": "x"}, by=own.clerk,
                                     at=at)  # fmt: skip
    batch = policies.open_batch("清理", local_day(at), by=own.office, at=at)
    old = OldAddress.objects.create(path="/old/1.html", kind="gone")
    subscriber = Subscriber.objects.create(name="新媒体", url="https://media.invalid/")
    delivery = Delivery.objects.create(subscriber=subscriber, seq=1, record=record, changed_at=at)
    annual = annual_reports.start(own.agency, local_day(at).year, by=own.clerk, at=at)
    rooms = [room.samples(own, at, SECRET) for room in ROOMS]
    section = draft_section(own, "probe", (BlockKind.TEXT, {"text": SECRET}), title=SECRET)
    return {
        "own": own,
        "other": Office(code="MH0999", name="明湖区别的局"),
        "arguments": {
            "pk": draft.record_id, "attachment": attachment.pk, "relation": relation.pk, "kind": "first",
            "code": own.agency.code, "duty": "normative", "what": "deactivate",
            "seq": LogEntry.objects.about(draft.record).first().seq, "key": "accept", "suffix": "pdf", "part": interpretation.record.package_part.pk, "document": signed.pk, "table": 3, "row": "new", "index": 0, "block_kind": "text", "block": section.blocks.get().pk, **foi["arguments"],
        },
        "pks": {"person": own.colleague.pk, "switch_person": own.colleague.pk, "edit_person": own.colleague.pk,
                "reset_password": own.colleague.pk, "revoke": membership.pk, "edit_place": place.pk,
                "remove_word": word.pk, "redirect": old.pk, "drop_redirect": old.pk, "act_delivery": delivery.pk,
                **{name: subscriber.pk for name in DESK if name.endswith("_subscriber") or name == "subscriber"}, "reassess": withheld.record_id,
                **{name: foi["pk"] for name in DESK if name.startswith("foi_")}, **foi["pks"],
                **{name: annual.pk for name in DESK if name.startswith("reports_")}, **searching, **{name: section.pk for name in DESK if name.startswith("sections_")},
                **{name: package.pk for name in DESK if name.startswith("policies_")}, "policies_start": draft.record_id, "policies_enter": signed.record_id,
                **{name: measure.pk for name in DESK if "measure" in name or name in ("policies_new_condition", "policies_redeem")},
                "policies_new_measure": policy.pk, "policies_question": question.pk, "policies_brief": draft.record_id,
                **dict.fromkeys(("policies_document", "policies_review", "policies_effect"), signed.pk),
                **dict.fromkeys(("policies_batch", "policies_ruling", "policies_close"), batch.pk),
                **{name: pk for room in rooms for name, pk in room["pks"].items()}},
        "by_name": {name: given for room in rooms for name, given in room["arguments"].items()},
    }  # fmt: skip


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
    assert faults == []


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
