"""电视问政的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, seen_field
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from .terms import IssueSource, IssueState


class BroadcastForm(Plain):
    """一场。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="主办单位", empty_label=CHOOSE)
    title = forms.CharField(label="主题", max_length=120)
    held_on = day_field("哪天")
    video = forms.URLField(label="视频网址", required=False, assume_scheme="https", max_length=300)
    pleased = forms.IntegerField(label="现场满意的人数", required=False, min_value=0, max_value=10000)
    displeased = forms.IntegerField(
        label="现场不满意的人数", required=False, min_value=0, max_value=10000, help_text="没有举牌评的都不填。"
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "engagement.tv").current(on)  # type: ignore[attr-defined]


class IssueForm(Plain):
    """场上的一个问题。"""

    source = forms.ChoiceField(label="来源", choices=[("", CHOOSE), *IssueSource.choices()])
    title = forms.CharField(label="问题", max_length=100, help_text="一句话；公众看得到，不写当事人。")
    text = long_text("情况", rows=3, required=False, most=2000)
    owner = forms.ModelChoiceField(Agency.objects.none(), label="责任单位", empty_label=CHOOSE)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]


class IssueFilter(Filter):
    """问题清单的筛选。"""

    state = forms.ChoiceField(label="现在", required=False, choices=[("", "全部"), *IssueState.choices()])
    late = forms.BooleanField(label="逾期的", required=False)


class PromiseForm(Plain):
    """承诺。"""

    seen = seen_field()
    promise = long_text("承诺办成什么样", rows=3, hint="公众看得到；不写“尽快”，写办成什么样。", most=2000)
    promise_on = day_field("哪一天办到")


class ResultForm(Plain):
    """结果。"""

    seen = seen_field()
    result = long_text("实际办成了什么", rows=4, hint="公众看得到；回访属实才算办结。", most=2000)


class RevisitIssueForm(Plain):
    """回访。"""

    seen = seen_field()
    kept = forms.ChoiceField(
        label="办到了吗", choices=[("yes", "属实，办结"), ("no", "没有办到，退回")], widget=forms.RadioSelect
    )
    note = long_text("看到的情况", rows=3, hint="公众看得到。", most=2000)
