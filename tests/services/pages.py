"""办事服务的网页,给浏览器里的核对用(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.services.models import Guide, Matter


def public_pages():
    """A guide with answers, its printed list, a paused and a cancelled one, a matter, the lists, a certificate's days."""
    food = Guide.objects.get(name="食品经营许可（新办）")
    yield from (
        (reverse(f"public:{name}"), 200)
        for name in ("services", "service_handbook", "service_cooperation", "service_fees")
    )
    yield reverse("public:service_guides") + "?theme=opening", 200
    yield food.get_absolute_url() + "?a-food=热食&start=2026-10-12", 200
    yield reverse("public:service_guide_print", args=[food.pk]) + "?large=1", 200
    yield Guide.objects.get(name="养犬登记").get_absolute_url(), 200
    yield Guide.objects.get(name="动物诊疗许可").get_absolute_url(), 410
    matter = Matter.objects.get(title="开办餐饮店")
    yield matter.get_absolute_url() + "?a-food=热食", 200
    yield reverse("public:service_matter_print", args=[matter.pk]), 200
    yield reverse("public:service_certificate", args=["food"]) + "?ends_on=2031-01-31", 200


def desk_pages():
    """A draft with something to mend, its form of materials, a matter, a list."""
    raw = Guide.objects.get(name="创业担保贷款贴息申请")
    food = Guide.objects.get(name="食品经营许可（新办）")
    yield "office", reverse("desk:services_guides")
    yield "office", reverse("desk:services_guide", args=[raw.pk])
    yield "office", reverse("desk:services_edit", args=[food.pk, "materials"])
    yield "office", reverse("desk:services_matter", args=[Matter.objects.get(title="开办餐饮店").pk])
    yield "office", reverse("desk:services_cooperation")
    yield "office", reverse("desk:services_phones")
    yield "office", reverse("desk:services_letters", args=[food.pk])
    yield "inspector", reverse("desk:services_overview")
