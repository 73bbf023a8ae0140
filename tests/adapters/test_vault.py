"""个人信息的加密:改过的、没有钥匙的解不开;换钥匙后旧的仍能解开;钥匙文件只有主人能读。"""

import json
import stat
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.adapters import keyfile
from gongkai.adapters.vault import Vault, VaultError, mask_name


@pytest.fixture
def vault(tmp_path):
    return Vault.make(tmp_path / "vault.key")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_what_goes_in_comes_out_and_never_stands_in_the_token(vault, text):
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return
    token = vault.seal(text)
    assert vault.unseal(token) == text
    assert len(text) < 4 or text not in token


def test_each_time_another_token(vault):
    assert vault.seal("张某") != vault.seal("张某")


def test_only_the_owner_reads_the_key_file(vault):
    assert stat.S_IMODE(vault.path.stat().st_mode) == 0o600


def test_the_same_keys_after_a_restart(vault):
    token = vault.seal("张某")
    again = Vault(vault.path)
    assert again.unseal(token) == "张某" and again.digest("33021X") == vault.digest("3302 1x")


def test_rotation_keeps_the_old_readable_and_reseals(vault):
    old, digest = vault.seal("张某"), vault.digest("1")
    key_id = vault.rotate()
    assert vault.unseal(old) == "张某" and vault.digest("1") == digest
    new = vault.reseal(old)
    assert new.split(".")[1] == key_id and vault.unseal(new) == "张某" and vault.reseal(new) == new


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t[:-6] + "AAAAA=",
        lambda t: "v2" + t[2:],
        lambda t: "x",
        lambda t: "",
        lambda t: t.replace(t.split(".")[1], "00000000"),
    ],
)
def test_a_changed_token_is_refused(vault, change):
    with pytest.raises(VaultError):
        vault.unseal(change(vault.seal("张某")))


def test_another_key_does_not_open_it(vault, tmp_path):
    other = Vault.make(tmp_path / "other.key")
    with pytest.raises(VaultError, match="没有"):
        other.unseal(vault.seal("张某"))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"keys": {}, "current": "x", "lookup": "y"}'])
def test_a_damaged_key_file_is_told_and_left_alone(tmp_path, text):
    path = tmp_path / "vault.key"
    path.write_text(text, "ascii")
    with pytest.raises(VaultError, match="备份"):
        Vault(path)
    assert path.read_text("ascii") == text


def test_the_key_file_holds_no_text(vault):
    vault.seal("张某")
    assert set(json.loads(vault.path.read_text("ascii"))) == {"keys", "current", "lookup"}


@pytest.mark.parametrize("name", ["张", "张三", "欧阳某某"])
def test_a_masked_name_keeps_its_length(name):
    assert len(mask_name(name)) == len(name)


def test_a_missing_key_file_is_said_and_none_is_made(tmp_path):
    with pytest.raises(VaultError, match="没有钥匙文件"):
        Vault(tmp_path / "vault.key")
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_that_is_there_is_never_replaced(vault):
    token = vault.seal("张某")
    assert Vault.make(vault.path).unseal(token) == "张某"
    assert not keyfile.place(vault.path, "{}") and Vault(vault.path).unseal(token) == "张某"


FIRST_USE = """
import sys, time
from pathlib import Path
from gongkai.adapters.vault import Vault
path = Path(sys.argv[1])
while time.time() < float(sys.argv[2]):
    pass
print(Vault.make(path).seal("张某"))
"""


def test_processes_that_first_use_the_vault_at_one_moment_share_one_key(tmp_path):
    """Each once made a key of its own and the last one to write won: what the others had sealed was lost for ever."""
    for number in range(4):
        path, moment = tmp_path / f"{number}.key", str(time.time() + 0.6)
        command = [sys.executable, "-c", FIRST_USE, str(path), moment]
        started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        tokens = [process.communicate()[0].strip() for process in started]
        opened = Vault(path)
        assert [opened.unseal(token) for token in tokens] == ["张某"] * 3
