"""案卷:送达只登记一次,补正改描述并留下原来的,归档,文书按阶段分组。"""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from gongkai.foi import actions, acts, papers
from gongkai.foi.models import EarlierDescription
from gongkai.law.errors import RuleBroken
from tests.foi.desk import Desk, fresh, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def page(client, desk, case):
    client.force_login(desk.clerk)
    return client.get(reverse("desk:foi_case", args=[case.pk])).content.decode()


def _stored(row):
    """As it lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM foi_earlierdescription WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def kinds(case):
    return [step.kind for step in case.steps.all() if not step.void]


# --- 送达一次 ---


def test_the_inquiry_signed_for_is_the_step_of_its_delivery(desk):
    case = desk.case("2025-09-22")
    letter = desk.letter(case, "third_party", "2025-09-24", party="甲公司", content="报价")
    actions.deliver(letter, by=desk.clerk, at=moment("2025-09-26"), posted_on=date(2025, 9, 25))
    assert kinds(case) == ["third_party_sent"]
    actions.deliver(letter, by=desk.clerk, at=moment("2025-09-28"), signed_on=date(2025, 9, 26))
    step = case.steps.last()
    assert (step.kind, step.on, step.extra["party"]) == ("served", date(2025, 9, 26), "甲公司")
    with pytest.raises(RuleBroken, match="已经登记过的不用再办"):
        actions.served(case, "甲公司", date(2025, 9, 27), by=desk.clerk, at=moment("2025-09-28"))
    assert "served" not in acts.ACTS


def test_each_party_s_letter_serves_its_own_party(desk):
    case = desk.case("2025-09-22")
    first = desk.letter(case, "third_party", "2025-09-24", party="甲公司", content="报价")
    second = desk.letter(case, "agency", "2025-09-24", party="区财政局", content="预算")
    actions.deliver(second, by=desk.clerk, at=moment("2025-09-26"), signed_on=date(2025, 9, 25))
    actions.deliver(first, by=desk.clerk, at=moment("2025-09-26"), signed_on=date(2025, 9, 26))
    served = case.steps.filter(kind="served")
    assert [(row.extra["party"], row.on.day) for row in served] == [("区财政局", 25), ("甲公司", 26)]


def test_a_delivery_entered_wrongly_is_annulled_and_entered_anew(desk):
    case = desk.case("2025-02-20")
    letter = desk.provide(case, "2025-03-10", posted="2025-03-10")
    actions.annul(case.steps.last(), "日期写错", by=desk.clerk, at=moment("2025-03-12"))
    assert fresh(case).state == "decided"
    actions.deliver(letter, by=desk.clerk, at=moment("2025-03-12"), posted_on=date(2025, 3, 11))
    letter.refresh_from_db()
    assert (letter.posted_on, fresh(case).answered_on) == (date(2025, 3, 11), date(2025, 3, 11))


def test_the_fee_is_due_from_the_day_the_notice_was_received(desk):
    case = desk.case("2025-02-20")
    letter = desk.letter(case, "fee", "2025-02-24", basis="item", quantity="31", payment="到窗口缴纳")
    before = case.fee.due_on
    actions.deliver(letter, by=desk.clerk, at=moment("2025-03-03"), signed_on=date(2025, 3, 3))
    case = fresh(case)
    assert (case.fee.notified_on, case.fee.due_on > before) == (date(2025, 3, 3), True)
    with pytest.raises(RuleBroken, match="还没有届满"):
        actions.lapse(case, "fee_lapsed", case.fee.due_on, by=desk.clerk, at=moment("2025-06-03"))


def test_the_correction_lapses_from_the_day_the_notice_was_received(desk):
    case = desk.case("2025-02-20")
    letter = desk.letter(case, "correction", "2025-02-21", defects="年度不明", guidance="写明年度", days="5")
    assert actions.correction_until(case) == date(2025, 2, 28)
    actions.deliver(letter, by=desk.clerk, at=moment("2025-02-25"), signed_on=date(2025, 2, 25))
    assert actions.correction_until(case) == date(2025, 3, 4)
    with pytest.raises(RuleBroken, match="还没有届满"):
        actions.lapse(case, "correction_lapsed", date(2025, 3, 4), by=desk.clerk, at=moment("2025-03-04"))
    actions.lapse(case, "correction_lapsed", date(2025, 3, 5), by=desk.clerk, at=moment("2025-03-05"))


# --- 补正改描述 ---


def correcting(desk):
    case = desk.case("2025-02-20", description="那个文件")
    desk.letter(case, "correction", "2025-02-21", defects="名称", guidance="写明名称", days="5")
    return fresh(case)


def test_a_correction_changes_the_description_and_the_old_one_stays(desk, client):
    case = correcting(desk)
    actions.corrected(
        case, date(2025, 2, 24), by=desk.clerk, at=moment("2025-02-24"), description="2024年低保支出明细"
    )
    case = fresh(case)
    assert (case.description, case.subject) == ("2024年低保支出明细",) * 2
    assert [item.text for item in case.items.all()] == ["2024年低保支出明细"]
    row = EarlierDescription.objects.get()
    assert row.text == "那个文件" and "那个文件" not in _stored(row)
    shown = page(client, desk, case)
    assert "2024年低保支出明细" in shown and "那个文件" in shown and "补正以前" in shown


def test_an_applicant_s_own_correction_does_the_same(desk):
    case = correcting(desk)
    actions.give_correction(case, "", at=moment("2025-02-24"), description="2024年低保支出明细")
    assert fresh(case).description == "2024年低保支出明细" and fresh(case).state == "handling"
    assert EarlierDescription.objects.get().by is None


def test_the_same_words_are_no_correction(desk):
    case = correcting(desk)
    with pytest.raises(RuleBroken, match="没有写补正的内容"):
        actions.give_correction(case, " ", at=moment("2025-02-24"), description=case.description)
    actions.corrected(case, date(2025, 2, 24), by=desk.clerk, at=moment("2025-02-24"), note="补交了证件")
    assert not EarlierDescription.objects.exists() and fresh(case).description == "那个文件"


def test_split_items_stay_when_the_description_changes(desk):
    case = desk.case("2025-02-20", description="那个文件")
    actions.split(case, ["甲", "乙"], by=desk.clerk, at=moment("2025-02-20"))
    desk.letter(case, "correction", "2025-02-21", defects="名称", guidance="写明名称", days="5")
    with pytest.raises(RuleBroken, match="还没有收到过补正"):
        actions.redescribe(case, "新的", by=desk.clerk, at=moment("2025-02-21"))
    actions.give_correction(case, "要的是甲的明细", at=moment("2025-02-24"))
    actions.redescribe(case, "甲的明细", by=desk.clerk, at=moment("2025-02-24"))
    assert [item.text for item in case.items.all()] == ["甲", "乙"] and fresh(case).description == "甲的明细"


# --- 归档 ---


def test_archived_only_when_nothing_is_left_to_do(desk):
    case = desk.case("2025-02-20")
    with pytest.raises(RuleBroken, match="办理中"):
        actions.archive(case, by=desk.clerk, at=moment("2025-02-21"))
    actions.draft(case, "receipt", {}, by=desk.clerk, at=moment("2025-02-21"))
    desk.provide(case, "2025-04-10")
    with pytest.raises(RuleBroken) as refused:
        actions.archive(case, by=desk.clerk, at=moment("2025-04-11"))
    assert "没有写明原因" in str(refused.value) and "没签发也没作废" in str(refused.value)
    actions.drop(case.letters.get(kind="receipt"), by=desk.clerk, at=moment("2025-04-11"))
    actions.explain_late(case, "检索费时", by=desk.clerk, at=moment("2025-04-11"))
    actions.archive(case, by=desk.clerk, at=moment("2025-04-11"))
    assert fresh(case).archived_at == moment("2025-04-11")
    with pytest.raises(RuleBroken, match="已经归档"):
        actions.add_file(
            case, "evidence", "a.pdf", b"%PDF-1.4\n%%EOF\n" + b" " * 200, by=desk.clerk, at=moment("2025-04-12")
        )
    actions.reopen(case, date(2025, 5, 6), "自行纠正", by=desk.legal, at=moment("2025-05-06"))
    assert fresh(case).archived_at is None


def test_the_page_offers_to_archive_and_to_open_again(desk, client):
    case = desk.case("2025-02-20")
    desk.provide(case, "2025-03-10")
    assert "归档" in page(client, desk, case)
    address = reverse("desk:foi_act", args=[case.pk, "archive"])
    assert client.post(address).status_code == 302 and fresh(case).archived_at
    actions.unarchive(fresh(case), "漏了回执", by=desk.clerk, at=moment("2025-03-12"))
    assert fresh(case).archived_at is None


# --- 文书按阶段 ---


def test_every_letter_belongs_to_a_stage_and_the_page_groups_them(desk, client):
    by_stage = papers.by_stage()
    assert sum(len(found) for _, found in by_stage) == len(papers.all()) and len(by_stage) > 3
    assert max(len(found) for _, found in by_stage) <= 6
    shown = page(client, desk, desk.case("2025-02-20"))
    shown = shown[shown.index('id="main"') :]
    places = [shown.index(f">{label}<") for label, found in by_stage if f">{label}<" in shown]
    assert len(places) > 3 and places == sorted(places)


def test_what_is_no_request_for_information_is_hinted_at_where_the_outcome_is_decided(desk, client):
    case = desk.case("2025-09-22", description="某工地夜间施工扰民，请立即派人查处并追究负责人责任。")
    client.force_login(desk.clerk)
    url = reverse("desk:foi_decide", args=[case.pk, case.items.first().pk])
    shown = client.get(url).content.decode()
    assert "要求查处" in shown and "看移交清单" not in shown
    assert client.get(url + "?advice=1").context["form"]["outcome"].value() == "petition"
