"""专栏工作台的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.sections.models import Section
from gongkai.sections.terms import BlockKind


def public_pages():
    """None of its own."""
    return ()


def desk_pages():
    """The sections of the district office: an open one with every way to change it, the form of each kind of block."""
    topic, waiting = Section.objects.get(slug="gaige"), Section.objects.get(slug="liudi")
    common = Section.objects.get(slug="anju")
    yield from (("clerk", reverse(f"desk:{name}")) for name in ("sections_list", "sections_new"))
    yield from (
        ("clerk", reverse(f"desk:{name}", args=[topic.pk]))
        for name in ("sections_one", "sections_edit", "sections_preview")
    )
    yield from (("clerk", reverse("desk:sections_add", args=[topic.pk, kind.value])) for kind in BlockKind)
    yield from (
        ("office", reverse("desk:sections_block", args=[common.pk, one.pk])) for one in common.blocks.all()
    )
    yield from (("office", reverse(f"desk:{name}")) for name in ("sections_list", "sections_new"))
    yield from (("office", reverse("desk:sections_one", args=[one.pk])) for one in (topic, waiting))
    yield "office", reverse("desk:sections_open", args=[waiting.pk])
    yield "office", reverse("desk:sections_close", args=[topic.pk])
    yield "inspector", reverse("desk:sections_one", args=[topic.pk])
