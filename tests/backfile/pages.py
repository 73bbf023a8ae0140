"""历史信息和移交的网页,给浏览器逐页看(``tests/browser``)。"""

from django.urls import reverse

from gongkai.backfile.models import Batch, Intake, Item, Opening, Transfer


def public_pages():
    """The history, one year of it, the catalogues, one of them, an old paper."""
    yield reverse("public:history"), 200
    yield reverse("public:history") + "?year=2006", 200
    yield reverse("public:handovers"), 200
    yield Transfer.objects.get(state="published").get_absolute_url(), 200
    yield Item.objects.exclude(record=None).first().record.get_absolute_url(), 200


def desk_pages():
    """Each kind of page once."""
    yield "office", reverse("desk:backfile_stock")
    yield "clerk", reverse("desk:backfile_unit", args=["MH0101"])
    yield "clerk", reverse("desk:backfile_holding", args=["MH0101", 2006, "numbered"])
    yield "clerk", Intake.objects.first().get_absolute_url()
    yield "clerk", reverse("desk:backfile_items") + "?state=confirmed"
    yield "clerk", Item.objects.filter(agency__code="MH0101").first().get_absolute_url()
    yield "office", Batch.objects.get(state="second").get_absolute_url()
    yield "office", reverse("desk:backfile_opening", args=[Opening.objects.filter(sampled=True).first().pk])
    transfer = Transfer.objects.get(state="handed")
    yield "office", reverse("desk:backfile_transfers")
    yield "office", reverse("desk:backfile_transfer", args=[transfer.pk])
    yield "office", reverse("desk:backfile_row", args=[transfer.rows.first().pk])
    yield from (("clerk", reverse(f"desk:backfile_{name}")) for name in ("take", "pairs", "sites"))
    yield "office", reverse("desk:backfile_declare")
    yield "office", reverse("desk:backfile_visits", args=[Intake.objects.get(way="site").pk])
