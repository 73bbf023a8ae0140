"""换密钥:密文列、案卷文件都重新加密,读出来不变;旧密钥还有用处的不许删;两处同时换不丢哪一把。"""

import io
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from gongkai.adapters.vault import Vault, VaultError, key_of
from gongkai.foi import actions as foi
from gongkai.foi import personal, store
from gongkai.foi.actions.applicant import text_of
from gongkai.foi.models import Application
from gongkai.law.errors import RuleBroken
from gongkai.org import actions, keyring
from gongkai.org.models import KeyCheck, LogEntry
from gongkai.org.vault import vault
from tests.foi.desk import Desk, moment

pytestmark = pytest.mark.django_db(transaction=True)
SAID, SCAN = "请把欧阳若水寒家的征收补偿协议给我。", "身份证的扫描件".encode()


@pytest.fixture
def case(settings):
    given = foi.Intake(
        Desk().agency,
        "person",
        {"name": "欧阳若水寒", "phone": "0571-00000001"},
        SAID,
        "electronic",
        "web",
        files=(("identity", "身份证.txt", SCAN),),
    )
    application, _ = foi.submit(given, at=moment("2025-02-20"))
    foi.amend_contact(application, {"name": "欧阳若水寒", "phone": "0571-00000002"}, at=moment("2025-02-21"))
    return application


def under() -> set[str]:
    """The keys under which anything lies: every table, every file."""
    found = {key_of(token) for column in keyring.columns() for rows in column.tokens() for _, token in rows}
    return found | {keyring.key_of_file(path) for path in keyring.files()}


def readable(case: Application) -> bool:
    row = Application.objects.get(pk=case.pk)
    return (
        row.description == SAID
        and personal.unseal(row)["name"] == "欧阳若水寒"
        and store.read(row.files.get()) == SCAN
        and "00000002" in text_of(row.contacts.get())
    )


def run(*given: str) -> str:
    out = io.StringIO()
    call_command("keys", *given, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_everything_moves_to_the_new_key_and_reads_as_before(case):
    (old,) = under()
    run("rotate")
    (new,) = under()
    assert new != old and new == vault().current and readable(case)
    assert f"{old} 旧的:加密着0处" in run("status")
    run("retire", "--stopped")
    assert vault().key_ids == [new] and readable(case)
    assert vault().unseal(KeyCheck.objects.get(name=KeyCheck.VAULT).token)
    assert {"org.new_key", "org.reseal", "org.retire_key"} <= set(
        LogEntry.objects.values_list("action", flat=True)
    )


def test_the_old_key_stays_while_anything_lies_under_it(case):
    actions.new_key(at=timezone.now())
    with pytest.raises(RuleBroken, match="旧密钥加密的"):
        actions.retire(at=timezone.now(), stopped=True)
    path = next(keyring.files())
    before = path.read_bytes()
    actions.reseal(at=timezone.now())
    path.write_bytes(before)
    with pytest.raises(RuleBroken, match="还有1处"):
        actions.retire(at=timezone.now(), stopped=True)
    assert readable(case)


def test_the_old_key_stays_for_a_while(case):
    run("rotate")
    with pytest.raises(CommandError, match="过三小时"):
        run("retire")
    assert actions.retire(at=timezone.now() + timedelta(hours=4)) and readable(case)


def test_with_one_key_there_is_nothing_to_drop(case):
    with pytest.raises(CommandError, match="只有一把密钥"):
        run("retire", "--stopped")


def test_a_broken_off_change_is_gone_on_with(case, monkeypatch):
    (old,) = under()
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(keyring, "files", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        run("rotate")
    assert len(under()) == 2 and readable(case)
    run("reseal")
    assert under() == {vault().current} and old not in under() and readable(case)


def test_what_nobody_can_open_is_named_and_hinders_nothing(case):
    """A damaged file, and words that only look sealed, do not keep an old key for ever."""
    old = vault().current
    path = next(keyring.files())
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with connection.cursor() as cursor:
        cursor.execute("update foi_application set late_cause = %s", [f"v1.{old}.{'A' * 40}"])
    actions.new_key(at=timezone.now())
    result = actions.reseal(at=timezone.now())
    assert result.unopened == [f"foi.application.late_cause {case.pk}", path.name]
    assert actions.retire(at=timezone.now(), stopped=True) == [old]


def test_a_running_process_seals_with_the_key_that_another_chose(tmp_path):
    here = Vault.make(tmp_path / "vault.key")
    here.seal("张某")
    there = Vault(here.path)
    new = there.rotate()
    assert here.unseal(there.seal("李某")) == "李某" and key_of(here.seal("张某")) == new
    assert key_of(here.seal_bytes(b"x")) == new


def test_nothing_is_sealed_without_the_file_or_with_another_one(tmp_path):
    """What is sealed under a key that lies only in memory is lost at the next start."""
    here, other = Vault.make(tmp_path / "vault.key"), Vault.make(tmp_path / "other.key")
    token = here.seal("张某")
    other.path.replace(here.path)
    with pytest.raises(VaultError, match="换成了别的"):
        here.seal("李某")
    here.path.unlink()
    with pytest.raises(VaultError, match="没有钥匙文件"):
        here.seal_bytes(b"x")
    assert here.unseal(token) == "张某"


ROTATE = """
import sys
from pathlib import Path
from gongkai.adapters.vault import Vault
keys = Vault(Path(sys.argv[1]))
for _ in range(10):
    keys.rotate()
"""


def test_keys_added_by_several_processes_are_all_kept(tmp_path):
    path = Vault.make(tmp_path / "vault.key").path
    started = [
        subprocess.Popen([sys.executable, "-c", ROTATE, str(path)], cwd=Path(__file__).parents[2])
        for _ in range(3)
    ]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert len(Vault(path).key_ids) == 31
