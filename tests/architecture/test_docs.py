"""文档跟得上代码:每条命令、每项设置、每个法律函数都有说明;每个依赖都有理由;链接不断。"""

import importlib.util
import inspect
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

spec = importlib.util.spec_from_file_location("docs_script", ROOT / "scripts" / "docs.py")
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)


def test_generated_pages_are_up_to_date():
    pages = script.pages()
    stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    assert pages and stale == [], "请跑 make docs"


def test_every_law_function_has_a_docstring():
    silent = [
        f"{module.__name__}.{name}"
        for module in script.law_modules()
        for name, member in vars(module).items()
        if not name.startswith("_")
        and getattr(member, "__module__", None) == module.__name__
        and inspect.isfunction(member)
        and not inspect.getdoc(member)
    ]
    assert silent == []


def test_every_setting_is_documented():
    names = set(re.findall(r"GONGKAI_[A-Z_]+|DATABASE_URL", (ROOT / "gongkai/web/settings.py").read_text("utf-8")))
    page = (DOCS / "reference" / "settings.md").read_text("utf-8")
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_every_dependency_has_its_reason():
    page = (DOCS / "decisions" / "0002-dependencies.md").read_text("utf-8")
    wanted = set()
    for path in (ROOT / "requirements").glob("*.in"):
        lines = path.read_text("utf-8").splitlines()
        wanted |= {re.split(r"[\[<>=]", line)[0] for line in lines if line and line[0].isalpha()}
    assert {name for name in wanted if f"`{name}`" not in page} == set()


def test_links_lead_somewhere():
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []
