"""按年份、按一件信息的版本查的索引;按整表计数用的一个不再要:件数改记在 ``Tally`` 里。"""

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
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['record', 'stage'], name='edition_of_record'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['year', '-published_at', '-id'], name='record_by_year'),
        ),
    ]
