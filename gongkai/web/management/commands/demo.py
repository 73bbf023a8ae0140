"""``gongkai demo``:建库、装入样本区“明湖区”,然后在本机打开。"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.org import worker
from gongkai.org.sample import LAST_DAY
from gongkai.web import logs
from gongkai.web.demo import load


class Command(BaseCommand):
    help = "建库、装入虚构的样本区“明湖区”并在本机打开;--no-serve 只装不开。可放心重复运行,第二次只要几秒。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--data", help="资料目录,默认 var/demo")
        parser.add_argument("--no-serve", action="store_true", help="只装不开")
        parser.add_argument("--port", type=int, default=8000, help="端口,默认8000")

    def handle(self, *, no_serve: bool, port: int, **options: Any) -> None:
        settings.GONGKAI_DATA.mkdir(parents=True, exist_ok=True)
        self.say(f"资料目录:{settings.GONGKAI_DATA}")
        call_command("migrate", verbosity=0)
        # 网页写成文件时要知道样式表带散列的名字:先收静态文件,再写网页
        call_command("collectstatic", verbosity=0, interactive=False)
        if load.is_loaded():
            self.say("样本区已经装好。")
        else:
            self.say("装入样本区“明湖区”(约一分钟)……")
            began = time.monotonic()
            load.load(self.progress, max(timezone.localdate(), LAST_DAY))
            self.say(f"装好了,用了{time.monotonic() - began:.0f}秒。")
        self.stdout.write(f"\n样本账号(口令都是 {load.PASSWORD}):")
        for unit, accounts in (("区政府办公室", load.ACCOUNTS), ("区住房和城乡建设局", load.OTHER_ACCOUNTS)):
            for username, name, role in accounts:
                self.stdout.write(f"  {username:<10} {name} {unit}{role.label}")
        if no_serve:
            worker.drain(timezone.now)
            return
        # 网页和检索的索引由后台写,写好以前由网站当场给:打开不用等
        self.stdout.write(
            f"\n公众网站 http://127.0.0.1:{port}/   工作台 http://127.0.0.1:{port}/desk/   按 Ctrl+C 停止\n"
        )
        self.stdout.flush()
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            *logs.granian_options(),
            "gongkai.web.wsgi:application",
        ]
        # 后台任务和网站一起开、一起停:execv 不换进程号,所以它的上级始终是网站进程。
        subprocess.Popen([sys.executable, "-m", "gongkai", "worker", "--with-parent", str(os.getpid())])
        os.execv(sys.executable, command)  # noqa: S606

    def say(self, text: str) -> None:
        self.stderr.write(text)

    def progress(self, what: str, done: int, total: int) -> None:
        width = 30 * done // max(1, total)
        end = "\n" if done == total else ""
        self.stderr.write(f"\r  {what} [{'█' * width}{'·' * (30 - width)}] {done}/{total}", ending=end)
        self.stderr.flush()
