"""外来的字节在另一个进程里读:吃光内存、转圈、睡着、崩溃,得到的都是一句话,下一份照样读;没有网络,没有密钥。"""

import io
import os
import pickle
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from gongkai.adapters import apart, files
from gongkai.adapters.apart import shares, state, wire
from gongkai.adapters.apart.pool import Pool
from gongkai.adapters.files import Unreadable
from gongkai.law.agencies import Role

from . import hostile_work as work

LANE = replace(apart.PUBLIC, name="public", cpu=1, wall=1.5, queue=0, answer=1 << 20)


@pytest.fixture(scope="module")
def pool():
    pool = Pool(LANE)
    yield pool
    pool.close()


def said(pool: Pool, act, data: bytes = b"") -> str:
    with pytest.raises(apart.Stopped) as caught:
        pool.run(act, (data, "x"), {})
    return str(caught.value)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (work.eat, "内存超过了限度"),
        (work.spin, "时间超过了限度"),
        (work.sleep, "时间超过了限度"),
        (work.crash, "读的程序停了"),
        (work.leave, "读的程序停了"),
        (work.stumble, "已经损坏"),
        (work.give_code, "读的程序停了"),
        (work.fill, "内存超过了限度"),
    ],
)
def test_whatever_happens_is_one_sentence_and_the_next_file_is_read(pool, act, words):
    assert words in said(pool, act)
    assert pool.run(work.number, (b"", "x"), {}) != os.getpid()


def test_readings_of_all_processes_share_one_measure_of_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "FOLDER", tmp_path)
    here, other = (replace(apart.SCANS, wait=0) for _ in range(2))
    with shares.hold_memory(here):
        with pytest.raises(apart.Stopped, match="正在读别的文件"), shares.hold_memory(other):
            pass
        with shares.hold_memory(apart.PUBLIC), shares.hold_memory(apart.DESK):
            pass  # 小的还放得下;工作台的另有一份
    with shares.hold_memory(other):
        pass  # 还回来了


def test_what_a_killed_process_held_is_free_again(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "FOLDER", tmp_path)
    hold = (
        "import pathlib, sys\nfrom gongkai.adapters.apart import SCANS, shares\n"
        "shares.FOLDER = pathlib.Path(sys.argv[1])\n"
        "with shares.hold_memory(SCANS):\n    print('held', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "held\n"
    with pytest.raises(apart.Stopped), shares.hold_memory(replace(apart.SCANS, wait=0)):
        pass
    child.kill()
    child.communicate()
    with shares.hold_memory(replace(apart.SCANS, wait=0)):
        pass


def test_an_open_file_is_read_only_in_the_other_process(pool, tmp_path):
    path = tmp_path / "paper"
    path.write_bytes("一份公文".encode() * 30_000)
    with path.open("rb") as file:
        file.seek(7)
        assert pool.run(work.measure, (apart.Handed(file), "x"), {}) == [360_000, "一份公文".encode()]
        assert file.tell() == 7, "父进程读到哪里,不受影响"
    in_memory = io.BytesIO(b"abc")
    assert pool.run(work.measure, (apart.Handed(in_memory), "x"), {}) == [3, b"abc"]


def test_the_readers_own_refusal_comes_back_as_it_was(pool):
    with pytest.raises(Unreadable, match="《x》读不出来：不好读。请换一份。"):
        pool.run(work.refuse, (b"", "x"), {})


def test_nothing_there_reaches_the_network(pool):
    assert set(pool.run(work.dial, (b"", "x"), {})) == {"shut"}


def test_what_it_started_ends_with_it(pool, tmp_path):
    note = tmp_path / "number"
    said(pool, work.start_another, str(note).encode())
    number = int(note.read_text())
    for _ in range(100):  # 被收尸以前还看得见
        try:
            with open(f"/proc/{number}/stat", encoding="ascii") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    break
        except FileNotFoundError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("另起的程序还在")


def test_it_is_given_no_secrets(pool, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://someone:secret@db/x")
    fresh = Pool(LANE)
    try:
        assert not {"DATABASE_URL", "SECRET_KEY", "GONGKAI_DATA"} & set(
            fresh.run(work.surroundings, (b"", "x"), {})
        )
    finally:
        fresh.close()


def test_a_process_is_renewed_after_its_share():
    pool = Pool(replace(LANE, renew=2))
    try:
        first, second, third = (pool.run(work.number, (b"", "x"), {}) for _ in range(3))
        assert first == second != third
    finally:
        pool.close()


def test_more_than_may_wait_are_told_to_come_later(pool):
    stopped = []
    other = threading.Thread(target=lambda: stopped.append(said(pool, work.sleep)))
    other.start()
    while not pool._busy:
        time.sleep(0.01)
    assert "正在读别的文件" in said(pool, work.number)
    other.join()
    assert stopped


def test_a_process_that_ended_by_itself_is_replaced_without_a_word(pool):
    pool.run(work.number, (b"", "x"), {})
    pool._idle[0]._process.kill()
    pool._idle[0]._process.wait()
    assert pool.run(work.number, (b"", "x"), {})


def test_within_such_a_process_nothing_more_is_started(monkeypatch):
    monkeypatch.setattr(state, "apart", True)
    assert apart.run(apart.DESK, work.number, b"", "x") == os.getpid()


def test_the_public_entries_go_there(monkeypatch):
    went = []
    monkeypatch.setattr(
        apart, "run", lambda lane, act, *given, **more: went.append(lane.name) or act(*given, **more)
    )
    text = "各镇人民政府：\n请执行。".encode()
    assert (
        files.read(text, "x").text and files.pages(text, "x") and files.concerns(text, files.Kind.TXT, "x") == []
    )
    assert went == ["desk"] * 3


class _ByGetattr:
    """Pickles as a member of an enumeration does on the Python 3.11.2 of Debian 12."""

    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return getattr, self.call


def test_a_member_of_an_enumeration_comes_back_however_it_was_written():
    assert wire.unpickled(pickle.dumps(Role.CLERK)) is Role.CLERK
    assert wire.unpickled(pickle.dumps(_ByGetattr(Role, "CLERK"))) is Role.CLERK


@pytest.mark.parametrize("call", [(Role, "mro"), (Unreadable, "__init__"), ({}, "keys")])
def test_nothing_else_is_fetched_by_name(call):
    with pytest.raises(pickle.UnpicklingError):
        wire.unpickled(pickle.dumps(_ByGetattr(*call)))
