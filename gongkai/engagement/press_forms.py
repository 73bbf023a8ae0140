"""新闻发布的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, moment_field, seen_field
from gongkai.law.press import Level, Rank
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from .models import Attendee, Briefing, OpinionCase, PressItem, PressYear
from .press_terms import Breach, BriefingState

MONTHS = [(str(month), f"{month}月") for month in range(1, 13)]


class _Seen(Plain):
    seen = seen_field()


class SpokespersonForm(Plain):
    """登记一位新闻发言人。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位", empty_label=CHOOSE)
    name = forms.CharField(label="姓名", max_length=40)
    post = forms.CharField(label="职务", max_length=80)
    phone = forms.CharField(label="发布机构电话", max_length=40, help_text="办公电话；不写手机。")
    since = day_field("任职日")
    is_first = forms.BooleanField(label="第一新闻发言人", required=False, help_text="一般由主要负责人担任。")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "engagement.press").current(on)  # type: ignore[attr-defined]


class PostForm(Plain):
    """改职务、电话。"""

    post = forms.CharField(label="职务", max_length=80)
    phone = forms.CharField(label="发布机构电话", max_length=40)


class LeaveForm(Plain):
    """登记离任。"""

    until = day_field("离任日")


class UnitsForm(Plain):
    """纳入的单位。"""

    units = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="纳入4·2·1的单位",
        widget=forms.CheckboxSelectMultiple,
        help_text="与宏观经济、民生关系密切、社会关注多的部门。",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = Agency.objects.current(on).order_by("code")  # type: ignore[attr-defined]


class ItemForm(Plain):
    """计划里的一场。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="发布单位", empty_label=CHOOSE)
    month = forms.ChoiceField(label="月份", choices=MONTHS)
    title = forms.CharField(label="主题", max_length=120)
    level = forms.ChoiceField(label="发布什么", choices=Level.choices())

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current(on).order_by("code")  # type: ignore[attr-defined]


class IssueForm(Plain):
    """印发计划。"""

    basis = forms.CharField(label="经谁同意", max_length=200, help_text="区政府同意印发的文号，或者会议。")


class BriefingForm(Plain):
    """提出一场发布会。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="发布单位", empty_label=CHOOSE)
    item = forms.ModelChoiceField(
        PressItem.objects.none(), label="计划里的哪一场", required=False, empty_label="不是计划里的"
    )
    title = forms.CharField(label="主题", max_length=120)
    level = forms.ChoiceField(
        label="发布什么",
        choices=Level.choices(),
        help_text="全局性工作由主要负责人出席，民生和社会关注由负责同志出席。",
    )
    place = forms.CharField(label="地点", max_length=120)
    starts_at = moment_field("开始")
    ends_at = moment_field("结束")
    is_emergency = forms.BooleanField(
        label="突发事件的", required=False, help_text="不列入计划，报备了就可以开，不计入每季度的场次。"
    )
    case = forms.ModelChoiceField(
        OpinionCase.objects.none(), label="回应哪件舆情", required=False, empty_label="不是"
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = access.agencies_of(user, "engagement.press")
        self.fields["agency"].queryset = own.current(on)  # type: ignore[attr-defined]
        items = PressItem.objects.filter(plan__year__gte=on.year, agency__in=own, briefing=None)
        self.fields["item"].queryset = items.exclude(plan__approved_at=None)  # type: ignore[attr-defined]
        cases = OpinionCase.objects.filter(closed_at=None)
        if access.may(user, "engagement.opinion"):
            self.fields["case"].queryset = cases.visible_to(user)  # type: ignore[attr-defined]
        else:
            del self.fields["case"]


class AttendForm(_Seen):
    """登记一位出席的人。"""

    name = forms.CharField(label="姓名", max_length=40)
    post = forms.CharField(label="职务", max_length=80)
    rank = forms.ChoiceField(label="级别", choices=Rank.choices())


class HoldForm(_Seen):
    """登记已经举行。"""

    opening = long_text("发布的内容", rows=10, hint="发布人介绍了什么；一段一行。", most=20000)


class QuestionForm(Plain):
    """一问一答。"""

    outlet = forms.CharField(label="提问的媒体", max_length=60, help_text="写媒体的名称，不写记者姓名。")
    question = long_text("提问", rows=3, most=3000)
    answer = long_text("回答", rows=6, most=10000)
    answered_by = forms.ModelChoiceField(Attendee.objects.none(), label="谁回答的", empty_label=CHOOSE)

    def __init__(self, *args: Any, briefing: Briefing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_by"].queryset = briefing.attendees.all()  # type: ignore[attr-defined]


class VideoForm(_Seen):
    """视频网址。"""

    url = forms.URLField(
        label="视频网址", max_length=300, help_text="https开头；本站不存视频。", assume_scheme="https"
    )


class BriefingFilter(Filter):
    """发布会清单的筛选。"""

    q = forms.CharField(label="主题", required=False, max_length=60)
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位", required=False, empty_label="全部")
    state = forms.ChoiceField(label="环节", required=False, choices=[("", "全部"), *BriefingState.choices()])
    lacking = forms.BooleanField(label="没有公布实录的", required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        years = [("", "全部"), *((str(year), f"{year}年") for year in range(on.year + 1, on.year - 4, -1))]
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.fields["agency"].queryset = access.agencies_of(user, "engagement.view")  # type: ignore[attr-defined]
        self.full_clean()


class SpokespersonFilter(Filter):
    """名录的筛选。"""

    q = forms.CharField(label="姓名、职务", required=False, max_length=40)
    all = forms.BooleanField(label="连历任", required=False)
    stale = forms.BooleanField(label="今年没有核对的", required=False)


class DisciplineFilter(Filter):
    """纪律登记的筛选。"""

    kind = forms.ChoiceField(label="情形", required=False, choices=[("", "全部"), *Breach.choices()])
    since = day_field("从哪一天", required=False)


class DisciplineForm(Plain):
    """登记一件。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位", empty_label=CHOOSE)
    briefing = forms.ModelChoiceField(
        Briefing.objects.none(), label="哪一场发布会", required=False, empty_label="不是发布会上的"
    )
    kind = forms.ChoiceField(label="情形", choices=[("", CHOOSE), *Breach.choices()])
    on = day_field("哪一天")
    what = long_text("经过", most=2000)
    measure = long_text("处理", most=2000)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current(on).order_by("code")  # type: ignore[attr-defined]
        self.fields["briefing"].queryset = Briefing.objects.held().select_related("event")  # type: ignore[attr-defined]


class YearFilter(Filter):
    """看哪一年。"""

    year = forms.ModelChoiceField(
        PressYear.objects.all(), label="年度", required=False, to_field_name="year", empty_label="最近的"
    )
    missing = forms.BooleanField(label="有欠的", required=False)
