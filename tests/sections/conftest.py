"""专栏的测试:一间机关;公众网站的内置服务器。"""

from __future__ import annotations

import pytest

from tests.records.office import Office
from tests.web.publisher.reader import Reader


@pytest.fixture
def office(db) -> Office:
    return Office(duties="办文办会", address="明湖区人民路", phone="0000-00000001")


@pytest.fixture
def reader(settings) -> Reader:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Reader()
