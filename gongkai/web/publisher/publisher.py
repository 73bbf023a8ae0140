"""拿走、写好、放进去、核对。

不出错的道理:凡是会使网页变错的动作都写一条操作记录,写记录时锁住链的末端直到提交(``org.actions.log``)。
动作在这把锁里先拿走文件,再提交;发布程序先写好网页,再拿这把锁,查这期间有没有新记录牵动这一页,没有才放进去。
所以放进去的总是提交以后的样子,拿走的不会又被放回来;半路停了,只会缺文件。
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.dateparse import parse_datetime

from gongkai.adapters.publictree import FILES, Entry, Manifest, PublicTree, name_of
from gongkai.org import chain
from gongkai.org.models import LogEntry, LogHead
from gongkai.records import store

from .. import visits
from . import pages
from .rendering import render
from .version import version

logger = logging.getLogger(__name__)
#: Pages written in one turn: so long may an urgent one wait.
TURN = 200
URGENT, LISTS, BULK = 0, 1, 2
#: What could not be written waits here, out of the others' way, until the next check.
FAILED = 10
#: Files compared in one turn of the check.
CHECKED = 20_000
#: Files whose content is read in one turn.
DIGESTED = 300
#: Seconds without a sign of life from the worker after which the files are no longer trusted.
TRUST = 600


def root() -> Path:
    """Where this node keeps its public files; the web server reads ``current`` below it."""
    return Path(settings.GONGKAI_DATA) / "public"


def tree() -> PublicTree:
    return PublicTree(root())


def manifest() -> Manifest:
    return Manifest(root() / "manifest.sqlite3")


def entries_present(addresses: Iterable[str]) -> dict[str, Entry]:
    """What the list says of these addresses, if their files are there."""
    names = {name: address for address in addresses if (name := name_of(address))}
    found = manifest().entries(names) if tree().folder else {}
    return {names[name]: entry for name, entry in found.items() if (tree().current / name).exists()}


# --- 拿走 ---


def drop(entry: LogEntry) -> None:
    """Take away what this change may make wrong; within the transaction, before it commits. Raises undo the change."""
    public = tree()
    if public.folder is None:
        return
    addresses = pages.changed([entry])
    if addresses is None:
        public.switch(version())
    elif addresses:
        public.drop(addresses)


# --- 写 ---


def fit() -> None:
    """Make sure that the folder in use fits this program and this database; otherwise begin an empty one."""
    public = tree()
    noted = manifest().get("head")
    if public.version != version() or (noted and not chain.number_of_mark(noted)):
        manifest().set("head", "")
        public.switch(version())


def begin() -> None:
    """``fit``, and a list that belongs to the folder."""
    fit()
    public, list_ = tree(), manifest()
    if list_.get("folder") != public.folder:
        list_.forget_all()
        list_.set("folder", public.folder or "")
        list_.set("filled", "")
        # 新的一版从最多人看的写起
        hottest = visits.hottest()
        list_.want(pages.lists() | {pages.detail(pk) for pk in hottest.records}, LISTS, hottest.ranks)
        public.sweep()


def want(addresses: set[str] | None, at: datetime) -> None:
    """These pages have changed, the last at ``at`` (None: any may have): have them written soon."""
    begin()
    public = tree()
    if addresses:
        public.drop(addresses)
        manifest().want(addresses, URGENT)
    elif addresses is None and public.begun_at < at.timestamp():
        public.switch(version())


def waits() -> bool:
    """Whether a page waits to be written, or the folder is not filled yet."""
    begin()
    list_ = manifest()
    return list_.get("filled") != "0" or list_.wait_count() > 0


def fill(at: datetime, *, limit: int = TURN) -> int:
    """Write what waits, the urgent first; then go on filling the folder from the newest record down. How many."""
    begin()
    list_ = manifest()
    waiting = list_.waiting(limit)
    if len(waiting) < limit:
        last = list_.get("filled")
        if last != "0":
            pks = pages.details(int(last) if last else 2**62, limit, at)
            list_.want([pages.detail(pk) for pk in pks], BULK)
            list_.want(pages.files_of(at, edition__record__in=pks), BULK)
            list_.want(pages.parts({pages.shard(pk) for pk in pks}), BULK)
            list_.set("filled", str(pks[-1]) if pks else "0")
            waiting = list_.waiting(limit)
    return publish(waiting, at)


def publish(addresses: Iterable[str], at: datetime) -> int:
    """Write these pages and put them in place, unless a change came in between; how many are in place."""
    wanted = list(addresses)
    if not wanted:
        return 0
    public, list_ = tree(), manifest()
    folder = public.folder
    head, _ = chain.head()
    held = pages.near(at, at)
    kept = set() if held is None else pages.touched(held)
    before = list_.times(name for one in wanted if (name := name_of(one)))
    ready: dict[str, tuple[Path, str]] = {}
    refused: list[str] = []
    failed: list[str] = []
    for address in wanted:
        if held is None or address in kept:
            continue
        try:
            made = _made(address, public, before.get(name_of(address) or "", 0), at)
        except Exception:  # 一页写不出,不能挡住别的;公众看这一页由应用程序当场给
            logger.exception("写不出网页%s", address)
            failed.append(address)
            continue
        if made is None:
            refused.append(address)
        else:
            ready[address] = made
    names = {address: name_of(address) or "" for address in ready}
    with transaction.atomic():
        _locked_head()
        stale = _stale(head)
        good = {address: one for address, one in ready.items() if stale is not None and address not in stale}
        if public.folder != folder:
            good = {}
        list_.note(_entry(names[address], address, *good[address]) for address in good)
        for address, (new, _) in good.items():
            public.place(address, new)
    for address, (new, _) in ready.items():
        if address not in good:
            new.unlink(missing_ok=True)
    list_.done([*good, *refused, *failed, *(one for one in wanted if one in kept)])
    list_.want(failed, FAILED)
    return len(good)


def _made(address: str, public: PublicTree, before: int, at: datetime) -> tuple[Path, str] | None:
    """The new file beside its place, and the hash of its content; None if there is nothing for the public."""
    if address.startswith(FILES):
        pk = address.split("/")[2]
        sha256 = pages.files_of(at, pk=int(pk)).get(address) if pk.isdigit() else None
        # 库房里的原件坏了的不发:核对时拿走的,不能又照原样放回去
        if (
            sha256 is None
            or not store.path_of(sha256).is_file()
            or not store.is_sound(store.path_of(sha256), sha256)
        ):
            return None
        return public.link(address, store.path_of(sha256)), sha256
    content = render(address)
    if content is None or name_of(address) is None:
        return None
    # 网页服务器的 ETag 由秒和字节数算出:同一网址前后两版的时间总要不同。
    mtime = max(int(time.time()), before + 1)
    return public.write(address, content, mtime), hashlib.sha256(content).hexdigest()


def _entry(name: str, address: str, new: Path, sha256: str) -> Entry:
    stat = new.stat()
    return Entry(name, address, stat.st_size, int(stat.st_mtime), sha256)


def _locked_head() -> None:
    LogHead.objects.select_for_update().filter(pk=1).first()


def _stale(head: int) -> set[str] | None:
    """What changes since ``head`` may have made wrong; None for everything."""
    return pages.changed(LogEntry.objects.filter(seq__gt=head))


# --- 钟点和核对 ---


def clock(at: datetime) -> int:
    """Take away what the clock is about to change, or has changed since the last look; how many."""
    begin()
    public, list_ = tree(), manifest()
    since = parse_datetime(list_.get("clock")) if list_.get("clock") else at
    pks = pages.near(min(since or at, at), at)
    gone = 0
    if pks is None:
        public.switch(version())
    elif pks:
        addresses = pages.touched(pks)
        gone = public.drop(addresses)
        # 时刻过了的,写新的;还没有到的,到了再写
        list_.want(addresses, URGENT)
    list_.set("clock", at.isoformat())
    return gone


def check(at: datetime, *, limit: int = CHECKED) -> int:
    """Compare files with the list, some each time: what is not as the list says is removed and written anew; how many.

    Only the publisher puts files there, and it notes each first; so a file that the list does not know is not ours.
    """
    begin()
    public, list_ = tree(), manifest()
    wrong = []
    found = _round.take_entries(public, limit)
    while batch := list(islice(found, 500)):
        known = list_.entries([name for name, _ in batch])
        wrong += [name for name, stat in batch if not _as_noted(known.get(name), stat)]
    for name in wrong:
        public.remove(name)
    rows = list_.all(after=list_.get("checked"), limit=limit)
    list_.set("checked", rows[-1].name if len(rows) == limit else "")
    missing = [one for one in rows if not (public.current / one.name).exists()]
    damaged = _damaged(public, list_)
    for entry in damaged:
        public.remove(entry.name)
    wrong += [entry.name for entry in damaged]
    missing += damaged
    list_.forget([*wrong, *(one.name for one in missing)])
    list_.want([one.address for one in missing], BULK)
    list_.again(FAILED, BULK)
    list_.set("head", chain.mark())
    (root() / "alive").touch()
    return len(wrong)


def _damaged(public: PublicTree, list_: Manifest) -> list[Entry]:
    """Files whose content is not what was written though size and time are, some each time (按散列滚动核对)."""
    rows = list_.all(after=list_.get("digested"), limit=DIGESTED)
    list_.set("digested", rows[-1].name if len(rows) == DIGESTED else "")
    found = []
    for entry in rows:
        try:
            stored = (public.current / entry.name).read_bytes()
            content = stored if entry.address.startswith(FILES) else gzip.decompress(stored)
        except FileNotFoundError:
            continue
        except (OSError, EOFError, zlib.error):
            found.append(entry)
            continue
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            found.append(entry)
    return found


class _Round:
    """Where the check is in the folder: each turn goes on where the last one stopped, and begins anew at the end."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.rest: Iterator[tuple[str, os.stat_result]] = iter(())

    def take_entries(self, public: PublicTree, limit: int) -> Iterator[tuple[str, os.stat_result]]:
        if self.folder != public.folder:
            self.folder, self.rest = public.folder, public.files()
        for done, one in enumerate(self.rest, 1):
            yield one
            if done == limit:
                return
        self.rest = public.files()


_round = _Round()


def _as_noted(entry: Entry | None, stat: os.stat_result) -> bool:
    return entry is not None and (entry.size, entry.mtime) == (stat.st_size, int(stat.st_mtime))
