"""来信:收下、受理或者告知去处、转办、延长、拟答、审核答复、评价、公开、并案、转到别的渠道、兑现承诺。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongkai.adapters.personal import personal_data
from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import engagement as law
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import RuleBroken
from gongkai.org import access, codes
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import numbering
from gongkai.records.bringing import Brought
from gongkai.records.models import Record

from ..models import Letter
from ..terms import NUMBERED, Elsewhere, LetterState
from . import letter_files

PURPOSE = "gongkai.engagement.letter"
LONGEST = 5000
CONTACT = ("name", "phone", "email")


def locked(letter: Letter) -> Letter:
    """The letter's row, locked until the transaction ends."""
    return Letter.objects.select_for_update(of=("self",)).select_related("agency").get(pk=letter.pk)


def noted(action: str, letter: Letter, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    """One line of the log."""
    log(f"engagement.{action}", f"来信{letter}：{what}", at=at, by=by, agency=letter.agency, about=letter, **more)


def _in(letter: Letter, by: User, right: str, seen: str | None, *states: LetterState) -> Letter:
    letter = locked(letter)
    access.require(by, right, letter.agency)
    check(seen, letter.mark)
    if letter.state not in states:
        raise RuleBroken(f"这封来信{letter.get_state_display()}，不能再这样办", fix="请刷新页面看最新的环节。")
    return letter


def save(letter: Letter, *fields: str) -> None:
    """Write these fields; a page shown before is not the latest any more."""
    letter.revision += 1
    letter.save(update_fields=[*fields, "revision"])


@transaction.atomic
def send_letter(
    agency: Agency,
    kind: LetterKind,
    title: str,
    text: str,
    *,
    at: datetime,
    contact: Mapping[str, str] | None = None,
    consents_content: bool = False,
    consents_identity: bool = False,
    files: Sequence[Brought] = (),
) -> tuple[Letter, str]:
    """收下公众的一封信,连同附的文件,当场给编号和查询码;查询码只此一次。"""
    title, text = line(title)[:60], clean(text).strip()
    if not title or not any(sign.isalnum() for sign in text):
        raise RuleBroken("没有写清什么事", fix="请写题目和内容，一信一事。")
    if len(text) > LONGEST:
        raise RuleBroken(f"内容超过{LONGEST}字", fix="请写得短些，材料可以寄给单位。")
    if agency.ended_on is not None and agency.ended_on <= local_day(at):
        raise RuleBroken(f"{agency}已经撤并", fix="请选承继它职责的单位。")
    on, (code, stored) = local_day(at), codes.new_code(PURPOSE)
    letter = Letter.objects.create(
        kind=kind,
        agency=agency,
        number=f"{agency.code}-X-{on.year}-{numbering.next_in(f'letter/{agency.code}/{on.year}'):05}",
        code=stored,
        title=title,
        text=text,
        contact={key: line(value) for key, value in (contact or {}).items() if key in CONTACT and value},
        consents_content=consents_content and not kind.is_countable_only,
        consents_identity=consents_identity,
        received_at=at,
        due_on=law.letter_due(kind, on).due,
    )
    letter_files.attach(letter, files)
    noted("letter", letter, f"收到{kind.label}", at=at, files=len(files))
    return letter, code


@transaction.atomic
def accept(letter: Letter, *, by: User, at: datetime, seen: str | None = None) -> Letter:
    """受理。"""
    letter = _in(letter, by, "engagement.handle", seen, LetterState.RECEIVED)
    letter.state = LetterState.HANDLING
    save(letter, "state")
    noted("accept", letter, "受理", at=at, by=by)
    return letter


def _send_on(letter: Letter, state: LetterState, where: Elsewhere, note: str, *, by: User, at: datetime) -> None:
    """End it here: the writer is told where to go."""
    letter.state, letter.where, letter.where_note = state, where, note.strip()[:300]
    letter.replied_at, letter.replied_by = at, by
    save(letter, "state", "where", "where_note", "replied_at", "replied_by")


@transaction.atomic
def decline(
    letter: Letter, where: Elsewhere, note: str, *, by: User, at: datetime, seen: str | None = None
) -> Letter:
    """不受理:选哪一类、写清去处;不能静默删除。"""
    letter = _in(letter, by, "engagement.handle", seen, LetterState.RECEIVED, LetterState.HANDLING)
    letter_files.require_seen(letter)
    if not note.strip():
        raise RuleBroken("没有写为什么不受理、应当去哪里", fix="请写明，来信人看得到。")
    _send_on(letter, LetterState.DECLINED, where, note, by=by, at=at)
    noted("decline", letter, f"不受理（{where.label}）", at=at, by=by)
    return letter


@transaction.atomic
def convert(
    letter: Letter,
    where: Elsewhere,
    note: str,
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
    number: str = "",
    record: Record | None = None,
) -> Letter:
    """转到别的渠道(申请、信访、征求的意见、公开信息的更正……),两个编号都留着;答复的期限停在这里。

    更正公开信息的,从收到信起按网站找错的期限另算。
    """
    letter = _in(letter, by, "engagement.handle", seen, LetterState.RECEIVED, LetterState.HANDLING)
    letter_files.require_seen(letter)
    if not note.strip():
        raise RuleBroken("没有写那边的编号、怎样查", fix="请写明，来信人看得到。")
    number = line(number).strip()[:60]
    if where in NUMBERED and not number:
        raise RuleBroken(f"没有填{where.label}那边的编号", fix="请先在那边登记，再把编号填在这里。")
    if where is Elsewhere.CORRECTION:
        if record is None or not record.is_public(at):
            raise RuleBroken("没有指明要更正哪一件公开的信息", fix="请填它的索引号、文号或者网址。")
        letter.record, number = record, record.index_number
        letter.due_on = law.letter_due(LetterKind.ERROR, letter.received_on).due
    letter.elsewhere_number = number
    letter.save(update_fields=["record", "elsewhere_number", "due_on"])
    _send_on(letter, LetterState.CONVERTED, where, note, by=by, at=at)
    noted("convert", letter, f"转{where.label}{number}", at=at, by=by)
    return letter


@transaction.atomic
def transfer(
    letter: Letter, agency: Agency, reason: str, *, by: User, at: datetime, seen: str | None = None
) -> Letter:
    """转给该办的单位;期限不因为转办重算。"""
    letter = _in(letter, by, "engagement.handle", seen, LetterState.RECEIVED, LetterState.HANDLING)
    if agency.pk == letter.agency_id or agency.ended_on is not None:
        raise RuleBroken("不能转给这个单位", fix="请选另一个没有撤并的单位。")
    if not reason.strip():
        raise RuleBroken("没有写为什么转", fix="请写明。")
    noted("assign", letter, f"转给{agency}（{reason.strip()[:100]}）", at=at, by=by)
    letter.agency, letter.state = agency, LetterState.RECEIVED
    letter.files.update(seen_at=None, seen_by=None)
    save(letter, "agency", "state")
    noted("assign", letter, "收到转来的", at=at, by=by)
    return letter


@transaction.atomic
def extend(letter: Letter, days: int, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Letter:
    """延长一次,理由告知来信人。"""
    letter = _in(letter, by, "engagement.handle", seen, LetterState.HANDLING, LetterState.DRAFTED)
    if letter.extended_reason:
        raise RuleBroken("已经延长过一次", fix="请尽快答复。")
    if not reason.strip():
        raise RuleBroken("没有写延长的理由", fix="请写明，来信人看得到。")
    before, letter.due_on = letter.due_on, law.extended(letter.due_on, days, local_day(at))
    letter.extended_reason = reason.strip()[:200]
    save(letter, "due_on", "extended_reason")
    noted("extend", letter, f"延长到{letter.due_on}", at=at, by=by, before=before.isoformat())
    return letter


@transaction.atomic
def draft_reply(
    letter: Letter,
    text: str,
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
    promise: str = "",
    promise_on: date | None = None,
) -> Letter:
    """拟答;说了以后要办的事,写哪一天办到,到期复核。"""
    letter = _in(letter, by, "engagement.handle", seen, LetterState.HANDLING, LetterState.DRAFTED)
    letter_files.require_seen(letter)
    if not text.strip():
        raise RuleBroken("没有写答复", fix="请逐问回答。")
    if promise.strip() and promise_on is None:
        raise RuleBroken("承诺了要办，没有写哪一天办到", fix="请填日子；只写“尽快”的，来信人不知道等到什么时候。")
    letter.reply, letter.promise, letter.promise_on = clean(text).strip()[:5000], line(promise)[:200], promise_on
    letter.state, letter.drafted_by = LetterState.DRAFTED, by
    save(letter, "reply", "promise", "promise_on", "state", "drafted_by")
    noted("draft", letter, "拟答", at=at, by=by)
    return letter


@transaction.atomic
def return_draft(letter: Letter, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Letter:
    """退回重新拟答。"""
    letter = _in(letter, by, "engagement.review", seen, LetterState.DRAFTED)
    if not reason.strip():
        raise RuleBroken("没有写哪里要改", fix="请写明。")
    letter.state = LetterState.HANDLING
    save(letter, "state")
    noted("return", letter, f"退回拟答（{reason.strip()[:150]}）", at=at, by=by)
    return letter


@transaction.atomic
def reply(letter: Letter, *, answered_all: bool, by: User, at: datetime, seen: str | None = None) -> Letter:
    """审核、答复:审核的不是拟答的人,勾过“问的都答了”。"""
    letter = _in(letter, by, "engagement.review", seen, LetterState.DRAFTED)
    if letter.drafted_by_id == by.pk:
        raise RuleBroken("拟答的人不能审核自己的答复", fix="请由另一位审核。")
    if not answered_all:
        raise RuleBroken("没有核对是不是问的都答了", fix="请逐问核对以后勾上，没有答全的退回。")
    letter.state, letter.replied_at, letter.replied_by = LetterState.REPLIED, at, by
    save(letter, "state", "replied_at", "replied_by")
    noted("reply", letter, "答复", at=at, by=by)
    return letter


@transaction.atomic
def rate(letter: Letter, grade: int, note: str, *, at: datetime) -> Letter:
    """来信人评价,一封一次,几天里可以改;自愿,不显示是谁。差评回到单位回访。"""
    letter = locked(letter)
    if letter.state != LetterState.REPLIED or letter.replied_at is None:
        raise RuleBroken("还没有答复", fix="请在答复以后评价。")
    if (
        letter.rated_at is not None
        and at > letter.rated_at + DAY * params.at("management.rating_days", local_day(at)).value
    ):
        raise RuleBroken("评价已经过了可以改的时间", fix="还有意见的请另写一封。")
    if not 1 <= grade <= 5:
        raise RuleBroken("评价是一到五", fix="请选一个。")
    if law.is_bad(grade) and not law.is_bad(letter.rating or 5):
        letter.revisited_at = None
    letter.rating, letter.rating_note, letter.rated_at = grade, clean(note).strip()[:500], letter.rated_at or at
    save(letter, "rating", "rating_note", "rated_at", "revisited_at")
    noted("rate", letter, f"评价{grade}", at=at)
    return letter


@transaction.atomic
def publish_letter(
    letter: Letter, title: str, text: str, answer: str, *, by: User, at: datetime, seen: str | None = None
) -> Letter:
    """公开一封:来信人同意、另一个人看过、公开的写法里没有个人信息;举报的只计数。"""
    letter = _in(letter, by, "engagement.review", seen, LetterState.REPLIED)
    if letter.kind == LetterKind.REPORT:
        raise RuleBroken("举报的来信不公开，只计数", fix="请不要公开。")
    if not letter.consents_content:
        raise RuleBroken("来信人没有同意公开内容", fix="请只答复，不公开。")
    title, text, answer = line(title)[:100], clean(text).strip(), clean(answer).strip()
    if not (title and text and answer):
        raise RuleBroken("公开的题目、内容、答复没有写全", fix="请都写。")
    if found := personal_data(f"{title}\n{text}\n{answer}"):
        raise RuleBroken(f"公开的写法里有{found[0].label}（{found[0].text}）", fix="请隐去以后再公开。")
    letter.shown_title, letter.shown_text, letter.shown_reply = title, text[:5000], answer[:5000]
    letter.published_at, letter.published_by = at, by
    save(letter, "shown_title", "shown_text", "shown_reply", "published_at", "published_by")
    noted("publish", letter, "公开", at=at, by=by)
    return letter


@transaction.atomic
def unpublish_letter(letter: Letter, reason: str, *, by: User, at: datetime) -> Letter:
    """不再公开;来信人可以随时要求。"""
    letter = locked(letter)
    access.require(by, "engagement.review", letter.agency)
    if letter.published_at is None:
        raise RuleBroken("这封来信没有公开", fix="请刷新页面。")
    if not reason.strip():
        raise RuleBroken("没有写原因", fix="请写明。")
    letter.published_at = None
    save(letter, "published_at")
    noted("unpublish", letter, f"不再公开（{reason.strip()[:100]}）", at=at, by=by)
    return letter


@transaction.atomic
def merge(letter: Letter, into: Letter, *, by: User, at: datetime, seen: str | None = None) -> Letter:
    """同一件事并到一封里办;两封各自的编号都查得到,一封也不删。"""
    letter = _in(letter, by, "engagement.handle", seen, LetterState.RECEIVED, LetterState.HANDLING)
    letter_files.require_seen(letter)
    into = locked(into)
    if into.pk == letter.pk or into.agency_id != letter.agency_id or into.state == LetterState.MERGED:
        raise RuleBroken("不能并到这一封", fix="请选本单位另一封没有并案的。")
    letter.state, letter.merged_into = LetterState.MERGED, into
    save(letter, "state", "merged_into")
    # 先前并到这一封的,一起跟过去
    letter.merged.update(merged_into=into)
    noted("merge", letter, f"并入{into}", at=at, by=by)
    return letter


@transaction.atomic
def keep_promise(letter: Letter, note: str, *, by: User, at: datetime) -> Letter:
    """承诺的事办到了。"""
    letter = locked(letter)
    access.require(by, "engagement.handle", letter.agency)
    if letter.state != LetterState.REPLIED or letter.promise_on is None or letter.promise_kept_at:
        raise RuleBroken("没有等着兑现的承诺", fix="请刷新页面。")
    if not note.strip():
        raise RuleBroken("没有写办到了什么", fix="请写明。")
    letter.promise_kept_at = at
    save(letter, "promise_kept_at")
    noted("kept", letter, f"兑现承诺（{note.strip()[:150]}）", at=at, by=by)
    return letter


@transaction.atomic
def read_contact(letter: Letter, *, by: User, at: datetime) -> dict[str, str]:
    """看联系方式的原文,看一次记一次。"""
    access.require(by, "engagement.personal", letter.agency)
    noted("personal", letter, "查看联系方式", at=at, by=by)
    return dict(letter.contact)


@transaction.atomic
def erase_contacts(*, before: datetime, at: datetime) -> int:
    """办结满了保管的时间,清除联系方式和附的文件;信和答复留着。"""
    done = Q(replied_at__lt=before) | Q(merged_into__replied_at__lt=before)
    rows = Letter.objects.filter(done, erased_at=None)
    letters = list(rows.only("pk", "contact"))
    count = sum(bool(letter.contact) for letter in letters)
    files = letter_files.erase([letter.pk for letter in letters])
    for letter in letters:
        Letter.objects.filter(pk=letter.pk).update(contact={}, erased_at=at)
    if count or files:
        said = f"清除{count}封来信的联系方式、{files}个附的文件"
        log("engagement.erase", said, at=at, counts=count, files=files)
    return count
