"""工作台和公众的页面:编一期点得完,报送勾得上,检索、引用、目录下载,发布程序知道哪些页变了。"""

import json
from datetime import date

import pytest
from django.urls import reverse

from gongkai.adapters.readers.gazette.history import history
from gongkai.gazette import actions, sections
from gongkai.gazette.models import Issue, Item
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.records import listings
from gongkai.records.terms import WithdrawalKind
from tests.gazette.press import AT, OUT
from tests.records.office import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    """Sets what the views take for the present moment."""

    def put(at):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

    put(AT)
    return put


def text_of(response):
    return response.content.decode()


def desk(name, *args):
    return reverse(f"desk:gazette_{name}", args=args)


def test_an_issue_is_made_and_comes_out_on_the_pages(press, client, now):
    first, second = press.paper(1), press.paper(2)
    client.force_login(press.editor)
    sent = client.post(desk("new_issue"), {"kind": "regular", "month": "2026-10", "planned_on": "2026-11-10"})
    issue = Issue.objects.get()
    assert sent["Location"] == desk("issue", issue.pk)
    one, two = issue.articles.all()
    page = text_of(client.get(desk("issue", issue.pk)))
    assert "还没有排版" in page and str(first) in page and "data-order" in page
    places = {"seen": issue.mark, "article": [one.pk, two.pk], f"place-{one.pk}": "2.5", f"place-{two.pk}": "1"}
    client.post(
        desk("order", issue.pk),
        places | {f"section-{one.pk}": one.section_id, f"section-{two.pk}": one.section_id},
    )
    assert [article.record for article in press.fresh(issue).articles.all()] == [second, first]
    assert "不是最新" in text_of(client.post(desk("order", issue.pk), places, follow=True))
    assert "读回来同稿子核对过" in text_of(client.post(desk("build", issue.pk), follow=True))
    client.post(desk("submit", issue.pk), {"seen": press.fresh(issue).mark})
    assert press.fresh(issue).stage == "review"
    for person in (press.office.final, press.office.head):
        client.force_login(person)
        assert "审签" in text_of(client.get(desk("issue", issue.pk)))
        client.post(desk("approve", issue.pk), {"seen": press.fresh(issue).mark, "opinion": "同意"})
    client.force_login(press.editor)
    client.post(desk("publish", issue.pk), {"seen": press.fresh(issue).mark})
    client.logout()
    shown = text_of(client.get(reverse("public:gazette")))
    assert "2026年第1期" in shown and str(second) in shown
    assert "登在公报" in text_of(client.get(first.get_absolute_url()))


def test_a_unit_reports_with_a_tick(press, client, now):
    must = press.paper(1, office=press.bureau, type="normative")
    client.force_login(press.bureau.clerk)
    address = desk("report", press.bureau.agency.code, 2026, 10)
    assert " checked" in text_of(client.get(address))
    assert client.post(address, {"list": "1"}).status_code == 422
    assert client.post(address, {"list": "1", "record": must.pk}).status_code == 302
    assert Item.objects.get().state == "reported"
    assert client.get(desk("report", press.office.agency.code, 2026, 10)).status_code == 404
    assert client.get(desk("issues")).status_code == 403
    page = text_of(client.get(desk("submissions") + "?month=2026-10"))
    assert str(press.bureau.agency) in page and str(press.office.agency) not in page


def test_search_by_words_number_citation_and_force(press, client, now):
    record = press.paper(1, office=press.bureau, type="normative")
    issue = press.out(press.opened())
    now(OUT)
    address, number = reverse("public:gazette_search"), record.normative.number
    for q in ("第1项", record.doc_number, number, f"第1项 {record.doc_number}"):
        assert str(record) in text_of(client.get(address, {"q": q})), q
    article = press.article(issue, record)
    cited = text_of(client.get(address, {"q": article.citation}))
    assert "您找的是" in cited and article.get_absolute_url() in cited
    assert issue.get_absolute_url() in text_of(client.get(address, {"q": "2026年第1期"}))
    assert "没有找到" in text_of(client.get(address, {"q": "没有这样的文件"}))
    assert "没有找到" in text_of(client.get(address, {"q": "第1项", "force": "out"}))
    records.withdraw(
        record,
        WithdrawalKind.REPEALED,
        reason="换了。",
        basis="某文件",
        on=AT.date(),
        by=press.bureau.head,
        at=OUT,
    )
    assert "废止" in text_of(client.get(address, {"q": "第1项", "force": "out"}))


def test_contents_as_csv_and_json(press, client, now):
    record = press.paper(1)
    press.out(press.opened())
    now(OUT)
    row = json.loads(client.get(reverse("public:gazette_contents_json", args=[2026])).content)["articles"][0]
    assert (row["标题"], row["文号"], row["起页"], row["索引号"], row["现在的效力"]) == (
        record.title,
        record.doc_number,
        1,
        record.index_number,
        "有效",
    )
    assert text_of(client.get(reverse("public:gazette_contents_csv", args=[2026]))).count("\n") == 2
    assert client.get(reverse("public:gazette_year", args=[2025])).status_code == 404


def test_the_publisher_knows_what_changes(press, now):
    record = press.paper(1)
    issue = press.out(press.opened())
    article = press.article(issue, record)
    own = {
        article.get_absolute_url(),
        issue.get_absolute_url(),
        reverse("public:gazette"),
        reverse("public:gazette_year", args=[2026]),
    }
    assert own <= listings.standing()
    assert own <= listings.by_records({record.pk})
    entry = LogEntry.objects.filter(action="gazette.publish").latest("seq")
    assert own | {record.get_absolute_url()} <= sections.by_entry(entry)
    assert sections.by_entry(LogEntry.objects.filter(action="gazette.build").latest("seq")) == set()


def test_what_waits_is_on_the_first_page(press, client, now):
    client.force_login(press.bureau.clerk)
    press.paper(1)
    issue = press.opened()
    assert "待报送的公报文件" in text_of(client.get(reverse("desk:home")))
    press.ready(issue)
    client.force_login(press.office.final)
    assert "待审签的公报" in text_of(client.get(reverse("desk:home")))
    now(moment(2027, 1, 5))
    client.force_login(press.editor)
    page = text_of(client.get(reverse("desk:home")))
    assert "脱期的公报" in page and "2026年10月的公报应在2026-11-30以前出刊" in page


def test_slips_and_proofs_are_papers(press, client, now):
    press.paper(1)
    issue = press.out(press.opened())
    from gongkai.org.models import Place

    place = Place.objects.create(
        agency=press.office.agency, name="区图书馆", kind="library", address="某路", hours="工作日"
    )
    client.force_login(press.editor)
    for address, start in (
        (desk("slip", issue.pk, place.pk), b"PK"),
        (desk("slip", issue.pk, place.pk) + "?kind=pdf", b"%PDF"),
        (desk("proof", issue.pk, "epub"), b"PK"),
        (desk("proof", issue.pk, "pdf"), b"%PDF"),
    ):
        assert client.get(address).content.startswith(start), address


def test_every_other_desk_page_opens(press, client, now):
    press.paper(1, office=press.bureau, type="normative")
    issue = press.opened()
    actions.add_line(issue, date(2026, 10, 8), "召开会议。", by=press.editor, at=AT)
    client.force_login(press.editor)
    section = press.section("部门文件")
    for address in (
        desk("issues"),
        desk("new_issue"),
        desk("masthead"),
        desk("new_section"),
        desk("section", section.pk),
        desk("take", issue.pk),
        desk("line", issue.pk),
        desk("edit", issue.pk),
        desk("submit", issue.pk),
        desk("liaisons"),
        desk("appoint"),
        desk("figures"),
        desk("figures") + "?year=2026&quarter=4",
        desk("new_notice"),
        desk("history"),
        desk("import"),
        desk("register", 2026, 10),
        desk("decide", issue.articles.get().record_id),
        desk("submissions"),
        desk("deliveries", issue.pk),
    ):
        assert client.get(address).status_code == 200, address
    assert (
        "MH0122" not in text_of(client.get(desk("figures") + "?format=csv"))
        and client.get(desk("register", 2026, 13)).status_code == 404
    )


def test_several_are_taken_at_once_or_none(press, client, now):
    first, second = press.paper(1, office=press.bureau), press.paper(2, office=press.bureau)
    issue = press.opened()
    client.force_login(press.editor)
    page = text_of(client.get(desk("issue", issue.pk)))
    assert "还可以选入的（2）" in page
    bad = press.paper(3, type="notice")
    wrong = {"record": [first.pk, bad.pk], "seen": issue.mark}
    assert "不登公报" in text_of(client.post(desk("take_chosen", issue.pk), wrong, follow=True))
    assert not issue.articles.exists()
    both = {"record": [first.pk, second.pk], "seen": press.fresh(issue).mark}
    client.post(desk("take_chosen", issue.pk), both)
    assert [article.section.name for article in issue.articles.all()] == ["部门文件", "部门文件"]
    assert "公报篇目" in text_of(client.get(reverse("desk:find"), {"q": "第1项"}))


def test_what_is_exported_can_be_imported(press, client, now):
    record = press.paper(1)
    press.out(press.opened())
    now(OUT)
    content = client.get(reverse("public:gazette_contents_csv", args=[2026])).content
    one = history(content, "目录.csv").issues[0]
    assert (one["year"], one["number"], one["running"], one["published_on"]) == (2026, 1, 57, "2026-11-10")
    line = one["articles"][0]
    assert (line["title"], line["doc_number"], line["page"], line["section"]) == (
        record.title,
        record.doc_number,
        1,
        "区政府办公室文件",
    )
