"""决策和会议的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.decisions.models import CatalogueYear, Consultation, Dossier, Meeting


def public_pages():
    """Lists, a consultation's form, each decision that the public sees, a catalogue."""
    names = ("consultations", "opinion_look", "decisions", "decision_propose", "meetings")
    yield from ((reverse(f"public:{name}"), 200) for name in names)
    for dossier in Dossier.objects.order_by("pk")[:2]:
        yield reverse("public:decision", args=[dossier.pk]), 200
    for year in CatalogueYear.objects.order_by("year")[:1]:
        yield reverse("public:decision_catalogue", args=[year.year]), 200
    for consultation in Consultation.objects.order_by("-pk")[:1]:
        yield reverse("public:opinion", args=[consultation.pk]), 200


def desk_pages():
    """Each list, and one of each kind."""
    yield from (
        ("office", reverse(f"desk:decisions_{name}"))
        for name in ("years", "dossiers", "rounds", "meetings", "new")
    )
    for dossier in Dossier.objects.order_by("pk")[:2]:
        yield "office", reverse("desk:decisions_dossier", args=[dossier.pk])
    consultation = Consultation.objects.order_by("pk").first()
    yield from (
        ("office", reverse(f"desk:decisions_{name}", args=[consultation.pk]))
        for name in ("round", "opinions", "enter_opinions")
    )
    yield "office", reverse("desk:decisions_opinion", args=[consultation.opinions.first().pk])
    yield "office", reverse("desk:decisions_year", args=[CatalogueYear.objects.first().pk])
    yield "office", reverse("desk:decisions_meeting", args=[Meeting.objects.first().pk])
