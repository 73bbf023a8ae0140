"""按年份、有效期、一件信息的版本、起草人查的索引;按整表计数用的一个不再要:件数改记在 ``Tally`` 里。"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0004_heartbeats'),
        ('records', '0002_placements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='record',
            name='record_facets',
        ),
        migrations.AlterField(
            model_name='edition',
            name='author',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人'),
        ),
        migrations.AlterField(
            model_name='edition',
            name='saved_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='最近保存人'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['record', 'stage'], name='edition_of_record'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['author', 'stage'], name='edition_of_author'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['year', '-published_at', '-id'], name='record_by_year'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['expires_on'], name='record_expires'),
        ),
    ]
