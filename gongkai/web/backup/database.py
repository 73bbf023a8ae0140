"""数据库:SQLite 用它自己的备份接口,PostgreSQL 用 pg_dump、pg_restore;网站开着也能备份,得到的是一个时刻的样子。"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from gongkai.org import chain
from gongkai.org.models import LogEntry, LogHead

from . import exchange

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class DatabaseError(Exception):
    """数据库的程序出了错;文字给管理服务器的人看。"""


def occupied() -> bool:
    """Whether there is anything of an office in the database; one that was only migrated is empty."""
    tables = set(connection.introspection.table_names())
    if LogEntry._meta.db_table not in tables:
        return False
    return LogEntry.objects.exists() or get_user_model().objects.exists()


def dump(path: Path) -> tuple[int, str]:
    """Write the whole database to a file; the end of the log (number and hash) at the moment that the file shows."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)
            # 备份是一个文件,不带另外的日志
            target.execute("PRAGMA journal_mode=DELETE")
            row = target.execute(f"SELECT seq, hash FROM {LogHead._meta.db_table} WHERE id = 1").fetchone()  # noqa: S608
        return (int(row[0]), str(row[1])) if row else (0, "")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        end = chain.head()
        _run(
            [
                _program("pg_dump"),
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--exclude-schema={exchange.REPLACED}*",
                "--file",
                str(path),
            ]
        )
    return end


def load(path: Path) -> None:
    """Put the file's database in the place of the present one; on an error the present one stays as it is."""
    if connection.vendor == "sqlite":
        try:
            _load_sqlite(path)
        except sqlite3.Error as error:
            raise DatabaseError(f"恢复 SQLite 没有成功：{error}") from error
        return
    before, after = exchange.steps()
    connection.close()
    _load_postgresql(path, before, after)
    exchange.sweep()


def _load_postgresql(path: Path, before: str, after: str) -> None:
    """The script of pg_restore goes through psql in one transaction; psql commits only after pg_restore has ended well.

    Args:
        before, after: statements of the same transaction; see ``exchange``.
    """
    with tempfile.TemporaryFile() as said:
        read = subprocess.Popen(
            [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)],
            stdout=subprocess.PIPE,
            stderr=said,
        )
        write = subprocess.Popen(
            [
                _program("psql"),
                "--no-psqlrc",
                "--quiet",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                f"--command={before}",
                "--file=-",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=_environment(),
        )
        assert read.stdout is not None and write.stdin is not None
        try:
            shutil.copyfileobj(read.stdout, write.stdin)
        except BrokenPipeError:
            read.kill()
        read.stdout.close()
        if bad := read.wait() != 0:
            write.kill()  # 没有提交就断开,库还是原来的
        else:
            with contextlib.suppress(BrokenPipeError):
                write.stdin.write(after.encode())
        with contextlib.suppress(BrokenPipeError):
            write.stdin.close()
        if write.wait() or bad:
            said.seek(0)
            words = said.read()[-500:].decode(errors="replace")
            raise DatabaseError(f"恢复 PostgreSQL 没有成功，库还是原来的：{remedy(words)}")


def remedy(words: str) -> str:
    """What to do about an error of PostgreSQL that its settings cause, else its own words."""
    if "max_locks_per_transaction" in words:
        return (
            "一个事务里要装进全部的表，它的锁不够。请在 postgresql.conf 里写 max_locks_per_transaction = 256，"
            "重启 PostgreSQL，再恢复一次。"
        )
    return words


def _load_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source:
        if source.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise DatabaseError("备份里的数据库坏了。")
        connection.ensure_connection()
        source.backup(connection.connection)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False, env=_environment())
    if done.returncode:
        raise DatabaseError(f"{Path(command[0]).name} 没有成功：{done.stderr.decode(errors='replace')[-500:]}")


def _program(name: str) -> str:
    """The newest installed: a newer pg_dump reads an older server, not the other way round."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if not found:
        raise DatabaseError(f"没有找到 {name}。请安装 postgresql-client。")
    return found


def _environment() -> dict[str, str]:
    """The password and the rest by environment, so that nobody sees it in the list of processes."""
    given = connection.settings_dict
    wanted = {
        "PGDATABASE": given["NAME"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGSSLMODE": given.get("OPTIONS", {}).get("sslmode", ""),
        "PGOPTIONS": "-c lock_timeout=60s",
        "PGCLIENTENCODING": "UTF8",
    }
    return os.environ | {name: str(value) for name, value in wanted.items() if value}
