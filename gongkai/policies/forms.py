"""政策的表单。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from gongkai.desk.forms import Plain, seen_field
from gongkai.law.interpretation import Exemption, Form
from gongkai.law.marks import titled
from gongkai.law.normative import EffectKind, Outcome
from gongkai.records.actions import sharing
from gongkai.records.forms import release_field
from gongkai.records.models import Edition, Record
from gongkai.records.terms import OPEN_STAGES, Stage, WithdrawalKind
from gongkai.records.withdraw_form import same_file_fields, same_files_chosen

from .models import Document, Package

_LONG = forms.Textarea(attrs={"rows": 4})
_DAY = {"type": "date"}


class PlanForm(Plain):
    """解读方案。"""

    outline = forms.CharField(
        label="解读提纲",
        required=False,
        max_length=5000,
        widget=_LONG,
        help_text="背景依据、目标任务、主要内容、适用范围、执行标准、注意事项、关键词、惠民举措、新旧差异，写哪几样。",
    )
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
            agency=package.policy.agency,
            type="interpretation",
            package_part=None,
            published_at=None,
            editions__stage__in=sorted(OPEN_STAGES),
        )


class ExemptForm(Plain):
    """核定不附解读。"""

    kind = forms.ChoiceField(
        label="情形",
        choices=[(one.value, one.label) for one in Exemption if one is not Exemption.WITHDRAWN],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="理由", max_length=300, widget=_LONG)


class SignForm(Plain):
    """一并签发。``seen`` 是终审人看到的各稿。"""

    seen = seen_field()
    opinion = forms.CharField(label="意见", required=False, max_length=500, widget=_LONG)
    publish_at = release_field("不填的立即公开；填了的，文件和解读到这一刻同时公开。")


KINDS = [("", "不撤，继续公开"), *WithdrawalKind.choices()]


class WithdrawForm(Plain):
    """撤下:每一件各选一种。合并迁移要指明去处,请到那一件上办。"""

    def __init__(self, *args: Any, package: Package, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in KINDS if kind[0] != WithdrawalKind.MOVED]
        self.records = [package.policy, *(part.record for part in package.parts.select_related("record"))]
        fields = {
            f"kind{one.pk}": forms.ChoiceField(label=titled(one), choices=kinds, required=False)
            for one in self.records
        }
        own = {one.pk for one in self.records}
        found = {other.pk: (other, names) for one in self.records for other, names in sharing(one)}
        self.sharing = [pair for pk, pair in found.items() if pk not in own]
        self.fields = fields | self.fields | same_file_fields(self.sharing)

    reason = forms.CharField(label="原因", max_length=500, widget=_LONG)
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text="废止或者失效的必须写。")
    on = forms.DateField(label="自何日起", widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY))
    kept = forms.CharField(
        label="解读为什么留着", required=False, max_length=200, help_text="撤下文件而有解读不撤的，必须写。"
    )

    def choices(self) -> dict[Record, WithdrawalKind]:
        """The kind chosen for each record; those left alone are not in it."""
        chosen = {one: self.cleaned_data[f"kind{one.pk}"] for one in self.records}
        return {one: WithdrawalKind(kind) for one, kind in chosen.items() if kind}

    def same_files(self) -> dict[str, Any]:
        """What goes along and what stays of the records with the same files, as ``actions.withdraw`` takes it."""
        also, shared = same_files_chosen(self.sharing, self.cleaned_data)
        return {"also": also, "shared": shared}


def _day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs=_DAY)
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class ReviewForm(Plain):
    """合法性审核的记录。"""

    number = forms.CharField(label="审核意见编号", required=False, max_length=80)
    on = _day("审核之日", required=True)
    reviewer = forms.CharField(label="审核机构", max_length=80)
    opinion = forms.CharField(label="审核意见", max_length=5000, widget=_LONG)


def found(text: str) -> Record | None:
    """The record of this index number or document number, if there is just one."""
    rows = list(Record.objects.filter(Q(index_number=text) | Q(doc_number=text))[:2]) if text else []
    return rows[0] if len(rows) == 1 else None


class EffectForm(Plain):
    """记一次效力变动。"""

    kind = forms.ChoiceField(label="变动", choices=EffectKind.choices())
    on = _day("自何日起", hint="日期不明的不填，填下一项。")
    by_day = _day("最迟不晚于", hint="只在日期不明时填。")
    until = _day("到何日", hint="延长有效期、暂停执行的填。")
    articles = forms.CharField(
        label="哪些条款", required=False, max_length=200, help_text="如“第五条、第八条第二款”。"
    )
    source = forms.CharField(
        label="依据的文件", required=False, max_length=120, help_text="填索引号或者文号；不在库里的填下一项。"
    )
    source_note = forms.CharField(label="库外的文件名称、文号", required=False, max_length=200)
    edition = forms.ModelChoiceField(
        Edition.objects.none(), label="变动以后的文本", required=False, empty_label="没有整理出来"
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signed = document.record.editions.filter(stage__in=(Stage.LIVE, Stage.SUPERSEDED))
        self.fields["edition"].queryset = signed  # type: ignore[attr-defined]

    def clean_source(self) -> Record | None:
        text = self.cleaned_data["source"].strip()
        if text and found(text) is None:
            raise ValidationError(f"没有找到“{text}”，或者不止一件。请填索引号。")
        return found(text)


class BatchForm(Plain):
    """开始一次清理。"""

    name = forms.CharField(label="名称", max_length=80, help_text="如“2026年行政规范性文件清理”。")
    cutoff = _day("清理到哪天制定的文件", required=True)


class RulingForm(Plain):
    """对一件文件的结论。"""

    outcome = forms.ChoiceField(label="结论", choices=Outcome.choices(), widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", required=False, max_length=300, help_text="继续有效以外的要写。")


class CloseForm(Plain):
    """清理办结。"""

    result = forms.CharField(
        label="公布的清理结果", max_length=120, help_text="填清理结果的索引号或者文号，要已经公开。"
    )
    on = _day("废止、失效自何日起", required=True)

    def clean_result(self) -> Record:
        record = found(self.cleaned_data["result"].strip())
        if record is None:
            raise ValidationError("没有找到这件信息，或者不止一件。请填索引号。")
        return record
