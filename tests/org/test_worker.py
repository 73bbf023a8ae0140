"""后台任务:跟读不漏不早、换库从头、出错再试不影响别的;每日任务补做漏下的日子;租约只让一处做。"""

import os
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from gongkai.org import actions, jobs, worker
from gongkai.org.models import Heartbeat, LogEntry

pytestmark = pytest.mark.django_db


class Registered:
    """Jobs and followers of one test, instead of the real ones."""

    def __init__(self):
        self.jobs, self.followers, self.seen, self.days = [], [], [], []

    def follow(self, name="test", *, batch=200, handle=None):
        def keep(entries):
            self.seen += [entry.seq for entry in entries]

        self.followers.append(jobs.Follower(name, "测试跟读", handle or keep, batch))

    def daily(self, at, *, run=None):
        def keep(*, on, at):
            self.days.append(on)
            return f"做了{on}"

        self.jobs.append(jobs.Periodic("test.daily", "每日测试", run or keep, daily=at))


@pytest.fixture
def registered(monkeypatch):
    one = Registered()
    for name in ("jobs", "followers"):
        monkeypatch.setattr(worker, name, lambda name=name: getattr(one, name))
        monkeypatch.setattr("gongkai.org.views.jobs." + name, lambda name=name: getattr(one, name))
    return one


def clock(moment):
    return lambda: moment


def write(count, at):
    return [actions.log("org.place", f"第{n}件", at=at).seq for n in range(count)]


def test_a_follower_reads_every_row_once_in_order(registered, at):
    registered.follow(batch=3)
    wanted = write(8, at)
    worker.drain(clock(at))
    wanted += write(2, at)
    worker.drain(clock(at))
    assert registered.seen == wanted


def test_what_was_rolled_back_is_never_seen(registered, at):
    registered.follow()
    with pytest.raises(RuntimeError), transaction.atomic():
        write(1, at)
        raise RuntimeError
    kept = write(1, at)
    worker.drain(clock(at))
    assert registered.seen == kept


def test_another_database_is_read_from_the_first_row(registered, at, settings):
    registered.follow()
    wanted = write(3, at)
    worker.drain(clock(at))
    note = settings.GONGKAI_DATA / "followers" / "test"
    note.write_text(f"{wanted[-1]}:{'0' * 64}", "ascii")
    registered.seen.clear()
    worker.drain(clock(at))
    assert registered.seen == wanted


@pytest.mark.parametrize("note", ["", "x", "9999:abc", "-1:"])
def test_a_broken_note_means_from_the_first_row(registered, at, settings, note):
    registered.follow()
    wanted = write(2, at)
    (settings.GONGKAI_DATA / "followers").mkdir(parents=True)
    (settings.GONGKAI_DATA / "followers" / "test").write_text(note, "utf-8")
    worker.drain(clock(at))
    assert registered.seen == wanted


def test_a_failure_is_kept_tried_again_later_and_stops_nobody_else(registered, at):
    broken = [True]

    def handle(entries):
        if broken[0]:
            raise OSError("磁盘满了")
        registered.seen += ["again"]

    registered.follow("bad", handle=handle)
    registered.follow("good")
    wanted = write(1, at)
    worker.drain(clock(at))
    beat = Heartbeat.objects.get(name="bad")
    assert (beat.failures, beat.error, beat.failed_at) == (1, "OSError: 磁盘满了", at)
    assert registered.seen == wanted
    broken[0] = False
    worker.drain(clock(at + worker.RETRY / 2))
    assert registered.seen == wanted
    worker.drain(clock(at + worker.RETRY))
    assert registered.seen == [*wanted, "again"]
    assert Heartbeat.objects.get(name="bad").failures == 0


@pytest.mark.parametrize(("failures", "pause"), [(1, 5), (2, 10), (3, 20), (8, 600), (200, 600)])
def test_the_pause_doubles_up_to_the_longest(at, failures, pause):
    beat = Heartbeat(failures=failures, failed_at=at)
    assert not worker._may_try(beat, at + timedelta(seconds=pause - 1))
    assert worker._may_try(beat, at + timedelta(seconds=pause))


def test_a_daily_job_begins_with_the_last_day_and_makes_up_missed_ones(registered, at):
    registered.daily(time(2, 30))
    worker.drain(clock(at))
    worker.drain(clock(at))
    assert registered.days == [date(2026, 10, 12)]
    worker.drain(clock(at + timedelta(days=3, hours=-8)))
    assert registered.days == [date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 14)]
    beat = Heartbeat.objects.get(name="test.daily")
    assert (beat.done_through, beat.said) == (date(2026, 10, 14), "做了2026-10-14")


def test_before_its_hour_the_day_is_not_done(registered, at):
    registered.daily(time(18))
    worker.drain(clock(at))
    assert registered.days == [date(2026, 10, 11)]


def test_at_most_so_many_days_are_made_up(registered, at):
    registered.daily(time(2))
    Heartbeat.objects.create(name="test.daily", done_through=date(2026, 1, 1))
    worker.drain(clock(at))
    assert len(registered.days) == worker.MADE_UP
    assert registered.days[-1] == date(2026, 10, 12)


def test_days_done_before_a_failure_are_not_done_again(registered, at):
    def run(*, on, at):
        if on == date(2026, 10, 11) and not registered.seen:
            registered.seen.append("failed")
            raise ValueError("x")
        registered.days.append(on)

    registered.daily(time(2), run=run)
    Heartbeat.objects.create(name="test.daily", done_through=date(2026, 10, 9))
    worker.drain(clock(at))
    assert registered.days == [date(2026, 10, 10)]
    worker.drain(clock(at + worker.RETRY))
    assert registered.days == [date(2026, 10, d) for d in (10, 11, 12)]


def test_a_job_by_span(registered, at):
    registered.jobs.append(
        jobs.Periodic("p", "x", lambda *, at: registered.seen.append(at), every=timedelta(minutes=5))
    )
    for minutes in (0, 4, 5, 9, 10):
        worker.drain(clock(at + timedelta(minutes=minutes)))
    assert registered.seen == [at + timedelta(minutes=m) for m in (0, 5, 10)]


def test_a_job_that_another_node_holds_waits_until_its_lease_ends(registered, at):
    registered.daily(time(2))
    Heartbeat.objects.create(name="test.daily", leased_until=at + worker.LEASE, leased_by="别的节点")
    worker.drain(clock(at))
    assert registered.days == []
    worker.drain(clock(at + worker.LEASE + timedelta(seconds=1)))
    assert registered.days == [date(2026, 10, 12)]


@pytest.mark.parametrize("days", [1, 400])
def test_times_later_than_now_count_as_absent(registered, at, days):
    """The clock ran ahead, every job noted that time, then the clock was put right."""
    registered.daily(time(2))
    registered.follow()
    registered.jobs.append(
        jobs.Periodic("p", "x", lambda *, at: registered.seen.append(at), every=timedelta(minutes=5))
    )
    wrong = at + timedelta(days=days)
    worker.drain(clock(wrong))
    Heartbeat.objects.update(leased_until=wrong, leased_by="别的节点", failures=3, failed_at=wrong)
    registered.days.clear()
    registered.seen.clear()
    worker.drain(clock(at))
    assert registered.days == [date(2026, 10, 12)] and registered.seen == [at]
    assert all(one.succeeded_at == at for one in Heartbeat.objects.all())


def test_a_worker_that_begins_takes_back_what_its_own_node_held(registered, at, settings):
    registered.daily(time(2))
    beat = Heartbeat.objects.create(name="test.daily", leased_until=at + worker.LEASE, leased_by=settings.NODE)
    other = Heartbeat.objects.create(name="other", leased_until=at + worker.LEASE, leased_by="别的节点")
    worker.take_back()
    beat.refresh_from_db()
    other.refresh_from_db()
    assert beat.leased_until is None and other.leased_until is not None
    worker.drain(clock(at))
    assert registered.days == [date(2026, 10, 12)]


def test_a_long_follower_lets_the_others_have_their_turn(registered, at):
    """Each batch takes longer than a slice: the second follower comes after the first batch, not after the last."""
    moment = [at]

    def slow(entries):
        registered.seen.append("slow")
        moment[0] += worker.SLICE

    registered.follow("slow", batch=1, handle=slow)
    registered.follow("quick", handle=lambda entries: registered.seen.append("quick"))
    write(3, at)
    worker.drain(lambda: moment[0])
    assert registered.seen == ["slow", "quick", "slow", "slow"]


def test_what_each_node_keeps_for_itself_runs_on_each(registered, at, settings):
    runs = []

    def run(*, at):
        runs.append(settings.NODE)

    registered.jobs.append(jobs.Periodic("own", "各做各的", run, every=timedelta(minutes=1), each_node=True))
    for node in ("one", "two", "one"):
        settings.NODE = node
        worker.run(lambda: at)
    assert runs == ["one", "two"]
    assert set(Heartbeat.objects.filter(name="own").values_list("node", flat=True)) == {"one", "two"}


class Moving:
    """A clock that the test moves on."""

    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment


def test_an_idle_round_asks_the_database_once(registered, at, django_assert_num_queries):
    registered.follow()
    registered.daily(time(2, 30))
    runs = []
    registered.jobs.append(
        jobs.Periodic("often", "常做", lambda *, at: runs.append(at), every=timedelta(seconds=30))
    )
    now, memory = Moving(at), worker.Memory()
    wanted = write(3, at)
    while worker.run(now, memory):
        pass
    assert (registered.seen, len(runs), len(registered.days)) == (wanted, 1, 1)
    now.moment += timedelta(seconds=20)
    with django_assert_num_queries(1):
        assert worker.run(now, memory) == 0
    wanted += write(1, now())
    worker.run(now, memory)
    assert registered.seen == wanted
    now.moment = at + timedelta(seconds=30)
    worker.run(now, memory)
    assert len(runs) == 2
    now.moment = at.replace(hour=2, minute=30) + timedelta(days=1)
    worker.run(now, memory)
    assert len(registered.days) == 2


def test_what_is_remembered_holds_a_minute_whatever_the_clock_does(registered, at):
    registered.daily(time(2, 30))
    now, memory = Moving(at + timedelta(days=9)), worker.Memory()
    while worker.run(now, memory):
        pass
    done = len(registered.days)
    Heartbeat.objects.update(done_through=(at - timedelta(days=2)).date())
    now.moment = at
    worker.run(now, memory)
    assert len(registered.days) > done


def test_a_failure_is_tried_again_after_its_pause(registered, at):
    tries = []

    def fail(entries):
        tries.append(1)
        raise RuntimeError

    registered.follow(handle=fail)
    write(1, at)
    now, memory = Moving(at), worker.Memory()
    for _ in range(3):
        worker.run(now, memory)
    assert len(tries) == 1
    now.moment += worker.RETRY
    worker.run(now, memory)
    assert len(tries) == 2


def test_a_job_that_waits_for_nothing_rests_a_minute(registered, at):
    runs, waiting = [], []
    registered.jobs.append(
        jobs.Periodic(
            "often", "常做", lambda *, at: runs.append(at), timedelta(seconds=2), waits=lambda: bool(waiting)
        )
    )
    now, memory = Moving(at), worker.Memory()
    for seconds, ran in ((0, 1), (2, 1), (58, 1), (60, 2), (62, 2)):
        now.moment = at + timedelta(seconds=seconds)
        worker.run(now, memory)
        assert len(runs) == ran, seconds
    waiting.append("页")
    now.moment += timedelta(seconds=2)
    worker.run(now, memory)
    assert len(runs) == 3


def test_two_nodes_that_saw_the_same_state_take_it_once(at):
    beat = Heartbeat.objects.create(name="p")
    stale = Heartbeat.objects.get(pk=beat.pk)
    assert worker._lease(beat, at)
    worker._succeeded(beat, at, said="")
    assert not worker._lease(stale, at)


def test_logging_comes_before_the_commit_and_can_stop_it(at):
    def refuse(sender, entry, **_):
        raise RuntimeError("不行")

    actions.logging.connect(refuse)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            write(1, at)
    finally:
        actions.logging.disconnect(refuse)
    assert not LogEntry.objects.exists()


def test_the_command_runs_once(registered, at):
    registered.follow()
    wanted = write(2, at)
    call_command("worker", "--once")
    assert registered.seen == wanted


def test_a_parent_that_ended_while_the_worker_started_is_noticed(registered, at):
    registered.daily(time(0))
    call_command("worker", "--with-parent", str(os.getpid()))  # 没有一个进程是自己的上级
    assert registered.days == []


def test_the_page_says_what_is_wrong(registered, client, admin, monkeypatch):
    now = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
    monkeypatch.setattr("gongkai.org.views.jobs.timezone.now", lambda: now)
    client.force_login(admin)
    url = reverse("desk:jobs")
    assert "没有后台任务" in client.get(url).content.decode()
    registered.daily(time(2))
    registered.follow()
    assert "还没有运行过" in client.get(url).content.decode()
    worker.drain(clock(now))
    assert "正常" in (page := client.get(url).content.decode()) and "没有按时运行" not in page
    write(2, now)
    assert "落后2条" in client.get(url).content.decode()
    Heartbeat.objects.filter(name="test").update(succeeded_at=now - timedelta(hours=1))
    assert "没有按时运行" in client.get(url).content.decode()
    Heartbeat.objects.filter(name="test.daily").update(failures=3, failed_at=now, error="OSError: x")
    assert "出错3次" in client.get(url).content.decode()
    assert "OSError: x" in client.get(url + "?format=csv").getvalue().decode()
    Heartbeat.objects.filter(name="test.daily").update(failures=0, succeeded_at=now + timedelta(days=2))
    assert "请核对服务器时间" in client.get(url).content.decode()
