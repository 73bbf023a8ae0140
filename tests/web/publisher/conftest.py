"""发布的测试:一间机关,一台内置服务器,一只可以拨的钟。"""

from __future__ import annotations

import os

import pytest

from tests.records.office import Office
from tests.web.publisher.nginx import PROGRAM, Nginx
from tests.web.publisher.reader import Reader


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture
def reader(settings) -> Reader:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Reader()


@pytest.fixture
def nginx(live_server, settings, tmp_path) -> Nginx:
    """nginx in front of the application, as in production."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    if not os.path.exists(PROGRAM):
        # 持续集成里缺了 nginx 就是失败,不许悄悄跳过
        (pytest.fail if os.environ.get("CI") else pytest.skip)("没有安装 nginx")
    server = Nginx(tmp_path / "nginx", live_server.url.removeprefix("http://"), settings.GONGKAI_DATA)
    yield server
    server.stop()
