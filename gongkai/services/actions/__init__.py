"""办事服务的唯一写入口:指南、导入、一件事、清单、一本通、证照提醒、链接。"""

from .guides import (
    cancel_guide,
    discard_draft,
    new_guide,
    pause_guide,
    publish_guide,
    resume_guide,
    save_draft,
    verify_guide,
)
from .handbook import make_handbook, withdraw_handbook
from .importing import Imported, import_guides
from .links import gather_links, note_links
from .lists import (
    confirm_faq,
    propose_faq,
    put_cooperation,
    put_fee,
    put_intermediary,
    remove_cooperation,
    remove_fee,
    remove_intermediary,
)
from .matters import end_matter, new_matter, publish_matter, put_part, remove_part, save_matter
from .phones import gather_phones, note_call
from .reminders import erase_reminders, keep_reminder, remind, renew_reminder, sent_node, stop_reminder

__all__ = [
    "Imported",
    "cancel_guide",
    "confirm_faq",
    "discard_draft",
    "end_matter",
    "erase_reminders",
    "gather_links",
    "gather_phones",
    "import_guides",
    "keep_reminder",
    "make_handbook",
    "new_guide",
    "new_matter",
    "note_call",
    "note_links",
    "pause_guide",
    "propose_faq",
    "publish_guide",
    "publish_matter",
    "put_cooperation",
    "put_fee",
    "put_intermediary",
    "put_part",
    "remind",
    "remove_cooperation",
    "remove_fee",
    "remove_intermediary",
    "remove_part",
    "renew_reminder",
    "resume_guide",
    "save_draft",
    "save_matter",
    "sent_node",
    "stop_reminder",
    "verify_guide",
    "withdraw_handbook",
]
