"""推送的用语:经什么渠道、一条消息到了哪一步、通道说了什么、为什么不再发。"""

from __future__ import annotations

from gongkai.law.terms import Term


class Way(Term):
    """渠道。站内信不留联系方式,凭查询码自己来看。"""

    MAIL = "mail", "电子邮件"
    SMS = "sms", "短信"
    DINGTALK = "dingtalk", "政务钉钉"
    WECHAT = "wechat", "微信"
    STATION = "station", "站内信"

    @property
    def has_gateway(self) -> bool:
        """Whether it goes out through somebody's gateway, signed."""
        return self in (Way.SMS, Way.DINGTALK, Way.WECHAT)


class Kind(Term):
    """一条消息是什么。"""

    NEWS = "news", "订阅的消息"
    SERVICE = "service", "办事通知"
    CONFIRM = "confirm", "确认信"


class State(Term):
    """一条消息到了哪一步。超时是“未知”,不是失败,不自动再发。"""

    QUEUED = "queued", "待发"
    RETRY = "retry", "等着再试"
    SENDING = "sending", "正在发"
    ACCEPTED = "accepted", "已交通道"
    DELIVERED = "delivered", "已送达"
    UNKNOWN = "unknown", "未知"
    FAILED = "failed", "没有发出"
    CANCELLED = "cancelled", "不再发"


#: Not gone out yet; what an unsubscription takes back.
WAITING = (State.QUEUED, State.RETRY)
#: Gone out, or perhaps: counted against the caps.
GONE = (State.SENDING, State.ACCEPTED, State.DELIVERED, State.UNKNOWN)
#: What a person may queue again.
REPEATABLE = (State.UNKNOWN, State.FAILED)


class Result(Term):
    """通道对一次发送的说法。"""

    ACCEPTED = "accepted", "收下了"
    DELIVERED = "delivered", "送到了"
    PERMANENT = "permanent", "地址不通"
    TEMPORARY = "temporary", "暂时发不出"
    UNKNOWN = "unknown", "没有回音"


class Ending(Term):
    """一份订阅为什么结束。"""

    LINK = "link", "本人退订"
    REFUSED = "refused", "本人拒收"
    LAPSED = "lapsed", "没有确认"
    REPLACED = "replaced", "改了条件"
    OVER = "over", "这件事办完了"
    RETIRED = "retired", "地址停用"
