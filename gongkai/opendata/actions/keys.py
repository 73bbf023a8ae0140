"""接口的钥匙:发、换、停。钥匙只显示一次,库里只有散列。"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai.adapters.plaintext import line
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Key
from .common import required_reason

PREFIX, HINT = "gkd_", 10


def digest(key: str) -> str:
    """The stored form of a key."""
    return salted_hmac("gongkai.opendata.key", key.strip(), algorithm="sha256").hexdigest()


def _new() -> str:
    return PREFIX + secrets.token_urlsafe(30)


@transaction.atomic
def issue_key(application: str, contact: Mapping[str, str], *, at: datetime) -> tuple[Key, str]:
    """发一把钥匙给一个应用。"""
    text = _new()
    key = Key.objects.create(
        application=line(application)[:60],
        contact={name: line(value)[:100] for name, value in contact.items() if value},
        hint=text[:HINT],
        digest=digest(text),
        made_at=at,
    )
    log("opendata.key", f"发出接口钥匙：{key}", at=at, about=key)
    return key, text


@transaction.atomic
def rotate_key(old: str, *, at: datetime) -> tuple[Key, str]:
    """凭旧的换新的;旧的当时作废。"""
    key = Key.objects.select_for_update().filter(digest=digest(old), revoked_at=None).first()
    if key is None:
        raise RuleBroken("没有这把钥匙，或者已经停用", fix="请核对；忘了的请另领一把。")
    text = _new()
    key.hint, key.digest, key.rotated_at = text[:HINT], digest(text), at
    key.save(update_fields=["hint", "digest", "rotated_at"])
    log("opendata.rotate", f"换接口钥匙：{key}", at=at, about=key)
    return key, text


@transaction.atomic
def revoke_key(key: Key, reason: str, *, at: datetime, by: User | None = None) -> Key:
    """停用:持有人自己停,或者主管部门停。"""
    if by is not None:
        access.require(by, "opendata.keys")
    key = Key.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is not None:
        raise RuleBroken("已经停用", fix="请刷新页面。")
    key.revoked_at, key.revoked_reason = at, required_reason(reason, "停用的理由", most=200)
    key.save(update_fields=["revoked_at", "revoked_reason"])
    log("opendata.revoke", f"停用接口钥匙：{key}（{key.revoked_reason}）", at=at, by=by, about=key)
    return key
