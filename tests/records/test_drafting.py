"""起草:新建、保存、冲突、清洗、附件、更正、作废、派生列。"""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.adapters.files import Kind
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import actions, html, store, types
from gongkai.records.actions import derived
from gongkai.records.models import Attachment, Description, Edition, Record
from gongkai.records.terms import Stage
from tests.records.office import AT, Office, moment

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"


def test_create_takes_number_duty_and_openness_from_the_type(office):
    record = office.draft("budget", title="明湖区2024年政府预算").record
    assert (record.duty, record.openness) == ("budget", "active")
    assert record.index_number == "MH0101/2024-00001"
    assert office.draft().record.index_number == "MH0101/2024-00002"


def test_create_refuses_unknown_types_and_elements(office):
    with pytest.raises(RuleBroken, match="信息类型"):
        office.draft("nonsense")
    with pytest.raises(RuleBroken, match="不认得这些要素：colour"):
        office.draft(colour="red")
    assert not Record.objects.exists() and not LogEntry.objects.exists()


def test_create_needs_the_role_in_that_agency(office):
    other = Office("MH0202", "明湖区教育局")
    with pytest.raises(PermissionDenied):
        office.draft(by=other.clerk)
    with pytest.raises(PermissionDenied):
        office.draft(by=office.first)


def test_merged_agency_publishes_nothing_new(office):
    office.agency.ended_on = AT.date()
    office.agency.save()
    with pytest.raises(RuleBroken, match="撤并"):
        office.draft()


def test_c54_second_of_two_savers_is_told_and_nothing_is_lost(office):
    edition = office.draft()
    opened = edition.revision
    saved = actions.save(edition, {"title": "甲改的标题"}, by=office.clerk, at=AT, revision=opened)
    with pytest.raises(actions.Conflict, match="信息员已经先保存过") as caught:
        actions.save(edition, {"title": "乙改的标题"}, by=office.colleague, at=AT, revision=opened)
    assert caught.value.edition.title == "甲改的标题"
    assert office.fresh(edition).title == "甲改的标题"
    actions.save(edition, {"title": "乙改的标题"}, by=office.colleague, at=AT, revision=saved.revision)
    assert office.fresh(edition).title == "乙改的标题"


def test_saving_nothing_new_writes_nothing(office):
    edition = office.draft()
    before = LogEntry.objects.count()
    saved = actions.save(edition, {"title": edition.title}, by=office.colleague, at=AT, revision=edition.revision)
    assert saved.revision == edition.revision and LogEntry.objects.count() == before
    assert not saved.editors.filter(pk=office.colleague.pk).exists()


def test_nothing_is_edited_once_submitted(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    for act in (
        lambda: actions.save(edition, {"title": "偷改"}, by=office.clerk, at=AT, revision=edition.revision),
        lambda: actions.attach(edition, "a.pdf", PDF, by=office.clerk, at=AT),
        lambda: actions.discard(edition, reason="不要了", by=office.clerk, at=AT),
    ):
        with pytest.raises(RuleBroken, match="不能修改"):
            act()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": ""}, "标题"),
        ({"title": "题" * 301}, "标题"),
        ({"openness": "secret"}, "公开属性"),
        ({"doc_number": "号" * 81}, "文号"),
        ({"fields": {"nonsense": "x"}}, "没有“nonsense”这一要素"),
        ({"fields": {"plan_kind": "胡诌"}}, "没有“胡诌”这一选项"),
        ({"fields": []}, "专门要素"),
    ],
)
def test_impossible_values_are_refused_in_words(office, values, words):
    edition = office.draft("plan")
    with pytest.raises(RuleBroken, match=words):
        actions.save(edition, values, by=office.clerk, at=AT, revision=edition.revision)
    assert office.fresh(edition).revision == edition.revision


def test_body_is_cleaned_to_the_fixed_tags_on_every_save(office):
    edition = office.draft(
        body="<h1>一、总则</h1><script>alert(1)</script><p onclick='x()' style='color:red'>好</p>"
    )
    assert edition.body == "<h2>一、总则</h2><p>好</p>" and edition.text == "一、总则\n好"
    dirty = '<p><a href="javascript:alert(1)">点</a><a href="/records/1/">看</a></p><img src="/files/1/x.png"><iframe></iframe>'
    saved = actions.save(edition, {"body": dirty}, by=office.clerk, at=AT, revision=edition.revision)
    assert "javascript" not in saved.body and "<img" not in saved.body and "iframe" not in saved.body
    assert '<a href="/records/1/"' in saved.body


def test_tables_keep_their_structure():
    table = '<table><thead><tr><th scope="col" colspan="2">项目</th></tr></thead><tbody><tr><td rowspan="2"><p>甲</p><p>乙</p></td><td>1</td></tr></tbody></table>'
    cleaned = html.clean(table)
    assert 'scope="col"' in cleaned and 'colspan="2"' in cleaned and 'rowspan="2"' in cleaned
    assert html.text_of(cleaned) == "项目\n甲  乙\t1"


def test_attachment_is_kept_by_its_hash(office, files_root):
    edition = office.draft()
    added = actions.attach(edition, "C:\\桌面\\补助标准.doc", PDF, by=office.clerk, at=AT)
    assert (added.name, added.kind, added.size) == ("补助标准.pdf", Kind.PDF.value, len(PDF))
    assert added.sha256 == hashlib.sha256(PDF).hexdigest() and store.read(added.sha256) == PDF
    again = actions.attach(edition, "同一份.pdf", PDF, by=office.clerk, at=AT)
    assert again.sha256 == added.sha256
    assert len([path for path in files_root.rglob("*") if path.is_file()]) == 1
    assert office.fresh(edition).revision == edition.revision + 2


def test_c94_attachments_are_known_by_content_and_limited(office, settings):
    edition = office.draft()
    with pytest.raises(RuleBroken, match="程序"):
        actions.attach(edition, "看起来是.pdf", b"MZ\x90\x00" + b"\0" * 60, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="空"):
        actions.attach(edition, "空.pdf", b"", by=office.clerk, at=AT)
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(RuleBroken, match="超过"):
        actions.attach(edition, "大.pdf", PDF, by=office.clerk, at=AT)
    assert not edition.attachments.exists()


def test_personal_data_inside_an_attachment_is_flagged(office):
    text = "补助对象联系电话 138 0000 0000,另一人 13900000000。".encode()
    added = actions.attach(office.draft(), "名单.txt", text, by=office.clerk, at=AT)
    assert "里面像有手机号2处" in added.findings


def test_c95_an_attachment_of_another_edition_is_not_shown(office):
    mine, other = office.draft(), office.draft(title="另一件")
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
    own = actions.attach(mine, "图.png", png, by=office.clerk, at=AT)
    foreign = actions.attach(other, "图.png", png + b"1", by=office.clerk, at=AT)
    body = f'<p><img src="/files/{own.pk}/a.png"><img src="/files/{foreign.pk}/a.png"></p>'
    saved = actions.save(mine, {"body": body}, by=office.clerk, at=AT, revision=office.fresh(mine).revision)
    assert html.files_in(saved.body) == [own.pk]


def test_correction_has_its_own_rows_of_the_same_files(office):
    edition = office.draft()
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
    own = actions.attach(edition, "图.png", png, by=office.clerk, at=AT)
    body = f'<p>见图。<img src="/files/{own.pk}/a.png"></p>'
    actions.save(edition, {"body": body}, by=office.clerk, at=AT, revision=office.fresh(edition).revision)
    record = office.sign(office.fresh(edition))
    new = actions.revise(record, by=office.clerk, at=AT, change_note="换图")
    copy = new.attachments.get()
    assert copy.pk != own.pk and copy.sha256 == own.sha256
    assert html.files_in(new.body) == [copy.pk]
    actions.detach(copy, by=office.clerk, at=AT)
    assert Attachment.objects.filter(pk=own.pk).exists(), "公开版的附件不受影响"


def test_discard_needs_a_reason_and_keeps_the_text(office):
    edition = office.draft()
    with pytest.raises(RuleBroken, match="原因"):
        actions.discard(edition, reason=" ", by=office.clerk, at=AT)
    actions.discard(edition, reason="录重了", by=office.clerk, at=AT)
    kept = office.fresh(edition)
    assert kept.stage == Stage.DISCARDED and kept.text


def test_change_type_moves_the_duty_and_drops_foreign_elements(office):
    edition = office.draft("plan", fields={"plan_kind": "专项规划", "period": "2021—2025年"})
    changed = actions.change_type(edition, "statistics", by=office.clerk, at=AT)
    assert changed.fields == {"period": "2021—2025年"}
    assert Record.objects.get().duty == "statistics"
    with pytest.raises(RuleBroken, match="不能改类型"):
        correction = actions.revise(office.publish(), by=office.clerk, at=AT, change_note="改")
        actions.change_type(correction, "plan", by=office.clerk, at=AT)


def test_change_duty_refuses_columns(office):
    record = office.publish()
    assert actions.change_duty(record, "planning", by=office.clerk, at=AT).duty == "planning"
    for wrong in ("field-budget", "nonsense"):
        with pytest.raises(RuleBroken, match="法定公开事项"):
            actions.change_duty(record, wrong, by=office.clerk, at=AT)


def test_signing_hands_the_description_on_and_adds_a_summary(office):
    record = office.publish(keywords="绿化", subject="城乡建设、环境保护/城乡建设（含住房）")
    live = record.live
    names = [name for name in Description.description_fields() if name != "summary"]
    assert {name: getattr(record, name) for name in names} == {name: getattr(live, name) for name in names}
    assert record.summary == "现就做好秋季绿化工作通知如下。"


def test_an_old_publication_day_is_kept_and_not_called_late(office):
    old = office.publish(made_on=moment(2012, 3, 1).date(), first_published_on=moment(2012, 3, 5).date())
    new = office.publish(made_on=moment(2012, 3, 1).date())
    assert not old.late and new.late


def test_derived_columns_equal_what_the_facts_give(office):
    office.publish(doc_number="明政办发[2024]第07号")
    office.draft(made_on=None)
    repealed = office.publish(doc_number="明政办发〔2024〕8号")
    actions.withdraw(repealed, "repealed", reason="清理", basis="清理决定", on=AT.date(), by=office.head, at=AT)
    for record in Record.objects.all():
        stored = {name: getattr(record, name) for name in derived.COLUMNS}
        derived.derive(record)
        assert {name: getattr(record, name) for name in derived.COLUMNS} == stored
    assert Record.objects.get(number_seq=7).number_code == "明政办发"


def test_due_day_without_a_holiday_notice_is_provisional_and_recounted(office, monkeypatch):
    from gongkai.law import calendar

    with monkeypatch.context() as patch:
        patch.setattr(calendar, "is_recorded", lambda year: year != 2024)
        real = calendar._year
        patch.setattr(calendar, "_year", lambda year: () if year == 2024 else real(year))
        record = office.draft(made_on=moment(2024, 9, 10).date()).record
        assert record.due_provisional
        provisional = record.publication_due_on
    assert len(actions.recount(at=AT)) == 1
    record.refresh_from_db()
    assert not record.due_provisional and record.publication_due_on != provisional
    assert str(record.publication_due_on) == "2024-10-14"
    assert LogEntry.objects.filter(action="records.recount").get().detail["before"] == str(provisional)
    assert actions.recount(at=AT) == []


def test_every_type_can_be_drafted(office):
    for kind in types.all():
        edition = office.draft(kind.key, title=kind.label)
        assert Edition.objects.get(pk=edition.pk).record.duty == kind.duty
