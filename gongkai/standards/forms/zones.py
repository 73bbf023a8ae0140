"""体验区的表单。"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms import Plain, PlainModel, long_text
from gongkai.org import access
from gongkai.org.models import Place, User
from gongkai.records.forms import day_field

from ..models import Equipment, Season, Stock, Zone
from ..terms import Unity

_SEASON = re.compile(r"\A([^\s:：]+)[\s:：]+(\d{1,2})月(\d{1,2})日?[-—至到~](\d{1,2})月(\d{1,2})日?[\s:：]+(.+)")


class ZoneForm(PlainModel):
    """一处体验区。"""

    unities = forms.MultipleChoiceField(
        label="四统一，核对过的打勾", choices=Unity.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )
    seasons = long_text(
        "开放时间，一季一行",
        rows=4,
        hint="例如：夏令时 5月1日-9月30日 8:30-12:00，14:30-17:30。要写切换的日子，全年都要有。",
    )
    functions = forms.CharField(label="功能区", max_length=200, required=False, help_text="几个用顿号隔开。")

    class Meta:
        model = Zone
        fields = ["place", "number", "level", "area", "full_time", "helps_blind"]

    field_order = [
        "place",
        "number",
        "level",
        "area",
        "functions",
        "full_time",
        "helps_blind",
        "unities",
        "seasons",
    ]

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = access.agencies_of(user, "standards.keep")
        free = Place.objects.open(on).filter(agency__in=own).exclude(zone__isnull=False)  # type: ignore[attr-defined]
        if self.instance.pk:
            free = free | Place.objects.filter(pk=self.instance.place_id)
        self.fields["place"].queryset = free.distinct()  # type: ignore[attr-defined]
        self.fields["place"].help_text = "先在“查阅点”里登记名称、地址和电话。"

    def clean_seasons(self) -> list[Season]:
        return [season_of(text) for text in self.cleaned_data["seasons"].splitlines() if text.strip()]

    def clean_functions(self) -> list[str]:
        return [one for one in re.split(r"[、，,\s]+", self.cleaned_data["functions"]) if one]


def season_of(text: str) -> Season:
    """One line of opening hours. Raises ValidationError naming the line."""
    match = _SEASON.fullmatch(text.strip())
    if match is None:
        raise ValidationError(f"“{text.strip()}”看不懂，请写成“夏令时 5月1日-9月30日 8:30-17:30”。")
    name, *days, hours = match.groups()
    given = dict(zip(("from_month", "from_day", "until_month", "until_day"), map(int, days), strict=True))
    for month, day in ((given["from_month"], given["from_day"]), (given["until_month"], given["until_day"])):
        try:
            date(2024, month, day)
        except ValueError:
            raise ValidationError(f"没有{month}月{day}日。") from None
    return Season(name=name[:20], hours=hours.strip()[:120], **given)


def season_line(season: Season) -> str:
    """How a season is written in the form."""
    return f"{season.name} {season.from_month}月{season.from_day}日-{season.until_month}月{season.until_day}日 {season.hours}"


class EquipmentForm(PlainModel):
    """一件设备。"""

    class Meta:
        model = Equipment
        fields = ["kind", "number", "works", "fault", "checked_on"]
        widgets = {"checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class StockForm(PlainModel):
    """一种资料。"""

    class Meta:
        model = Stock
        fields = ["title", "placed", "left", "updated_on"]
        widgets = {"updated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class PatrolForm(Plain):
    """巡检。"""

    on = day_field("哪一天")
    is_open = forms.BooleanField(label="按时开放", required=False, initial=True)
    found = long_text("发现的问题", rows=2, required=False, most=300)


class DayForm(Plain):
    """一天的服务。"""

    on = day_field("哪一天")
    searches = forms.IntegerField(label="查询", min_value=0, initial=0)
    applications = forms.IntegerField(label="申请录入", min_value=0, initial=0)
    questions = forms.IntegerField(label="咨询", min_value=0, initial=0)
    answered = forms.IntegerField(label="当日答复的咨询", min_value=0, initial=0)
    prints = forms.IntegerField(label="打印页数", min_value=0, initial=0)
    helped = forms.IntegerField(label="帮办", min_value=0, initial=0)


class CommentForm(Plain):
    """纸质意见簿上的一条。"""

    on = day_field("哪一天写的")
    text = long_text("意见", rows=4, most=500, hint="照写的登记；姓名、电话不用登记。")


class WriteForm(Plain):
    """公众写意见。"""

    text = long_text(
        "您的意见",
        rows=5,
        most=500,
        hint="哪里不便、想要什么资料、怎样改。请不要写姓名、电话、身份证号；答复登在这一页上。",
    )


class AnswerCommentForm(Plain):
    """答复一条意见。"""

    answer = long_text("答复", rows=4, most=500, hint="改了什么、哪一天改好；不能改的写明为什么。")
    is_public = forms.BooleanField(
        label="意见和答复一起公开", required=False, initial=True, help_text="公开以前看一遍：不能看得出是谁。"
    )


class ClosureForm(Plain):
    """停用公告。"""

    from_on = day_field("自何日")
    until_on = day_field("到何日")
    reason = forms.CharField(label="原因，和到哪里可以办", max_length=200)
