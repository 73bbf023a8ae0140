"""操作记录:散列相连,只增不改;改动、缺少、插入、调换、截去都核得出来,并说得出是哪一条。"""

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gongkai.org import actions, chain, triggers
from gongkai.org.models import LogEntry, LogHead, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(at):
    for n in range(1, 7):
        actions.log("test.act", f"第{n}件", at=at, n=n)


def intrude(*statements):
    """Change the table behind the triggers' back, as an intruder who owns the database would."""
    triggers.allow(connection, "UPDATE", "DELETE", "TRUNCATE")
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def faults(**options):
    return chain.verify(**options).faults


def renumber(*pairs):
    """Give entries other numbers; through a number far away, since each is unique."""
    away = [f"UPDATE org_logentry SET seq = seq + 1000 WHERE seq = {old}" for old, _ in pairs]
    back = [f"UPDATE org_logentry SET seq = {new} WHERE seq = {old} + 1000" for old, new in pairs]
    intrude(*away, *back)


def test_a_whole_chain_verifies(log):
    assert chain.verify() == chain.Verdict(6, ())
    out = io.StringIO()
    call_command("audit", "verify", stdout=out)
    assert "完整,核了6条" in out.getvalue()


def test_an_empty_log_verifies():
    assert chain.verify() == chain.Verdict(0, ())
    assert chain.head() == (0, "")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("summary", "'x'"),
        ("action", "'x'"),
        ("detail", "'{}'"),
        ("at", "'2020-01-01 00:00:00+00:00'"),
        ("object_id", "'9'"),
        ("object_type", "'x'"),
    ],
)
def test_a_changed_entry_is_named(log, column, value):
    intrude(f"UPDATE org_logentry SET {column}={value} WHERE seq=3")
    assert faults() == ("第3条的内容被改动过。",)
    with pytest.raises(CommandError, match="共1处") as raised:
        call_command("audit", "verify", stderr=io.StringIO())
    assert raised.value.returncode == 1


def test_an_entry_that_was_rewritten_with_its_hash_breaks_the_next(log):
    third = LogEntry.objects.get(seq=3)
    third.summary = "改过"
    intrude(f"UPDATE org_logentry SET summary='改过', hash='{chain.digest(third)}' WHERE seq=3")
    assert faults() == ("第4条同第3条接不上:其中一条被换过,或者中间插过、抽过。",)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("seq=3", "第3条缺少。"),
        ("seq IN (3, 4)", "第3至第4条缺少。"),
        ("seq=1", "第1条缺少。"),
        ("seq=6", "第6条缺少,末端被截去。"),
        ("seq>3", "第4至第6条缺少,末端被截去。"),
        ("seq>0", "第1至第6条缺少,记录被清空。"),
    ],
)
def test_missing_entries_are_named(log, where, words):
    intrude(f"DELETE FROM org_logentry WHERE {where}")
    assert faults() == (words,)


def test_swapped_entries_are_named(log):
    renumber((3, 4), (4, 3))
    assert {"第3条原是第4条,序号被挪动过。", "第4条原是第3条,序号被挪动过。"} <= set(faults())
    assert not any("插进来" in fault for fault in faults())


def test_entries_swapped_far_apart_are_named(log):
    renumber((2, 5), (5, 2))
    assert {"第2条原是第5条,序号被挪动过。", "第5条原是第2条,序号被挪动过。"} <= set(faults())


def test_an_inserted_entry_is_named(log, at):
    renumber((6, 7), (5, 6), (4, 5), (3, 4))
    forged = LogEntry(seq=3, at=at, action="test.act", summary="插", previous=LogEntry.objects.get(seq=2).hash)
    forged.hash = chain.digest(forged)
    forged.save()
    found = faults()
    assert "第3条是插进来的,后面的序号都挪过。" in found
    assert "第7条加在末端之后。" in found


def test_an_entry_added_after_the_head_is_named(log, at):
    forged = LogEntry(seq=7, at=at, action="test.act", summary="加", previous=LogEntry.objects.get(seq=6).hash)
    forged.hash = chain.digest(forged)
    forged.save()
    assert faults() == ("第7条加在末端之后。",)


def test_a_changed_head_is_found(log):
    intrude("UPDATE org_loghead SET hash='0'")
    assert faults() == ("末端记的散列同第6条对不上,其中一处被改过。",)


def test_verify_from_the_middle(log):
    intrude("UPDATE org_logentry SET summary='x' WHERE seq=2")
    assert chain.verify(start=4) == chain.Verdict(3, ())
    assert chain.verify(start=2).faults == ("第2条的内容被改动过。",)
    out = io.StringIO()
    call_command("audit", "verify", "--from", "4", stdout=out)
    assert "核了3条" in out.getvalue()
    assert "不能从第9条起核" in chain.verify(start=9).faults[0]
    with pytest.raises(CommandError, match="1以上"):
        call_command("audit", "verify", "--from", "0")


def test_truncation_and_rewriting_are_found_by_a_kept_head(log):
    out = io.StringIO()
    call_command("audit", "head", stdout=out)
    kept = out.getvalue().strip()
    assert kept.startswith("6:")
    assert faults(expect=kept) == ()
    intrude("DELETE FROM org_logentry WHERE seq>3")
    LogHead.objects.update(seq=3, hash=LogEntry.objects.get(seq=3).hash)
    assert faults() == ()
    assert faults(expect=kept) == ("抄存的末端是第6条,现在没有这一条:记录被截去过。",)
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--expect", kept, stderr=io.StringIO())
    assert "被重写过" in faults(expect="3:" + "0" * 64)[0]
    assert "不是" in faults(expect="垃圾")[0]
    assert faults(expect="0:") == ()


def test_progress_of_a_long_chain(log, monkeypatch):
    monkeypatch.setattr(chain, "CHUNK", 2)
    told = []
    chain.verify(progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 6), (4, 6), (6, 6), (6, 6)]


def test_the_database_itself_refuses(log):
    triggers.forbid(connection, "UPDATE", "DELETE", "TRUNCATE")
    tries = ["UPDATE org_logentry SET summary='x'", "DELETE FROM org_logentry WHERE seq=6"]
    if connection.vendor == "postgresql":
        connection.check_constraints()
        tries.append("TRUNCATE org_logentry")
    for sql in tries:
        with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert chain.verify() == chain.Verdict(6, ())


def test_the_migrations_leave_every_refusal_in_place():
    """The session's set-up takes two of them away again; the migration is read for what it forbids."""
    import importlib

    name = "gongkai.org.migrations.0003_temporary_passwords_closed_places_and_no_deletion"
    assert set(importlib.import_module(name).EVENTS) == {"UPDATE", "DELETE", "TRUNCATE"}


def test_the_model_refuses_too(log):
    entry = LogEntry.objects.get(seq=2)
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_a_person_with_history_cannot_be_erased(at):
    """C51."""
    user = User.objects.create(username="u", name="某")
    actions.log("test.act", "办过", at=at, by=user)
    with pytest.raises(DatabaseError):
        user.delete()
    assert User.objects.filter(pk=user.pk).exists()


def test_a_rolled_back_action_leaves_no_entry(log, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.log("test.act", "不算", at=at)
        raise RuntimeError
    assert LogEntry.objects.count() == 6
    assert faults() == ()


def test_export_from_the_terminal(log, at):
    actions.log("test.act", "=HYPERLINK(1)", at=at)
    out = io.StringIO()
    call_command("audit", "export", "--from", "6", stdout=out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().lstrip("\ufeff"))))
    assert [(row["序号"], row["说明"]) for row in rows] == [("6", "第6件"), ("7", "'=HYPERLINK(1)")]
    assert rows[0]["时间"] == "2026-10-12 09:30:00" and rows[0]["经手人"] == "系统"
