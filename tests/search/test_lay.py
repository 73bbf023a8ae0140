"""百姓的说法:拆开说的、打错一个字的、归谁管、没有的时候往哪里去。"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.words import Cutter, Slips
from gongkai.desk import shelves
from gongkai.desk.shelves import Sought
from gongkai.org.models import Agency
from gongkai.search import asking, elsewhere, finding, jobs, lay, offices
from gongkai.search.query import analyse
from gongkai.search.tuning import Tuning
from tests.records.office import AT, Office


def asked(text):
    tuning = Tuning()
    return analyse(text, tuning.cutter(()), synonyms=tuning.synonyms)


def test_parts_that_stand_anywhere_are_one_thing():
    assert asked("家里房子快塌了").words[0] == "危房改造"
    assert asked("房子漂亮").words == ("房子", "漂亮")


def test_what_the_parts_replace_keeps_its_own_ways_of_writing():
    assert "残疾人证" in asked("残疾证").synonyms["残疾人证申领"]


def test_a_whole_saying_goes_before_parts_that_are_shorter():
    assert "失业保险金" in asked("失业金怎么领").synonyms["失业金"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("失业全", "失业金"),
        ("老旧小区改照", "老旧小区改造"),
        ("办老旧小区改照", "办老旧小区改造"),
        ("失业金", None),
        ("哪个失业户", None),
        ("火星移民", None),
        ("", None),
    ],
)
def test_one_wrong_character(typed, meant):
    assert Slips(["失业金", "老旧小区改造"]).mended(typed) == meant


def test_letters_need_not_be_spelled_right():
    assert lay.by_sound("gonzufang", []) == "公租房"
    assert lay.by_sound("jiehun dengji", []) == "结婚登记"
    assert lay.by_sound("dibao shenqing", []) == "低保 申请"
    assert lay.by_sound("shenqing banli", []) is None and lay.by_sound("hello world", []) is None


def test_what_is_said_in_passing_does_not_choose_the_rows():
    rows = [Sought("失业登记", "/1", ""), Sought("高龄津贴申领", "/2", ""), Sought("失业保险金申领", "/3", "")]
    wanted = elsewhere._wanted(asked("失业金怎么领"))
    assert [row.title for row, titled in elsewhere._best(elsewhere.entries(rows), wanted) if titled] == [
        "失业保险金申领"
    ]


def test_a_sentence_chooses_the_rows_by_the_event_alone():
    """Even where papers write it in one way only."""
    rows = [Sought("高龄津贴申领", "/1", ""), Sought("今年工作要点", "/2", "一个月一报")]
    wanted = elsewhere._wanted(asked("81岁今年一个月给多少钱"))
    assert wanted == [("高龄津贴",)]
    assert [(row.title, titled) for row, titled in elsewhere._best(elsewhere.entries(rows), wanted)] == [
        ("高龄津贴申领", True)
    ]


def test_a_single_character_is_no_ground_for_a_row():
    rows = [Sought("小学一年级新生入学报名", "/1", ""), Sought("吉他展览说明", "/2", "")]
    assert [
        row.title for row, _ in elsewhere._best(elsewhere.entries(rows), elsewhere._wanted(asked("学 吉他")))
    ] == ["吉他展览说明"]


@pytest.mark.django_db
class TestNothingFound:
    @pytest.fixture
    def office(self):
        one = Office()
        one.publish(title="关于秋季绿化的通知", body="<p>补植。</p>", doc_number="")
        for code, name in (("MH0111", "明湖区人力资源和社会保障局"), ("MH0112", "明湖区民政局")):
            Office(code=code, name=name)
        jobs.rebuild(on=AT.date(), at=AT)
        return one

    def test_the_unit_is_told_by_its_business_and_not_by_a_part_of_its_name(self, office):
        on = AT.date()
        assert [unit.name for unit in offices.to_ask(asked("老板欠薪找谁"), on)] == ["明湖区人力资源和社会保障局"]
        assert [unit.name for unit in offices.to_ask(asked("结婚"), on)] == ["明湖区民政局"]
        assert offices.to_ask(asked("火星"), on) == []

    @pytest.mark.parametrize("name", ["search", "ask"])
    def test_the_page_says_so_and_leads_on(self, office, client, name):
        page = client.get(reverse(f"public:{name}"), {"q": "老板欠薪不给"}).content.decode()
        unit = Agency.objects.get(code="MH0111")
        assert "没有找到" in page or "未找到" in page
        assert unit.get_absolute_url() in page
        for way in ("ask_send", "letter_write", "apply_online"):
            assert f'<a href="{reverse(f"public:{way}")}' in page
        assert f'<a href="{reverse("public:agency_records", args=[unit.code])}">' in page

    def test_a_page_that_finds_something_does_not_offer_it(self, office, client):
        page = client.get(reverse("public:search"), {"q": "绿化"}).content.decode()
        assert "公开的信息里没有找到" not in page


@pytest.mark.django_db
class TestWholeSentence:
    @pytest.fixture
    def office(self):
        one = Office(code="MH0112", name="明湖区民政局")
        one.publish(title="明湖区高龄津贴发放办法", body="<p>年满八十周岁的，每月发放。</p>", doc_number="")
        one.publish(title="关于收取停车费的通知", body="<p>每月一次，老人免费。</p>", doc_number="")
        jobs.rebuild(on=AT.date(), at=AT)
        return one

    def test_the_page_says_as_what_it_was_understood(self, office, client):
        page = client.get(reverse("public:search"), {"q": "我妈八十了有啥补贴"}).content.decode()
        assert "您说的像是“高龄津贴”" in page
        assert "没有同时含有这几个词的" not in page

    def test_only_what_tells_of_it_is_quoted(self, office):
        reply = asking.ask("我妈八十了每月给多少钱", AT, AT.date())
        assert {one.record.title for one in reply.cited} == {"明湖区高龄津贴发放办法"}


@pytest.mark.parametrize(
    ("type", "kinds", "weight"), [("event", (), 0.8), ("event", ("event",), 1.0), ("rule", (), 1)]
)
def test_an_announcement_stands_behind_what_rules(type, kinds, weight):
    record = SimpleNamespace(type=type, expires_on=None, repealed_on=None, made_on=AT.date())
    assert finding._weight(record, AT.date(), kinds) == weight


def test_every_shelf_can_be_read_without_data(db):
    labels = [shelf.label for shelf in shelves.everything()]
    assert set(labels[:4]) == {"办事指南", "高效办成一件事", "政策事项", "本站栏目"}, "要办、要领的在前"
    assert all(
        list(shelf.rows(timezone.now())) == [] for shelf in shelves.everything() if shelf.label != "本站栏目"
    )


def test_cutting_is_not_changed_by_parts():
    assert Tuning().cutter(()).whole_words("房子塌了") == Cutter().whole_words("房子塌了")


class TestStock:
    """The shelves are kept in memory, but never beyond the next entry of the log or the next minute."""

    @pytest.fixture
    def office(self, db):
        return Office(code="MH0112", name="明湖区民政局")

    @staticmethod
    def units(at=AT):
        kinds = {label: rows for label, rows, _ in elsewhere.stock(at, AT.date()).kinds}
        return [entry.row.title for entry in kinds["单位"]]

    def test_nothing_is_read_twice(self, office, django_assert_num_queries):
        elsewhere.stock(AT, AT.date())
        with django_assert_num_queries(1):  # 只看操作记录到了哪里
            elsewhere.stock(AT, AT.date())

    def test_what_an_action_changes_is_seen_at_once(self, office):
        assert self.units() == ["明湖区民政局"]
        Agency.objects.filter(code="MH0112").update(name="明湖区老龄工作局")
        assert self.units() == ["明湖区民政局"], "不留记录的改动,这一分钟里看不到"
        office.publish(title="关于秋季绿化的通知", body="<p>补植。</p>", doc_number="")
        assert self.units() == ["明湖区老龄工作局"]

    def test_another_minute_reads_anew(self, office):
        assert self.units() == ["明湖区民政局"]
        Agency.objects.filter(code="MH0112").update(name="明湖区老龄工作局")
        assert self.units(AT + timedelta(minutes=1)) == ["明湖区老龄工作局"]
