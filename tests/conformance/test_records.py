"""行为清单里属于政府信息的:审核、撤下、附件、并发;一条一个测试,名字带编号。"""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.errors import LawError
from gongkai.org.models import LogEntry
from gongkai.records import actions, review
from gongkai.records.models import Edition, Record
from tests.records.office import AT, Office, moment


@pytest.fixture
def office(db):
    return Office()


REVIEWERS = ("clerk", "first", "second", "final", "secrecy")


@pytest.mark.django_db
def test_c42_c104_an_old_invitation_gives_a_clear_page(client, office):
    draft = office.draft()
    actions.submit(draft, by=office.clerk, at=AT)
    token = actions.invite(draft, "法律顾问某某", by=office.first, at=AT)
    assert review.invitation(token, at=AT)
    actions.opine(token, "没有意见。", at=AT)
    response = client.get(f"/outside-review/{token}/")
    assert response.status_code == 410 and "不能用了" in response.content.decode()
    other = actions.invite(draft, "专家某某", by=office.first, at=AT)
    for kind in ("first", "second", "secrecy", "final"):
        office.judge(draft, kind)
    assert review.invitation(other, at=AT) is None, "发布以后链接作废"


@pytest.mark.django_db
def test_c45_the_writer_cannot_approve(office):
    office.person("both", "又写又审", "clerk", "first")
    both = office.agency.memberships.get(user__username="both", role="clerk").user
    draft = office.draft(by=both)
    actions.submit(draft, by=both, at=AT)
    with pytest.raises(LawError, match="起草"):
        office.judge(draft, "first", by=both)


@pytest.mark.django_db
def test_c49_each_step_is_recorded_with_who_and_where(office):
    record = office.publish()
    entries = LogEntry.objects.filter(object_id=str(record.pk), object_type="records.record")
    assert all(entry.by and entry.agency == office.agency for entry in entries)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["retracted", "repealed", "confidential", "moved"])
def test_c103_a_withdrawal_needs_its_kind_and_reason(office, kind):
    record = office.publish()
    with pytest.raises(LawError, match="原因"):
        actions.withdraw(
            record,
            kind,
            reason=" ",
            on=AT.date(),
            by=office.office,
            at=AT,
            basis="x",
            address="https://x.example/",
        )
    assert Record.objects.get(pk=record.pk).withdrawn == ""


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["submit", "recall", "first", "second", "final", "secrecy", "return", "revise", "save", "discard"]
        ),
        st.sampled_from(REVIEWERS),
    ),
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_no_order_of_actions_breaks_the_reviews(office, events):
    """Never two live editions, never a public record without three different reviewers and the secrecy gate."""
    record = office.draft().record
    for number, (event, who) in enumerate(events):
        person, at = getattr(office, who), moment(2024, 9, 3, 10 + number // 60, number % 60)
        edition = Edition.objects.filter(record=record).order_by("-nth").first()
        try:
            if event in ("submit", "recall"):
                getattr(actions, event)(edition, by=person, at=at)
            elif event == "revise":
                actions.revise(record, by=person, at=at, change_note="改")
            elif event == "save":
                actions.save(edition, {"body": f"<p>{number}</p>"}, by=person, at=at, revision=edition.revision)
            elif event == "discard":
                actions.discard(edition, reason="作废", by=person, at=at)
            else:
                verdict = "return" if event == "return" else "pass"
                actions.judge(edition, "first" if event == "return" else event, verdict, "意见", by=person, at=at)
        except (LawError, PermissionDenied):
            continue
    editions = Edition.objects.filter(record=record)
    assert editions.filter(stage="live").count() <= 1
    assert editions.filter(stage__in=["draft", "returned", "first", "second", "final"]).count() <= 1
    record.refresh_from_db()
    assert (record.published_at is not None) is editions.filter(stage__in=["live", "superseded"]).exists()
    for edition in editions.filter(stage__in=["live", "superseded"]):
        passed = dict(edition.reviews.filter(valid=True, verdict="pass").values_list("kind", "by"))
        assert {"first", "second", "final", "secrecy"} <= set(passed)
        three = {passed[kind] for kind in ("first", "second", "final")}
        assert len(three) == 3 and edition.author_id not in three


@pytest.mark.django_db(transaction=True)
def test_c64_index_numbers_run_without_gaps_or_repeats_under_concurrency():
    if connection.vendor != "postgresql":
        office = Office()
        numbers = [office.draft(title=f"第{n}件").record.index_number for n in range(12)]
    else:
        office = Office()
        faults: list[Exception] = []

        def work(start: int) -> None:
            try:
                for n in range(3):
                    office.draft(title=f"第{start}-{n}件")
            except Exception as error:
                faults.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        numbers = list(Record.objects.values_list("index_number", flat=True))
    assert sorted(int(number.rpartition("-")[2]) for number in numbers) == list(range(1, 13))
