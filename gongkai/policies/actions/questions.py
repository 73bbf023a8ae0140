"""吹风、提问、拟答、核定。答复两个人过手:拟答的人不核定。公开要提问人同意,问法和答复里不能有个人信息。"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai.adapters.personal import personal_data
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import interpretation as law
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access, codes
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import numbering
from gongkai.records.models import Record

from ..models import Briefing, Package, Question
from ..models.questions import QuestionState

#: Keeps the codes of this use apart from those of any other (``org.codes``).
PURPOSE = "policies.question"
#: The former kind: given without a number; only the keyed form of its hash is kept (migration 0005).
FORMER = "policies.question.former"


@transaction.atomic
def brief(
    policy: Record, on: date, title: str, *, by: User, at: datetime, record: Record | None = None
) -> Briefing:
    """记一次吹风。"""
    access.require(by, "policies.write", policy.agency)
    if not title.strip():
        raise RuleBroken("没有写做了什么", fix="如“召开企业座谈会，听取意见”。")
    made = Briefing.objects.create(policy=policy, on=on, title=title.strip()[:200], record=record, by=by, at=at)
    log(
        "policies.brief", f"{titled(policy)}：{on}，{made.title}", at=at, by=by, agency=policy.agency, about=policy
    )
    return made


@transaction.atomic
def ask(policy: Record, text: str, *, consent: bool, at: datetime) -> tuple[Question, str]:
    """公众提问;返回查询码,只此一次,库里只存带钥的散列。转给起草单位,撤并了的给承继单位。"""
    text = text.strip()
    policy = Record.objects.select_related("agency").get(pk=policy.pk)
    if not policy.is_public(at):
        raise RuleBroken("这件政策现在没有公开", fix="请核对网址。")
    if not text:
        raise RuleBroken("没有写要问什么", fix="请写明要问的内容。")
    package = Package.objects.filter(policy=policy).select_related("drafter").first()
    agency = package.drafter if package else policy.agency
    while agency.successor and agency.ended_on and agency.ended_on <= local_day(at):
        agency = agency.successor
    code, stored = codes.new_code(PURPOSE)
    year = local_day(at).year
    question = Question.objects.create(
        number=f"{agency.code}-P-{year}-{numbering.next_in(f'policy-question/{agency.code}/{year}'):04}",
        policy=policy,
        agency=agency,
        text=text[:2000],
        consent=consent,
        digest=stored,
        asked_at=at,
        due_on=law.answer_due(local_day(at)).due,
    )
    log("policies.ask", f"收到对{titled(policy)}的提问", at=at, agency=agency, about=question)
    return question, code


def find(number: str, code: str) -> Question | None:
    """The question with this number and code; without a number one of the former kind, whose code stands alone."""
    rows, number = Question.objects.select_related("policy", "agency"), number.strip().upper()
    if number:
        question = rows.filter(number=number).first()
        return question if codes.matches(code, question and question.digest, PURPOSE) else None
    return rows.filter(
        number=None, digest=former(hashlib.sha256(code.strip().lower().encode()).hexdigest())
    ).first()


def former(digest: str) -> str:
    """What is kept of a code of the former kind: its hash, keyed."""
    return salted_hmac(FORMER, digest, algorithm="sha256").hexdigest()


def _locked(question: Question) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("agency", "policy")
    return rows.get(pk=question.pk)


def _in(question: Question, by: User, right: str, *states: QuestionState) -> Question:
    question = _locked(question)
    access.require(by, right, question.agency)
    if question.state not in states:
        raise RuleBroken(f"这个提问{question.get_state_display()}，不能再这样办", fix="请刷新页面看最新的环节。")
    return question


@transaction.atomic
def answer(question: Question, answer: str, shown: str, *, by: User, at: datetime) -> Question:
    """拟答:答复,和公开时的问法(不公开的可以不写)。"""
    question = _in(question, by, "policies.write", QuestionState.OPEN, QuestionState.DRAFTED)
    if not answer.strip():
        raise RuleBroken("没有写答复", fix="请写明答复，说到数额、条件的引用文件的条款。")
    question.answer, question.shown = (
        answer.strip()[:5000],
        shown.strip()[:2000],
    )
    question.state, question.answered_by = QuestionState.DRAFTED, by
    question.save(update_fields=["answer", "shown", "state", "answered_by"])
    log(
        "policies.answer",
        f"拟答对{titled(question.policy)}的提问",
        at=at,
        by=by,
        agency=question.agency,
        about=question,
    )
    return question


@transaction.atomic
def approve(question: Question, publish: bool, *, by: User, at: datetime, seen: str | None = None) -> Question:
    """核定答复,提问人凭查询码看得到;``publish`` 同时作为常见问题公开;``seen`` 是核定人看到的(``Question.mark``)。"""
    question = _in(question, by, "policies.approve", QuestionState.DRAFTED)
    check(seen, question.mark)
    if question.answered_by_id == by.pk:
        raise RuleBroken("拟答的人不能核定自己的答复", fix="请由另一位核定。")
    if publish:
        _fit_for_all(question)
    question.state, question.answered_at, question.published = QuestionState.ANSWERED, at, publish
    question.save(update_fields=["state", "answered_at", "published"])
    told = "并公开" if publish else "不公开"
    log(
        "policies.approve",
        f"核定对{titled(question.policy)}提问的答复，{told}",
        at=at,
        by=by,
        agency=question.agency,
        about=question,
    )
    return question


def _fit_for_all(question: Question) -> None:
    """Consent, wording of its own, and nothing personal in it."""
    if not question.consent:
        raise RuleBroken("提问人没有同意公开", fix="请只答复，不公开。")
    if not question.shown:
        raise RuleBroken("没有写公开的问法", fix="请退回，由拟答人写一个不含个人信息的问法。")
    if found := personal_data(f"{question.shown}\n{question.answer}"):
        raise RuleBroken(f"公开的问答里有{found[0].label}（{found[0].text}）", fix="请退回，隐去以后再公开。")


@transaction.atomic
def give_back(question: Question, *, by: User, at: datetime) -> Question:
    """退回重新拟答。"""
    question = _in(question, by, "policies.approve", QuestionState.DRAFTED)
    question.state = QuestionState.OPEN
    question.save(update_fields=["state"])
    log(
        "policies.return",
        f"退回对{titled(question.policy)}提问的拟答",
        at=at,
        by=by,
        agency=question.agency,
        about=question,
    )
    return question


@transaction.atomic
def decline(question: Question, reason: str, *, by: User, at: datetime) -> Question:
    """不属于本政策的,告诉提问人找谁。"""
    question = _in(question, by, "policies.write", QuestionState.OPEN)
    if not reason.strip():
        raise RuleBroken("没有写向谁问、怎样办", fix="请写明应当找哪个单位、走哪条渠道。")
    question.state, question.answer, question.answered_at = QuestionState.DECLINED, reason.strip()[:1000], at
    question.answered_by = by
    question.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    log(
        "policies.decline",
        f"对{titled(question.policy)}的提问不属于本政策，已经告知去处",
        at=at,
        by=by,
        agency=question.agency,
        about=question,
    )
    return question
