"""访谈的表单:工作台的和公众提问的。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, moment_field, seen_field
from gongkai.org import access
from gongkai.org.models import Agency, User

from .actions.questions import LONGEST_QUESTION
from .models import Interview
from .terms import AskedState, InterviewForm, InterviewState

HOST = "主持人"


class GuestsField(forms.CharField):
    """嘉宾,一行一位:姓名,职务。"""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join("，".join(filter(None, one)) for one in value)
        return value

    def clean(self, value: str) -> list[list[str]]:
        found = []
        for row in super().clean(value).splitlines():
            name, _, post = row.replace(",", "，").partition("，")
            if name.strip():
                found.append([name.strip()[:20], post.strip()[:40]])
        if len(found) > 12:
            raise forms.ValidationError("嘉宾超过12位。请只写上台的。")
        return found


class PlanForm(Plain):
    """一期访谈。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="主办单位", empty_label=CHOOSE)
    title = forms.CharField(label="主题", max_length=120)
    topic = long_text("谈什么", rows=4, most=2000)
    guests = GuestsField(label="嘉宾", max_length=1000, help_text="一行一位，写“姓名，职务”。")
    has_chief = forms.BooleanField(label="主要负责人出席", required=False)
    form = forms.ChoiceField(label="形式", choices=InterviewForm.choices())
    video = forms.URLField(label="视频网址", required=False, assume_scheme="https", max_length=300)
    starts_at = moment_field("开始")
    ends_at = moment_field("结束")
    questions_until = moment_field("提问截止", help_text="最晚到访谈结束。")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "engagement.event").current(on)  # type: ignore[attr-defined]


class InterviewFilter(Filter):
    """访谈清单的筛选。"""

    state = forms.ChoiceField(label="环节", required=False, choices=[("", "全部"), *InterviewState.choices()])
    year = forms.IntegerField(label="年份", required=False, min_value=2000, max_value=2100)


class AskedFilter(Filter):
    """一期访谈的提问的筛选。"""

    state = forms.ChoiceField(label="现在", required=False, choices=[("", "全部"), *AskedState.choices()])


class SayForm(Plain):
    """实录的一段。"""

    speaker = forms.ChoiceField(label="谁")
    answers = forms.ChoiceField(label="答的是", required=False)
    text = long_text("说了什么", rows=5)

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [HOST, *(one[0] for one in interview.guests)]
        asked = interview.questions.filter(state__in=(AskedState.READ, AskedState.ANSWERED)).order_by("-pk")
        self.fields["speaker"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.fields["answers"].choices = [  # type: ignore[attr-defined]
            ("", "不是答提问"),
            *((str(one.pk), f"{one.number[-4:]} {one.shown[:30]}") for one in asked[:50]),
        ]


class AmendForm(Plain):
    """改一段的笔误。"""

    text = long_text("内容", rows=5, hint="只改笔误；公众看得到这一段改过。")


class ChooseForm(Plain):
    """公开的问法。"""

    seen = seen_field()
    shown = long_text(
        "公开的问法", rows=3, hint="隐去姓名、电话、住址和别人的名字；意思不改。", most=LONGEST_QUESTION
    )


class DeclineForm(Plain):
    """不答。"""

    seen = seen_field()
    reason = long_text("为什么不答、去哪里问", rows=3, hint="提问的人看得到。", most=300)


class AnswerForm(ChooseForm):
    """会后的回复。"""

    answer = long_text("回复", rows=6, hint="由另一个人核定以后公开。")


class ReleaseForm(Plain):
    """核定。"""

    seen = seen_field()


class AskForm(Plain):
    """公众提问。"""

    text = long_text(
        "您要问什么",
        rows=4,
        hint="一次一问。不收姓名和联系方式；请不要写身份证号和别人的私事。",
        most=LONGEST_QUESTION,
    )
