"""政府信息的唯一写入口:起草、送审、审核、签发、撤下、关系、评估。

每个动作都在一个事务里:锁住这件信息、核权限、验事实、写数据、重算派生列、记一条操作记录。
不合法的一律抛 ``LawError``(什么不对、依据哪条、怎么改),什么也不写。
"""

from .absences import declare_absences, judge_absences, retract_absence
from .admitting import admit
from .attaching import attach, detach
from .derived import recount
from .drafting import Conflict, change_duty, change_type, create, discard, revise, save
from .expiry import read_terms
from .placing import count_anew
from .publishing import (
    add_word,
    link,
    open_due,
    reassess,
    relate,
    remove_word,
    set_term,
    unrelate,
)
from .reviewing import invite, judge, opine, recall, reschedule, submit
from .sharing import sharing
from .urging import urge
from .withdrawing import hanging, lift, related, withdraw

__all__ = [
    "Conflict",
    "add_word",
    "admit",
    "attach",
    "change_duty",
    "change_type",
    "count_anew",
    "create",
    "declare_absences",
    "detach",
    "discard",
    "hanging",
    "invite",
    "judge",
    "judge_absences",
    "lift",
    "link",
    "open_due",
    "opine",
    "read_terms",
    "reassess",
    "recall",
    "recount",
    "relate",
    "related",
    "remove_word",
    "reschedule",
    "retract_absence",
    "revise",
    "save",
    "set_term",
    "sharing",
    "submit",
    "unrelate",
    "urge",
    "withdraw",
]
