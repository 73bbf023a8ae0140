"""政策的唯一写入口。公开本身由 ``records.actions`` 办,这里管把文件和解读放在一起办,管登记、效力变动和清理。"""

from .briefing import brief
from .cleanup import close, open_batch, rule
from .clinic import (
    add_condition,
    add_fact,
    count,
    discard_measure,
    draft_measure,
    drop_condition,
    edit_measure,
    end_measure,
    publish_measure,
    redeem,
    revise_measure,
)
from .packages import add, draft, exempt, oblige, plan, remove, reschedule, sign, start, withdraw
from .register import happen, register, review

__all__ = [
    "add",
    "add_condition",
    "add_fact",
    "brief",
    "close",
    "count",
    "discard_measure",
    "draft",
    "draft_measure",
    "drop_condition",
    "edit_measure",
    "end_measure",
    "exempt",
    "happen",
    "oblige",
    "open_batch",
    "plan",
    "publish_measure",
    "redeem",
    "register",
    "remove",
    "reschedule",
    "review",
    "revise_measure",
    "rule",
    "sign",
    "start",
    "withdraw",
]
