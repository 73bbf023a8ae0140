"""多台主机一起取:一台主机同时只取一个、至少隔一秒,听它的 robots.txt;各台互不等。"""

from __future__ import annotations

import heapq
import queue
import threading
import time
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from .fetch import AGENT, DEFAULT, Fetched, Limits, fetch
from .outcome import Reached

Key = TypeVar("Key", bound=Hashable)
NAME = "GongkaiInspector"
#: Robots files are small; the pause that one may ask for is heeded up to so many seconds.
_ROBOTS = Limits(seconds=10, bytes=512 * 1024, expanded=1024 * 1024)
_LONGEST_PAUSE = 10.0


class Polite:
    """怎样取:间隔、限度、去得的内部地址;``unasked`` 是主办单位书面同意不听 robots.txt 的主机,``known`` 是上次的标记。"""

    def __init__(
        self,
        *,
        pause: float = 1.0,
        limits: Limits = DEFAULT,
        also: frozenset[str] = frozenset(),
        workers: int = 16,
        agent: str = AGENT,
        unasked: frozenset[str] = frozenset(),
        known: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.pause, self.limits, self.also, self.workers, self.agent = pause, limits, also, workers, agent
        self.unasked, self.known = unasked, known or {}
        self._rules: dict[str, RobotFileParser | None] = {}

    def crawl(self, wanted: Iterable[tuple[Key, str]]) -> Iterator[tuple[Key, Fetched]]:
        """Fetch each; they come as they are done, each host's in their order.

        Bodies are handed on one by one; no more than a few per worker are held.
        """
        waiting: dict[str, deque[tuple[Key, str]]] = defaultdict(deque)
        for key, url in wanted:
            waiting[_host(url)].append((key, url))
        left = sum(map(len, waiting.values()))
        ready = [(0.0, host) for host in waiting]
        heapq.heapify(ready)
        turn, done = threading.Condition(), queue.Queue[tuple[Key, Fetched]](maxsize=2 * self.workers)
        stop = threading.Event()

        def work() -> None:
            while not stop.is_set():
                with turn:
                    if not ready:
                        if not any(waiting.values()):
                            return
                        turn.wait(0.05)
                        continue
                    begins, host = ready[0]
                    pause = begins - time.monotonic()
                    if pause > 0:
                        turn.wait(pause)
                        continue
                    heapq.heappop(ready)
                    key, url = waiting[host].popleft()
                fetched, gap = self._take(host, url)
                with turn:
                    if waiting[host]:
                        heapq.heappush(ready, (time.monotonic() + gap, host))
                    turn.notify_all()
                while not stop.is_set():
                    try:
                        done.put((key, fetched), timeout=0.2)
                        break
                    except queue.Full:
                        continue

        threads = [
            threading.Thread(target=work, daemon=True) for _ in range(min(self.workers, max(1, len(waiting))))
        ]
        for thread in threads:
            thread.start()
        try:
            for _ in range(left):
                yield done.get()
        finally:
            stop.set()
            with turn:
                turn.notify_all()

    def fetch_page(self, url: str) -> Fetched:
        """One page alone, its host asked for its rules first."""
        return next(fetched for _, fetched in self.crawl([(0, url)]))

    def _take(self, host: str, url: str) -> tuple[Fetched, float]:
        """The page, unless its host does not want it fetched; and how long the host then rests."""
        rules = self._asked(host, url)
        gap = self.pause
        if rules is None:
            return Fetched(url, url, Reached.ROBOTS, note="robots.txt 没有取到，按不许处理"), 0.0
        if not rules.can_fetch(NAME, url):
            return Fetched(url, url, Reached.ROBOTS, note="robots.txt 不许"), 0.0
        if asked := rules.crawl_delay(NAME):
            gap = min(max(gap, float(asked)), _LONGEST_PAUSE)
        found = fetch(url, limits=self.limits, known=self.known.get(url), also=self.also, agent=self.agent)
        after = found.headers.get("retry-after", "")
        return found, min(float(after), _LONGEST_PAUSE) if after.isdigit() and float(after) > gap else gap

    def _asked(self, host: str, url: str) -> RobotFileParser | None:
        """The host's rules; None where it could not be told (RFC 9309: then nothing is fetched)."""
        if host in self.unasked or not host:
            return _parsed([])
        if host in self._rules:
            return self._rules[host]
        parts = urlsplit(url)
        found = fetch(
            f"{parts.scheme}://{parts.netloc}/robots.txt", limits=_ROBOTS, also=self.also, agent=self.agent
        )
        rules: RobotFileParser | None = _parsed([])
        if (
            found.reached in (Reached.OK, Reached.LARGE)
            and found.status == 200
            and found.body.lstrip()[:1] != b"<"
        ):
            rules = _parsed(found.body.decode("utf-8", "replace").splitlines()[:5000])
        elif found.reached is Reached.SERVER:
            rules = None
        self._rules[host] = rules
        time.sleep(min(self.pause, 1.0))
        return rules


def _parsed(lines: list[str]) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(lines)
    return rules


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
