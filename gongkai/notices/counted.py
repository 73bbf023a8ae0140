"""推送自己会数的数(``desk.figures``):送达多少、多少件政策有名录算得出到达率。

送达只算有回音的;“已交通道”、没有回音的在分母里,不当作送达。消息的回音不一条条记操作记录,所以每次现数。
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from gongkai.desk.figures import Figure, Shown, of_rows
from gongkai.desk.moments import end_of, start_of

from .models import Happening, Message
from .terms import GONE, State, Way

POLICY = "notices.policy"


def _policies(agencies: Sequence[int], on: date) -> QuerySet[Happening]:
    """Policies that came out in the year by that day."""
    return Happening.objects.filter(agency__in=agencies, topic=POLICY, at__range=(start_of(on.year), end_of(on)))


def _messages(agencies: Sequence[int], on: date) -> QuerySet[Message]:
    """What was handed to a channel in the year by that day, whatever became of it."""
    rows = Message.objects.filter(
        happening__agency__in=agencies,
        tried_at__range=(start_of(on.year), end_of(on)),
        state__in=(*GONE, State.FAILED),
    )
    return rows.select_related("happening")


def _happening(row: Happening, counts: bool) -> Shown:
    assert row.agency_id is not None
    return Shown(row.title, row.get_absolute_url(), row.agency_id, counts, row.topic_label)


def _message(row: Message, counts: bool) -> Shown:
    """A message by what it told of and its way; of whoever received it nothing."""
    assert row.happening is not None and row.happening.agency_id is not None
    note = f"{Way.from_value(row.way).label}，{row.get_state_display()}"
    return Shown(row.happening.title, row.happening.get_absolute_url(), row.happening.agency_id, counts, note)


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_messages,
        meeting=lambda rows, on: rows.filter(state=State.DELIVERED, delivered_at__lte=end_of(on)),
        owner="happening__agency",
        show=_message,
        key="notices.delivered",
        label="推送送达率",
        above="有送达回音的",
        below="当年交给通道的消息",
        clauses=("4.6", "6.2"),
        follows=("notices",),
        live=True,
        note="已交通道、没有回音的不当作送达，所以只会偏低。",
    ),
    of_rows(
        rows=_policies,
        meeting=lambda rows, on: rows.exclude(estimated=None),
        owner="agency",
        show=_happening,
        key="notices.measured",
        label="算得出到达率的政策",
        above="有符合条件者名录的",
        below="当年推送的政策",
        clauses=("4.6",),
        follows=("notices",),
        live=True,
        note="没有名录的到达率分母不明，不估。",
    ),
)
