"""本节点的日志在哪里:都在资料目录的 ``log/`` 里,都不记访问者。"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def folder() -> Path:
    return Path(settings.GONGKAI_DATA) / "log"


def missing() -> Path:
    """Who came for an address that there is not, or for an old one; written by the application itself."""
    return folder() / "missing.log"
