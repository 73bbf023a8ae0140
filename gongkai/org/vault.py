"""本机关存个人信息、口令用的密钥:一套,各应用都从这里拿。

钥匙只在还没有任何密文的时候生成一次,同时在库里留下验证用的一行(``KeyCheck``)。钥匙文件不见了、换了别的,从此说得出来:
不会悄悄另做一把,让旧的密文再也解不开。
"""

from __future__ import annotations

import hmac
import logging
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from gongkai.adapters.vault import Vault, VaultError

from .models import KeyCheck

logger = logging.getLogger(__name__)

#: What the check rows hold under the keys.
_PLAIN = "公开 Gongkai"
_RESTORE = "请把备份里的同名文件放回资料目录，再重新启动。"


def vault() -> Vault:
    """The keys of this installation, made at the first use of an installation that holds nothing sealed.

    Raises:
        VaultError: the key file is gone or is not the one that sealed what lies in the database.
    """
    return _at(Path(settings.VAULT_FILE))


@cache
def _at(path: Path) -> Vault:
    known = KeyCheck.objects.filter(name=KeyCheck.VAULT).first()
    if known is None:
        opened = Vault(path) if path.exists() else Vault.make(path)
        # 两个进程同时头一次用:行由先到的写,钥匙是同一把,再读一遍
        known, _ = KeyCheck.objects.get_or_create(name=KeyCheck.VAULT, defaults={"token": opened.seal(_PLAIN)})
    elif path.exists():
        opened = Vault(path)
    else:
        raise VaultError(f"密钥文件 {path.name} 不见了，加密的个人信息打不开，也不能再收。{_RESTORE}")
    try:
        same = opened.unseal(known.token) == _PLAIN
    except VaultError:
        same = False
    if not same:
        raise VaultError(f"密钥文件 {path.name} 不是加密现有信息的那一个。{_RESTORE}")
    return opened


def faults() -> list[str]:
    """What is wrong with the keys, a sentence each; nothing where they are those with which this database was filled.

    Receipt codes and sign-ins hang on the site's secret key, sealed texts on the vault's.
    """
    found = []
    try:
        if KeyCheck.objects.filter(name=KeyCheck.VAULT).exists():
            vault()
    except VaultError as error:
        found.append(str(error))
    mark = hmac.new(settings.SECRET_KEY.encode(), _PLAIN.encode(), "sha256").hexdigest()
    known, _ = KeyCheck.objects.get_or_create(name=KeyCheck.SECRET, defaults={"token": mark})
    if not hmac.compare_digest(known.token, mark):
        found.append(f"站点密钥（secret.key）换过了，此前发出的查询码都不能再用。{_RESTORE}")
    return found


def say_faults() -> None:
    """At the start of a process: faults of the keys into the log. Public pages go out all the same."""
    try:
        found = faults()
    except DatabaseError:
        # 还没有建表:迁移以后再看
        return
    for fault in found:
        logger.critical("%s", fault)
