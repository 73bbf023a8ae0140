"""年报的表单。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import monotonic
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from gongkai.adapters import ocr
from gongkai.adapters.annual import Scanned, Scans, Unreadable, read_foreign
from gongkai.adapters.files import DEFAULT
from gongkai.desk.forms import CHOOSE, Plain, seen_field
from gongkai.law.report import Report, form_of
from gongkai.org import access
from gongkai.org.models import Agency, User

from .models import AnnualReport
from .narrative import WRITTEN
from .terms import Scope

#: 三部分各给几行的地方。
ROWS = (14, 10, 4)
#: 公众页面上识别扫描件的限度;两份文件的时间合起来算。
SCANS = Scans(pages=10, seconds=40, wait=5)
NO_SCANS = (
    "《{name}》是扫描件，里面没有文字，本站没有装文字识别，读不出来。请上传带文字的 PDF、Word、Excel 或者网页。"
)
#: 旧版 Word 要借 LibreOffice 来读,公众的文件不交给它。
FORMATS = ".pdf,.docx,.xlsx,.xls,.html,.htm,.txt"


def _file(label: str, hint: str, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label, help_text=hint, required=required, widget=forms.FileInput(attrs={"accept": FORMATS})
    )


class CheckForm(Plain):
    """公众的年报校验:一份报告,可以另给上一年度的。读不出来的,错误写在那一项上。

    ``may_scan`` 说这位访问者还可不可以再识别一份扫描件。
    """

    report = _file("年度报告", "", required=True)
    previous = _file(
        "上一年度的报告", "给出来可以核对结转、规范性文件的增减和文字雷同，不给也可以校验。", required=False
    )

    def __init__(self, *args: Any, may_scan: Callable[[], bool] = lambda: True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pdf = f"PDF（扫描的不超过{SCANS.pages}页）" if ocr.installed() else "PDF（有文字的）"
        self.fields["report"].help_text = f"{pdf}、Word、Excel、网页或者纯文本。文件只在校验时读，不保存。"
        self._may_scan, self._until = may_scan, monotonic() + SCANS.seconds

    def clean_report(self) -> Report:
        return self._read(self.cleaned_data["report"])

    def clean_previous(self) -> Report | None:
        given = self.cleaned_data["previous"]
        return self._read(given) if given else None

    def _read(self, file: UploadedFile) -> Report:
        """The report in an uploaded file; what is wrong with the file becomes the error of the field."""
        if (file.size or 0) > DEFAULT.file_bytes:
            raise ValidationError(
                f"文件超过{DEFAULT.file_bytes // 1024 // 1024} MB。请压缩图片或者只留年度报告后再试。"
            )
        name, scans = file.name or "文件", replace(SCANS, seconds=self._until - monotonic())
        try:
            return read_foreign(file, name, scans=scans, may_scan=self._may_scan)
        except Scanned as error:
            raise ValidationError(NO_SCANS.format(name=name)) from error
        except Unreadable as error:
            raise ValidationError(str(error)) from error


class StartForm(Plain):
    """开始编制一份年报。"""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label=CHOOSE)
    year = forms.TypedChoiceField(label="年度", coerce=int)
    scope = forms.ChoiceField(
        label="口径",
        choices=Scope.choices(),
        initial=Scope.OWN.value,
        help_text="只有人民政府的年报可以选全区汇总。",
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = access.agencies_of(user, "reports.write").filter(ended_on=None)
        self.fields["agency"].queryset = mine  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, str(year)) for year in range(on.year, 2018, -1)]  # type: ignore[attr-defined]


class TextForm(Plain):
    """第一、五、六部分的文字。"""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, annual: AnnualReport, **kwargs: Any) -> None:
        initial = {f"part{n}": annual.sections.get(number, "") for n, number in enumerate(WRITTEN)}
        super().__init__(*args, initial=initial | {"revision": annual.revision}, **kwargs)
        titles = {section.number: section.heading for section in form_of(annual.year).sections}
        for n, number in enumerate(WRITTEN):
            self.fields[f"part{n}"] = forms.CharField(
                label=titles[number],
                required=False,
                max_length=20000,
                widget=forms.Textarea(attrs={"rows": ROWS[n]}),
            )

    def texts(self) -> dict[str, str]:
        """The text of each part by its number (一、五、六)."""
        return {number: self.cleaned_data[f"part{n}"] for n, number in enumerate(WRITTEN)}


class CellForm(Plain):
    """手工填报一格。"""

    number = forms.CharField(
        label="数", max_length=24, help_text="件数填非负整数，没有发生的填0；金额的单位是万元。"
    )
    source = forms.CharField(label="来源", max_length=100, help_text="数从哪个系统、哪份台账来。")
    note = forms.CharField(label="说明", max_length=300, required=False)


class ExplainForm(Plain):
    """写明一处不一致的原因。"""

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    reason = forms.CharField(label="原因", max_length=500)


class JudgeForm(Plain):
    """审核。"""

    seen = seen_field()
    verdict = forms.ChoiceField(
        label="结论", choices=[("agree", "同意"), ("back", "退回编制")], widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回的要写明。",
    )


class CorrectForm(Plain):
    """更正的理由,公众看得见。"""

    reason = forms.CharField(label="更正理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
