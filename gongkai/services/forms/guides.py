"""改指南的表单:一部分一张,成串的要素一行一组。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from gongkai.adapters.plaintext import clean
from gongkai.desk.forms import CHOOSE, Plain, seen_field
from gongkai.law import certificates
from gongkai.law.guides import Unit

from ..models import Version
from ..shape import MOST
from ..terms import (
    Audience,
    BodyKind,
    CaseType,
    ItemType,
    Level,
    MaterialForm,
    MaterialSource,
    Need,
    Online,
    Power,
    ResultKind,
    Theme,
)
from .fields import day, lines, number, pick, ticks, words

#: 每次多给几行空的。
SPARE = 3


class Seen(Plain):
    """带着看过的一稿的记号。"""

    seen = seen_field()


class IdentityForm(Seen):
    """身份。"""

    name = words("事项名称", 120, required=True, help_text="同目录里的一样。")
    code = words("实施编码", 60, help_text="31位：统一社会信用代码18位、层级1位、基本编码12位；从省里的事项库抄。")
    item_type = pick("事项类型", ItemType)
    body_kind = pick("实施主体性质", BodyKind)
    entrusted_by = words("委托部门", 80, help_text="受委托的才填。")
    power = pick("权力来源", Power)
    level = pick("行使层级", Level)
    audiences = ticks("给谁办", Audience.choices())
    theme = pick("主题", Theme, help_text="一本通和网站按它编索引。")
    effective_on = day("计划生效日期")
    cancel_on = day("计划取消日期", help_text="到了这一天还没有取消的，会提醒。")


class BasisForm(Seen):
    """依据;各条在下面。"""


class ConditionsForm(Seen):
    """条件。"""

    conditions = lines(
        "受理条件", rows=8, hint="一行写一条，每条都判断得出符合不符合；不写“其他条件”“符合有关规定”。"
    )
    quantity = words("数量限制", 120, help_text="有数量限制的才填。")


class MaterialsForm(Seen):
    """材料;各样在下面。"""

    no_materials = forms.BooleanField(label="不用交材料", required=False)


class LimitsForm(Seen):
    """时限。"""

    case_type = pick("办件类型", CaseType)
    legal_n = number("法定时限")
    legal_unit = pick("法定时限的单位", Unit)
    legal_note = words("法定时限的依据", 200, help_text="写到条款，如《行政许可法》第四十二条。")
    promise_n = number("承诺时限")
    promise_unit = pick("承诺时限的单位", Unit)
    promise_note = words("承诺时限的说明", 200)


class StepsForm(Seen):
    """流程;各环节在下面。"""

    excluded = lines("不计入时限的", rows=3, hint="哪个环节、依据、最长多久；没有的留空。")


class FeesForm(Seen):
    """收费;各项在下面。"""

    charged = forms.TypedChoiceField(
        label="收不收费",
        choices=[("", CHOOSE), ("no", "不收费"), ("yes", "收费")],
        required=False,
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
    )


class ResultForm(Seen):
    """结果。"""

    result = words("办理结果", 120, help_text="证照、批文的名称。")
    result_kind = pick("结果的种类", ResultKind)
    result_sample = words("结果样本", 300, help_text="样本的网址。")
    validity = words("有效期", 120)
    certificate = forms.ChoiceField(
        label="证照到期提醒",
        required=False,
        help_text="选了的，公众在这一页可以设到期提醒。",
        choices=lambda: [("", "不用提醒"), *((key, one.name) for key, one in certificates.kinds().items())],
    )
    delivery = words("怎样送达", 200)


class ContactForm(Seen):
    """去哪里、问谁。"""

    online = pick("网上办理", Online)
    online_url = forms.URLField(label="网上办理的网址", required=False, max_length=300, assume_scheme="https")
    visits = number("到现场几次", most=9)
    visits_reason = words("为什么要到现场", 200)
    place = words("办理地点", 200, help_text="写到路名、门牌、楼层。")
    window = words("窗口", 80)
    hours = words("办理时间", 200, help_text="写周几、几点到几点。")
    consult = words("咨询电话", 120, help_text="带区号的座机，如0571-00000000。")
    complaint = words("投诉电话", 120, help_text="同咨询电话不是一个。")
    complaint_ways = words("别的投诉渠道", 300, help_text="窗口、信函、网络。")
    remedy = lines("救济途径", rows=3, hint="向哪里申请行政复议、向哪个法院起诉。")
    scopes = words("通办范围", 120)


class BasisRow(Plain):
    """一条依据。"""

    law = words("法规", 200, help_text="全称，带文号。")
    article = words("条款", 60)
    text = lines("原文", rows=3)


class SituationRow(Plain):
    """一个情形。"""

    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    text = words("问办事人的话", 120, help_text="如“经营什么”“是本人来办吗”。")
    options = words("选项", 300, help_text="用顿号分开，如“热食、冷食、饮品”。")

    def row(self) -> dict[str, Any]:
        parts = self.cleaned_data["options"].replace("；", "、").replace("，", "、").split("、")
        return {
            "key": self.cleaned_data["key"],
            "text": self.cleaned_data["text"],
            "options": list(dict.fromkeys(part.strip() for part in parts if part.strip())),
        }


class MaterialRow(Plain):
    """一样材料。"""

    name = words("材料名称", 120)
    need = forms.ChoiceField(label="要不要交", choices=Need.choices(), required=False)
    source = forms.ChoiceField(label="从哪里来", choices=MaterialSource.choices(), required=False)
    form = forms.ChoiceField(label="形式", choices=MaterialForm.choices(), required=False)
    originals = number("原件份数", most=99)
    copies = number("复印件份数", most=99)
    basis = words("依据", 200, help_text="要这样材料的条款。")
    sample = words("样表网址", 300)
    points = words("审查要点", 300, help_text="看什么、怎样算合格。")
    by = words("由哪项中介服务出具", 120, help_text="照中介服务清单填；清单里没有的不得要。")
    when = ticks("什么情形才要", (), help_text="都不勾，就是都要。")

    def __init__(self, *args: Any, situations: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(f"{one.key}|{option}", f"{one.text}：{option}") for one in situations for option in one.options]
        if pairs:
            self.fields["when"].choices = pairs  # type: ignore[attr-defined]
        else:
            del self.fields["when"]

    def row(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["when"] = when_of(given.get("when", []))
        return {name: value for name, value in given.items() if value is not None}


class StepRow(Plain):
    """一个环节。"""

    name = words("环节", 60)
    who = words("谁办", 80)
    n = number("时限")
    unit = pick("单位", Unit)
    counted = forms.BooleanField(label="计入时限", required=False, initial=True)
    bound = words("不计入的：依据和最长多久", 200)
    result = words("办出什么", 200)


class FeeRow(Plain):
    """一项收费。"""

    item = words("收费项目", 120, help_text="照收费目录。")
    standard = words("标准", 200)
    basis = words("依据", 300)
    relief = words("减免", 200, help_text="没有的写“无”。")
    online = forms.BooleanField(label="可以网上支付", required=False)


def when_of(pairs: Sequence[str]) -> dict[str, list[str]]:
    """``["k|甲", "k|乙"]`` as ``{"k": ["甲", "乙"]}``."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        key, _, option = pair.partition("|")
        found.setdefault(key, []).append(option)
    return found


def pairs_of(when: dict[str, list[str]]) -> list[str]:
    """The other way round."""
    return [f"{key}|{option}" for key, options in when.items() for option in options]


@dataclass(frozen=True, slots=True)
class Section:
    """指南的一部分:名称、说明、表单、成串的要素(列名、叫法、一行的表单)。"""

    label: str
    form: type[Plain]
    rows: tuple[tuple[str, str, type[Plain]], ...] = ()
    hint: str = ""


SECTIONS: dict[str, Section] = {
    "identity": Section("事项", IdentityForm),
    "basis": Section(
        "依据",
        BasisForm,
        (("bases", "依据", BasisRow),),
        "法律、法规、规章和国务院决定；没有依据的不得增设条件和环节。",
    ),
    "conditions": Section("条件", ConditionsForm),
    "materials": Section(
        "材料",
        MaterialsForm,
        (("situations", "情形", SituationRow), ("materials", "材料", MaterialRow)),
        "先写情形（问办事人的话），保存以后每样材料可以选什么情形才要。清空名称就是去掉这一行。",
    ),
    "limits": Section("时限", LimitsForm, hint="单位不同的先换算再比，自然日不是工作日。"),
    "steps": Section("流程", StepsForm, (("steps", "环节", StepRow),), "各环节加起来不超过承诺的时限。"),
    "fees": Section(
        "收费", FeesForm, (("fees", "收费项目", FeeRow),), "不收费的也要写明；收费的项目要在政府收费目录里。"
    ),
    "result": Section("结果", ResultForm),
    "contact": Section("去哪里、问谁", ContactForm),
}


def rows_of(kind: type[Plain], rows: Sequence[Any], data: Any, prefix: str, **options: Any) -> BaseFormSet:
    """The rows of a list as forms, with some empty ones after them."""
    initial = []
    for row in rows:
        plain = row.plain()
        if "when" in plain:
            plain["when"] = pairs_of(plain["when"])
        if "options" in plain:
            plain["options"] = "、".join(plain["options"])
        initial.append(plain)
    made = formset_factory(kind, extra=SPARE, max_num=MOST, absolute_max=MOST)
    return made(data, initial=initial, prefix=prefix, form_kwargs=options)


def values_of(formset: BaseFormSet, first: str) -> list[dict[str, Any]]:
    """The filled rows as they are stored; situations without a key get one."""
    found = []
    for form in formset.forms:
        if not form.cleaned_data:  # 多给的空行
            continue
        row: dict[str, Any] = form.row() if hasattr(form, "row") else dict(form.cleaned_data)
        if row.get(first) or (first == "key" and row.get("text")):
            found.append({name: value for name, value in row.items() if value is not None})
    if first == "key":
        used = {row["key"] for row in found}
        fresh = (f"s{number}" for number in range(1, 1000) if f"s{number}" not in used)
        for row in found:
            row["key"] = row["key"] or next(fresh)
    return found


def start_of(version: Version | None, names: Sequence[str]) -> dict[str, Any]:
    """The form's values out of a version."""
    found = {name: getattr(version, name) for name in names if version is not None and hasattr(version, name)}
    if found.get("charged") is not None:
        found["charged"] = "yes" if found["charged"] else "no"
    return found


class GuideNewForm(Plain):
    """建立一个事项。"""

    agency = forms.ModelChoiceField(None, label="实施主体", empty_label=CHOOSE)
    name = words("事项名称", 120, required=True, help_text="同目录里的一样。")
    item_type = pick("事项类型", ItemType, required=True)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class ImportForm(Plain):
    """导入。"""

    agency = forms.ModelChoiceField(None, label="实施主体", empty_label=CHOOSE)
    file = forms.FileField(
        label="文件",
        required=False,
        help_text="XLSX（第一行写要素名称，一行一份）、DOCX、HTML、PDF、文字（一个文件一份）。",
    )
    text = lines("或者贴上文字", rows=8, hint="一份指南的全文。", most=50_000)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not clean(given.get("text") or "").strip():
            raise forms.ValidationError("请选一个文件，或者贴上文字。")
        return given


class PublishForm(Seen):
    """公布。"""

    change_note = words("改了什么", 200, help_text="第一次公布的可以不写；以后的写一句话，办事的人看得到。")


class WhyForm(Seen):
    """写明原因的一步。"""

    why = lines("原因，以后怎么办", rows=3, required=True, hint="办事的人看得到。", most=300)


class ConfirmForm(Seen):
    """只要确认的一步。"""


class FaqForm(Plain):
    """拟一个常见问题。"""

    question = words("问题", 200, required=True, help_text="照办事的人平常的话写。")
    answer = lines("答案", rows=5, required=True)
    source = words("来自", 120, help_text="如“12345工单归纳”“来信LX-2026-0012”；不写个人信息。")
