"""公共企事业单位的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, PlainModel, long_text, moment_field
from gongkai.law.agencies import AgencyKind
from gongkai.law.utilities import sectors
from gongkai.org import access
from gongkai.org.fields import agency_field
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from ..models import Enterprise


def _sectors() -> list[tuple[str, str]]:
    return [(key, sector.label) for key, sector in sectors().items()]


class EnterpriseForm(PlainModel):
    """名录里的一家。"""

    sector = forms.ChoiceField(label="行业")
    site = forms.URLField(label="公开的网址", required=False, assume_scheme="https")

    class Meta:
        model = Enterprise
        fields = ["agency", "bureau", "sector", "is_listed", "site", "window", "hotline"]

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", CHOOSE), *_sectors()]  # type: ignore[attr-defined]
        units = Agency.objects.current(on).filter(kind=AgencyKind.ENTERPRISE)  # type: ignore[attr-defined]
        self.fields["agency"].queryset = units  # type: ignore[attr-defined]
        own = access.agencies_of(user, "standards.utility").current(on).exclude(kind=AgencyKind.ENTERPRISE)  # type: ignore[attr-defined]
        self.fields["bureau"].queryset = own  # type: ignore[attr-defined]


class EnterpriseFilter(Filter):
    """名录的筛选。"""

    sector = forms.ChoiceField(label="行业", required=False, choices=lambda: [("", "全部"), *_sectors()])
    bureau = forms.ModelChoiceField(
        Agency.objects.filter(enterprises__isnull=False).distinct(),
        label="主管部门",
        to_field_name="code",
        required=False,
        empty_label="全部",
    )


class DisclosureForm(Plain):
    """核对一项内容。"""

    where = forms.CharField(label="在哪里公开", max_length=300, help_text="网址，或者营业厅的哪个位置。")
    updated_on = day_field("最近更新")
    fault = forms.CharField(label="核对发现的问题", max_length=200, required=False, help_text="没有问题的不填。")


class OutageForm(Plain):
    """停供、变更的一件通知。"""

    kind = forms.ChoiceField(label="种类", widget=forms.RadioSelect)
    where = forms.CharField(label="范围", max_length=200, help_text="哪些路、哪些小区、哪条线路。")
    reason = forms.CharField(label="原因", max_length=120)
    starts_at = moment_field("开始")
    ends_at = moment_field("结束")
    posted_at = moment_field("公布时间", required=False, help_text="不填的按现在。")

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, one.label) for one in enterprise.kind.interruptions]  # type: ignore[attr-defined]


class TellForm(Plain):
    """调查以后告知。"""

    upheld = forms.ChoiceField(label="申诉", choices=[("yes", "成立"), ("no", "不成立")], widget=forms.RadioSelect)
    finding = long_text("调查情况和处理", rows=4, hint="查了什么、单位怎样改、哪一天改好；申诉人看得到。")


class StatementForm(Plain):
    """年度监督报告。"""

    bureau = agency_field("主管部门")
    year = forms.IntegerField(label="年份", min_value=2019, max_value=2100)
    text = long_text("情况和打算", rows=8, hint="数由台账自动算出，这里写做了什么、有什么问题、怎样改。")

    def __init__(self, *args: Any, bureaus: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bureau"].queryset = bureaus  # type: ignore[attr-defined]


class ComplainForm(Plain):
    """公众申诉。"""

    text = long_text("什么应当公开没有公开", rows=5, hint="哪一项、在哪里找过、问过没有。", most=2000)
    name = forms.CharField(label="怎样称呼您", max_length=40, required=False)
    phone = forms.CharField(
        label="联系电话", max_length=30, required=False, help_text="可以不填；填了的加密保存，只给主管部门看。"
    )

    def contact(self) -> dict[str, str]:
        """What was given of the person."""
        return {key: self.cleaned_data[key] for key in ("name", "phone") if self.cleaned_data[key]}
