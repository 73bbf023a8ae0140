"""清单、导出、案卷页上给人看的样子:申请人写的文字里,他自己的姓名、号码打码;原文另看,看一次记一次。"""

from __future__ import annotations

import json

from gongkai.adapters.personal import masked
from gongkai.org.vault import vault

#: 个人信息里是人名的各项。
_NAMES = ("name", "representative", "contact", "agent")


def shown(text: str, personal: str) -> str:
    """The text as lists and pages show it.

    Args:
        personal: the sealed personal data of the applicant (``Application.personal``), whose names are masked too.
    """
    known = json.loads(vault().unseal(personal)) if personal else {}
    return masked(text, [known[key] for key in _NAMES if known.get(key)], own=True)
