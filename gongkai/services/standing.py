"""哪些旧了:通办的进展、指南的核对。天数是参数。"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.params import Param

from .models import Cooperation, Faq, Guide
from .terms import SHOWN, FaqState, Stage


def stale_after(on: date) -> Param:
    """After how many days without news a cooperation is called stale."""
    return params.at("services.cooperation_stale_days", on)


def is_stale(cooperation: Cooperation, on: date, days: int) -> bool:
    """Whether its progress has not been told for so long."""
    return (on - cooperation.updated_on).days > days


def stale_cooperations(on: date):
    """Those whose progress has not been told for too long."""
    return Cooperation.objects.filter(updated_on__lt=on - DAY * stale_after(on).value)


def unverified(on: date):
    """Guides that the public reads and nobody compared with practice for too long."""
    days = params.at("services.verify_days", on).value
    return Guide.objects.filter(state__in=SHOWN, verified_on__lt=on - DAY * days)


def outdated_questions():
    """Questions that the public reads and whose guide was published anew since somebody confirmed them."""
    changed = Q(guide__versions__stage=Stage.LIVE, guide__versions__published_at__gt=F("confirmed_at"))
    return Faq.objects.filter(changed, state=FaqState.SHOWN, guide__state__in=SHOWN)


def is_old(guide: Guide, on: date) -> bool:
    """Whether a guide that the public reads was not compared with practice for too long."""
    days = params.at("services.verify_days", on).value
    return guide.state in SHOWN and guide.verified_on is not None and (on - guide.verified_on).days > days
