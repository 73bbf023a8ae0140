"""检索工作台的表单。"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.adapters.engine import Boosts
from gongkai.desk.forms import CHOOSE, Filter, Plain, seen_field
from gongkai.org.models import Agency
from gongkai.records.models import Record

from .kept import LONGEST
from .models import Judgement, Question


def words_of(text: str) -> list[str]:
    """The words of a field, apart by spaces or any comma."""
    return [word for word in re.split(r"[\s、,，;；]+", text) if word]


class SynonymsForm(Plain):
    """一组同义词。"""

    words = forms.CharField(
        label="同义的词", max_length=200, help_text="两个以上，用空格或者顿号隔开，如“低保、最低生活保障”。"
    )

    def clean_words(self) -> list[str]:
        return words_of(self.cleaned_data["words"])


class SayingForm(Plain):
    """本区的一个说法。"""

    said = forms.CharField(label="公众的说法", max_length=40, help_text="公众打的词，如“老头钱”。")
    written = forms.CharField(
        label="公文的写法",
        max_length=200,
        help_text="文件里用的词，几种写法用空格或者顿号隔开，如“高龄津贴、尊老金”。",
    )

    def clean_written(self) -> list[str]:
        return words_of(self.cleaned_data["written"])


class RecordField(forms.CharField):
    """一件信息:填索引号,或者它在公众网站上的网址。"""

    def __init__(self, label: str = "信息", *, required: bool = True) -> None:
        hint = "填索引号，或者这件信息在公众网站上的网址。"
        super().__init__(label=label, max_length=200, help_text=hint, required=required)

    def clean(self, value: Any) -> Record | None:
        text = super().clean(value).strip()
        if not text:
            return None
        match = re.search(r"/records/(\d{1,18})/", text)
        rows = Record.objects.filter(pk=int(match[1])) if match else Record.objects.filter(index_number=text)
        record = rows.first()
        if record is None:
            raise ValidationError(f"没有“{text}”这件信息。请核对索引号或者网址。")
        return record


class PinForm(Plain):
    """一条置顶。"""

    query = forms.CharField(label="检索词", max_length=LONGEST, help_text="公众打的正好是这几个字时置顶。")
    record = RecordField()


class JudgedForm(Plain):
    """一个评测用的检索词。"""

    text = forms.CharField(label="检索词", max_length=LONGEST)


class TrialForm(Plain):
    """试算:换一套权重、多一组同义词,什么也不写。"""

    title = forms.FloatField(label="命中题名的分量", min_value=0, max_value=20)
    attached = forms.FloatField(label="命中附件的分量", min_value=0, max_value=20)
    synonym = forms.FloatField(label="命中同义词的倍数", min_value=0, max_value=1)
    words = forms.CharField(label="加一组同义词", max_length=200, required=False)

    def boosts(self) -> Boosts:
        given = self.cleaned_data
        return Boosts(title=given["title"], attached=given["attached"], synonym=given["synonym"])


class MeasureForm(Plain):
    """记下现在量出的。"""

    occasion = forms.CharField(label="为什么量", max_length=100, help_text="如“题名的分量改为4以前”。")


class QuestionFilter(Filter):
    """筛选提问。"""

    q = forms.CharField(label="问题里的词", max_length=60, required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), *Question.State.choices], required=False)


class AnswerForm(Plain):
    """答复一问。"""

    answer = forms.CharField(label="答复", max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
    record = RecordField("依据的信息", required=False)


class TransferForm(Plain):
    """转给别的单位。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="转给", empty_label=CHOOSE)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Agency.objects.filter(ended_on=None).exclude(pk=agency.pk)
        self.fields["agency"].queryset = others  # type: ignore[attr-defined]


class PublishForm(Plain):
    """公开的问法。"""

    seen = seen_field()
    public_text = forms.CharField(
        label="公开的问法",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写成谁看都明白的一句，不带个人信息。",
    )


def grades_of(data: Any) -> dict[int, int]:
    """The grades chosen on the page, by record: fields called ``grade-<pk>``; what is not chosen is left out."""
    found = {}
    for name, value in data.items():
        match = re.fullmatch(r"grade-(\d{1,18})", name)
        if match and value.isdecimal() and len(value) < 3 and int(value) in Judgement.Grade.values:
            found[int(match[1])] = int(value)
    return found
