"""工作台一侧的表单:目录、字段、交数据、判定、收紧、审核、回应。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from gongkai.desk.forms import CHOOSE, Filter, Plain, seen_field
from gongkai.law.opendata.judging import QUESTIONS
from gongkai.law.opendata.terms import Cycle, Domain, FieldKind, Level, Opening, Sharing
from gongkai.org import access
from gongkai.org.fields import agency_filter
from gongkai.org.models import Agency, User
from gongkai.records.forms import RecordChoice, day_field

from .forms import ALL, long_text
from .models import Dataset, Version
from .terms import ApplicationState, DatasetState, DemandOutcome

#: 清单里按更新情况筛。
FRESHNESS = (
    ALL,
    ("late", "逾期没有更新"),
    ("soon", "快到期"),
    ("rejudge", "到了重新判定的日子"),
    ("waiting", "放宽等批准"),
    ("ungraded", "还有字段没有定级"),
    ("unjudged", "判不了按期不按期"),
    ("empty", "上架了没有数据"),
    ("unused", "接口没有人用"),
    ("failing", "接口有没办成的"),
    ("cited", "报告引用的已有新版"),
)


class DatasetFilter(Filter):
    """数据集清单的筛选。"""

    q = forms.CharField(label="名称里的词", required=False, max_length=60)
    agency = agency_filter()
    state = forms.ChoiceField(label="现在", required=False, choices=[ALL, *DatasetState.choices()])
    opening = forms.ChoiceField(label="开放属性", required=False, choices=[ALL, *Opening.choices()])
    look = forms.ChoiceField(label="要看的", required=False, choices=FRESHNESS)


class EntryForm(Plain):
    """一条目录。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="提供单位", empty_label=CHOOSE)
    title = forms.CharField(
        label="名称", max_length=50, help_text="不带编号、“新建”一类的尾巴；每年一份的编成一个数据集，加“年份”列。"
    )
    summary = long_text("摘要", hint="写对象、范围、时间和用途，不同名称重复。")
    domain = forms.ChoiceField(label="领域", choices=[("", CHOOSE), *Domain.choices()])
    tags = forms.CharField(label="标签", max_length=200, required=False, help_text="用顿号分开。")
    series = forms.CharField(
        label="系列", max_length=60, required=False, help_text="同一系列的数据集填一样的名称。"
    )
    office = forms.CharField(label="承办处室", max_length=60)
    phone = forms.CharField(label="联系电话", max_length=40, help_text="办公室的座机，不填个人手机。")
    cycle = forms.ChoiceField(label="更新周期", choices=[("", CHOOSE), *Cycle.choices()])
    has_interface = forms.BooleanField(label="提供接口", required=False)
    sharing = forms.ChoiceField(
        label="共享属性", choices=Sharing.choices(), help_text="部门之间的，同对社会的开放属性是两回事。"
    )
    sums = forms.CharField(
        label="勾稽关系",
        max_length=300,
        required=False,
        help_text="如“总人口=城镇人口+乡村人口”，几条用分号分开，体检时逐行核对。",
    )
    data_until = day_field("数据截止", required=False)
    seen = seen_field()

    def __init__(self, *args: Any, user: User, on: date, dataset: Dataset | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dataset is None:
            self.fields["agency"].queryset = access.agencies_of(user, "opendata.write").current(on)  # type: ignore[attr-defined]
            del self.fields["seen"]
        else:
            del self.fields["agency"]


class FieldForm(Plain):
    """一个字段。"""

    title = forms.CharField(label="中文名", max_length=100)
    name = forms.CharField(label="字段名", max_length=40)
    kind = forms.ChoiceField(label="类型", choices=FieldKind.choices())
    unit = forms.CharField(label="单位", max_length=20, required=False)
    meaning = forms.CharField(label="说明", max_length=200, required=False)
    codes = forms.CharField(label="代码表", max_length=1000, required=False)
    level = forms.ChoiceField(label="敏感级", choices=[("", "没有定"), *Level.choices()], required=False)
    is_key = forms.BooleanField(label="主键", required=False)
    is_quasi = forms.BooleanField(label="合起来可能认得出人", required=False)
    places = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10, required=False)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        given.pop("DELETE", None)
        given["codes"] = [one.strip() for one in given["codes"].replace("，", "、").split("、") if one.strip()]
        given["nullable"] = not given["is_key"]
        given["places"] = given["places"] or 0
        return given


FieldSet: type[BaseFormSet] = formset_factory(FieldForm, extra=0, can_delete=True, max_num=500, absolute_max=500)


class UploadForm(Plain):
    """交一份数据。"""

    file = forms.FileField(
        label="数据文件",
        help_text="CSV 或者 XLSX；第一行是表头，一列一个字段，不要合并单元格。上百万行的请交 UTF-8 的 CSV。",
    )
    note = forms.CharField(label="这一版的说明", max_length=200, required=False, help_text="如“2026年9月的数据”。")


class JudgeForm(Plain):
    """判定树的几问;级别从字段来。"""

    conditions = long_text("开放条件", required=False, hint="判为受限开放的必填：谁可以用、用在哪里、交什么材料。")
    basis = forms.CharField(
        label="依据", max_length=300, required=False, help_text="判为禁止开放的必填：法律、法规的条款。"
    )
    seen = seen_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.BooleanField(label=question, required=False)
        self.order_fields([*QUESTIONS, "conditions", "basis", "seen"])

    def answers(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] for name in QUESTIONS}


class TightenForm(Plain):
    """收紧。"""

    to = forms.ChoiceField(
        label="改成",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Opening.RESTRICTED, Opening.PROHIBITED, Opening.PENDING)],
    )
    reason = long_text("理由", hint="公众看得到。提交以后，网上的数据和文件马上都没有了。", most=300)
    conditions = long_text("开放条件", required=False, hint="改成受限开放的必填。")
    basis = forms.CharField(label="依据", max_length=300, required=False, help_text="改成禁止开放的必填。")


class ReasonForm(Plain):
    """一步的理由。"""

    reason = long_text("理由", most=300)


class ApproveForm(Plain):
    """批准、不批准。"""

    verdict = forms.ChoiceField(
        label="意见", choices=(("yes", "批准"), ("no", "不批准")), widget=forms.RadioSelect
    )
    note = long_text("说明", required=False, most=300, hint="不批准的必填。")


class OpenForm(Plain):
    """签字开放。"""

    conclusion = long_text(
        "隐私检查的结论", most=300, hint="看过体检的命中和各列，写明没有个人信息，或者怎样处理过。"
    )
    seen = seen_field()


class EndForm(ReasonForm):
    """停止更新。"""

    until = day_field("数据截止到", required=False)


class DecideForm(Plain):
    """审核受限数据的申请。"""

    verdict = forms.ChoiceField(
        label="意见", choices=(("yes", "同意"), ("no", "不同意")), widget=forms.RadioSelect
    )
    reason = long_text("理由", required=False, hint="不同意的必填，申请人看得到。")
    terms = long_text("另外的条件", required=False, hint="写进协议。")
    seen = seen_field()


class AnswerForm(Plain):
    """回应需求。"""

    outcome = forms.ChoiceField(label="回应", choices=[("", CHOOSE), *DemandOutcome.choices()])
    dataset = forms.CharField(
        label="对应的数据集编号", max_length=40, required=False, help_text="已经开放、已有数据的必填。"
    )
    reply = long_text("说明", hint="公开。不能开放的写明依据。")

    def clean_dataset(self) -> Dataset | None:
        code = self.cleaned_data["dataset"].strip().upper()
        if not code:
            return None
        found = Dataset.objects.listed().filter(code=code).first()
        if found is None:
            raise forms.ValidationError(f"目录里没有编号是“{code}”的数据集。")
        return found


class ShowForm(Plain):
    """核对成果。"""

    verdict = forms.ChoiceField(
        label="意见", choices=(("yes", "展示"), ("no", "不展示")), widget=forms.RadioSelect
    )
    reason = long_text("理由", required=False, most=200, hint="不展示的必填。")


class CiteForm(Plain):
    """登记报告引用的数据。"""

    record = RecordChoice(label="报告", help_text="索引号、文号或者网址。")
    version = forms.ModelChoiceField(Version.objects.none(), label="哪一版", empty_label=None)
    text = forms.CharField(label="报告里怎样说", max_length=120, help_text="如“全区公共停车位1,260个”。")
    how = forms.CharField(label="怎样从数据得出", max_length=200, help_text="如“车位数一列合计”。")

    def __init__(self, *args: Any, dataset: Dataset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = Version.objects.public().filter(dataset=dataset)  # type: ignore[attr-defined]


class ApplicationFilter(Filter):
    """申请清单的筛选。"""

    state = forms.ChoiceField(label="环节", required=False, choices=[ALL, *ApplicationState.choices()])
