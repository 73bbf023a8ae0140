"""操作记录成行,给页面、终端、案卷包导出。"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.desk.export import harmless

from .models import LogEntry

CHUNK = 2000
LOG_HEAD = ["序号", "时间", "经手人", "用户名", "单位", "动作", "说明", "对象类别", "对象编号", "散列"]


def log_rows(entries: QuerySet[LogEntry]) -> Iterator[list[object]]:
    """Rows for ``LOG_HEAD``, read in chunks; local time to the second."""
    for entry in entries.select_related("by", "agency").iterator(chunk_size=CHUNK):
        moment = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
        by = (str(entry.by), entry.by.username) if entry.by else ("系统", "")
        cells = (
            entry.seq,
            moment,
            *by,
            entry.agency,
            entry.action,
            entry.summary,
            entry.object_type,
            entry.object_id,
            entry.hash,
        )
        yield [harmless(cell) for cell in cells]
