"""web 的唯一写入口:旧网址、来访计数。"""

from .redirects import drop_address, import_addresses, save_address
from .visits import count_missing

__all__ = ["count_missing", "drop_address", "import_addresses", "save_address"]
