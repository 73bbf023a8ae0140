"""org 的唯一写入口:操作记录、人员、单位、查阅点、密钥。"""

from .agencies import merge, save_agency, save_place
from .journal import log, logging
from .keys import new_key, reseal, retire
from .people import (
    CODE_FAILED,
    account_event,
    add_person,
    deactivate,
    forget_ahead,
    grant,
    is_locked,
    own_password,
    reactivate,
    rename,
    reset_mfa,
    revoke,
    set_password,
)
from .reading import read_news
from .recounting import move_days

__all__ = [
    "CODE_FAILED",
    "account_event",
    "add_person",
    "deactivate",
    "forget_ahead",
    "grant",
    "is_locked",
    "log",
    "logging",
    "merge",
    "move_days",
    "new_key",
    "own_password",
    "reactivate",
    "read_news",
    "rename",
    "reseal",
    "reset_mfa",
    "retire",
    "revoke",
    "save_agency",
    "save_place",
    "set_password",
]
