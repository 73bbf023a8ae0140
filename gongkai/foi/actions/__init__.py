"""依申请公开的唯一写入口:收件、办理、文书、定结果、救济、申请人在网上办的事。

每个动作都在一个事务里:锁住案卷、核权限、问法律可不可以(``law.procedure.may``)、写一步、重算派生列、记一条操作记录。
不合法的一律抛 ``LawError``(什么不对、依据哪条、怎么改),什么也不写。
"""

from .applicant import (
    amend_contact,
    ask_correction,
    give_correction,
    pay_proof,
    quit,
    rate,
    take_file,
    take_letter,
)
from .common import judged
from .common import law_steps as steps_of
from .deciding import decide, explain_late, opine, paid, propose, rederive, release, remedy, settle
from .handling import (
    accept,
    add_file,
    annul,
    assign,
    chase,
    corrected,
    correction_days,
    heard,
    hold,
    lapse,
    new_code,
    read_personal,
    remove_file,
    reopen,
    see,
    send_back,
    served,
    split,
    withdraw,
)
from .intake import Intake, register, submit
from .keeping import add_redacted, due_for_erasure, erase, keep_until, take_archive
from .letters import deliver, draft, drop, issue, preview, printed, redraft

__all__ = [
    "Intake",
    "accept",
    "add_file",
    "add_redacted",
    "amend_contact",
    "annul",
    "ask_correction",
    "assign",
    "chase",
    "corrected",
    "correction_days",
    "decide",
    "deliver",
    "draft",
    "drop",
    "due_for_erasure",
    "erase",
    "explain_late",
    "give_correction",
    "heard",
    "hold",
    "issue",
    "judged",
    "keep_until",
    "lapse",
    "new_code",
    "opine",
    "paid",
    "pay_proof",
    "preview",
    "printed",
    "propose",
    "quit",
    "rate",
    "read_personal",
    "rederive",
    "redraft",
    "register",
    "release",
    "remedy",
    "remove_file",
    "reopen",
    "see",
    "send_back",
    "served",
    "settle",
    "split",
    "steps_of",
    "submit",
    "take_archive",
    "take_file",
    "take_letter",
    "withdraw",
]
