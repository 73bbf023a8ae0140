"""``gongkai kiosk``:在体验区的自助终端上起本机服务,线路断了用离线包;``--browser`` 连浏览器一起打开。"""

from __future__ import annotations

import subprocess
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.standards.kiosk.pack import Pack
from gongkai.standards.kiosk.server import Kiosk

HOUR = 3600


class Command(BaseCommand):
    """自助终端。"""

    help = "在自助终端上起本机服务:转给网站,断线时用离线包(连检索);不在名单里的网址不开,不用数据库"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="网站的网址,例如 https://www.minghu.example")
        parser.add_argument("--pack", type=Path, required=True, metavar="DIR", help="离线包放在哪个文件夹")
        parser.add_argument("--port", type=int, default=8099, help="本机的端口,默认 8099")
        parser.add_argument("--most", type=int, default=2000, help="离线包至多多少页,默认 2000")
        parser.add_argument("--only-pack", action="store_true", help="只备离线包,不起服务")
        parser.add_argument("--browser", metavar="PROGRAM", help="连浏览器一起打开,例如 chromium;不留资料")

    def handle(
        self, *, site: str, pack: Path, port: int, most: int, only_pack: bool, browser: str | None, **options: Any
    ) -> None:
        kept = Pack(pack)
        self._fill(kept, site, most, needed=only_pack)
        if only_pack:
            return
        found = finders.find("gongkai/kiosk.js")
        script = Path(found).read_bytes() if isinstance(found, str) else b""
        with Kiosk(site, kept, port, script=script) as server:
            server.start()
            address = f"http://127.0.0.1:{port}/kiosk/"
            self.stderr.write(f"终端开在 {address},按 Ctrl+C 停止")
            if browser:
                self._browse(browser, address)
            while not browser:
                time.sleep(HOUR)
                self._fill(kept, site, most, needed=False)

    def _fill(self, pack: Pack, site: str, most: int, *, needed: bool) -> None:
        try:
            count = pack.fill(site, at=timezone.localtime(), most=most)
        except OSError as error:
            if needed:
                raise CommandError(f"连不上 {site}:{error}。请核对网址和线路。") from None
            self.stderr.write(f"连不上网站,用{pack.made_at or '空的'}离线包({len(pack)}页)")
        else:
            self.stderr.write(f"备下{count}页")

    def _browse(self, browser: str, address: str) -> None:
        """A browser without a profile of its own; the folder goes when it is closed."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [browser, "--kiosk", "--incognito", "--no-first-run", f"--user-data-dir={folder}", address],
                check=False,
            )
