"""``gongkai worker``:在后台跟读操作记录、运行定时任务。"""

from __future__ import annotations

import logging
import os
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from gongkai.org import vault, worker

#: Seconds between two looks at the log: how long a published page may at most wait for its follower.
PAUSE = 0.5
#: Seconds to wait after a round that could not even note its failure.
AFTER_TROUBLE = 15
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "在后台跟读操作记录(发布、检索、推送)、运行定时任务(提醒、核对),一直运行;--once 做完眼前的就退出。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="做完眼前的就退出")
        parser.add_argument("--with-parent", type=int, metavar="PID", help="这个进程启动它;进程结束了就跟着退出")

    def handle(self, *, once: bool, with_parent: int | None, **options: Any) -> None:
        if once:
            worker.drain(timezone.now)
            return
        vault.say_faults()
        worker.take_back()
        memory = worker.Memory()
        try:
            # 上级由命令行给出,不在这里问:起动要几秒,这几秒里上级就可能没有了
            while with_parent is None or os.getppid() == with_parent:
                close_old_connections()
                try:
                    busy = worker.run(timezone.now, memory)
                except (OSError, DatabaseError):
                    # 磁盘满了、库一时打不开:连出错也记不下来。等一等再来,不退出
                    logger.exception("后台任务这一轮没有做成，%d秒以后再试", AFTER_TROUBLE)
                    time.sleep(AFTER_TROUBLE)
                    continue
                if not busy:
                    time.sleep(PAUSE)
        except KeyboardInterrupt:
            self.stderr.write("后台任务已停止。")
