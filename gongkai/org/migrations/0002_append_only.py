"""操作记录在数据库里也只增不改:触发器拒绝 UPDATE。删除由散列链核验发现。"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER IF NOT EXISTS log_no_update BEFORE UPDATE ON org_logentry
BEGIN SELECT RAISE(ABORT, '操作记录只增不改'); END;
"""
POSTGRES = """
CREATE OR REPLACE FUNCTION log_no_update() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '操作记录只增不改'; END; $$;
CREATE TRIGGER log_no_update BEFORE UPDATE ON org_logentry FOR EACH ROW EXECUTE FUNCTION log_no_update();
"""


def guard(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def lift(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON org_logentry"
    schema_editor.execute(f"DROP TRIGGER IF EXISTS log_no_update{on}")


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [migrations.RunPython(guard, lift)]
