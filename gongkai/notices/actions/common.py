"""各动作共用的:锁住收件人、找地址、记一笔。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.law.errors import RuleBroken
from gongkai.org import codes
from gongkai.org.actions import log
from gongkai.org.vault import vault

from ..models import Recipient
from ..terms import Way

STATION = "gongkai.notices.station"
_LONGEST = 254


def digest_of(way: Way, address: str) -> str:
    """The keyed hash by which an address, or the code of an inbox at the station, is found again."""
    return codes.digest(address, STATION) if way is Way.STATION else vault().digest(f"{way}:{address}")


def tidy(way: Way, address: str) -> str:
    """The address as it is kept. Raises RuleBroken if nothing can be sent there."""
    found = "".join(address.split())
    fine = 0 < len(found) <= _LONGEST and found.isprintable()
    if way is Way.MAIL:
        name, sign, host = found.rpartition("@")
        fine = fine and bool(name and sign) and "." in host and not set(found) & set('<>,;:"()[]\\')
    elif way is Way.SMS:
        found = found.removeprefix("+86").replace("-", "")
        fine = fine and found.isascii() and found.isdigit() and len(found) == 11 and found[0] == "1"
    if not fine:
        raise RuleBroken(f"这不是可以用的{way.label}地址", fix="请核对以后重填。")
    return found


def locked(recipient: Recipient) -> Recipient:
    """The row as it is now, held until the end of the transaction."""
    return Recipient.objects.select_for_update().get(pk=recipient.pk)


def noted(action: str, recipient: Recipient, what: str, *, at: datetime, **more: Any) -> None:
    """One line of the log, without the address."""
    log(f"notices.{action}", f"{recipient}：{what}", at=at, about=recipient, **more)
