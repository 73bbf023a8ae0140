"""几百人抢五十个名额:每个线程自己的连接,一个也不多,先到的先得,编号不重不跳(SQLite 和 PostgreSQL)。"""

import contextlib
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from gongkai.engagement import actions
from gongkai.engagement.models import Event, Signup
from gongkai.engagement.terms import SignupState
from tests.engagement.test_engagement import NEXT, office  # noqa: F401
from tests.engagement.test_planted import open_day

SEATS, THREADS = 50, 6
#: SQLite 上一个接一个地写,三百个要半分钟;三百个的在 ``benchmarks/engagement.py``。
PEOPLE = 300 if connection.vendor == "postgresql" else 80


@contextlib.contextmanager
def on_disk(folder):
    """The test's database where several connections can write to it: on SQLite its copy in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "crowd.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    settings = connections.settings["default"]
    before = {name: settings[name] for name in ("NAME", "OPTIONS")}
    quick = before["OPTIONS"] | {"init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"}
    settings.update(NAME=str(path), OPTIONS=quick)
    try:
        yield
    finally:
        settings.update(before)


@pytest.mark.django_db(transaction=True)
def test_three_hundred_for_fifty_seats(office, tmp_path):  # noqa: F811
    event = open_day(office, SEATS)
    used = set()

    def sign(people):
        try:
            used.add(threading.get_ident())
            given = [{"name": f"甲{number}", "reach": "0571-00000001"} for number in people]
            return [
                (made.number, made.state) for made, _ in (actions.sign_up(event, one, at=NEXT) for one in given)
            ]
        finally:
            connections.close_all()

    def outcome(_):
        try:
            rows = list(Signup.objects.order_by("number").values_list("number", "state", "pk"))
            first = Signup.objects.filter(state=SignupState.IN).order_by("pk").first()
            actions.cancel_signup(first, at=NEXT)
            states = list(Signup.objects.order_by("pk").values_list("state", flat=True))
            return rows, states, Event.objects.get(pk=event.pk).seats
        finally:
            connections.close_all()

    with on_disk(tmp_path), ThreadPoolExecutor(THREADS) as pool:
        shares = (range(start, PEOPLE, THREADS) for start in range(THREADS))
        told = [one for share in pool.map(sign, shares) for one in share]
        rows, states, seats = pool.submit(outcome, None).result()
    assert len(used) > 1, "真的有几个线程"
    assert [state for _, state, _ in rows] == [SignupState.IN] * SEATS + [SignupState.WAITING] * (PEOPLE - SEATS)
    assert [pk for _, _, pk in rows] == sorted(pk for _, _, pk in rows), "编号的次序就是收下的次序"
    assert sorted(told) == sorted((number, state) for number, state, _ in rows), "告诉各人的就是存下的"
    assert [int(number.rpartition("-")[2]) for number, _, _ in rows] == list(range(1, PEOPLE + 1))
    assert states == [SignupState.CANCELLED] + [SignupState.IN] * seats + [SignupState.WAITING] * (
        PEOPLE - seats - 1
    )
