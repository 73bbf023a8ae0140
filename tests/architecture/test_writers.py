"""只有动作写数据:别处写库的一行也没有,除了登记在下面的几样底层家什,它们不是谁办的事。"""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
PACKAGE = Path(__file__).parents[2] / "gongkai"
WRITES = {"save", "delete", "update", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}

#: File → why it may write although no action does.
PLUMBING = {
    "foi/numbering.py": "编号的计数器",
    "records/numbering.py": "索引号的计数器",
    "org/once.py": "一张表只收一次的记号",
    "org/vault.py": "密钥的核对行",
    "org/models.py": "save 本身",
    "org/worker.py": "后台任务的心跳",
    "web/demo/load.py": "样本区成批装人",
}


def writes(source):
    """(line, call) of every write to the database in a module: on a manager, or ``row.save()`` of a model's row."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            chain = ast.unparse(node.func.value)
            on_rows = ".objects" in chain or chain.startswith(("self.", "super("))
            own_row = node.func.attr in ("save", "delete") and not chain[:1].isupper() and _no_form(node, chain)
            if on_rows or own_row:
                yield node.lineno, ast.unparse(node.func)


def _no_form(node, chain):
    """Neither a form that only makes its row (``commit=False``), nor an action called by its module's name."""
    makes_only = any(word.arg == "commit" for word in node.keywords)
    named_action = any(word.arg == "by" for word in node.keywords)
    return not makes_only and not named_action and chain not in ("word", "image", "workbook", "document")


def test_only_actions_write():
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE)
        above = {*name.parts[:-1], name.stem}
        if above & {"actions", "migrations", "adapters", "law"} or name.as_posix() in PLUMBING:
            continue
        if lines := [f"{line}: {call}" for line, call in writes(path.read_text("utf-8"))]:
            found[name.as_posix()] = lines
    assert found == {}


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("Record.objects.filter(pk=1).update(title='')", True),
        ("record.save(update_fields=['title'])", True),
        ("self.rows.delete()", True),
        ("digest.update(b'')", False),
        ("form.save(commit=False)", False),
        ("actions.save(edition, {}, by=user, at=at)", False),
    ],
)
def test_the_guard_sees_what_it_should(source, caught):
    assert bool(list(writes(source))) is caught


def test_every_exception_is_still_needed():
    needless = [name for name in PLUMBING if not list(writes((PACKAGE / name).read_text("utf-8")))]
    assert needless == []
