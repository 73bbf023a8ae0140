"""工作台的表单。"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, seen_field
from gongkai.law.backfile import Check, Conclusion, asked
from gongkai.law.grounds import grounds
from gongkai.org import access
from gongkai.org.fields import agency_field, agency_filter
from gongkai.org.models import User
from gongkai.records.forms import RecordChoice, day_field

from .models import Item
from .models.items import FIELDS
from .terms import AddressState, Disclosed, ItemState, Kind, Likely, Medium, OpeningOpinion, Ruling

_HINTS = {
    "date_text": "写作2006-03-05；只知道年、月的写2006-03或者2006；不知道的不填。",
    "reference_code": "没有的留空，不推不编。",
    "title": "原件没有题名的，照内容拟一个，写在方括号里。",
}
_YES = (("", "没有"), ("yes", "有"))


class HistoryFilter(Filter):
    """公众在补录的旧文件里找。"""

    q = forms.CharField(label="标题、文号", required=False, max_length=80)
    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)
    agency = agency_filter()

    def __init__(self, data: QueryDict, *, years: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in years)]
        self.full_clean()


#: A remark of some lines.
note_field = partial(long_text, rows=3, most=300)


class _Own(Plain):
    """A form that lets one choose among the units for which the person has the right."""

    right = "backfile.view"

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = access.agencies_of(user, self.right).order_by("order", "code")
        self.fields["agency"].queryset = units  # type: ignore[attr-defined]
        if len(units[:2]) == 1:
            self.fields["agency"].initial = units[0]


class HoldingForm(Plain):
    """一格底数。"""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    former_name = forms.CharField(
        label="当时的名称", max_length=80, required=False, help_text="那一年叫别的名称的填，查得到沿革。"
    )
    registered = forms.IntegerField(label="登记簿件数", min_value=0, max_value=999_999, required=False)
    filed = forms.IntegerField(label="归档目录件数", min_value=0, max_value=999_999, required=False)
    lost = forms.IntegerField(label="找不到的件数", min_value=0, max_value=999_999, required=False)
    lost_reason = forms.CharField(label="找不到的理由", max_length=300, required=False)
    note = forms.CharField(
        label="差异的说明", max_length=300, required=False, help_text="几个数不一样的，写为什么；不取平均。"
    )
    reason = forms.CharField(
        label="这一次为什么改", max_length=300, required=False, help_text="应梳理的件数变了就要填，以前的数留着。"
    )

    def clean_lost(self) -> int:
        return self.cleaned_data["lost"] or 0


class RegisterForm(Plain):
    """导入一个单位的清册。"""

    file = forms.FileField(
        label="清册",
        help_text="XLSX 或者 CSV，列名：年、类别、登记簿、归档目录、找不到、找不到的理由、当时的名称、差异的说明；导出的文件改了可以导回来。",
    )
    reason = forms.CharField(label="这一次为什么改", max_length=300)


class TakeForm(_Own):
    """上传一个压缩包或者一张清单。"""

    right = "backfile.take"
    agency = agency_field()
    fonds = forms.CharField(
        label="全宗号", max_length=10, required=False, help_text="如1031；档号里缺全宗号的用它补。"
    )
    file = forms.FileField(label="文件")


class SiteForm(_Own):
    """登记一个旧网站。"""

    right = "backfile.declare"
    agency = agency_field()
    name = forms.CharField(label="名称", max_length=80, help_text="如“原交通局网站”。")
    start = forms.CharField(label="从哪里开始", max_length=400, help_text="旧网站首页的网址，如 http://主机/ 。")
    hosts = forms.CharField(
        label="别的主机",
        max_length=400,
        required=False,
        help_text="同一个网站的别的主机名，几个之间空一格；没有登记的主机一个也不去。",
    )
    basis = forms.CharField(
        label="凭什么是本单位的", max_length=300, help_text="备案号、标识码，或者主办单位的文件。"
    )


class CrawlForm(Plain):
    """开始收。"""

    fonds = forms.CharField(
        label="全宗号", max_length=10, required=False, help_text="如1031；档号里缺全宗号的用它补。"
    )


class AddressFilter(Filter):
    """旧网站各网址的筛选。"""

    q = forms.CharField(label="网址里有", required=False, max_length=60)
    state = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *AddressState.choices()])


class ItemFilter(Filter):
    """旧文件清单的筛选。"""

    q = forms.CharField(label="题名、文号、档号", required=False, max_length=60)
    state = forms.ChoiceField(label="环节", required=False, choices=[("", "全部"), *ItemState.choices()])
    year = forms.IntegerField(label="年份", required=False, min_value=1900, max_value=2100)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Kind.choices()])
    unsure = forms.BooleanField(label="有认不准的", required=False)


class RowFilter(Filter):
    """一次收取里各份的筛选。"""

    state = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *ItemState.choices()])


class CheckForm(Plain):
    """核对一件的要素。"""

    seen = seen_field()

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        initial = {"seen": item.mark, "kind": item.kind} | {name: item.value(name) for name in FIELDS}
        super().__init__(*args, initial=initial, **kwargs)
        for name, label in FIELDS.items():
            longest = Item._meta.get_field(name).max_length
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=longest, help_text=_HINTS.get(name, "")
            )
            self.fields[name].widget.attrs["autocomplete"] = "off"
            if name in _HINTS:
                self.fields[name].widget.attrs["aria-describedby"] = f"id_{name}_hint"
        self.fields["kind"] = forms.ChoiceField(label="类别", choices=Kind.choices())
        first = next((name for name in FIELDS if (item.sure(name) or 1) < 0.85), "title")
        self.fields[first].widget.attrs["autofocus"] = True


class ReasonForm(Plain):
    """只要一句理由。"""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = note_field("理由")


class PairFilter(Filter):
    """相像的各对。"""

    q = forms.CharField(label="题名、文号", required=False, max_length=80)
    likely = forms.ChoiceField(label="多半是", required=False, choices=[("", "全部"), *Likely.choices()])


class RulingForm(Plain):
    """认定一对。"""

    ruling = forms.ChoiceField(label="认定", choices=Ruling.choices(), widget=forms.RadioSelect)


class BatchForm(_Own):
    """建一批开放审核。"""

    right = "backfile.review"
    agency = agency_field()
    name = forms.CharField(label="名称", max_length=100, help_text="如“2006年发文”。")
    since = forms.IntegerField(label="年份起", min_value=1900, max_value=2100)
    until = forms.IntegerField(label="年份止", min_value=1900, max_value=2100)
    most = forms.IntegerField(label="至多几件", min_value=1, max_value=2000, initial=200)


class AnswerForm(Plain):
    """审一件。"""

    seen = seen_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in asked():
            self.fields[question.check.value] = forms.ChoiceField(
                label=question.question,
                required=False,
                choices=_YES,
                widget=forms.RadioSelect,
                help_text=f"依据{question.source}。",
            )
        self.fields["ended_on"] = day_field("废止或者失效之日", required=False)
        self.fields["conclusion"] = forms.ChoiceField(label="结论", choices=[("", CHOOSE), *Conclusion.choices()])
        reasons = [(key, one.label) for key, one in grounds().items()]
        self.fields["ground"] = forms.ChoiceField(
            label="不予公开的理由", required=False, choices=[("", "不适用"), *reasons]
        )
        self.fields["note"] = forms.CharField(label="说明", required=False, max_length=300)
        self.fields["shown"] = note_field(
            "公开的文字",
            rows=8,
            required=False,
            most=200_000,
            hint="区分处理的，把不宜公开的遮盖掉，留下的写在这里。",
        )

    def answers(self) -> dict[str, bool]:
        return {one.value: self.cleaned_data[one.value] == "yes" for one in Check}


class SecondForm(Plain):
    """复核一件。"""

    seen = seen_field()
    right = forms.ChoiceField(
        label="复核", choices=[("yes", "没有问题"), ("no", "不对")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="哪里不对", max_length=200, required=False)


class TransferForm(_Own):
    """一批移交。"""

    right = "backfile.handover"
    agency = agency_field("移交单位")
    fonds = forms.CharField(label="全宗号", max_length=10)
    archive = forms.CharField(label="接收馆", max_length=80)
    since = forms.IntegerField(label="形成年度起", min_value=1900, max_value=2100)
    until = forms.IntegerField(label="形成年度止", min_value=1900, max_value=2100)
    medium = forms.ChoiceField(label="载体", choices=Medium.choices())
    items_said = forms.IntegerField(label="清单头的件数", min_value=0, max_value=999_999, required=False)
    pages_said = forms.IntegerField(label="清单头的页数", min_value=0, max_value=9_999_999, required=False)
    gaps_note = forms.CharField(label="空号说明", max_length=300, required=False)
    tested = forms.CharField(
        label="检测结果", max_length=300, required=False, help_text="真实、完整、可用、安全；移交以前要填。"
    )
    shows_codes = forms.BooleanField(label="对外目录写档号", required=False, initial=True)


class RowForm(Plain):
    """移交清单的一行。"""

    title = forms.CharField(label="题名", max_length=300)
    reference_code = forms.CharField(label="档号", max_length=80, required=False)
    doc_number = forms.CharField(label="文号", max_length=80, required=False)
    issuer = forms.CharField(label="责任者", max_length=120, required=False)
    date_text = forms.CharField(label="日期", max_length=40, required=False, help_text=_HINTS["date_text"])
    secrecy = forms.CharField(label="密级", max_length=20, required=False)
    pages = forms.IntegerField(label="页数", min_value=0, max_value=99_999, required=False)
    retention = forms.CharField(label="保管期限", max_length=10, required=False)
    opinion = forms.ChoiceField(
        label="到期开放意见",
        required=False,
        choices=[("", "没有填"), *(one for one in OpeningOpinion.choices() if one[0])],
    )
    disclosed = forms.ChoiceField(
        label="政府信息公开情况", required=False, choices=[("", "没有填"), *Disclosed.choices()]
    )
    secrecy_change = forms.CharField(
        label="密级变更情况", max_length=60, required=False, help_text="没有密级的写“无密级”。"
    )
    remark = forms.CharField(label="备注", max_length=200, required=False)
    listed_title = forms.CharField(
        label="对外的题名", max_length=300, required=False, help_text="题名涉及个人的，脱敏以后写在这里。"
    )


class NewRowForm(RowForm):
    """加一行;网上公开着的可以连上。"""

    record = RecordChoice(label="公开的信息", required=False, help_text="索引号、文号或者网址；没有公开的不填。")


class ListedTitleForm(Plain):
    """移交以后只改对外的题名。"""

    listed_title = forms.CharField(label="对外的题名", max_length=300, required=False)


class HandOverForm(Plain):
    """移交。"""

    on = day_field("移交日")
    receiver = forms.CharField(label="接收经手人", max_length=40)


class ExtensionForm(_Own):
    """延期移交。"""

    right = "backfile.handover"
    agency = agency_field()
    since = forms.IntegerField(label="形成年度起", min_value=1900, max_value=2100)
    until = forms.IntegerField(label="形成年度止", min_value=1900, max_value=2100)
    approval = forms.CharField(label="同意的文号", max_length=80, help_text="同级档案主管部门同意的文。")
    ends_on = day_field("延到")
    reason = forms.CharField(label="理由", max_length=200)
