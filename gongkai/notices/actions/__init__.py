"""notices 的唯一写入口:订阅和退订、登记发生的事、排队、发送、回执、清除、通道。"""

from .receipts import receive
from .running import call_off, pause, restore, resume, retry, set_gateway
from .sample import Sample, add_samples
from .sending import Round, deliver, recover, waits
from .subscribing import await_answer, confirm, end_subject, refuse, subscribe, unsubscribe
from .telling import enqueue, note, spread
from .tidying import tidy_up

__all__ = [
    "Round",
    "Sample",
    "add_samples",
    "await_answer",
    "call_off",
    "confirm",
    "deliver",
    "end_subject",
    "enqueue",
    "note",
    "pause",
    "receive",
    "recover",
    "refuse",
    "restore",
    "resume",
    "retry",
    "set_gateway",
    "spread",
    "subscribe",
    "tidy_up",
    "unsubscribe",
    "waits",
]
