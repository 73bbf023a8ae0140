"""公报的唯一写入口。每个动作在一个事务里:锁住、核权限、验事实、写、记一条。"""

from .approving import announce, approve, correct, publish, send_back, submit
from .building import build, forget_forms, rebuild
from .deliveries import deliver, plan
from .history import apply_intake, attach_scan, read_in, recognise_scans
from .issues import add_line, drop, drop_line, edit, open_issue, refresh, reorder, select_record, sort, take_all
from .mastheads import save_masthead, save_section
from .notices import issue_notice
from .submissions import appoint, decide, dismiss, report
from .volumes import forget_volumes, rebind

__all__ = [
    "add_line",
    "announce",
    "apply_intake",
    "appoint",
    "approve",
    "attach_scan",
    "build",
    "correct",
    "decide",
    "deliver",
    "dismiss",
    "drop",
    "drop_line",
    "edit",
    "forget_forms",
    "forget_volumes",
    "issue_notice",
    "open_issue",
    "plan",
    "publish",
    "read_in",
    "rebind",
    "rebuild",
    "recognise_scans",
    "refresh",
    "reorder",
    "report",
    "save_masthead",
    "save_section",
    "select_record",
    "send_back",
    "sort",
    "submit",
    "take_all",
]
