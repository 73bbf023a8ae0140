"""申请人的个人信息:一份密文,解开一次记一条(只记谁看了哪一件,不记看到什么)。"""

from __future__ import annotations

import json

from gongkai.adapters import vault as boxes
from gongkai.adapters.personal import is_id_number
from gongkai.law.indexnumber import is_uscc
from gongkai.org.vault import vault

from .models import Application
from .terms import ApplicantKind

#: 个人信息的各项和它们的名字,次序就是显示的次序。
FIELDS = {
    "name": "姓名或者名称",
    "identity_kind": "证件类型",
    "identity": "证件号码",
    "representative": "法定代表人或者负责人",
    "contact": "联系人",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "postcode": "邮政编码",
    "agent": "代理人",
    "agent_identity": "代理人证件号码",
}
_MASKS = {
    "identity": boxes.mask_number,
    "agent_identity": boxes.mask_number,
    "phone": boxes.mask_phone,
    "email": boxes.mask_email,
    "address": boxes.mask_address,
    "representative": boxes.mask_name,
    "contact": boxes.mask_name,
    "agent": boxes.mask_name,
}


def seal(values: dict[str, str]) -> str:
    """One token for all that was given; unknown names are dropped."""
    return vault().seal(json.dumps({key: values[key] for key in FIELDS if values.get(key)}, ensure_ascii=False))


def unseal(application: Application) -> dict[str, str]:
    """All that is known of the applicant, in clear; nothing after it was erased. The caller logs the reading."""
    return json.loads(vault().unseal(application.personal)) if application.personal else {}


def shown_name(kind: str, name: str) -> str:
    """The name in lists: an organisation's in full, a person's masked."""
    return boxes.mask_name(name) if kind == ApplicantKind.PERSON else name[:80]


def masked(application: Application) -> list[tuple[str, str]]:
    """Pairs (名称, 打了码的值) for the page of the case."""
    return [
        (label, _mask(application.applicant_kind, key, value))
        for key, value in unseal(application).items()
        if (label := FIELDS.get(key))
    ]


def clear(application: Application) -> list[tuple[str, str]]:
    """The same in clear."""
    return [(FIELDS[key], value) for key, value in unseal(application).items() if key in FIELDS]


def doubts(application: Application, ask: str = "请同申请人核对") -> list[str]:
    """What should be looked at in the applicant's paper, a sentence each. It stops nothing: a number may be mistyped,
    and the office asks for it again by 补正 only where it cannot tell who applies.

    Args:
        ask: who is to look at it, as the reader of the sentence is told.
    """
    return doubts_in(unseal(application), application.applicant_kind, ask)


def doubts_in(given: dict[str, str], applicant_kind: str, ask: str) -> list[str]:
    """The same for what was typed and is not filed yet."""
    number, kind = given.get("identity", "").replace(" ", "").upper(), given.get("identity_kind", "")
    found = []
    if kind == "居民身份证" and number and not is_id_number(number):
        found.append(f"居民身份证号码不对（位数、出生日期或者校验位不合），{ask}。")
    if kind == "统一社会信用代码" and number and not is_uscc(number):
        found.append(f"统一社会信用代码不对（位数或者校验位不合），{ask}。")
    if applicant_kind != ApplicantKind.PERSON and kind == "居民身份证":
        found.append("申请人是单位，证件却是居民身份证；单位用统一社会信用代码证书或者营业执照。")
    return found


def _mask(kind: str, key: str, value: str) -> str:
    if key == "name":
        return shown_name(kind, value)
    return _MASKS.get(key, str)(value)
