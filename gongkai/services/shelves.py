"""办事服务给统一检索的:办事指南、一件事、常见问题。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from gongkai.desk.shelves import Shelf, Sought

from .models import Faq, Guide, Matter
from .terms import SHOWN, FaqState, GuideState


def guides(at: datetime) -> Iterator[Sought]:
    """Guides that the public reads; one that is paused says so."""
    for guide in Guide.objects.shown().select_related("agency"):
        state = "" if guide.state == GuideState.LIVE else f" · {guide.get_state_display()}"
        note = f"{guide.agency} · {'、'.join(guide.audience_labels)}{state}"
        yield Sought(guide.name, guide.get_absolute_url(), note, guide.get_theme_display())


def matters(at: datetime) -> Iterator[Sought]:
    """Matters that are handled as one, with the guides that they join."""
    for matter in Matter.objects.shown().select_related("lead").prefetch_related("parts__guide"):
        parts = "、".join(part.guide.name for part in matter.parts.all())
        yield Sought(
            matter.title,
            matter.get_absolute_url(),
            f"{matter.lead}牵头 · 含{parts}" if parts else f"{matter.lead}牵头",
            f"{matter.summary}{parts}",
        )


def questions(at: datetime) -> Iterator[Sought]:
    """Common questions that somebody confirmed, of guides that the public reads."""
    rows = Faq.objects.filter(state=FaqState.SHOWN, guide__state__in=SHOWN).select_related("guide")
    for row in rows:
        address = f"{reverse('public:service_guide', args=[row.guide_id])}#questions"
        yield Sought(row.question, address, f"{row.guide.name}的常见问题", row.answer)


SHELVES = (
    Shelf("办事指南", guides, leads=True),
    Shelf("高效办成一件事", matters, leads=True),
    Shelf("办事常见问题", questions),
)
