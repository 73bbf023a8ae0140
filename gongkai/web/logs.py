"""本节点的日志在哪里:都在资料目录的 ``log/`` 里,都不记访问者。"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from .headers import PRIVATE


def folder() -> Path:
    return Path(settings.GONGKAI_DATA) / "log"


def missing() -> Path:
    """Who came for an address that there is not, or for an old one; written by the application itself."""
    return folder() / "missing.log"


def pages() -> Path:
    """Every visit as the web server notes it: nginx in front, or granian by ``granian_options``."""
    return folder() / "pages.log"


#: What granian is told to note; ``accesslog.Line`` writes it down, without address and query.
_NOTED = "%(time)s %(method)s %(status)d %(path)s"
_SIZE, _KEPT = 20 * 1024 * 1024, 3


def granian_options() -> list[str]:
    """Options by which granian, with one worker, writes ``pages``; the file that they need is written here."""
    folder().mkdir(parents=True, exist_ok=True)
    quiet: dict[str, Any] = {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}
    visits: dict[str, Any] = {
        "class": "logging.handlers.RotatingFileHandler",
        "formatter": "visits",
        "filters": ["public"],
        "filename": str(pages()),
        "maxBytes": _SIZE,
        "backupCount": _KEPT,
        "encoding": "utf-8",
    }
    config = {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"public": {"()": "gongkai.adapters.accesslog.Without", "prefixes": [*PRIVATE, "/static/"]}},
        "formatters": {"plain": {"format": "%(message)s"}, "visits": {"()": "gongkai.adapters.accesslog.Line"}},
        "handlers": {"console": quiet, "visits": visits},
        "loggers": {
            "_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "granian.access": {"handlers": ["visits"], "level": "INFO", "propagate": False},
        },
    }
    path = folder() / "granian.json"
    path.write_text(json.dumps(config, indent=2), "utf-8")
    return ["--access-log", "--access-log-fmt", _NOTED, "--log-level", "warning", "--log-config", str(path)]
