"""样式:老浏览器(Chromium 86)用得了,一行不太长,一份不太大;模板里也没有太长的行。"""

import importlib.util
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gongkai"
SHEETS = sorted((PACKAGE / "web" / "static" / "gongkai" / "css").glob("*.css"))
#: What browsers built on Chromium 86 do not know, with the version that brought it; a rule with it is lost as a whole.
TOO_NEW = {
    r"@layer\b": 99,
    r"@container\b|\bcontainer(-type|-name)?\s*:|\d(cqi|cqw|cqh|cqb)\b": 105,
    r":has\(": 105,
    r":(is|where)\(": 88,
    r"color-mix\(": 111,
    r"(?<![\w-])(margin|padding|border)-(block|inline)\s*:": 87,
    r"(?<![\w-])inset(-(block|inline)(-(start|end))?)?\s*:": 87,
    r"(?<![\w-])aspect-ratio\s*:": 88,
    r"border-(start|end)-(start|end)-radius": 89,
    r"\d(d|s|l)v(h|w|b|i|min|max)\b": 108,
    r"(?<![\w-])text-wrap\s*:": 114,
    r"(?<![\w-])(translate|rotate|scale)\s*:": 104,
    r"\b(oklch|oklab|lch|lab|light-dark)\(": 111,
    r"@(scope|starting-style|supports\s+selector)\b": 118,
    r"(^|[{;}])\s*&": 112,
    r"(?<![\w-])grid-template-(rows|columns)\s*:[^;}]*\bsubgrid\b": 117,
}
LONGEST, MOST_LINES = 140, 400


def formatter():
    """``scripts/templates.py`` as a module."""
    spec = importlib.util.spec_from_file_location("templates", ROOT / "scripts" / "templates.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def too_new(css):
    """The features in a sheet that Chromium 86 lacks."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return [pattern for pattern in TOO_NEW if re.search(pattern, bare)]


def test_the_sheets_work_in_chromium_86():
    assert SHEETS and {sheet.name: found for sheet in SHEETS if (found := too_new(sheet.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("@layer base { a { color: red } }", 1),
        (".a:has(.b) { inset: 0 }", 2),
        (".a { margin-inline: auto; width: 3cqi }", 2),
        (".a { box-shadow: inset 0 0 0 1px; margin-inline-start: 1px; clip-path: inset(50%) }", 0),
        (".a { border-block: 1px solid; aspect-ratio: 1 }", 2),
        (".a { height: 100dvh; text-wrap: balance; color: oklch(50% 0 0) }", 3),
        (".a { rotate: 45deg; & b { color: red } }", 2),
        (".a { transform: rotate(45deg) translateX(1px); min-height: 100vh; white-space: nowrap }", 0),
    ],
)
def test_the_check_sees_what_is_too_new(rule, count):
    assert len(too_new(rule)) == count


def test_sheets_are_short_and_their_lines_too():
    lines = {sheet.name: sheet.read_text("utf-8").splitlines() for sheet in SHEETS}
    assert {name: len(found) for name, found in lines.items() if len(found) > MOST_LINES} == {}
    assert {name: line for name, found in lines.items() for line in found if len(line) > LONGEST} == {}


def test_every_page_takes_the_same_sheets():
    """Only one partial names the sheets; no page brings its own."""
    named = [path.name for path in PACKAGE.rglob("*.html") if "gongkai/css" in path.read_text("utf-8")]
    assert named == ["_styles.html"]
    partial = next(PACKAGE.rglob("_styles.html")).read_text("utf-8")
    assert {sheet.name for sheet in SHEETS} == set(re.findall(r"css/(\w+\.css)", partial))


def test_no_line_of_a_template_is_long():
    """``scripts/templates.py`` folds; a run of inline tags or a sentence is folded by hand inside ``{% joined %}``."""
    long = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in PACKAGE.rglob("*.html")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []


def test_folding_changes_nothing_but_white_space():
    """Templates are as the formatter leaves them, and it only breaks where a break does not show."""
    templates = formatter()
    ragged = [
        path.name
        for path in PACKAGE.rglob("*.html")
        if templates.formatted(text := path.read_text("utf-8")) != text
    ]
    assert ragged == []
    line = (
        '<ul class="plain">{% for one in rows %}<li><a href="{{ one }}">'
        + "很长的名称" * 30
        + "</a></li>{% endfor %}</ul>"
    )
    folded = templates.formatted(line)
    assert folded.splitlines()[:2] == ['<ul class="plain">', "  {% for one in rows %}"]
    assert "".join(folded.split()) == "".join(line.split())
    inline = "<p>" + "{% for one in rows %}{{ one }}、{% endfor %}" * 6 + "</p>"
    assert "、{% endfor %}" in templates.formatted(inline) and "\n{{" not in templates.formatted(inline)
