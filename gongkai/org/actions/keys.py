"""换个人信息的密钥:加一把新的,把密文都重新加密,再删旧的。三步分开,哪一步中断了都可以再做。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, models, transaction
from django.db.models import Value

from gongkai.adapters import keyfile
from gongkai.adapters.vault import VaultError, key_of
from gongkai.law.errors import RuleBroken

from .. import keyring
from ..vault import vault
from .journal import log

#: For how long after a change of keys the old ones stay: what was begun before it has long been written by then, and
#: what is kept for a while outside the tables (receipts, ``org.kept``) has run out.
SETTLING = timedelta(hours=3)


@dataclass
class Resealed:
    """重新加密的结果:做了多少处;哪些是坏的、打不开的(表、列、行号或者文件名),没有动。"""

    done: int = 0
    unopened: list[str] = field(default_factory=list)


def new_key(*, at: datetime) -> str:
    """Add a key and seal with it from now on, in every process; its id. What the others sealed opens as before."""
    key_id = vault().rotate()
    log("org.new_key", "换了个人信息的密钥，旧的还留着", at=at, key=key_id)
    return key_id


def reseal(*, at: datetime, progress: Callable[[str, int], None] = lambda place, done: None) -> Resealed:
    """Seal everything under the current key that lies under an older one.

    May be broken off and begun again, and done while the site is in use: a value that changes meanwhile keeps its new
    state. The order is that of the rows, a bounded number in each transaction.

    Args:
        progress: told ``(column or folder, how many so far in all)``.
    """
    result = Resealed()
    for column in keyring.columns():
        for rows in column.tokens():
            with transaction.atomic():
                for pk, token in rows:
                    _change(column, pk, token, result)
            progress(column.label, result.done)
    for path in keyring.files():
        _change_file(path, result)
        progress(path.parent.parent.name, result.done)
    log("org.reseal", f"用现在的密钥重新加密了{result.done}处", at=at, key=vault().current)
    return result


def retire(*, at: datetime, stopped: bool = False) -> list[str]:
    """Drop the old keys; their ids. Backups from before keep their own copy of the key file.

    Args:
        stopped: neither site nor worker is running, so that nothing is under way.

    Raises:
        RuleBroken: something lies under an old key, or the change is too fresh, or there is none to drop.
    """
    keys = vault()
    old = [key_id for key_id in keys.key_ids if key_id != keys.current]
    if not old:
        raise RuleBroken("只有一把密钥，没有旧的可删", fix="要换密钥，请先 gongkai keys rotate。")
    counted = keyring.census()
    if left := sum(counted[key_id] for key_id in old):
        raise RuleBroken(f"还有{left}处是旧密钥加密的，删了就打不开", fix="请先 gongkai keys reseal。")
    changed = keys.path.stat().st_mtime
    if not stopped and at.timestamp() - changed < SETTLING.total_seconds():
        raise RuleBroken(
            "刚换过密钥，正在办的事可能还没有写完",
            fix="请过三小时再删；网站和后台都停着的，加 --stopped。",
        )
    keys.retire()
    if connection.vendor == "sqlite":
        # 旧密文还留在空闲页里
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    log("org.retire_key", "删去了旧的密钥", at=at, keys=old)
    return old


def _change(column: keyring.Column, pk: object, token: str, result: Resealed) -> None:
    keys = vault()
    if key_of(token) == keys.current:
        return
    try:
        # 表达式不经过列自己的加密
        new = Value(keys.reseal(token), output_field=models.TextField())
    except VaultError:
        result.unopened.append(f"{column.label} {pk}")
        return
    # 只换还是原样的
    result.done += column.stored().filter(pk=pk, stored=token).order_by().update(**{column.name: new})


def _change_file(path: Path, result: Resealed) -> None:
    keys = vault()
    if keyring.key_of_file(path) in {"", keys.current}:
        return
    try:
        new = keys.seal_bytes(keys.unseal_bytes(path.read_bytes()))
    except FileNotFoundError:
        # 刚刚到期清除了
        return
    except VaultError:
        result.unopened.append(path.name)
        return
    result.done += path.exists() and keyfile.place(path, new, replace=True)
