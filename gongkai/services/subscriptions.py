"""可以订阅的:办事指南有了变化;自己的证照到期(从算日子的那一页订,只存种类和到期日)。"""

from __future__ import annotations

from gongkai.notices.topics import Criterion, Happened, Topic
from gongkai.org.models import LogEntry

from .actions.reminders import TOPIC, forget_reminder
from .models import Guide
from .terms import Audience, Theme

#: 动作 → 对办事的人说的话;核对、改草稿不对外说。
_SAID = {
    "services.publish": "有了新的办事指南",
    "services.pause": "暂停办理",
    "services.resume": "恢复办理",
    "services.cancel": "不再办理",
}


def read(entry: LogEntry) -> Happened | None:
    """A change of a guide that the public may read."""
    if entry.action not in _SAID:
        return None
    guide = Guide.objects.select_related("agency").filter(pk=entry.object_id).first()
    if guide is None or guide.published_at is None:
        return None
    return Happened(
        key=f"{guide.pk}:{entry.seq}",
        title=f"{guide.name}{_SAID[entry.action]}",
        address=guide.get_absolute_url(),
        facts={"theme": [guide.theme] if guide.theme else [], "audience": guide.audiences},
        agency=guide.agency,
    )


GUIDE = Topic(
    key="services.guide",
    label="办事指南的变化",
    what="要带什么、去哪里、要多久有了变化，或者暂停、恢复、不再办理的时候告诉您。",
    criteria=(Criterion("audience", "给谁办", Audience.choices()), Criterion("theme", "主题", Theme.choices())),
    read=read,
)
CERTIFICATE = Topic(
    key=TOPIC,
    label="证照到期提醒",
    what="可以申请续办、快到最后申请日、过了申请期、已经失效的那几天各告诉您一次；只存证照种类和到期日。",
    service=True,
    own=True,
    ended=forget_reminder,
)
