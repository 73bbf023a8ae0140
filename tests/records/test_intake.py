"""带来公文:重复认得出,读出来的都用上,用不上的说出来;意料之外的错不耽误其余的。"""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from gongkai.adapters import files
from gongkai.law.errors import RuleBroken
from gongkai.records import actions, intake, store
from gongkai.records.models import Record
from tests.records.office import AT

PAGE = """<html><body><table>
<tr><td>索引号：</td><td>MH0101/2019-00042</td><td>主题分类：</td><td>{subject}</td></tr>
<tr><td>发布机构：</td><td>{agency}</td><td>文号：</td><td>明政办发〔2019〕3号</td></tr>
<tr><td>成文日期：</td><td>2019-03-01</td><td>发布日期：</td><td>2019-03-05</td></tr>
<tr><td>有效性：</td><td>{validity}</td></tr></table>
<h1>关于做好绿化工作的通知</h1>
<p>各镇人民政府、街道办事处：</p><p>现将有关事项通知如下。</p><p>一、总体要求</p><p>做好绿化。</p>
<p>明湖区人民政府办公室</p><p>2019年3月1日</p></body></html>"""


def page(subject="综合政务", agency="明湖区人民政府办公室", validity="有效") -> bytes:
    return PAGE.format(subject=subject, agency=agency, validity=validity).encode()


def take(office, content, name="通知.html", type=None, **options):
    return intake.draft_from_file(content, name, office.agency, type, by=options.pop("by", office.clerk), at=AT)


def test_what_is_read_goes_into_the_draft(office):
    content = page()
    taken = take(office, content)
    edition, record = taken.edition, taken.edition.record
    assert (record.index_number, edition.doc_number) == ("MH0101/2019-00042", "明政办发〔2019〕3号")
    assert (str(edition.made_on), str(edition.first_published_on)) == ("2019-03-01", "2019-03-05")
    assert (edition.subject, edition.title) == ("综合政务", "关于做好绿化工作的通知")
    assert "<h2>一、总体要求</h2>" in edition.body and not record.late
    assert store.read(record.fingerprint) == content, "原件留存"
    assert taken.notes == () and "要素栏" in taken.sentence


def test_what_cannot_be_used_is_said(office):
    office.draft(index_number="MH0101/2019-00042")
    taken = take(office, page("天气预报", "明湖区教育局", "已废止"))
    said = "；".join(taken.notes)
    for words in ("原索引号“MH0101/2019-00042”不能沿用", "天气预报", "原发布机构是“明湖区教育局”", "标为废止"):
        assert words in said
    assert taken.edition.subject == ""


def test_a_kept_index_number_is_passed_over_later(office):
    take(office, page().replace(b"MH0101/2019-00042", b"MH0101/2024-00002"))
    numbers = [office.draft().record.index_number for _ in range(3)]
    assert numbers == ["MH0101/2024-00001", "MH0101/2024-00003", "MH0101/2024-00004"]


def test_same_file_and_same_number_and_title(office):
    take(office, page())
    with pytest.raises(intake.Duplicate, match="同一个文件导入过"):
        take(office, page(), "换了名字.html")
    with pytest.raises(intake.Duplicate, match="同一文号、同一标题"):
        take(office, page() + b"<!-- copy -->")
    assert Record.objects.count() == 1


def test_a_discarded_draft_does_not_bar_another_try(office):
    actions.discard(take(office, page()).edition, reason="导错了", by=office.clerk, at=AT)
    assert take(office, page()).edition.record.index_number != "MH0101/2019-00042"


def test_kind_is_guessed_from_the_title_unless_given(office):
    text = "明湖区突发事件应急预案\n各单位：\n现印发给你们。".encode()
    assert take(office, text, "a.txt").edition.record.type == "contingency"
    assert take(office, text + b"\n", "b.txt", "document").edition.record.type == "document"


def test_only_clerks_import(office):
    with pytest.raises(PermissionDenied):
        take(office, page(), by=office.first)


def test_unreadable_and_impossible_leave_nothing(office):
    with pytest.raises(files.Unreadable):
        take(office, b"%PDF-1.4 broken", "坏.pdf")
    with pytest.raises(RuleBroken, match="信息类型"):
        take(office, page(), type="nonsense")
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("综合政务\\政务公开", "综合政务/政务公开"),
        ("综合政务/政务公开", "综合政务/政务公开"),
        ("综合政务 - 应急管理", "综合政务/应急管理"),
        ("政务公开", "综合政务/政务公开"),
        ("综合政务", "综合政务"),
        ("其他", "其他"),
        ("天气", ""),
        ("", ""),
    ],
)
def test_subjects_in_many_spellings(words, subject):
    assert intake.subject_of(words) == subject


def run(office, *paths, **options):
    out, talk = io.StringIO(), io.StringIO()
    call_command("import", *map(str, paths), agency=office.agency.code, stdout=out, stderr=talk, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue()))), talk.getvalue()


def test_an_unexpected_fault_does_not_stop_the_rest(office, tmp_path, monkeypatch):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"关于第{n}件事的通知\n各单位：\n请照办。", "utf-8")
    real = intake.files.read

    def breaks(data, name, **options):
        if name == "1.txt":
            raise ZeroDivisionError
        return real(data, name, **options)

    monkeypatch.setattr(intake.files, "read", breaks)
    rows, talk = run(office, tmp_path)
    assert [row["结果"] for row in rows] == ["已建草稿", "没有建", "已建草稿"]
    assert "ZeroDivisionError" in rows[1]["原因或者提示"]
    assert "共3个文件：已建草稿2件，没有建1件。" in talk and "3/3" in talk


def test_every_path_has_its_row(office, tmp_path):
    (tmp_path / "空").mkdir()
    rows, _ = run(office, tmp_path / "空", tmp_path / "没有这个文件.txt")
    assert [row["结果"] for row in rows] == ["跳过", "没有建"]
    assert "打不开" in rows[1]["原因或者提示"]


def test_a_file_name_that_is_no_text_and_a_title_that_is_a_formula(office, tmp_path):
    folder = tmp_path / "件"
    folder.mkdir()
    try:
        (folder / b"\xff\xfe.txt".decode("utf-8", "surrogateescape")).write_text(
            "=1+1关于甲的通知\n各单位：\n请照办。"
        )
    except OSError:
        pytest.skip("这个文件系统不收这样的文件名")
    report = tmp_path / "结果.csv"
    run(office, folder, report=report)
    row = next(csv.DictReader(report.read_text("utf-8-sig").splitlines()))
    assert row["结果"] == "已建草稿" and row["标题"].startswith("'=")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"agency": "NOBODY"}, "没有代码是"),
        ({"type": "nonsense"}, "信息类型"),
        ({"user": "MH0101-first"}, "没有叫“MH0101-first”的信息员"),
        ({"report": "/没有/的/文件夹/r.csv"}, "结果表写不到"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_done(office, tmp_path, options, words):
    from pathlib import Path

    (tmp_path / "a.txt").write_text("关于甲的通知\n各单位：\n请照办。", "utf-8")
    options = {"agency": "MH0101", **options}
    if "report" in options:
        options["report"] = Path(options["report"])
    with pytest.raises(CommandError, match=words):
        call_command("import", str(tmp_path), stdout=io.StringIO(), stderr=io.StringIO(), **options)
    assert not Record.objects.exists()


def test_two_parts_of_one_number_are_two_papers_and_a_doubtful_title_is_told(office):
    text = "明自然资规〔2024〕3-{}号\n关于公布地价的通知\n各镇：\n现公布第{}批。\n"
    taken = [take(office, text.format(part, part).encode(), f"{part}.txt") for part in (1, 2)]
    assert [one.edition.doc_number for one in taken] == ["明自然资规〔2024〕3-1号", "明自然资规〔2024〕3-2号"]
    lines = '<p align="center">明湖区2024年工作要点</p><p align="center">政务公开部分</p><p>各镇：</p><p>现将要点印发给你们，请遵照执行。</p>'
    assert "标题也可能是“明湖区2024年工作要点政务公开部分”" in take(office, lines.encode()).sentence
