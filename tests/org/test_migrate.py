"""空库一次建成的,同逐个迁移建成的一样:表、列、索引、约束、触发器。"""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

pytestmark = pytest.mark.django_db(transaction=True)

TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}
#: Django's own table between groups and rights, unused here: its history numbers the rows by longer integers.
OTHERWISE = "auth_group_permissions"


def schema(database):
    """What a database holds, without the order in which it was made."""
    with database.cursor() as cursor:
        cursor.execute(TRIGGERS[database.vendor])
        found = {"triggers": sorted(cursor.fetchall())}
        for table in database.introspection.table_names(cursor):
            columns = database.introspection.get_table_description(cursor, table)
            constraints = database.introspection.get_constraints(cursor, table)
            found[table] = (
                sorted(
                    (column.name, column.type_code, column.internal_size, column.null_ok) for column in columns
                ),
                sorted(
                    (
                        kind["columns"] or [],
                        kind["unique"],
                        kind["primary_key"],
                        kind["foreign_key"] or (),
                        kind["check"],
                    )
                    for kind in constraints.values()
                ),
                sorted(
                    name
                    for name, kind in constraints.items()
                    if (kind["check"] or kind["index"]) and not name.startswith("__unnamed")
                ),
            )
    del found[OTHERWISE]
    return found


@pytest.fixture
def empty(tmp_path):
    """The address and the settings of an empty database of the same kind as that of the tests."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        yield "", given | {"NAME": str(tmp_path / "gongkai.sqlite3")}
        return
    name = f"{given['NAME']}_empty"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    place = os.environ["DATABASE_URL"].rpartition("/")[0]
    yield f"{place}/{name}", given | {"NAME": name}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


def migrated_stepwise(url, tmp_path):
    environment = {**os.environ, "GONGKAI_DATA": str(tmp_path)} | ({"DATABASE_URL": url} if url else {})
    command = [sys.executable, "-m", "gongkai", "migrate", "-v0", "--stepwise"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_step_by_step_comes_to_what_is_made_at_once(empty, tmp_path):
    """The database of the tests was made at once and had two triggers taken away (``conftest.py``)."""
    url, given = empty
    migrated_stepwise(url, tmp_path)
    other = ConnectionHandler({"default": given})["default"]
    try:
        made, own = schema(other), schema(connection)
        applied = MigrationRecorder(other).applied_migrations().keys()
    finally:
        other.close()
    events = {name for name, table in made.pop("triggers")}
    assert events == {"log_no_update", "log_no_delete"} | (
        {"log_no_truncate"} if connection.vendor == "postgresql" else set()
    )
    own.pop("triggers")
    assert made == own
    assert applied == MigrationRecorder(connection).applied_migrations().keys()
