"""回应关切的唯一写入口:来信、政务舆情、活动和报名。"""

from .cases import add_entry, close_case, grade_case, open_case
from .events import cancel_signup, draft_notice, draw, erase_signups, finish_event, hold_event, save_event, sign_up
from .letters import (
    accept,
    convert,
    decline,
    draft_reply,
    erase_contacts,
    extend,
    keep_promise,
    merge,
    publish_letter,
    rate,
    read_contact,
    reply,
    return_draft,
    send_letter,
    transfer,
    unpublish_letter,
)

__all__ = [
    "accept", "add_entry", "cancel_signup", "close_case", "convert", "decline", "draft_notice", "draft_reply", "draw",
    "erase_contacts", "erase_signups", "extend", "finish_event", "grade_case", "hold_event", "keep_promise", "merge", "open_case",
    "publish_letter", "rate", "read_contact", "reply", "return_draft", "save_event", "send_letter", "sign_up", "transfer",
    "unpublish_letter",
]  # fmt: skip
