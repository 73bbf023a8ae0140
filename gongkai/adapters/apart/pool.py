"""一条道的几个进程:空闲的取来用,坏了的、办满了的换新的,都忙就等,等的太多就请人过会儿再来。"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Mapping
from typing import Any

from .lanes import Lane
from .shares import hold_memory
from .worker import Gone, Reason, Stopped, Worker


class Pool:
    """The warm processes of one lane; safe to use from threads."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._idle: list[Worker] = []
        self._busy = self._waiting = 0
        self._free = threading.Condition()
        atexit.register(self.close)

    def run(self, work: Callable[..., Any], args: tuple[Any, ...], given: Mapping[str, Any]) -> Any:
        """What ``work`` gives. Raises Stopped, and what it raises of the readers' own errors."""
        self._take_place()
        try:
            with hold_memory(self.lane):
                return self._call(work, args, given)
        finally:
            with self._free:
                self._busy -= 1
                self._free.notify()

    def _take_place(self) -> None:
        with self._free:
            if self._busy >= self.lane.workers:
                if self._waiting >= self.lane.queue:
                    raise Stopped(Reason.BUSY)
                self._waiting += 1
                try:
                    if not self._free.wait_for(lambda: self._busy < self.lane.workers, self.lane.wait):
                        raise Stopped(Reason.BUSY)
                finally:
                    self._waiting -= 1
            self._busy += 1

    def _call(self, work: Callable[..., Any], args: tuple[Any, ...], given: Mapping[str, Any]) -> Any:
        for _ in range(2):
            worker = self._worker()
            try:
                result = worker.call(work, args, given)
            except Gone:
                worker.end()
                continue
            except Stopped:
                worker.end()
                self._give(Worker(self.lane))
                raise
            except BaseException as error:
                if type(error).__module__.startswith("gongkai."):
                    self._keep(worker)
                else:
                    worker.end()
                raise
            self._keep(worker)
            return result
        raise Stopped(Reason.DIED)

    def _worker(self) -> Worker:
        with self._free:
            if self._idle:
                return self._idle.pop()
        return Worker(self.lane)

    def _keep(self, worker: Worker) -> None:
        """Back to the idle ones; one that has done its share is replaced, and the new one warms up meanwhile."""
        if worker.done >= self.lane.renew:
            worker.end()
            worker = Worker(self.lane)
        self._give(worker)

    def _give(self, worker: Worker) -> None:
        with self._free:
            if len(self._idle) < self.lane.workers:
                self._idle.append(worker)
                return
        worker.end()

    def close(self) -> None:
        """End the idle processes."""
        with self._free:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()
