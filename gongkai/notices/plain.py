"""写给人看的一句话里不留证件号码和金额:信箱、短信别人也看得到。"""

from __future__ import annotations

import re

from gongkai.adapters.personal import masked

_AMOUNT = re.compile(r"(?<![\d,.])\d[\d,]{0,14}(?:\.\d{1,4})?[ ]?(?:亿|万|千|百)?元")


def plain(text: str) -> str:
    """The text with numbers of identity masked and sums of money left to the page itself.

    >>> plain("稳岗补贴每人1,500元怎样领")
    '稳岗补贴每人（金额见原文）怎样领'
    """
    return _AMOUNT.sub("（金额见原文）", str(masked(text)))
