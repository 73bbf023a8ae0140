"""人员、单位、查阅点的表单。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gongkai.law.agencies import DISTRICT_ROLES, Role

from .models import Agency, Place, User


class Plain(forms.Form):
    """No colon after labels; hints are tied to their controls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs.setdefault("aria-describedby", f"id_{name}_hint")


class PlainModel(forms.ModelForm):
    """The same for forms over a table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs.setdefault("aria-describedby", f"id_{name}_hint")


class NewPersonForm(Plain):
    """新建人员。"""

    username = forms.SlugField(label="用户名", max_length=60, help_text="用字母、数字和连字符。")
    name = forms.CharField(label="姓名", max_length=40)
    password = forms.CharField(
        label="初始口令",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少十二位；交给本人后请他马上改。",
    )

    def clean_username(self) -> str:
        name = self.cleaned_data["username"]
        if User.objects.filter(username=name).exists():
            raise ValidationError(f"用户名“{name}”已经有人用了。")
        return name

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class RoleForm(Plain):
    """给一个人加一个岗位。"""

    agency = forms.ModelChoiceField(Agency.objects.all(), label="单位", empty_label=None)
    role = forms.ChoiceField(label="岗位", choices=Role.choices())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agency, role = data.get("agency"), data.get("role")
        if agency and role in DISTRICT_ROLES and agency.kind not in ("government", "department"):
            raise ValidationError("区级岗位要挂在区政府或者区政府部门名下。")
        return data


class AgencyForm(PlainModel):
    """单位。"""

    number_codes = forms.CharField(
        label="机关代字", required=False, help_text="如 明政办发、明政办函；用顿号分开。"
    )

    class Meta:
        model = Agency
        fields = ("code", "name", "short_name", "kind", "parent", "uscc", "number_codes", "order", "duties", "leader",
                  "address", "hours", "phone", "fax", "email")  # fmt: skip
        widgets = {"duties": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance:
            kwargs.setdefault("initial", {})["number_codes"] = "、".join(instance.number_codes)
        super().__init__(*args, **kwargs)

    def clean_number_codes(self) -> list[str]:
        return [
            part.strip()
            for part in self.cleaned_data["number_codes"].replace(",", "、").split("、")
            if part.strip()
        ]


class MergeForm(Plain):
    """撤并。"""

    successor = forms.ModelChoiceField(Agency.objects.all(), label="承继单位", empty_label=None)
    on = forms.DateField(label="撤并之日", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Agency.objects.filter(ended_on=None).exclude(pk=agency.pk)


class PlaceForm(PlainModel):
    """查阅点。"""

    class Meta:
        model = Place
        fields = ("agency", "name", "kind", "address", "hours", "phone", "services", "keeper")
        widgets = {"services": forms.Textarea(attrs={"rows": 3})}
