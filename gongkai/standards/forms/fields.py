"""几处共用的项。"""

from __future__ import annotations

from django import forms

from gongkai.desk.forms import CHOOSE, Plain, long_text, seen_field
from gongkai.org.models import Agency


def agency_field(label: str, hint: str = "", *, required: bool = True) -> forms.ModelChoiceField:
    """One agency, chosen by name; the form gives it its agencies."""
    empty = CHOOSE if required else "没有"
    return forms.ModelChoiceField(
        Agency.objects.none(), label=label, empty_label=empty, help_text=hint, required=required
    )


class Seen(Plain):
    """带着看到的那一稿的记号。"""

    seen = seen_field()


class ReasonForm(Seen):
    """一步的说明。"""

    reason = long_text("说明")


class ConfirmForm(Seen):
    """只要确认的一步。"""
