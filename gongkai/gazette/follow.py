"""跟着信息的撤下办的:登过它的各期,旧成品在同一个事务里作废。"""

from __future__ import annotations

from datetime import datetime

from gongkai.org.models import User
from gongkai.records import gates
from gongkai.records.models import Withdrawal
from gongkai.records.terms import WithdrawalKind

from . import actions


class Withdrawn(gates.Follower):
    """撤回、涉密、迁移的,公报里只剩说明;废止失效的正文还在,页上写明。"""

    def withdrawn(self, withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
        if withdrawal.kind != WithdrawalKind.REPEALED:
            actions.forget_forms(withdrawal.record, by=by, at=at)
