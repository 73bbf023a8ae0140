"""照 ``deploy/`` 的配置真的起一个 nginx,只换监听口、资料目录和应用的地址。"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from tests.web.publisher.reader import Answer

DEPLOY = Path(__file__).resolve().parents[2].parent / "deploy"
PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"


class Nginx:
    """A running nginx; ``app`` is host:port of the application, ``data`` the data folder."""

    def __init__(self, folder: Path, app: str, data: Path) -> None:
        self.app = app
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (data / "log").mkdir(parents=True, exist_ok=True)
        site = (DEPLOY / "nginx.conf").read_text("utf-8")
        for old, new in (
            ("listen 80;", f"listen 127.0.0.1:{self.port};"),
            ("/var/lib/gongkai", str(data)),
            ("server 127.0.0.1:8000;", f"server {app};"),
        ):
            assert old in site
            site = site.replace(old, new)
        folder.mkdir()
        (folder / "site.conf").write_text(site, "utf-8")
        for name in ("gongkai-headers.conf", "gongkai-page.conf"):
            shutil.copy(DEPLOY / name, folder)
        temp = "\n".join(
            f"{one}_temp_path {folder}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.getuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user}\nworker_processes 1;\npid {folder}/pid;\nerror_log {folder}/error.log;\ndaemon off;\n"
            f"events {{ worker_connections 256; }}\nhttp {{\n{temp}\naccess_log off;\ninclude {folder}/site.conf;\n}}\n"
        )
        self.process = subprocess.Popen(
            [PROGRAM, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE
        )
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None, self.process.stderr.read().decode()
                time.sleep(0.05)
        raise AssertionError("nginx 没有起来")

    def flush(self) -> None:
        """Have it write its log down, as after a rotation."""
        self.process.send_signal(signal.SIGUSR1)
        time.sleep(0.5)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.process.stderr.close()

    def __call__(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            sent = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
            connection.putrequest(method, quote(address, safe="/?=&%:"), skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders()
            got = connection.getresponse()
            body = got.read()
            # 应用程序的 ETag 是内容的散列,nginx 的是时间和字节数
            tag = got.headers.get("ETag", "")
            return Answer(
                got.status, {name: ", ".join(got.headers.get_all(name)) for name in got.headers}, body, "-" in tag
            )
        finally:
            connection.close()
