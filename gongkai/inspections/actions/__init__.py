"""网站和新媒体检查的唯一写入口:台账、检查、问题、访问、报表、转发。"""

from .barriers import record_barriers
from .findings import confirm, dispute, drop, fix, from_letter, notice, recheck, rule, suspect, suspect_own
from .opening import draw_sample, open_round
from .outlets import draft_closing_notice, drop_column, import_posts, move, save_closing, save_column, save_outlet
from .papers import (
    allow_source,
    draft_bulletin,
    draft_site_report,
    drop_source,
    fill_site_report,
    make_release,
    note_relay,
)
from .rounds import answer, close_round, finish_checking, start, void
from .visits import again, keep_screenshot, probe_again, record_visit

__all__ = [
    "again",
    "allow_source",
    "answer",
    "close_round",
    "confirm",
    "dispute",
    "draft_bulletin",
    "draft_closing_notice",
    "draft_site_report",
    "draw_sample",
    "drop",
    "drop_column",
    "drop_source",
    "fill_site_report",
    "finish_checking",
    "fix",
    "from_letter",
    "import_posts",
    "keep_screenshot",
    "make_release",
    "move",
    "note_relay",
    "notice",
    "open_round",
    "probe_again",
    "recheck",
    "record_barriers",
    "record_visit",
    "rule",
    "save_closing",
    "save_column",
    "save_outlet",
    "start",
    "suspect",
    "suspect_own",
    "void",
]
