"""一件事、清单、一本通、筛选、公众一侧的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain
from gongkai.org.fields import agency_filter
from gongkai.org.models import Agency

from ..models import Guide, Part
from ..terms import Audience, Circle, GuideState, Joined, Mode, PartNeed, Pricing, Theme
from .fields import day, lines, number, pick, ticks, words
from .guides import Seen


class MatterForm(Plain):
    """一件事。"""

    lead = forms.ModelChoiceField(Agency.objects.none(), label="牵头部门", empty_label=CHOOSE)
    title = words("一件事", 80, required=True, help_text="如“开办餐饮店”。")
    summary = words("一句话说清", 200, required=True, help_text="办成什么，从哪里到哪里；不写“其他事项”。")
    audience = pick("给谁办", Audience, required=True)
    helpers = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="配合部门",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="按住 Ctrl 可以选几个。",
    )
    joined = ticks("真正联通了的", Joined.choices(), help_text="没有联通的不要勾，公众看得到。")
    not_joined = lines("还没有联通的", rows=3, hint="照实写哪几项还要分别办、怎么办。", most=1000)
    window = words("受理窗口", 200)
    visits = number("最多跑几次", most=9)
    consult = words("咨询电话", 120)

    def __init__(self, *args: Any, leads: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]
        self.fields["helpers"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]


class PartForm(Seen):
    """联办的一项。"""

    guide = forms.ModelChoiceField(Guide.objects.none(), label="事项", empty_label=CHOOSE)
    batch = forms.IntegerField(
        label="第几批", min_value=1, max_value=20, help_text="同一批的一起办，时限取最长的；批与批先后办。"
    )
    need = forms.ChoiceField(label="要不要办", choices=PartNeed.choices())
    when = ticks("什么情形要办", (), help_text="看情况办的才勾。")
    note = words("说明", 200)

    def __init__(self, *args: Any, situations: Any, part: Part | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guides = Guide.objects.filter(state__in=(GuideState.LIVE, GuideState.NEW)).select_related("agency")
        self.fields["guide"].queryset = guides.filter(pk=part.guide_id) if part else guides  # type: ignore[attr-defined]
        self.fields["guide"].label_from_instance = lambda guide: f"{guide}（{guide.agency}）"  # type: ignore[attr-defined]
        pairs = [(f"{one.key}|{option}", f"{one.text}：{option}") for one in situations for option in one.options]
        if pairs:
            self.fields["when"].choices = pairs  # type: ignore[attr-defined]
        else:
            del self.fields["when"]


class IntermediaryForm(Plain):
    """中介服务清单的一项。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="审批部门", empty_label=CHOOSE)
    name = words("中介服务事项", 120, required=True)
    approval = words("对应的审批事项", 120, required=True)
    basis = words("设定依据", 300, required=True, help_text="法律、法规或者国务院决定的条款；没有依据的不得列入。")
    bodies = words("实施机构要求", 200, required=True)
    available = number("可以选的机构数", most=9999)
    limit = words("服务时限", 60)
    pricing = pick("怎样收费", Pricing, required=True)
    complaint = words("投诉电话", 60)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class FeeForm(Plain):
    """收费目录的一项。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="收费单位", empty_label=CHOOSE)
    name = words("收费项目", 120, required=True)
    standard = words("标准", 200, required=True)
    basis = words("依据", 300, required=True)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class CooperationForm(Plain):
    """通办的一项。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="牵头单位", empty_label=CHOOSE)
    name = words("事项", 120, required=True)
    circle = pick("范围", Circle, required=True)
    mode = pick("模式", Mode, required=True)
    area = words("覆盖地区", 200, required=True)
    guide = forms.ModelChoiceField(Guide.objects.none(), label="办事指南", required=False, empty_label="没有")
    launched_on = day("上线日期")
    handled = forms.IntegerField(label="累计办件", min_value=0, max_value=99_999_999, initial=0)
    progress = words("进展", 300)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["guide"].queryset = Guide.objects.shown()  # type: ignore[attr-defined]


class HandbookForm(Plain):
    """编一版一本通。"""

    title = words("书名", 80, required=True)
    area = words("适用区域", 80, required=True)


class ReasonForm(Plain):
    """写明原因。"""

    why = lines("原因", rows=2, required=True, most=200)


class GuideFilter(Filter):
    """指南清单的筛选。"""

    q = words("名称、编码", 60)
    agency = agency_filter()
    theme = forms.ChoiceField(label="主题", required=False, choices=[("", "全部"), *Theme.choices()])
    state = forms.ChoiceField(label="现在", required=False, choices=[("", "全部"), *GuideState.choices()])
    only = forms.ChoiceField(
        label="只看",
        required=False,
        choices=[
            ("", "全部"),
            ("draft", "有草稿的"),
            ("stops", "有要改的"),
            ("low", "完整度不到80的"),
            ("old", "该核对的"),
        ],
    )


class PublicFilter(Filter):
    """公众找事项。"""

    q = words("事项里的词", 40)
    audience = forms.ChoiceField(label="给谁办", required=False, choices=[("", "全部"), *Audience.choices()])
    theme = forms.ChoiceField(label="主题", required=False, choices=[("", "全部"), *Theme.choices()])
    agency = forms.ModelChoiceField(
        Agency.objects.filter(guides__state="live").distinct(),
        label="部门",
        to_field_name="code",
        required=False,
        empty_label="全部",
    )


class SituationsForm(Plain):
    """公众答情形;哪一题都可以不答。"""

    def __init__(self, situations: Any, data: Any = None) -> None:
        self.base_fields = {}
        super().__init__(data)
        for situation in situations:
            options = [("", "还没有想好"), *((option, option) for option in situation.options)]
            self.fields[f"a-{situation.key}"] = forms.ChoiceField(
                label=situation.text, choices=options, required=False, initial=""
            )

    @property
    def answers(self) -> dict[str, str]:
        """Key of a situation → the option; what is no option counts as not answered."""
        self.is_valid()
        return {name[2:]: value for name, value in self.cleaned_data.items() if value}


class StartForm(Plain):
    """哪天交材料。"""

    start = forms.DateField(label="哪天交材料", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DaysForm(Plain):
    """算一个证照的日子。"""

    issued_on = day("发证日期", help_text="固定期限的证可以只填这一个。")
    ends_on = day("到期日期", help_text="照证上写的填。")
