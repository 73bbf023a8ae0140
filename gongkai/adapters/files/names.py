"""公开的文件名:去掉路径和怪字符,按内容改正扩展名,提示里面的个人信息(C73)。"""

from __future__ import annotations

import re
import unicodedata

from ..personal import personal_data
from .kinds import Kind

_BAD = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}(?:的)?(?:身份证|户口本|病历|体检|简历|银行卡)")
LONGEST = 120


def clean_name(name: str, kind: Kind) -> tuple[str, list[str]]:
    """A name fit for the public, and what a person should look at in it.

    >>> clean_name("C:\\\\tmp\\\\补助标准表.DOC", Kind.DOCX)
    ('补助标准表.docx', [])
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = _BAD.sub("", base).strip(" .")
    stem, dot, suffix = base.rpartition(".")
    if not dot or len(suffix) > 5 or not suffix.isalnum():
        stem = base
    stem = " ".join(stem.split())[:LONGEST].strip(" .") or "附件"
    warnings = [f"文件名里有{one.label}，请改名" for one in personal_data(stem)]
    if _PERSON.search(stem):
        warnings.append("文件名里像有人名，请改名")
    return f"{stem}.{kind.value}", list(dict.fromkeys(warnings))
