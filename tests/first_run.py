"""第一次 ``gongkai demo``:空目录、光秃秃的环境、一个字体也没有,装出整个样本区。

一次测试只装一遍,各进程、各阶段共用:先到的装,后到的等。``scripts/test.sh all`` 在查格式和类型的时候就在旁边装起来:
``python -m tests.first_run 目录``。
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: A machine without a single font of its own.
NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir></fontconfig>
"""


@dataclass(frozen=True)
class FirstRun:
    """What the first ``gongkai demo`` left behind: its data folder, its output, its exit status."""

    folder: Path
    output: str
    status: int


def made_once(home: Path) -> FirstRun:
    """The first run in ``home``: made by whoever asks first, while the others wait."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "status").exists():
            _make(home)
    return FirstRun(home / "data", (home / "output").read_text("utf-8"), int((home / "status").read_text()))


def _make(home: Path) -> None:
    (home / "fonts.conf").write_text(NO_FONTS.format(folder=home / "none"), "utf-8")
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(home / "fonts.conf"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [
        sys.executable,
        "-W",
        "default",
        "-m",
        "gongkai",
        "demo",
        "--no-serve",
        "--data",
        str(home / "data"),
    ]
    done = subprocess.run(
        command,
        cwd=home,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    (home / "output").write_text(done.stdout, "utf-8")
    (home / "status").write_text(str(done.returncode))


if __name__ == "__main__":
    made_once(Path(sys.argv[1]))
