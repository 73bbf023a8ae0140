"""提交时突然断电(kill −9)两百次:给过受理编号的一件也不丢,没有给过的不留半件(SQLite)。"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

ROUNDS = 200
ROOT = Path(__file__).parents[2]
#: 装好 Django 以后每次分出一个子进程去提交,随机的一刻用 SIGKILL 杀掉;子进程写出了编号才算给过回执。
SCRIPT = """
import os, random, signal, time
import django
django.setup()
from django.core.management import call_command
from django.db import connections
call_command("migrate", verbosity=0)
from datetime import datetime
from zoneinfo import ZoneInfo
from gongkai.foi import actions
from gongkai.org.models import Agency
from gongkai.org.vault import vault
agency = Agency.objects.create(code="MH0112", name="明湖区民政局", kind="department")
connections.close_all()
at = datetime(2025, 2, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
given = actions.Intake(agency, "person", {"name": "某某"}, "要一份信息", "electronic", "web",
                       files=(("attachment", "a.txt", "材料".encode()),))
# 三个进程同一刻头一次用钥匙,各收一件
first = []
for _ in range(3):
    pid = os.fork()
    if pid == 0:
        application, code = actions.submit(given, at=at)
        os.write(1, (application.number + "\\n").encode())
        os._exit(0)
    first.append(pid)
for pid in first:
    os.waitpid(pid, 0)
# 以后的各自接着用,杀的时候多半正在写
vault()
connections.close_all()
chance = random.Random(9)
for _ in range(%d):
    pid = os.fork()
    if pid == 0:
        while True:
            application, code = actions.submit(given, at=at)
            os.write(1, (application.number + "\\n").encode())
    time.sleep(0.01 + chance.random() * 0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
os.write(1, b"done\\n")
"""


def test_no_acknowledged_application_is_lost(tmp_path):
    own = os.environ | {
        "GONGKAI_DATA": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
    }
    own.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", SCRIPT % ROUNDS]
    said = subprocess.run(command, env=own, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split(
        "\n"
    )
    assert said[-2] == "done"
    told = {line for line in said if line.startswith("MH0112-")}
    with sqlite3.connect(tmp_path / "gongkai.sqlite3") as base:
        kept = {row[0] for row in base.execute("select number from foi_application")}
        items = base.execute("select count(*) from foi_item").fetchone()[0]
        files = base.execute("select count(*) from foi_file").fetchone()[0]
        log = base.execute("select count(*) from org_logentry where action = 'foi.receive'").fetchone()[0]
        assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    assert told and told <= kept
    assert len(kept) == items == files == log
    assert kept == {f"MH0112-2025-{n:04}" for n in range(1, len(kept) + 1)}
