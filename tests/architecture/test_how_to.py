"""给开发的人看的几页(``docs/how-to/develop/``),逐字照做一遍。"""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from gongkai.law import params
from gongkai.records import types
from tests.architecture.throwaway import start

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "how-to" / "develop"
#: A file's name, whether the text goes to its end, and the text.
STEP = re.compile(
    r"^`(?P<name>[\w./-]+)`(?P<end> 末尾加)?[^\n]*:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
PAGES_OF_IT = """
call_command("migrate", verbosity=0)
from django.test import Client
client = Client()
found["desk"] = client.get(reverse("desk:lost_list")).status_code
found["pages"] = {url: client.get(url).content.decode() for url in ("/lost/", "/lost/how-to-claim/")}
"""


def follow(page, folder):
    """Write what a page says into ``folder``, file by file; the names of the files."""
    names = []
    for step in STEP.finditer((PAGES / page).read_text("utf-8")):
        path = folder / step["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a" if step["end"] else "w", encoding="utf-8") as file:
            file.write(step["text"])
        names.append(step["name"])
    return names


def test_a_room_and_a_page_stand_by_their_own_folder_alone(tmp_path):
    """Outside it: INSTALLED_APPS and the import contract, which no test needs."""
    names = [*follow("room.md", tmp_path), *follow("page.md", tmp_path)]
    assert {name.split("/")[:2] == ["gongkai", "lostproperty"] for name in names} == {True}
    done = start(tmp_path, tmp_path / "gongkai", PAGES_OF_IT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert "失物招领" in found["menu"]["办事和数据"] and "失物招领" in found["navigation"]["办事"]
    assert found["rights"] == ["clerk", "office"] and found["door"] == "lostproperty.view"
    assert (found["action"], found["desk"], found["todo"]) == ("领走", 302, ["待招领"])
    assert "现在没有待领的东西" in found["pages"]["/lost/"]
    assert "一楼服务台" in found["pages"]["/lost/how-to-claim/"]


def test_a_type_is_one_file(tmp_path):
    (name,) = follow("type.md", tmp_path)
    night = types.load(Path(name).stem, (tmp_path / name).read_text("utf-8"))
    assert night.label == "夜间施工公告" and [field.label for field in night.fields] == ["工地", "最晚到哪天"]
    assert Path(name).parent == Path("gongkai/records/data/types") and not (ROOT / name).exists()


def test_a_number_changes_from_its_day(tmp_path):
    text = re.search(r"```toml\n(.*?)```", (PAGES / "number.md").read_text("utf-8"), re.DOTALL)[1]
    own = tmp_path / "params.toml"
    own.write_text(text, "utf-8")
    try:
        params.override(own)
        before, after = (
            params.at("foi.correction_notice_days", day) for day in (date(2026, 12, 31), date(2027, 1, 1))
        )
    finally:
        params.override(None)
    assert (before.value, after.value) == (7, 5) and after.note == "本机关自定的口径"
