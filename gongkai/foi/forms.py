"""依申请公开的表单。只验形式,合不合法由 actions 和法律核心判断。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms import CHOOSE, Plain, seen_field
from gongkai.law import replies
from gongkai.law.grounds import grounds
from gongkai.law.receipt import Channel
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field
from gongkai.records.models import Record

from . import papers
from .actions.common import given_mark
from .models import Application, Item
from .terms import FileRole, RemedyKind, RemedyResult, Verdict


def text(label: str, *, rows: int = 4, required: bool = True, hint: str = "", most: int = 5000) -> forms.CharField:
    """A field of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class CaseForm(Plain):
    """办一件事的表单:都知道是哪一件申请;日期默认今天。"""

    def __init__(self, *args: Any, case: Application, today: date, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)
        if "on" in self.fields:
            self.fields["on"].initial = today
            self.fields["on"].widget.attrs |= {"max": today.isoformat()}


class EmptyForm(CaseForm):
    """只要确认。"""


class DayForm(CaseForm):
    on = day_field("日期")


class DayNoteForm(DayForm):
    note = text("说明", rows=3, required=False)


class DescriptionForm(CaseForm):
    description = text(
        "补正以后的信息描述", rows=5, required=False, hint="写补正以后的全文，没有改的空着；原来的写法也留着。"
    )


class CorrectedForm(DescriptionForm, DayNoteForm):
    field_order = ("on", "description", "note")


class ReasonForm(CaseForm):
    reason = text("理由", rows=3, most=300)


class _Assignment(Plain):
    """交给谁,内部期限,意见。"""

    to = forms.ModelChoiceField(User.objects.none(), label="承办人", empty_label=CHOOSE)
    due_on = day_field("内部期限", required=False, help_text="早于应答复日，留出审核和送达的时间。")
    note = forms.CharField(label="交办意见", required=False, max_length=300)

    def offer(self, agencies: Iterable[Agency]) -> None:
        """Those who may handle cases of every one of these agencies."""
        people = User.objects.filter(is_active=True, memberships__role="clerk").distinct()
        able = [one.pk for one in people if all(access.may(one, "foi.handle", agency) for agency in agencies)]
        self.fields["to"].queryset = User.objects.filter(pk__in=able)  # type: ignore[attr-defined]
        if not able:
            self.fields["to"].help_text = "没有人能办其中每一个单位的申请，请按单位分开交办。"


class AssignForm(CaseForm, _Assignment):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer([self.case.agency])


class BulkAssignForm(_Assignment):
    """几件一起交办:承办人要能办其中每一件的单位。"""

    def __init__(self, *args: Any, agencies: set[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(agencies)


class ConfirmForm(Plain):
    """只要确认。"""


class SplitForm(CaseForm):
    items = text("各项信息", rows=6, hint="每行一项。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].initial = "\n".join(item.text for item in self.case.items.all())


class PartyForm(CaseForm):
    """从已经征求的几方里选一方。"""

    party = forms.ChoiceField(label="哪一方")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = [step for step in self.case.steps.all() if step.kind.endswith("_sent") and not step.void]
        names = dict.fromkeys(str(step.extra.get("party", "")) for step in sent)
        self.fields["party"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]


class HeardForm(PartyForm):
    on = day_field("收到之日")
    agrees = forms.ChoiceField(
        label="对方的意见",
        choices=[("yes", "同意公开"), ("part", "部分同意"), ("no", "不同意公开")],
        widget=forms.RadioSelect,
    )
    reason = text("理由", rows=3, required=False, hint="不同意或者部分同意的，写明对方的理由。")


class PaidForm(DayForm):
    receipt = forms.CharField(
        label="票据号", max_length=40, required=False, help_text="省级财政部门统一监制的票据。"
    )


class OpinionForm(CaseForm):
    seen = seen_field()
    verdict = forms.ChoiceField(label="结论", choices=Verdict.choices()[:2], widget=forms.RadioSelect)
    text = text("意见", hint="写明审查的内容、依据和结论。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = given_mark(self.case)


class CounselForm(CaseForm):
    text = text("法律顾问的意见")


class ConsultationForm(CaseForm):
    parties = forms.CharField(label="参加单位", max_length=200)
    text = text("会商意见")


class ReopenForm(DayForm):
    days = forms.IntegerField(
        label="责令的期限（工作日）",
        required=False,
        min_value=1,
        max_value=60,
        help_text="决定书、判决书写明的；没有写明的不填，按法定期限。",
    )
    reason = text("依据", rows=3, hint="复议决定、判决的文号，或者自行纠正的理由。")


class ProposeForm(CaseForm):
    title = forms.CharField(label="拟公开的信息", max_length=200, help_text="写信息的名称，不写申请人的任何情况。")
    why = forms.CharField(label="缘由", max_length=300)


class FileForm(CaseForm):
    role = forms.ChoiceField(
        label="用途",
        choices=[(one.value, one.label) for one in (FileRole.REPLY, FileRole.SOURCE, FileRole.EVIDENCE)],
        widget=forms.RadioSelect,
        help_text="“提供给申请人的文件”答复送达以后申请人可以取走。",
    )
    file = forms.FileField(label="文件", help_text="PDF、Word、Excel、图片或者纯文本。")


class LetterForm(Plain):
    """一种文书要填的各项,由文书表来。"""

    def __init__(self, *args: Any, paper: papers.Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for blank in paper.blanks:
            self.fields[blank.key] = self._field(blank)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs.setdefault("aria-describedby", f"id_{name}_hint")

    @staticmethod
    def _field(blank: papers.Blank) -> forms.Field:
        shared = {"label": blank.label, "help_text": blank.hint, "required": False}
        if blank.kind == "basis":
            options = [("item", "按件"), ("page", "按量")]
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **shared)
        if blank.kind in ("days", "number"):
            return forms.IntegerField(min_value=1, max_value=99_999, **shared)
        if blank.kind == "date":
            return day_field(**shared)
        if blank.kind == "line":
            return forms.CharField(max_length=200, **shared)
        return forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), **shared)

    def filled(self) -> dict[str, str]:
        """The values as text, for the action."""
        return {name: "" if value is None else str(value) for name, value in self.cleaned_data.items()}


class DeliverForm(Plain):
    posted_on = day_field("交邮之日", required=False, help_text="只能用邮政企业邮寄；以交邮之日判断是否逾期。")
    signed_on = day_field("签收之日", required=False, help_text="直接送达、委托送达以签收之日判断是否逾期。")
    tracking = forms.CharField(label="邮件号", max_length=40, required=False)


class DecideForm(Plain):
    """一项信息的处理结果:结果、理由、答复里要写明的事实、理由的检验。没有脚本也能用:该填什么由服务器核。"""

    outcome = forms.ChoiceField(label="处理结果")
    ground = forms.ChoiceField(
        label="不予公开部分的理由", required=False, help_text="只有部分公开要选；不予公开的理由由结果决定。"
    )
    record = forms.CharField(
        label="已公开信息的索引号", required=False, max_length=64, help_text="已主动公开的，写明是哪一件。"
    )
    earlier = forms.CharField(
        label="原答复的受理编号", required=False, max_length=40, help_text="重复申请的，写明先前答复的是哪一件。"
    )

    def __init__(self, *args: Any, item: Item, taken: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        """``taken`` are the values of an advice that the person follows; they stand before what is stored."""
        self.item = item
        initial = {"outcome": item.outcome, "ground": item.ground} | {
            f"fact_{k}": v for k, v in item.facts.items()
        }
        initial |= {f"test_{k}": v for k, v in item.answers.items()}
        initial |= {
            "record": item.record.index_number if item.record else "",
            "earlier": item.earlier.number if item.earlier else "",
        }
        initial |= taken or {}
        super().__init__(*args, initial=initial, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, outcome in replies.outcomes().items():
            if not outcome.steps or key in ("still_unclear", "excessive"):
                groups.setdefault(outcome.group.label, []).append((key, outcome.label))
        self.fields["outcome"].choices = [("", CHOOSE), *groups.items()]  # type: ignore[attr-defined]
        self.fields["ground"].choices = [("", "没有")] + [  # type: ignore[attr-defined]
            (key, one.label) for key, one in grounds().items() if key != "special_law"
        ]
        chosen = self.chosen()
        if chosen:
            self._add_facts(chosen)

    def chosen(self) -> str:
        """The outcome on the form, whether posted, asked for in the address, or stored."""
        given = self.data.get("outcome") if self.is_bound else self.initial.get("outcome")
        return str(given or "") if str(given or "") in replies.outcomes() else ""

    def _add_facts(self, key: str) -> None:
        outcome = replies.outcomes()[key]
        for name in outcome.needs:
            if name != "tests":
                self.fields[f"fact_{name}"] = text(replies.facts()[name], rows=3, required=False, most=3000)
        if "tests" not in outcome.needs or outcome.ground:
            del self.fields["ground"]
        given = self.data if self.is_bound else self.initial
        ground = outcome.ground or (str(given.get("ground") or "") if "tests" in outcome.needs else "")
        for test in grounds()[ground].tests if ground in grounds() else ():
            self.fields[f"test_{test.key}"] = text(test.ask, rows=3, required=False, most=3000)
        if key != "already_public":
            del self.fields["record"]
        if key != "repeated":
            del self.fields["earlier"]

    def clean_record(self) -> Record | None:
        number = self.cleaned_data["record"].strip()
        found = Record.objects.filter(index_number=number).first() if number else None
        if number and found is None:
            raise ValidationError("没有这个索引号的信息。请核对。")
        return found

    def clean_earlier(self) -> Application | None:
        number = self.cleaned_data["earlier"].strip()
        mine = Application.objects.filter(agency=self.item.application.agency, number=number)
        if number and not mine.exists():
            raise ValidationError("本机关没有这个受理编号的申请。请核对。")
        return mine.first() if number else None

    def part(self, prefix: str) -> dict[str, str]:
        """The facts or the answers, without the prefix of their fields."""
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }


class RemedyForm(Plain):
    """登记一件复议或者诉讼。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="被申请人或者被告", empty_label=CHOOSE)
    application = forms.CharField(
        label="受理编号",
        required=False,
        max_length=40,
        help_text="针对哪一件申请；不是本系统办的可以不填。",
    )
    kind = forms.ChoiceField(label="种类", choices=RemedyKind.choices(), widget=forms.RadioSelect)
    body = forms.CharField(label="复议机关或者法院", max_length=80)
    case_number = forms.CharField(label="案号", required=False, max_length=60)
    filed_on = day_field("收到通知之日")
    simple = forms.BooleanField(
        label="适用简易程序",
        required=False,
        help_text="政府信息公开案件可以适用简易程序，提交答复和证据的期限较短。",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "foi.remedy")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if number := data.get("application", "").strip():
            data["application"] = Application.objects.filter(number=number, agency=data.get("agency")).first()
            if data["application"] is None:
                self.add_error("application", "这个机关没有这个受理编号的申请。请核对。")
        else:
            data["application"] = None
        return data


class SettleForm(Plain):
    result = forms.ChoiceField(label="结果", choices=RemedyResult.choices()[1:], widget=forms.RadioSelect)
    decided_on = day_field("结案之日")
    reason = text("主要理由", rows=3, required=False, hint="结果纠正的必须写明为什么。")


class ReleaseForm(Plain):
    accept = forms.ChoiceField(
        label="结论", choices=[("yes", "同意转为主动公开"), ("no", "不转")], widget=forms.RadioSelect
    )
    reason = text("理由", rows=3, required=False, most=300, hint="不转的必须写明理由。")


class RegisterForm(Plain):
    """窗口和各渠道来的申请,由工作人员登记;各项同网上申请一样,多了渠道和收到之日。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="受理机关", empty_label=None)
    channel = forms.ChoiceField(label="渠道", choices=[one for one in Channel.choices() if one[0] != "web"])
    arrived_on = day_field("到达之日", help_text="当面提交之日、签收之日、邮件系统接收之日。收发室签收就算签收。")
    confirmed_on = day_field(
        "双方确认之日",
        required=False,
        help_text="平常信函、传真以同申请人确认之日为收到之日，收到当日就要确认。",
    )
    unreached = forms.CharField(
        label="联系不上的经过",
        required=False,
        max_length=150,
        help_text="平常信函、传真联系不上申请人的，写明何时、向哪里、怎样联系过；从严以到达之日为收到之日。",
    )
    evidence = forms.CharField(
        label="收到的证据",
        required=False,
        max_length=200,
        help_text="邮件号、回执存根、确认记录等。",
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "foi.register").current(today)  # type: ignore[attr-defined]
        self.fields["arrived_on"].initial = today
