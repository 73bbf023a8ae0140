"""操作记录的触发器:数据库自己也拒绝改行、删行、清表,绕过程序直接写 SQL 也一样。

由迁移装上(空库由 ``org/management/commands/migrate.py`` 一次装上)。测试之间要清空各表,所以测试库建好后拿掉 ``DELETE`` 和 ``TRUNCATE`` 两个(见 ``tests/conftest.py``)。
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

EVENTS = ("UPDATE", "DELETE", "TRUNCATE")
_TABLE = "org_logentry"
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS log_no_{name} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '操作记录只增不改'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '操作记录只增不改'; END; $$
"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER log_no_{name} BEFORE {event} ON {table}
FOR EACH {each} EXECUTE FUNCTION log_only_grows()
"""


def forbid(connection: BaseDatabaseWrapper, *events: str) -> None:
    """Refuse these events (``UPDATE``, ``DELETE``, ``TRUNCATE``) on the log; SQLite has no TRUNCATE."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not sqlite:
            cursor.execute(_FUNCTION)
        for event in events:
            if sqlite and event == "TRUNCATE":
                continue
            each = "STATEMENT" if event == "TRUNCATE" else "ROW"
            sql = _SQLITE if sqlite else _POSTGRES
            cursor.execute(sql.format(name=event.lower(), event=event, table=_TABLE, each=each))


def allow(connection: BaseDatabaseWrapper, *events: str) -> None:
    """Take the refusals away again."""
    on = "" if connection.vendor == "sqlite" else f" ON {_TABLE}"
    with connection.cursor() as cursor:
        for event in events:
            cursor.execute(f"DROP TRIGGER IF EXISTS log_no_{event.lower()}{on}")
