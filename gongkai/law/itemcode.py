"""政务服务事项的实施编码:统一社会信用代码18位、层级1位、基本编码12位,业务办理项再加2位。

由真实的编码推得,官方的释义没有见到;各地另有编法,所以只提醒,不拒收。
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .indexnumber import is_uscc

_TASK = re.compile(
    r"(?P<uscc>[0-9A-HJ-NP-RTUW-Y]{18})(?P<level>[0-9])(?P<basic>[0-9]{11}[0-9Y])(?P<item>[0-9]{2})?\Z"
)
_BASIC = re.compile(r"(?P<basic>[0-9]{11}[0-9Y])(?P<item>[0-9]{2})?\Z")
LEVELS = {"1": "国家", "2": "省", "3": "市", "4": "县", "5": "乡", "6": "村"}


@dataclass(frozen=True, slots=True)
class ItemCode:
    """拆开的编码;国家的基本编码没有 ``uscc`` 和 ``level``。``basic`` 末位是 Y 的有子项。"""

    uscc: str
    level: str
    basic: str
    item: str

    @property
    def place(self) -> str:
        """The region's two digits; 00 is the national list."""
        return self.basic[:2]


def parse(text: str) -> ItemCode | None:
    """The parts of a code; None for another scheme.

    >>> parse("1144030069395366354440114024003")
    ItemCode(uscc='114403006939536635', level='4', basic='440114024003', item='')
    >>> parse("00016421300301").item, parse("511A0138000000-511602000000-000")
    ('01', None)
    """
    plain = text.strip().upper()
    if found := _TASK.match(plain):
        return ItemCode(found["uscc"], found["level"], found["basic"], found["item"] or "")
    if found := _BASIC.match(plain):
        return ItemCode("", "", found["basic"], found["item"] or "")
    return None


def problems(text: str, *, level: str = "") -> list[str]:
    """What does not hold in a code, in sentences; nothing for an empty one.

    Args:
        level: the level at which the guide says the power lies, as in ``LEVELS``' values; empty if it says none.

    >>> problems("1144030069395366354440114024003"), problems("1144030069395366344440114024003")
    ([], ['编码前18位“114403006939536634”不是统一社会信用代码：校验位不对'])
    >>> problems("12441500196720244T3442199806003", level="县")
    ['编码的层级位是3（市），同行使层级“县”不一致']
    """
    if not text.strip():
        return []
    code = parse(text)
    if code is None:
        return [f"“{text.strip()[:60]}”不是31位实施编码（信用代码18位、层级1位、基本编码12位），请核对"]
    found = []
    if code.uscc and not is_uscc(code.uscc):
        found.append(f"编码前18位“{code.uscc}”不是统一社会信用代码：校验位不对")
    if code.level and level and LEVELS.get(code.level, level) != level:
        found.append(f"编码的层级位是{code.level}（{LEVELS[code.level]}），同行使层级“{level}”不一致")
    return found
