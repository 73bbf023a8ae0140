"""公共数据开放的唯一写入口:目录和数据、判定、申请和需求、使用、钥匙和用量。"""

from .applications import (
    apply,
    decide,
    destroy,
    download,
    erase_contacts,
    expire,
    finish,
    may_decide,
    read_contact,
)
from .catalogue import catalogue, end_updating, resume_updating, save_entry, save_fields
from .citations import cite, uncite
from .demands import answer, ask
from .judging import approve, close, judge, refuse, tighten
from .keys import issue_key, revoke_key, rotate_key
from .usage import count_usage
from .uses import decide_use, propose_use, rate
from .versions import mend, open_version, upload

__all__ = [
    "answer",
    "apply",
    "approve",
    "ask",
    "catalogue",
    "cite",
    "close",
    "count_usage",
    "decide",
    "decide_use",
    "destroy",
    "download",
    "end_updating",
    "erase_contacts",
    "expire",
    "finish",
    "issue_key",
    "judge",
    "may_decide",
    "mend",
    "open_version",
    "propose_use",
    "rate",
    "read_contact",
    "refuse",
    "resume_updating",
    "revoke_key",
    "rotate_key",
    "save_entry",
    "save_fields",
    "tighten",
    "uncite",
    "upload",
]
