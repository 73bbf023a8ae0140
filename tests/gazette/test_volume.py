"""全年合订本:收全年各期,PDF、EPUB 读回来同各期一样;撤下一篇当场没有,重做的一份只剩说明。"""

import io
import unicodedata
import zipfile
from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest
from django.urls import reverse

from gongkai.adapters import apart
from gongkai.adapters import press as printing
from gongkai.adapters.apart.worker import Reason
from gongkai.adapters.press.pages import outline
from gongkai.gazette import actions, jobs, typeset
from gongkai.gazette.models import Volume
from gongkai.records import actions as records
from gongkai.records import store
from gongkai.records.terms import WithdrawalKind
from tests.gazette.press import AT, OUT
from tests.records.office import moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = moment(2026, 12, 10, 15)


@pytest.fixture
def year(press):
    """Two issues of a year: of October and of November, the second with a chronicle."""
    press.paper(1), press.paper(2)
    first = press.out(press.opened())
    press.paper(10, at=moment(2026, 11, 20), body="<p>各镇：</p><p>十一月的事。</p>")
    second = press.opened(at=moment(2026, 12, 10, 9), month=date(2026, 11, 1))
    actions.add_line(
        second, date(2026, 11, 21), "区政府召开常务会议。", by=press.editor, at=moment(2026, 12, 10, 9)
    )
    second = press.out(press.fresh(second), at=moment(2026, 12, 10, 9), moment=LATER)
    return first, second


@pytest.fixture
def reader(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return client


def address(kind, year=2026):
    return reverse("public:gazette_volume", args=[year, kind])


def of_pdf(content):
    """(bookmarks, pages' words) of a volume."""
    document = pdfium.PdfDocument(content)
    marks = [(mark.level, mark.title) for mark in outline(document)]
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    return marks, pages


def test_a_year_in_one_pdf_with_contents_bookmarks_and_both_page_numbers(year, reader):
    assert jobs.volumes(at=LATER) == "做好2026年合订本" and jobs._unbound() == []
    answer = reader.get(address("pdf"))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    marks, pages = of_pdf(answer.content)
    assert [title for level, title in marks if level == 0] == [
        "目录",
        f"{year[0]}（总第57期）",
        f"{year[1]}（总第58期）",
        "文号索引",
    ]
    pieces = [one.edition.title for issue in year for one in issue.articles.with_all()]
    assert [title for level, title in marks if level == 2] == pieces
    assert "合订本" in pages[0] and "总第57期—总第58期" in pages[0].replace(" ", "")
    third = year[1].articles.with_all().get()
    place = next(number for number, text in enumerate(pages) if "十一月的事" in text)
    assert plain(pages[place]).endswith(f"—{third.first_page}—全书第{place + 1}页")
    assert f"10号){third.first_page}{place + 1}大事记" in plain(pages[1]).replace(".", ""), (
        "目录里先本期页码,再全书页码"
    )
    index = plain(pages[-2])
    assert index.index("〔2026〕1号") < index.index("〔2026〕2号") < index.index("〔2026〕10号")
    assert Volume.objects.get(kind="pdf").page_count == len(pages)


def plain(text):
    """The words of a page without blanks, compatibility forms of characters made one."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


def test_the_epub_has_each_piece_under_its_issue(year, reader):
    jobs.volumes(at=LATER)
    with zipfile.ZipFile(io.BytesIO(reader.get(address("epub")).content)) as archive:
        nav = archive.read("OEBPS/nav.xhtml").decode()
        wanted = ["（总第57期）", "第1项工作", "第2项工作", "（总第58期）", "第10项工作", "大事记", "编辑部"]
        assert [nav.index(one) for one in wanted] == sorted(nav.index(one) for one in wanted)
        assert "十一月的事" in archive.read("OEBPS/i1-piece-1.xhtml").decode()
        assert "i1-chronicle.xhtml" in {name.split("/")[-1] for name in archive.namelist()}


def test_what_is_withdrawn_is_gone_at_once_and_the_new_volume_has_the_notice(press, year, reader):
    jobs.volumes(at=LATER)
    kept = [row.sha256 for row in Volume.objects.all()]
    article = year[1].articles.with_all().get()
    records.withdraw(
        article.record, WithdrawalKind.RETRACTED, reason="数字有误。", on=AT.date(), by=press.office.head, at=LATER
    )
    assert not Volume.objects.exists()
    answer = reader.get(address("pdf"))
    assert answer.status_code == 503 and answer["Retry-After"] and "正在重做" in answer.content.decode()
    assert reader.get(reverse("public:gazette_year", args=[2026])).status_code == 200
    assert jobs.volumes(at=LATER)
    words = "".join(of_pdf(reader.get(address("pdf")).content)[1]).replace(" ", "")
    assert "十一月的事" not in words and "数字有误" in words
    assert {row.sha256 for row in Volume.objects.all()}.isdisjoint(kept)


def test_a_volume_of_another_text_is_never_given(year, reader):
    jobs.volumes(at=LATER)
    Volume.objects.update(source="x")
    assert reader.get(address("pdf")).status_code == 503
    assert jobs.check_volumes(on=LATER.date(), at=LATER) == "重做了2026年合订本"
    assert reader.get(address("pdf")).status_code == 200
    assert jobs.check_volumes(on=LATER.date(), at=LATER) == "都是现在的"


def test_a_new_issue_makes_the_volume_anew(press, reader):
    press.paper(1)
    press.out(press.opened())
    jobs.volumes(at=OUT)
    files = [store.path_of(row.sha256) for row in Volume.objects.all()]
    assert all(path.is_file() for path in files)
    press.paper(10, at=moment(2026, 11, 20))
    press.out(press.opened(at=LATER, month=date(2026, 11, 1)), at=LATER, moment=LATER)
    assert not Volume.objects.exists() and jobs._unbound() == [2026]


def test_years_without_a_gazette_and_forms_that_are_none(year, reader):
    assert reader.get(address("pdf", 1999)).status_code == 404
    assert reader.get(address("docx")).status_code == 404


def test_the_proof_finds_what_a_volume_lost(year):
    bound, _ = typeset.volume(2026, LATER)
    made = typeset.bind(2026, LATER, unless={})
    assert made.faults == []
    less = printing.Volume(2026, bound.books[:1])
    assert printing.volume_faults(less, made.files["pdf"]) == ["合订本有3篇，各期共2篇"]


def test_a_year_that_cannot_be_bound_waits_longer_each_time_and_keeps_no_other_back(year, monkeypatch):
    tried = []

    def stopped(*_):
        tried.append(1)
        raise apart.Stopped(Reason.MEMORY)

    monkeypatch.setattr(jobs, "_failed", {})
    with monkeypatch.context() as patch:
        patch.setattr(apart, "run", stopped)
        told = jobs.volumes(at=LATER)
        assert "2026年合订本没有做成" in told and "15:10以后再试" in told.replace(" ", "")
        assert jobs.volumes(at=LATER + timedelta(minutes=9)) is None and len(tried) == 1
        assert "15:30以后再试" in jobs.volumes(at=LATER + timedelta(minutes=10))
        assert "内存" in jobs.check_volumes(on=LATER.date(), at=LATER)
    assert not Volume.objects.exists()
    assert jobs.volumes(at=LATER + timedelta(minutes=29)) is None
    assert jobs.volumes(at=LATER + timedelta(minutes=30)) == "做好2026年合订本" and not jobs._failed
