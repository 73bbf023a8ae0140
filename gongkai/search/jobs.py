"""检索库的后台任务:跟读操作记录(定时公开的到时也有一条);每晚重建一遍(有效性随日子变)。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.adapters.engine import IndexBusy
from gongkai.desk.moments import local_day
from gongkai.org.jobs import follower, periodic
from gongkai.org.models import LogEntry
from gongkai.records import store

from . import actions, attachments, index, kept, nearby


@follower("search", "检索：信息有变动就更新检索库", batch=1000)
def follow(entries: list[LogEntry]) -> None:
    """Bring every record that the entries are about to what it is now; the log may be read again without harm."""
    pks = {
        int(entry.object_id)
        for entry in entries
        if entry.object_type == "records.record" and entry.object_id.isdigit()
    }
    at = max(entry.at for entry in entries)
    index.refresh(pks, at, local_day(at))


@periodic("search.count", "检索：统计检索词", every=timedelta(minutes=15), each_node=True)
def count(*, at: datetime) -> str | None:
    """What was searched for since; a run that broke off between counting and taking away counts that file twice."""
    total = 0
    for path in kept.set_aside():
        total += actions.count_in(kept.read(path), at=at)
        path.unlink()
    return f"并入{total}次检索" if total else None


@periodic("search.forget", "检索：删去到期的检索词", daily=time(2, 40))
def forget(*, on: date, at: datetime) -> str:
    """Queries older than the office keeps them."""
    return f"删去了{actions.forget(on=on, at=at)}行检索词"


@periodic("search.sweep", "检索：清掉没有写完的文件", daily=time(3, 35), each_node=True)
def sweep(*, on: date, at: datetime) -> str:
    """Half-made texts of attachments, of a process that died on this node."""
    gone = store.sweep(attachments.folder(), at)
    return f"清掉{gone}个没有写完的文件" if gone else "没有要清的"


@periodic("search.nearby", "检索：给题名算文意向量", every=timedelta(minutes=10), each_node=True)
def learn(*, at: datetime) -> str | None:
    """For what was published since; nothing where the model is not installed."""
    made = nearby.learn(at, local_day(at))
    return f"算了{made}个" if made else None


@periodic("search.rebuild", "检索：重建检索库", daily=time(2, 10), each_node=True)
def rebuild(*, on: date, at: datetime) -> str:
    """Anew each night: what lapsed sinks, names of new agencies are taught."""
    try:
        return f"检索库重建完毕，共{index.rebuild(at, on)}件"
    except IndexBusy as error:
        return str(error)
