"""每一种栏填错了说的话:哪一栏、哪里不对、怎样填;没有框架自己的话。"""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from gongkai.desk.forms import Plain
from gongkai.org.models import Agency

KINDS = {
    "title": (forms.CharField(label="标题", max_length=4), "一二三四五", "“标题”最多4个字，现在有5个字，请删减。"),
    "short": (
        forms.CharField(label="密码", min_length=3),
        "一",
        "“密码”至少3个字，现在只有1个字，请补充。",
    ),
    "empty": (forms.CharField(label="名称"), "", "请填写“名称”。"),
    "whole": (forms.IntegerField(label="件数"), "三", "“件数”不是整数，请只填数字，如12。"),
    "least": (forms.IntegerField(label="件数", min_value=1), "0", "“件数”不能小于1，请核对。"),
    "most": (forms.IntegerField(label="件数", max_value=9), "10", "“件数”不能大于9，请核对。"),
    "money": (
        forms.DecimalField(label="金额", max_digits=6, decimal_places=2),
        "1.234",
        "“金额”最多2位小数，请核对。",
    ),
    "rate": (forms.DecimalField(label="占比%"), "多", "“占比％”不是数，请只填数字，如12.5。"),
    "day": (
        forms.DateField(label="日期"),
        "2026-02-30",
        "“日期”不是有效的日期，请按年-月-日填写，如2026-01-05。",
    ),
    "time": (forms.TimeField(label="时间"), "25点", "“时间”不是有效的时间，请按时:分填写，如09:30。"),
    "mail": (
        forms.EmailField(label="邮箱"),
        "甲@",
        "“邮箱”不像电子邮箱，请照“名称@网站”的样子填写，如name@example.com。",
    ),
    "choice": (
        forms.ChoiceField(label="类别", choices=[("a", "甲")]),
        "b",
        "“类别”没有选的这一项，请从列出的里重新选。",
    ),
    "none": (forms.ChoiceField(label="类别", choices=[("a", "甲")]), "", "请选择“类别”。"),
    "many": (
        forms.MultipleChoiceField(label="渠道", choices=[("a", "甲")]),
        "b",
        "“渠道”有一项不在列出的里，请重新选。",
    ),
    "own": (
        forms.CharField(label="编码", max_length=1, error_messages={"max_length": "编码一位。"}),
        "12",
        "编码一位。",
    ),
}


@pytest.mark.once
@pytest.mark.parametrize("name", KINDS)
def test_each_fault_names_the_field_and_says_what_to_do(name):
    field, given, said = KINDS[name]
    data = QueryDict(mutable=True)
    data[name] = given
    assert type("Filled", (Plain,), {name: field})(data).errors[name] == [said]


@pytest.mark.once
def test_files_and_fields_that_were_added_later_speak_too():
    class Sent(Plain):
        file = forms.FileField(label="文件")

    empty = {"file": SimpleUploadedFile("a.txt", b"")}
    assert Sent({}, {}).errors["file"] == ["请选择“文件”。"]
    assert Sent({}, empty).errors["file"] == ["“文件”选的是空文件，请核对后重新选择。"]
    form = Sent({}, {"file": SimpleUploadedFile("a.txt", b"a")})
    form.fields["later"] = forms.IntegerField(label="以后加的")
    assert form.errors["later"] == ["请填写“以后加的”。"]


@pytest.mark.django_db
def test_a_row_that_is_not_offered_is_said_by_the_name_of_the_field():
    class Chosen(Plain):
        agency = forms.ModelChoiceField(Agency.objects.all(), label="单位")

    assert Chosen({"agency": 10**9}).errors["agency"] == ["“单位”没有选的这一项，请从列出的里重新选。"]
