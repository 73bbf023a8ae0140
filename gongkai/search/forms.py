"""检索工作台的表单。"""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gongkai.adapters.engine import Boosts
from gongkai.desk.forms import Plain
from gongkai.records.forms import RecordChoice

from .kept import LONGEST
from .models import Judgement


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


class PinForm(Plain):
    """一条置顶。"""

    query = forms.CharField(label="检索词", max_length=LONGEST, help_text="公众打的正好是这几个字时置顶。")
    record = RecordChoice(label="信息", max_length=200, help_text="填索引号、文号或者网址。")


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


def grades_of(data: Any) -> dict[int, int]:
    """The grades chosen on the page, by record: fields called ``grade-<pk>``; what is not chosen is left out."""
    found = {}
    for name, value in data.items():
        match = re.fullmatch(r"grade-(\d{1,18})", name)
        if match and value.isdecimal() and len(value) < 3 and int(value) in Judgement.Grade.values:
            found[int(match[1])] = int(value)
    return found
