"""填进来的字:从表单、从程序、从接口来的都清过;订阅、网站地图、接口、公文不会因为一个看不见的字符出错。"""

import pytest
from django.http import QueryDict
from django.urls import reverse

from gongkai.adapters.plaintext import clean, line
from gongkai.org.chain import verify
from gongkai.org.models import LogEntry
from gongkai.records import actions
from gongkai.records.forms import NewForm
from gongkai.records.models import Edition, Record
from tests.records.office import AT, Office

UNSEEN = "\x00\x01\x0b\x1f\x7f\ufffe\U0001ffff\ud800"


@pytest.mark.parametrize("character", sorted({*UNSEEN, "\x0c", "\x85", "\u2028", "\ufeff", "\ufdd0"}))
def test_no_unseen_character_is_left(character):
    assert clean(f"甲{character}乙") in ("甲乙", "甲\n乙") and line(f"甲{character}乙") in ("甲乙", "甲 乙")


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\ufff9", "\U000e0041"])
def test_what_turns_the_direction_or_hides_goes(sign):
    """“〔2026〕3号”前面放一个倒写的记号,看到的就不是写下的。"""
    assert clean(f"明政办发{sign}〔2026〕3号") == "明政办发〔2026〕3号"


def test_what_is_seen_stays():
    text = "藏文ཀ 😀 𠮷\t表\n行　全角\u200b零宽"
    assert clean(text) == text


@pytest.mark.django_db
def test_a_form_cleans_what_was_typed():
    office = Office()
    data = QueryDict(mutable=True)
    data.update({"agency": office.agency.pk, "type": "document", "title": f"关于\x0b检查{UNSEEN}的通知"})
    form = NewForm(data, user=office.clerk)
    assert form.is_valid() and form.cleaned_data["title"] == "关于 检查 的通知"


@pytest.mark.django_db
def test_a_title_with_a_soft_return_breaks_no_surface(client):
    """One pasted title once turned every feed into an error until it left the newest thirty."""
    office = Office()
    record = office.publish(title="关于开展\x0b检查的通知\x00")
    assert record.title == "关于开展 检查的通知"
    # 从前写进去的、绕过表单写的
    Edition.objects.filter(record=record).update(title="坏\x0b题\ufffe")
    Record.objects.filter(pk=record.pk).update(title="坏\x0b题\ufffe", summary="坏\x01概述")
    for name in ("feed", "sitemap_lists", "api_records", "home"):
        assert client.get(reverse(f"public:{name}")).status_code == 200, name
    assert "坏 题" in client.get(reverse("public:feed")).content.decode()


@pytest.mark.django_db
def test_the_log_is_cleaned_before_it_is_sealed():
    office = Office()
    edition = office.draft(title="题")
    actions.save(edition, {"title": "新\x0b题\x00"}, by=office.clerk, at=AT, revision=edition.revision)
    assert verify().faults == ()
    assert not LogEntry.objects.filter(summary__contains="\x0b").exists()
