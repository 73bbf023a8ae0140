"""临时口令、停用的查阅点;操作记录的触发器加上拒绝删行和清表。"""

from django.db import migrations, models

from gongkai.org import triggers

EVENTS = ("UPDATE", "DELETE", "TRUNCATE")


class Migration(migrations.Migration):
    dependencies = [("org", "0002_append_only")]

    operations = [
        migrations.AddField("user", "password_is_temporary", models.BooleanField("口令是临时的,登录后须先改", default=False)),
        migrations.AddField("place", "closed_on", models.DateField("停用之日", null=True, blank=True)),
        migrations.RunPython(
            lambda apps, editor: triggers.forbid(editor.connection, *EVENTS),
            lambda apps, editor: triggers.allow(editor.connection, "DELETE", "TRUNCATE"),
        ),
    ]
