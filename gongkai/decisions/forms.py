"""工作台一侧的表单:决策卷、程序登记、一步、征求意见、答复、目录、会议。"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, seen_field
from gongkai.law.agencies import AgencyKind
from gongkai.law.consultation import Channel, Disposition, last_day
from gongkai.law.decisions import Category
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.fields import agency_field
from gongkai.org.models import Agency, User
from gongkai.records.forms import RecordChoice, day_field

from .actions.dossier import FLAGS
from .entering import listed, pasted
from .evidence import Kind
from .models import CatalogueItem, CatalogueYear, Dossier
from .terms import ItemState, Procedure, Ruling, YearStage


def several(label: str, choices: list[tuple[str, str]], *, required: bool = True, hint: str = "") -> Any:
    """Ticks, any number of them."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


def lines_of(text: str) -> list[str]:
    """What stands on each line that is not blank."""
    return [line.strip()[:100] for line in text.splitlines() if line.strip()]


class ItemChoice(forms.ModelChoiceField):
    """目录里的一项,带着年度和序号。"""

    def label_from_instance(self, item: CatalogueItem) -> str:
        return f"{item.year.year}年第{item.order}项：{item}"


class DossierForm(Plain):
    """决策卷的基本情况。"""

    item = ItemChoice(
        CatalogueItem.objects.none(),
        label="年度目录里的哪一项",
        required=False,
        empty_label="不在目录里",
        help_text="列入目录的请选，公众从目录看得到它走到哪里。",
    )
    agency = agency_field("决策机关")
    lead = agency_field("牵头承办单位", "两个以上单位承办的，只有一个牵头（条例第十一条）。")
    title = forms.CharField(label="决策事项", max_length=200)
    category = forms.ChoiceField(label="事项类别", choices=Category.choices())
    necessity = long_text(
        "为什么要决策", required=False, hint="拟解决的主要问题、建议理由和依据、解决的初步方案、必要性和可行性。"
    )
    specialised = forms.BooleanField(label="专业性、技术性较强", required=False)
    risky = forms.BooleanField(label="可能对社会稳定、公共安全等造成不利影响", required=False)
    market = forms.BooleanField(label="涉及市场主体经济活动", required=False)
    vital = forms.BooleanField(label="直接涉及公民、法人和其他组织切身利益", required=False)
    groups = forms.BooleanField(label="涉及特定群体利益", required=False)
    disputed = forms.BooleanField(label="有关单位意见不一致", required=False)
    hearing_by_law = forms.BooleanField(label="法律、法规、规章规定应当听证", required=False)
    withheld_basis = forms.CharField(
        label="依法不予公开的依据",
        max_length=200,
        required=False,
        help_text="公开的留空。填了的，程序照走，公众看不到，另外计数。",
    )

    def __init__(self, *args: Any, user: User, on: date, dossier: Dossier | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dossier is None:
            self.fields["agency"].queryset = Agency.objects.current(on).exclude(kind=AgencyKind.ENTERPRISE)  # type: ignore[attr-defined]
            leads = access.agencies_of(user, "decisions.write").current(on)
            self.fields["lead"].queryset = leads  # type: ignore[attr-defined]
            items = CatalogueItem.objects.filter(state=ItemState.PLANNED, dossiers=None, lead__in=leads)
        else:
            del self.fields["agency"], self.fields["lead"]
            self.fields["seen"] = seen_field()
            free = Q(state=ItemState.PLANNED, dossiers=None) | Q(dossiers=dossier)
            items = CatalogueItem.objects.filter(free, year__agency=dossier.agency, lead=dossier.lead)
        self.fields["item"].queryset = items.select_related("year")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes besides the two agencies and the mark."""
        names = ("title", "category", "necessity", "withheld_basis", "item", *FLAGS)
        return {name: self.cleaned_data[name] for name in names}


class StepForm(Plain):
    """走一步:原因。"""

    reason = long_text("原因", required=False, rows=3)
    seen = seen_field()


class PaperForm(Plain):
    """放上决策文件。"""

    record = RecordChoice(label="决策文件的索引号、编号或者网址", help_text="还没有签发的那一件。")
    seen = seen_field()


class EvidenceForm(Plain):
    """一条程序登记;各项由表定。"""

    on = day_field("日期")
    seen = seen_field()

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for item in kind.items:
            self.fields[item.key] = self._field(item)
        if kind.public:
            self.fields["record"] = RecordChoice(
                label="公开的材料",
                required=False,
                help_text="索引号、文号或者网址；公众从全过程连过去。没有的留空。",
            )
        self.order_fields(["on", *(item.key for item in kind.items), "record", "seen"])

    @staticmethod
    def _field(item: Any) -> forms.Field:
        required = item.required
        match item.form:
            case "long":
                return long_text(item.label, required=required)
            case "date":
                return day_field(item.label, required=required)
            case "number":
                return forms.IntegerField(label=item.label, required=required, min_value=0, max_value=10**6)
            case "yes":
                return forms.BooleanField(label=item.label, required=False)
            case "choice":
                choices = [("", CHOOSE), *((one, one) for one in item.choices)]
                return forms.ChoiceField(label=item.label, choices=choices, required=required)
        return forms.CharField(label=item.label, required=required, max_length=300)

    def entered(self) -> dict[str, Any]:
        """The values of the table's items, as JSON can hold them."""
        given = {item.key: self.cleaned_data[item.key] for item in self.kind.items}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in given.items()}


class RoundForm(Plain):
    """一轮征求意见:期限、途径、说明。天数由程序算。"""

    end_on = day_field("截止日", help_text="到这一天的二十四时。一般不少于三十日，首日不计。")
    short_reason = long_text(
        "不足三十日的理由", required=False, rows=2, hint="情况紧急等需要缩短的写，公众看得到。"
    )
    media = long_text("在哪里公布", rows=3, hint="一行一个：政府网站、政务新媒体，以及报刊、广播、电视等。")
    ways = long_text(
        "网上以外怎样提意见",
        required=False,
        rows=3,
        hint="一行一个，如“信寄：人民路1号区民政局，信封注明征求意见”。",
    )
    focus = long_text("特别想听的", required=False, rows=3, hint="最要紧的几个问题，一行一个。")
    next_steps = long_text(
        "之后怎样", required=False, rows=2, hint="如“截止后逐条研究，预计12月30日以前公布采纳情况”。"
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end_on"].initial = last_day(on)

    def plan(self) -> dict[str, Any]:
        """What ``actions.consult`` and ``actions.plan_round`` take."""
        given = self.cleaned_data
        return {
            "end_on": given["end_on"],
            "media": lines_of(given["media"]),
            "ways": lines_of(given["ways"]),
            "focus": given["focus"],
            "next_steps": given["next_steps"],
            "short_reason": given["short_reason"],
        }


class NewRoundForm(RoundForm):
    """起草公告:另有标题、草案和说明。"""

    title = forms.CharField(label="公告的标题", max_length=300)
    draft = long_text("草案", rows=8, hint="贴全文；作附件的先写附件名称，起草以后上传。")
    explanation = long_text("草案的说明", rows=5, hint="为什么要定、主要内容、要紧的几条。")
    field_order = (
        "title",
        "draft",
        "explanation",
        "end_on",
        "short_reason",
        "media",
        "ways",
        "focus",
        "next_steps",
    )


class ExtendForm(Plain):
    """延长。"""

    until = day_field("延长到", help_text="只许延长。")
    reason = forms.CharField(label="原因", max_length=200, help_text="公众看得到。")


class OpinionFilter(Filter):
    """意见清单的筛选。"""

    q = forms.CharField(label="编号、针对哪一条", required=False)
    state = forms.ChoiceField(
        label="处理", required=False, choices=[("", "全部"), ("none", "没有处理的"), *Disposition.choices()]
    )
    channel = forms.ChoiceField(label="渠道", required=False, choices=[("", "全部"), *Channel.choices()])


class AnswerForm(Plain):
    """答复勾选的意见。"""

    disposition = forms.ChoiceField(label="怎样处理", choices=[("", CHOOSE), *Disposition.choices()])
    shown = long_text("公开的写法", rows=3, hint="概括意见，隐去姓名、电话、住址。几条内容一样的写一个。")
    reason = long_text("理由", required=False, rows=3, hint="没有全部采纳的必填，意见人和公众都看得到。")
    with_alike = forms.BooleanField(
        label="同它们相近、还没有处理的一起答复",
        required=False,
        help_text="先打开那一组看过：相近的不一定是一个意思。",
    )


class EnterOpinionForm(Plain):
    """录入纸面、电话、座谈收到的一条。"""

    channel = forms.ChoiceField(label="渠道", choices=[one for one in Channel.choices() if one[0] != Channel.WEB])
    received_on = day_field("收到的日子")
    article = forms.CharField(label="针对哪一条", max_length=60, required=False)
    text = long_text("意见", rows=5)
    name = forms.CharField(label="称呼", max_length=40, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)

    def received_at(self, at: datetime) -> datetime:
        """Noon of the day on which it came, but not after ``at``."""
        on = self.cleaned_data["received_on"]
        return min(timezone.make_aware(datetime.combine(on, time(12))), at)


class EnterManyForm(Plain):
    """成批录入:贴一份清单,或者选一个表格文件。"""

    channel = forms.ChoiceField(
        label="渠道",
        choices=[one for one in Channel.choices() if one[0] != Channel.WEB],
        help_text="表里有“渠道”一列的照表。",
    )
    received_on = day_field("收到的日子", help_text="表里有“收到日期”一列的照表。")
    listed = forms.CharField(
        label="贴在这里",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="一行一条，前面的序号自动去掉；一条有几行的，条与条之间空一行。从表格里复制的，连列名一起贴。",
    )
    file = forms.FileField(
        label="或者选一个表格",
        required=False,
        help_text="CSV、XLSX。要有“意见”一列，另可有渠道、收到日期、针对、称呼、电话、邮箱。",
    )

    def clean(self) -> dict[str, Any]:
        """Just one of the two, read into rows."""
        data = super().clean() or {}
        given, text = data.get("file"), data.get("listed", "")
        if bool(given) == bool(text.strip()):
            raise ValidationError("请贴一份清单，或者选一个表格，二者选一。")
        try:
            data["rows"] = listed(given.read(), given.name) if given else pasted(text)
        except LawError as error:
            self.add_error("file", str(error))
        return data


class YearForm(Plain):
    """开始一年的目录。"""

    agency = agency_field("决策机关")
    year = forms.IntegerField(label="年度", min_value=2019, max_value=2100)
    call_until = day_field("向公众征集建议到", required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "decisions.write").current(on)  # type: ignore[attr-defined]


class YearSaveForm(Plain):
    """审定情况。"""

    call_until = day_field("向公众征集建议到", required=False)
    meeting = forms.CharField(
        label="审定的会议", max_length=80, required=False, help_text="如“区政府第12次常务会议”，次数不要留空。"
    )
    meeting_on = day_field("会议日期", required=False)
    party_consent_on = day_field("同级党委同意", required=False)
    party_number = forms.CharField(label="党委文号或者会议", max_length=60, required=False)


class UnitProposalForm(Plain):
    """单位报一条目录建议。"""

    year = forms.ModelChoiceField(CatalogueYear.objects.none(), label="报哪一年的目录", empty_label=None)
    unit = agency_field("申报单位")
    title = forms.CharField(label="建议事项", max_length=200)
    problem = long_text("拟解决的主要问题", rows=3)
    basis = long_text("建议理由和依据", rows=3)
    plan = long_text("初步方案、必要性和可行性", rows=4, hint="四样都要写（条例第十条）。")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = CatalogueYear.objects.filter(stage=YearStage.COLLECTING).select_related("agency")
        self.fields["year"].queryset = years  # type: ignore[attr-defined]
        self.fields["unit"].queryset = access.agencies_of(user, "decisions.write").current(on)  # type: ignore[attr-defined]


class ItemForm(Plain):
    """目录里的一项。"""

    title = forms.CharField(label="事项名称", max_length=200)
    lead = agency_field("承办单位")
    helpers = forms.CharField(label="配合单位", max_length=200, required=False)
    basis = forms.CharField(label="法律政策依据", max_length=300, required=False)
    procedures = several("履行程序", Procedure.choices())
    planned_on = day_field("计划完成", help_text="条例规定的征求意见、合法性审查的时间要排得下。")
    reason = forms.CharField(label="调整的理由", max_length=200, required=False, help_text="目录公布以后必填。")
    approved_by = forms.CharField(label="谁批准调整", max_length=80, required=False)

    def __init__(self, *args: Any, on: date, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]
        if not published:
            del self.fields["reason"], self.fields["approved_by"]

    def clean_planned_on(self) -> date:
        planned: date = self.cleaned_data["planned_on"]
        if planned.year < 2019:
            raise ValidationError("条例施行以前的不列目录。")
        return planned


class SettleForm(Plain):
    """一项的结果。"""

    state = forms.ChoiceField(
        label="结果", choices=[("", CHOOSE), *(one for one in ItemState.choices() if one[0] != ItemState.PLANNED)]
    )
    outcome = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        help_text="结转、取消的写原因；已决策、没有在本系统走程序的，写决策文件的文号和公布的日子。",
    )
    approved_by = forms.CharField(
        label="谁批准取消、结转",
        max_length=80,
        required=False,
        help_text="取消的必填，结转进已经公布的下一年目录的也必填，如“区政府第20次常务会议”；随调整公开。",
    )


class RulingForm(Plain):
    """一条建议论证的结果。"""

    ruling = forms.ChoiceField(label="论证结果", choices=[("", CHOOSE), *Ruling.choices()])
    item = forms.ModelChoiceField(
        CatalogueItem.objects.none(), label="列入或者并入的事项", required=False, empty_label="没有"
    )
    reason = long_text("理由", required=False, rows=3)

    def __init__(self, *args: Any, year: CatalogueYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = year.items.all()  # type: ignore[attr-defined]


class CloseYearForm(Plain):
    """年底总公开。"""

    summary = long_text("总公开的说明", hint="目录里的事项各办得怎样。")
