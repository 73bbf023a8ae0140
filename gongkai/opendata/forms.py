"""公众一侧的表单:目录的筛选、申请、需求、成果、评价、钥匙、查进度。"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain
from gongkai.desk.forms import long_text as _long_text
from gongkai.law.opendata.terms import Cycle, Domain, Opening
from gongkai.org.fields import agency_filter
from gongkai.org.models import Agency

from .models import Dataset
from .terms import DatasetState, UseKind

STARS = (("5", "五星：拿来就能用"), ("4", "四星"), ("3", "三星"), ("2", "二星"), ("1", "一星：用不了"))
ALL = ("", "全部")


#: A text of some lines, kept short.
long_text = partial(_long_text, rows=3, most=2000)


class CatalogueFilter(Filter):
    """公共数据目录的筛选。"""

    q = forms.CharField(label="找数据", required=False, max_length=60)
    domain = forms.ChoiceField(label="领域", required=False, choices=[ALL, *Domain.choices()])
    agency = agency_filter()
    opening = forms.ChoiceField(
        label="开放属性",
        required=False,
        choices=[ALL, *(one for one in Opening.choices() if one[0] != Opening.PENDING)],
    )
    cycle = forms.ChoiceField(label="更新周期", required=False, choices=[ALL, *Cycle.choices()])
    interface = forms.BooleanField(label="有接口的", required=False)
    order = forms.ChoiceField(label="排列", required=False, choices=[("", "最近更新的在前"), ("title", "按名称")])


class _Contact(Plain):
    """称呼和联系方式。"""

    who: tuple[str, ...] = ("name", "phone", "email")

    def contact(self) -> dict[str, str]:
        """What was given of the person."""
        return {key: self.cleaned_data[key] for key in self.who if self.cleaned_data.get(key)}


class ApplyForm(_Contact):
    """申请受限开放的数据。"""

    who = ("name", "holder", "phone", "email")
    holder = forms.CharField(label="申请单位", max_length=100, required=False, help_text="个人申请的不填。")
    name = forms.CharField(label="申请人或者经办人", max_length=40)
    phone = forms.CharField(label="联系电话", max_length=30)
    email = forms.EmailField(label="电子邮箱", required=False)
    purpose = long_text("用途", hint="做什么、为什么要这些数据。只能用于写明的用途。")
    place = forms.CharField(label="用在哪里", max_length=200, help_text="平台、系统或者应用的名称。")
    months = forms.IntegerField(label="使用期限（月）", min_value=1, max_value=99, initial=12)
    safeguards = long_text("怎样保管", hint="谁接触得到、放在哪里、到期怎样销毁。")
    agrees = forms.BooleanField(label="不给没有授权的第三方，不用来认出具体的人，到期销毁，成果注明数据来源")


class DemandForm(_Contact):
    """提数据需求。"""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="要哪个单位的数据", empty_label=CHOOSE, to_field_name="code"
    )
    title = forms.CharField(label="要什么数据", max_length=60)
    text = long_text(
        "做什么用", hint="写明要哪些字段、多大范围、多久更新一次。回应以后需求和回应都公开，请不要写个人信息。"
    )
    name = forms.CharField(label="怎样称呼您", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    email = forms.EmailField(
        label="电子邮箱", required=False, help_text="都可以不填；填了的加密保存，只用来联系您。"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current(today)  # type: ignore[attr-defined]


class UseForm(Plain):
    """登记利用成果。"""

    title = forms.CharField(label="成果名称", max_length=60)
    kind = forms.ChoiceField(label="种类", choices=UseKind.choices())
    maker = forms.CharField(
        label="谁做的", max_length=60, help_text="单位或者团队的名称，会公开；请不要写个人姓名。"
    )
    url = forms.URLField(label="网址", required=False, assume_scheme="https")
    datasets = forms.CharField(
        label="用了哪些数据集",
        max_length=300,
        help_text="填数据集编号，用顿号或者逗号分开，编号在各数据集的页上。",
    )
    text = long_text("做了什么、给谁用")

    def clean_datasets(self) -> list[Dataset]:
        given = {
            one.strip().upper()
            for one in self.cleaned_data["datasets"].replace("、", ",").replace("，", ",").split(",")
        }
        given.discard("")
        found = list(Dataset.objects.filter(code__in=given, state__in=(DatasetState.OPEN, DatasetState.CLOSED)))
        if missing := given - {one.code for one in found}:
            raise forms.ValidationError(f"没有编号是“{sorted(missing)[0]}”的数据集，请核对。")
        return found


class RateForm(Plain):
    """评价一个数据集。"""

    stars = forms.ChoiceField(label="好不好用", choices=STARS, widget=forms.RadioSelect)
    note = long_text("哪里要改", rows=2, required=False, most=300, hint="只给提供单位看。不记是谁。")


class KeyForm(_Contact):
    """领一把钥匙。"""

    who = ("name", "email")
    application = forms.CharField(label="应用的名称", max_length=60, help_text="一个应用一把。")
    name = forms.CharField(label="怎样称呼您", max_length=40)
    email = forms.EmailField(label="电子邮箱", help_text="加密保存；接口改动、钥匙异常时联系您。")


class KeyChangeForm(Plain):
    """换或者停用一把钥匙。"""

    key = forms.CharField(
        label="现在的钥匙", max_length=100, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    what = forms.ChoiceField(
        label="要办什么",
        choices=(("rotate", "换一把新的，旧的马上不能用"), ("revoke", "停用")),
        widget=forms.RadioSelect,
    )


class LookForm(Plain):
    """凭编号和查询码看。"""

    number = forms.CharField(label="编号", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label="查询码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="提交时给您的十二位字母和数字，大小写、连字符不论。",
    )
