"""会议公开:开一次会、列议题、报名和抽选列席代表、起草会后公开的信息、告知代表结果。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.html import format_html, format_html_join

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law import meetings as law
from gongkai.law.errors import RuleBroken
from gongkai.org import access, codes
from gongkai.org.actions import drawing, log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records import numbering
from gongkai.records.models import Edition

from ..models import AgendaItem, Meeting, Representative
from ..terms import OpenWay

TYPE = "meeting"
PURPOSE = "gongkai.decisions.representative"
AGENDA = (
    "title",
    "reporter",
    "dossier",
    "enterprises",
    "livelihood",
    "invite",
    "invitees",
    "opened",
    "ways",
    "closed_reason",
    "result",
    "attended",
    "done_ways",
    "differs",
)
#: 会后公布的这一件本身就是。
ITSELF = OpenWay.DECISIONS.value


def _locked(meeting: Meeting | int) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("agency", "record", "drawing")
    return rows.get(pk=getattr(meeting, "pk", meeting))


def _noted(action: str, meeting: Meeting, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    log(f"decisions.{action}", f"{what}：{meeting}", at=at, by=by, agency=meeting.agency, about=meeting, **more)


def opinions_of(item: AgendaItem) -> law.Item:
    """The three opinions of an agenda item, for the law core."""
    return law.Item(
        item.title,
        item.enterprises,
        item.livelihood,
        item.invite,
        item.invitees,
        item.opened,
        tuple(item.ways),
        item.closed_reason,
    )


def happened(item: AgendaItem) -> law.Happened:
    """What became of an agenda item, for the law core; its minutes are one of the ways."""
    return law.Happened(item.attended, (*item.done_ways, ITSELF), item.differs)


@transaction.atomic
def hold(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Meeting:
    """登记一次会议;同一届同一种会议的次数不重,不公开的也占号。"""
    access.require(by, "decisions.meeting", agency)
    same = Meeting.objects.filter(
        agency=agency, kind=values["kind"], term=values["term"], number=values["number"]
    ).first()
    if same:
        raise RuleBroken(f"{same}已经登记过", fix="请核对次数。")
    made = Meeting(agency=agency, **{name: values[name] for name in (*PLAIN, *SEATS) if name in values})
    _may_invite(made, on=local_day(at))
    _agree(made, values, at)
    made.save()
    _noted("meeting", made, "登记", at=at, by=by)
    return made


def _open(meeting: Meeting, by: User) -> Meeting:
    meeting = _locked(meeting)
    access.require(by, "decisions.meeting", meeting.agency)
    if meeting.record is not None and meeting.record.published_at is not None:
        raise RuleBroken("会后的信息已经签发", fix="要改的请更正那件信息。")
    return meeting


#: What can still be put right of a meeting; how people sign up stands once the seed of the drawing was agreed on.
PLAIN, SEATS = ("kind", "term", "number", "held_on", "place", "secret_basis"), ("seats", "signup_until")


@transaction.atomic
def change_meeting(meeting: Meeting, values: Mapping[str, Any], *, by: User, at: datetime) -> Meeting:
    """改期、改地点、改登错的次数;会后的信息签发以后不能改。公布了抽选约定的,名额和截止不变。"""
    meeting = _open(meeting, by)
    names = PLAIN if meeting.drawing else (*PLAIN, *SEATS)
    before = {name: getattr(meeting, name) for name in names if name in values}
    for name in before:
        setattr(meeting, name, values[name])
    twins = Meeting.objects.filter(
        agency=meeting.agency, kind=meeting.kind, term=meeting.term, number=meeting.number
    )
    if twins.exclude(pk=meeting.pk).exists():
        raise RuleBroken(f"{meeting}已经登记过", fix="请核对次数。")
    if meeting.secret_basis and meeting.representatives.exists():
        raise RuleBroken("已经有人报名列席，不能改成不公开", fix="请先告知报名的人，另外登记一次会议。")
    _may_invite(meeting, on=local_day(meeting.signup_until) if meeting.drawing else local_day(at))
    if meeting.drawing is None:
        _agree(meeting, values, at)
    meeting.save()
    changed = {name: [str(old), str(getattr(meeting, name))] for name, old in before.items()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    _noted("meeting", meeting, "修改", at=at, by=by, changed=changed)
    return meeting


def _may_invite(meeting: Meeting, *, on: date) -> None:
    closes_on = local_day(meeting.signup_until) if meeting.signup_until else None
    if not meeting.secret_basis:
        law.may_invite(seats=meeting.seats, closes_on=closes_on, held_on=meeting.held_on, on=on)


def _agree(meeting: Meeting, values: Mapping[str, Any], at: datetime) -> None:
    """Agree on the seed where people may sign up."""
    if meeting.seats and meeting.signup_until and not meeting.secret_basis:
        source, comes_out = values.get("draw_source", ""), values.get("draw_at")
        meeting.drawing = drawing.agree(
            None, source=source, comes_out=comes_out, closes=meeting.signup_until, at=at
        )


@transaction.atomic
def remove_agenda(item: AgendaItem, *, by: User, at: datetime) -> None:
    """撤下一项议题,后面的依次往前。"""
    meeting = _open(item.meeting, by)
    item = meeting.agenda.get(pk=item.pk)
    _noted("agenda", meeting, f"撤下议题“{item}”", at=at, by=by)
    order = item.order
    item.delete()
    for later in meeting.agenda.filter(order__gt=order).order_by("order"):
        later.order -= 1
        later.save(update_fields=["order"])


@transaction.atomic
def add_agenda(meeting: Meeting, values: Mapping[str, Any], *, by: User, at: datetime) -> AgendaItem:
    """列一项议题。"""
    meeting = _open(meeting, by)
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, order=last + 1, **_checked(values))
    law.may_plan([opinions_of(item)])
    _noted("agenda", meeting, f"列入议题“{item}”", at=at, by=by)
    return item


@transaction.atomic
def save_agenda(item: AgendaItem, values: Mapping[str, Any], *, by: User, at: datetime) -> AgendaItem:
    """改一项议题,会后填议定事项。"""
    meeting = _open(item.meeting, by)
    item = meeting.agenda.get(pk=item.pk)
    for name, value in _checked(values).items():
        setattr(item, name, value)
    law.may_plan([opinions_of(item)])
    item.save()
    _noted("agenda", meeting, f"修改议题“{item}”", at=at, by=by)
    return item


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    named = {*values.get("ways", ()), *values.get("done_ways", ())}
    if unknown := named - {way.value for way in OpenWay}:
        raise RuleBroken(f"没有“{'、'.join(sorted(unknown))}”这种公开方式", fix="请从列出的里选。")
    return {name: values[name] for name in AGENDA if name in values}


@transaction.atomic
def sign_up(
    meeting: Meeting, contact: Mapping[str, str], kind: str, why: str, *, at: datetime
) -> tuple[Representative, str]:
    """公众报名列席,一个人一次(不然多报的多抽);截止以后不收。"""
    meeting = _locked(meeting)
    if not meeting.seats or meeting.signup_until is None or at > meeting.signup_until or meeting.secret_basis:
        raise RuleBroken("这次会议现在没有接受报名", fix="请留意下一次会议的公告。")
    if not contact.get("name") or not contact.get("phone"):
        raise RuleBroken("没有填姓名和电话", fix="抽中以后要联系您，请都填。")
    contact = {key: line(value) for key, value in contact.items() if value}
    if _person(contact) in map(_person, meeting.representatives.values_list("contact", flat=True)):
        raise RuleBroken(
            "这个姓名和电话已经报过名", fix="一个人报一次，抽中的机会一样；编号和查询码忘了的请打电话问。"
        )
    code, stored = codes.new_code(PURPOSE)
    seq = numbering.next_in(f"representative/{meeting.pk}")
    made = Representative.objects.create(
        meeting=meeting,
        number=f"{meeting.agency.code}-L-{meeting.pk}-{seq:03}",
        code=stored,
        contact=dict(contact),
        kind=line(kind)[:40],
        why=line(why)[:300],
        signed_up_at=at,
    )
    log("decisions.signup", f"收到列席报名{made.number}", at=at, agency=meeting.agency, about=made)
    return made, code


def _person(contact: Mapping[str, str]) -> tuple[str, str]:
    """Who signs up, however the name and the number are spaced."""
    return "".join(contact["name"].split()), "".join(sign for sign in contact["phone"] if sign.isdigit())


@transaction.atomic
def agree_drawing(meeting: Meeting, source: str, comes_out: datetime | None, *, by: User, at: datetime) -> Meeting:
    """登记的时候没有约定抽选的(改版以前登记的),补一次约定。"""
    meeting = _locked(meeting)
    access.require(by, "decisions.meeting", meeting.agency)
    if meeting.drawing is not None or meeting.signup_until is None:
        raise RuleBroken("抽选已经约定过，或者不接受报名", fix="约定公布以后不能改。")
    meeting.drawing = drawing.agree(None, source=source, comes_out=comes_out, closes=meeting.signup_until, at=at)
    meeting.save(update_fields=["drawing"])
    _noted("meeting", meeting, f"约定抽选（{meeting.drawing}）", at=at, by=by)
    return meeting


@transaction.atomic
def draw(meeting: Meeting, number: str = "", *, by: User, at: datetime) -> list[Representative]:
    """报名截止以后照事先约定的种子抽选,谁都可以照着重算;抽过就不再抽。"""
    meeting = _locked(meeting)
    access.require(by, "decisions.meeting", meeting.agency)
    if meeting.signup_until is None:
        raise RuleBroken("这次会议不接受报名", fix="请核对。")
    numbers = list(meeting.representatives.values_list("number", flat=True))
    done = drawing.draw(meeting.drawing, numbers, meeting.seats, number=number, closes=meeting.signup_until, at=at)
    meeting.representatives.filter(number__in=done.chosen).update(drawn=True)
    _noted("draw", meeting, f"抽出{len(done.chosen)}人", at=at, by=by, counts=len(done.chosen))
    return list(meeting.representatives.filter(drawn=True))


@transaction.atomic
def draft_minutes(meeting: Meeting, *, by: User, at: datetime) -> Edition:
    """起草会后公开的信息:议题、议定事项、列席情况;不公开的议题只计数。"""
    meeting = _open(meeting, by)
    if meeting.secret_basis:
        raise RuleBroken("这次会议依法不公开", fix="它占着次数，公众看不到内容。")
    if meeting.held_on > local_day(at):
        raise RuleBroken("会议还没有开", fix="请在会后起草。")
    items = list(meeting.agenda.select_related("reporter"))
    if not items:
        raise RuleBroken("没有列议题", fix="请先列议题。")
    law.may_plan(map(opinions_of, items))
    if waiting := [item for item in items if item.opened is not False and not item.result.strip()]:
        raise RuleBroken(f"议题“{waiting[0]}”没有填议定事项", fix="请填写；不公开的写明理由。")
    for item in items:
        law.may_tell(opinions_of(item), happened(item))
    body = _minutes(meeting, items)
    fields = {"number": str(meeting.number), "held_on": meeting.held_on.isoformat()}
    if meeting.record is not None and (draft := meeting.record.draft):
        return records.save(draft, {"body": body, "fields": fields}, by=by, at=at, revision=draft.revision)
    edition = records.create(
        meeting.agency,
        TYPE,
        by=by,
        at=at,
        title=f"{meeting}议定事项",
        made_on=meeting.held_on,
        body=body,
        fields=fields,
    )
    meeting.record = edition.record
    meeting.save(update_fields=["record"])
    _noted("meeting", meeting, "起草会后公开的信息", at=at, by=by)
    return edition


def _minutes(meeting: Meeting, items: list[AgendaItem]) -> str:
    shown = [item for item in items if item.opened is not False]
    lines = format_html_join(
        "", "<h2>{}、{}</h2><p>{}</p>", ((item.order, item.title, item.result) for item in shown)
    )
    hidden = len(items) - len(shown)
    drawn = meeting.representatives.filter(drawn=True).count()
    head = format_html("<p>{}于{}召开，议题{}项。</p>", str(meeting), meeting.held_on.isoformat(), len(items))
    tail = format_html("<p>{}项议题依法不公开。</p>", hidden) if hidden else ""
    seed = meeting.drawing.seed if meeting.drawing else ""
    seats = format_html("<p>列席代表{}人，由报名的人里抽选，种子“{}”。</p>", drawn, seed) if drawn else ""
    return format_html("{}{}{}{}", head, lines, tail, seats)


@transaction.atomic
def tell_representative(
    row: Representative, opinion: str, reply: str, *, by: User, at: datetime
) -> Representative:
    """记下代表列席时的意见;写了怎样处理、议定了什么的,他凭编号和查询码看得到,就是已经告知。"""
    meeting = _locked(row.meeting_id)
    access.require(by, "decisions.meeting", meeting.agency)
    row = meeting.representatives.get(pk=row.pk)
    if not row.drawn:
        raise RuleBroken("没有抽中的不列席", fix="请核对。")
    if meeting.held_on > local_day(at):
        raise RuleBroken(f"会议{meeting.held_on}才召开", fix="请在会后记代表的意见和结果。")
    row.opinion, row.reply = opinion.strip()[:2000], reply.strip()[:2000]
    if row.reply and row.told_at is None:
        row.told_at = at
    row.save(update_fields=["opinion", "reply", "told_at"])
    what = f"告知列席代表{row.number}结果" if row.reply else f"记下列席代表{row.number}的意见"
    _noted("signup", meeting, what, at=at, by=by)
    return row
