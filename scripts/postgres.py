"""给测试一个真的 PostgreSQL,打印它的 DATABASE_URL。

先用环境变量 DATABASE_URL;没有就用本机正在运行的;再没有就用装好的程序起一个临时的(``stop`` 收走)。
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

HOME = Path(os.environ.get("TMPDIR", "/tmp")) / f"gongkai-postgres-{os.getuid()}"
NAME = "gongkai"


def binaries() -> Path:
    """The newest installed server's folder of programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        sys.exit("没有找到 PostgreSQL 的程序。请安装 postgresql(15 以上),或者给出 DATABASE_URL。")
    return found[-1].parent if found else Path(on_path).parent


def as_owner(*command: str) -> list[str]:
    """The server refuses to run as root: hand over to the user postgres, else nobody."""
    if os.getuid():
        return list(command)
    return ["runuser", "-u", owner(), "--", *command]


def owner() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    sys.exit("没有可以运行 PostgreSQL 的普通用户。")


def running() -> str | None:
    """A local server that lets us in without a password, through its usual socket."""
    for user in (pwd.getpwuid(os.getuid()).pw_name, "postgres"):
        url = f"postgresql://{user}@%2Fvar%2Frun%2Fpostgresql/postgres"
        probe = subprocess.run(["psql", url, "-qAtc", "select 1"], capture_output=True, check=False)
        if probe.returncode == 0:
            return url
    return None


def start() -> str:
    if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        return url
    if url := shutil.which("psql") and running():
        return url
    programs = binaries()
    data = HOME / "data"
    if not data.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        if not os.getuid():
            shutil.chown(HOME, owner())
        run(
            programs / "initdb",
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            NAME,
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
    if port := left_running(programs, data):
        return f"postgresql://{NAME}@127.0.0.1:{port}/postgres"
    port = free_port()
    settings = f"-p {port} -k {HOME} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    # 恢复备份在一个事务里换掉全部的表,几个测试进程同时恢复;默认的 64 只够一个
    settings += " -c max_locks_per_transaction=256"
    run(programs / "pg_ctl", "-D", data, "-l", HOME / "log", "-w", "-o", settings, "start")
    return f"postgresql://{NAME}@127.0.0.1:{port}/postgres"


def left_running(programs: Path, data: Path) -> str | None:
    """The port of the temporary server that an interrupted run left; the note of a dead one is cleared away."""
    note = data / "postmaster.pid"
    if not note.exists():
        return None
    alive = subprocess.run(
        as_owner(str(programs / "pg_ctl"), "-D", str(data), "status"), capture_output=True, cwd="/"
    )
    if alive.returncode == 0:
        return note.read_text().splitlines()[3]
    note.unlink()
    return None


def run(*command: object) -> None:
    done = subprocess.run(as_owner(*map(str, command)), capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        sys.exit(f"PostgreSQL 起不来:{done.stderr or done.stdout}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop() -> None:
    if (HOME / "data" / "postmaster.pid").exists():
        run(binaries() / "pg_ctl", "-D", HOME / "data", "-m", "immediate", "stop")
    shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["start"]:
        print(start())
    elif sys.argv[1:] == ["stop"]:
        stop()
    else:
        sys.exit("用法:scripts/postgres.py start|stop")
