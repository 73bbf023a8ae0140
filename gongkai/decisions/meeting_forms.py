"""工作台一侧会议的表单:一次会议,一项议题和三项意见,代表列席时的意见。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import Plain, long_text
from gongkai.law.decisions import MeetingKind
from gongkai.org import access
from gongkai.org.drawing_pages import source_fields
from gongkai.org.fields import agency_field
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from .forms import several
from .models import Dossier, Meeting
from .terms import OpenWay


class MeetingForm(Plain):
    """一次会议。"""

    agency = agency_field("机关")
    kind = forms.ChoiceField(label="会议", choices=MeetingKind.choices()[:2])
    term = forms.IntegerField(label="第几届", min_value=1, max_value=99)
    number = forms.IntegerField(label="第几次", min_value=1, max_value=999)
    held_on = day_field("日期")
    place = forms.CharField(label="地点", max_length=100, required=False)
    secret_basis = forms.CharField(
        label="依法不公开的依据", max_length=200, required=False, help_text="填了的只占次数。"
    )
    seats = forms.IntegerField(label="列席代表名额", min_value=0, max_value=50, initial=0)
    signup_until = day_field("报名截止", required=False, help_text="到这一天的二十四时；不邀请公众列席的留空。")
    draw_source, draw_at = source_fields()

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "decisions.meeting").current(on)  # type: ignore[attr-defined]


class ChangeMeetingForm(MeetingForm):
    """改一次会议;抽选约定公布了的,名额和报名截止不再变。"""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = ("seats", "signup_until", "draw_source", "draw_at") if meeting.drawing else ()
        for name in ("agency", *fixed):
            del self.fields[name]


def opinion_field(label: str, yes: str, no: str) -> forms.NullBooleanField:
    """Yes, no, or no opinion yet; the keys are those by which ``Select`` finds again what was chosen before."""
    choices = [("", "没有意见"), ("True", yes), ("False", no)]
    return forms.NullBooleanField(label=label, required=False, widget=forms.Select(choices=choices))


class AgendaForm(Plain):
    """一项议题和三项意见。"""

    title = forms.CharField(label="议题", max_length=200)
    reporter = agency_field("汇报单位")
    dossier = forms.ModelChoiceField(Dossier.objects.none(), label="决策卷", required=False, empty_label="没有")
    enterprises = forms.BooleanField(label="涉及企业", required=False)
    livelihood = forms.BooleanField(label="涉及重大民生", required=False)
    invite = opinion_field("邀请列席", "邀请", "不邀请")
    invitees = forms.CharField(label="邀请谁、几人，或者不邀请的理由", max_length=200, required=False)
    opened = opinion_field("公开", "公开", "不公开")
    ways = several("公开方式", OpenWay.choices(), required=False)
    closed_reason = forms.CharField(label="不公开的理由", max_length=200, required=False)
    result = long_text("议定事项", required=False, hint="会后填。")
    attended = forms.CharField(
        label="实际谁列席、几人", max_length=200, required=False, help_text="会后填，不写姓名，公众看得到。"
    )
    done_ways = several(
        "实际怎样公开",
        [pair for pair in OpenWay.choices() if pair[0] != OpenWay.DECISIONS],
        required=False,
    )
    differs = forms.CharField(
        label="同方案不一样的原因", max_length=200, required=False, help_text="照方案办了的留空。"
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reporter"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]
        self.fields["dossier"].queryset = Dossier.objects.visible_to(user)  # type: ignore[attr-defined]


class ToldForm(Plain):
    """代表列席时的意见,和怎样处理。"""

    opinion = long_text("列席时的意见", required=False, rows=3, hint="没有发言的留空。")
    reply = long_text(
        "意见怎样处理、议定了什么",
        required=False,
        rows=3,
        hint="填了就是告知：代表凭编号和查询码看得到。只记意见、还没有结果的先留空。",
    )
