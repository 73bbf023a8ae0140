"""公众一侧的表单:选机关、算期限、算费用、查进度、进度页上能做的事。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Plain
from gongkai.law.receipt import Channel
from gongkai.org.models import Agency
from gongkai.records.bringing import FilesField
from gongkai.records.forms import day_field

from .intake_form import FormWithFiles


class ApplyForm(Plain):
    """向哪个机关申请。公共企事业单位的信息公开依照专门规定,不走这里(条例第五十五条)。"""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="受理机关",
        empty_label=CHOOSE,
        to_field_name="code",
        help_text="谁制作、谁保存，就向谁申请。不知道向谁申请的，可以先打电话问区政府办公室。",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        field.queryset = Agency.objects.current(today).exclude(kind="enterprise")  # type: ignore[attr-defined]


class CalculatorForm(Plain):
    received = day_field("提交、签收或者到达之日")
    channel = forms.ChoiceField(label="渠道", choices=Channel.choices(), initial="web")
    confirmed = day_field("双方确认之日", required=False, help_text="平常信函、传真要填。")
    extension = forms.IntegerField(label="延长的工作日", required=False, min_value=0, max_value=20)


class FeeForm(Plain):
    basis = forms.ChoiceField(
        label="计费方式",
        choices=[("item", "按件：同一申请人一个自然月的件数"), ("page", "按量：一件申请的页数")],
        initial="item",
    )
    number = forms.IntegerField(label="件数或者页数", min_value=1, max_value=100_000)


class QueryForm(Plain):
    """凭受理编号和查询码。两样都在表单里,不在网址里。"""

    number = forms.CharField(
        label="受理编号", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="提交时给您的十二位字母和数字，大小写、连字符不论。",
    )


class CorrectionForm(FormWithFiles):
    description = forms.CharField(
        label="所需信息",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="要您写清楚所需信息的，请直接在这里改；原来的写法也留着。",
    )
    text = forms.CharField(
        label="其他补正的内容", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    files = FilesField(label="补正的材料", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["files"] = self.files_of("files")
        return data


class ProofForm(FormWithFiles):
    files = FilesField(label="缴费凭证", required=False, help_text="缴款书或者转账凭证的照片、PDF。")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["files"] = self.files_of("files")
        return data


class ContactForm(Plain):
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    address = forms.CharField(label="通信地址", max_length=200, required=False)
    postcode = forms.CharField(label="邮政编码", max_length=6, required=False)


class AmendForm(Plain):
    text = forms.CharField(
        label="哪条记录不准确、应当是什么", max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class RateForm(Plain):
    score = forms.ChoiceField(
        label="您对这次办理",
        choices=[("5", "很满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意")],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class NothingForm(Plain):
    """只要确认。"""
