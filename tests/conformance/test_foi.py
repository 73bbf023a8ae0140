"""行为清单里属于依申请公开、别处没有点名的(C35—C101 的一部分):一条一个测试,名字带编号。

不适用的:C67(没有停用的理由)、C77(没有限时下载链接,文件凭查询码取)、C99(邮件由人登记,不自动收)、C100(同上级平台以
文件交换,不推送);C82—C88 在年报,C101 在检索。
"""

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.foi import actions, jobs, similar
from gongkai.foi.models import Application, Step
from gongkai.foi.terms import ConversionStage
from gongkai.law.errors import RuleBroken
from gongkai.org import worker
from gongkai.org.models import Heartbeat, LogEntry
from gongkai.records.models import Record
from tests.foi.desk import PDF, Desk, fresh, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_c35_a_reminder_whose_handler_is_gone_goes_to_the_head(desk):
    application = desk.case("2025-02-20")
    desk.clerk.is_active = False
    desk.clerk.save()
    jobs.remind(on=date(2025, 3, 19), at=moment("2025-03-19", 8))
    assert LogEntry.objects.get(action="foi.remind").detail["to"] == [desk.head.pk]
    assert jobs.recipients(fresh(application)) == [desk.head]


def test_c36_the_jobs_of_this_app_leave_a_heartbeat(desk):
    worker.run(lambda: moment("2025-03-19", 8))
    names = set(Heartbeat.objects.exclude(succeeded_at=None).values_list("name", flat=True))
    assert {"foi.recount", "foi.remind", "foi.chase"} <= names


def test_c48_reopening_clears_the_reply_and_keeps_the_history(desk):
    application = desk.case("2025-02-20")
    desk.provide(application, "2025-03-10")
    before = list(application.steps.values_list("pk", flat=True))
    actions.reopen(application, date(2025, 4, 1), "自行纠正", by=desk.legal, at=moment("2025-04-01"))
    application = fresh(application)
    assert (application.answered_on, application.decided_on, application.outcome) == (None, None, "")
    assert list(application.steps.values_list("pk", flat=True))[: len(before)] == before


def test_c52_a_repeated_application_and_the_earlier_one_show_each_other(desk, client):
    earlier, later = desk.case("2025-02-20"), desk.case("2025-03-03")
    desk.provide(earlier, "2025-03-02")
    for _ in "twice":
        desk.decide(later, "repeated", "2025-03-04", facts={"earlier": "同前"}, earlier=earlier)
    entries = LogEntry.objects.about(earlier).filter(summary__contains=later.number)
    assert entries.count() == 1
    with pytest.raises(RuleBroken, match="自己"):
        desk.decide(later, "repeated", "2025-03-04", earlier=later)
    client.force_login(desk.clerk)
    for one, other in ((earlier, later), (later, earlier)):
        assert other.number in client.get(reverse("desk:foi_case", args=[one.pk])).content.decode()


def test_c53_a_change_of_handler_keeps_letters_and_shows_the_new_one(desk, client):
    application = desk.case("2025-02-20")
    actions.amend_contact(application, {"phone": "0571-00000001"}, at=moment("2025-02-21"))
    actions.assign(application, desk.colleague, by=desk.head, at=moment("2025-02-24"))
    assert application.contacts.count() == 1
    client.force_login(desk.head)
    assert "信息员乙承办" in client.get(reverse("desk:foi_case", args=[application.pk])).content.decode()


def test_c59_a_late_case_asks_for_its_cause_until_it_is_written(desk, client):
    application = desk.case("2025-02-20")
    desk.provide(application, "2025-04-10")
    client.force_login(desk.clerk)
    page = reverse("desk:foi_case", args=[application.pk])
    assert "写明逾期的原因" in client.get(page).content.decode()
    actions.explain_late(application, "检索用时过长，责任环节在业务科", by=desk.clerk, at=moment("2025-04-11"))
    assert "写明逾期的原因" not in client.get(page).content.decode()


def test_c61_moments_are_kept_unrounded(desk):
    application = desk.case("2025-02-20")
    exact = moment("2025-02-24") + timedelta(seconds=17, microseconds=123456)
    actions.withdraw(application, date(2025, 2, 24), by=desk.clerk, at=exact)
    assert Step.objects.get(kind="withdrawn").at == exact


def test_c68_c69_a_restricted_case_is_closed_on_every_way_to_it(desk, client):
    application = desk.case("2025-02-20", files=(("attachment", "a.pdf", PDF),))
    letter = desk.letter(application, "receipt", "2025-02-21")
    file = application.files.get()
    actions.hold(application, True, by=desk.head, at=moment("2025-02-21"))
    ways = [
        reverse("desk:foi_case", args=[application.pk]),
        reverse("desk:foi_letter", args=[application.pk, letter.pk]),
        reverse("desk:foi_printed", args=[application.pk, letter.pk, "pdf"]),
        reverse("desk:foi_file", args=[application.pk, file.pk]),
        reverse("desk:foi_act", args=[application.pk, "propose"]),
    ]
    for url in ways:
        assert client.get(url).status_code == 302
    client.force_login(desk.colleague)
    assert [client.get(url).status_code for url in ways] == [404] * len(ways)
    assert client.post(reverse("desk:foi_archive", args=[application.pk])).status_code == 404
    for query in ("", "?format=csv"):
        answer = client.get(reverse("desk:foi_cases") + query)
        text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        assert application.number not in text
    client.force_login(desk.clerk)
    assert [client.get(url).status_code for url in ways[:2]] == [200, 200]


def test_c72_a_hidden_sheet_is_pointed_out_before_the_file_is_given(desk):
    application = desk.case("2025-02-20")
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    book.add_worksheet("明细")
    book.add_worksheet("名单").hide()
    book.get_worksheet_by_name("名单").write(0, 0, "身份证号 11010519491231002X")
    book.close()
    file = actions.add_file(
        application, "reply", "明细.xlsx", data.getvalue(), by=desk.clerk, at=moment("2025-02-21")
    )
    assert any("名单" in one or "隐藏" in one for one in file.findings)
    assert "里面像有身份证号1处" in file.findings


def test_c73_a_file_given_out_bears_no_id_number_in_its_name(desk):
    application = desk.case("2025-02-20")
    with pytest.raises(RuleBroken, match="文件名"):
        actions.add_file(
            application, "reply", "11010519491231002X的档案.pdf", PDF, by=desk.clerk, at=moment("2025-02-21")
        )


def test_c79_what_comes_of_a_case_carries_nothing_of_the_applicant(desk):
    application = desk.case("2025-02-20")
    row = actions.propose(application, "低保资金支出", "多人申请", by=desk.clerk, at=moment("2025-02-21"))
    row = actions.release(row, True, "", by=desk.head, at=moment("2025-02-24"))
    assert row.stage == ConversionStage.ACCEPTED and row.record is not None
    assert not row.record.is_public(moment("2025-03-01"))
    edition = row.record.editions.get()
    assert "张三丰" not in f"{edition.title}{edition.body}"
    assert not Record.objects.public(moment("2025-03-01")).filter(pk=row.record.pk).exists()


def test_c89_a_case_of_another_unit_is_as_good_as_none(desk, client):
    other = Desk(code="MH0113", name="明湖区交通运输局", short="明湖交通")
    application = desk.case("2025-02-20")
    client.force_login(other.clerk)
    answers = [client.get(reverse("desk:foi_case", args=[pk])) for pk in (application.pk, 10**9)]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content.decode().count(application.number) == 0


def test_c90_who_may_only_look_cannot_write(desk, client):
    application = desk.case("2025-02-20")
    client.force_login(desk.first)
    assert client.get(reverse("desk:foi_case", args=[application.pk])).status_code == 200
    for key in ("split", "withdraw", "assign"):
        assert client.post(reverse("desk:foi_act", args=[application.pk, key])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.assign(application, desk.colleague, by=desk.first, at=moment("2025-02-21"))


def test_c92_cells_that_a_spreadsheet_would_run_are_made_harmless(desk, client):
    desk.case("2025-02-20", description="=HYPERLINK(1)")
    client.force_login(desk.clerk)
    answer = client.get(reverse("desk:foi_cases") + "?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK" in text and ",=HYPERLINK" not in text


def test_c96_the_same_text_with_other_white_space_is_pointed_out_and_still_taken(desk):
    first = desk.case("2025-02-20", description="2024年度城乡低保资金的支出明细")
    again = desk.case("2025-02-21", description=" 2024年度 城乡低保资金的\n支出明细 ")
    assert [(like.application, like.percent) for like in similar.alike(again)] == [(first, 100)]
    assert Application.objects.count() == 2
