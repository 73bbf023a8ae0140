"""别处来的申请:登记下来,补上那边的延期和答复。那边怎样办的照实记,不合规定的只列为问题,不拦。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.desk.numbers import whole
from gongkai.law.receipt import Channel
from gongkai.org import access
from gongkai.org.models import User

from ..models import Application
from .common import locked, record
from .intake import Intake, take_in
from .journal import log


@transaction.atomic
def import_case(given: Intake, values: dict[str, Any], *, by: User, at: datetime) -> Application:
    """收下一件;查询码不发(申请人在原平台查)。"""
    access.require(by, "foi.register", given.agency)
    channel = Channel.from_value(values["channel"])
    confirmed = values.get("confirmed_on") or (
        values["arrived_on"] if channel in (Channel.PLAIN_MAIL, Channel.FAX, Channel.OTHER) else None
    )
    evidence = f"由{given.source}导入"
    application, _ = take_in(given, channel, values["arrived_on"], confirmed, evidence, by=by, at=at)
    if values.get("extended_on"):
        days = whole(str(values.get("extended_days", "")).strip())
        extra = {"days": days} if days is not None else {}
        record(
            application, "extended", values["extended_on"], by=by, at=at, extra=extra, lawful=False, note=evidence
        )
    if values.get("replied_on"):
        _reply(application, values, by=by, at=at)
    return application


@transaction.atomic
def import_reply(application: Application, values: dict[str, Any], *, by: User, at: datetime) -> None:
    """补上原平台后来的答复。"""
    application = locked(application)
    access.require(by, "foi.register", application.agency)
    _reply(application, values, by=by, at=at)


def _reply(application: Application, values: dict[str, Any], *, by: User, at: datetime) -> None:
    outcome = values.get("outcome") or "otherwise"
    kind = outcome if outcome in ("withdrawn", "correction_lapsed", "fee_lapsed") else "replied"
    if kind == "replied":
        application.items.update(outcome=outcome)
    record(application, kind, values["replied_on"], by=by, at=at, lawful=False, note=f"由{application.source}导入")
    log("foi.import", application, f"由{application.source}补上答复", by=by, at=at)
