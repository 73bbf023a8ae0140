"""``deploy/`` 里的东西:备份的脚本真的跑一遍;单元、映像、容器里说到的文件和命令都在。"""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest
from django.core.management import get_commands

from gongkai.adapters.apart import lanes
from gongkai.decisions import attached
from gongkai.reports.views import check

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
FAKE = """#!/bin/sh
echo "$@" >> "$FAKE_LOG"
[ "$FAKE_FAULT" ] && exit 1
mkdir "$2" && touch "$2/SHA256SUMS"
"""


@pytest.fixture
def script(tmp_path):
    fake = tmp_path / "gongkai"
    fake.write_text(FAKE)
    fake.chmod(0o755)
    folder = tmp_path / "backups"

    def run(fault: str = "") -> tuple[int, list[str]]:
        environment = {
            "PATH": os.environ["PATH"],
            "GONGKAI": str(fake),
            "BACKUP_FOLDER": str(folder),
            "FAKE_LOG": str(tmp_path / "log"),
            "FAKE_FAULT": fault,
        }
        done = subprocess.run([DEPLOY / "gongkai-backup.sh"], env=environment, check=False)
        return done.returncode, (tmp_path / "log").read_text().splitlines()

    run.folder = folder
    return run


def test_the_backup_script_links_to_the_last_whole_one_and_drops_old_ones_only_after_success(script):
    assert script()[0] == 0
    (first,) = script.folder.iterdir()
    (script.folder / "2099-01-01T000000").mkdir()  # 没有做完的,不算上一份
    old = script.folder / "2020-01-01T000000"
    old.mkdir()
    (old / "x").write_text("")
    os.utime(old, (1, 1))
    status, said = script(fault="1")
    assert status == 1 and old.exists() and said[-1].endswith(f"--link {first}")
    time.sleep(1.1)
    assert script()[0] == 0
    assert not old.exists() and first.exists() and len(list(script.folder.iterdir())) == 3


def test_every_command_that_is_run_exists():
    known = get_commands()
    for path in DEPLOY.iterdir():
        text = path.read_text("utf-8")
        for name in re.findall(r"bin/gongkai ([a-z]+)|\[gongkai, ([a-z]+)\]|sh -c.*?gongkai ([a-z]+)", text):
            assert "".join(name) in known, (path.name, name)


def test_every_file_that_is_copied_exists():
    for line in re.findall(r"^COPY (?!--from)(.+)$", (DEPLOY / "Dockerfile").read_text("utf-8"), re.M):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists(), name
    for name in re.findall(r"- \./(\S+?):", (DEPLOY / "compose.yml").read_text("utf-8")):
        assert (DEPLOY / name).exists(), name
    page = (ROOT / "docs/how-to/deploy.md").read_text("utf-8")
    assert [one.name for one in DEPLOY.iterdir() if one.name not in page] == []


def test_the_limits_of_all_readers_together_fit_the_memory_that_is_declared():
    web, worker = ((DEPLOY / f"gongkai-{name}.service").read_text("utf-8") for name in ("web", "worker"))
    image, compose = ((DEPLOY / name).read_text("utf-8") for name in ("Dockerfile", "compose.yml"))
    contained = int(re.search(r"mem_limit: (\d+)g", compose)[1]) * 1024 * lanes.MIB
    for text, limit in ((web, declared(web)), (image.replace('", "', " "), contained)):
        assert lanes.most(int(re.search(r"--workers (\d+)", text)[1])) <= limit
    assert lanes.most(1) <= declared(worker)
    for lane in lanes.LANES:
        assert lane.memory <= lanes.SHARES[lane.share], f"{lane.name} 永远等不到"


def declared(unit: str) -> int:
    return int(re.search(r"^MemoryMax=(\d+)G$", unit, re.M)[1]) * 1024 * lanes.MIB


def test_strangers_never_hold_all_threads_of_a_process():
    threads = int(re.search(r"--blocking-threads (\d+)", (DEPLOY / "gongkai-web.service").read_text("utf-8"))[1])
    assert check._places.number + attached._places.number < threads
