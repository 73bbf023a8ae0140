"""网页、PDF、EPUB 三样读回来,同信息的标题、文号、正文逐字比;撤下以后三样都只剩说明,篇次和页码不动。"""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from lxml import etree, html
from PIL import Image

from gongkai.adapters import press as printing
from gongkai.gazette import actions, jobs
from gongkai.gazette.models import Article
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.records import source, store
from gongkai.records.terms import WithdrawalKind
from tests.gazette.press import AT, MADE, OUT

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BODY = """<p>各镇人民政府、街道办事处：</p><h2>一、总则</h2><p>第一条　面积不小于20m<sup>2</sup>的，<strong>一律</strong>登记。<br>另起一行。</p>
<ol><li>带身份证明</li><li>填表</li></ol><table><tr><th>项目</th><th>金额（万元）</th></tr><tr><td>道路&amp;桥梁</td><td>1,200.5</td></tr></table>
<p class="right">明湖区人民政府办公室</p>"""


@pytest.fixture
def issue(press):
    press.paper(1, body=BODY), press.paper(2), press.paper(3, office=press.bureau, type="normative")
    return press.out(press.opened())


@pytest.fixture
def reader(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: OUT)
    return client


def of_web(reader, article):
    root = html.fromstring(reader.get(article.get_absolute_url()).content)
    return "".join(root.xpath("//article")[0].itertext())


def read_back(reader, issue):
    """Position → (title, text) in each of the three forms, as readers of each find them."""
    address = [issue.year, issue.code]
    pdf = reader.get(reverse("public:gazette_form", args=[*address, "pdf"])).content
    epub = reader.get(reverse("public:gazette_form", args=[*address, "epub"])).content
    from gongkai.gazette.manuscript import book

    in_pdf = printing.of_pdf(pdf, book(issue, OUT))
    in_epub = printing.of_epub(epub)
    articles = list(issue.articles.with_all())
    web = [
        (
            html.fromstring(reader.get(one.get_absolute_url()).content).xpath("//h1")[0].text_content().strip(),
            of_web(reader, one),
        )
        for one in articles
    ]
    return (
        articles,
        web,
        [(one.title, one.text) for one in in_pdf.pieces],
        [(one.title, one.text) for one in in_epub.pieces],
        in_pdf,
    )


def test_the_three_forms_say_what_the_record_says(reader, issue):
    articles, *forms, in_pdf = read_back(reader, issue)
    assert in_pdf.title == f"明湖区人民政府公报 {issue}（总第57期）" and in_pdf.language == "zh-CN"
    assert [told.page for told in in_pdf.pieces] == [one.first_page for one in articles]
    for form in forms:
        assert [title for title, _ in form] == [one.edition.title for one in articles]
        for (_, text), one in zip(form, articles, strict=True):
            # 列表的号是排版加的,文字里没有
            told = re.sub(r"(?<=[。\u4e00-\u9fff])[12]\.(?=带|填)", "", source.normal(text))
            for line in one.edition.text.replace("\t", "\n").splitlines():
                assert source.normal(line) in told, line
            assert source.normal(one.edition.doc_number) in told


def test_the_same_manuscript_gives_the_same_bytes(press, issue):
    from gongkai.gazette.typeset import typeset

    once, again = (typeset(issue, OUT, afresh=False) for _ in range(2))
    assert once.files == again.files and once.book.mark == again.book.mark
    assert {form.source for form in issue.forms.all()} == {once.book.mark}
    assert all(form.first_sha256 == form.sha256 for form in issue.forms.all())


def test_a_withdrawn_article_leaves_a_notice_in_every_form(press, reader, issue):
    article = issue.articles.with_all().first()
    pages = list(issue.articles.values_list("position", "first_page", "last_page"))
    stored = [one.sha256 for one in issue.forms.all()]
    records.withdraw(
        article.record, WithdrawalKind.RETRACTED, reason="数字有误。", on=AT.date(), by=press.office.head, at=OUT
    )
    issue = press.fresh(issue)
    assert not issue.forms.exists(), "旧成品在同一个事务里作废"
    for rebuilt in (False, True):
        _, web, pdf, epub, _ = read_back(reader, issue)
        for form in (web, pdf, epub):
            title, text = form[0]
            assert title == article.edition.title and "一律登记" not in source.normal(text)
            assert "数字有误" in source.normal(text) and "篇次和页码不变" in source.normal(text)
            assert "第2项工作" in source.normal(form[1][1])
        assert list(issue.articles.values_list("position", "first_page", "last_page")) == pages
        if not rebuilt:
            jobs.follow(list(LogEntry.objects.filter(action="records.withdraw")))
            assert {one.sha256 for one in issue.forms.all()}.isdisjoint(stored) and issue.forms.count() == 2
    contents = reader.get(reverse("public:gazette_contents_csv", args=[issue.year])).content.decode()
    assert "已撤下" in contents and article.record.index_number not in contents


def test_what_is_secret_is_not_even_named(press, reader, issue):
    article = issue.articles.with_all().first()
    records.withdraw(
        article.record,
        WithdrawalKind.CONFIDENTIAL,
        reason="有个人信息。",
        on=AT.date(),
        by=press.office.head,
        at=OUT,
    )
    addresses = [
        reverse("public:gazette"),
        issue.get_absolute_url(),
        reverse("public:gazette_year", args=[issue.year]),
        article.get_absolute_url(),
        reverse("public:gazette_contents_csv", args=[issue.year]),
        reverse("public:gazette_contents_json", args=[issue.year]),
        reverse("public:gazette_search") + "?q=第1项",
        reverse("public:gazette_article_pdf", args=[issue.year, issue.code, 1]),
    ]
    for address in addresses:
        answer = reader.get(address)
        assert answer.status_code == 200 and "第1项工作" not in answer.content.decode("utf-8", "replace"), address
    pack = zipfile.ZipFile(io.BytesIO(reader.get(reverse("public:gazette_pack", args=[issue.year])).content))
    assert all("第1项工作" not in pack.read(name).decode("utf-8", "replace") for name in pack.namelist())
    assert "依法撤下" in pack.read("withdrawn.json").decode()


def test_lifted_it_is_as_it_came_out(press, reader, issue):
    article = issue.articles.with_all().first()
    before = {form.kind: form.sha256 for form in issue.forms.all()}
    records.withdraw(
        article.record, WithdrawalKind.RETRACTED, reason="核对。", on=AT.date(), by=press.office.head, at=OUT
    )
    records.lift(press.fresh(article.record), reason="核对无误。", by=press.office.head, at=OUT)
    jobs.follow(list(LogEntry.objects.filter(action__in=("records.withdraw", "records.lift"))))
    assert {form.kind: form.sha256 for form in press.fresh(issue).forms.all()} == before
    assert "一律登记" in source.normal(of_web(reader, article))


def test_a_repealed_paper_stays_with_a_banner(press, reader, issue):
    record = Article.objects.get(position=3).record
    records.withdraw(
        record,
        WithdrawalKind.REPEALED,
        reason="已有新规定。",
        basis="明民发〔2026〕9号",
        on=AT.date(),
        by=press.bureau.head,
        at=OUT,
    )
    text = reader.get(Article.objects.get(position=3).get_absolute_url()).content.decode()
    assert "本期刊登时有效" in text and "第3项工作" in text and issue.forms.count() == 2


def test_downloads_resume_and_tell_their_digest(reader, issue):
    address = reverse("public:gazette_form", args=[issue.year, issue.code, "epub"])
    whole = reader.get(address)
    part = reader.get(address, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206 and part.content == whole.content[10:20]
    assert part["Content-Range"] == f"bytes 10-19/{len(whole.content)}"
    assert reader.get(address, headers={"Range": "bytes=-5"}).content == whole.content[-5:]
    assert reader.get(address, headers={"Range": f"bytes={len(whole.content)}-"}).status_code == 416
    assert issue.forms.get(kind="epub").sha256 in whole["Digest"]
    assert reader.get(reverse("public:gazette_form", args=[issue.year, issue.code, "mobi"])).status_code == 404


def test_the_epub_is_well_made(reader, issue):
    """As EPUB 3 asks: the type first and stored, every page in the manifest and the spine, the contents without holes."""
    content = reader.get(reverse("public:gazette_form", args=[issue.year, issue.code, "epub"])).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = etree.fromstring(archive.read("OEBPS/content.opf"))
        listed = set(package.xpath("//*[local-name()='item']/@href"))
        assert {f"OEBPS/{name}" for name in listed} | {"OEBPS/content.opf"} == {
            name for name in archive.namelist() if name.startswith("OEBPS/")
        }
        links = re.findall(r'<a href="([^"]+)"', archive.read("OEBPS/nav.xhtml").decode())
        assert links and set(links) <= listed
        for name in listed - {"style.css"}:
            assert etree.fromstring(archive.read(f"OEBPS/{name}")).get("lang") == "zh-CN", name


def picture(kind, size=(240, 120), color=(200, 30, 30)):
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, kind)
    return buffer.getvalue()


def illustrated(press, draft, body):
    revision = press.office.fresh(draft).revision
    records.save(draft, {"body": body}, by=press.office.clerk, at=MADE, revision=revision)
    press.office.sign(press.office.fresh(draft), at=MADE)


def test_pictures_stand_where_they_stand_in_the_record(press, reader):
    draft = press.office.draft(
        title="关于划定禁停区域的通告", doc_number="明政办发〔2026〕9号", body="<p>见图。</p>", at=MADE
    )
    png, jpg = (
        records.attach(draft, name, content, by=press.office.clerk, at=MADE)
        for name, content in (("图1.png", picture("PNG")), ("图2.jpg", picture("JPEG", (3000, 2000))))
    )
    body = (
        f'<p>范围见下图：<img src="/files/{png.pk}/1.png" alt="禁停区域示意图">图中红色的禁停。</p>'
        f'<p><img src="/files/{jpg.pk}/2.jpg"></p><table><tr><td><img src="/files/{png.pk}/1.png" alt="红色"></td></tr></table>'
    )
    illustrated(press, draft, body)
    issue = press.out(press.opened())
    with zipfile.ZipFile(
        io.BytesIO(reader.get(reverse("public:gazette_form", args=[issue.year, issue.code, "epub"])).content)
    ) as archive:
        page = archive.read("OEBPS/piece-1.xhtml").decode()
        names = [name for name in archive.namelist() if name.endswith((".png", ".jpeg"))]
        sizes = sorted(Image.open(io.BytesIO(archive.read(name))).size for name in names)
        package = archive.read("OEBPS/content.opf").decode()
    assert sizes == [(240, 120), (1600, 1067)] and page.count("<img") == 2
    assert 'alt="禁停区域示意图"' in page and "〔图：红色〕" in page
    assert page.index("范围见下图") < page.index("<img") < page.index("图中红色的禁停")
    assert 'schema:accessMode">visual' in package and all(name.removeprefix("OEBPS/") in package for name in names)
    _, _, pdf, _, in_pdf = read_back(reader, issue)
    assert in_pdf.pieces[0].pictures == 2 and "图中红色的禁停" in source.normal(pdf[0][1])


def test_a_picture_that_cannot_be_read_stops_the_issue(press):
    draft = press.office.draft(title="附图的通知", doc_number="明政办发〔2026〕8号", body="<p>见图。</p>", at=MADE)
    broken = records.attach(draft, "图.png", picture("PNG"), by=press.office.clerk, at=MADE)
    body = f'<p>见图。<img src="/files/{broken.pk}/1.png" alt="示意图"></p>'
    illustrated(press, draft, body)
    store.path_of(broken.sha256).write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    issue = press.opened()
    actions.build(issue, by=press.editor, at=AT)
    assert "有0张图，稿子有1张" in press.findings(issue)["GZ12"]
