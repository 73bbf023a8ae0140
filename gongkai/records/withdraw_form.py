"""撤下的表单:种类和各自的必填,挂在上面的、相关的、有同样附件的逐件勾选。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.desk.forms import Plain
from gongkai.law.marks import titled

from .forms import RecordChoice, day_field
from .gates import Hanging
from .models import Record
from .terms import WithdrawalKind

SharedFiles = list[tuple[Record, list[str]]]


def same_file_fields(sharing: SharedFiles) -> dict[str, forms.Field]:
    """A tick and a reason for each record that has the same files (``actions.sharing``)."""
    fields: dict[str, forms.Field] = {}
    for one, names in sharing:
        fields[f"same{one.pk}"] = forms.BooleanField(
            label=f"一并撤下{titled(one.title)}（{one.agency}）：里面有同样的附件{'、'.join(names)}",
            required=False,
        )
        fields[f"samewhy{one.pk}"] = forms.CharField(
            label="撤回、涉密、废止的，不一并撤下要写明为什么留着", max_length=200, required=False
        )
    return fields


def same_files_chosen(sharing: SharedFiles, cleaned: dict[str, Any]) -> tuple[list[int], dict[int, str]]:
    """(those that go along, why each of the others stays), by primary key."""
    also = [one.pk for one, _ in sharing if cleaned[f"same{one.pk}"]]
    return also, {one.pk: cleaned[f"samewhy{one.pk}"] for one, _ in sharing if one.pk not in also}


class WithdrawForm(Plain):
    """撤下:种类和各自的必填。"""

    kind = forms.ChoiceField(label="撤下的种类", choices=WithdrawalKind.choices(), widget=forms.RadioSelect)
    reason = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 3}))
    on = day_field("自何日起")
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="废止、失效的要写依据哪份文件或者哪一条。"
    )
    successor = RecordChoice(label="承继信息", required=False, help_text="填索引号、文号或者网址。")
    address = forms.URLField(
        label="新地址", required=False, assume_scheme="https", help_text="迁到别处的填新网址。"
    )

    def __init__(
        self,
        *args: Any,
        hanging: list[Record],
        things: list[Hanging],
        related: list[Record],
        sharing: SharedFiles,
        **kwargs: Any,
    ) -> None:
        gone = {one.pk for one in hanging}
        self.hanging, self.things = hanging, things
        self.sharing = [(one, names) for one, names in sharing if one.pk not in gone]
        super().__init__(*args, **kwargs)
        for interpretation in hanging:
            self.fields[f"along{interpretation.pk}"] = forms.BooleanField(
                label=f"一并撤下{titled(interpretation.title)}", required=False, initial=True
            )
            self.fields[f"why{interpretation.pk}"] = forms.CharField(
                label="不一并撤下的，写明为什么留着", max_length=200, required=False
            )

        for nth, thing in enumerate(things):
            self.fields[f"thing{nth}"] = forms.BooleanField(
                label=f"一并结束{thing.label}", required=False, initial=True
            )
            self.fields[f"spare{nth}"] = forms.CharField(
                label="不一并结束的，写明为什么留着", max_length=200, required=False
            )
        self.fields |= same_file_fields(self.sharing)
        same = {one.pk for one, _ in self.sharing}
        if related := [one for one in related if one.pk not in same]:
            also = forms.MultipleChoiceField(
                label="相关的信息，要一并撤下的请勾选",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(one.pk), f"{titled(one.title)}（{one.agency}）") for one in related],
            )
            self.fields["also"] = also

    def values(self) -> dict[str, Any]:
        """What ``actions.withdraw`` takes."""
        names = ("kind", "reason", "on", "basis", "successor", "address")
        keep = {
            interpretation.pk: self.cleaned_data[f"why{interpretation.pk}"]
            for interpretation in self.hanging
            if not self.cleaned_data[f"along{interpretation.pk}"]
        }
        spare = {
            thing.key: self.cleaned_data[f"spare{nth}"]
            for nth, thing in enumerate(self.things)
            if not self.cleaned_data[f"thing{nth}"]
        }
        also = [int(pk) for pk in self.cleaned_data.get("also", ())]
        same, shared = same_files_chosen(self.sharing, self.cleaned_data)
        rest = {"keep": keep, "spare": spare, "also": also + same, "shared": shared}
        return {name: self.cleaned_data[name] for name in names} | rest
