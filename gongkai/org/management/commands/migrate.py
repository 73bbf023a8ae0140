"""迁移数据库;空库直接按现在的模型建表,不把历史一步步重走一遍。

一步步走要把几百张表的历史状态反复重建,空库上要十几秒,建出来的同模型说的一样(``tests/org/test_migrate.py`` 在两种数据库上逐项
比对:表、列、索引、约束、触发器)。已有资料的库照常逐个迁移。
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from gongkai.org import triggers

#: 这些参数说的是历史里的某一步,或者只看不做:照 Django 原来的办。
_STEPWISE = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    help = "迁移数据库(空库直接按现在的模型建表)。"

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--stepwise", action="store_true", help="空库也逐个迁移。")

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        stepwise = options["stepwise"] or any(options.get(name) for name in _STEPWISE)
        if not stepwise and not connection.introspection.table_names():
            create_all(connection)
        super().handle(*args, **options)


def create_all(connection: Any) -> None:
    """Every table as the models stand, the triggers, and every migration noted as applied; all or nothing."""
    recorder = MigrationRecorder(connection)
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    with connection.schema_editor() as editor:
        for model in [*models, recorder.Migration]:
            editor.create_model(model)
        triggers.forbid(connection, *triggers.EVENTS)
        for app, name in MigrationLoader(None).graph.nodes:
            recorder.record_applied(app, name)
