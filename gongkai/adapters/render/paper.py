"""一份要排版的公文。"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """``head`` 红头上的机关名,空的不排红头;``body`` 各段纯文本;``signer`` 落款机关;``day`` 成文日期(已写成汉字)。

    ``notes`` 排在版心末尾的小字(附件、抄送、说明)。
    """

    title: str
    body: tuple[str, ...]
    head: str = ""
    number: str = ""
    addressee: str = ""
    signer: str = ""
    day: str = ""
    notes: tuple[str, ...] = ()
    seal: bool = True
