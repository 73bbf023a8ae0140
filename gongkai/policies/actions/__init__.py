"""政策的唯一写入口。公开本身由 ``records.actions`` 办,这里管把文件和解读放在一起办。"""

from .packages import add, draft, exempt, oblige, plan, remove, sign, start, withdraw

__all__ = ["add", "draft", "exempt", "oblige", "plan", "remove", "sign", "start", "withdraw"]
