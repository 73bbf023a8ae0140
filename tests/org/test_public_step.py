"""公众的表单:送来它不收的文件,整张退回、写明,不悄悄丢下。"""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from gongkai.org.public_step import public_step, unasked_file
from gongkai.records.bringing import FilesField
from tests.records.office import Office

pytestmark = pytest.mark.django_db


class Words(forms.Form):
    text = forms.CharField()


class OneFile(Words):
    file = forms.FileField(required=False)


class Several(Words):
    file = FilesField(required=False)


def papers(*names):
    return [SimpleUploadedFile(name, b"1") for name in names]


@pytest.mark.parametrize(
    ("form", "files", "why"),
    [
        (Words, {"file": papers("甲.pdf")}, "不收文件，《甲.pdf》没有收下"),
        (OneFile, {"file": papers("甲.pdf")}, ""),
        (OneFile, {"paper": papers("甲.pdf")}, "不收文件"),
        (OneFile, {"text": papers("甲.pdf")}, "不收文件"),
        (OneFile, {"file": papers("甲.pdf", "乙.pdf")}, "选了2个"),
        (Several, {"file": papers("甲.pdf", "乙.pdf")}, ""),
    ],
)
def test_a_file_that_no_field_takes_is_said(form, files, why):
    request = RequestFactory().post("/", {"text": "话"} | files)
    said = unasked_file(form(request.POST, request.FILES), request)
    assert why in said and bool(said) == bool(why)


@pytest.mark.parametrize("words", [{"text": "话"}, {}])
def test_nothing_is_done_with_the_rest_of_the_form(words):
    request, done = RequestFactory().post("/", words | {"file": papers("甲.pdf")}), []
    form = Words(request.POST or None)
    page = public_step(request, "x", form, lambda: done.append(1) or {}, "500.html", "500.html", at=timezone.now())
    assert page.status_code == 400 and done == []


def test_the_forms_of_the_public_refuse_it_and_keep_what_was_written(client):
    office = Office()
    for name, words in (
        ("ask_send", {"text": "路灯谁管？", "agency": office.agency.code}),
        ("notices", {"way": "mail"}),
    ):
        page = client.post(reverse(f"public:{name}"), words | {"file": papers("甲.pdf")})
        assert page.status_code == 400 and "《甲.pdf》没有收下" in page.content.decode(), name
        assert words.get("text", "") in page.content.decode()
