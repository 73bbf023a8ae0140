"""看过了我经手的事的变动(``org.news``)。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import LogEntry, User
from ..news import READ, read_through
from .journal import log


@transaction.atomic
def read_news(user: User, through: int, *, at: datetime) -> None:
    """记下看到操作记录的哪一条;往回退的、超过现有的不算。"""
    last = LogEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    if read_through(user) < through <= last:
        log(READ, f"{user}看过了自己经手的事的变动", at=at, by=user, about=user, through=through)
