"""吹风、提问的表单。"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms import Plain
from gongkai.records.models import Record

from .forms import found

_LONG = forms.Textarea(attrs={"rows": 5})


class AskForm(Plain):
    """公众提问。"""

    text = forms.CharField(
        label="您想问什么",
        max_length=2000,
        widget=_LONG,
        help_text="请不要写姓名、电话、身份证号和住址。要办具体事项的，请到办事窗口。",
    )
    consent = forms.BooleanField(label="同意把问答公开，供大家查看（公开时隐去个人信息）", required=False)


class BriefForm(Plain):
    """记一次吹风。"""

    on = forms.DateField(label="哪天", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    title = forms.CharField(
        label="做了什么", max_length=200, help_text="如“召开企业座谈会，听取对征求意见稿的意见”。"
    )
    record = forms.CharField(
        label="公开的材料", required=False, max_length=120, help_text="有的填索引号或者文号。"
    )

    def clean_record(self) -> Record | None:
        text = self.cleaned_data["record"].strip()
        if text and found(text) is None:
            raise ValidationError("没有找到这件信息，或者不止一件。请填索引号。")
        return found(text)
