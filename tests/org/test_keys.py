"""密钥:头一次用才生成;有了密文以后不见了、换了,说得出来,不另做一把;公众看到的是往哪里去办。"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.adapters.vault import Vault, VaultError
from gongkai.org import vault as keys
from gongkai.org.models import KeyCheck

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def fresh():
    """Each test begins as a process that has not opened the keys yet."""
    keys._at.cache_clear()
    yield
    keys._at.cache_clear()


def test_the_first_use_makes_the_keys_and_leaves_a_check(settings):
    token = keys.vault().seal("张某")
    keys._at.cache_clear()
    assert keys.vault().unseal(token) == "张某" and keys.faults() == []
    assert KeyCheck.objects.filter(name=KeyCheck.VAULT).count() == 1


def test_a_lost_key_file_is_not_made_anew(settings):
    keys.vault()
    keys._at.cache_clear()
    settings.VAULT_FILE.unlink()
    with pytest.raises(VaultError, match=r"不见了.*备份"):
        keys.vault()
    assert not settings.VAULT_FILE.exists()
    assert len(keys.faults()) == 1


def test_another_key_file_is_recognised(settings):
    keys.vault()
    keys._at.cache_clear()
    settings.VAULT_FILE.unlink()
    Vault.make(settings.VAULT_FILE)
    with pytest.raises(VaultError, match="不是加密现有信息的那一个"):
        keys.vault()


def test_another_secret_key_is_recognised(settings):
    assert keys.faults() == []
    settings.SECRET_KEY = "another"
    assert ["站点密钥" in fault for fault in keys.faults()] == [True]


def test_the_worker_says_it_at_its_start(settings, caplog):
    keys.faults()
    settings.SECRET_KEY = "another"
    keys.say_faults()
    assert "站点密钥（secret.key）换过了" in caplog.text


def test_a_site_key_is_not_made_where_there_are_data(tmp_path):
    """The settings stop with a sentence; in an empty folder the key is made."""
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment |= {"GONGKAI_DATA": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", "import gongkai.web.settings"]
    run = {"env": environment, "capture_output": True, "text": True, "check": False}
    assert subprocess.run(command, **run).returncode == 0
    (tmp_path / "gongkai.sqlite3").touch()
    (tmp_path / "secret.key").unlink()
    refused = subprocess.run(command, **run)
    assert refused.returncode != 0 and "请从备份取回 secret.key" in refused.stderr
    assert not (tmp_path / "secret.key").exists()
