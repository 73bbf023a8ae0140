"""数据开放的网页,给浏览器里的检查用(``tests/browser``)。"""

from django.urls import reverse

from gongkai.opendata.models import Application, Dataset, Demand


def public_pages():
    usable = Dataset.objects.usable().filter(title="公共停车场名录").get()
    restricted = Dataset.objects.filter(opening="restricted").first()
    for name in (
        "opendata",
        "opendata_terms",
        "opendata_public_figures",
        "opendata_requests",
        "opendata_results",
        "opendata_key",
        "opendata_look",
    ):
        yield reverse(f"public:{name}"), 200
    for name in ("dataset", "table", "chart"):
        yield reverse(f"public:opendata_{name}", args=[usable.pk]), 200
    yield reverse("public:opendata_apply", args=[restricted.pk]), 200


def desk_pages():
    usable = Dataset.objects.usable().filter(title="公共停车场名录").get()
    for name, args in (
        ("datasets", []),
        ("dataset", [usable.pk]),
        ("fields", [usable.pk]),
        ("upload", [usable.pk]),
        ("judge", [usable.pk]),
        ("version", [usable.pk, 2]),
        ("figures", []),
        ("applications", []),
        ("application", [Application.objects.first().pk]),
        ("demand", [Demand.objects.filter(state="received").first().pk]),
    ):
        yield "office", reverse(f"desk:opendata_{name}", args=args)
