"""每个测试一家新的公报;附件存进临时目录。"""

import pytest

from tests.gazette.press import Press


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def press(db) -> Press:
    return Press()
