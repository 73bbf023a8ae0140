"""出错的页自己不出错:数据库没有了,也说得出一句话。"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from gongkai.web.views.errors import broken


def test_the_500_page_asks_no_database():
    """No mark for the database: a query here fails the test."""
    response = broken(RequestFactory().get("/"))
    text = response.content.decode()
    assert response.status_code == 500 and "系统出错了" in text and "gongkai/css/base" in text


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"file": [SimpleUploadedFile(f"{number}.txt", b"1") for number in range(501)]}, "500个以上的文件"),
        ({f"a{number}": "" for number in range(1001)}, "1000项以上"),
        ({"text": "a" * (10 * 1024 * 1024 + 1)}, "超过10 MB"),
    ],
)
@pytest.mark.django_db
def test_what_is_too_much_is_said_in_chinese_and_how_to_go_on(client, sent, why):
    page = client.post(reverse("public:letter_write"), sent)
    assert (
        page.status_code == (413 if "text" in sent else 400)
        and why in page.content.decode()
        and "“后退”" in page.content.decode()
    )


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"HTTP_HOST": "other.example"}, "主机名不是本网站的"),
        ({"HTTP_HOST": "a_b..c"}, "主机名不是本网站的"),
        ({"CONTENT_TYPE": "multipart/form-data; boundary="}, "表单不完整"),
    ],
)
@pytest.mark.django_db
def test_a_foreign_host_and_a_broken_form_have_the_same_page(client, headers, why):
    client.raise_request_exception = False
    page = client.post(reverse("public:letter_write"), {}, **headers)
    assert page.status_code == 400 and why in page.content.decode() and "gongkai/css/base" in page.content.decode()
