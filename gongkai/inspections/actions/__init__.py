"""网站和新媒体检查的唯一写入口:台账、检查、问题、访问、报表、转发。"""

from .findings import confirm, dispute, drop, fix, from_letter, notice, recheck, rule, suspect
from .outlets import draft_closing_notice, drop_column, import_posts, move, save_closing, save_column, save_outlet
from .rounds import answer, close_round, finish_checking, open_round, start, void
from .visits import again, keep_screenshot, probe_again, record_visit

__all__ = [
    "again",
    "answer",
    "close_round",
    "confirm",
    "dispute",
    "draft_closing_notice",
    "drop",
    "drop_column",
    "finish_checking",
    "fix",
    "from_letter",
    "import_posts",
    "keep_screenshot",
    "move",
    "notice",
    "open_round",
    "probe_again",
    "recheck",
    "record_visit",
    "rule",
    "save_closing",
    "save_column",
    "save_outlet",
    "start",
    "suspect",
    "void",
]
