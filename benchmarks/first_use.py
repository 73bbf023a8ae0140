"""头一次用钥匙:三个进程同一刻在空的资料目录里要站点密钥,再在建好表的库里封一个值;第四个进程来开。

用法:python benchmarks/first_use.py 轮数 建好表的库。打印几轮里丢了钥匙、打不开或者留下了写一半的文件。``benchmarks/kill.py`` 用它。
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import django

PROCESSES = 3


def together(work: Callable[[int], Any], count: int = PROCESSES) -> list[Any]:
    """What each of so many processes, started at the same moment, answers; fewer answers than processes where one died."""
    go, said = os.pipe(), os.pipe()
    for number in range(count):
        if os.fork() == 0:
            os.close(go[1])
            os.read(go[0], 1)
            try:
                os.write(said[1], (json.dumps(work(number)) + "\n").encode())
            finally:
                os._exit(0)
    for end in (go[0], go[1], said[1]):
        os.close(end)
    with os.fdopen(said[0]) as lines:
        found = [json.loads(line) for line in lines]
    for _ in range(count):
        os.wait()
    return found


def site_key(number: int) -> str:
    """The key of the site as this process gets it."""
    from gongkai.web import settings

    return str(settings.SECRET_KEY)


def seal(number: int) -> str:
    """The process's own number, sealed."""
    django.setup()
    from gongkai.org.vault import vault

    return str(vault().seal(str(number)))


def is_lost(database: str) -> bool:
    """One round: whether a key was lost, a value cannot be opened, or half a file was left behind."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GONGKAI_DATA"] = folder
        keys = together(site_key)
        shutil.copy(database, f"{folder}/gongkai.sqlite3")
        sealed = together(seal)

        def opened(number: int) -> list[str]:
            django.setup()
            from gongkai.org.vault import vault

            return sorted(vault().unseal(token) for token in sealed)

        agreed = len(keys) == PROCESSES and len(set(keys)) == 1
        whole = together(opened, 1) == [[str(number) for number in range(PROCESSES)]]
        return not agreed or not whole or any(name.startswith(".") for name in os.listdir(folder))


if __name__ == "__main__":
    print(sum(is_lost(sys.argv[2]) for _ in range(int(sys.argv[1]))))
