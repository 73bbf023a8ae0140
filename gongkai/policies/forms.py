"""政策的表单。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.law.interpretation import Exemption, Form
from gongkai.org.forms import Plain
from gongkai.records.models import Record
from gongkai.records.terms import OPEN_STAGES, WithdrawalKind

from .models import Package

_LONG = forms.Textarea(attrs={"rows": 4})
_DAY = {"type": "date"}


class PlanForm(Plain):
    """解读方案。"""

    outline = forms.CharField(
        label="解读提纲", required=False, max_length=5000, widget=_LONG,
        help_text="背景依据、目标任务、主要内容、适用范围、执行标准、注意事项、关键词、惠民举措、新旧差异，写哪几样。",
    )  # fmt: skip
    channels = forms.CharField(
        label="解读途径", required=False, max_length=200, help_text="如：政府网站、政务新媒体、新闻发布会。"
    )
    planned_on = forms.DateField(
        label="计划发布之日", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY)
    )


class DraftForm(Plain):
    """起草一份解读。"""

    title = forms.CharField(label="解读标题", max_length=300)
    form = forms.ChoiceField(label="解读形式", choices=[(one.label, one.label) for one in Form])


class AddForm(Plain):
    """放入已经起草的解读。"""

    record = forms.ModelChoiceField(Record.objects.none(), label="在办的解读", empty_label="请选择")

    def __init__(self, *args: Any, package: Package, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].queryset = Record.objects.filter(  # type: ignore[attr-defined]
            agency=package.policy.agency, type="interpretation", package_part=None, published_at=None,
            editions__stage__in=sorted(OPEN_STAGES),
        )  # fmt: skip


class ExemptForm(Plain):
    """核定不附解读。"""

    kind = forms.ChoiceField(
        label="情形",
        choices=[(one.value, one.label) for one in Exemption if one is not Exemption.WITHDRAWN],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="理由", max_length=300, widget=_LONG)


class SignForm(Plain):
    """一并签发。"""

    opinion = forms.CharField(label="意见", required=False, max_length=500, widget=_LONG)
    publish_at = forms.DateTimeField(
        label="定时发布", required=False, help_text="不填的立即公开；填了的，文件和解读到这一刻同时公开。",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )  # fmt: skip


KINDS = [("", "不撤，继续公开"), *WithdrawalKind.choices()]


class WithdrawForm(Plain):
    """撤下:每一件各选一种。合并迁移要指明去处,请到那一件上办。"""

    def __init__(self, *args: Any, package: Package, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in KINDS if kind[0] != WithdrawalKind.MOVED]
        self.records = [package.policy, *(part.record for part in package.parts.select_related("record"))]
        fields = {
            f"kind{one.pk}": forms.ChoiceField(label=f"《{one}》", choices=kinds, required=False)
            for one in self.records
        }
        self.fields = fields | self.fields

    reason = forms.CharField(label="原因", max_length=500, widget=_LONG)
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text="废止或者失效的必须写。")
    on = forms.DateField(label="自何日起", widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY))

    def choices(self) -> dict[Record, WithdrawalKind]:
        """The kind chosen for each record; those left alone are not in it."""
        chosen = {one: self.cleaned_data[f"kind{one.pk}"] for one in self.records}
        return {one: WithdrawalKind(kind) for one, kind in chosen.items() if kind}
