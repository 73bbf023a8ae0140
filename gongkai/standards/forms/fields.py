"""几处共用的项。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.org.forms import CHOOSE, Plain, seen_field
from gongkai.org.models import Agency


def long_text(
    label: str, *, rows: int = 3, required: bool = True, hint: str = "", most: int = 5000
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def moment_field(label: str, **options: Any) -> forms.DateTimeField:
    """A day and a time in the office's zone."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


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
