"""提问人的联系方式:同申请人的个人信息一样加密,钥匙也是同一串;打码显示,看原文记一条。"""

from __future__ import annotations

import json

from gongkai.adapters.vault import mask_email, mask_name, mask_phone
from gongkai.org.vault import vault

from .models import Question

FIELDS = {"name": "称呼", "phone": "联系电话", "email": "电子邮箱"}
_MASKS = {"name": mask_name, "phone": mask_phone, "email": mask_email}


def seal(values: dict[str, str]) -> str:
    """One token for what was given; nothing for nothing."""
    given = {key: values[key].strip() for key in FIELDS if values.get(key, "").strip()}
    return vault().seal(json.dumps(given, ensure_ascii=False)) if given else ""


def clear(question: Question) -> list[tuple[str, str]]:
    """Pairs (名称, 值) in clear; the caller logs the reading."""
    values = json.loads(vault().unseal(question.contact)) if question.contact else {}
    return [(label, values[key]) for key, label in FIELDS.items() if values.get(key)]


def masked(question: Question) -> list[tuple[str, str]]:
    """The same with most of it hidden."""
    masks = {FIELDS[key]: mask for key, mask in _MASKS.items()}
    return [(label, masks[label](value)) for label, value in clear(question)]
