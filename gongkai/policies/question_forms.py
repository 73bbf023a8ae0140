"""吹风、提问和解答的表单。"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms import Plain, seen_field
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


class CodeForm(Plain):
    """编号和查询码。"""

    number = forms.CharField(
        label="编号",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="早先提问的没有编号，只填查询码。",
    )
    code = forms.CharField(label="查询码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class AnswerForm(Plain):
    """拟答。"""

    answer = forms.CharField(
        label="答复", max_length=5000, widget=_LONG, help_text="说到条件、数额、时限的，引用文件的条款。"
    )
    shown = forms.CharField(
        label="公开的问法",
        required=False,
        max_length=2000,
        widget=_LONG,
        help_text="公开时用，隐去个人信息；不公开的不用管。",
    )


class DeclineForm(Plain):
    """不属于本政策。"""

    reason = forms.CharField(label="向谁问、怎样办", max_length=1000, widget=_LONG)


class ApproveForm(Plain):
    """核定。"""

    seen = seen_field()
    verdict = forms.ChoiceField(
        label="核定",
        choices=[
            ("publish", "同意，并作为常见问题公开"),
            ("answer", "同意，只答复提问人"),
            ("back", "退回重新拟答"),
        ],
        widget=forms.RadioSelect,
    )


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
