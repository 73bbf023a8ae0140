"""标准化的网页,给浏览器里逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.standards.models import Charge, Comment, Enterprise, Intake, Period, Standard, Village, Zone


def public_pages():
    """One address of each kind of page."""
    period = Period.objects.filter(state="posted").first()
    yield from ((reverse(f"public:{name}"), 200) for name in ("villages", "enterprises", "zones", "kiosk"))
    yield reverse("public:kiosk_take") + "?path=/villages/", 200
    yield Village.objects.first().get_absolute_url(), 200
    yield period.get_absolute_url(), 200
    yield reverse("public:village_object", args=[period.village_id, period.pk]), 200
    answered = Comment.objects.exclude(answered_on=None).first()
    yield reverse("public:zone_book", args=[answered.zone_id]), 200
    yield reverse("public:zone_write", args=[answered.zone_id]), 200
    yield Enterprise.objects.first().get_absolute_url(), 200
    yield reverse("public:standards"), 200
    yield Standard.objects.get(area__name="社会救助", stage="live", parent=None).get_absolute_url(), 200


def desk_pages():
    """Full and empty lists, a catalogue in force and one that waits, its forms."""
    live = Standard.objects.get(area__name="社会救助", stage="live", parent=None)
    names = ("list", "areas", "import", "charges", "contradictions")
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
    names = ("villages", "objections", "zones", "enterprises", "complaints", "statement", "indices")
    yield from (("office", reverse(f"desk:standards_{name}")) for name in names)
    draft = Period.objects.get(state="draft")
    yield "office", reverse("desk:standards_period", args=[draft.pk])
    yield "office", reverse("desk:standards_period_act", args=[draft.pk, "item"])
    yield "office", reverse("desk:standards_zone", args=[Zone.objects.last().pk])
    yield "office", reverse("desk:standards_enterprise", args=[Enterprise.objects.first().pk])
