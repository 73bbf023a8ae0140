"""公开件数与逐件数出来的一样:发布、更正、改栏目、撤下、恢复、定时公开以后都是。"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from gongkai.records import actions, browse, counts
from gongkai.records.actions import placing
from gongkai.records.models import Placement, Record, Tally
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db


def by_hand(by: str, at) -> dict:
    spots = [counts.Spot.of_record(one) for one in Record.objects.public(at)]
    return dict(Counter(getattr(spot, by) for spot in spots))


def check(at=AT) -> None:
    for column in counts.COLUMNS:
        assert {k: n for k, n in counts.count(column, at).items() if n} == by_hand(column, at), column


def correct(office: Office, record: Record, **values) -> Record:
    edition = actions.revise(record, change_note="更正", by=office.clerk, at=AT)
    edition = actions.save(edition, values, revision=edition.revision, by=office.clerk, at=AT)
    return office.sign(edition)


def test_counts_follow_every_change():
    office, other = Office(), Office("MH0102", "明湖区民政局", number_codes=["明民发"])
    first = office.publish()
    check()
    second = other.publish(
        "normative",
        title="明湖区临时救助办法",
        doc_number="明民发〔2024〕3号",
        effective_on="2024-09-01",
        expires_on="2029-08-31",
    )
    check()
    correct(office, first, made_on="2023-05-04")
    check()
    assert Placement.objects.get(record=first).earlier == [[office.agency.pk, first.duty, "document", 2024]]
    actions.withdraw(second, "retracted", reason="发错", on=AT.date(), by=other.office, at=AT)
    check()
    actions.lift(second, reason="核对无误", by=other.office, at=AT)
    actions.withdraw(second, "repealed", reason="清理", basis="决定", on=AT.date(), by=other.office, at=AT)
    check()
    office.draft(title="草稿不计")
    check()


def test_a_scheduled_record_counts_from_its_moment_and_only_once():
    office = Office()
    edition = office.draft()
    later = AT + timedelta(hours=3)
    record = office.sign(edition, publish_at=later)
    check()
    assert counts.count("duty", AT) == {}
    # 后台任务还没有轮到,件数也已经对了
    check(later)
    assert counts.count("duty", later) == {record.duty: 1}
    assert actions.open_due(later) == 1
    check(later)
    assert actions.open_due(later) == 0
    assert Tally.objects.get().n == 1


def test_counting_anew_gives_the_same():
    office = Office()
    for year in (2021, 2022, 2022):
        office.publish(made_on=f"{year}-03-01", title=f"{year}年的通知")
    before = sorted(Tally.objects.values_list(*counts.COLUMNS, "n"))
    Tally.objects.update(n=7)
    Placement.objects.all().delete()
    assert actions.count_anew(AT) == actions.count_anew(AT) == 3
    assert Placement.objects.filter(counted=True).count() == 3
    assert sorted(Tally.objects.filter(n__gt=0).values_list(*counts.COLUMNS, "n")) == before


@pytest.mark.parametrize("noted", [True, False])
def test_counting_anew_does_not_undo_a_withdrawal_made_meanwhile(monkeypatch, noted):
    office = Office()
    record, other = office.publish(), office.publish(title="另一件")
    if not noted:
        Placement.objects.all().delete()
    standing = placing._standing

    def withdrawn_meanwhile(one, at):
        found = standing(one, at)
        if one.pk == record.pk and not record.withdrawals.exists():
            actions.withdraw(record, "retracted", reason="有误。", on=AT.date(), by=office.head, at=AT)
        return found

    monkeypatch.setattr(placing, "_standing", withdrawn_meanwhile)
    assert actions.count_anew(AT) == 1
    check()
    assert set(Placement.objects.filter(counted=True).values_list("record", flat=True)) == {other.pk}


def test_a_list_by_one_filter_has_its_own_address(client):
    office = Office()
    record = office.publish()
    for name, value in (("duty", record.duty), ("type", "document"), ("year", 2024), ("agency", "MH0101")):
        address = browse.Filters().address(**{name: value})
        assert "?" not in address
        assert record.title in client.get(address).content.decode()
    both = browse.Filters(duty=record.duty).address(year=2024)
    assert both == f"/records/?duty={record.duty}&year=2024"
    assert browse.Filters(duty=record.duty, year=2024).address(year=None) == f"/columns/{record.duty}/"
    for unknown in ("/columns/nothing/", "/types/nothing/", "/years/1/", "/agencies/nobody/records/"):
        assert client.get(unknown).status_code == 404
