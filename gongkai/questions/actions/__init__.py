"""公众提问的唯一写入口。"""

from .answering import answer, approve, decline, give_back, transfer
from .asking import ask, find, former
from .contacts import erase_contacts, read_contact
from .opening import publish, unpublish

__all__ = [
    "answer",
    "approve",
    "ask",
    "decline",
    "erase_contacts",
    "find",
    "former",
    "give_back",
    "publish",
    "read_contact",
    "transfer",
    "unpublish",
]
