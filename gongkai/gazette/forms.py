"""工作台和公众检索的表单。"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from gongkai.desk.forms import CHOOSE, Filter, Plain, seen_field
from gongkai.desk.forms import long_text as _long_text
from gongkai.law.gazette import IssueKind, Refusal
from gongkai.org import access
from gongkai.org.fields import agency_filter
from gongkai.org.models import Agency
from gongkai.records import types
from gongkai.records.forms import RecordChoice, day_field

from . import facts
from .models import HistoricArticle, Section
from .register import TYPES
from .terms import ItemState, LiaisonKind, Maker

REMARKS = (("", "首次刊登"), ("更正", "更正"), ("重刊", "重刊"))


#: A text of some lines, kept short.
long_text = partial(_long_text, rows=3, most=2000)


class MonthField(forms.DateField):
    """一个月,写成 2026-09。"""

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
        super().__init__(label=label, widget=widget, input_formats=["%Y-%m", "%Y-%m-%d"], **options)


class SeenForm(Plain):
    """只要确认的一步。"""

    seen = seen_field()


class ReasonForm(SeenForm):
    """一步的说明。"""

    reason = long_text("说明", most=300)


class OpinionForm(SeenForm):
    """审签的意见。"""

    opinion = long_text("意见", required=False, most=300)


class IssueForm(Plain):
    """建立一期。"""

    kind = forms.ChoiceField(label="种类", choices=IssueKind.choices(), initial=IssueKind.REGULAR)
    month = MonthField("统计月", help_text="收这个月公开的文件；期号接着上一期自动编。")
    month_to = MonthField("合刊的后一个统计月", required=False)
    planned_on = day_field("出版日", help_text="印在封面上，到这一天出刊。")
    counted = forms.BooleanField(label="增刊、专辑占总期号", required=False)


class EditForm(SeenForm):
    """改一期的几项。"""

    planned_on = day_field("出版日")
    print_run = forms.IntegerField(label="纸质印数", min_value=0, max_value=100_000, help_text="不印纸质的填0。")
    gap_note = forms.CharField(label="缺月、跳号的说明", max_length=200, required=False)


class _SectionChoice(Plain):
    section = forms.ModelChoiceField(Section.objects.none(), label="栏目", empty_label=CHOOSE)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = Section.objects.valid_in(year)  # type: ignore[attr-defined]


class TakeForm(_SectionChoice, SeenForm):
    """选入一件。"""

    record = RecordChoice(label="哪一件信息", max_length=200, help_text="索引号、文号，或者那一页的网址。")
    remark = forms.ChoiceField(label="登过没有", choices=REMARKS, required=False)


class LineForm(SeenForm):
    """大事记的一条。"""

    on = day_field("日期")
    text = forms.CharField(label="什么事", max_length=200)
    record = RecordChoice(
        label="有关的信息", max_length=200, required=False, help_text="索引号、文号或者网址，可以不填。"
    )


class PublishForm(SeenForm):
    """出刊的时刻。"""

    moment = forms.DateTimeField(
        label="出刊的时刻",
        required=False,
        help_text="不填的，现在就出刊；填将来的，到时自动出刊。日子要同出版日一样。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class WaiveForm(SeenForm):
    """送审签:每条提醒写理由,一条一栏。"""

    def __init__(self, *args: Any, codes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, text in codes.items():
            self.fields[code] = forms.CharField(label=f"{code}：为什么仍然照出", max_length=200, help_text=text)

    def reasons(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name.startswith("GZ")}


class CorrectForm(Plain):
    """更正。"""

    was = forms.CharField(label="原来印的", max_length=500)
    now = forms.CharField(label="更正为", max_length=500)
    printed = forms.BooleanField(label="印在编着的一期里", required=False, initial=True)


class DecideForm(Plain):
    """给一件定去向。"""

    state = forms.ChoiceField(
        label="去向",
        choices=[(one.value, one.label) for one in (ItemState.DEFERRED, ItemState.REFUSED, ItemState.RETURNED)],
        widget=forms.RadioSelect,
    )
    refusal = forms.ChoiceField(label="不采用的理由", choices=[("", CHOOSE), *Refusal.choices()], required=False)
    note = long_text("说明", required=False, hint="退回、下期登的写为什么，单位看得到。", most=300)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class LiaisonForm(Plain):
    """定联络员。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位", empty_label=CHOOSE)
    kind = forms.ChoiceField(label="主备", choices=LiaisonKind.choices())
    name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    since_on = day_field("自何日起")

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = access.agencies_of(user, "gazette.liaison").current(on)  # type: ignore[attr-defined]
        self.fields["agency"].queryset = units  # type: ignore[attr-defined]


class DismissForm(Plain):
    """不再担任。"""

    until_on = day_field("到何日止")


class MastheadForm(Plain):
    """刊名和编辑部。"""

    name = forms.CharField(label="刊名", max_length=60)
    sponsor = forms.CharField(label="主办单位", max_length=60)
    since_on = day_field("自何日起用")
    first_running = forms.IntegerField(label="本系统第一期的总期号", min_value=1, max_value=99_999)
    phone = forms.CharField(label="编辑部电话", max_length=40, required=False)
    address = forms.CharField(label="编辑部地址", max_length=120, required=False)
    permit = forms.CharField(label="准印证号", max_length=60, required=False)
    statement = long_text(
        "刊物性质声明",
        required=False,
        hint="不填的印“本刊文本与正式印发的文件一致；不一致时，以印发的文件为准”。",
        most=300,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SectionForm(Plain):
    """栏目。"""

    name = forms.CharField(label="名称", max_length=40)
    order = forms.IntegerField(label="次序", min_value=1, max_value=999, help_text="数字小的在前。")
    since_year = forms.IntegerField(label="自哪一年起", min_value=1949, max_value=2999)
    until_year = forms.IntegerField(label="到哪一年为止", min_value=1949, max_value=2999, required=False)
    by_day = forms.BooleanField(label="按日期排（不按文号）", required=False)
    types = forms.MultipleChoiceField(
        label="默认归入的信息类型", required=False, widget=forms.CheckboxSelectMultiple
    )
    makers = forms.ChoiceField(
        label="默认归入谁的", required=False, choices=[("", "不按机关归"), *Maker.choices()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["types"].choices = [(key, types.get(key).label) for key in TYPES]  # type: ignore[attr-defined]


class DeliverForm(SeenForm):
    """登记一个点位的投放。"""

    planned = forms.IntegerField(label="应投", min_value=0, max_value=100_000)
    delivered = forms.IntegerField(label="实投", min_value=0, max_value=100_000, required=False)
    on = day_field("投放日期", required=False)
    signed_by = forms.CharField(label="签收人", max_length=40, required=False)
    left_over = forms.IntegerField(label="剩余回收", min_value=0, max_value=100_000, required=False)
    note = forms.CharField(label="说明", max_length=200, required=False)


class NoticeForm(Plain):
    """印发通报。"""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2999)
    quarter = forms.TypedChoiceField(
        label="周期",
        coerce=int,
        choices=[(1, "第一季度"), (2, "第二季度"), (3, "第三季度"), (4, "第四季度"), (0, "全年")],
    )
    words = long_text("说明", required=False, rows=5, hint="主要情况、问题和要求。")


class ImportForm(Plain):
    """导入历史目录。"""

    file = forms.FileField(
        label="文件",
        help_text="CSV、XLSX、DOCX、PDF（有文字的）或者纯文本。表格要有“年、期号、标题”的表头；别的一期的题头占一行，下面各行是目录。",
    )


class ScanForm(Plain):
    """挂扫描件。"""

    file = forms.FileField(
        label="扫描件（PDF）", help_text="至多100 MB、600页。有文字层的各页直接可以检索，没有的随后识别。"
    )


class IssueFilter(Filter):
    """各期的筛选。"""

    year = forms.IntegerField(label="年", required=False, min_value=1900, max_value=2999)
    stage = forms.ChoiceField(
        label="环节",
        required=False,
        choices=[
            ("", "全部"),
            ("preparing", "编辑中"),
            ("review", "待审签"),
            ("approved", "已审签"),
            ("published", "已出刊"),
        ],
    )


class SearchForm(Filter):
    """公众检索。"""

    q = forms.CharField(label="标题、文号或者“某年第几期”", required=False, max_length=80)
    year = forms.TypedChoiceField(label="年", required=False, coerce=int, empty_value=None)
    section = forms.ChoiceField(label="栏目", required=False)
    agency = agency_filter("机关")
    force = forms.ChoiceField(
        label="效力", required=False, choices=[("", "全部"), ("in", "现行有效"), ("out", "已经失效、废止")]
    )

    def __init__(self, data: QueryDict, *, at: datetime) -> None:
        """The years and sections to choose from are those that there are at ``at``, old contents among them."""
        super().__init__(data)
        lines = HistoricArticle.objects.exclude(section="").order_by("section")
        old = lines.values_list("section", flat=True).distinct()
        names = dict.fromkeys([*Section.objects.values_list("name", flat=True), *old])
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in facts.years(at))]
        self.fields["section"].choices = [("", "全部"), *((name, name) for name in names)]
        self.full_clean()


def year_month(text: str) -> date:
    """``2026-09`` of an address. Raises ValidationError."""
    try:
        year, _, month = text.partition("-")
        return date(int(year), int(month), 1)
    except ValueError:
        raise ValidationError("月份写作 2026-09。") from None
