"""个人信息的加密:改过的、没有钥匙的解不开;换钥匙后旧的仍能解开;钥匙文件只有主人能读。"""

import json
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.adapters.vault import Vault, VaultError, mask_name


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "vault.key")


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


@pytest.mark.parametrize("change", [lambda t: t[:-6] + "AAAAA=", lambda t: "v2" + t[2:], lambda t: "x", lambda t: "",
                                    lambda t: t.replace(t.split(".")[1], "00000000")])  # fmt: skip
def test_a_changed_token_is_refused(vault, change):
    with pytest.raises(VaultError):
        vault.unseal(change(vault.seal("张某")))


def test_another_key_does_not_open_it(vault, tmp_path):
    other = Vault(tmp_path / "other.key")
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
