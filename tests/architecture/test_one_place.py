"""法律里的数只许出现在 gongkai/law;一条条文只许由一个模块执行;“今天”只许在视图和命令里取。"""

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gongkai.law
from gongkai.law.sources import INDEX, laws

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gongkai"
LEGAL_NUMBER = re.compile(r"(\d+|[一二三四五六七八九十]+)\s*个?(工作日|自然日|日内)|timedelta\(days=")
SOURCES = [
    path
    for path in PACKAGE.rglob("*")
    if path.suffix in {".py", ".html"} and "law" not in path.relative_to(PACKAGE).parts and path.is_file()
]


@pytest.fixture(scope="module", autouse=True)
def every_rule_loaded():
    for module in pkgutil.walk_packages(gongkai.law.__path__, "gongkai.law."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_no_legal_number_outside_law():
    found = {
        f"{path.relative_to(PACKAGE)}:{number}": line.strip()
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if LEGAL_NUMBER.search(line)
    }
    assert SOURCES and found == {}


def test_one_article_one_module():
    homes = {ref: {name.rsplit(".", 1)[0] for name in names} for ref, names in INDEX.items()}
    assert INDEX, "条文索引是空的"
    assert {ref: home for ref, home in homes.items() if len(home) > 1} == {}


def test_every_mark_names_a_known_law():
    assert {ref.partition(":")[0] for ref in INDEX} <= set(laws())


def test_today_is_taken_only_at_the_edge():
    """ruff carries the ban; this proves that the ban bites and where it is lifted."""
    probe = "from datetime import date\n\n\ndef f() -> date:\n    return date.today()\n"
    for name, bites in (("gongkai/records/actions.py", True), ("gongkai/records/views.py", False)):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", name, "-"],
            input=probe,
            text=True,
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        assert ("TID251" in done.stdout) is bites, name
