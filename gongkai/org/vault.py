"""本机关存个人信息、口令用的密钥:一套,头一次用时生成,各应用都从这里拿。"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from gongkai.adapters.vault import Vault


def vault() -> Vault:
    """The keys of this installation; made once, at the first use."""
    return _at(Path(settings.VAULT_FILE))


@cache
def _at(path: Path) -> Vault:
    return Vault(path)
