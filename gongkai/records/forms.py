"""工作台的表单:起草、审核、撤下、关系、评估。只验形式,合不合法由 actions 和法律核心判断。"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms import Plain, seen_field
from gongkai.desk.numbers import whole
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import Agency

from . import types
from .checks import Check
from .models import Description, Reassessment, Record
from .terms import RelationKind, Verdict


def day_field(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class NewForm(Plain):
    """新建:先定单位和信息类型。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="发布机构", empty_label=None)
    type = forms.ChoiceField(label="信息类型", help_text="类型决定要填哪些要素、归入哪一项法定公开事项。")
    title = forms.CharField(label="标题", max_length=300)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "records.write")
        self.fields["type"].choices = grouped_types()


def grouped_types() -> list[tuple[str, list[tuple[str, str]]]]:
    """Record types under the heading of their statutory tab."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in types.all():
        groups.setdefault(kind.group, []).append((kind.key, kind.label))
    return list(groups.items())


class EditForm(Plain):
    """起草一件信息:公文要素、本类专门要素、正文。"""

    title = forms.CharField(label="标题", max_length=300)
    doc_number = forms.CharField(
        label="文号", max_length=80, required=False, help_text="写作 明政办发〔2026〕3号；没有就不填。"
    )
    issuers = forms.CharField(
        label="联合发文机关",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一个；不是联合发文就不填。",
    )
    addressee = forms.CharField(label="主送机关", max_length=300, required=False)
    subject = forms.ChoiceField(label="主题分类", required=False)
    genre = forms.ChoiceField(label="体裁", required=False)
    made_on = day_field("成文日期", required=False, help_text="会议通过或者负责人签发之日；公开期限从这一天起算。")
    effective_on = day_field("施行日期", required=False)
    expires_on = day_field("有效期至", required=False)
    summary = forms.CharField(label="内容概述", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    keywords = forms.CharField(label="关键词", max_length=200, required=False, help_text="用顿号分开。")
    source = forms.CharField(label="信息来源", max_length=80, required=False)
    openness = forms.ChoiceField(label="公开属性", choices=Openness.choices(), widget=forms.RadioSelect)
    ground = forms.CharField(
        label="不公开的理由", max_length=40, required=False, help_text="不主动公开的必须写明理由和条款。"
    )
    ground_note = forms.CharField(label="理由说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    body = forms.CharField(
        label="正文", required=False, widget=forms.Textarea(attrs={"rows": 18, "data-editor": ""})
    )
    change_note = forms.CharField(
        label="更正说明", max_length=300, required=False, help_text="公开之后再改的，向公众说明改了什么。"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record_type: types.RecordType, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record_type = record_type
        self.fields["subject"].choices = [("", "未分类"), *types.subject_choices()]
        self.fields["genre"].choices = [("", "未定"), *types.genre_choices()]
        if first:
            del self.fields["change_note"]
        for field in record_type.fields:
            self.fields[f"field_{field.key}"] = typed_field(field)

    def clean_issuers(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["issuers"].splitlines() if line.strip()]

    def values(self) -> dict[str, Any]:
        """What ``actions.save`` takes."""
        data = dict(self.cleaned_data)
        data.pop("revision", None)
        special = {key[6:]: data.pop(key) for key in list(data) if key.startswith("field_")}
        data["fields"] = {key: plain(value) for key, value in special.items() if value not in ("", None)}
        return data

    def special_fields(self) -> list[forms.BoundField]:
        return [self[f"field_{field.key}"] for field in self.record_type.fields]


def plain(value: Any) -> Any:
    """JSON's own types only: days and amounts become text."""
    return value if isinstance(value, str | int | float | bool) else str(value)


def typed_field(field: types.Field) -> forms.Field:
    """A form field for a special element of a record type."""
    options = {"label": field.label, "required": False, "help_text": field.hint}
    if field.kind == "date":
        return day_field(**options)
    if field.kind == "number":
        return forms.DecimalField(**options)
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", "未选"), *((one, one) for one in field.choices)], **options)
    if field.kind == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **options)
    if field.kind == "url":
        return forms.URLField(assume_scheme="https", **options)
    return forms.CharField(max_length=500, **options)


def initial(description: Description) -> dict[str, Any]:
    """The form's initial values from an edition."""
    values = {name: getattr(description, name) for name in Description.description_fields() if name != "fields"}
    values["issuers"] = "\n".join(description.issuers)
    values |= {f"field_{key}": value for key, value in description.fields.items()}
    values |= {"body": description.body, "revision": description.revision, "change_note": description.change_note}
    return values


class UploadForm(Plain):
    """带来一份公文,读出要素,成为草稿。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="发布机构", empty_label=None)
    type = forms.ChoiceField(label="信息类型", required=False)
    file = forms.FileField(label="公文文件")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "records.import")
        self.fields["type"].choices = [("", "按内容判断"), *grouped_types()]


def release_field(hint: str) -> forms.DateTimeField:
    """定时发布的时刻,可以不填。"""
    return forms.DateTimeField(
        label="定时发布",
        required=False,
        help_text=hint,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class RescheduleForm(Plain):
    """改定时发布的时刻。"""

    publish_at = release_field("不填的现在公开。")


class ConfirmForm(Plain):
    """送审前逐条核对:每条“请核对”一个勾;正文同要素栏不一样的还要写理由。"""

    confirming = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, findings: list[Check], **kwargs: Any) -> None:
        self.findings = findings
        super().__init__(*args, **kwargs)
        for number, finding in enumerate(findings, 1):
            self.fields[f"tick_{finding.mark}"] = forms.BooleanField(
                label="已经核对，没有错", error_messages={"required": f"第{number}条还没有核对。"}
            )
            self.fields[f"reason_{finding.mark}"] = forms.CharField(
                label="为什么不一样" if finding.needs_reason else "说明（可以不填）",
                max_length=200,
                required=finding.needs_reason,
                error_messages={"required": f"第{number}条请写明理由。"},
            )

    def rows(self) -> list[tuple[Check, forms.BoundField, forms.BoundField]]:
        """Each finding with its tick and its reason."""
        return [
            (finding, self[f"tick_{finding.mark}"], self[f"reason_{finding.mark}"]) for finding in self.findings
        ]

    def confirmed(self) -> dict[str, str]:
        """Mark of each finding → the reason given, for ``actions.submit``."""
        return {finding.mark: self.cleaned_data[f"reason_{finding.mark}"] for finding in self.findings}


class JudgeForm(Plain):
    """一道审核:结论和意见。退回必须写意见(actions 也会核)。``seen`` 是审核人看的那一稿。"""

    seen = seen_field()
    verdict = forms.ChoiceField(label="结论", widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="退回的必须写明要改什么。",
    )

    def __init__(self, *args: Any, final: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = "同意签发" if final else Verdict.PASS.label
        self.fields["verdict"].choices = [(Verdict.PASS.value, yes), (Verdict.RETURN.value, "退回修改")]
        if final:
            self.fields["publish_at"] = release_field("不填就是签发后立即公开。")


class ReasonForm(Plain):
    """只要一句原因的动作:作废草稿、恢复公开。"""

    reason = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(Plain):
    """更正:先说明要改什么。"""

    change_note = forms.CharField(label="更正说明", max_length=300, help_text="这句话会同新版一起公开。")


class RecordChoice(forms.CharField):
    """另一件信息,按索引号、文号或者网址里的编号填写。"""

    def clean(self, value: str) -> Record | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = Record.objects.filter(index_number=text)[:2] or Record.objects.filter(doc_number=text)[:2]
        if not found and (number := whole(text.rstrip("/").rpartition("/")[2])):
            found = Record.objects.filter(pk=number)[:2]
        if not found:
            raise ValidationError(f"没有找到“{text}”。请填写索引号、文号，或者那一件信息的网址。")
        if len(found) > 1:
            raise ValidationError(f"有不止一件信息的文号是“{text}”。请改填索引号。")
        return found[0]


class RelateForm(Plain):
    """同另一件信息建立关系。"""

    kind = forms.ChoiceField(label="关系", choices=RelationKind.choices())
    target = RecordChoice(label="对方", help_text="填索引号、文号或者网址。")
    note = forms.CharField(label="说明", max_length=200, required=False)


class InviteForm(Plain):
    """请外部人员看一次。"""

    name = forms.CharField(label="受邀人", max_length=60, help_text="姓名和单位，如“法律顾问王某，某律师事务所”。")


class OpinionForm(Plain):
    """外部审核人的意见。"""

    opinion = forms.CharField(label="您的意见", widget=forms.Textarea(attrs={"rows": 8}))


class ReassessForm(Plain):
    """年度评估审查的结论。"""

    outcome = forms.ChoiceField(label="结论", choices=Reassessment.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4}))


class AbsencesForm(Plain):
    """本单位不涉及哪几项,为什么。"""

    items = forms.MultipleChoiceField(label="事项", widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label="理由",
        max_length=200,
        help_text="例如：职责在区住房和城乡建设局。区政府办核准以后不再算空缺。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *given: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        cast(forms.MultipleChoiceField, self.fields["items"]).choices = choices


class JudgeAbsencesForm(AbsencesForm):
    """核准或者退回。"""

    agrees = forms.ChoiceField(
        label="结论", choices=(("yes", "核准：不属于这个单位"), ("no", "退回：应当公开")), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="意见",
        max_length=200,
        required=False,
        help_text="退回的要写。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("items", "agrees", "reason")


class UrgeForm(Plain):
    """催报:哪几件,有什么要求。"""

    items = forms.MultipleChoiceField(label="催哪几件", widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label="要求",
        max_length=200,
        required=False,
        help_text="会出现在这个单位的待办里，例如：请于本月25日前公开。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *given: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        cast(forms.MultipleChoiceField, self.fields["items"]).choices = choices


class WordForm(Plain):
    """提示词表里的一个词。"""

    word = forms.CharField(label="词", max_length=40)
    advice = forms.CharField(label="建议", max_length=100)
