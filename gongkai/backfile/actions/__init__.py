"""历史信息和移交的唯一写入口:底数、收取、收旧网站、读、核对、查重、开放审核、移交。"""

from .checking import confirm, refuse, reopen
from .crawling import begin_crawl, declare_site, end_site, record_crawled, unvisited, waiting
from .listing import take_list, take_rows
from .opening import agree, answer, answer_together, hand_in, open_batch, publish, second, take_out
from .pairing import find_pairs, rule
from .reading import by_hand, read_again, read_waiting, recognise
from .stock import count_numbers, save_holding, take_stock
from .taking import begin, enter, stop, unpack
from .transferring import (
    drop_row,
    extend,
    fill,
    hand_over,
    nothing_to_publish,
    open_transfer,
    publish_catalogue,
    save_row,
    save_transfer,
)

__all__ = [
    "agree",
    "answer",
    "answer_together",
    "begin",
    "begin_crawl",
    "by_hand",
    "confirm",
    "count_numbers",
    "declare_site",
    "drop_row",
    "end_site",
    "enter",
    "extend",
    "fill",
    "find_pairs",
    "hand_in",
    "hand_over",
    "nothing_to_publish",
    "open_batch",
    "open_transfer",
    "publish",
    "publish_catalogue",
    "read_again",
    "read_waiting",
    "recognise",
    "record_crawled",
    "refuse",
    "reopen",
    "rule",
    "save_holding",
    "save_row",
    "save_transfer",
    "second",
    "stop",
    "take_list",
    "take_out",
    "take_rows",
    "take_stock",
    "unpack",
    "unvisited",
    "waiting",
]
