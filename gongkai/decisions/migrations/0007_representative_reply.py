"""列席代表的意见怎样处理、议定了什么;写了才算告知。"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0006_meeting_happened'),
    ]

    operations = [
        migrations.AddField(
            model_name='representative',
            name='reply',
            field=models.TextField(blank=True, verbose_name='意见怎样处理、议定了什么'),
        ),
    ]
