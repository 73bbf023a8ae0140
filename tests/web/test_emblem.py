"""国徽图案:有放的地方,没有放的提醒;放的要是标准的样子;部门自己的网站不放。"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.org.models import Agency, LogEntry
from gongkai.web import emblem
from tests.records.office import Office

pytestmark = pytest.mark.django_db


def png(width=400, height=430):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def office():
    made = Office()
    from gongkai.org import site

    Agency.objects.create(code="MH0000", name=site.current().host, kind="government")
    return made


def test_the_home_page_shows_it_once_it_is_there(client, office):
    assert "中华人民共和国国徽" not in client.get("/").content.decode()
    assert client.get(reverse("public:emblem")).status_code == 404
    client.force_login(office.office)
    assert "首页还没有国徽图案" in client.get(reverse("desk:home")).content.decode()
    given = {"picture": SimpleUploadedFile("a.png", png())}
    assert client.post(reverse("desk:emblem"), given).status_code == 302
    assert LogEntry.objects.filter(action="web.emblem").exists()
    assert "中华人民共和国国徽" in client.get("/").content.decode()
    assert b"".join(client.get(reverse("public:emblem")).streaming_content) == png()
    assert "首页还没有国徽图案" not in client.get(reverse("desk:home")).content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"<svg/>", "不是 PNG"), (png(30, 30), "像素"), (png(900, 300), "长宽比例"), (b"\x89PNG\r\n\x1a\n", "像素")],
)
def test_what_is_not_the_standard_picture_is_refused(client, office, content, said):
    client.force_login(office.office)
    response = client.post(reverse("desk:emblem"), {"picture": SimpleUploadedFile("a.png", content)})
    assert response.status_code == 422 and said in response.content.decode() and not emblem.path().exists()


def test_the_site_of_a_department_has_none(client):
    office = Office()
    client.force_login(office.office)
    assert "国徽图案" not in client.get(reverse("desk:home")).content.decode()
    emblem.install(png())
    assert "中华人民共和国国徽" not in client.get("/").content.decode()
