"""依申请公开工作台的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.foi.models import Application, File, Letter


def public_pages():
    """None of its own."""
    return ()


def desk_pages():
    """Cases at different stages, each kind of form, a letter before and after it was issued."""
    mine = Application.objects.filter(agency__code="MH0101")
    case = mine.filter(state="handling", items__outcome="not_held").order_by("-pk").first()
    issued = Letter.objects.filter(application__agency__code="MH0101", kind="reply").exclude(issued_at=None).last()
    yield from (
        ("clerk", reverse(f"desk:{name}"))
        for name in ("foi_cases", "foi_new", "foi_remedies", "foi_conversions", "foi_signing")
    )
    yield "clerk", reverse("desk:foi_cases") + "?q=没有这样的申请"
    for state in ("handling", "inquiring", "correcting", "paying", "decided", "replied", "withdrawn"):
        if one := mine.filter(state=state).first():
            yield "clerk", reverse("desk:foi_case", args=[one.pk])
    yield from (("clerk", reverse("desk:foi_act", args=[case.pk, key])) for key in ("split", "withdraw", "file"))
    yield from (
        ("clerk", reverse("desk:foi_draft", args=[case.pk, kind])) for kind in ("correction", "fee", "reply")
    )
    yield "clerk", reverse("desk:foi_decide", args=[case.pk, case.items.first().pk])
    yield "clerk", reverse("desk:foi_letter", args=[issued.application_id, issued.pk])
    yield "head", reverse("desk:foi_act", args=[case.pk, "assign"])
    yield "legal", reverse("desk:foi_act", args=[case.pk, "legal"])
    yield "legal", reverse("desk:foi_new_remedy")
    source = (
        File.objects.filter(application__in=mine.open(), role="source").first()
        or File.objects.filter(application__in=mine.open(), role="reply", redacted_from=None).first()
    )
    if source:
        yield "clerk", reverse("desk:foi_cover", args=[source.application_id, source.pk])
    yield "clerk", reverse("desk:foi_exchange")
    yield from (("clerk", reverse("desk:foi_cases") + f"?awaits={one}") for one in ("secrecy", "escalated"))
    yield "head", reverse("desk:home")
    yield "secrecy", reverse("desk:home")
    yield "office", reverse("desk:foi_cases")
