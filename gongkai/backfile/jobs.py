"""历史信息的后台任务:登记压缩包里的各份、收旧网站、读、识别、查重、由文号推算底数。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.adapters import ocr
from gongkai.org.jobs import periodic
from gongkai.org.models import Agency

from . import actions, visiting
from .actions.taking import unopened
from .models import Item, Page
from .terms import ItemState, PageState


def _files_wait() -> bool:
    waiting = Item.objects.filter(state=ItemState.WAITING, intake__stopped=False)
    return waiting.exists() or any(True for _ in unopened())


@periodic("backfile.read", "历史信息：登记和读旧文件", every=timedelta(seconds=10), waits=_files_wait)
def read(*, at: datetime) -> str | None:
    """Enter the files of archives, then read what waits; a stop in the midst loses nothing."""
    entered = sum(actions.unpack(intake, at=at) for intake in unopened())
    done = actions.read_waiting(at=at)
    return f"登记{entered}份，读{done}件" if entered or done else None


def _addresses_wait() -> bool:
    return bool(actions.unvisited())


@periodic("backfile.crawl", "历史信息：收旧网站", every=timedelta(seconds=20), waits=_addresses_wait)
def crawl(*, at: datetime) -> str | None:
    """A part of each crawl; one host a second."""
    visited, taken = visiting.crawl(at)
    return f"取了{visited}个网址，收作旧文件{taken}件" if visited else None


def _pages_wait() -> bool:
    return ocr.installed() and Page.objects.filter(state=PageState.QUEUED, item__intake__stopped=False).exists()


@periodic("backfile.scan", "历史信息：识别扫描页", every=timedelta(seconds=10), waits=_pages_wait)
def scan(*, at: datetime) -> str | None:
    """Some pages at a time, so that other jobs have their turn."""
    done = actions.recognise(at=at)
    return f"识别{done}页" if done else None


@periodic("backfile.pairs", "历史信息：查重", every=timedelta(minutes=5))
def pairs(*, at: datetime) -> str | None:
    """New papers against all that there is."""
    made = actions.find_pairs(at=at)
    return f"列出{made}对" if made else None


@periodic("backfile.numbers", "历史信息：由文号推算底数", daily=time(2, 10))
def numbers(*, on: date, at: datetime) -> str:
    """Every unit; a cell that does not change gets no new version."""
    moved = sum(actions.count_numbers(agency, at=at) for agency in Agency.objects.order_by("pk"))
    return f"{moved}格有变动"
