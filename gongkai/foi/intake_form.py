"""申请表的定义:网上申请、窗口代填、纸质申请表都由它来,所以要填的总是一样(条例第二十九条)。从不要求填用途。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms import Plain
from gongkai.law.errors import LawError
from gongkai.org.models import Agency
from gongkai.records.bringing import FilesField

from . import store
from .actions import Intake
from .terms import ApplicantKind, FileRole, Manner, Way

IDENTITY_KINDS = [
    ("", "按类别：自然人为居民身份证，单位为统一社会信用代码证书"),
    ("居民身份证", "居民身份证"),
    ("护照", "护照"),
    ("港澳居民来往内地通行证", "港澳居民来往内地通行证"),
    ("台湾居民来往大陆通行证", "台湾居民来往大陆通行证"),
    ("统一社会信用代码", "统一社会信用代码证书（法人和其他组织）"),
    ("营业执照", "营业执照（企业、个体工商户）"),
    ("其他", "其他有效证件"),
]

#: 分几段填:段名和各项,次序就是表上的次序。
PARTS = (
    (
        "申请人",
        (
            "applicant_kind",
            "name",
            "identity_kind",
            "identity",
            "identity_file",
            "representative",
            "contact",
            "agent",
            "agent_identity",
        ),
    ),
    ("联系方式", ("phone", "email", "address", "postcode")),
    ("所需信息", ("description", "doc_number", "attachment", "suggests_release")),
    ("怎样给您", ("manner", "way")),
)
#: 纸质申请表上没有的:电子文件只在网上交。
ONLINE_ONLY = frozenset({"identity_file", "attachment"})
_PERSONAL = (
    "name",
    "identity_kind",
    "identity",
    "representative",
    "contact",
    "agent",
    "agent_identity",
    "phone",
    "email",
    "address",
    "postcode",
)
LARGEST_FILES = 5


class FormWithFiles(Plain):
    """取几个文件的表单:Django 的 ``FileInput`` 只取最后一个,这里按字段取全。"""

    def files_of(self, name: str) -> list[tuple[str, bytes]]:
        """(文件名, 内容) of a field, each typed by its content."""
        found: list[tuple[str, bytes]] = []
        for file in self.files.getlist(self.add_prefix(name)) if hasattr(self.files, "getlist") else []:
            if len(found) == LARGEST_FILES:
                raise ValidationError(f"一次至多{LARGEST_FILES}个文件。其余的可以在补正或者邮寄时交来。")
            content = file.read()
            try:
                store.typed(file.name, content)
            except LawError as error:
                raise ValidationError(str(error)) from None
            found.append((file.name, content))
        return found


class IntakeForm(FormWithFiles):
    """一件申请要写明的内容。"""

    applicant_kind = forms.ChoiceField(
        label="申请人类别", choices=ApplicantKind.choices(), widget=forms.RadioSelect, initial="person"
    )
    name = forms.CharField(
        label="姓名或者名称",
        max_length=100,
        help_text="自然人写姓名，法人和其他组织写全称，同证件一致。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    identity_kind = forms.ChoiceField(label="证件类型", choices=IDENTITY_KINDS, required=False)
    identity = forms.CharField(
        label="证件号码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    identity_file = FilesField(
        label="身份证明",
        required=False,
        help_text="证件的照片或者扫描件（PDF、JPG、PNG）。没有附的，受理机关可能要求补正。",
    )
    representative = forms.CharField(
        label="法定代表人或者负责人", max_length=40, required=False, help_text="法人和其他组织填写。"
    )
    contact = forms.CharField(label="联系人", max_length=40, required=False, help_text="法人和其他组织填写。")
    agent = forms.CharField(
        label="代理人",
        max_length=40,
        required=False,
        help_text="委托他人申请的填写，并附委托书和代理人的身份证明。",
    )
    agent_identity = forms.CharField(label="代理人证件号码", max_length=40, required=False)
    phone = forms.CharField(
        label="联系电话",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label="通信地址",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.RegexField(
        r"^\d{6}\Z",
        label="邮政编码",
        required=False,
        error_messages={"invalid": "邮政编码是六位数字。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    description = forms.CharField(
        label="所需信息",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写信息的名称、文号，或者便于查询的其他特征，例如时间、地点、事项、制作机关。一件申请写一项信息，办得快。",
    )
    doc_number = forms.CharField(label="文号", max_length=80, required=False, help_text="知道的话填写。")
    attachment = FilesField(label="补充材料", required=False, help_text="有助于说明所需信息的文件。")
    suggests_release = forms.BooleanField(
        label="建议把这项信息主动公开",
        required=False,
        help_text="您认为大家都需要的，可以建议；属于主动公开范围的，机关会及时公开。",
    )
    manner = forms.ChoiceField(
        label="提供方式", choices=Manner.choices(), widget=forms.RadioSelect, initial="electronic"
    )
    way = forms.ChoiceField(label="获取途径", choices=Way.choices(), widget=forms.RadioSelect, initial="web")

    def clean_identity_kind(self) -> str:
        """What was chosen, else the usual paper of this kind of applicant."""
        usual = (
            "居民身份证" if self.cleaned_data.get("applicant_kind") == ApplicantKind.PERSON else "统一社会信用代码"
        )
        return str(self.cleaned_data["identity_kind"]) or usual

    def clean_identity_file(self) -> list[tuple[str, bytes]]:
        return self.files_of("identity_file")

    def clean_attachment(self) -> list[tuple[str, bytes]]:
        return self.files_of("attachment")

    def clean(self) -> dict[str, Any]:
        """One way of reaching the applicant is needed; the way of receiving must be possible."""
        data = super().clean() or {}
        if not any(data.get(name) for name in ("phone", "email", "address")):
            self.add_error(
                "phone", "联系电话、电子邮箱、通信地址至少填一种，否则无法联系您（《条例》第二十九条）。"
            )
        for way, name, word in (("email", "email", "电子邮箱"), ("mail", "address", "通信地址")):
            if data.get("way") == way and not data.get(name) and name not in self.errors:
                self.add_error(name, f"您选择的获取途径要用到{word}，请填写。")
        if data.get("manner") == Manner.PAPER and data.get("way") in (Way.WEB, Way.EMAIL):
            self.add_error("way", "纸质件只能邮寄或者当面领取，请改选。")
        if data.get("manner") == Manner.INSPECT and data.get("way") != Way.PICKUP:
            self.add_error("way", "查阅、抄录要到受理机关，请选“当面领取”。")
        return data

    def parts(self) -> list[tuple[str, list[Any]]]:
        """(段名, 各项) for the page."""
        return [(title, [self[name] for name in names]) for title, names in PARTS]

    def intake(self, agency: Agency) -> Intake:
        """What the action takes."""
        data = self.cleaned_data
        files = [(FileRole.IDENTITY.value, *one) for one in data["identity_file"]]
        files += [(FileRole.ATTACHMENT.value, *one) for one in data["attachment"]]
        return Intake(
            agency=agency,
            applicant_kind=data["applicant_kind"],
            personal={name: data[name] for name in _PERSONAL},
            description=data["description"],
            manner=data["manner"],
            way=data["way"],
            doc_number=data["doc_number"],
            suggests_release=data["suggests_release"],
            files=tuple(files),
        )
