"""输入提示、相关、热门:只出自公开的题名、单位名和好几天都有人打的词;检索词不记人,到期删去,带个人信息的不留。"""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.law import params
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind
from gongkai.search import actions, jobs, kept, suggesting
from gongkai.search.models import Muted, Popular, QueryDay
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    one = Office()
    for title in ("关于老旧小区加装电梯的通知", "关于电梯安全检查的通知", "关于学前教育资助的通知"):
        one.publish(title=title, body="<p>略。</p>", doc_number="")
    jobs.rebuild(on=AT.date(), at=AT)
    return one


def asked(text, days=3, *, found=1, kind="search"):
    """The same words on several days, counted in."""
    for back in range(days):
        kept.note(text, kind, AT.date() - timedelta(days=back), found=found)
    jobs.count(at=AT)


def test_titles_agencies_and_duties(office):
    assert suggesting.suggest("加装电", AT) == ["关于老旧小区加装电梯的通知"]
    assert set(suggesting.suggest("电梯", AT)) == {"关于老旧小区加装电梯的通知", "关于电梯安全检查的通知"}
    assert "明湖区人民政府办公室" in suggesting.suggest("明湖区人民", AT)
    assert suggesting.suggest("", AT) == suggesting.suggest("，。", AT) == []


def test_withdrawn_titles_are_not_suggested(office):
    record = Record.objects.get(title__contains="加装电梯")
    records.withdraw(record, WithdrawalKind.RETRACTED, by=office.final, at=AT, reason="有误", on=AT.date())
    assert suggesting.suggest("加装电", AT) == []


def test_popular_needs_several_days_and_something_to_find(office):
    asked("加装电梯")
    asked("学前教育", days=2)
    asked("飞行汽车", found=0)
    for _ in range(50):
        kept.note("安全检查", "search", AT.date(), found=1)
    jobs.count(at=AT)
    assert suggesting.popular(AT) == ["加装电梯"]
    assert suggesting.suggest("加装", AT)[0] == "加装电梯"


def test_a_popular_word_goes_when_what_it_finds_is_withdrawn(office):
    asked("老旧小区")
    record = Record.objects.get(title__contains="加装电梯")
    records.withdraw(record, WithdrawalKind.RETRACTED, by=office.final, at=AT, reason="有误", on=AT.date())
    assert suggesting.popular(AT) == suggesting.related("老旧房屋", AT) == []


def test_related(office):
    asked("电梯安全")
    asked("学前教育")
    assert suggesting.related("电梯 安全", AT) == ["电梯安全"]
    assert suggesting.related("电梯安全", AT) == []


def test_muted_words_are_not_shown(office):
    asked("加装电梯")
    actions.mute("加装电梯", by=office.office, at=AT)
    asked("加装电梯")
    assert suggesting.popular(AT) == []
    actions.unmute(Muted.objects.get(), by=office.office, at=AT)
    assert suggesting.popular(AT) == ["加装电梯"]


@pytest.mark.parametrize("text", ["13800000000", "110101199003074514 的补助", "电" * 61, "？？", ""])
def test_personal_and_long_queries_are_not_kept(text):
    kept.note(text, "search", AT.date(), found=1)
    jobs.count(at=AT)
    assert not QueryDay.objects.exists()


def test_one_row_a_day_without_a_person(office, client):
    for _ in range(3):
        client.get(
            reverse("public:search"), {"q": "加装電梯"}, REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="某某浏览器"
        )
    client.post(reverse("public:search_opened"), {"q": "加装电梯"})
    client.get(reverse("public:ask"), {"q": "电梯怎么装"})
    noted = (kept._path()).read_text("utf-8")
    assert "203.0.113.9" not in noted and "浏览器" not in noted
    jobs.count(at=AT)
    row = QueryDay.objects.get(kind="search")
    assert (row.text, row.asked, row.opened, row.found) == ("加装电梯", 3, 1, 1)
    assert QueryDay.objects.filter(kind="ask").count() == 1
    assert {field.name for field in QueryDay._meta.fields} == {
        "id",
        "text",
        "kind",
        "on",
        "asked",
        "opened",
        "found",
    }
    entry = LogEntry.objects.get(action="search.count")
    assert "电梯" not in json.dumps([entry.summary, entry.detail], ensure_ascii=False)


def test_counting_is_not_lost_while_somebody_writes(office):
    kept.note("甲", "search", AT.date(), found=1)
    waiting = kept.set_aside()
    kept.note("甲", "search", AT.date(), found=2)
    assert len(waiting) == 1 and len(kept.set_aside()) == 2
    jobs.count(at=AT)
    assert QueryDay.objects.get().asked == 2 and kept.set_aside() == []


def test_damaged_notes_are_left_out():
    kept.note("甲", "search", AT.date(), found=1)
    with kept._path().open("a") as file:
        file.write('{\n[1]\n["乙","search","昨天",1]\n["丙","别的","2024-09-03",1]\n')
    jobs.count(at=AT)
    assert [row.text for row in QueryDay.objects.all()] == ["甲"]


def test_forgotten_after_the_days_of_the_parameter():
    days = params.at("search.query_days", AT.date()).value
    for back in (days, days + 1):
        kept.note("甲", "search", AT.date() - timedelta(days=back), found=1)
    jobs.count(at=AT)
    jobs.forget(on=AT.date(), at=AT)
    assert [row.on for row in QueryDay.objects.all()] == [AT.date() - timedelta(days=days)]


@pytest.mark.parametrize("text", ["电" * 10_000, "\x00\x01", "a AND (", "*?~", "\ud800", "%_", "'; --", "“", "-"])
def test_hostile_texts_never_fail(office, client, text):
    suggesting.suggest(text, AT)
    suggesting.related(text, AT)
    given = {"q": text.encode("utf-8", "replace")}
    response = client.get(reverse("public:search_suggest"), given)
    assert (
        response.status_code == 200 and isinstance(response.json()["suggestions"], list) and not response.cookies
    )
    assert client.post(reverse("public:search_opened"), {"q": given["q"].decode()}).status_code == 204


def test_without_an_index_there_is_nothing_to_suggest(client, db):
    assert client.get(reverse("public:search_suggest"), {"q": "电梯"}).json() == {"suggestions": []}
    assert client.get(reverse("public:search")).status_code == 200


def test_the_page_offers_popular_and_related(office, client):
    Record.objects.update(published_at=AT - timedelta(days=1))
    asked("电梯安全")
    Popular.objects.get(text="电梯安全")
    assert "大家常查" in client.get(reverse("public:search")).content.decode()
    page = client.get(reverse("public:search"), {"q": "电梯检查"}).content.decode()
    assert "别人还查了" in page and "data-suggest" in page
