"""每个测试一间新机关;附件存进临时目录。"""

import pytest

from tests.records.office import Office


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def office(db) -> Office:
    return Office()
