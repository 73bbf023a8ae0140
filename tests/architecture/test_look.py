"""样式:老浏览器(Chromium 86)用得了,一行不太长,一份不太大;模板里太长的行只许变少。"""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
PACKAGE = Path(__file__).parents[2] / "gongkai"
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
}
LONGEST, MOST_LINES = 140, 400
#: Lines of templates that are still longer than ``LONGEST``; lower it with every page that is put in order.
STILL_LONG = 712


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


def test_long_lines_of_templates_become_fewer():
    long = sum(
        len(line) > LONGEST for path in PACKAGE.rglob("*.html") for line in path.read_text("utf-8").splitlines()
    )
    assert long <= STILL_LONG, f"又多了{long - STILL_LONG}行"
