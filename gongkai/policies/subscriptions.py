"""可以订阅的:惠企惠民事项公布了。到达以后的申请、兑现从登记里读。"""

from __future__ import annotations

from gongkai.desk.moments import local_day
from gongkai.notices.of_records import BY_AGENCY
from gongkai.notices.topics import Criterion, Happened, Redeemed, Topic
from gongkai.org.models import LogEntry

from . import reach
from .fit import Audience
from .models import Measure


def read(entry: LogEntry) -> Happened | None:
    """A measure that was published just now; its policy goes along, so that a withdrawn one is not told."""
    if entry.action != "policies.measure_publish":
        return None
    measure = Measure.objects.select_related("agency", "policy").filter(pk=entry.object_id).first()
    if measure is None or not measure.is_shown(entry.at):
        return None
    return Happened(
        key=str(measure.pk),
        title=f"{measure.title}（{measure.get_audience_display()}）",
        address=measure.get_absolute_url(),
        facts={"audience": [measure.audience], "agency": [measure.agency.code]},
        agency=measure.agency,
        record=measure.policy,
        estimated=measure.estimated,
    )


def redeemed(key: str) -> Redeemed | None:
    """How far it came to people in the year in which it was published."""
    measure = Measure.objects.filter(pk=key).exclude(published_at=None).first()
    if measure is None or measure.published_at is None:
        return None
    found = reach.reach_of(measure, local_day(measure.published_at).year)
    counts = [n for channel, n in found.counts if channel.role is reach.Role.OPENED and n is not None]
    return Redeemed(sum(counts) if counts else None, found.applied, found.granted)


MEASURE = Topic(
    key="policies.measure",
    label="惠企惠民事项",
    what="新公布了一项补贴、奖励、减免，可以申请的时候告诉您：给谁、到哪里办。",
    criteria=(Criterion("audience", "给谁", Audience.choices()), BY_AGENCY),
    read=read,
    redeemed=redeemed,
)
