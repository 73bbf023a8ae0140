"""村(居)务公开的表单。"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms import Filter, Plain, PlainModel, long_text
from gongkai.law.agencies import AgencyKind
from gongkai.law.villages import Affairs
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from ..models import Village
from ..terms import PeriodState
from .fields import Seen


class VillageForm(PlainModel):
    """一个村、社区。"""

    class Meta:
        model = Village
        fields = ["town", "name", "is_community", "heavy", "board", "committee", "supervisors", "phone"]
        help_texts = {
            "heavy": "集体财务往来较多的，收支每月公布；其余的每季度公布。",
            "committee": "几个人用顿号隔开；他们不能作监督委员会成员审查。",
            "supervisors": "几个人用顿号隔开。",
        }

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = access.agencies_of(user, "standards.post").current(on).filter(kind=AgencyKind.TOWN)  # type: ignore[attr-defined]
        self.fields["town"].queryset = towns  # type: ignore[attr-defined]


class VillageFilter(Filter):
    """村社清单的筛选。"""

    town = forms.ModelChoiceField(
        Agency.objects.filter(kind=AgencyKind.TOWN),
        label="镇（街道）",
        to_field_name="code",
        required=False,
        empty_label="全部",
    )
    state = forms.ChoiceField(label="最近一期", required=False, choices=[("", "全部"), *PeriodState.choices()])


class ItemForm(Seen):
    """一条党务、村务、财务。"""

    kind = forms.ChoiceField(
        label="哪一类", choices=Affairs.choices(), widget=forms.RadioSelect, initial=Affairs.VILLAGE
    )
    title = forms.CharField(label="标题", max_length=120)
    content = long_text(
        "内容", rows=5, required=False, hint="姓名和金额可以写；身份证号、银行账号、病名、残疾等级不能写。"
    )
    is_list = forms.BooleanField(label="是名单（到期自动撤下）", required=False)
    happened_on = day_field(
        "重大财务事项发生之日", required=False, help_text="不是重大财务事项的不填；填了的按发生之日算公布期限。"
    )


class EntriesForm(Seen):
    """记账:一行一笔,可以从表格里贴过来。"""

    lines = long_text(
        "账目",
        rows=6,
        hint="一行一笔：日期 收或者支 摘要 金额，中间用空格或者逗号，例如：7月3日 收 门面租金 12000",
    )

    def __init__(self, *args: Any, year: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_lines(self) -> list[tuple[date, bool, str, Decimal]]:
        found, faults = [], []
        for number, text in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not text.strip():
                continue
            try:
                found.append(entry_of(text, self.year))
            except ValueError as error:
                faults.append(f"第{number}行：{error}")
        if faults:
            raise ValidationError(faults)
        return found


_DAY = re.compile(r"(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})日?")


def entry_of(text: str, year: int) -> tuple[date, bool, str, Decimal]:
    """One line of the accounts: day, 收 or 支, what, amount.

    Raises:
        ValueError: with what is missing, as a phrase.

    >>> entry_of("7月3日 收 门面租金 12,000.50", 2026)
    (datetime.date(2026, 7, 3), True, '门面租金', Decimal('12000.50'))
    """
    parts = [part for part in re.split(r"[\s\t，；;]+|,(?!\d{3}\b)", text.strip()) if part]
    if len(parts) < 4:
        raise ValueError("要有日期、收或者支、摘要、金额四样")
    day = _DAY.fullmatch(parts[0])
    if day is None:
        raise ValueError(f"“{parts[0]}”不是日期")
    if parts[1][:1] not in "收支":
        raise ValueError(f"“{parts[1]}”不是收，也不是支")
    try:
        amount = Decimal(parts[-1].replace(",", "").rstrip("元")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError(f"“{parts[-1]}”不是金额") from None
    try:
        on = date(int(day[1] or year), int(day[2]), int(day[3]))
    except ValueError:
        raise ValueError(f"没有“{parts[0]}”这一天") from None
    return on, parts[1].startswith("收"), " ".join(parts[2:-1]), amount


class SuperviseForm(Seen):
    """监督委员会的审查。"""

    names = forms.CharField(
        label="审查的成员", max_length=200, help_text="几个人用顿号隔开；村（居）民委员会成员和近亲属回避。"
    )
    on = day_field("审查之日")
    agrees = forms.ChoiceField(
        label="结论", choices=[("yes", "同意公布"), ("no", "不同意，退回填报")], widget=forms.RadioSelect
    )
    opinion = long_text("意见", rows=2, required=False, most=500)

    def clean_names(self) -> list[str]:
        return [one for one in re.split(r"[、，,\s]+", self.cleaned_data["names"]) if one]


class PostForm(Seen):
    """上墙。"""

    posted_on = day_field("哪一天上墙")
    photo = forms.FileField(
        label="公开栏照片",
        required=False,
        help_text="手机拍就行（JPEG、PNG）；拍照的地点、机型会去掉。",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )


class DownForm(Seen):
    """撤牌。"""

    on = day_field("哪一天撤牌")


class AnswerObjectionForm(Plain):
    """答复异议。"""

    answer = long_text("答复", rows=5, hint="查了什么、结果怎样、怎样改；答复会公开，提的人是谁不公开。")


class ObjectionForm(Plain):
    """公众提异议。"""

    text = long_text("哪里不对", rows=5, hint="写明哪一条、哪一笔、为什么。", most=2000)
    name = forms.CharField(label="怎样称呼您", max_length=40, required=False)
    phone = forms.CharField(
        label="联系电话", max_length=30, required=False, help_text="可以不填；填了的加密保存，不公开。"
    )

    def contact(self) -> dict[str, str]:
        """What was given of the person."""
        return {key: self.cleaned_data[key] for key in ("name", "phone") if self.cleaned_data[key]}


class LookForm(Plain):
    """凭编号和查询码看。"""

    number = forms.CharField(label="编号", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(label="查询码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
