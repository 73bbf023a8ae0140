"""登记的表单:听取汇报、培训、人员经费场地、外部结果。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import Plain, long_text
from gongkai.law.supervision import MeetingType
from gongkai.org import access
from gongkai.org.fields import agency_field
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from .forms import line_field
from .terms import GoalIndex


class HearingForm(Plain):
    """登记听取汇报。"""

    agency = agency_field("机关", by_code=True)
    held_on = day_field("日期")
    meeting = forms.ChoiceField(label="在什么会上", choices=MeetingType.choices())
    name = line_field("会议名称、次数", 80)
    presider = line_field("主持人的职务", 40, hint="只写职务，不写姓名。")
    by_head = forms.BooleanField(
        label="主要负责人本人听取", required=False, help_text="分管负责人、秘书长代听的不勾。"
    )
    decided = long_text("议定事项", rows=3, required=False)
    evidence = line_field("纪要文号、议程", 120, required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_agencies(self, user, on)


class TrainingForm(Plain):
    """登记一期培训。"""

    agency = agency_field("主办单位", by_code=True)
    held_on = day_field("日期")
    title = line_field("内容", 120)
    audience = line_field("对象", 80)
    hours = forms.DecimalField(label="学时", min_value=0, max_digits=5, decimal_places=1)
    due = forms.IntegerField(label="应到人数", min_value=1, max_value=100000)
    attended = forms.IntegerField(label="实到人数", min_value=0, max_value=100000)
    units = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="到了的单位", widget=forms.CheckboxSelectMultiple, to_field_name="code"
    )
    material = line_field("课件、网址", required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_agencies(self, user, on)
        self.fields["units"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]


class SupportForm(Plain):
    """登记人员、经费、场地。"""

    agency = agency_field("单位", by_code=True)
    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    full_time = forms.IntegerField(label="专职人员", min_value=0, max_value=1000)
    part_time = forms.IntegerField(label="兼职人员", min_value=0, max_value=1000)
    budget = forms.DecimalField(label="经费预算（万元）", min_value=0, max_digits=10, decimal_places=2)
    spent = forms.DecimalField(
        label="实际支出（万元）", min_value=0, max_digits=10, decimal_places=2, required=False
    )
    places = line_field("场地、设施", required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_agencies(self, user, on)


class ResultForm(Plain):
    """登记外部结果。"""

    agency = agency_field("登记单位", by_code=True)
    index = forms.ChoiceField(label="哪项指数", choices=())
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    name = line_field("评价的名称", 80)
    publisher = line_field("发布机构", 80)
    method = line_field("口径", hint="怎样抽样、哪几块、问的是谁，照发布的写。")
    sample = forms.IntegerField(label="样本数", min_value=1, max_value=10_000_000)
    score = forms.DecimalField(label="得分", required=False, max_digits=7, decimal_places=2)
    rank = forms.IntegerField(label="名次", required=False, min_value=1)
    satisfied = forms.IntegerField(label="满意以上的份数", required=False, min_value=0)
    source = line_field("出处")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["index"].choices = GoalIndex.choices()  # type: ignore[attr-defined]
        rows = access.agencies_of(user, "supervision.plan").current(on)
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]


def own_agencies(form: forms.Form, user: User, on: date) -> None:
    """Only the units for which the person may register."""
    rows = access.agencies_of(user, "supervision.register").current(on)
    form.fields["agency"].queryset = rows  # type: ignore[attr-defined]
    if rows.count() == 1:
        form.fields["agency"].initial = rows.first()
