"""名字说得出是什么:函数、方法、模块不用代词和没有宾语的过去分词作名字,在别处读到、查找时也认得。"""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
#: 换成这一行里的名词:``panels``、``next_number``、``in_words``、``draft_from_file``。
RIDDLES = {
    *("one", "it", "its", "mine", "ours", "own", "thing", "this", "that", "them"),
    *("of", "tell", "told", "take", "taken", "said", "given", "known", "seen", "made", "each"),
}
#: 记号:``gongkai/desk/seen.py`` 的意思写在 ``docs/architecture.md``,全屋都用。
MODULES_MEANT = {"seen.py"}


def modules():
    for folder in ("gongkai", "benchmarks", "scripts"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def defined(source):
    """(line, name) of everything callable by its name: functions, methods and names at the top of a module."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield node.lineno, target.id


def test_names_say_what_they_are():
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in modules()
        for line, name in defined(path.read_text("utf-8"))
        if name in RIDDLES
    ]
    found += [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.stem in RIDDLES and path.name not in MODULES_MEANT
    ]
    assert not found, "\n".join(found) + "改成说得出是什么的名词或者动词短语"


def test_a_riddle_is_found():
    source = "def tell(user): ...\nclass Cell:\n    def said(self): ...\nown = 1\nfor row in ():\n    pass\n"
    assert {name for _, name in defined(source) if name in RIDDLES} == {"tell", "own", "said"}
