"""可以订阅的:自己的一件申请有了进展。只说到了哪一步,内容凭受理编号和查询码自己看。"""

from __future__ import annotations

from django.urls import reverse

from gongkai.notices import links
from gongkai.notices.topics import Happened, Topic
from gongkai.org.models import LogEntry

from .models import Application

#: 步骤 → 对申请人说的话;没有列的不对外说(内部的审查、交办)。
SHOWN = {
    "correction_notice": "机关请您补正",
    "corrected": "收到您的补正",
    "correction_lapsed": "逾期没有补正，视为放弃",
    "third_party_sent": "征求第三方意见，时间不计入期限",
    "agency_sent": "征求其他机关意见，时间不计入期限",
    "comaker_sent": "征求共同制作机关意见，时间不计入期限",
    "inquiry_replied": "收到对方的意见",
    "extended": "延长答复期限",
    "fee_notice": "发出收费通知",
    "fee_paid": "收到缴费",
    "fee_lapsed": "逾期没有缴费，视为放弃",
    "reasons_demanded": "请您说明理由",
    "decided": "作出答复",
    "posted": "答复已经交邮",
    "signed": "答复已经送达",
    "replied": "已经答复",
    "reopened": "重新办理",
    "withdrawn": "申请已经撤回",
}


def subject(case: Application) -> str:
    """How a subscription names the case."""
    return f"foi.application:{case.pk}"


def read(entry: LogEntry) -> Happened | None:
    """A step that the applicant may know of."""
    app, _, step = entry.action.partition(".")
    if app != "foi" or step not in SHOWN or entry.object_type != "foi.application":
        return None
    case = Application.objects.select_related("agency").filter(pk=entry.object_id).first()
    if case is None:
        return None
    return Happened(
        key=f"{case.pk}:{entry.seq}",
        title=f"您的申请{case.number}：{SHOWN[step]}",
        address=reverse("public:progress"),
        subject=subject(case),
        agency=case.agency,
        ends=step == "withdrawn",
    )


def link(case: Application) -> str:
    """Where the applicant, who has shown number and code, asks to be told."""
    return links.subject_link(PROGRESS.key, subject(case), f"申请{case.number}")


PROGRESS = Topic(
    key="foi.progress",
    label="我的公开申请",
    what="补正、征求意见、延长、收费、答复的时候告诉您；只说到了哪一步，内容凭受理编号和查询码看。",
    read=read,
    service=True,
    own=True,
)
