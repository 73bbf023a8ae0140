"""检索工作台:没有结果、没有点开的检索词,同义词立刻生效,置顶在最前,nDCG@10 的前后,导出。"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind
from gongkai.search import actions, finding, jobs, judging, kept
from gongkai.search.models import JudgedQuery, Measurement, Muted, Pin, Saying, SynonymGroup
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    one = Office()
    for title, body in (
        ("关于最低生活保障标准的通知", "<p>每人每月一千元。</p>"),
        ("关于临时救助的通知", "<p>兜底家庭优先。</p>"),
        ("关于绿化的通知", "<p>做好绿化。</p>"),
    ):
        one.publish(title=title, body=body, doc_number="")
    jobs.rebuild(on=AT.date(), at=AT)
    return one


def titles(text, **more):
    return [one.record.title for one in finding.find(text, AT, AT.date(), **more).rows]


def of(title):
    return Record.objects.get(title__contains=title)


def test_synonyms_work_at_once(office):
    assert titles("兜底") == ["关于临时救助的通知"]
    group = actions.add_synonyms(["兜底", "最低生活保障"], by=office.office, at=AT)
    assert set(titles("兜底")) == {"关于临时救助的通知", "关于最低生活保障标准的通知"}
    assert set(titles("最低生活保障")) == {"关于最低生活保障标准的通知", "关于临时救助的通知"}
    actions.drop_synonyms(group, by=office.office, at=AT)
    assert titles("兜底") == ["关于临时救助的通知"]
    assert LogEntry.objects.filter(action="search.synonyms").count() == 2


@pytest.mark.parametrize("words", [[], ["兜底"], ["兜底", "低 保 " * 20], ["兜底", "兜底"], ["甲", "乙"]])
def test_bad_groups_are_refused(office, words):
    with pytest.raises(RuleBroken):
        actions.add_synonyms(words, by=office.office, at=AT)
    assert not SynonymGroup.objects.exists()


def test_a_pin_comes_first_and_says_so(office, client):
    actions.add_pin("兜底 ", of("最低生活保障"), by=office.office, at=AT)
    actions.add_pin("兜底", of("绿化"), by=office.office, at=AT)
    found = finding.find("兜底", AT, AT.date())
    assert [(one.record.title, one.pinned) for one in found.rows] == [
        ("关于最低生活保障标准的通知", True),
        ("关于绿化的通知", True),
        ("关于临时救助的通知", False),
    ]
    assert titles("兜底", chosen={"year": "2024"}) == titles("兜底", sort="newest") == ["关于临时救助的通知"]
    Record.objects.update(published_at=timezone.now() - timedelta(days=1))
    assert "置顶" in client.get(reverse("public:search"), {"q": "兜底"}).content.decode()


def test_a_pin_of_what_was_withdrawn_does_not_show(office):
    actions.add_pin("兜底", of("绿化"), by=office.office, at=AT)
    records.withdraw(of("绿化"), WithdrawalKind.RETRACTED, by=office.final, at=AT, reason="有误", on=AT.date())
    assert titles("兜底") == ["关于临时救助的通知"]
    with pytest.raises(RuleBroken):
        actions.add_pin("兜底", of("绿化"), by=office.office, at=AT)


def test_a_pin_already_among_the_hits_is_not_told_twice(office):
    actions.add_pin("兜底", of("临时救助"), by=office.office, at=AT)
    found = finding.find("兜底", AT, AT.date())
    assert found.total == 1 and [one.pinned for one in found.rows] == [True]


def test_ndcg_before_and_after(office):
    query = actions.add_judged("兜底", by=office.office, at=AT)
    actions.grade(query, {of("最低生活保障").pk: 3, of("临时救助").pk: 1, 10**6: 3}, by=office.office, at=AT)
    before = judging.measure(AT, AT.date())
    group = actions.add_synonyms(["兜底", "最低生活保障"], by=office.office, at=AT)
    after = judging.measure(AT, AT.date())
    assert 0 < before.mean < after.mean <= 1
    later, earlier = Measurement.objects.all()[:2]
    assert (earlier.ndcg, earlier.groups) == (before.mean, 0) and (later.ndcg, later.groups) == (after.mean, 1)
    actions.drop_synonyms(group, by=office.office, at=AT + timedelta(minutes=1))
    later, earlier = Measurement.objects.all()[:2]
    assert (later.ndcg, earlier.ndcg) == (before.mean, after.mean)
    row = actions.measure("核对", by=office.office, at=AT)
    assert row.queries == 1 and row.weights["title"] == 3.0


def test_nothing_judged_nothing_measured(office):
    actions.add_synonyms(["兜底", "最低生活保障"], by=office.office, at=AT)
    assert not Measurement.objects.exists()
    with pytest.raises(RuleBroken):
        actions.measure("核对", by=office.office, at=AT)


def test_only_those_who_may(office):
    for act in (
        lambda: actions.add_synonyms(["兜底", "最低生活保障"], by=office.clerk, at=AT),
        lambda: actions.add_pin("兜底", of("绿化"), by=office.inspector, at=AT),
        lambda: actions.add_judged("兜底", by=office.head, at=AT),
        lambda: actions.mute("兜底", by=office.clerk, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.fixture
def desk(office, client):
    client.force_login(office.office)
    Record.objects.update(published_at=timezone.now() - timedelta(days=1))
    return client


def test_lists_of_queries(office, desk):
    for text, found, times in (("飞行汽车", 0, 2), ("兜底", 1, 3), ("绿化", 1, 3), ("救助", 1, 1)):
        for _ in range(times):
            kept.note(text, "search", AT.date(), found=found)
    kept.note("绿化", "search", AT.date(), found=None)
    jobs.count(at=AT)
    page = reverse("desk:search_queries")

    def shown(**asked):
        lines = desk.get(page, {**asked, "format": "csv"}).content.decode().splitlines()[1:]
        return [line.split(",")[0] for line in lines]

    assert shown() == ["飞行汽车"]
    assert shown(list="unopened") == ["兜底"]
    assert shown(list="all") == ["兜底", "绿化", "飞行汽车", "救助"]
    assert "飞行汽车" in desk.get(page).content.decode()
    desk.post(reverse("desk:search_mute"), {"text": "兜底"})
    assert Muted.objects.get().text == "兜底"


def test_synonyms_on_the_page(office, desk):
    page = reverse("desk:search_synonyms")
    assert desk.post(page, {"words": "兜底、最低生活保障"}).status_code == 302
    assert desk.post(page, {"words": "兜底"}).status_code == 422
    assert "最低生活保障" in desk.get(page, {"format": "csv"}).content.decode()
    desk.post(reverse("desk:search_drop_synonyms", args=[SynonymGroup.objects.get().pk]))
    assert not SynonymGroup.objects.exists()


def test_pins_on_the_page(office, desk):
    page, record = reverse("desk:search_pins"), of("绿化")
    assert desk.post(page, {"query": "兜底", "record": record.index_number}).status_code == 302
    address = f"http://testserver{record.get_absolute_url()}"
    assert desk.post(page, {"query": "公园", "record": address}).status_code == 302
    assert desk.post(page, {"query": "公园", "record": "没有"}).status_code == 422
    assert desk.post(page, {"query": "13800000000", "record": address}).status_code == 422
    assert desk.get(page).content.decode().count("关于绿化的通知") >= 2
    assert record.index_number in desk.get(page, {"format": "csv"}).content.decode()
    desk.post(reverse("desk:search_drop_pin", args=[Pin.objects.first().pk]))
    assert Pin.objects.count() == 1


def test_judging_and_trying_on_the_page(office, desk):
    page = reverse("desk:search_judged")
    response = desk.post(page, {"text": "兜底"})
    query = JudgedQuery.objects.get()
    judge = reverse("desk:search_judge", args=[query.pk])
    assert response.url == judge and "关于临时救助的通知" in desk.get(judge).content.decode()
    given = {
        f"grade-{of('临时救助').pk}": "1",
        f"grade-{of('最低生活保障').pk}": "3",
        "grade-9": "7",
        "grade-x": "1",
    }
    assert desk.post(judge, given).status_code == 302 and query.judgements.count() == 2
    asked = {"title": "3", "attached": "0.5", "synonym": "0.6", "words": "兜底 最低生活保障"}
    tried = desk.get(page, asked).content.decode()
    assert "试算：以前和以后" in tried and not SynonymGroup.objects.exists()
    assert desk.post(page, {"occasion": "改以前"}).status_code == 302
    assert Measurement.objects.get().occasion == "改以前"
    said = desk.post(reverse("desk:search_synonyms"), {"words": "兜底 最低生活保障"}, follow=True).content.decode()
    assert "nDCG@10由" in said
    assert "正是要找的" in desk.get(page, {"format": "csv"}).content.decode()
    desk.post(reverse("desk:search_drop_judged", args=[query.pk]))
    assert not JudgedQuery.objects.exists()


def test_without_an_index_the_pages_still_open(client, db):
    one = Office(code="MH0909", name="明湖区某局")
    client.force_login(one.office)
    row = JudgedQuery.objects.create(text="兜底", by=one.office, at=AT)
    for address in (reverse("desk:search_judged"), reverse("desk:search_judge", args=[row.pk])):
        assert client.get(address).status_code == 200
    actions.add_synonyms(["兜底", "最低生活保障"], by=one.office, at=AT)


class TestSayings:
    """公众的说法加进本区的说法表,立刻生效,可以去掉。"""

    def test_work_at_once_one_way_and_by_pinyin(self, office):
        assert titles("保命钱") == []
        saying = actions.add_saying(" 保命钱 ", ["最低生活保障"], by=office.office, at=AT)
        assert titles("保命钱") == ["关于最低生活保障标准的通知"] == titles("baomingqian") == titles("bmq")
        assert finding.find("最低生活保障", AT, AT.date()).query.synonyms == {}
        actions.drop_saying(saying, by=office.office, at=AT)
        assert titles("保命钱") == []
        assert LogEntry.objects.filter(action="search.saying").count() == 2

    def test_stand_before_the_shipped_ones(self, office):
        actions.add_saying("低保", ["兜底"], by=office.office, at=AT)
        assert finding.find("低保", AT, AT.date()).query.synonyms["低保"][:2] == ("兜底", "最低生活保障")

    @pytest.mark.parametrize(
        ("said", "written", "words"),
        [
            ("钱", ["补助"], "二到二十"),
            ("字" * 21, ["补助"], "二到二十"),
            ("老头钱", [], "没有填"),
            ("老头钱", ["老头钱"], "没有填"),
            ("老头钱", ["补助"] + [f"补助{n}" for n in range(6)], "至多"),
            ("找13800000000", ["补助"], "个人信息"),
        ],
    )
    def test_refused(self, office, said, written, words):
        with pytest.raises(RuleBroken, match=words):
            actions.add_saying(said, written, by=office.office, at=AT)
        assert not Saying.objects.exists()

    def test_not_twice_and_not_by_everybody(self, office):
        actions.add_saying("老头钱", ["高龄津贴"], by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="已经有"):
            actions.add_saying("老头钱", ["尊老金"], by=office.office, at=AT)
        with pytest.raises(PermissionDenied):
            actions.add_saying("老太钱", ["高龄津贴"], by=office.clerk, at=AT)

    def test_from_the_queries_without_results(self, office, desk):
        kept.note("保命钱", "search", AT.date(), found=0)
        jobs.count(at=AT)
        page = reverse("desk:search_sayings")
        listed = desk.get(reverse("desk:search_queries")).content.decode()
        assert f"{page}?said=%E4%BF%9D%E5%91%BD%E9%92%B1" in listed
        assert 'value="保命钱"' in desk.get(page, {"said": "保命钱"}).content.decode()
        said = desk.post(page, {"said": "保命钱", "written": "最低生活保障、低保"}, follow=True).content.decode()
        assert "已加进说法表：保命钱＝最低生活保障、低保" in said
        desk.post(reverse("desk:search_drop_saying", args=[Saying.objects.get().pk]))
        assert not Saying.objects.exists()
