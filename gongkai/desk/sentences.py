"""一栏填得不对时说的话:哪一栏、哪里不对、怎样填。框架自带的话译得不像公文,这里逐样说清;表单自己另写了的照它的。"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django import forms

#: Kind of field → code of the fault → what is said after the name of the field. ``%(…)s`` as Django fills them in.
_SAID: Mapping[type[forms.Field], Mapping[str, str]] = {
    forms.Field: {
        "max_length": "最多%(limit_value)s个字，现在有%(show_value)s个字，请删减。",
        "min_length": "至少%(limit_value)s个字，现在只有%(show_value)s个字，请补充。",
        "max_value": "不能大于%(limit_value)s，请核对。",
        "min_value": "不能小于%(limit_value)s，请核对。",
        "step_size": "应当是%(limit_value)s的倍数，请核对。",
        "max_digits": "最多%(max)s位数字，请核对。",
        "max_decimal_places": "最多%(max)s位小数，请核对。",
        "max_whole_digits": "小数点前最多%(max)s位数字，请核对。",
        "null_characters_not_allowed": "里有看不见的字符，请删去后重新填写。",
        "unique": "同已有的重复，请核对。",
    },
    forms.IntegerField: {"invalid": "不是整数，请只填数字，如12。"},
    forms.DecimalField: {"invalid": "不是数，请只填数字，如12.5。"},
    forms.FloatField: {"invalid": "不是数，请只填数字，如12.5。"},
    forms.DateField: {"invalid": "不是有效的日期，请按年-月-日填写，如2026-01-05。"},
    forms.DateTimeField: {"invalid": "不是有效的日期和时间，请按年-月-日 时:分填写，如2026-01-05 09:30。"},
    forms.TimeField: {"invalid": "不是有效的时间，请按时:分填写，如09:30。"},
    forms.EmailField: {"invalid": "不像电子邮箱，请照“名称@网站”的样子填写，如name@example.com。"},
    forms.URLField: {"invalid": "不是有效的网址，请填写完整，如https://www.example.com/。"},
    forms.GenericIPAddressField: {"invalid": "不是有效的网络地址，如192.0.2.1。"},
    forms.UUIDField: {"invalid": "不是有效的编号，请核对。"},
    forms.JSONField: {"invalid": "不是有效的JSON，请核对引号、逗号和括号。"},
    forms.SlugField: {"invalid": "只能用字母、数字、下划线和连字符。"},
    forms.ChoiceField: {"invalid_choice": "没有选的这一项，请从列出的里重新选。"},
    forms.MultipleChoiceField: {
        "invalid_choice": "有一项不在列出的里，请重新选。",
        "invalid_list": "交来的不是选项，请从列出的里重新选。",
    },
    forms.ModelMultipleChoiceField: {
        "invalid_choice": "有一项不在列出的里，请重新选。",
        "invalid_list": "交来的不是选项，请从列出的里重新选。",
        "invalid_pk_value": "有一项不在列出的里，请重新选。",
    },
    forms.FileField: {
        "invalid": "没有收到文件，请重新选择文件后提交。",
        "missing": "没有收到文件，请重新选择文件后提交。",
        "empty": "选的是空文件，请核对后重新选择。",
        "max_length": "的文件名最多%(max)s个字符，现在有%(length)s个，请改短后重新选择。",
        "contradiction": "选了文件又要去掉文件，请只留一样。",
    },
}


def speak(field: forms.Field) -> None:
    """Give a field its sentences, unless the form has its own."""
    name = str(field.label or "这一栏").replace("%", "％")
    chosen = isinstance(field, forms.ChoiceField | forms.FileField)
    theirs, said = _defaults(type(field)), _said(type(field))
    for code, rest in {**said, "required": ""}.items():
        given = field.error_messages.get(code)
        if given is None or given == theirs.get(code):
            required = f"请{'选择' if chosen else '填写'}“{name}”。"
            field.error_messages[code] = required if code == "required" else f"“{name}”{rest}"


@cache
def _said(kind: type[forms.Field]) -> dict[str, str]:
    """What is said of a kind of field; the nearest of its ancestors speaks."""
    return {code: text for base in reversed(kind.__mro__) for code, text in _SAID.get(base, {}).items()}


@cache
def _defaults(kind: type[forms.Field]) -> dict[str, object]:
    """The framework's own sentences of a kind of field."""
    found = (getattr(base, "default_error_messages", {}).items() for base in reversed(kind.__mro__))
    return {code: text for items in found for code, text in items}


class Speaking(forms.BaseForm):
    """Says what is wrong with a field in sentences of our own; fields that were added later too."""

    def full_clean(self) -> None:
        """Give each field its sentences before anything is said."""
        for field in self.fields.values():
            speak(field)
        super().full_clean()
