"""收下一问,给编号和查询码;凭编号和查询码找到它。"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import codes
from gongkai.org.actions import log
from gongkai.org.models import Agency
from gongkai.records import numbering
from gongkai.records.models import Record

from .. import contacts
from ..kinds import Kind, kinds
from ..models import Question

LONGEST = 2000
#: Codes of policy questions were once given without a number; only the keyed form of their hash is kept.
FORMER = "policies.question.former"
#: Compared with where no question has the number, so that to find nothing takes as long.
_NOBODYS = "questions.nobody"


@transaction.atomic
def ask(
    kind: Kind,
    agency: Agency,
    text: str,
    *,
    consents: bool,
    at: datetime,
    contact: dict[str, str] | None = None,
    policy: Record | None = None,
    due_on: date | None = None,
) -> tuple[Question, str]:
    """收下公众的一问,给编号和查询码;查询码只给这一次,只存散列。

    Raises:
        RuleBroken: nothing is asked, or the unit no longer exists.
    """
    text = text.strip()[:LONGEST]
    if not any(sign.isalnum() for sign in text):
        raise RuleBroken("没有写要问什么", fix="请写明要问的事。")
    today = local_day(at)
    if agency.ended_on is not None and agency.ended_on <= today:
        raise RuleBroken(f"{agency}已经撤并", fix="请选承继它职责的单位。")
    code, stored = codes.new_code(kind.purpose)
    series = f"{kind.key}-question/{agency.code}/{today.year}"
    question = Question.objects.create(
        kind=kind.key,
        agency=agency,
        policy=policy,
        number=f"{agency.code}-{kind.letter}-{today.year}-{numbering.next_in(series):04}",
        code=stored,
        text=text,
        contact=contacts.seal(contact or {}),
        consents=consents,
        asked_at=at,
        due_on=due_on,
    )
    log(f"{kind.app}.ask", f"收到提问{question.number}", at=at, agency=agency, about=question)
    return question, code


def find(number: str, code: str) -> Question | None:
    """The question with this number and code; without a number one of the former kind, whose code stands alone."""
    questions = Question.objects.select_related("policy", "agency", "record")
    if number := number.strip().upper():
        question = questions.filter(number=number).first()
        purpose = kinds()[question.kind].purpose if question else _NOBODYS
        return question if codes.matches(code, question and question.code, purpose) else None
    bare = hashlib.sha256(code.strip().lower().encode()).hexdigest()
    return questions.filter(number=None, code=former(bare)).first()


def former(digest: str) -> str:
    """What is kept of a code of the former kind: its hash, keyed."""
    return salted_hmac(FORMER, digest, algorithm="sha256").hexdigest()
