"""表单里常用的几样。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE
from gongkai.law.terms import Term

UPLOAD_TYPES = ".xlsx,.xls,.docx,.doc,.wps,.html,.htm,.txt,.pdf"


def pick(label: str, terms: type[Term], *, required: bool = False, **options: Any) -> forms.ChoiceField:
    """One of the terms."""
    return forms.ChoiceField(label=label, choices=[("", CHOOSE), *terms.choices()], required=required, **options)


def words(label: str, most: int, *, required: bool = False, **options: Any) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=most, required=required, **options)


def lines(
    label: str, *, rows: int = 4, required: bool = False, hint: str = "", most: int = 5000
) -> forms.CharField:
    """Several lines."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def number(label: str, *, most: int = 999, **options: Any) -> forms.IntegerField:
    """A count, or nothing."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, **options)


def ticks(label: str, choices: Iterable[tuple[str, str]], **options: Any) -> forms.MultipleChoiceField:
    """Any of several."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple, **options
    )


def day(label: str, **options: Any) -> forms.DateField:
    """A day, or nothing."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)
