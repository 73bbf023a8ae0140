"""所要的信息怎样描述:补正可以改它,原来的写法都留着(密文),谁、哪天改的看得见。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.org.models import User

from ..masking import shown
from ..models import Application, EarlierDescription
from .common import handled, void_reviews
from .intake import subject_of
from .journal import log

_LONGEST = 5000


def change(application: Application, text: str, *, by: User | None, at: datetime) -> bool:
    """Put the corrected description in place of the old one, which is kept; whether it was another.

    The caller has locked the case. A single item that repeats the old description is changed with it; items that were
    split or decided stay, since they are the handler's.
    """
    text = text.strip()[:_LONGEST]
    if not text or text == application.description:
        return False
    old = application.description
    EarlierDescription.objects.create(application=application, text=old, at=at, by=by)
    application.description, application.subject = (
        text,
        subject_of(shown(text, application.personal), application.doc_number),
    )
    application.save(update_fields=["description", "subject"])
    # 审查过的答复答的是原来的描述
    void_reviews(application)
    items = list(application.items.all())
    if len(items) == 1 and items[0].text == old and not items[0].outcome:
        items[0].text = text
        items[0].save(update_fields=["text"])
    log("foi.describe", application, "补正改了所需信息的描述", by=by, at=at)
    return True


@transaction.atomic
def redescribe(application: Application, text: str, *, by: User, at: datetime) -> None:
    """承办人照申请人的补正改描述(申请人在网上只写了说明的,随信寄来材料的)。"""
    application = handled(application, by)
    if not application.steps.filter(kind="corrected", void=False).exists():
        raise RuleBroken(
            "还没有收到过补正，不能改申请人的描述", source="《条例》第三十条", fix="请先告知补正，收到以后再改。"
        )
    if not change(application, text, by=by, at=at):
        raise RuleBroken("同原来的描述一样", fix="请写补正以后的描述；不用改的不办。")
