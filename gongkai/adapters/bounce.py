"""读退信(RFC 3464):哪一封、退没退、是永久的还是暂时的。只认自己的信号,别的信、别人的信都不算。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

#: More bytes in one file are not a mailbox of bounces.
MOST = 50 * 1024 * 1024
_NUMBER = re.compile(r"<([0-9a-f]{32})@")
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")
_REPORT = policy.default.clone(raise_on_defect=False)


@dataclass(frozen=True, slots=True)
class Bounce:
    """一封退信说的:原信的信号、状态码、是不是永久的(``5.x.x``)。``delivered`` 是送达的回执。"""

    number: str
    code: str
    permanent: bool
    delivered: bool


def read(content: bytes) -> list[Bounce]:
    """Every bounce in a message, or in an mbox of several; what is no bounce of ours is left out.

    >>> read(b"From: a@b.example\\n\\nhello")
    []
    """
    found = []
    for raw in _messages(content[:MOST]):
        bounce = _one(raw)
        if bounce is not None:
            found.append(bounce)
    return found


def _messages(content: bytes) -> list[bytes]:
    if not content.startswith(b"From "):
        return [content]
    parts = content.replace(b"\r\n", b"\n").split(b"\nFrom ")
    return [part.partition(b"\n")[2] for part in parts]


def _one(raw: bytes) -> Bounce | None:
    message = BytesParser(EmailMessage, policy=_REPORT).parsebytes(raw)
    if message.get_content_type() != "multipart/report":
        return None
    status, number = "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = status or _status(part)
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            number = number or _number(part)
    if not (status and number):
        return None
    return Bounce(number, status, status.startswith("5"), status.startswith("2"))


def _status(part: Message) -> str:
    """The status of the first recipient that has one."""
    payload = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        found = _STATUS.search(str(block.get("Status", ""))) if isinstance(block, Message) else None
        if found:
            return found[0]
    return ""


def _number(part: Message) -> str:
    """Our number in the Message-ID of the letter that came back."""
    payload = part.get_payload()
    first = payload[0] if isinstance(payload, list) and payload else None
    text = str(first.get("Message-ID", "")) if isinstance(first, Message) else _headers(part)
    found = _NUMBER.search(text)
    return found[1] if found else ""


def _headers(part: Message) -> str:
    raw = part.get_payload(decode=True)
    text = raw.decode("ascii", "replace") if isinstance(raw, bytes) else ""
    return next((line for line in text.splitlines() if line.lower().startswith("message-id:")), "")
