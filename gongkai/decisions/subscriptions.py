"""告诉意见人结果:一轮的采纳情况公布了,提意见时留了邮箱的人各得一封。排队、占住、重试、不发两遍,都由推送(``notices``)管。"""

from __future__ import annotations

from gongkai.notices.of_records import record_topic
from gongkai.notices.topics import Happened, Topic

from .models import Consultation

CONSULTATIONS = record_topic(
    "decisions.consultation",
    "决策征求意见",
    "重大行政决策公开征求意见、公布采纳情况的时候告诉您，好在截止以前提。",
    {"consultation", "consultation-result"},
)
RESULT = Topic(
    key="decisions.result",
    label="我提的意见",
    what="您提过意见的那一轮公布采纳情况的时候告诉您，只此一封。",
    service=True,
    own=True,
)


def subject(consultation: Consultation) -> str:
    """How a subscription names the round."""
    return f"decisions.consultation:{consultation.pk}"


def happened(consultation: Consultation) -> Happened:
    """The result of a round as what its people are told; the same round is told once."""
    assert consultation.feedback is not None
    return Happened(
        key=str(consultation.pk),
        title=f"您提过意见的“{consultation.record.title}”公布了采纳情况",
        address=consultation.feedback.get_absolute_url(),
        subject=subject(consultation),
        agency=consultation.dossier.lead,
        record=consultation.feedback,
        ends=True,
    )
