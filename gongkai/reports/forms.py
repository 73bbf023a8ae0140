"""年报的表单。"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from gongkai.adapters.annual import Unreadable, read
from gongkai.adapters.files import DEFAULT
from gongkai.law.report import Report
from gongkai.org.forms import Plain

FORMATS = ".pdf,.docx,.doc,.wps,.xlsx,.xls,.html,.htm,.txt"


def _file(label: str, hint: str, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label, help_text=hint, required=required, widget=forms.FileInput(attrs={"accept": FORMATS})
    )


class CheckForm(Plain):
    """公众的年报校验:一份报告,可以另给上一年度的。读不出来的,错误写在那一项上。"""

    report = _file(
        "年度报告", "PDF（有文字的）、Word、Excel、网页或者纯文本。文件只在校验时读，不保存。", required=True
    )
    previous = _file(
        "上一年度的报告", "给出来可以核对结转、规范性文件的增减和文字雷同，不给也可以校验。", required=False
    )

    def clean_report(self) -> Report:
        return _read(self.cleaned_data["report"])

    def clean_previous(self) -> Report | None:
        given = self.cleaned_data["previous"]
        return _read(given) if given else None


def _read(file: UploadedFile) -> Report:
    """The report in an uploaded file; what is wrong with the file becomes the error of the field."""
    if (file.size or 0) > DEFAULT.file_bytes:
        raise ValidationError(
            f"文件超过{DEFAULT.file_bytes // 1024 // 1024} MB。请压缩图片或者只留年度报告后再试。"
        )
    try:
        return read(file.read(), file.name or "文件")
    except Unreadable as error:
        raise ValidationError(str(error)) from error
