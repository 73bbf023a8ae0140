"""会议公开方案:随会议方案一并报批的一份,议题、三项意见、列席代表、已经征求的意见;DOCX 和 PDF 用同一份数据。"""

from __future__ import annotations

from gongkai.adapters.render import Box, Document, Part
from gongkai.desk.moments import minute
from gongkai.law import meetings as law
from gongkai.law.errors import RuleBroken

from . import facts
from .actions.meetings import opinions_of
from .models import AgendaItem, Meeting

HEAD = ("次序", "议题", "汇报单位", "涉及", "邀请列席", "公开", "公开方式")
WIDTHS = (1, 4, 2.4, 1.8, 3.2, 2.4, 2.4)


def document(meeting: Meeting) -> Document:
    """The plan as it goes up for approval.

    Raises:
        RuleBroken: nothing on the agenda, an item without its three opinions, or a meeting withheld by law.
    """
    if meeting.secret_basis:
        raise RuleBroken("这次会议依法不公开", fix="它占着次数，不用公开方案。")
    items = list(meeting.agenda.select_related("reporter", "dossier"))
    if not items:
        raise RuleBroken("没有列议题", fix="请先列议题。")
    law.may_plan(map(opinions_of, items))
    where = f"在{meeting.place}" if meeting.place else ""
    parts = [
        Part("text", f"会议定于{meeting.held_on:%Y年%-m月%-d日}{where}召开，议题{len(items)}项。"),
        Part("heading", "一、议题和公开意见"),
        Part("table", widths=WIDTHS, rows=(tuple(Box(name, head=True) for name in HEAD), *map(_row, items))),
        Part("heading", "二、列席代表"),
        Part("text", _seats(meeting)),
    ]
    if heard := [said for item in items if (said := _heard(item))]:
        parts += [Part("heading", "三、已经征求的意见"), *(Part("text", said) for said in heard)]
    return Document(f"{meeting}公开方案", meeting.agency.name, tuple(parts))


def _row(item: AgendaItem) -> tuple[Box, ...]:
    concerns = [name for name, given in (("企业", item.enterprises), ("重大民生", item.livelihood)) if given]
    invite = {True: f"邀请：{item.invitees}", False: f"不邀请：{item.invitees}"}.get(item.invite, "—")  # type: ignore[call-overload]
    opened = {True: "公开", False: f"不公开：{item.closed_reason}"}.get(item.opened, "—")  # type: ignore[call-overload]
    ways = "、".join(item.way_labels) if item.opened else ""
    cells = (
        str(item.order),
        item.title,
        str(item.reporter),
        "、".join(concerns) or "—",
        invite,
        opened,
        ways or "—",
    )
    return tuple(map(Box, cells))


def _seats(meeting: Meeting) -> str:
    if not meeting.seats or meeting.signup_until is None:
        return "这次会议不接受公众报名列席。"
    return f"接受公众报名列席，名额{meeting.seats}人，报名到{minute(meeting.signup_until)}；多于名额的公开抽选。"


def _heard(item: AgendaItem) -> str:
    """What was asked of the public on an item, and what became of it."""
    if item.dossier is None or item.dossier.withheld_basis:
        return ""
    said = [f"第{one.number}轮：{one.tally().sentence}" for one in facts.rounds(item.dossier) if one.opened_on]
    return f"“{item}”公开征求意见{len(said)}轮。{''.join(said)}" if said else ""
