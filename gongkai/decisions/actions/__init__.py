"""决策和会议的唯一写入口。每个动作一个事务:锁住、核权限、问法律可不可以、写、记一条操作记录。"""

from .catalogue import (
    add_item,
    change_item,
    close_year,
    draft_catalogue,
    open_year,
    propose,
    remove_item,
    rule,
    save_year,
    settle_item,
)
from .consulting import consult, extend, feedback, plan_round
from .dossier import attach_paper, enter, open_dossier, redraft, save_dossier, take_step, void
from .meetings import add_agenda, draft_minutes, draw, hold, save_agenda, sign_up, tell_representative
from .opinions import answer, enter_opinion, erase_contacts, queue_result, read_contact, send_opinion

__all__ = [
    "add_agenda",
    "add_item",
    "answer",
    "attach_paper",
    "change_item",
    "close_year",
    "consult",
    "draft_catalogue",
    "draft_minutes",
    "draw",
    "enter",
    "enter_opinion",
    "erase_contacts",
    "extend",
    "feedback",
    "hold",
    "open_dossier",
    "open_year",
    "plan_round",
    "propose",
    "queue_result",
    "read_contact",
    "redraft",
    "remove_item",
    "rule",
    "save_agenda",
    "save_dossier",
    "save_year",
    "send_opinion",
    "settle_item",
    "sign_up",
    "take_step",
    "tell_representative",
    "void",
]
