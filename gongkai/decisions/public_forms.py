"""公众一侧的表单:提意见、查答复、提目录建议、报名列席。"""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.adapters.files.limits import MIB
from gongkai.desk.forms import Plain
from gongkai.law.errors import LawError

from .actions.opinions import LONGEST, fitting
from .attached import LARGEST, examined


class _WithContact(Plain):
    """称呼、电话、邮箱都可以不填。"""

    name = forms.CharField(label="怎样称呼您", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="称呼、电话、邮箱都可以不填，填了的加密保存，不公开，只用来告诉您结果。",
    )

    def contact(self) -> dict[str, str]:
        """What was given of the person."""
        return {key: self.cleaned_data[key] for key in ("name", "phone", "email") if self.cleaned_data[key]}


class OpinionForm(_WithContact):
    """对征求意见稿的一条意见。"""

    article = forms.CharField(
        label="针对哪一条",
        max_length=60,
        required=False,
        help_text="如“第五条”；对整体的留空。一次一条，可以多次提。",
    )
    text = forms.CharField(
        label="您的意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"写建议怎样改、为什么，至多{LONGEST}字；更长的附文件。请不要写身份证号和别人的私事。",
    )
    file = forms.FileField(
        label="文件",
        required=False,
        help_text=f"写好的意见可以附来：一个，不超过{LARGEST // MIB} MB，Word、PDF、纯文本、图片都行。加密保存，不公开。",
    )
    field_order = ("article", "text", "file", "name", "phone", "email")

    def clean(self) -> dict[str, Any]:
        """One of text and file; a text too long for the box stays in it (no ``maxlength`` cuts what is pasted)."""
        data = super().clean() or {}
        given = data.get("file")
        try:
            data["text"] = fitting(data.get("text", ""), with_file=given is not None)
            data["file"] = examined(given.name, given.read()) if given is not None else None
        except LawError as error:
            self.add_error("text" if given is None or len(data.get("text", "")) > LONGEST else "file", str(error))
        return data


class ProposalForm(_WithContact):
    """建议把一件事列入明年的决策目录。"""

    title = forms.CharField(label="建议决策什么事", max_length=200)
    problem = forms.CharField(label="要解决什么问题", max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    basis = forms.CharField(
        label="理由和依据", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    plan = forms.CharField(
        label="您想的办法", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("title", "problem", "basis", "plan", "name", "phone", "email")


class SignUpForm(_WithContact):
    """报名列席会议。"""

    kind = forms.ChoiceField(
        label="您是",
        choices=[(one, one) for one in ("利益相关方", "普通居民", "企业负责人", "专家", "新闻媒体", "其他")],
    )
    why = forms.CharField(label="为什么想列席", max_length=300, required=False)
    field_order = ("name", "phone", "email", "kind", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "phone"):
            self.fields[name].required = True
        self.fields[
            "email"
        ].help_text = "可以不填。称呼、电话、邮箱加密保存，不公开，只用来告诉您抽中没有和会后的结果。"


class LookForm(Plain):
    """凭编号和查询码看一件。"""

    number = forms.CharField(label="编号", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label="查询码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="提交时给您的十二位字母和数字，大小写、连字符不论。",
    )
