"""工作台和公众一侧的表单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, moment_field, seen_field
from gongkai.law.engagement import Grade, LetterKind, Selection
from gongkai.org import access
from gongkai.org.drawing_pages import source_fields
from gongkai.org.fields import agency_filter
from gongkai.org.models import Agency, User
from gongkai.records.bringing import BringingForm
from gongkai.records.forms import RecordChoice, day_field

from .actions.letters import LONGEST
from .models import Letter
from .terms import CaseState, Elsewhere, EntryKind, EventKind, LetterState

RATINGS = (("5", "非常满意"), ("4", "满意"), ("3", "基本满意"), ("2", "不满意"), ("1", "非常不满意"))


class _Seen(Plain):
    seen = seen_field()


class WriteForm(BringingForm):
    """公众写信,可以附文件。"""

    kind = forms.ChoiceField(label="写信是为了", choices=LetterKind.choices())
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="写给哪个单位",
        empty_label=CHOOSE,
        to_field_name="code",
        help_text="不知道归谁管的，选区政府办公室，由它转给该办的单位。",
    )
    title = forms.CharField(label="题目", max_length=60)
    text = forms.CharField(
        label="什么事",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"一信一事，至多{LONGEST}字。请不要写身份证号和别人的私事。",
    )
    name = forms.CharField(label="怎样称呼您", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="都可以不填，填了的加密保存，只用来联系您；投诉不留联系方式的可能无法核实。",
    )
    consents_content = forms.BooleanField(label="同意公开信和答复的内容（隐去个人信息）", required=False)
    consents_identity = forms.BooleanField(label="同意公开我的称呼", required=False)
    field_order = ("kind", "agency", "title", "text", "file", "drop")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current(today)  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Too long a letter stays in the box whole: no ``maxlength`` cuts what is pasted."""
        text = str(self.cleaned_data["text"])
        if len(text) > LONGEST:
            raise forms.ValidationError(
                f"内容有{len(text)}字，超过{LONGEST}字。请把全文存成文件附上，这里写一两句概括。您写的还在框里。"
            )
        return text

    def contact(self) -> dict[str, str]:
        """What was given of the person."""
        return {key: self.cleaned_data[key] for key in ("name", "phone", "email") if self.cleaned_data[key]}


class LookForm(Plain):
    """凭编号和查询码看。"""

    number = forms.CharField(label="编号", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label="查询码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="提交时给您的十二位字母和数字，大小写、连字符不论。",
    )


class RateForm(LookForm):
    """评价;编号和查询码带在表里。"""

    number = forms.CharField(max_length=40, widget=forms.HiddenInput)
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    grade = forms.ChoiceField(label="您满意吗", choices=RATINGS, widget=forms.RadioSelect)
    note = long_text("还想说的", rows=2, required=False, most=500)


class SignUpForm(Plain):
    """报名:只收称呼和一种联系方式。"""

    name = forms.CharField(label="怎样称呼您", max_length=40)
    reach = forms.CharField(
        label="怎样联系您", max_length=60, help_text="电话或者邮箱，一种就够；活动以后到期清除。"
    )


class LetterFilter(Filter):
    """来信清单的筛选。"""

    number = forms.CharField(label="编号", required=False, max_length=40)
    agency = agency_filter("主办单位")
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *LetterKind.choices()])
    state = forms.ChoiceField(label="环节", required=False, choices=[("", "全部"), *LetterState.choices()])
    late = forms.BooleanField(label="逾期的", required=False)


class CaseFilter(Filter):
    """舆情清单的筛选。"""

    q = forms.CharField(label="事由里的词", required=False, max_length=60)
    owner = agency_filter("责任单位")
    grade = forms.ChoiceField(label="级别", required=False, choices=[("", "全部"), *Grade.choices()])
    state = forms.ChoiceField(label="环节", required=False, choices=[("", "全部"), *CaseState.choices()])


class ReasonForm(_Seen):
    """一步的说明。"""

    reason = long_text("说明", rows=3)


class ImproveForm(Plain):
    """针对差评的改进。"""

    note = long_text("听到了什么、改进了什么", rows=4, hint="公众看得到；不写是谁评的。", most=2000)


class EmptyForm(_Seen):
    """只要确认的一步。"""


class WhereForm(_Seen):
    """不归这里办的去处。"""

    where = forms.ChoiceField(label="去处", choices=[("", CHOOSE), *Elsewhere.choices()])
    note = long_text("说明", rows=3, hint="为什么、去哪里、怎样查，来信人看得到。", most=300)


class ConvertForm(WhereForm):
    """转到别的渠道。"""

    number = forms.CharField(
        label="那边的编号", max_length=60, required=False, help_text="转申请、信访、征求的意见的必填。"
    )
    record = RecordChoice(
        label="要更正的信息", required=False, help_text="更正公开信息的必填：索引号、文号或者网址。"
    )


class RevisitForm(_Seen):
    """差评回访。"""

    note = long_text("回访的结果", rows=3, hint="来信人为什么不满意，怎样办；不写个人信息。", most=500)
    promise = forms.CharField(label="还要办的事", max_length=200, required=False)
    promise_on = day_field("哪一天办到", required=False)


class TransferForm(_Seen):
    """转给该办的单位。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="转给", empty_label=CHOOSE)
    reason = forms.CharField(label="为什么转", max_length=100)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]


class HelpForm(TransferForm):
    """请协办。"""

    reason = forms.CharField(label="请协办什么", max_length=300, help_text="要它答哪一问。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].label = "协办单位"


class ExtendForm(_Seen):
    """延长。"""

    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=60)
    reason = forms.CharField(label="理由", max_length=200, help_text="来信人看得到。")


class DraftForm(_Seen):
    """拟答。"""

    text = long_text("答复", rows=8, hint="逐问回答；说到数额、条件的写依据。")
    promise = forms.CharField(label="承诺以后要办的事", max_length=200, required=False)
    promise_on = day_field("哪一天办到", required=False)


class ReplyForm(_Seen):
    """审核。"""

    answered_all = forms.BooleanField(label="逐问核对过，问的都答了")


class PublishForm(_Seen):
    """公开的写法。"""

    title = forms.CharField(label="题目", max_length=100)
    text = long_text("内容", rows=5, hint="隐去姓名、电话、住址、车牌、病情和别人的名字。")
    answer = long_text("答复", rows=6)


class MergeForm(_Seen):
    """并案。"""

    into = forms.CharField(label="并到哪一封（编号）", max_length=40)

    def clean_into(self) -> Letter:
        found = Letter.objects.filter(number=self.cleaned_data["into"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError("没有这个编号的来信。")
        return found


class CaseForm(Plain):
    """登记一件舆情。"""

    title = forms.CharField(label="事由", max_length=200)
    source = forms.CharField(label="来源", max_length=100, help_text="哪里看到的；不写发帖人。")
    owner = forms.ModelChoiceField(Agency.objects.none(), label="责任单位", empty_label=CHOOSE)
    detected_at = moment_field("监测发现")
    happened_at = moment_field("事发", required=False)
    ordered_at = moment_field("上级交办", required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = access.agencies_of(user, "engagement.opinion").current(on)  # type: ignore[attr-defined]


class GradeForm(Plain):
    """研判分级。"""

    grade = forms.ChoiceField(label="级别", choices=[("", CHOOSE), *Grade.choices()])
    owner = forms.ModelChoiceField(Agency.objects.none(), label="责任单位", empty_label=CHOOSE)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Agency.objects.current(on)  # type: ignore[attr-defined]


class EntryForm(Plain):
    """一条处置。"""

    kind = forms.ChoiceField(label="种类")
    when = moment_field("时刻")
    text = long_text("内容")
    record = RecordChoice(
        label="公开的信息",
        required=False,
        help_text="索引号、文号或者网址；首次发布的必填，时刻不早于它公开的时刻。",
    )

    def __init__(self, *args: Any, kinds: tuple[EntryKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choices = [("", CHOOSE), *choices]  # type: ignore[attr-defined]


#: 另有自己的登记,不在活动里建。
_OF_THEIR_OWN = (EventKind.PRESS, EventKind.INTERVIEW, EventKind.TELEVISED)


class EventForm(Plain):
    """一次活动。"""

    kind = forms.ChoiceField(
        label="种类", choices=[one for one in EventKind.choices() if one[0] not in _OF_THEIR_OWN]
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label="主办单位", empty_label=CHOOSE)
    title = forms.CharField(label="主题", max_length=120)
    place = forms.CharField(label="地点", max_length=120)
    starts_at = moment_field("开始")
    ends_at = moment_field("结束")
    audience = forms.CharField(label="对象", max_length=100, required=False)
    selection = forms.ChoiceField(label="报名的多于名额怎样定", choices=Selection.choices())
    seats = forms.IntegerField(label="名额", min_value=0, max_value=5000, initial=0)
    signup_from = moment_field("报名开始", required=False, help_text="不填的公告签发就开始。")
    signup_until = moment_field("报名截止", required=False)
    draw_source, draw_at = source_fields()

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "engagement.event").current(on)  # type: ignore[attr-defined]


class FinishForm(Plain):
    """办结。"""

    attended = forms.IntegerField(label="到场人数", min_value=0, max_value=100000)
    outcome = long_text("收到的意见和答复")
