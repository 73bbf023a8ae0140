"""调查的表单:工作台的,和按题目排出来的答卷。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, describe, long_text, moment_field
from gongkai.law.surveys import QuestionKind
from gongkai.org import access
from gongkai.org.models import Agency, User

from .actions.surveys import LONGEST_REMARK
from .models import Survey, SurveyQuestion
from .survey_figures import labels
from .terms import SurveyState


class SurveyForm(Plain):
    """一次调查。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="主办单位", empty_label=CHOOSE)
    title = forms.CharField(label="题目", max_length=120)
    intro = long_text("说明", rows=4, hint="为什么问、结果用来做什么。", most=2000)
    opens_at = moment_field("开始")
    closes_at = moment_field("截止", help_text="到分；过了这一刻的不收。")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "engagement.event").current(on)  # type: ignore[attr-defined]


class SurveyFilter(Filter):
    """调查清单的筛选。"""

    state = forms.ChoiceField(label="环节", required=False, choices=[("", "全部"), *SurveyState.choices()])


class QuestionForm(Plain):
    """一题。"""

    kind = forms.ChoiceField(label="怎样答", choices=QuestionKind.choices())
    text = forms.CharField(label="题目", max_length=200)
    options = long_text("选项", rows=5, required=False, hint="单选、多选的写，一行一个。", most=2000)
    is_required = forms.BooleanField(label="必答", required=False)
    is_public = forms.BooleanField(label="公布这一题的结果", required=False, initial=True)


class ExtendSurveyForm(Plain):
    """延长。"""

    until = moment_field("新的截止")
    reason = forms.CharField(label="理由", max_length=200, help_text="公众看得到。")


class TellForm(Plain):
    """公布结果。"""

    limits = long_text("局限", rows=3, hint="谁没有答到、说明不了什么。", most=2000)
    measures = long_text("拟采取的措施", rows=4, most=2000)


class CrossForm(Filter):
    """哪一题对哪一题。"""

    first = forms.ChoiceField(label="行", required=False)
    second = forms.ChoiceField(label="列", required=False)

    def __init__(self, data: Any, *, survey: Survey) -> None:
        counted = [one for one in survey.questions.all() if one.kind != QuestionKind.TEXT]
        choices = [("", CHOOSE), *((str(one.pk), str(one)[:30]) for one in counted)]
        super().__init__(data)
        for name in ("first", "second"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.full_clean()


class SheetForm(Plain):
    """一份答卷。"""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        self.questions = list(survey.questions.all())
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self.fields[f"q{question.pk}"] = _field(question)
        describe(self)

    def answers(self) -> dict[int, list[int] | str]:
        """What ``actions.answer_survey`` takes."""
        found: dict[int, list[int] | str] = {}
        for question in self.questions:
            value = self.cleaned_data[f"q{question.pk}"]
            if question.kind == QuestionKind.TEXT:
                found[question.pk] = value
            else:
                found[question.pk] = [int(each) for each in ([value] if isinstance(value, str) else value) if each]
        return found


def _field(question: SurveyQuestion) -> forms.Field:
    label, required = str(question), question.is_required
    if question.kind == QuestionKind.TEXT:
        hint = "请不要写姓名、电话和别人的私事。"
        return long_text(label, rows=3, required=required, hint=hint, most=LONGEST_REMARK)
    choices = [(str(place), text) for place, text in enumerate(labels(question))]
    if question.kind == QuestionKind.MULTIPLE:
        return forms.MultipleChoiceField(
            label=label,
            required=required,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            help_text="可以多选。",
        )
    return forms.ChoiceField(label=label, required=required, choices=choices, widget=forms.RadioSelect)
