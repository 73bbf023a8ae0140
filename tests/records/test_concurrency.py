"""两个人同时办:在 PostgreSQL 上真的同时,只有一个办成,另一个得到一句话。"""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from gongkai.law.errors import LawError
from gongkai.records import actions
from gongkai.records.models import Edition, Record
from tests.records.office import AT, Office

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite 的写事务本来就一个接一个,测不出同时"),
]


@pytest.fixture
def office(transactional_db) -> Office:
    return Office()


def together(*acts: Callable[[], object]) -> tuple[int, list[Exception]]:
    """Run all at the same moment; how many succeeded, and what the others raised."""
    gate = threading.Barrier(len(acts))
    faults: list[Exception] = []
    done: list[int] = []

    def work(act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
            done.append(1)
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done), faults


def test_c54_two_savers_at_once(office):
    assert connection.vendor == "postgresql"
    edition = office.draft()
    done, faults = together(
        *(
            lambda by=by: actions.save(edition, {"title": f"{by}改的"}, by=by, at=AT, revision=edition.revision)
            for by in (office.clerk, office.colleague)
        )
    )
    assert done == 1 and [type(one) for one in faults] == [actions.Conflict]
    assert Edition.objects.get().revision == edition.revision + 1


def test_two_corrections_at_once(office):
    record = office.publish()
    done, faults = together(
        *(
            lambda by=by: actions.revise(record, by=by, at=AT, change_note="改")
            for by in (office.clerk, office.colleague)
        )
    )
    assert done == 1 and all(isinstance(one, LawError) for one in faults)
    assert record.editions.count() == 2


def test_signing_against_recalling(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    for kind in ("first", "second", "secrecy"):
        office.judge(edition, kind)
    done, faults = together(
        lambda: office.judge(edition, "final"), lambda: actions.recall(edition, by=office.colleague, at=AT)
    )
    assert done == 1 and all(isinstance(one, LawError) for one in faults)
    record = Record.objects.get()
    assert (record.published_at is not None) is (record.live is not None)


def test_outside_link_used_by_two_at_once(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    token = actions.invite(edition, "专家", by=office.first, at=AT)
    done, faults = together(*(lambda: actions.opine(token, "意见", at=AT) for _ in range(3)))
    assert done == 1 and len(faults) == 2 and all(isinstance(one, LawError) for one in faults)
    assert edition.reviews.filter(kind="outside").count() == 1
