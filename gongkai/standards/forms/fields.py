"""几处共用的项。"""

from __future__ import annotations

from gongkai.desk.forms import Plain, long_text, seen_field


class Seen(Plain):
    """带着看到的那一稿的记号。"""

    seen = seen_field()


class ReasonForm(Seen):
    """一步的说明。"""

    reason = long_text("说明")


class ConfirmForm(Seen):
    """只要确认的一步。"""
