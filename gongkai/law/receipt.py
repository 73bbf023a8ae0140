"""收到申请之日:按渠道定(条例第三十一条、国办207号解释、指导案例26号)。期限从次日起算。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import calendar
from .errors import RuleBroken
from .sources import implements
from .terms import Term


class Channel(Term):
    """申请从哪个渠道来。"""

    COUNTER = "counter", "当面提交"
    SIGNED_MAIL = "signed_mail", "需要签收的邮寄"
    PLAIN_MAIL = "plain_mail", "不需要签收的信函"
    WEB = "web", "网上提交"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    ORAL = "oral", "口头申请,代为填写"
    OTHER = "other", "公布的其他渠道"


#: 每个渠道要留的证据。
EVIDENCE = {
    Channel.COUNTER: "接收回执存根",
    Channel.SIGNED_MAIL: "邮件签收记录",
    Channel.PLAIN_MAIL: "同申请人确认的记录",
    Channel.WEB: "系统出具的回执和提交时间",
    Channel.EMAIL: "邮件原件和自动回执",
    Channel.FAX: "传真件和确认记录",
    Channel.ORAL: "代填的申请表和申请人确认",
    Channel.OTHER: "公开指南写明的规定和收到的记录",
}
#: 以到达之日为收到之日的渠道;网上提交成功、系统自动回执即视为双方确认(指导案例26号)。
_ON_ARRIVAL = frozenset({Channel.COUNTER, Channel.SIGNED_MAIL, Channel.WEB, Channel.EMAIL, Channel.ORAL})


@dataclass(frozen=True, slots=True)
class Receipt:
    """收到之日:严格的(红线用它)、宽松的(非工作日顺延)、要留的证据。"""

    strict: date
    lenient: date
    evidence: str

    @property
    def on_day_off(self) -> bool:
        return self.strict != self.lenient


@implements("ogi:31")
def received(
    channel: Channel,
    arrived: date,
    confirmed: date | None = None,
    *,
    unreached: bool = False,
    provisional: bool = False,
) -> Receipt:
    """The day on which an application counts as received.

    Args:
        arrived: 提交、签收、系统接收之日.
        confirmed: 同申请人确认之日, needed for plain mail, fax and other channels.
        unreached: the applicant could not be reached to confirm. The regulation has no day for this; the arrival
            counts, the reading that is never to the applicant's loss.

    Raises:
        RuleBroken: a channel that needs confirmation has none, or it lies before the arrival.
    """
    strict = arrived
    if channel not in _ON_ARRIVAL:
        if confirmed is None and not unreached:
            raise RuleBroken(
                f"“{channel.label}”以双方确认之日为收到之日，还没有确认",
                source=received.source,  # type: ignore[attr-defined]
                fix="请在收到当日同申请人确认，填确认之日；联系不上的，在“联系不上的经过”里写明何时、怎样联系过。",
            )
        strict = confirmed or arrived
    if confirmed is not None and confirmed < arrived:
        raise RuleBroken(f"确认之日{confirmed}早于到达之日{arrived}", fix="请核对两个日期。")
    lenient = strict
    while not calendar.is_workday(lenient, provisional=provisional):
        lenient += calendar.DAY
    return Receipt(strict, lenient, EVIDENCE[channel])
