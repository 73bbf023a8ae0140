"""新加的应用只在自己的文件夹里报到:菜单、权限、操作名称、待办、网址、栏目都找得到;报错了的拦住启动。"""

import json

import pytest

from gongkai.desk import rooms
from gongkai.records import types
from tests.architecture.throwaway import start

pytestmark = pytest.mark.once
HEADER = "动作,信息员,初审,复审,终审,保密审查,法制审核,单位负责人,区政府办主管,督查,管理员"

ROOM = """
from django.http import HttpResponse
from django.urls import path
from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.org import access
from gongkai.desk.todo import Panel


@access.desk("lostproperty.view")
def listed(request):
    return HttpResponse("招领")


ROOM = Room(
    public=[path("lost/", lambda request: HttpResponse("招领"), name="lost")],
    desk=[path("lost/", listed, name="lost_list")],
    menu=(DeskEntry(DeskGroup.SERVICES, 5, "lost_list", "失物招领", "lostproperty.view"),),
    navigation=(PublicEntry(PublicGroup.SERVICES, 5, "lost", "失物招领"),),
    todo=(lambda user, on: [Panel("待招领", "", 1, "/desk/lost/", ())],),
)
"""
PUBLIC = "\nfound['public'] = reverse('public:lost')\n"


def started(
    folder,
    *,
    rights=f"{HEADER}\nlostproperty.view,可,,,,,,,可,,\n",
    actions='name = "失物"\n[actions]\nhand_out = "领走"\n',
    room=ROOM,
):
    """A program with one more app in its own folder: what was found, or the last line of why it did not start."""
    app = folder / "lostproperty"
    (app / "data").mkdir(parents=True)
    (app / "__init__.py").write_text("", "utf-8")
    (app / "room.py").write_text(room, "utf-8")
    (app / "data" / "rights.csv").write_text(rights, "utf-8")
    (app / "data" / "actions.toml").write_text(actions, "utf-8")
    done = start(folder, folder, PUBLIC)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else done.stderr.splitlines()[-1]


def test_a_new_room_is_found_by_its_folder_alone(tmp_path):
    found = started(tmp_path)
    assert found["menu"]["办事和数据"][0] == found["navigation"]["办事"][0] == "失物招领"
    assert found["rights"] == ["clerk", "office"] and found["door"] == "lostproperty.view"
    assert (found["action"], found["public"], found["todo"]) == ("领走", "/lost/", ["待招领"])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"rights": f"{HEADER}\nrecords.write,可,,,,,,,可,,\n"}, "应当以“lostproperty.”开头"),
        ({"rights": f"{HEADER}\nlostproperty.view,可,,,,,,,可,,\nlostproperty.view,,,,,,,,可,,\n"}, "写了两次"),
        ({"rights": "动作,信息员\nlostproperty.view,可\n"}, "岗位不是这些"),
        ({"rights": f"{HEADER}\nlostproperty.view,行,,,,,,,可,,\n"}, "既不是“可”也不是空"),
        ({"room": ROOM.replace('"lostproperty.view"),)', '"lostproperty.see"),)')}, "不在 rights.csv 里"),
        ({"room": ROOM.replace('name="lost_list"', 'name="records"')}, "都叫“records”"),
        ({"room": "ROOM = None"}, "里没有 ROOM"),
    ],
    ids=["foreign", "twice", "roles", "mark", "right", "url", "room"],
)
def test_a_wrong_declaration_stops_the_start_with_a_sentence(tmp_path, changed, sentence):
    assert sentence in started(tmp_path, **changed)


def test_every_type_that_a_column_claims_exists_and_is_claimed_once():
    claimed = [one for room in rooms.rooms() for entry in room.navigation for one in entry.types]
    assert claimed and set(claimed) <= {kind.key for kind in types.all()}
    assert len(claimed) == len(set(claimed))
    assert rooms.column_of("normative").label == "政策文件库" and rooms.column_of("budget") is None
