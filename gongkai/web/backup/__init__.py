"""备份和恢复:数据库、附件、案卷文件、钥匙、本站情况、口径、放假安排,一份里都有,带散列。

公众网页的文件、检索库、跟读的记号、日志不在里面:恢复以后从库里重新做。
"""

from .whole import Backup, BackupError, make, restore

__all__ = ["Backup", "BackupError", "make", "restore"]
