"""加附件、去附件不丢写了一半的文字:能存的存下,存不了的留在表里。"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.records.models import Edition
from tests.foi.desk import PDF
from tests.records.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def typed(client, edition, **changes):
    """The form as the browser would send it, with what was typed."""
    page = client.get(reverse("desk:edit", args=[edition.record_id]))
    form = page.context["form"]
    values = {field.html_name: field.value() for field in form}
    values = {name: value for name, value in values.items() if value not in (None, "", False)}
    return values | changes


def send(client, name, edition, values, *more):
    return client.post(reverse(f"desk:{name}", args=[edition.record_id, *more]), values)


def test_uploading_saves_what_was_typed(client, office):
    edition = office.draft()
    client.force_login(office.clerk)
    values = typed(client, edition, body="<p>刚写的一段。</p>", title="刚改的标题")
    answer = send(client, "attach", edition, values | {"file": SimpleUploadedFile("附件.pdf", PDF)})
    assert answer.status_code == 302
    now = Edition.objects.get(pk=edition.pk)
    assert "刚写的一段" in now.body and now.title == "刚改的标题" and now.attachments.count() == 1
    values = typed(client, edition, body="<p>又写的一段。</p>")
    send(client, "detach", edition, values, now.attachments.get().pk)
    now = Edition.objects.get(pk=edition.pk)
    assert "又写的一段" in now.body and now.attachments.count() == 0


def test_what_cannot_be_saved_stays_in_the_form(client, office):
    edition = office.draft()
    client.force_login(office.clerk)
    values = typed(client, edition, title="", body="<p>刚写的一段。</p>")
    page = send(client, "attach", edition, values | {"file": SimpleUploadedFile("附件.pdf", PDF)})
    assert (
        page.status_code == 422 and "刚写的一段" in page.content.decode() and "附件.pdf" in page.content.decode()
    )
    again = values | {"title": "有了标题", "revision": page.context["form"]["revision"].value()}
    assert send(client, "edit", edition, again).status_code == 302
    assert "刚写的一段" in Edition.objects.get(pk=edition.pk).body


def test_a_conflict_shows_both_and_loses_neither(client, office):
    edition = office.draft()
    client.force_login(office.clerk)
    values = typed(client, edition, body="<p>我写的。</p>")
    other = typed(client, edition, body="<p>别人先存的。</p>")
    send(client, "edit", edition, other)
    page = send(client, "attach", edition, values | {"file": SimpleUploadedFile("附件.pdf", PDF)})
    text = page.content.decode()
    assert page.status_code == 409 and "我写的。" in text and "别人先存的。" in text
    assert send(client, "edit", edition, values).status_code == 409


def test_no_file_chosen_is_said_and_the_words_are_saved(client, office):
    edition = office.draft()
    client.force_login(office.clerk)
    answer = send(client, "attach", edition, typed(client, edition, body="<p>刚写的一段。</p>"))
    assert answer.status_code == 302 and "刚写的一段" in Edition.objects.get(pk=edition.pk).body
    assert "没有选文件" in client.get(answer.url).content.decode()
