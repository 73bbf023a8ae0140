"""公众的提问:收下、转给别的单位、答复、公开、不再公开、看联系方式、到期清除联系方式。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.adapters.personal import personal_data
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.foi import numbering
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .. import contacts
from ..models import Question

_KIND = "question"


def _note(action: str, one: Question, what: str, *, at: datetime, by: User | None = None) -> None:
    log(f"search.{action}", f"提问{one.number}：{what}", at=at, by=by, agency=one.agency, about=one)


def _locked(question: Question) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.get(pk=question.pk)


@transaction.atomic
def send(
    agency: Agency, text: str, *, contact: dict[str, str], consents: bool, at: datetime
) -> tuple[Question, str]:
    """收下公众的一问,给编号和查询码;查询码只给这一次,只存散列。"""
    text = text.strip()[:1000]
    if not any(sign.isalnum() for sign in text):
        raise RuleBroken("没有写要问什么", fix="请写明要问的事。")
    if agency.ended_on is not None and agency.ended_on <= local_day(at):
        raise RuleBroken(f"{agency}已经撤并", fix="请选承继它职责的单位。")
    year = timezone.localtime(at).year
    code, stored = numbering.new_code()
    number = f"{agency.code}-Q-{year}-{numbering.take(_KIND, agency, year):04}"
    one = Question.objects.create(
        agency=agency,
        number=number,
        code=stored,
        text=text,
        contact=contacts.seal(contact),
        consents=consents,
        asked_at=at,
    )
    _note("ask", one, "收到", at=at)
    return one, code


@transaction.atomic
def transfer(question: Question, agency: Agency, *, by: User, at: datetime) -> Question:
    """转给该答的单位;答复了的不能转。"""
    one = _locked(question)
    access.require(by, "search.answer", one.agency)
    if one.state != Question.State.OPEN:
        raise RuleBroken("已经答复的不能再转", fix="请在答复里说明可以再问哪个单位。")
    if agency.pk == one.agency_id or agency.ended_on is not None:
        raise RuleBroken("不能转给这个单位", fix="请选另一个没有撤并的单位。")
    _note("transfer", one, f"转给{agency}", at=at, by=by)
    one.agency = agency
    one.save(update_fields=["agency"])
    _note("transfer", one, "收到转来的", at=at)
    return one


@transaction.atomic
def answer(question: Question, text: str, record: Record | None, *, by: User, at: datetime) -> Question:
    """答复;公开以前可以改,改了要重新公开。"""
    one = _locked(question)
    access.require(by, "search.answer", one.agency)
    text = text.strip()[:3000]
    if not text:
        raise RuleBroken("没有写答复", fix="请写明答复。")
    if record is not None and not record.is_public(at):
        raise RuleBroken(f"{titled(record)}现在没有公开", fix="请选公众看得到的信息，或者留空。")
    one.answer, one.record, one.state = text, record, Question.State.ANSWERED
    one.answered_at, one.answered_by, one.published_at, one.published_by = at, by, None, None
    one.save()
    _note("answer", one, "答复", at=at, by=by)
    return one


@transaction.atomic
def publish_answer(
    question: Question, public_text: str, *, by: User, at: datetime, seen: str | None = None
) -> Question:
    """把问答公开:要提问人同意,由答复人以外的人放行;问法可以改写,问和答里不能有个人信息。``seen`` 是放行人看到的
    (``Question.mark``)。"""
    one = _locked(question)
    access.require(by, "search.publish", one.agency)
    check(seen, one.mark)
    public_text = " ".join(public_text.split())[:300]
    if one.state != Question.State.ANSWERED:
        raise RuleBroken("还没有答复，不能公开", fix="请先答复。")
    if not one.consents:
        raise RuleBroken("提问人没有同意公开", fix="不公开，只答复提问人。")
    if one.answered_by_id == by.pk:
        raise RuleBroken("答复人不能自己放行公开", fix="请由另一位办理。")
    if not public_text:
        raise RuleBroken("没有写公开的问法", fix="请写一句不带个人信息的问法。")
    if found := personal_data(f"{public_text}\n{one.answer}"):
        raise RuleBroken(f"问答里有{found[0].label}“{found[0].text}”", fix="请改写问法，或者改了答复再公开。")
    one.public_text, one.published_at, one.published_by = public_text, at, by
    one.save(update_fields=["public_text", "published_at", "published_by"])
    _note("publish", one, "公开问答", at=at, by=by)
    return one


@transaction.atomic
def unpublish_answer(question: Question, *, by: User, at: datetime) -> Question:
    """不再公开。"""
    one = _locked(question)
    access.require(by, "search.publish", one.agency)
    one.published_at = one.published_by = None
    one.save(update_fields=["published_at", "published_by"])
    _note("publish", one, "不再公开", at=at, by=by)
    return one


@transaction.atomic
def read_contact(question: Question, *, by: User, at: datetime) -> list[tuple[str, str]]:
    """看联系方式的原文,记下谁看了哪一件。"""
    access.require(by, "search.answer", question.agency)
    _note("contact", question, "查看提问人的联系方式", at=at, by=by)
    return contacts.clear(question)


@transaction.atomic
def erase_contacts(*, at: datetime) -> int:
    """答复以后过了保留天数的,清除联系方式;返回清了几件。"""
    days = params.at("search.contact_days", local_day(at)).value
    rows = Question.objects.filter(answered_at__lt=at - DAY * days).exclude(contact="").select_related("agency")
    count = 0
    for one in rows:
        one.contact = ""
        one.save(update_fields=["contact"])
        _note("erase", one, "到期清除联系方式", at=at)
        count += 1
    return count
