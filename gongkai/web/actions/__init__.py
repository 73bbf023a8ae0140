"""web 的唯一写入口:旧网址、来访计数、数据同源。"""

from .redirects import drop_address, import_addresses, save_address
from .syndication import (
    deliver,
    deliveries_wait,
    enqueue,
    give_up,
    pause,
    probe,
    renew_secret,
    retry,
    save_subscriber,
)
from .visits import count_missing, count_pages

__all__ = [
    "count_missing",
    "count_pages",
    "deliver",
    "deliveries_wait",
    "drop_address",
    "enqueue",
    "give_up",
    "import_addresses",
    "pause",
    "probe",
    "renew_secret",
    "retry",
    "save_address",
    "save_subscriber",
]
