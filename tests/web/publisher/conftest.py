"""发布的测试:一间机关,一台内置服务器,一只可以拨的钟。"""

from __future__ import annotations

import pytest

from tests.records.office import Office
from tests.web.publisher.reader import Reader


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture
def reader(settings) -> Reader:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Reader()
