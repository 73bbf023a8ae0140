"""填错了的表单留在页上:没有哪个视图在表单不对的时候转到别处去、把写的丢掉。"""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "gongkai"


def asks(node):
    """Whether an expression asks ``form.is_valid()``."""
    return any(isinstance(one, ast.Attribute) and one.attr == "is_valid" for one in ast.walk(node))


def leads_away(statements):
    """Whether the statements return a redirect."""
    return any(
        isinstance(one, ast.Return)
        and isinstance(one.value, ast.Call)
        and isinstance(one.value.func, ast.Name)
        and one.value.func.id == "redirect"
        for one in statements
    )


def loses(function):
    """Whether a view redirects where its form is not valid, be it in the branch or after it."""
    for node in ast.walk(function):
        if not isinstance(node, ast.If) or not asks(node.test):
            continue
        denied = isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)
        if leads_away(node.body if denied else node.orelse):
            return True
        if not denied and node in function.body and leads_away(function.body[-1:]):
            return True
    return False


def test_no_view_redirects_from_a_form_that_is_not_filled_in_rightly():
    lost = [
        f"{file.relative_to(ROOT)}:{function.name}"
        for file in sorted(ROOT.glob("*/views/**/*.py"))
        for function in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and loses(function)
    ]
    assert lost == []
