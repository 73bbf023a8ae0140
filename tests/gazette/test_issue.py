"""编一期到出刊:应登的自动进来,次序、审签、定时、撤下、更正,两个人同时排。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.gazette import actions
from gongkai.gazette.actions import building
from gongkai.gazette.models import Issue, Item
from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.law.gazette import IssueKind
from gongkai.records import actions as records
from gongkai.records.terms import WithdrawalKind
from tests.gazette.press import AT, OCTOBER, OUT

pytestmark = pytest.mark.django_db


def titles(issue):
    return [str(article) for article in issue.articles.all()]


def test_what_must_and_should_be_printed_comes_in_by_itself_in_order(press):
    third, first = press.paper(3), press.paper(1)
    bureau = press.paper(8, office=press.bureau, type="normative", effective_on=date(2026, 12, 1))
    press.paper(9, office=press.bureau)
    issue = press.opened()
    assert (issue.number, issue.running, issue.code, str(issue)) == (1, 57, "1", "2026年第1期")
    assert titles(issue) == [str(first), str(third), str(bureau)]
    assert [item.state for item in Item.objects.order_by("pk")] == ["adopted"] * 3
    assert press.article(issue, bureau).section.name == "部门文件"


def test_the_next_issue_goes_on_counting_over_the_year(press):
    press.opened(month=date(2026, 11, 1), at=AT)
    double = press.opened(month=date(2026, 12, 1), month_to=date(2027, 1, 1), kind=IssueKind.DOUBLE)
    assert (double.year, double.number, double.number_to, double.running, double.code) == (2027, 1, 2, 58, "1-2")
    extra = press.opened(month=date(2027, 2, 1), kind=IssueKind.EXTRA)
    assert (extra.running, extra.code) == (None, "z1")
    with pytest.raises(RuleBroken, match="已经收了"):
        press.opened(month=date(2027, 1, 1))
    assert press.opened(month=date(2027, 2, 1)).number == 3


def test_units_make_no_gazette(press):
    with pytest.raises(PermissionDenied):
        actions.open_issue(press.head, OCTOBER, AT.date(), by=press.bureau.head, at=AT)
    with pytest.raises(RuleBroken, match="只由区政府一家办"):
        actions.save_masthead(
            press.bureau.agency, {"name": "民政公报", "since_on": date(2026, 1, 1)}, by=press.editor, at=AT
        )
    with pytest.raises(RuleBroken, match="立法法"):
        actions.save_masthead(
            press.office.agency, {"statement": "本刊文本为标准文本"}, by=press.editor, at=AT, masthead=press.head
        )


def test_from_proposal_to_the_public(press, client):
    record = press.paper()
    issue = press.opened()
    assert "还没有排版" in press.findings(issue)["GZ10"]
    with pytest.raises(RuleBroken, match="GZ10"):
        actions.submit(issue, by=press.editor, at=AT)
    actions.build(issue, by=press.editor, at=AT)
    assert press.findings(issue) == {}
    assert press.article(issue, record).citation == "《明湖区人民政府公报》2026年第1期（总第57期），第1页"
    actions.submit(issue, by=press.editor, at=AT)
    with pytest.raises(RuleBroken, match="编这一期的人不能审签"):
        actions.approve(issue, by=press.editor, at=AT)
    actions.approve(issue, by=press.office.final, at=AT)
    with pytest.raises(RuleBroken, match="另一个人"):
        actions.approve(issue, by=press.office.final, at=AT)
    actions.approve(issue, by=press.office.head, at=AT)
    assert client.get(issue.get_absolute_url()).status_code == 404
    with pytest.raises(RuleBroken, match="封面上印的出版日"):
        actions.publish(issue, AT + timedelta(days=1), by=press.editor, at=AT)
    actions.publish(issue, OUT, by=press.editor, at=AT)
    issue = press.fresh(issue)
    assert not issue.is_public(AT) and issue.is_public(OUT) and not issue.announced
    assert not actions.announce(issue, at=AT) and actions.announce(issue, at=OUT)
    with pytest.raises(RuleBroken, match="只许发更正"):
        actions.edit(issue, {"print_run": 5}, by=press.editor, at=OUT)


def test_a_warning_needs_a_reason(press):
    press.paper(effective_on=date(2026, 10, 20))
    issue = press.opened()
    actions.build(issue, by=press.editor, at=AT)
    assert "施行以后才刊登" in press.findings(issue)["GZ07"]
    with pytest.raises(RuleBroken, match="没有写理由"):
        actions.submit(issue, by=press.editor, at=AT)
    actions.submit(issue, reasons={"GZ07": "文件在月末才送到。"}, by=press.editor, at=AT)
    assert press.fresh(issue).waived == {"GZ07": "文件在月末才送到。"}


def test_two_editors_at_once(press):
    press.paper(1), press.paper(2)
    issue = press.opened()
    seen, order = issue.mark, [article.pk for article in issue.articles.all()]
    actions.reorder(issue, order[::-1], by=press.editor, at=AT, seen=seen)
    assert [article.pk for article in press.fresh(issue).articles.all()] == order[::-1]
    colleague = press.office.person("office2", "主管乙", Role.OFFICE)
    with pytest.raises(RuleBroken, match="不是最新"):
        actions.reorder(issue, order, by=colleague, at=AT, seen=seen)
    with pytest.raises(RuleBroken, match="刚刚加了或者去掉"):
        actions.reorder(issue, order[:1], by=colleague, at=AT)
    assert [article.pk for article in press.fresh(issue).articles.all()] == order[::-1]


def test_a_record_withdrawn_during_approval_sends_the_issue_back(press):
    record, _ = press.paper(1), press.paper(2)
    issue = press.ready(press.opened())
    actions.approve(issue, by=press.office.final, at=AT)
    records.withdraw(
        record, WithdrawalKind.RETRACTED, reason="内容有误。", on=AT.date(), by=press.office.head, at=AT
    )
    issue = press.fresh(issue)
    assert issue.stage == "preparing" and issue.articles.count() == 2 and not issue.forms.exists()
    assert "自动退回" in issue.approvals.last().opinion
    assert "已经撤下" in press.findings(issue)["GZ06"]
    actions.drop(press.article(issue, record), by=press.editor, at=AT)
    press.out(issue)


def test_what_was_withdrawn_while_it_was_typeset_anew_is_not_stored(press, monkeypatch):
    first, second = press.paper(1), press.paper(2)
    issue = press.out(press.opened())

    def gone(record):
        records.withdraw(record, "retracted", reason="内容有误。", on=OUT.date(), by=press.office.head, at=OUT)

    made = building.typeset

    def gone_meanwhile(*args, **options):
        done = made(*args, **options)
        gone(second)
        return done

    gone(first)
    with monkeypatch.context() as patch:
        patch.setattr(building, "typeset", gone_meanwhile)
        assert not actions.rebuild(press.fresh(issue), at=OUT) and not issue.forms.exists()
    assert actions.rebuild(press.fresh(issue), at=OUT) and issue.forms.exists()


def test_dropped_and_taken_again(press):
    record = press.paper()
    issue = press.opened()
    actions.drop(press.article(issue, record), by=press.editor, at=AT)
    assert Item.objects.get().state == "reported" and not issue.articles.exists()
    actions.select_record(issue, record, press.section("部门文件"), by=press.editor, at=AT)
    with pytest.raises(RuleBroken, match="已经在这一期里"):
        actions.select_record(issue, record, press.section("部门文件"), by=press.editor, at=AT)
    press.out(issue)
    later = press.opened(month=date(2026, 11, 1), at=OUT)
    with pytest.raises(RuleBroken, match="更正还是重刊"):
        actions.select_record(later, record, press.section("部门文件"), by=press.editor, at=OUT)
    actions.select_record(later, record, press.section("部门文件"), remark="重刊", by=press.editor, at=OUT)
    assert Item.objects.get().issue == issue


def test_a_correction_stands_on_the_old_page_and_in_the_new_issue(press, client):
    record = press.paper()
    issue = press.out(press.opened())
    article = press.article(issue, record)
    kept = {form.kind: form.sha256 for form in issue.forms.all()}
    actions.correct(article, "第1项", "第2项", by=press.editor, at=OUT)
    press.paper(7, at=OUT)
    later = press.opened(month=date(2026, 11, 1), at=OUT)
    assert "还没有印在哪一期" in press.findings(later, at=OUT)["GZ14"]
    actions.correct(article, "通知如下", "公告如下", printed_in=later, by=press.editor, at=OUT)
    with pytest.raises(RuleBroken, match="原来印的是什么"):
        actions.correct(article, "一样", "一样", by=press.editor, at=OUT)
    shown = client.get(article.get_absolute_url()).content.decode()
    assert "原印“通知如下”，更正为“公告如下”" in shown and "印在2026年第2期" in shown
    assert {form.kind: form.sha256 for form in press.fresh(issue).forms.all()} == kept
    made = actions.build(later, by=press.editor, at=OUT)
    assert "更正为“公告如下”" in made.book.corrections[0]


def test_the_chronicle_keeps_to_its_months_and_its_length(press):
    issue = press.opened()
    actions.add_line(issue, date(2026, 10, 12), "区政府召开常务会议。", by=press.editor, at=AT)
    for day, text, why in (
        (date(2026, 9, 30), "早了", "不在2026年10月里"),
        (date(2026, 10, 3), "长" * 81, "至多80字"),
    ):
        with pytest.raises(RuleBroken, match=why):
            actions.add_line(issue, day, text, by=press.editor, at=AT)
    actions.drop_line(issue.chronicle.get(), by=press.editor, at=AT)
    assert not Issue.objects.get().chronicle.exists()
