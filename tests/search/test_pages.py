"""检索页:找得到、分面不受自己的筛选限制、撤下的当即不见、检索库没有建好时的去处、什么都打不坏。"""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from gongkai.org.models import LogEntry
from gongkai.records import actions
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind
from gongkai.search import finding, index, jobs, lay
from gongkai.search.query import did_you_mean
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    one = Office()
    for number, (title, body) in enumerate(
        (
            ("关于老旧小区加装电梯的通知", "<p>既有住宅加装电梯，每台补助二十万元。</p>"),
            ("关于秋季绿化工作的通知", "<p>做好绿化，不涉及电梯。</p>"),
            ("关于学前教育资助的通知", "<p>在园幼儿每生每年一千元。</p>"),
        ),
        1,
    ):
        one.publish(title=title, body=body, doc_number=f"明政办发〔2024〕{number}号")
    jobs.rebuild(on=AT.date(), at=AT)
    return one


def titles(text, **more):
    return [one.record.title for one in finding.find(text, AT, AT.date(), **more).rows]


def test_words_numbers_phrases_and_exclusions(office):
    assert titles("加装电梯") == ["关于老旧小区加装电梯的通知"]
    assert titles("电梯") == ["关于老旧小区加装电梯的通知", "关于秋季绿化工作的通知"]
    assert titles("电梯 -绿化") == ["关于老旧小区加装电梯的通知"]
    assert titles("明政办发(2024)3号") == ["关于学前教育资助的通知"]
    assert titles("“每生每年”") == ["关于学前教育资助的通知"]
    assert titles("通知 飞行汽车牌照") == []


def test_the_excerpt_is_the_text_itself_with_the_hits_marked(office):
    one = finding.find("补助", AT, AT.date()).rows[0]
    assert ("补助", True) in one.excerpt
    assert "".join(words for words, _ in one.excerpt) in "既有住宅加装电梯，每台补助二十万元。"


def test_facets_exclude_their_own_filter(office):
    other = Office(code="MH0112", name="明湖区民政局")
    other.publish(title="关于电梯安全的通知", doc_number="")
    jobs.rebuild(on=AT.date(), at=AT)
    found = finding.find("通知", AT, AT.date(), chosen={"unit": "MH0112"})
    units = next(facet.options for facet in found.facets if facet.name == "unit")
    assert found.total == 1
    assert {(one.label, one.count, one.chosen) for one in units} == {
        ("明湖区民政局", 1, True),
        ("明湖区人民政府办公室", 3, False),
    }


def test_withdrawn_is_gone_at_once_even_from_a_stale_index(office):
    record = Record.objects.get(title__contains="加装电梯")
    actions.withdraw(record, WithdrawalKind.RETRACTED, by=office.final, at=AT, reason="有误", on=AT.date())
    assert "关于老旧小区加装电梯的通知" not in titles("电梯")
    jobs.follow(list(LogEntry.objects.all()))
    assert finding.find("“加装电梯”", AT, AT.date()).total == 0


def test_the_follower_brings_in_what_was_published(office):
    office.publish(title="关于共享单车停放的通知", doc_number="")
    assert titles("共享单车") == []
    jobs.follow(list(LogEntry.objects.order_by("-seq")[:20]))
    assert titles("共享单车") == ["关于共享单车停放的通知"]


def test_what_is_due_later_comes_in_when_it_is_due(office):
    later = AT + timedelta(minutes=30)
    record = office.sign(office.draft(title="关于元旦放假的通知", doc_number="", at=AT), publish_at=later)
    jobs.follow(list(LogEntry.objects.order_by("seq")))
    assert titles("元旦放假") == []
    actions.open_due(later)
    jobs.follow(list(LogEntry.objects.order_by("seq")))
    assert [one.record for one in finding.find("元旦放假", later, AT.date()).rows] == [record]


def test_some_words_suffice_if_all_find_nothing_and_a_homophone_is_asked_about(office):
    found = finding.find("加装电梯 幼儿", AT, AT.date())
    assert found.loose and found.total == 2
    found = finding.find("明湖区人民政府半公室", AT, AT.date())
    assert found.spelled == "明湖区人民政府办公室" and found.total == 3, "什么也没有,就按像的找,并且告诉人"


@pytest.mark.parametrize(
    "text",
    [
        "电" * 10_000,
        "\x00\x01\x1f",
        "a AND (b OR",
        "title:*",
        '"“”「',
        "-",
        "- -",
        "%' OR 1=1 --",
        "<script>alert(1)</script>",
        "〔2024〕",
        "*?~^\\/",
        "\ud800",
        "2024-13-99",
        "：：：",
        "单位：",
    ],
)
def test_hostile_queries_never_fail(office, client, text):
    finding.find(text, AT, AT.date())
    response = client.get(reverse("public:search"), {"q": text.encode("utf-8", "replace")})
    assert response.status_code == 200 and "<script>alert" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x", "２"])
def test_odd_pages(office, client, page):
    assert client.get(reverse("public:search"), {"q": "通知", "page": page}).status_code == 200


def test_without_an_index_the_page_says_so_and_leads_on(client, db):
    response = client.get(reverse("public:search"), {"q": "电梯"})
    assert response.status_code == 503 and "按标题查找" in response.content.decode()


def test_blanks_within_a_word_and_wide_letters_find_it_all_the_same(office):
    plain = titles("加装电梯")
    assert plain and titles("加 装电 梯") == plain and titles("加装　电梯") == plain
    assert lay.by_sound("ＤＩＢＡＯ", []) == "低保"
    assert did_you_mean("公组房", index.sounds()) == "公租房"


def test_nothing_found_helps(office, client):
    text = client.get(reverse("public:search"), {"q": "飞行汽车"}).content.decode()
    assert "没有找到" in text and reverse("public:apply") in text


def test_the_command(office, capsys):
    Record.objects.update(published_at=timezone.now() - timedelta(days=1))
    call_command("search", "加装电梯", "--json", "--rebuild")
    result = json.loads(capsys.readouterr().out)
    assert result["total"] == 1 and result["rows"][0]["title"] == "关于老旧小区加装电梯的通知"
