"""表单里选一个单位的栏,各应用共用。"""

from __future__ import annotations

from django import forms

from gongkai.desk.forms import CHOOSE

from .models import Agency


def agency_field(
    label: str = "单位", hint: str = "", *, required: bool = True, by_code: bool = False, without: str = "没有"
) -> forms.ModelChoiceField:
    """One agency, chosen by name; the form gives the field its agencies, until then it has none.

    Args:
        by_code: the value that is sent is the agency's code and not its row's number.
        without: what stands for no agency, where it is not required.
    """
    return forms.ModelChoiceField(
        Agency.objects.none(),
        label=label,
        help_text=hint,
        required=required,
        to_field_name="code" if by_code else None,
        empty_label=CHOOSE if required else without,
    )


def agency_filter(label: str = "单位") -> forms.ModelChoiceField:
    """Any agency by its code, for a filter; none chosen is all of them."""
    return forms.ModelChoiceField(
        Agency.objects.all(), label=label, required=False, to_field_name="code", empty_label="全部"
    )
