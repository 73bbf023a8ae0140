"""标准化的网页,给浏览器里逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.standards.models import Charge, Intake, Standard


def public_pages():
    """One address of each kind of page."""
    yield reverse("public:standards"), 200
    yield Standard.objects.get(area__name="社会救助", stage="live", parent=None).get_absolute_url(), 200


def desk_pages():
    """Full and empty lists, a catalogue in force and one that waits, its forms."""
    live = Standard.objects.get(area__name="社会救助", stage="live", parent=None)
    names = ("list", "areas", "import", "matrix", "charges", "contradictions")
    yield from (("office", reverse(f"desk:standards_{name}")) for name in names)
    yield "office", reverse("desk:standards_matrix") + "?whole"
    yield from (
        ("office", reverse(f"desk:standards_{name}", args=[live.pk])) for name in ("one", "differences", "inherit")
    )
    yield "office", reverse("desk:standards_charge", args=[Charge.objects.exclude(occurrences=None).first().pk])
    waiting = Standard.objects.get(stage="reviewing")
    yield "office", reverse("desk:standards_one", args=[waiting.pk]) + "?doubts"
    yield "office", reverse("desk:standards_act", args=[waiting.pk, "publish"])
    yield "office", reverse("desk:standards_intake", args=[Intake.objects.first().pk])
