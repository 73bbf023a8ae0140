"""网站各页的表单。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from gongkai.desk.forms import Filter, Plain
from gongkai.law import duties
from gongkai.org.fields import agency_filter
from gongkai.org.models import Agency

from .models import OldAddress, Subscriber


class OldAddressForm(Plain):
    """登记一个旧网址。"""

    path = forms.CharField(
        label="旧网址", max_length=500, help_text="写 /art/1.html 的样子，或者整条网址；查询串有用的一起写上。"
    )
    kind = forms.ChoiceField(
        label="种类",
        choices=OldAddress.Kind.choices,
        help_text="跳转：直接到去处。存档页：先说明网页已经归档，再给去处。已不提供：说明不再提供。",
    )
    target = forms.CharField(
        label="去处",
        max_length=500,
        required=False,
        help_text="信息的网址（/records/1/）、本站的网页，或者别的网站的整条网址。",
    )
    note = forms.CharField(
        label="说明", max_length=300, required=False, help_text="存档页和“已不提供”的页上给公众看。"
    )


class OldAddressFilter(Filter):
    """筛选旧网址。"""

    q = forms.CharField(label="网址里的字", max_length=100, required=False)
    kind = forms.ChoiceField(label="种类", choices=[("", "全部"), *OldAddress.Kind.choices], required=False)
    sort = forms.ChoiceField(
        label="次序", choices=[("", "新登记的在前"), ("hits", "来访多的在前")], required=False
    )


class OldAddressFile(Plain):
    """成批导入旧网址。"""

    file = forms.FileField(
        label="CSV 文件",
        help_text="第一行是列名：旧网址、种类、去处、说明。种类写跳转、存档页或者已不提供；不写的，有去处算跳转，没有算已不提供。",
    )


class VisitFilter(Filter):
    """筛选访问统计。"""

    by = forms.ChoiceField(
        label="按什么看",
        choices=[("", "日期"), ("column", "栏目"), ("agency", "单位"), ("record", "信息"), ("page", "网页")],
        required=False,
    )
    since = forms.DateField(
        label="日期自", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(
        label="日期至", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    agency = agency_filter()
    duty = forms.ChoiceField(label="栏目", required=False)

    def __init__(self, data: QueryDict, *, agencies: QuerySet[Agency]) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies
        self.fields["duty"].choices = [("", "全部"), *((one.key, one.short) for one in duties.all().values())]
        self.full_clean()


class SubscriberForm(Plain):
    """登记一个数据同源的订户。"""

    name = forms.CharField(label="名称", max_length=60, help_text="如“某某发布微信公众号”“市政府门户网站”。")
    url = forms.CharField(
        label="地址", max_length=500, help_text="以 https:// 开头，接收通知的网址。", widget=forms.URLInput
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.filter(ended_on=None), label="只要这些单位的", required=False, help_text="不选就是全部。"
    )
    duties = forms.MultipleChoiceField(label="只要这些栏目的", required=False, help_text="不选就是全部。")

    def __init__(self, *args: Any, own: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["duties"].choices = [(one.key, one.short) for one in duties.all().values()]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Subscriber.objects.filter(name=name).exclude(pk=self.own).exists():
            raise forms.ValidationError(f"已经有叫“{name}”的订户了，请换一个名称。")
        return name
