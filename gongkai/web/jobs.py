"""发布的后台任务:跟读操作记录,先写急的;平时把网页写全;每分钟看钟点、对清单。"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.org.jobs import follower, periodic
from gongkai.org.models import LogEntry

from .publisher import pages, publisher


@follower("publisher", "发布：信息有变动就重写有关网页", batch=1000)
def follow(entries: list[LogEntry]) -> None:
    """On the node where the change was made its files were taken away before it was committed; on the others it happens
    here. Then the new ones are asked for."""
    publisher.want(pages.changed(entries), max(entry.at for entry in entries))


@periodic("publisher.fill", "发布：写网页", every=timedelta(seconds=2), each_node=True)
def fill(*, at: datetime) -> str | None:
    """A bounded number each turn, so that what is urgent never waits long."""
    done = publisher.fill(at)
    return f"写了{done}页，还有{publisher.manifest().wait_count()}页等着写" if done else None


@periodic("publisher.clock", "发布：到钟点的网页先拿走", every=timedelta(minutes=1), each_node=True)
def clock(*, at: datetime) -> str | None:
    gone = publisher.clock(at)
    return f"拿走了{gone}页" if gone else None


@periodic("publisher.check", "发布：核对网页文件和清单", every=timedelta(minutes=1), each_node=True)
def check(*, at: datetime) -> str | None:
    wrong = publisher.check(at)
    return f"拿走了{wrong}个不该有的文件" if wrong else None
