"""web 的唯一写入口:旧网址、来访计数。"""

from .redirects import drop_address, import_addresses, save_address
from .visits import count_missing, count_pages

__all__ = ["count_missing", "count_pages", "drop_address", "import_addresses", "save_address"]
