"""考核的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Plain, long_text, seen_field
from gongkai.law import assessment as law
from gongkai.law.assessment import Kind
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from .models import Candidate, System
from .terms import ObjectionKind, ObjectionOutcome


def points_field(label: str, *, required: bool = False, hint: str = "") -> forms.DecimalField:
    """Points with two places."""
    return forms.DecimalField(
        label=label, required=required, help_text=hint, min_value=0, max_digits=8, decimal_places=2
    )


class SystemForm(Plain):
    """录入指标表。"""

    title = forms.CharField(label="名称", max_length=120)
    text = forms.CharField(
        label="指标表（TOML）",
        max_length=100000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text="分值写成字符串。来源写 figure:应用.名称 的由系统读数，其余写 manual、external。",
    )


class RoundForm(Plain):
    """开始一次考核。"""

    system = forms.ModelChoiceField(System.objects.none(), label="指标表", empty_label=CHOOSE)
    title = forms.CharField(label="名称", max_length=120)
    organiser = forms.ModelChoiceField(
        Agency.objects.none(), label="组织单位", to_field_name="code", empty_label=CHOOSE
    )
    starts_on = day_field("考核期自")
    ends_on = day_field("考核期至")
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="被考核的单位",
        widget=forms.CheckboxSelectMultiple,
        to_field_name="code",
        help_text="同一组的才可比：部门一次，镇街一次。",
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].queryset = System.objects.all()  # type: ignore[attr-defined]
        self.fields["agencies"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]
        rows = access.agencies_of(user, "supervision.assess").current(on)
        self.fields["organiser"].queryset = rows  # type: ignore[attr-defined]


class SelfForm(Plain):
    """自评:一项一个分、一句说明。"""

    hand_in = forms.BooleanField(label="填齐了，交上（交上以后不能改）", required=False)

    def __init__(self, *args: Any, candidate: Candidate, system: law.System, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {mark.indicator: mark for mark in candidate.marks.all()}
        for indicator in system.leaves():
            mark = known.get(indicator.id)
            points = points_field(
                f"{indicator.id} {indicator.name}（{indicator.weight:f}分）", hint=indicator.standard
            )
            points.initial = mark and mark.self_points
            note = forms.CharField(label=f"{indicator.id} 的说明", max_length=300, required=False)
            note.initial = mark.self_note if mark else ""
            self.fields[f"points_{indicator.id}"], self.fields[f"note_{indicator.id}"] = points, note
        self.order_fields([*(name for name in self.fields if name != "hand_in"), "hand_in"])

    def marks_given(self) -> dict[str, tuple[Any, str]]:
        """Points and note by indicator."""
        data = self.cleaned_data
        keys = [name.removeprefix("points_") for name in self.fields if name.startswith("points_")]
        return {key: (data[f"points_{key}"], data[f"note_{key}"]) for key in keys}


class LineForm(Plain):
    """评一项。"""

    points = points_field("给多少分")
    facts = long_text("扣分的事实", rows=4, required=False, hint="一行一件，写得出是哪一件。")
    applies = forms.BooleanField(label="适用这个单位", required=False, initial=True)
    why = forms.CharField(label="不适用的理由、给分的说明", max_length=300, required=False)
    proof = forms.CharField(label="证据", max_length=300, required=False, help_text="截图号、检查表、网址。")
    checked_on = day_field("检查日", required=False)

    def __init__(self, *args: Any, indicator: law.Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if indicator.kind in (Kind.DEDUCT, Kind.COUNT):
            del self.fields["points"]
        else:
            del self.fields["facts"]


class BonusForm(Plain):
    """申报加分。"""

    choice = forms.ChoiceField(label="哪一项、哪一级")
    matter = forms.CharField(label="什么事项", max_length=120)
    proof = forms.CharField(label="证明材料", max_length=300, required=False, help_text="文号、通报、网址。")

    def __init__(self, *args: Any, system: law.System, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{one.id}/{level}", f"{one.text}：{LEVELS.get(level, level)}（{points:f}分）")
            for one in system.bonuses
            for level, points in one.points.items()
        ]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]


LEVELS = {"national": "国家级", "province": "省级", "city": "市级"}


class ClaimForm(Plain):
    """认定加分。"""

    accepted = forms.TypedChoiceField(
        label="结论",
        choices=[("yes", "认定"), ("no", "不认定")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(label="意见", max_length=200, required=False)


class VetoForm(Plain):
    """提出一票否决。"""

    rule = forms.ChoiceField(label="哪一项")
    facts = long_text("事实")
    proof = forms.CharField(label="证据", max_length=300)

    def __init__(self, *args: Any, system: law.System, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [(one.id, one.text) for one in system.vetoes]  # type: ignore[attr-defined]


class HeardForm(Plain):
    """申辩。"""

    words = long_text("申辩", hint="没有意见的写“没有意见”。")


class ObjectionForm(Plain):
    """提异议。"""

    kind = forms.ChoiceField(label="理由", choices=ObjectionKind.choices())
    text = long_text("说明")
    proof = forms.CharField(label="证据", max_length=300, required=False)


class SecondLookForm(Plain):
    """复核异议。"""

    outcome = forms.ChoiceField(label="结论", choices=ObjectionOutcome.choices(), widget=forms.RadioSelect)
    reason = long_text("书面的理由", rows=3)
    points = points_field("改成多少分")
    strike = forms.CharField(
        label="去掉哪些事实", max_length=100, required=False, help_text="按件扣分的：事实里带着这几个字的不再算。"
    )
    alike = forms.BooleanField(label="口径变了，各单位同样的一并重算", required=False)


class DecideForm(Plain):
    """审定。"""

    seen = seen_field()
    decision = forms.CharField(label="审定的会议", max_length=120)
