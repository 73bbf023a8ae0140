"""网页的版本:程序、模板、静态文件、本站情况,哪一样变了,旧网页都不算数。"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

from .. import emblem

_PARTS = (".py", ".html", ".toml", ".css", ".js", ".typ")


@cache
def _program(package: Path) -> str:
    """The program is read once: it does not change while it runs."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in _PARTS and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(package)).encode() + path.read_bytes())
    return digest.hexdigest()


def version() -> str:
    """Twelve letters that differ when a page could look different for the same data."""
    digest = hashlib.sha256(_program(settings.PACKAGE).encode())
    own = (settings.SITE_FILE, settings.PARAMS_FILE, emblem.path(), settings.STATIC_ROOT / "staticfiles.json")
    for path in own:
        digest.update(path.read_bytes() if path.is_file() else b"-")
    digest.update(f"{settings.HTTPS}{settings.DEMO}".encode())
    return digest.hexdigest()[:12]
