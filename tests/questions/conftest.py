"""每个测试一间新机关。"""

import pytest

from tests.records.office import Office


@pytest.fixture
def office(db) -> Office:
    return Office()
