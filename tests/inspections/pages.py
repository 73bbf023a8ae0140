"""网站和新媒体检查有哪些网页要看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.inspections.models import Finding, Outlet, Release, Round


def public_pages():
    """The register, the rounds, one round."""
    yield reverse("public:outlets"), 200
    yield reverse("public:inspections"), 200
    yield reverse("public:inspection", args=[Round.objects.filter(state="closed").first().pk]), 200


def desk_pages():
    """(who, address) of each kind of page."""
    made = Round.objects.filter(state="mending").first()
    own, closing = Outlet.objects.get(is_own=True), Outlet.objects.filter(state="announced").first()
    yield "inspector", reverse("desk:inspections_outlets")
    yield from (("office", one.get_absolute_url()) for one in (own, closing))
    yield "clerk", reverse("desk:inspections_edit_outlet", args=[own.pk])
    yield "clerk", reverse("desk:inspections_posts")
    yield "clerk", reverse("desk:inspections_site_report", args=[made.on.year])
    yield "inspector", made.get_absolute_url()
    yield "inspector", made.samples.filter(outlet__is_own=False).first().get_absolute_url()
    yield from (
        ("inspector", reverse(f"desk:inspections_{name}"))
        for name in ("rounds", "own", "findings", "tips", "shares")
    )
    yield "inspector", Finding.objects.filter(state="disputed").first().get_absolute_url()
    yield "office", Release.objects.first().get_absolute_url()
