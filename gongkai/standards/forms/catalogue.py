"""标准目录和对照的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.desk.forms import CHOOSE, Filter, Plain, PlainModel, long_text
from gongkai.law import duties
from gongkai.law.row_due import State
from gongkai.org import access
from gongkai.org.fields import agency_field, agency_filter
from gongkai.org.models import Agency, User
from gongkai.records import types
from gongkai.records.forms import RecordChoice, day_field

from ..models import Area, Row, Standard
from ..terms import Cause, Conclusion, Stage
from .fields import Seen


class AreaForm(PlainModel):
    """一个领域。"""

    class Meta:
        model = Area
        fields = ["name", "ministry", "document", "synonyms", "is_active"]


class StandardFilter(Filter):
    """目录清单的筛选。"""

    area = forms.CharField(label="领域", required=False, max_length=40)
    agency = agency_filter("编制单位")
    stage = forms.ChoiceField(label="环节", required=False, choices=[("", "现行和在编"), *Stage.choices()])


class SheetForm(Plain):
    """导入一张表。"""

    area = forms.ModelChoiceField(Area.objects.none(), label="领域", empty_label=CHOOSE)
    agency = agency_field("编制单位")
    file = forms.FileField(
        label="目录文件",
        help_text="表格（.xlsx、.xls、.ods、.csv）、Word（.docx）或者网页；合并的格、每页重复的表头、各种勾都认。",
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.filter(is_active=True)  # type: ignore[attr-defined]
        own = access.agencies_of(user, "standards.edit").current(on)  # type: ignore[attr-defined]
        self.fields["agency"].queryset = own  # type: ignore[attr-defined]


class TakeForm(Plain):
    """看过预览,收进目录。"""

    year = forms.IntegerField(label="哪一年的版本", min_value=2015, max_value=2100)
    needs_all_channels = forms.BooleanField(
        label="勾选的渠道全部要用", required=False, help_text="不勾的，在勾选的渠道里至少用一种就算做到。"
    )


def _duties() -> list[tuple[str, str]]:
    return [("", "没有定"), *((key, duty.label) for key, duty in duties.all().items())]


def _types() -> list[tuple[str, str]]:
    return [("", "不限"), *((one.key, one.label) for one in types.all())]


class RowForm(Seen):
    """目录的一行。"""

    number = forms.CharField(label="序号", max_length=20, required=False)
    level1 = forms.CharField(label="一级事项", max_length=200)
    level2 = forms.CharField(label="二级事项", max_length=300, required=False)
    level3 = forms.CharField(label="三级事项", max_length=300, required=False)
    content = long_text("公开内容（要素）", required=False)
    basis = long_text("公开依据", required=False, rows=2)
    due_text = forms.CharField(
        label="公开时限",
        max_length=1000,
        required=False,
        help_text="写明从什么时候起算、多少天，例如“信息形成之日起若干个工作日以内”。",
    )
    subject = forms.CharField(label="公开主体", max_length=300, required=False)
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="落到哪些单位",
        required=False,
        help_text="按住 Ctrl 可以选几个；对照表按单位算。",
    )
    channel_text = long_text("公开渠道和载体", required=False, rows=2, hint="用 ■ 表示勾选，□ 表示不勾。")
    to_all = forms.BooleanField(label="公开对象：全社会", required=False)
    to_group = forms.CharField(label="公开对象：特定群体（写明是谁）", max_length=100, required=False)
    proactive = forms.BooleanField(label="公开方式：主动公开", required=False, initial=True)
    on_request = forms.BooleanField(label="公开方式：依申请公开", required=False)
    reason = forms.CharField(label="时限比上一版松的理由", max_length=300, required=False)
    duty = forms.ChoiceField(label="对着网站的哪一项", required=False)
    type = forms.ChoiceField(label="哪一类信息", required=False)
    words = forms.CharField(
        label="标题里的词",
        max_length=200,
        required=False,
        help_text="几个词用空格隔开，标题里有一个就算，不论归在哪一项；不填的整项都算。",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]
        self.fields["duty"].choices = _duties()  # type: ignore[attr-defined]
        self.fields["type"].choices = _types()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        audience = {"全社会": given.pop("to_all"), "特定群体": given.pop("to_group")}
        way = {"主动": given.pop("proactive"), "依申请": given.pop("on_request")}
        given.pop("seen")
        return given | {
            "audience": {name: value for name, value in audience.items() if value},
            "way": {name: value for name, value in way.items() if value},
            "agencies": list(given["agencies"]),
        }


def row_values(row: Row) -> dict[str, Any]:
    """How the form of a row begins."""
    names = (
        "number",
        "level1",
        "level2",
        "level3",
        "content",
        "basis",
        "due_text",
        "subject",
        "channel_text",
        "reason",
        "duty",
        "type",
        "words",
    )
    audience, way = row.audience or {}, row.way or {}
    group = audience.get("特定群体") or ""
    return {name: getattr(row, name) for name in names} | {
        "to_all": bool(audience.get("全社会")),
        "to_group": "" if group is True else group,
        "proactive": row.is_active_way,
        "on_request": bool(way.get("依申请")),
        "agencies": [one.agency_id for one in row.charges.all()] if row.pk else [],
    }


class LinkForm(Plain):
    """一行对着哪些信息。"""

    duty = forms.ChoiceField(label="对着网站的哪一项", required=False)
    type = forms.ChoiceField(label="哪一类信息", required=False)
    words = forms.CharField(
        label="标题里的词",
        max_length=200,
        required=False,
        help_text="几个词用空格隔开，标题里有一个就算，不论归在哪一项；不填的整项都算。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = _duties()  # type: ignore[attr-defined]
        self.fields["type"].choices = _types()  # type: ignore[attr-defined]


class ReviseForm(Plain):
    """修订:新的一版。"""

    year = forms.IntegerField(label="哪一年的版本", min_value=2015, max_value=2100)
    note = long_text("修订说明", rows=2, hint="为什么改、依据什么。", most=300)


class ReviewForm(Plain):
    """复审。"""

    cause = forms.ChoiceField(label="缘由", choices=Cause.choices())
    conclusion = forms.ChoiceField(label="结论", choices=Conclusion.choices(), widget=forms.RadioSelect)
    note = long_text("看了什么、为什么", rows=3, most=500)


class InheritForm(Plain):
    """镇街引用。"""

    agency = agency_field("镇（街道）")
    year = forms.IntegerField(label="哪一年的版本", min_value=2015, max_value=2100)
    rows = forms.MultipleChoiceField(label="引用哪些行", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, standard: Standard, towns: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = towns  # type: ignore[attr-defined]
        self.fields["rows"].choices = [(str(row.pk), str(row)) for row in standard.rows.all()]  # type: ignore[attr-defined]


class ChargeFilter(Filter):
    """对照明细的筛选。"""

    area = forms.ModelChoiceField(Area.objects.all(), label="领域", required=False, empty_label="全部")
    agency = agency_filter()
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *State.choices()])
    excused = forms.ChoiceField(
        label="不是本单位职责",
        required=False,
        choices=[("", "不看"), ("waiting", "待核准"), ("approved", "已核准")],
    )


class EventForm(Plain):
    """登记起算的事。"""

    on = day_field("哪一天")
    what = forms.CharField(label="什么事", max_length=200, help_text="例如哪一个批文、哪一次会议。")


class AnswerForm(Plain):
    """公开在哪一件信息里。"""

    record = RecordChoice(label="公开的信息", help_text="索引号、文号或者网址。")


class ExcuseForm(Plain):
    """不是本单位职责。"""

    reason = long_text("为什么不是本单位的职责", rows=2, hint="归哪个单位管、依据哪一条职责。", most=300)


class JudgeForm(Plain):
    """核准。"""

    agrees = forms.ChoiceField(
        label="结论",
        choices=[("yes", "核准：不是这个单位的职责"), ("no", "退回：是这个单位的职责")],
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(label="意见", max_length=200, required=False, help_text="退回的要写。")
