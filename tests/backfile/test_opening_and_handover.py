"""从收进来到移交:两个人审、抽检退回、成批公开、编目移交、目录公布,每一条硬的规则都试过。"""

from datetime import date, timedelta

import pytest

from gongkai.backfile import actions, checks
from gongkai.backfile.actions.opening import CLEAR
from gongkai.backfile.models import Batch, Holding, Item, Opening, Transfer
from gongkai.backfile.models.handover import route_of
from gongkai.desk.figures import figures
from gongkai.law.backfile import Check, Conclusion
from gongkai.law.errors import RuleBroken
from gongkai.law.handover import catalogue_due
from gongkai.records.models import Record
from tests.backfile.paper import confirmed
from tests.records.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def figure(key, office, on):
    """A figure of this room for the office: how many count, of how many."""
    return figures()[f"backfile.{key}"].count([office.agency.pk], on).get(office.agency.pk, (0, 0))


@pytest.fixture
def office(db):
    return Office()


def reviewed(office, at, items):
    """A batch answered together, handed in, looked at again and agreed to."""
    batch = actions.open_batch(office.agency, "一批", items, by=office.clerk, at=at)
    actions.answer_together(batch, by=office.clerk, at=at)
    actions.hand_in(batch, by=office.clerk, at=at)
    for opening in batch.openings.filter(sampled=True):
        actions.second(opening, True, by=office.head, at=at)
    return actions.agree(batch, by=office.head, at=at)


def test_two_people_open_a_batch_and_its_papers_become_records(office, at, on):
    items = confirmed(office, at, 12)
    assert figure("reviewed", office, on) == (0, 12) and figure("online", office, on) == (0, 0)
    batch = reviewed(office, at, items)
    assert figure("reviewed", office, on) == (12, 12) and figure("online", office, on) == (0, 12)
    assert batch.openings.filter(sampled=True).count() == 2
    assert actions.publish(batch, by=office.head, at=at) == 12
    assert figure("online", office, on) == (12, 12)
    assert figure("milestones", office, on) == figure("described", office, on) == (0, 0), "没有登记底数的不算"
    numbered = Holding(agency=office.agency, year=2006, kind="numbered", registered=13, due=13, updated_at=at)
    numbered.save()
    assert figure("milestones", office, on) == figure("described", office, on) == (0, 1)
    Holding.objects.update(lost=1, lost_reason="机构撤并时遗失")
    assert figure("milestones", office, on) == figure("described", office, on) == (1, 1)
    record = Record.objects.order_by("pk").first()
    assert record.is_public(at) and record.published_at == at and record.made_on.year == 2006
    assert record.live.reviews.count() == 2 and record.source == "历史信息梳理补录"
    with pytest.raises(RuleBroken, match="已公开"):
        actions.publish(batch, by=office.head, at=at)


def test_one_miss_sends_all_that_was_reviewed_together_back(office, at):
    items = confirmed(office, at, 5)
    batch = actions.open_batch(office.agency, "一批", items, by=office.clerk, at=at)
    actions.answer_together(batch, by=office.clerk, at=at)
    actions.hand_in(batch, by=office.clerk, at=at)
    drawn = batch.openings.get(sampled=True)
    with pytest.raises(RuleBroken, match="不能复核自己审的"):
        other = office.person("both", "兼职的", "clerk", "head")
        Batch.objects.update(first_by=other)
        actions.second(drawn, True, by=other, at=at)
    with pytest.raises(RuleBroken, match="没有写哪里不对"):
        actions.second(drawn, False, by=office.head, at=at)
    batch = actions.second(drawn, False, "漏了户名单", by=office.head, at=at)
    assert batch.state == "back" and "漏了户名单" in batch.back_reason
    assert not batch.openings.exclude(conclusion="").exists()
    assert not Item.objects.exclude(conclusion="").exists()


def test_what_the_program_found_is_answered_one_by_one(office, at):
    items = confirmed(office, at, 2, extra="附：户主张某身份证号330211197803141519。")
    batch = actions.open_batch(office.agency, "一批", items, by=office.clerk, at=at)
    with pytest.raises(RuleBroken, match="没有可以一起审的"):
        actions.answer_together(batch, by=office.clerk, at=at)
    one, two = batch.openings.order_by("pk")
    assert "身份证" in str(one.hints)
    hit = CLEAR | {Check.PERSONAL: True}
    with pytest.raises(RuleBroken, match="不能整件主动公开"):
        actions.answer(one, hit, Conclusion.ACTIVE, by=office.clerk, at=at)
    with pytest.raises(RuleBroken, match="没有写公开的文字"):
        actions.answer(one, hit, Conclusion.PART, note="遮盖户主", by=office.clerk, at=at)
    actions.answer(one, hit, Conclusion.PART, note="遮盖户主", shown="关于养护。", by=office.clerk, at=at)
    secret = CLEAR | {Check.SECRECY: True}
    with pytest.raises(RuleBroken, match="不能在这里定"):
        actions.answer(two, secret, Conclusion.WITHHELD, by=office.clerk, at=at)
    actions.answer(two, secret, Conclusion.DECLASSIFY, by=office.clerk, at=at)
    actions.hand_in(batch, by=office.clerk, at=at)
    for opening in Opening.objects.all():
        actions.second(opening, True, by=office.head, at=at)
    batch = actions.agree(batch, by=office.head, at=at)
    assert actions.publish(batch, by=office.head, at=at) == 1
    assert "330211" not in Record.objects.get().live.body


SPAN = {"fonds": "1031", "archive": "明湖区档案馆", "since": 2006, "until": 2006, "tested": "四性检测通过"}


def test_a_hand_over_from_its_list_to_the_public_catalogue(office, at, on):
    actions.publish(reviewed(office, at, confirmed(office, at, 3)), by=office.head, at=at)
    assert [(one.year, one.count) for one in checks.overdue([office.agency], on)] == [(2006, 3)]
    assert checks.overdue([office.agency], date(2016, 1, 1)) == [], "满十年那天才到期"
    assert [one.count for one in checks.overdue([office.agency], date(2016, 3, 5))] == [2]
    transfer = actions.open_transfer(office.agency, SPAN | {"items_said": 4}, by=office.clerk, at=at)
    assert actions.fill(transfer, by=office.clerk, at=at) == 3
    row = transfer.rows.first()
    assert (row.opinion, row.disclosed, row.secrecy_change, row.listed) == ("open", "public", "无密级", True)
    actions.save_row(transfer, row, {"opinion": ""}, by=office.clerk, at=at)
    with pytest.raises(RuleBroken, match="HO07 第1行没有附具到期开放意见") as told:
        actions.hand_over(transfer, on, "馆员某", by=office.clerk, at=at)
    assert "清单头写4件" in str(told.value)
    actions.save_row(transfer, row, {"opinion": "open"}, by=office.clerk, at=at)
    actions.save_transfer(transfer, {"items_said": 3}, by=office.clerk, at=at)
    actions.hand_over(transfer, on, "馆员某", by=office.clerk, at=at)
    assert checks.overdue([office.agency], on) == []
    assert [one.code for one in checks.of_transfer(Transfer.objects.get(), on)] == ["HO01"]
    due = catalogue_due(on).due
    assert figure("catalogues", office, due) == (0, 0), "没有到期的不算"
    assert figure("catalogues", office, due + timedelta(days=1)) == (0, 1)
    with pytest.raises(RuleBroken, match="不能再改"):
        actions.save_row(transfer, row, {"doc_number": "x"}, by=office.clerk, at=at)
    with pytest.raises(RuleBroken, match="有可以列入"):
        actions.nothing_to_publish(transfer, "没有", by=office.clerk, at=at)
    actions.publish_catalogue(transfer, by=office.clerk, at=at)
    assert checks.of_transfer(Transfer.objects.get(), on) == [] and figure("catalogues", office, due) == (1, 1)
    assert route_of(Transfer.objects.get().rows.first(), on).office.label == "档案馆"


def test_a_row_that_names_a_person_stays_out_of_the_public_catalogue(office, at):
    transfer = actions.open_transfer(office.agency, SPAN, by=office.clerk, at=at)
    given = {"title": "关于给予王某某处分的决定", "opinion": "open", "date_text": "2006-03"}
    row = actions.save_row(transfer, None, given, by=office.clerk, at=at)
    assert not row.listed and "个人" in row.why_not and row.year == 2006
    row = actions.save_row(transfer, row, {"listed_title": "关于×××的决定"}, by=office.clerk, at=at)
    assert row.shown_title == "关于×××的决定"


def test_codes_twice_and_gaps_stop_a_hand_over_until_they_are_explained(office, at, on):
    transfer = actions.open_transfer(office.agency, SPAN, by=office.clerk, at=at)
    for code in ("1031-WS·2006-Y-0001", "1031-WS·2006-Y-0003", "1031-WS·2006-Y-0003"):
        actions.save_row(transfer, None, {"title": "通知", "reference_code": code}, by=office.clerk, at=at)
    said = " ".join(one.what for one in checks.of_transfer(transfer, on) if one.code == "HO04")
    assert "0003有2行" in said and "缺2" in said
    actions.save_transfer(transfer, {"gaps_note": "0002已销毁，有清册"}, by=office.clerk, at=at)
    transfer.refresh_from_db()
    assert "缺2" not in " ".join(one.what for one in checks.of_transfer(transfer, on))


def test_an_extension_needs_an_approval_and_keeps_what_is_due(office, at, on):
    confirmed(office, at, 1)
    given = {"since": 2006, "until": 2006, "approval": "", "ends_on": on.replace(year=2028), "reason": "专业性强"}
    with pytest.raises(RuleBroken, match="没有填同意延期的文号"):
        actions.extend(office.agency, given, by=office.clerk, at=at)
    actions.extend(office.agency, given | {"approval": "明档〔2016〕2号"}, by=office.clerk, at=at)
    assert checks.overdue([office.agency], on) == []
