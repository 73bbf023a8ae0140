"""种下去的姓名、证件号、电话,在资料目录的任何一个文件里都找不到明文:数据库、日志、附件、检索、公众网页、备份。"""

import io
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from gongkai.foi import actions, exchange, papers
from gongkai.foi.models import Application, Rating, Step
from gongkai.foi.terms import OpinionKind, Verdict
from gongkai.org import worker
from gongkai.org.models import LogEntry
from tests.adapters.test_personal import ID
from tests.foi.desk import Desk, moment

pytestmark = pytest.mark.django_db(transaction=True)
NAME, PHONE, SAID = "欧阳若水寒", "13800000000", "请把欧阳若水寒（证件号{}，电话{}）家的征收补偿协议给我。"
TEXT = SAID.format(ID, PHONE)
PLANTED = (NAME, ID, PHONE)


@pytest.fixture
def case(settings, client):
    """Filed as a person would, with a scan whose name and text hold everything; then written to and answered."""
    desk = Desk()
    given = actions.Intake(
        desk.agency,
        "person",
        {"name": NAME, "identity_kind": "居民身份证", "identity": ID, "phone": PHONE},
        TEXT,
        "electronic",
        "web",
        items=(TEXT, f"{NAME}的户口登记"),
        files=(("identity", f"{NAME}身份证.txt", TEXT.encode()),),
    )
    application, code = actions.submit(given, at=moment("2025-02-20"))
    actions.amend_contact(application, {"phone": PHONE, "name": NAME}, at=moment("2025-02-21"))
    actions.accept(application, by=desk.clerk, at=moment("2025-02-21"))
    application.desk, application.code = desk, code
    return application


def holds(content: bytes) -> list[str]:
    """Which planted values stand in some bytes, in the encodings in which a program could have written them."""
    return [
        value
        for value in PLANTED
        for encoding in ("utf-8", "utf-16-le", "gb18030")
        if value.encode(encoding) in content
    ] + [value for value in PLANTED if value.encode("unicode_escape") in content and not value.isascii()]


def in_clear() -> dict[str, list[str]]:
    """File of the installation → planted values in it, once the worker has done all."""
    worker.drain(timezone.now)
    folder = Path(conf.GONGKAI_DATA)
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "dump.sqlite3") as copy:
            connection.connection.backup(copy)
    else:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            for table in tables:
                cursor.execute(f'select * from "{table}"')
                (folder / f"{table}.dump").write_text(repr(cursor.fetchall()), "utf-8")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.parent.parent.name == "case-files" for path in files)
    return {str(path): found for path in files if (found := holds(path.read_bytes()))}


def test_no_file_of_the_installation_holds_it(case, tmp_path):
    assert in_clear() == {}


def test_nothing_that_is_written_on_the_way_holds_it(case, tmp_path):
    """What officials and the applicant write while the case goes on: facts, drafts, opinions, notes, reasons, remarks."""
    desk, when = case.desk, moment("2025-02-24")
    facts = {"provided": TEXT, "where": TEXT, "when": TEXT}
    actions.decide(case.items.get(order=1), "provided", by=desk.clerk, at=when, facts=facts)
    paper = next(one for one in papers.all().values() if any(blank.key == "party" for blank in one.blanks))
    draft = actions.draft(case, paper.key, {blank.key: TEXT for blank in paper.blanks}, by=desk.clerk, at=when)
    actions.opine(case, OpinionKind.SECRECY, Verdict.PASS, TEXT, by=desk.secrecy, at=when)
    Rating.objects.create(application=case, score=1, comment=TEXT, at=when)
    Step.objects.create(application=case, kind="received", on=when, at=when, note=TEXT, extra={"party": NAME})
    actions.remove_file(
        actions.add_file(case, "evidence", f"{NAME}.txt", b"x", by=desk.clerk, at=when), by=desk.clerk, at=when
    )
    actions.send_back(case, TEXT, by=desk.clerk, at=when)
    assert in_clear() == {}
    assert case.steps.last().note == TEXT and case.steps.last().extra == {"party": NAME}
    assert case.items.get(order=1).facts == facts and TEXT in case.letters.get(pk=draft.pk).fields.values()
    assert case.rating.comment == case.opinions.get().text == TEXT
    reason = LogEntry.objects.get(action="foi.return").detail["reason"]
    assert "征收补偿协议" in reason and holds(reason.encode()) == []


def test_lists_and_exports_mask_it_and_the_one_page_that_shows_it_is_logged(case, client):
    desk = case.desk
    client.force_login(desk.clerk)
    listed = [
        client.get(reverse("desk:foi_cases")),
        client.get(reverse("desk:foi_cases") + "?format=csv"),
        client.get(reverse("desk:foi_case", args=[case.pk])),
        client.get(reverse("desk:home")),
    ]
    for response in listed:
        body = b"".join(response) if response.streaming else response.content
        assert holds(body) == [], response.request["PATH_INFO"]
    out = io.StringIO()
    row = exchange.export_row(Application.objects.get(pk=case.pk))
    out.write("\n".join(map(str, row)))
    assert holds(out.getvalue().encode()) == []
    before = LogEntry.objects.filter(action="foi.personal").count()
    shown = client.post(reverse("desk:foi_personal", args=[case.pk])).content.decode()
    assert all(value in shown for value in PLANTED)
    assert LogEntry.objects.filter(action="foi.personal").count() == before + 1
    scan = case.files.get(role="identity")
    assert client.get(reverse("desk:foi_file", args=[case.pk, scan.pk])).content
    assert LogEntry.objects.filter(action="foi.personal").count() == before + 2


def test_what_is_there_from_before_is_sealed(case):
    """The migration: rows and files in clear are read as they are, and sealed by being written."""
    from importlib import import_module

    from django.apps import apps

    from gongkai.foi import store

    with connection.cursor() as cursor:
        cursor.execute("update foi_application set description = %s, subject = %s", [TEXT, TEXT[:60]])
        cursor.execute("update foi_item set text = %s", [TEXT])
        cursor.execute("update foi_file set name = %s", [f"{NAME}.docx"])
    scan = case.files.get()
    path = next(Path(conf.CASE_FILES_ROOT).glob("??/*"))
    clear = store.read(scan)
    path.write_bytes(clear)
    assert Application.objects.get().description == TEXT
    seal = import_module("gongkai.foi.migrations.0005_seal_texts").seal
    with connection.schema_editor() as editor:
        seal(apps, editor) if connection.vendor != "sqlite" else None
    if connection.vendor == "sqlite":
        seal(apps, type("Editor", (), {"connection": connection}))
    with connection.cursor() as cursor:
        cursor.execute("select description, subject from foi_application")
        assert holds(repr(cursor.fetchall()).encode()) == []
        cursor.execute("select text from foi_item union all select name from foi_file")
        assert holds(repr(cursor.fetchall()).encode()) == []
    assert holds(path.read_bytes()) == [] and store.read(case.files.get()) == clear
    assert Application.objects.get().description == TEXT


def test_nothing_is_found_by_what_is_sealed(db):
    from django.core.exceptions import FieldError

    with pytest.raises(FieldError, match="密文"):
        Application.objects.filter(description__contains="x").exists()


def test_what_was_written_on_the_way_before_is_sealed(case):
    from importlib import import_module

    from django.apps import apps

    when = moment("2025-02-24")
    step = Step.objects.create(application=case, kind="received", on=when, at=when)
    with connection.cursor() as cursor:
        cursor.execute("update foi_step set note = %s, extra = %s", [TEXT, '{"party": "欧阳若水寒"}'])
    for _ in range(2):
        assert (Step.objects.get(pk=step.pk).note, Step.objects.get(pk=step.pk).extra) == (TEXT, {"party": NAME})
        editor = type("Editor", (), {"connection": connection})
        import_module("gongkai.foi.migrations.0007_seal_the_rest").seal(apps, editor)
        with connection.cursor() as cursor:
            cursor.execute("select note, extra from foi_step")
            assert holds(repr(cursor.fetchall()).encode()) == []
