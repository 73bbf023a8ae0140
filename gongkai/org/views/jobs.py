"""后台任务:每一项上次什么时候做完、说了什么、有没有出错、落后多少。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.law.calendar import DAY

from .. import access, worker
from ..jobs import Follower, Periodic, followers, jobs
from ..models import Heartbeat

#: A thing is called silent when its heartbeat is older than its own span and this.
GRACE = timedelta(minutes=10)
HEAD = ["任务", "何时", "节点", "状态", "上次做完", "结果", "连续出错次数", "上次出错", "错误"]


@dataclass(frozen=True, slots=True)
class Row:
    """一行:一项任务在一个节点上的情形。"""

    job: Periodic | Follower
    beat: Heartbeat
    state: str
    kind: str

    @property
    def cells(self) -> list[object]:
        """The row for CSV, in the order of ``HEAD``."""
        beat = self.beat
        return [
            self.job.title,
            self.job.when,
            beat.node,
            self.state,
            beat.succeeded_at,
            beat.said,
            beat.failures,
            beat.failed_at,
            beat.error,
        ]


@access.desk("org.jobs")
def job_list(request: HttpRequest) -> HttpResponse:
    """每项后台任务的心跳。"""
    rows = [*_periodic(timezone.now()), *_following(timezone.now())]
    if request.GET.get("format") == "csv":
        return csv_response("jobs", HEAD, (row.cells for row in rows))
    alarm = any(row.kind == "stop" for row in rows)
    return render(request, "org/jobs.html", {"rows": rows, "alarm": alarm})


def _periodic(at: datetime) -> list[Row]:
    beats = _beats()
    return [
        _row(job, beat, job.every or DAY, "", at)
        for job in jobs()
        for beat in beats.get(job.name) or [Heartbeat(name=job.name, node=settings.NODE if job.each_node else "")]
        if bool(beat.node) is job.each_node
    ]


def _following(at: datetime) -> list[Row]:
    """Every node that ever followed; how far behind is known for this node only, since the note lies in its folder."""
    beats, rows = _beats(), []
    for follower in followers():
        for beat in beats.get(follower.name) or [Heartbeat(name=follower.name, node=settings.NODE)]:
            left = worker.behind(follower) if beat.node == settings.NODE else 0
            rows.append(_row(follower, beat, timedelta(0), f"落后{left}条" if left else "", at))
    return rows


def _beats() -> dict[str, list[Heartbeat]]:
    """The heartbeats of each thing, one a node."""
    beats: dict[str, list[Heartbeat]] = {}
    for beat in Heartbeat.objects.order_by("name", "node"):
        beats.setdefault(beat.name, []).append(beat)
    return beats


def _row(job: Periodic | Follower, beat: Heartbeat, span: timedelta, left: str, at: datetime) -> Row:
    if worker.ahead(beat.succeeded_at, at) or worker.ahead(beat.failed_at, at):
        return Row(job, beat, "所记的时间在现在以后（时钟走快过），按没有做过算，请核对服务器时间", "stop")
    if beat.failures:
        return Row(job, beat, f"出错{beat.failures}次，会自动再试", "stop")
    if beat.succeeded_at is None:
        return Row(job, beat, "还没有运行过", "warn")
    if at - beat.succeeded_at > span + GRACE:
        return Row(job, beat, "没有按时运行", "stop")
    return Row(job, beat, left or "正常", "warn" if left else "ok")
