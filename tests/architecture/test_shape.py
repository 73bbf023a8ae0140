"""屋子的形状:文件不过大、没有杂物间、分层成立、迁移跟得上、不留本机痕迹。"""

import re
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
    "\n"
)
PYTHON = [
    name for name in TRACKED if name.endswith(".py") and "/migrations/" not in name and (ROOT / name).is_file()
]


def test_no_file_is_too_long():
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in PYTHON}
    assert PYTHON and {name: length for name, length in lengths.items() if length > 400} == {}


def test_only_one_door_leads_beside_the_checkout():
    """A clone alone passes: what lies beside it is asked for in the test itself, through ``tests.outside``."""
    own = {"tests/outside.py", str(Path(__file__).relative_to(ROOT))}
    beside = re.compile(r"parents\[3\]|\.\./shared/|\"shared\" */")
    found = [
        name
        for name in PYTHON
        if name.startswith("tests/") and name not in own and beside.search(_code_of(ROOT / name))
    ]
    assert found == []


def _code_of(path):
    """The file without docstrings and comments at the beginning of lines, which may speak of what lies there."""
    return re.sub(r'"""[\s\S]*?"""|^\s*#.*$', "", path.read_text("utf-8"), flags=re.M)


def test_no_lumber_room():
    forbidden = {"utils.py", "helpers.py", "services.py", "common"}
    commands = [name for name in TRACKED if "/management/commands/" in name]  # 文件名就是命令名
    assert [name for name in TRACKED if name not in commands and forbidden & set(Path(name).parts)] == []


def test_layers_hold():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_migrations_are_in_step(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_nothing_of_this_machine_is_left_behind():
    marks = re.compile(r"/work/(main|shared)|/root/|/home/\w+/|https?://[\w.-]*(pypi|npmjs|deb\.debian)[\w.-]*")
    mine = str(Path(__file__).relative_to(ROOT))
    found = []
    for name in TRACKED:
        path = ROOT / name
        if (
            not name
            or name == mine
            or not path.is_file()
            or path.suffix in {".png", ".woff2", ".ico", ".docx", ".pdf"}
        ):
            continue
        if marks.search(path.read_text("utf-8", errors="replace")):
            found.append(name)
    assert found == []
