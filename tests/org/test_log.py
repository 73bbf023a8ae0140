"""操作记录:散列相连,只增不改;改动、缺少、调换、截去都核得出来。"""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gongkai.org import actions
from gongkai.org.models import LogEntry, LogHead

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(at):
    for n in range(5):
        actions.log("test.act", f"第{n}件", at=at, detail={"n": n})


def unguarded(sql):
    """Change the table behind the triggers' back, as an intruder with the database would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS log_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE org_logentry DISABLE TRIGGER USER")
        cursor.execute(sql)


def test_a_whole_chain_verifies(chain):
    result = actions.verify()
    assert (result.count, result.faults) == (5, ())
    out = io.StringIO()
    call_command("audit", "verify", stdout=out)
    assert "共5条" in out.getvalue()


@pytest.mark.parametrize(("sql", "words"), [
    ("UPDATE org_logentry SET summary='x' WHERE seq=3", "第3条的内容被改动过"),
    ("DELETE FROM org_logentry WHERE seq=3", "第3条缺少"),
    ("DELETE FROM org_logentry WHERE seq=5", "末端"),
    ("UPDATE org_loghead SET hash='0'", "末端"),
])  # fmt: skip
def test_tampering_is_found(chain, sql, words):
    unguarded(sql)
    assert any(words in fault for fault in actions.verify().faults)
    with pytest.raises(CommandError, match="不通过"):
        call_command("audit", "verify", stderr=io.StringIO())


def test_a_truncated_chain_is_found_by_a_kept_head(chain):
    out = io.StringIO()
    call_command("audit", "head", stdout=out)
    kept = out.getvalue().strip()
    assert actions.verify(kept).faults == ()
    unguarded("DELETE FROM org_logentry WHERE seq>3")
    last = LogEntry.objects.order_by("-seq").first()
    LogHead.objects.update(seq=3, hash=last.hash)
    assert actions.verify().faults == ()
    assert actions.verify(kept).faults
    assert actions.verify("垃圾").faults


def test_the_database_refuses_to_change_an_entry(chain):
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.filter(seq=2).update(summary="x")
    assert actions.verify().faults == ()


def test_a_rolled_back_action_leaves_no_entry(chain, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.log("test.act", "不算", at=at)
        raise RuntimeError
    assert LogEntry.objects.count() == 5
    assert actions.verify().faults == ()


def test_listeners_hear_after_commit(at, django_capture_on_commit_callbacks):
    heard = []

    def listen(sender, entry, **rest):
        heard.append(entry.seq)

    actions.logged.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            entry = actions.log("test.act", "听", at=at)
            assert heard == []
        assert heard == [entry.seq]
    finally:
        actions.logged.disconnect(listen)
