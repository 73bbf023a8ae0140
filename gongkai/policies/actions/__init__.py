"""政策的唯一写入口。公开本身由 ``records.actions`` 办,这里管把文件和解读放在一起办,管登记、效力变动和清理。"""

from .cleanup import close, open_batch, rule
from .packages import add, draft, exempt, oblige, plan, remove, sign, start, withdraw
from .questions import answer, approve, ask, brief, decline, give_back
from .register import happen, register, review

__all__ = [
    "add", "answer", "approve", "ask", "brief", "close", "decline", "draft", "exempt", "give_back", "happen", "oblige", "open_batch", "plan", "register", "remove", "review", "rule", "sign", "start", "withdraw",
]  # fmt: skip
