"""各处表单共用的:标签后面没有冒号,提示连着控件,填的先去掉看不见的字符;筛选;常用的几种栏。"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict

from gongkai.adapters.plaintext import clean, line

from .sentences import Speaking, speak

CHOOSE = "请选择"

Row = TypeVar("Row", bound=Model)


def seen_field() -> forms.CharField:
    """页面给人看的那一稿的记号(``desk.seen``)。"""
    return forms.CharField(widget=forms.HiddenInput)


def long_text(
    label: str, *, rows: int = 4, required: bool = True, hint: str = "", most: int = 5000
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


#: 往来的日子都在这些年里。
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


class Plain(Speaking, forms.Form):
    """No colon after labels; hints are tied to their controls; what is typed in is cleaned of unseen characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        describe(self)
        self.data = cleaned(self)


class PlainModel(Speaking, forms.ModelForm):
    """The same for forms over a table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        describe(self)
        self.data = cleaned(self)


def cleaned(form: forms.BaseForm) -> Any:
    """The form's data with every text cleaned (``adapters.plaintext``): a title stays on one line, a long text keeps
    its lines."""
    if not isinstance(form.data, QueryDict):
        return form.data
    data = form.data.copy()
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if isinstance(field, forms.CharField) and key in data:
            long = isinstance(field.widget, forms.Textarea)
            data.setlist(key, [(clean if long else line)(text) for text in data.getlist(key)])
    return data


def possible_day(day: date) -> None:
    """Refuse a day that nobody means and with which no term can be counted: 0001-01-01, 9999-12-31."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError(f"年份“{day.year}”不像真的，请核对日期。")


def describe(form: forms.BaseForm) -> None:
    """Tie each hint to its control for screen readers (``_field.html`` gives the hint this id); say which one is not
    filled in; take only days of our age."""
    for name, field in form.fields.items():
        if isinstance(field, forms.DateField | forms.DateTimeField):
            field.validators = [*field.validators, possible_day]
        speak(field)
        if field.help_text:
            field.widget.attrs.setdefault("aria-describedby", f"id_{name}_hint")


class Filter(Plain):
    """A filter panel that works by GET; what is not filled in properly counts as not filled in.

    ``is_set`` says whether anything narrows the list.
    """

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def is_set(self) -> bool:
        return any(self.cleaned_data.values())

    def value_of(self, name: str) -> Any:
        """The value of a field, or nothing."""
        return self.cleaned_data.get(name)

    def narrowed(self, rows: QuerySet[Row], *names: str) -> QuerySet[Row]:
        """The rows whose columns of these names hold what was chosen; a field that is not filled in does not narrow."""
        return rows.filter(**{name: value for name in names if (value := self.value_of(name))})
