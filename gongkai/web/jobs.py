"""发布的后台任务:跟读操作记录,先写急的;平时把网页写全;每分钟看钟点、对清单。还有来访计数。"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.desk import limits
from gongkai.org import kept
from gongkai.org.actions import forget_ahead
from gongkai.org.jobs import follower, periodic
from gongkai.org.models import LogEntry

from . import actions
from .publisher import pages, publisher

#: Bites of the access log in one turn.
TURNS = 8


@follower("publisher", "发布：信息有变动就重写有关网页", batch=1000)
def follow(entries: list[LogEntry]) -> None:
    """On the node where the change was made its files were taken away before it was committed; on the others it happens
    here. Then the new ones are asked for."""
    publisher.want(pages.changed(entries), max(entry.at for entry in entries))


@periodic("publisher.fill", "发布：写网页", every=timedelta(seconds=2), each_node=True, waits=publisher.waits)
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


# 日志各节点各有一份,每个节点读自己的。
@periodic("web.missing", "来访计数：旧网址和没有的网址", every=timedelta(minutes=1), each_node=True)
def count_missing(*, at: datetime) -> str | None:
    counted = actions.count_missing(at)
    return f"数了{counted}次来访" if counted else None


@periodic("web.limits", "限次：清掉过了时间的", every=timedelta(hours=1), each_node=True)
def sweep_limits(*, at: datetime) -> str | None:
    """What ran out, and what was noted while the clock ran ahead."""
    done = limits.sweep() + kept.sweep() + forget_ahead(at=at)
    return f"清掉{done}个" if done else None


@periodic("web.visits", "访问统计：读访问日志", every=timedelta(minutes=1), each_node=True)
def count_pages(*, at: datetime) -> str | None:
    """A bounded bite a turn; a long log is caught up with in several."""
    total = 0
    for _ in range(TURNS):
        counted = actions.count_pages()
        total += counted
        if not counted:
            break
    return f"数了{total}次访问" if total else None


@follower("syndication", "数据同源：有变动就排进通知的队", batch=500)
def syndicate(entries: list[LogEntry]) -> None:
    """The messages say at the moment of sending how things stand; here is only noted that something changed."""
    actions.enqueue(entries)


@periodic("syndication.deliver", "数据同源：送通知", every=timedelta(seconds=5), waits=actions.deliveries_wait)
def deliver(*, at: datetime) -> str | None:
    sent, failed = actions.deliver(at)
    return f"送到{sent}条，没有送到{failed}条" if sent or failed else None
