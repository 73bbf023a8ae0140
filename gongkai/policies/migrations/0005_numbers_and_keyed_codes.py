"""提问有编号;以前的查询码只存了不带钥的散列,改存带钥的:旧码照样能查。"""

from django.db import migrations, models

from gongkai.questions.actions import former


def key(apps, editor):
    questions = apps.get_model("policies", "Question").objects
    for pk, digest in questions.filter(number=None).values_list("pk", "digest").iterator():
        questions.filter(pk=pk).update(digest=former(digest))


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_clinic")]

    operations = [
        migrations.AddField("question", "number", models.CharField("编号", max_length=40, unique=True, null=True)),
        migrations.RunPython(key),
    ]
