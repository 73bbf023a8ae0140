"""备份和恢复:两种库都真的恢复一遍再逐行、逐文件比;坏的备份一样也不动;已经有数据的要明说才换。"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from gongkai.desk import limits
from gongkai.org import chain
from gongkai.org.vault import vault
from gongkai.records import actions, store
from gongkai.records.models import Attachment, Record
from gongkai.web import backup
from gongkai.web.backup import BackupError, database, folder
from gongkai.web.models import OldAddress
from tests.records.office import AT, Office
from tests.web.publisher.test_files import PDF, filled

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, list]:
    """Every row of every table."""
    return {
        model._meta.label: sorted(map(str, model.objects.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


def content(root: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in folder.kept_files()}


@pytest.fixture
def office(settings, tmp_path) -> Office:
    """Something of every kind that an office keeps."""
    settings.GONGKAI_DATA = tmp_path / "data"
    settings.FILES_ROOT = settings.GONGKAI_DATA / "files"
    settings.CASE_FILES_ROOT = settings.GONGKAI_DATA / "case-files"
    settings.VAULT_FILE = settings.GONGKAI_DATA / "vault.key"
    settings.SITE_FILE = tmp_path / "etc" / "site.toml"
    made = Office()
    edition = made.draft()
    actions.attach(edition, "附件.pdf", PDF, by=made.clerk, at=AT)
    made.sign(made.fresh(edition))
    store.keep("案卷".encode(), root=settings.CASE_FILES_ROOT)
    vault().seal("x")
    data = settings.GONGKAI_DATA
    (data / "secret.key").write_text("s")
    (data / "params.toml").write_text("# 口径")
    (data / "calendar").mkdir()
    (data / "calendar" / "2027.toml").write_text("# 放假")
    (tmp_path / "etc").mkdir()
    package = Path(__file__).parents[2] / "gongkai"
    settings.SITE_FILE.write_text(
        (package / "org/data/site.toml").read_text("utf-8").replace("0000-00000000", "1")
    )
    filled()
    (data / "search").mkdir()
    (data / "search" / "x").write_text("x")
    (data / "kept").mkdir()
    (data / "kept" / "x").write_text("x")
    limits.add("signin-address", "203.0.113.5", seconds=60)
    yield made
    for table in (OldAddress,):
        table.objects.all().delete()


def test_restored_is_what_was_there(office, settings, tmp_path, capsys):
    before, kept = rows(), content(settings.GONGKAI_DATA)
    assert {"vault.key", "secret.key", "params.toml", "calendar/2027.toml", "site.toml"} < set(kept)
    call_command("backup", str(tmp_path / "one"))
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o700
    assert not list((tmp_path / "one").rglob("*.gz"))
    assert not any((tmp_path / "one" / "data" / name).exists() for name in ("search", "limits", "kept"))
    sums = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "one", check=False)
    assert sums.returncode == 0
    # 以后又办了事,改了文件
    later = office.publish(title="备份以后公开的")
    OldAddress.objects.create(path="/later.html", kind="gone")
    store.keep(b"later")
    (settings.GONGKAI_DATA / "params.toml").write_text("# 改了")
    settings.SITE_FILE.unlink()
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(tmp_path / "one"))
    assert Record.objects.filter(pk=later.pk).exists()
    call_command("restore", str(tmp_path / "one"), "--replace")
    assert rows() == before and content(settings.GONGKAI_DATA) == kept
    assert not (settings.GONGKAI_DATA / "public").exists() and not (settings.GONGKAI_DATA / "search").exists()
    assert not chain.verify().faults and "gongkai migrate" in capsys.readouterr().err
    # 换下来的也是一份备份
    (replaced,) = settings.GONGKAI_DATA.glob("replaced-*")
    backup.restore(replaced, at=AT, replace=True)
    assert Record.objects.filter(pk=later.pk).exists() and OldAddress.objects.count() == 1
    assert (settings.GONGKAI_DATA / "params.toml").read_text() == "# 改了"


def test_links_to_the_one_before(office, settings, tmp_path):
    backup.make(tmp_path / "one", at=AT)
    backup.make(tmp_path / "two", at=AT, before=tmp_path / "one")
    sha256 = Attachment.objects.first().sha256
    name = f"data/files/{sha256[:2]}/{sha256}"
    assert (tmp_path / "one" / name).samefile(tmp_path / "two" / name)
    assert not (tmp_path / "one/data/vault.key").samefile(tmp_path / "two/data/vault.key")
    shutil.rmtree(tmp_path / "one")
    before = rows()
    backup.restore(tmp_path / "two", at=AT, replace=True)
    assert rows() == before and store.read(sha256) == PDF


def test_where_a_backup_may_not_go(office, settings, tmp_path):
    for target in (settings.GONGKAI_DATA, settings.GONGKAI_DATA / "backup"):
        with pytest.raises(BackupError, match="资料目录"):
            backup.make(target, at=AT)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    with pytest.raises(BackupError, match="不是空的"):
        backup.make(tmp_path / "full", at=AT)
    with pytest.raises(BackupError, match="不是一份完整的备份"):
        backup.make(tmp_path / "new", at=AT, before=tmp_path / "full")


@pytest.mark.parametrize("fault", ["changed", "missing", "unfinished", "database", "other", "newer", "outside"])
def test_a_bad_backup_touches_nothing(office, settings, tmp_path, fault):
    one = tmp_path / "one"
    backup.make(one, at=AT)
    about, sums = one / "backup.json", folder.read_sums(one)
    given = json.loads(about.read_text())
    if fault == "changed":
        (one / "data" / "vault.key").write_text("{}")
    elif fault == "missing":
        next((one / "data" / "files").rglob("*/*")).unlink()
    elif fault == "unfinished":
        (one / "SHA256SUMS").unlink()
    elif fault == "outside":
        sums["../x"] = "0" * 64
    elif fault == "database":
        broken = one / database.NAMES[connection.vendor]
        broken.write_bytes(b"no database at all" * 100)
        sums[broken.name] = hashlib.sha256(broken.read_bytes()).hexdigest()
    else:
        given |= {"database": "oracle"} if fault == "other" else {"format": 99}
        about.write_text(json.dumps(given))
        sums[about.name] = hashlib.sha256(about.read_bytes()).hexdigest()
    if fault != "unfinished":
        folder.write_sums(one, sums)
    before, kept = rows(), content(settings.GONGKAI_DATA)
    with pytest.raises(BackupError):
        backup.restore(one, at=AT, replace=True)
    assert rows() == before and content(settings.GONGKAI_DATA) == kept
    assert not (settings.GONGKAI_DATA / ".restoring").exists()


def test_while_others_write(office, tmp_path):
    """The end of the log that the backup names is that of its own database, also when more is written meanwhile."""
    made = backup.make(tmp_path / "one", at=AT)
    assert (made.log_seq, made.log_hash) == chain.head()
    office.publish(title="乙")
    backup.restore(tmp_path / "one", at=AT, replace=True)
    assert (made.log_seq, made.log_hash) == chain.head()
    with transaction.atomic():
        office.publish(title="还写得进去")


def test_into_an_empty_place_by_the_command(office, tmp_path):
    """As on a new machine: another process, an empty folder, no tables."""
    if connection.vendor != "sqlite":
        pytest.skip("新的 PostgreSQL 库要另建;同样的路在上面走过了")
    backup.make(tmp_path / "one", at=AT)
    count = Record.objects.count()
    new = tmp_path / "new"
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "GONGKAI_SITE")
    }
    environment |= {"GONGKAI_DATA": str(new), "PYTHONPATH": str(Path(__file__).parents[2])}
    run = [sys.executable, "-m", "gongkai"]
    done = subprocess.run(
        [*run, "restore", str(tmp_path / "one")], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    database = sqlite3.connect(new / "gongkai.sqlite3")
    assert database.execute("SELECT count(*) FROM records_record").fetchone() == (count,)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert stat.S_IMODE((new / "vault.key").stat().st_mode) == 0o600
    assert (new / "site.toml").is_file() and (new / "calendar" / "2027.toml").is_file()
    again = subprocess.run(
        [*run, "restore", str(tmp_path / "one")], env=environment, capture_output=True, check=False
    )
    assert again.returncode == 1 and "--replace" in again.stderr.decode()


def locked_by(cursor, program: str) -> set[str]:
    """Tables (schema and name) on which a session of this program holds a lock that keeps readers out."""
    cursor.execute(
        "SELECT l.relation::regclass::text FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.granted"
        " AND a.application_name = %s AND l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'"
        " AND l.relation >= 16384",
        [program],
    )
    return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def beside():
    """Another session, as the running site has."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 一次换掉整个文件")
    other = connection.copy()
    yield other
    other.close()


def test_while_a_backup_is_loaded_the_pages_are_read_and_nobody_can_act(office, tmp_path, monkeypatch, beside):
    backup.make(tmp_path / "one", at=AT)
    later = office.publish(title="备份以后公开的")
    copy, seen = shutil.copyfileobj, {}

    def looked(source, target):
        copy(source, target)
        target.flush()
        with beside.cursor() as cursor:
            for _ in range(600):  # psql 走到了锁那一步
                if "org_loghead" in locked_by(cursor, "psql"):
                    break
                time.sleep(0.05)
            cursor.execute("SET lock_timeout = '1s'")
            cursor.execute("SELECT title FROM records_record WHERE id = %s", [later.pk])
            seen["read"] = cursor.fetchone()
            seen["old"] = {name for name in locked_by(cursor, "psql") if name in connection_tables}
            with pytest.raises(OperationalError):
                cursor.execute("UPDATE org_loghead SET seq = seq")

    connection_tables = set(connection.introspection.table_names())
    monkeypatch.setattr(database.shutil, "copyfileobj", looked)
    backup.restore(tmp_path / "one", at=AT, replace=True)
    assert seen == {"read": ("备份以后公开的",), "old": {"org_loghead"}}
    with beside.cursor() as cursor:  # 提交以后,同一个连接看到的是备份里的
        cursor.execute("SELECT count(*) FROM records_record WHERE id = %s", [later.pk])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'gongkai%%'")
        assert cursor.fetchall() == [], "换下来的都删了"


def test_a_schema_that_may_not_be_renamed_is_cleared_in_its_place(office, tmp_path, monkeypatch, beside):
    monkeypatch.setattr(database.exchange, "_MAY_RENAME", "SELECT false")
    before = rows()
    backup.make(tmp_path / "one", at=AT)
    office.publish(title="备份以后公开的")
    backup.restore(tmp_path / "one", at=AT, replace=True)
    assert rows() == before


def test_rights_on_the_schema_stay_and_a_restore_that_was_left_is_swept(office, tmp_path, beside):
    rights = "SELECT nspowner, nspacl::text FROM pg_namespace WHERE nspname = 'public'"
    with connection.cursor() as cursor:
        cursor.execute(rights)
        had = cursor.fetchone()
        cursor.execute("CREATE SCHEMA gongkai_replaced_1")
        cursor.execute("CREATE TABLE gongkai_replaced_1.rest (x int)")
    backup.make(tmp_path / "one", at=AT)
    backup.restore(tmp_path / "one", at=AT, replace=True)
    with connection.cursor() as cursor:
        cursor.execute(rights)
        owner, now = cursor.fetchone()
        assert owner == had[0] and set(now.strip("{}").split(",")) >= set((had[1] or "{}").strip("{}").split(","))
        cursor.execute("SELECT to_regclass('gongkai_replaced_1.rest')")
        assert cursor.fetchone() == (None,)


def test_a_restore_that_lacks_locks_says_which_setting_to_raise():
    said = database.remedy(
        "ERROR:  out of shared memory\nHINT:  You might need to increase max_locks_per_transaction."
    )
    assert "max_locks_per_transaction = 256" in said and "HINT" not in said
    assert database.remedy("ERROR:  disk full") == "ERROR:  disk full"
