"""决策和会议的唯一写入口。每个动作一个事务:锁住、核权限、问法律可不可以、写、记一条操作记录。"""

from .catalogue import (
    add_item,
    change_item,
    draft_catalogue,
    open_year,
    propose,
    remove_item,
    rule,
    save_year,
)
from .consulting import consult, extend, feedback, group_alike, plan_round
from .dossier import attach_paper, enter, open_dossier, redraft, save_dossier, take_step, void
from .entering import enter_opinions
from .meetings import (
    add_agenda,
    agree_drawing,
    change_meeting,
    draft_minutes,
    draw,
    hold,
    remove_agenda,
    save_agenda,
    sign_up,
    tell_representative,
)
from .opinions import answer, enter_opinion, erase_contacts, open_file, queue_result, read_contact, send_opinion
from .settling import close_year, settle_item

__all__ = [
    "add_agenda",
    "add_item",
    "agree_drawing",
    "answer",
    "attach_paper",
    "change_item",
    "change_meeting",
    "close_year",
    "consult",
    "draft_catalogue",
    "draft_minutes",
    "draw",
    "enter",
    "enter_opinion",
    "enter_opinions",
    "erase_contacts",
    "extend",
    "feedback",
    "group_alike",
    "hold",
    "open_dossier",
    "open_file",
    "open_year",
    "plan_round",
    "propose",
    "queue_result",
    "read_contact",
    "redraft",
    "remove_agenda",
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
