"""云诊所的表单:公众的问卷(由问题编成),工作台拆事项、写条件、填兑现。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve

from gongkai.desk.forms import Plain

from .amounts import AmountKind, number
from .fit import Answer, Audience, FactKind
from .models import Fact, Measure

_YES_NO = [("", "不清楚"), ("yes", "是"), ("no", "否")]
_LONG = forms.Textarea(attrs={"rows": 3})


def _date(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, help_text=hint)


class NumberField(forms.CharField):
    """一个不小于零、至多两位小数的数。"""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=16, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if (found := number(text)) is None:
            raise ValidationError(f"“{text}”不是数，请只填数字，至多两位小数。")
        return found


class Questionnaire(Plain):
    """公众的问卷:哪一题都可以不答;答得读不懂的,当作没有答,并说明。"""

    def __init__(self, facts: Iterable[Fact], data: Any = None) -> None:
        self.facts = list(facts)
        self.base_fields = {}
        super().__init__(data)
        for fact in self.facts:
            self.fields[self.name(fact)] = _question(fact)
            if fact.hint:
                self.fields[self.name(fact)].widget.attrs["aria-describedby"] = f"id_{self.name(fact)}_hint"

    @staticmethod
    def name(fact: Fact) -> str:
        return f"a-{fact.key}"

    def answers(self) -> dict[str, Answer]:
        """The answers that could be read."""
        self.is_valid()
        found: dict[str, Answer] = {}
        for fact in self.facts:
            value = self.cleaned_data.get(self.name(fact))
            if value not in (None, ""):
                found[fact.key] = value == "yes" if fact.kind == FactKind.YES_NO else value
        return found


def _question(fact: Fact) -> forms.Field:
    shared: dict[str, Any] = {"label": fact.label, "required": False, "help_text": fact.hint}
    if fact.kind == FactKind.YES_NO:
        return forms.ChoiceField(choices=_YES_NO, widget=forms.RadioSelect, initial="", **shared)
    if fact.kind in (FactKind.CHOICE, FactKind.PLACE):
        return forms.ChoiceField(choices=[("", "不清楚"), *((one, one) for one in fact.options)], **shared)
    if fact.kind == FactKind.DATE:
        return _date(fact.label, fact.hint)
    shared["label"] = f"{fact.label}（{fact.unit}）" if fact.unit else fact.label
    return NumberField(**shared)


class WorkForm(Plain):
    """计算器:报一个数。"""

    n = NumberField(label="数")

    def __init__(self, measure: Measure, data: Any = None) -> None:
        super().__init__(data)
        self.fields["n"].label = f"{measure.amount.base}（{measure.amount.unit}）"


class FactForm(Plain):
    """添一个问题。"""

    label = forms.CharField(label="问法", max_length=120, help_text="问公众的一句话，如“持有残疾人证吗”。")
    key = forms.SlugField(label="键", max_length=40, help_text="小写英文，不重复，如 disabled。")
    kind = forms.ChoiceField(label="类型", choices=FactKind.choices())
    unit = forms.CharField(label="单位", required=False, max_length=12, help_text="数的单位，如“周岁”。")
    options = forms.CharField(label="选项", required=False, widget=_LONG, help_text="选一项和地方的，一行一个。")
    hint = forms.CharField(label="提示", required=False, max_length=200)

    def clean_options(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]


_GUIDE = "请从指南那一页的地址栏里整个拷来，如 https://www.example.gov.cn/services/guides/1/。"
_AMOUNT = ("yuan", "high", "cap", "percent", "tiers", "base", "unit")


def _is_public_page(path: str) -> bool:
    try:
        return "public" in resolve(path).namespaces
    except Resolver404:
        return False


class MeasureForm(Plain):
    """一个事项。"""

    title = forms.CharField(
        label="名称", max_length=80, help_text="公众一看就懂的名称，如“残疾人买辅助器具补贴”。"
    )
    audience = forms.ChoiceField(label="给谁", choices=Audience.choices())
    benefit = forms.CharField(label="给什么", max_length=1000, widget=_LONG)
    benefit_article = forms.CharField(label="出自哪一条", required=False, max_length=40)
    amount_kind = forms.ChoiceField(label="数额", choices=AmountKind.choices())
    yuan = forms.CharField(
        label="多少元", required=False, max_length=16, help_text="固定数额、范围的下限，或者每单位多少元。"
    )
    high = forms.CharField(label="范围的上限（元）", required=False, max_length=16)
    percent = forms.CharField(label="百分之几", required=False, max_length=8)
    tiers = forms.CharField(
        label="分档",
        required=False,
        max_length=600,
        widget=_LONG,
        help_text="一行一档，从小到大，如“30=1000”是不超过30的给1000元；最后一行写“以上=3000”。",
    )
    base = forms.CharField(label="按什么数算", required=False, max_length=40, help_text="如“装机功率”“设备投入”。")
    unit = forms.CharField(label="这个数的单位", required=False, max_length=12, help_text="如“千瓦”“元”。")
    cap = forms.CharField(label="最高多少元", required=False, max_length=16, help_text="不封顶的不填。")
    opens_on = _date("开始受理", "全年受理的，两个日期都不填。")
    closes_on = _date("截止受理")
    deadline = forms.CharField(
        label="申请时限", required=False, max_length=120, help_text="如“购买以后半年以内”。"
    )
    materials = forms.CharField(
        label="材料", required=False, max_length=2000, widget=_LONG, help_text="一行一样。"
    )
    place = forms.CharField(label="到哪里办", max_length=200)
    how = forms.CharField(label="怎样办", max_length=1000, widget=_LONG)
    guide = forms.CharField(
        label="办事指南的网址",
        required=False,
        max_length=200,
        help_text="本站指南的网址，或者省政务服务网上的。填了，公众从事项卡一步到那里去办。",
    )
    contact = forms.CharField(label="咨询电话", max_length=80)
    estimated = forms.IntegerField(label="估计多少人（家）够得上", required=False, min_value=0, max_value=10**9)
    estimated_from = forms.CharField(label="估计的依据", required=False, max_length=200)

    @staticmethod
    def initial_of(measure: Measure) -> dict[str, Any]:
        """What it holds, as the form's initial values."""
        names = [name for name in MeasureForm.base_fields if name not in _AMOUNT]
        return {**{name: getattr(measure, name) for name in names}, **measure.amount_data}

    def clean_guide(self) -> str:
        """An address on this site is kept as its path, so that it outlives a change of the site's name."""
        given: str = self.cleaned_data["guide"]
        parts = urlsplit(given)
        path = parts.path if parts.hostname in (None, *settings.ALLOWED_HOSTS) else ""
        if given and not path.startswith("/"):
            URLValidator(["http", "https"], message=f"“{given}”不是网址。{_GUIDE}")(given)
        elif given and not _is_public_page(path):
            raise ValidationError(f"本站没有“{path}”这一页。{_GUIDE}")
        return path if path.startswith("/") else given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["amount_data"] = {name: data.pop(name) for name in _AMOUNT if data.get(name)}
        for name in _AMOUNT:
            data.pop(name, None)
        return data


class ConditionForm(Plain):
    """一条条件:问题已经选好,按它的类型给出怎样算符合。"""

    quote = forms.CharField(label="政策里的原话", max_length=300, widget=_LONG, help_text="照抄，一个字不改。")
    article = forms.CharField(label="哪一条", max_length=40, help_text="如“第二条”。")
    group = forms.TypedChoiceField(
        label="同别的条件是什么关系",
        coerce=int,
        empty_value=0,
        required=False,
        choices=[("", "这一条必须满足"), *((n, f"第{n}组里满足一条就够") for n in range(1, 10))],
        help_text="几条里满足其中一条就够的，选同一组。",
    )

    def __init__(self, fact: Fact, data: Any = None) -> None:
        super().__init__(data)
        for name, field in _wanted(fact).items():
            self.fields[f"w_{name}"] = field
        self.order_fields([*(name for name in self.fields if name.startswith("w_"))])

    def wants(self) -> dict[str, Any]:
        """What is stored: strings, lists of strings, or a truth value."""
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("w_") and value not in (None, "", []):
                key = name.removeprefix("w_")
                found[key] = value == "yes" if key == "yes" else value if isinstance(value, list) else str(value)
        return found


def _wanted(fact: Fact) -> dict[str, forms.Field]:
    if fact.kind == FactKind.YES_NO:
        return {"yes": forms.ChoiceField(label="怎样算符合", choices=_YES_NO[1:], widget=forms.RadioSelect)}
    if fact.kind in (FactKind.CHOICE, FactKind.PLACE):
        choices = [(one, one) for one in fact.options]
        return {
            "among": forms.MultipleChoiceField(
                label="哪几项符合", choices=choices, widget=forms.CheckboxSelectMultiple
            )
        }
    if fact.kind == FactKind.NUMBER:
        return {
            "low": NumberField(label="不小于", required=False),
            "high": NumberField(label="不大于", required=False),
        }
    return {"since": _date("不早于"), "until": _date("不晚于")}


class RedeemForm(Plain):
    """一年的兑现。"""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    applied = forms.IntegerField(label="申请（件）", min_value=0, max_value=10**9)
    granted = forms.IntegerField(label="得到（件）", min_value=0, max_value=10**9)
    yuan = forms.DecimalField(label="兑现金额（元）", min_value=0, max_digits=16, decimal_places=2)
    source = forms.CharField(label="数的来源", max_length=120, help_text="如“业务系统导出，截至年底”。")


class EndForm(Plain):
    """结束一个事项。"""

    why = forms.CharField(label="结束的原因", max_length=200, help_text="公众看得见，如“本年度资金已经用完”。")
