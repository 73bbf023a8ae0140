"""标准化规范化的唯一写入口。"""

from .catalogue import confirm_row, drop, inherit, publish, remove_row, review, revise, save_row, send_back, submit
from .charges import answer_event, assign, enter_event, excuse, judge_excuse, link, link_rows, recount
from .intake import install_areas, keep_sheet, save_area, take_in, take_sheet

__all__ = [
    "answer_event",
    "assign",
    "confirm_row",
    "drop",
    "enter_event",
    "excuse",
    "inherit",
    "install_areas",
    "judge_excuse",
    "keep_sheet",
    "link",
    "link_rows",
    "publish",
    "recount",
    "remove_row",
    "review",
    "revise",
    "save_area",
    "save_row",
    "send_back",
    "submit",
    "take_in",
    "take_sheet",
]
