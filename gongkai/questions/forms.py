"""公众提问的表单:工作台的各步,公众凭编号和查询码看答复。收提问的表单在收提问的应用里。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, seen_field
from gongkai.org.models import Agency
from gongkai.records.forms import RecordChoice

from .kinds import kinds
from .models import Question, QuestionState


class QuestionFilter(Filter):
    """筛选提问。"""

    q = forms.CharField(label="问题里的词", max_length=60, required=False)
    kind = forms.ChoiceField(
        label="种类",
        choices=lambda: [("", "全部"), *((kind.key, kind.label) for kind in kinds().values())],
        required=False,
    )
    state = forms.ChoiceField(label="环节", choices=[("", "全部"), *QuestionState.choices()], required=False)


class AnswerForm(Plain):
    """答复,或者拟答。"""

    answer = long_text("答复", rows=6, hint="说到条件、数额、时限的，引用文件的条款。")
    shown = long_text(
        "公开的问法",
        rows=3,
        required=False,
        most=2000,
        hint="公开时用，写成谁看都明白的一句，隐去个人信息；不公开的不用管。",
    )
    record = RecordChoice(label="依据的信息", required=False, max_length=200, help_text="填索引号、文号或者网址。")


class DeclineForm(Plain):
    """告知去处。"""

    reason = long_text("向谁问、怎样办", most=1000)


class TransferForm(Plain):
    """转给别的单位。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="转给", empty_label=CHOOSE)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Agency.objects.filter(ended_on=None).exclude(pk=agency.pk)
        self.fields["agency"].queryset = others  # type: ignore[attr-defined]


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


class PublishForm(Plain):
    """公开的问法。"""

    seen = seen_field()
    shown = long_text("公开的问法", rows=3, most=2000, hint="写成谁看都明白的一句，不带个人信息。")


class UnpublishForm(Plain):
    """不再公开,没有要填的。"""


class ContactForm(Plain):
    """看联系方式,没有要填的。"""


class ProgressForm(Plain):
    """凭编号和查询码看答复。两样都在表单里,不在网址里。"""

    number = forms.CharField(
        label="编号",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="早先对政策的提问没有编号，只填查询码。",
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="送出时给您的十二位字母和数字，大小写、连字符不论。",
    )


def shown_first(question: Question) -> str:
    """The wording for everyone that a form begins with: what was drafted, or what was asked."""
    return question.shown or question.text
