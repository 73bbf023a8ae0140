"""可以订阅的:自己写的一封信有了进展。只说到了哪一步,信和答复凭编号和查询码自己看。"""

from __future__ import annotations

from django.urls import reverse

from gongkai.notices import links
from gongkai.notices.topics import Happened, Topic
from gongkai.org.models import LogEntry

from .models import Letter
from .terms import Elsewhere

#: 动作 → 对来信人说的话;没有列的不对外说(拟答、退回)。
_SAID = {
    "engagement.accept": "已经受理",
    "engagement.decline": "没有受理，写明了应当去哪里",
    "engagement.convert": "转到了别的渠道，写明了那边的编号",
    "engagement.extend": "延长了答复的期限，写明了理由",
    "engagement.reply": "有了答复",
    "engagement.kept": "答复里承诺的事办到了",
    "engagement.correct": "指出的公开信息核对、改好了",
}
_LAST = ("engagement.decline", "engagement.kept", "engagement.correct")


def subject(letter: Letter) -> str:
    """How a subscription names the letter."""
    return f"engagement.letter:{letter.pk}"


def read(entry: LogEntry) -> Happened | None:
    """A step that its writer may know of."""
    if entry.action not in _SAID:
        return None
    letter = Letter.objects.select_related("agency").filter(pk=entry.object_id).first()
    if letter is None:
        return None
    ends = entry.action in _LAST
    if entry.action == "engagement.reply":
        ends = not letter.promise
    elif entry.action == "engagement.convert":
        ends = letter.where != Elsewhere.CORRECTION
    return Happened(
        key=f"{letter.pk}:{entry.seq}",
        title=f"您的来信{letter.number}{_SAID[entry.action]}",
        address=reverse("public:letter_look"),
        subject=subject(letter),
        agency=letter.agency,
        ends=ends,
    )


def link(letter: Letter) -> str:
    """Where its writer, who has shown number and code, asks to be told."""
    return links.subject_link(LETTER.key, subject(letter), f"来信{letter.number}")


LETTER = Topic(
    key="engagement.letter",
    label="我的来信",
    what="受理、延长、答复、承诺办到的时候告诉您；只说到了哪一步，内容凭编号和查询码看。",
    read=read,
    service=True,
    own=True,
)
