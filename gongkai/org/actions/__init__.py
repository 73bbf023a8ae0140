"""org 的唯一写入口:操作记录、人员、单位、查阅点。"""

from .agencies import merge, save_agency, save_place
from .journal import log, logged, logging
from .people import (
    CODE_FAILED,
    account_event,
    add_person,
    deactivate,
    grant,
    is_locked,
    own_password,
    reactivate,
    rename,
    reset_mfa,
    revoke,
    set_password,
)

__all__ = [
    "CODE_FAILED",
    "account_event",
    "add_person",
    "deactivate",
    "grant",
    "is_locked",
    "log",
    "logged",
    "logging",
    "merge",
    "own_password",
    "reactivate",
    "rename",
    "reset_mfa",
    "revoke",
    "save_agency",
    "save_place",
    "set_password",
]
