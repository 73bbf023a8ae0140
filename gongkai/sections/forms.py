"""专栏的表单;每一种模块一张,核过的设置才写入。"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from gongkai.adapters.personal import personal_data
from gongkai.desk.forms import CHOOSE, Plain
from gongkai.law import duties
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records import browse, types
from gongkai.records.models import Record

from .models import Section
from .terms import MOST_ROWS, BlockKind, SectionKind

ALL = "不限"


def _no_personal_data(text: str) -> None:
    if found := personal_data(text):
        raise ValidationError(f"里面像有个人信息（{found[0].label}），专栏里不能写，请去掉。")


class NewSectionForm(Plain):
    """新建专栏。"""

    kind = forms.ChoiceField(label="种类", choices=SectionKind.choices())
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="单位", required=False, help_text="单位专栏要选；专题由哪个单位承办也可以选。"
    )
    title = forms.CharField(label="名称", max_length=40, help_text="如“白鹭镇”“优化营商环境”。")
    slug = forms.SlugField(
        label="网址里的名称", max_length=40, help_text="用小写字母、数字和连字符，如 bailu；建立以后不能改。"
    )
    introduction = forms.CharField(
        label="简介", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.district = access.is_district(user, "sections.write")
        own = self.fields["agency"]
        own.queryset = access.agencies_of(user, "sections.write").filter(ended_on=None)  # type: ignore[attr-defined]
        own.empty_label = "不属于一个单位" if self.district else CHOOSE  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if Section.objects.filter(slug=slug).exists():
            raise ValidationError(f"网址里的名称“{slug}”已经有专栏用了，请换一个。")
        return slug

    def clean_introduction(self) -> str:
        _no_personal_data(self.cleaned_data["introduction"])
        return self.cleaned_data["introduction"].strip()

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if "agency" not in self.errors and self.cleaned_data.get("agency") is None:
            if self.cleaned_data.get("kind") == SectionKind.UNIT:
                self.add_error("agency", "单位专栏请选单位。")
            elif not self.district:
                self.add_error("agency", "请选承办的单位；不属于一个单位的专题由区政府办公室建。")
        return data


class SectionForm(Plain):
    """改名称和简介。"""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = NewSectionForm.base_fields["title"]
    introduction = NewSectionForm.base_fields["introduction"]

    clean_introduction = NewSectionForm.clean_introduction


class OpenForm(Plain):
    """开通或者公布改动。"""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    order = forms.IntegerField(
        label="排序", min_value=0, max_value=9999, help_text="数字小的排在前面；首页只列排在前面的专题。"
    )


class CloseForm(Plain):
    """关闭。"""

    reason = forms.CharField(label="关闭原因", max_length=200, help_text="公众看得到，如“专项工作已经完成”。")

    def clean_reason(self) -> str:
        _no_personal_data(self.cleaned_data["reason"])
        return self.cleaned_data["reason"]


# --- 模块 ---


class BlockForm(Plain):
    """各种模块都有的两项。``settings`` 给出要存的,``initial_of`` 把存着的变回表单的初值。"""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    heading = forms.CharField(label="小标题", max_length=30, required=False, help_text="不填就用模块的名称。")
    wide = forms.BooleanField(label="占整行", required=False, help_text="不选的，宽屏上两块并排。")

    def __init__(self, *args: Any, section: Section, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.at = section, at
        for name in ("agency", "duty", "type"):
            if name in self.fields:
                self.fields[name].choices = _CHOICES[name](self.fields[name].required)  # type: ignore[attr-defined]
        self.order_fields([*(name for name in self.fields if name != "wide"), "wide"])

    def settings(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in BlockForm.base_fields}

    @staticmethod
    def initial_of(settings: dict[str, Any]) -> dict[str, Any]:
        return settings


def _agencies(required: bool) -> list[tuple[str, str]]:
    rows = list(Agency.objects.values_list("code", "name"))
    return rows if required else [("", ALL), *rows]


_CHOICES = {
    "agency": _agencies,
    "duty": lambda required: [("", ALL), *((one.key, one.label) for one in duties.all().values())],
    "type": lambda required: [("", ALL), *((one.key, one.label) for one in types.all())],
}


class RecordsForm(BlockForm):
    """最新信息。"""

    agency = forms.ChoiceField(label="发布机构", required=False)
    duty = forms.ChoiceField(label="公开事项", required=False)
    type = forms.ChoiceField(label="信息类型", required=False)
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2199)
    words = forms.CharField(
        label="标题里的词", required=False, max_length=60, help_text="用空格分开，几个词都有的才列；也可以填文号。"
    )
    validity = forms.ChoiceField(label="有效性", required=False, choices=[("", ALL), *browse.VALIDITY.items()])
    count = forms.IntegerField(label="列几件", min_value=1, max_value=MOST_ROWS, initial=8)

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if not self.errors and not any(self.cleaned_data[name] for name in ("agency", "duty", "type")):
            raise ValidationError("发布机构、公开事项、信息类型至少选一项：什么都列的专栏没有用处。")
        return data


class PickedForm(BlockForm):
    """选定信息。"""

    records = forms.CharField(
        label="信息",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"每行一件，填索引号，或者公众网站上信息页的网址；按填的次序列出，至多{MOST_ROWS}件。",
    )

    def clean_records(self) -> list[int]:
        lines = [line.strip() for line in self.cleaned_data["records"].splitlines() if line.strip()]
        if len(lines) > MOST_ROWS:
            raise ValidationError(f"填了{len(lines)}件，至多{MOST_ROWS}件。")
        public, found = Record.objects.public(self.at), []
        for line in lines:
            page = re.fullmatch(r"(?:https?://[^/\s]+)?/records/(\d{1,18})/?", line)
            where = {"pk": page[1]} if page else {"index_number": line}
            pk = public.filter(**where).values_list("pk", flat=True).first()
            if pk is None:
                raise ValidationError(f"没有公开的信息是“{line}”。请照信息页上的索引号填。")
            if pk not in found:
                found.append(pk)
        return found

    @staticmethod
    def initial_of(settings: dict[str, Any]) -> dict[str, Any]:
        numbers = dict(Record.objects.filter(pk__in=settings["records"]).values_list("pk", "index_number"))
        return {"records": "\n".join(numbers[pk] for pk in settings["records"] if pk in numbers)}


class TextForm(BlockForm):
    """文字。"""

    text = forms.CharField(
        label="文字", max_length=2000, widget=forms.Textarea(attrs={"rows": 8}), help_text="一行一段。"
    )

    def clean_text(self) -> str:
        _no_personal_data(self.cleaned_data["text"])
        return "\n".join(line.strip() for line in self.cleaned_data["text"].splitlines() if line.strip())


class LinksForm(BlockForm):
    """链接。"""

    links = forms.CharField(
        label="链接",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"每行一个：名称、空格、网址，如“区图书馆 https://www.example.cn/”；本站的网址可以从斜线写起。至多{MOST_ROWS}个。",
    )

    def clean_links(self) -> list[dict[str, str]]:
        lines = [line.split() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST_ROWS:
            raise ValidationError(f"填了{len(lines)}个，至多{MOST_ROWS}个。")
        return [_link(line) for line in lines]

    @staticmethod
    def initial_of(settings: dict[str, Any]) -> dict[str, Any]:
        return {"links": "\n".join(f"{one['label']} {one['address']}" for one in settings["links"])}


def _link(words: list[str]) -> dict[str, str]:
    *label, address = words
    line = " ".join(words)
    if not label:
        raise ValidationError(f"“{line}”缺了名称或者网址，中间用空格隔开。")
    if len(line) > 500:
        raise ValidationError(f"“{line[:20]}……”太长了，名称和网址一共不超过五百个字符。")
    host = ""
    if not re.fullmatch(r"/(?![/\\])[^\s\\]*", address):
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            raise ValidationError(f"“{line}”的网址不对。别的网站要从 https:// 写起，本站的从斜线写起。") from None
        host = urlsplit(address).hostname or ""
    return {"label": " ".join(label), "address": address, "host": host}


class AgencyForm(BlockForm):
    """单位名片。"""

    agency = forms.ChoiceField(label="单位")


class TilesForm(BlockForm):
    """公开事项。"""

    duties = forms.MultipleChoiceField(label="公开事项", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].choices = [(one.key, one.label) for one in duties.all().values()]  # type: ignore[attr-defined]


class PlacesForm(BlockForm):
    """查阅点。"""

    agency = forms.ChoiceField(label="管理单位", required=False)


class SearchForm(BlockForm):
    """检索框。"""

    hint = forms.CharField(label="框里的提示", required=False, max_length=30, help_text="如“要找的词，或者文号”。")


FORMS: dict[BlockKind, type[BlockForm]] = {
    BlockKind.RECORDS: RecordsForm,
    BlockKind.PICKED: PickedForm,
    BlockKind.TEXT: TextForm,
    BlockKind.LINKS: LinksForm,
    BlockKind.AGENCY: AgencyForm,
    BlockKind.TILES: TilesForm,
    BlockKind.PLACES: PlacesForm,
    BlockKind.SEARCH: SearchForm,
}
