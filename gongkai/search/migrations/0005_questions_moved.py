"""提问搬进了 ``questions`` 的一张表,这里的空表删去。"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0004_sayings"), ("questions", "0002_take_over")]

    operations = [migrations.DeleteModel("Question")]
