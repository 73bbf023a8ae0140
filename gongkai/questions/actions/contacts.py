"""看提问人的联系方式,记下谁看了;到期清除。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org import access
from gongkai.org.models import User

from .. import contacts
from ..models import Question
from .keeping import note


@transaction.atomic
def read_contact(question: Question, *, by: User, at: datetime) -> list[tuple[str, str]]:
    """看联系方式的原文,记下谁看了哪一件。"""
    access.require(by, question.rules.answer, question.agency)
    note("contact", question, "查看提问人的联系方式", at=at, by=by)
    return contacts.clear(question)


@transaction.atomic
def erase_contacts(*, at: datetime) -> int:
    """答复以后过了保留天数的,清除联系方式;返回清了几件。"""
    days = params.at("search.contact_days", local_day(at)).value
    over = Question.objects.filter(answered_at__lt=at - DAY * days).exclude(contact="").select_related("agency")
    for question in over:
        question.contact = ""
        question.save(update_fields=["contact"])
        note("erase", question, "到期清除联系方式", at=at)
    return len(over)
