"""活动系列、签到的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.adapters.vault import mask_name
from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, moment_field
from gongkai.law.engagement import Selection, Step
from gongkai.org import access
from gongkai.org.models import Agency, User

from .actions.series import MOST
from .models import Event
from .terms import EventKind, SignupState

KINDS = [(kind.value, kind.label) for kind in (EventKind.OPEN_DAY, EventKind.EXPERIENCE)]


class SeriesForm(Plain):
    """一个系列。"""

    kind = forms.ChoiceField(label="种类", choices=KINDS)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="主办单位", empty_label=CHOOSE)
    title = forms.CharField(label="主题", max_length=120)
    place = forms.CharField(label="地点", max_length=120)
    audience = forms.CharField(label="对象", max_length=100, required=False)
    about = long_text("看什么、做什么", hint="排进公告；有没有无障碍的路线也写上。", most=2000)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "engagement.event").current(on)  # type: ignore[attr-defined]


class SessionsForm(Plain):
    """排几场。"""

    starts_at = moment_field("第一场开始")
    ends_at = moment_field("第一场结束")
    signup_from = moment_field("第一场报名开始", required=False, help_text="不填的公告签发就开始。")
    signup_until = moment_field("第一场报名截止")
    seats = forms.IntegerField(label="每场名额", min_value=1, max_value=5000)
    selection = forms.ChoiceField(
        label="报名的多于名额怎样定",
        choices=[pair for pair in Selection.choices() if pair[0] != Selection.INVITED],
        help_text="抽选的每场由机器取一个种子封存；要用公开数的，排好以后逐场改。",
    )
    step = forms.ChoiceField(label="往后", choices=Step.choices())
    count = forms.IntegerField(label="一共几场", min_value=1, max_value=MOST, initial=1)


class AttendanceForm(Plain):
    """签到。"""

    came = forms.MultipleChoiceField(label="到了的", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        rows = list(event.signups.filter(state=SignupState.IN).order_by("pk"))
        kwargs.setdefault("initial", {"came": [one.number for one in rows if one.came]})
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [  # type: ignore[attr-defined]
            (one.number, f"{one.number}　{mask_name(one.contact['name']) if one.contact else '已经清除'}")
            for one in rows
        ]


class EventFilter(Filter):
    """活动清单的筛选。"""

    q = forms.CharField(label="主题", required=False, max_length=60)
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *KINDS])
    when = forms.ChoiceField(
        label="什么时候",
        required=False,
        choices=[("", "全部"), ("coming", "还没有办"), ("over", "办过、没有办结"), ("held", "已经办结")],
    )
