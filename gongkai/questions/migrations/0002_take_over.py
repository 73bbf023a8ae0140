"""把政策提问(``policies.Question``)和送给单位的提问(``search.Question``)搬进这一张表。

送给单位的沿用原来的序号,旧网址和旧操作记录照样指着它;政策提问的旧序号记在 ``former``。查询码的散列原样搬,旧码照样能查。
编号的流水一起搬,不会重号。
"""

from django.core.management.color import no_style
from django.db import migrations

#: 送给单位的提问在流水表里的种类(``foi.Counter``)。
SERIES = "question"


def take_over(apps, editor):
    old_units = apps.get_model("search", "Question").objects.order_by("pk")
    old_policies = apps.get_model("policies", "Question").objects.order_by("pk")
    new = apps.get_model("questions", "Question")
    new.objects.bulk_create((unit(new, row) for row in old_units.iterator()), batch_size=500)
    for statement in editor.connection.ops.sequence_reset_sql(no_style(), [new]):
        editor.execute(statement)
    new.objects.bulk_create((policy(new, row) for row in old_policies.iterator()), batch_size=500)
    counters(apps)


def unit(new, row):
    return new(
        pk=row.pk,
        kind="unit",
        number=row.number,
        code=row.code,
        agency_id=row.agency_id,
        text=row.text,
        contact=row.contact,
        consents=row.consents,
        asked_at=row.asked_at,
        state=row.state,
        answer=row.answer,
        record_id=row.record_id,
        answered_at=row.answered_at,
        answered_by_id=row.answered_by_id,
        shown=row.public_text,
        published_at=row.published_at,
        published_by_id=row.published_by_id,
    )


def policy(new, row):
    return new(
        kind="policy",
        former=row.pk,
        number=row.number,
        code=row.digest,
        agency_id=row.agency_id,
        policy_id=row.policy_id,
        text=row.text,
        consents=row.consent,
        asked_at=row.asked_at,
        due_on=row.due_on,
        state=row.state,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by_id=row.answered_by_id,
        shown=row.shown,
        # 核定和公开是一步;是谁核定的只在操作记录里
        published_at=row.answered_at if row.published else None,
    )


def counters(apps):
    numbers = apps.get_model("records", "IndexCounter").objects
    series = apps.get_model("foi", "Counter").objects.filter(kind=SERIES)
    for row in series.select_related("agency"):
        numbers.create(prefix=f"unit-question/{row.agency.code}/{row.year}", last=row.last)
    series.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("foi", "0007_seal_the_rest"),
        ("policies", "0005_numbers_and_keyed_codes"),
        ("questions", "0001_initial"),
        ("records", "0006_urges"),
        ("search", "0004_sayings"),
    ]

    operations = [migrations.RunPython(take_over)]
