"""名字的掩码:同一页用不用同一种,掩得全不全(个人信息保护法第五十一条的去标识化)。"""

from __future__ import annotations

import re

_NAME = re.compile(
    r"(?:(?<=[|、,;:\s(.。])|^)([一-龥某]?[*×xX某]{1,3}[一-龥某]?)(?=[|、,;。.\s)先女::]|建议|提出|反映|认为|$)"
)


def styles(text: str) -> set[str]:
    """The ways in which names are masked in a folded text: surname kept, only the middle hidden, in words.

    >>> sorted(styles("1|张**|意见|否|2|李*四|意见"))
    ['middle', 'surname']
    """
    found = set()
    for match in _NAME.finditer(text):
        name = match[1]
        starred = re.search(r"[*×xX]", name) is not None
        if starred and re.fullmatch(r"[一-龥][*×xX]{1,2}[一-龥]", name):
            found.add("middle")
        elif starred and re.fullmatch(r"[一-龥][*×xX]{1,2}", name):
            found.add("surname")
        elif starred and re.fullmatch(r"[*×xX]{1,2}[一-龥]", name):
            found.add("given")
        elif not starred and re.fullmatch(r"[一-龥]某{1,2}", name) and name[0] != "某":
            found.add("word")
    return found
