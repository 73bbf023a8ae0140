"""人员、单位、查阅点和操作记录的表单;登录和两步验证的在 ``account_forms.py``。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from gongkai.desk.forms import CHOOSE, Filter, Plain, PlainModel
from gongkai.law.agencies import DISTRICT_ROLES, AgencyKind, Role
from gongkai.law.indexnumber import is_uscc

from . import words
from .actions import agencies
from .fields import agency_filter
from .models import Agency, Membership, Place, User

LATER = "至少十二位。只作临时用：本人登录后要先改成自己的口令，才能进入工作台。"


def _day(**attrs: str) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


def _password(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPersonForm(Plain):
    """新建人员。"""

    username = forms.SlugField(
        label="用户名", max_length=60, help_text="登录用，用字母、数字和连字符；建立以后不能改。"
    )
    name = forms.CharField(label="姓名", max_length=40)
    password = _password("临时口令", LATER)

    def clean_username(self) -> str:
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(f"用户名“{name}”已经有人用了，请换一个。")
        return name

    def clean_password(self) -> str:
        given = self.cleaned_data
        validate_password(given["password"], User(username=given.get("username", ""), name=given.get("name", "")))
        return given["password"]


class NameForm(Plain):
    """改姓名。"""

    name = forms.CharField(label="姓名", max_length=40)


class TemporaryPasswordForm(Plain):
    """重设口令。"""

    password = _password("临时口令", LATER)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class RoleForm(Plain):
    """给一个人加一个岗位。"""

    agency = forms.ModelChoiceField(Agency.objects.filter(ended_on=None), label="单位", empty_label=None)
    role = forms.ChoiceField(
        label="岗位",
        choices=Role.choices(),
        help_text=f"{'、'.join(role.label for role in Role if role in DISTRICT_ROLES)}对全区行使，只能挂在区政府或者区政府部门名下；其余岗位只及于本单位和下级单位。",
    )


class AgencyForm(PlainModel):
    """单位。"""

    number_codes = forms.CharField(
        label="机关代字", required=False, help_text="如“明政办发、明政办函”，用顿号分开；核对文号和编号时用。"
    )

    class Meta:
        model = Agency
        fields = agencies.AGENCY
        widgets = {"duties": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "code": "写在网址和索引号里，建立以后不能改。",
            "parent": "上级单位的人可以代下级单位办理；区政府各部门、各镇（街道）自己是公开主体，区政府本级的人不代办。",
            "uscc": "十八位，可以不填。",
            "letter_code": "本单位规定的，如“明民公开”，答复书即编为“明民公开复〔2026〕3号”；没有填的，文书不编文号。",
            "order": "数字小的排在前面。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        agency = kwargs.get("instance")
        if agency:
            kwargs.setdefault("initial", {})["number_codes"] = "、".join(agency.number_codes)
        super().__init__(*args, **kwargs)
        parents = Agency.objects.filter(ended_on=None)
        if agency:
            self.fields["code"].disabled, self.fields["code"].required = True, False
            parents = (parents | Agency.objects.filter(pk=agency.parent_id)).exclude(pk__in=below(agency))
        self.fields["parent"].queryset = parents
        self.fields["parent"].empty_label = "没有上级单位"
        self.fields["kind"].choices = [("", CHOOSE), *AgencyKind.choices()]

    def clean_number_codes(self) -> list[str]:
        text = self.cleaned_data["number_codes"]
        for mark in "，,；; 　":
            text = text.replace(mark, "、")
        return list(dict.fromkeys(filter(None, text.split("、"))))

    def clean_uscc(self) -> str:
        return self.cleaned_data["uscc"].strip().upper()

    @property
    def remarks(self) -> list[str]:
        """Hints that do not stop saving."""
        uscc = self.cleaned_data.get("uscc")
        return ["统一社会信用代码的校验位不对，请核对。"] if uscc and not is_uscc(uscc) else []


def below(agency: Agency) -> set[int]:
    """The agency and everything below it, which cannot become its parent."""
    found, edge = {agency.pk}, {agency.pk}
    while edge:
        edge = set(Agency.objects.filter(parent__in=edge).values_list("pk", flat=True)) - found
        found |= edge
    return found


class _Staff(forms.ModelMultipleChoiceField):
    """任职,写成“某某，信息员”。"""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user}，{obj.get_role_display()}"


class MergeForm(Plain):
    """撤并。"""

    successor = forms.ModelChoiceField(
        Agency.objects.none(), label="承继单位", empty_label=CHOOSE, help_text="职责并入哪个单位。"
    )
    on = forms.DateField(label="撤并之日", widget=_day(), help_text="机构改革方案或者批复写明的日期。")
    staff = _Staff(
        Membership.objects.none(),
        label="一并转到承继单位的人和岗位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选的转为承继单位的同一岗位，不再任原单位的岗位；没有勾选的留在原单位名下。",
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Agency.objects.filter(ended_on=None).exclude(pk=agency.pk)
        staff = (
            agency.memberships.filter(user__is_active=True).select_related("user").order_by("role", "user__name")
        )
        self.fields["staff"].queryset, self.fields["staff"].initial = staff, list(staff)
        if not staff:
            del self.fields["staff"]


class PlaceForm(PlainModel):
    """查阅点。"""

    class Meta:
        model = Place
        fields = agencies.PLACE
        widgets = {"services": forms.Textarea(attrs={"rows": 3}), "closed_on": _day()}
        help_texts = {
            "services": "公众看得到，如“查阅、复制政府信息，提交公开申请”。",
            "keeper": "只在工作台显示。",
            "closed_on": "不再接待公众的，填上日期，从那天起不在公众网站显示；在用的留空。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = kwargs.get("instance")
        standing = Agency.objects.filter(ended_on=None)
        self.fields["agency"].queryset = (
            standing | Agency.objects.filter(pk=place.agency_id) if place else standing
        )


def _choice(label: str, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "全部"), *choices], required=False)


def _words(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=60, required=False)


def _agency() -> forms.ModelChoiceField:
    return agency_filter()


class PeopleFilter(Filter):
    """筛选人员。"""

    q = _words("姓名或者用户名")
    agency = _agency()
    role = _choice("岗位", Role.choices())
    state = _choice("账号", [("on", "在用"), ("off", "停用")])


class AgencyFilter(Filter):
    """筛选单位。"""

    q = _words("名称、简称或者代码")
    kind = _choice("类别", AgencyKind.choices())
    state = _choice("状态", [("on", "在用"), ("off", "已撤并")])


class LogFilter(Filter):
    """筛选操作记录。"""

    q = _words("说明里的词")
    person = _words("经手人姓名或者用户名")
    agency = _agency()
    action = _choice("动作", words.grouped())
    since = forms.DateField(label="日期自", required=False, widget=_day())
    until = forms.DateField(label="日期至", required=False, widget=_day())
    about = forms.RegexField(r"^[a-z]+\.[a-z]+:[\w-]{1,40}\Z", required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, agencies: QuerySet[Agency]) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies
        self.full_clean()
