"""方案、任务、进展、整改、登记的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.figures import figures
from gongkai.desk.forms import Filter, Plain, long_text, seen_field
from gongkai.law.supervision import Light, TaskKind, UnitRole, quarter
from gongkai.org import access
from gongkai.org.fields import agency_field, agency_filter
from gongkai.org.models import Agency, User
from gongkai.records.forms import RecordChoice, day_field

from .models import Plan, Task
from .terms import Group, NoticeKind, PieceState, Verdict

RECORD_HINT = "填索引号、文号或者网址。"


def line_field(label: str, most: int = 200, *, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


class SeenForm(Plain):
    """只有一个按钮的一步。"""

    seen = seen_field()


class PlanForm(Plain):
    """带来一份方案、要点或者任务分解表。"""

    agency = agency_field("印发机关", by_code=True)
    title = line_field("名称")
    number = line_field("文号", 80, required=False)
    issued_on = day_field("成文日期")
    starts_on = day_field("自何日起")
    ends_on = day_field("到何日止")
    file = forms.FileField(label="文件", required=False, help_text="Word、WPS、PDF、Excel、纯文本；或者贴在下面。")
    text = long_text(
        "原文", rows=10, required=False, hint="贴全文或者整张表（一行一项，列之间用竖线）。", most=200000
    )
    record = RecordChoice(label="公开的文件", required=False, help_text=RECORD_HINT)
    before = forms.ModelChoiceField(
        Plan.objects.none(),
        label="上一年的",
        required=False,
        empty_label="没有",
        help_text="好“回头看”上年的任务。",
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "supervision.plan").current(on)  # type: ignore[attr-defined]
        self.fields["before"].queryset = Plan.objects.filter(ends_on__lt=on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("text"):
            raise forms.ValidationError("文件和原文都没有。请带来文件，或者贴上原文。")
        return given


class TaskForm(Plain):
    """改一项任务。"""

    text = long_text("内容", rows=3)
    clause = line_field("条款", 12, required=False)
    heading = line_field("所属任务", 80, required=False)
    kind = forms.ChoiceField(label="种类", choices=TaskKind.choices())
    due_written = line_field("原文的时限", 100, required=False)
    due_on = day_field("哪天以前", required=False, help_text="原文没有写的不填，不要替它定年底。")
    starts_on = day_field("自何日起", required=False)
    standard = line_field("完成标准", 300, required=False)
    proof = line_field("证据要求", 300, required=False)
    gatherer = agency_field("汇总单位", required=False, by_code=True, without="不选")
    figures = forms.MultipleChoiceField(
        label="靠哪些数看", required=False, widget=forms.CheckboxSelectMultiple, help_text="系统自己会数的。"
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gatherer"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]
        chosen, clause = self.initial.get("figures") or (), self.initial.get("clause")
        known = figures().items()
        # 已经选的、这一条靠的在前
        rows = sorted(known, key=lambda row: (row[0] not in chosen, clause not in row[1].clauses))
        self.fields["figures"].choices = [(key, figure.label) for key, figure in rows]  # type: ignore[attr-defined]


class PieceForm(Plain):
    """把名称对到单位。"""

    role = forms.ChoiceField(label="角色", choices=UnitRole.choices())
    agency = agency_field("单位", required=False, by_code=True, without="不选")
    group = forms.ChoiceField(label="或者一类单位", required=False, choices=[("", "不选"), *Group.choices()])
    outside = line_field(
        "或者本区以外的、不是公开单位的", 100, required=False, hint="照原文写，例如法院；只列着，不派任务。"
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]


class NewTaskForm(Plain):
    """补一项漏读的任务。"""

    text = long_text("内容", rows=3)


class AdjustForm(Plain):
    """经批准调整时限。"""

    due_on = day_field("新的时限", required=False)
    approval = line_field("批准的文号、会议", 120)
    reason = line_field("为什么调整")


class ReportForm(Plain):
    """报进展。"""

    seen = seen_field()
    text = long_text("做了什么", rows=5, hint="写事实：哪天、做了什么、多少。", most=3000)
    period = forms.ChoiceField(label="哪个季度的", required=False)
    done = forms.BooleanField(label="已经完成，请验证", required=False)
    record = RecordChoice(label="证据：公开的信息", required=False, help_text=RECORD_HINT + "公众看得到的才行。")
    second = RecordChoice(label="证据：另一件公开的信息", required=False, help_text=RECORD_HINT)
    note = line_field(
        "证据：网址、材料", 300, required=False, hint="涉密、不公开的材料写存放在哪里，由督查当面核对。"
    )

    def __init__(self, *args: Any, task: Task, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here, choices = quarter(on), [("", "不按季度")]
        for year_quarter in _quarters(here.year):
            if year_quarter.first <= on:
                choices.append((year_quarter.key, year_quarter.label))
        self.fields["period"].choices = choices  # type: ignore[attr-defined]
        if task.kind in (TaskKind.CONTINUING, TaskKind.MONTHLY):
            del self.fields["done"]


def _quarters(year: int) -> list[Any]:
    first = quarter(date(year - 1, 12, 31))
    found = [first]
    for _ in range(4):
        found.append(found[-1].following)
    return found


class JudgeForm(Plain):
    """验证。"""

    verdict = forms.ChoiceField(label="结论", choices=Verdict.choices(), widget=forms.RadioSelect)
    opinion = long_text("看到了什么、差什么", rows=3, required=False, hint="退回的要写差什么。", most=300)


class AsideForm(Plain):
    """暂缓、不适用。"""

    seen = seen_field()
    state = forms.ChoiceField(
        label="怎样",
        choices=[(one.value, one.label) for one in (PieceState.SUSPENDED, PieceState.INAPPLICABLE)],
        widget=forms.RadioSelect,
    )
    reason = line_field("理由", 300)
    approval = line_field("批准的文号、会议", 120, required=False, hint="暂缓的要写。")


class ReasonForm(Plain):
    """写一句理由。"""

    seen = seen_field()
    reason = line_field("理由")


class VoidForm(Plain):
    """作废一条登记。"""

    reason = line_field("为什么作废")


class CorrectionForm(Plain):
    """下达整改。"""

    agency = agency_field("单位", by_code=True)
    subject = line_field("什么问题", 120)
    facts = long_text("事实", hint="写时间、栏目、数量，不写形容词，不写自然人。")
    basis = line_field("依据", required=False)
    requirement = line_field("要改成怎样", 300)
    due_on = day_field("整改期限")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = access.agencies_of(user, "supervision.correct").current(on)
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]


class AnswerForm(Plain):
    """自报整改。"""

    seen = seen_field()
    text = long_text("怎样改的")
    record = RecordChoice(label="改好以后的信息", required=False, help_text=RECORD_HINT)


class ReviewForm(Plain):
    """复核整改。"""

    seen = seen_field()
    passed = forms.TypedChoiceField(
        label="结论",
        choices=[("yes", "改好了，销号"), ("no", "没有改好，退回")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    text = long_text("复核的情况", rows=3, hint="写哪天、在哪里看到什么。")


class EscalateForm(Plain):
    """往上提一级。"""

    seen = seen_field()
    text = long_text("说明", rows=3, required=False)


class AdviceForm(Plain):
    """处理建议。"""

    agency = agency_field("单位", by_code=True)
    facts = long_text("事实")
    proof = line_field("证据", 300)
    basis = line_field("依据", hint="例如《条例》第五十三条。")
    impact = line_field("影响", 300, required=False)
    advice = line_field("建议", 300)
    heard = long_text("单位的陈述、申辩", rows=3)
    sent_to = line_field("送哪个机关", 80)
    sent_on = day_field("送出之日")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = access.agencies_of(user, "supervision.correct").current(on)
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]


class AdviceResultForm(Plain):
    """登记处理结果。"""

    result = line_field("处理结果", 300)
    result_on = day_field("结果之日")


class NoticeForm(Plain):
    """起草通报。"""

    agency = agency_field("印发机关", by_code=True)
    kind = forms.ChoiceField(label="种类", choices=NoticeKind.choices(), widget=forms.RadioSelect)
    title = line_field("标题")
    since = day_field("自")
    until = day_field("至")
    round = forms.ModelChoiceField(None, label="哪次考核", required=False, empty_label="不按考核，按台账")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from .models import Round
        from .terms import RoundState

        rows = access.agencies_of(user, "supervision.correct").current(on)
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]
        self.fields["round"].queryset = Round.objects.filter(state=RoundState.DECIDED)  # type: ignore[attr-defined]


class NoticeTextForm(Plain):
    """改通报的文字。"""

    seen = seen_field()
    lead = long_text("开头")
    demand = long_text("要求")


class IssueForm(Plain):
    """印发。"""

    seen = seen_field()
    number = line_field("文号", 80, required=False)


class DayFilter(Filter):
    """算到哪一天。"""

    on = day_field("算到哪天", required=False)


class PlanFilter(Filter):
    """筛选一份方案的任务。"""

    agency = agency_filter()
    light = forms.ChoiceField(
        label="现在", required=False, choices=[("", "全部"), ("troubles", "该看的"), *Light.choices()]
    )


class RegisterFilter(Filter):
    """筛选登记。"""

    agency = agency_filter()
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)


class CorrectionFilter(Filter):
    """筛选整改。"""

    agency = agency_filter()
    state = forms.ChoiceField(
        label="环节",
        required=False,
        choices=[("", "在办的"), ("late", "逾期的"), ("closed", "已销号"), ("all", "全部")],
    )
