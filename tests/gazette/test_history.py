"""历史目录:各种写法读得出,子行归到通知下,倒着的页照存、另记疑误,导两遍不变多,坏文件一句话说清。"""

import io
import json
from datetime import date

import pytest
import xlsxwriter
from django.urls import reverse
from docx import Document

from gongkai.adapters import apart, render
from gongkai.adapters.files import Page, Unreadable
from gongkai.adapters.files.entry import apart_from
from gongkai.adapters.files.limits import Limits
from gongkai.adapters.pagescan import Scanned, Spot
from gongkai.adapters.readers.gazette import read
from gongkai.adapters.readers.gazette.history import history
from gongkai.gazette import actions, facts, jobs
from gongkai.gazette.actions.history import difference
from gongkai.gazette.models import HistoricArticle, HistoricIssue
from gongkai.law.errors import RuleBroken
from gongkai.records import listings
from tests.gazette.press import AT

pytestmark = pytest.mark.django_db
TABLE = """刊名,年,期号,总期号,出版日期,栏目,标题,文号,页码
某区人民政府公报,2019,1,1,2019-02-01,区政府文件,关于印发《道路养护管理办法》的通知,明政发〔2019〕1号,3
某区人民政府公报,2019,1,1,2019-02-01,区政府文件,道路养护管理办法,,5
某区人民政府公报,2019,1,1,2019-02-01,部门文件,关于防汛工作的通知,明政办发〔2019〕2号,4
某区人民政府公报,2019,3,3,2019年4月1日,部门文件,关于食品检查的通知,,1
,,,,,,没有期号的一行,,
"""
TEXT = """某区人民政府公报 2018年第9期（总第9期）
目录
【区政府文件】
关于印发《公园管理办法》的通知（明政发〔2018〕30号）……1
公园管理办法……2
【人事任免】
关于周某任职的通知（明政人〔2018〕3号）……9
某区人民政府公报 二〇一八年第十期（总第10期）
关于做好秋收工作的通知……1
某区人民政府公报 年 第期(总第期)
"""


def docx_of(text):
    document, buffer = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


def xlsx_of(text):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(text.splitlines()):
            sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    return buffer.getvalue()


@pytest.mark.once
@pytest.mark.parametrize(
    "content", [TABLE.encode(), b"\xef\xbb\xbf" + TABLE.encode(), TABLE.encode("gb18030"), xlsx_of(TABLE)]
)
def test_tables(content):
    found = history(content, "旧目录")
    first, second = found.issues
    assert [(one["year"], one["number"], one["running"], one["published_on"]) for one in found.issues] == [
        (2019, 1, 1, "2019-02-01"),
        (2019, 3, 3, "2019-04-01"),
    ]
    assert [(line["title"], line["doc_number"], line["page"], line["parent"]) for line in first["articles"]] == [
        ("关于印发《道路养护管理办法》的通知", "明政发〔2019〕1号", 3, None),
        ("道路养护管理办法", "", 5, 0),
        ("关于防汛工作的通知", "明政办发〔2019〕2号", 4, None),
    ]
    assert first["doubts"] == ["第3行印在第4页，上一行却在第5页，照印的存"] and not second["doubts"]
    assert len(found.faults) == 1 and "没有期号的一行" in found.faults[0]


@pytest.mark.once
@pytest.mark.parametrize("content", [TEXT.encode(), docx_of(TEXT)])
def test_heads_and_lines(content):
    found = history(content, "旧目录")
    assert [(one["year"], one["number"], one["running"]) for one in found.issues] == [(2018, 9, 9), (2018, 10, 10)]
    lines = found.issues[0]["articles"]
    assert [(line["section"], line["doc_number"], line["page"], line["parent"]) for line in lines] == [
        ("区政府文件", "明政发〔2018〕30号", 1, None),
        ("区政府文件", "", 2, 0),
        ("人事任免", "明政人〔2018〕3号", 9, None),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 broken", "坏|打不开|损坏"),
        ("随便的字\n没有题头".encode(), "没有读出一期"),
        (b"\x00\x01\x02" * 40, "."),
        ("甲,乙,丙\n1,2,3\n".encode(), "没有读出一期|表头"),
    ],
)
def test_bad_files_are_told_in_one_sentence(content, why):
    with pytest.raises(Unreadable, match=why):
        apart_from(apart.DESK, history, content, "旧目录")


def imported(press, text=TABLE):
    content = text.encode()
    made = actions.read_in(
        press.office.agency, "旧目录.csv", history(content, "旧目录.csv"), by=press.editor, at=AT
    )
    counts = {key: len(rows) for key, rows in difference(made).items()}
    return actions.apply_intake(made, by=press.editor, at=AT), counts


def test_importing_twice_changes_nothing_and_a_mended_file_replaces(press):
    record = press.paper(2, doc_number="明政办发〔2019〕2号")
    made, counts = imported(press)
    assert counts == {"new": 2, "changed": 0, "same": 0} and made.counts["articles"] == 4
    assert HistoricArticle.objects.get(record=record).issue.article_count == 2
    made, counts = imported(press)
    assert counts == {"new": 0, "changed": 0, "same": 2} and made.counts["articles"] == 0
    _, counts = imported(press, TABLE.replace("食品检查", "食品抽检"))
    assert counts == {"new": 0, "changed": 1, "same": 1}
    assert HistoricIssue.objects.count() == 2 and HistoricArticle.objects.count() == 4
    with pytest.raises(RuleBroken, match="已经入库"):
        actions.apply_intake(made, by=press.editor, at=AT)


def test_missing_issues_are_public_and_found_lines_lead_on(press, client):
    imported(press)
    assert [gap.text for gap in facts.gaps()] == ["缺2019年第2期（总第2期）"]
    assert "缺2019年第2期（总第2期）" in client.get(reverse("public:gazette")).content.decode()
    found = client.get(reverse("public:gazette_search") + "?q=道路养护").content.decode()
    issue = HistoricIssue.objects.get(number=1)
    assert issue.get_absolute_url() in found
    page = client.get(issue.get_absolute_url()).content.decode()
    assert "照印的存" in page and "还没有上网" in page
    cited = client.get(reverse("public:gazette_search"), {"q": "《某区人民政府公报》2019年第3期"}).content.decode()
    assert HistoricIssue.objects.get(number=3).get_absolute_url() in cited


def test_a_year_of_old_contents_has_its_page_and_its_tables(press, client):
    record = press.paper(2, doc_number="明政办发〔2019〕2号")
    imported(press)
    address = reverse("public:gazette_year", args=[2019])
    page = client.get(address).content.decode()
    assert "关于防汛工作的通知" in page and "2019年第3期" in page and record.get_absolute_url() in page
    assert "离线包" not in page and address in listings.standing()
    assert address in client.get(reverse("public:gazette")).content.decode()
    rows = json.loads(client.get(reverse("public:gazette_contents_json", args=[2019])).content)["articles"]
    told = [(row["期号"], row["标题"], row["起页"], row["索引号"]) for row in rows]
    assert told[2] == (1, "关于防汛工作的通知", 4, record.index_number) and len(told) == 4
    first = HistoricIssue.objects.get(number=1)
    assert (
        reverse("public:gazette_historic", args=[first.pk + 1])
        in client.get(first.get_absolute_url()).content.decode()
    )


def test_what_is_printed_under_a_found_line_is_not_found_again(press, client):
    imported(press)
    search = reverse("public:gazette_search")
    assert [str(line) for line in client.get(search, {"q": "道路养护"}).context["old"]] == [
        "关于印发《道路养护管理办法》的通知"
    ]
    chosen = {"q": "通知", "year": "2019", "section": "部门文件"}
    answer = client.get(search, chosen).context
    assert not answer["form"].errors, answer["form"].errors
    assert [line.position for line in answer["old"]] == [1, 3]


def test_a_scan_is_found_by_its_words(press, client):
    imported(press)
    issue = HistoricIssue.objects.get(number=1)
    client.force_login(press.editor)
    address = reverse("desk:gazette_attach_scan", args=[issue.pk])
    content = _pdf()
    upload = io.BytesIO(content)
    upload.name = "第1期.pdf"
    assert client.post(address, {"file": upload}).status_code == 302
    issue = press.fresh(issue)
    assert issue.scan and issue.scan_pages.filter(text__contains="竹纸").exists()
    found = client.get(reverse("public:gazette_search"), {"q": "竹纸装订"}).content.decode()
    assert "扫描件第1页" in found
    assert b"".join(client.get(reverse("public:gazette_scan", args=[issue.pk])).streaming_content) == content
    wrong = io.BytesIO(b"not a pdf")
    wrong.name = "a.pdf"
    answer = client.post(address, {"file": wrong})
    assert answer.status_code == 422 and "不是 PDF" in answer.content.decode()


@pytest.mark.once
def test_pages_without_letters_are_recognised_one_by_one(press, client, monkeypatch):
    """The page that cannot be read is told; another scan put there meanwhile is not given the words of the old one."""
    imported(press)
    issue = HistoricIssue.objects.get(number=1)
    given = (press.office.agency,)
    lettered = [Page("第2页", "有文字层\n的一页")]
    actions.attach_scan(issue, "a.pdf", b"%PDF-1", lettered, *given, by=press.editor, at=AT, count=4)
    assert list(issue.scan_pages.values_list("page", "state")) == [
        (1, "queued"),
        (2, "layer"),
        (3, "queued"),
        (4, "queued"),
    ]
    page = client.get(issue.get_absolute_url()).content.decode()
    assert "其中1页的字可以检索" in page

    def read(lane, work, content, name, number):
        if number == 3:
            raise Unreadable(name, "第3页识别不出来", "")
        if number == 4:
            HistoricIssue.objects.update(scan="f" * 64)
        return Scanned((Spot("铁路沿线绿", 0.9, (0, 0, 1, 1)), Spot("化办法", 0.9, (0, 0, 1, 1))), (1, 1))

    monkeypatch.setattr("gongkai.gazette.actions.history.files.apart_from", read)
    monkeypatch.setattr("gongkai.adapters.ocr.installed", lambda: False)
    assert jobs.scan(at=AT) is None
    monkeypatch.setattr("gongkai.adapters.ocr.installed", lambda: True)
    assert jobs.scan(at=AT) == "识别2页"
    states = dict(issue.scan_pages.values_list("page", "state"))
    assert states == {1: "read", 2: "layer", 3: "failed", 4: "queued"}
    found = client.get(reverse("public:gazette_search"), {"q": "沿线 绿化办法"}).content.decode()
    assert "扫描件第1页" in found and "铁路沿线绿化办法" in found
    client.force_login(press.editor)
    desk = client.get(reverse("desk:gazette_history")).content.decode()
    assert "1页等着识别" in desk and "1页没有识别出来" in desk


@pytest.mark.once
def test_a_scan_too_large_is_refused_before_it_is_read(press, client, monkeypatch):
    imported(press)
    client.force_login(press.editor)
    upload = io.BytesIO(b"%PDF-1" * 20)
    upload.name = "a.pdf"
    monkeypatch.setattr("gongkai.gazette.views.history.files.DEFAULT", Limits(file_bytes=100))
    address = reverse("desk:gazette_attach_scan", args=[HistoricIssue.objects.get(number=1).pk])
    answer = client.post(address, {"file": upload})
    assert answer.status_code == 422 and "请拆开" in answer.content.decode()


def _pdf():
    paper = render.Paper("第1期", ("旧公报用竹纸装订。",))
    return render.pdf(paper, render.Fonts.find(None))


def test_numbers_of_old_and_new_are_one_run(press):
    rows = "年,期号,总期号,标题\n" + "\n".join(f"2025,{number},{number + 44},某通知" for number in range(1, 13))
    imported(press, rows)
    press.paper()
    issue = press.opened(month=date(2026, 10, 1))
    assert facts.gaps() == [] and issue.running == 57


@pytest.mark.once
def test_the_command_tells_what_a_list_of_issues_lacks():
    given = {
        "issues": [
            "1956, No. 46 (Overall Issue No. 72)",
            "1957, No. 01 (Overall Issue No. 74)",
            "政府公报 年 第期(总第期)",
        ]
    }
    found = read.check(given)
    assert [gap["text"] for gap in found["gaps"]] == ["缺1956年第47期（总第73期）"] and len(found["issues"]) == 3
