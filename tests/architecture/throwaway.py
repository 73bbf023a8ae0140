"""加一间只在测试里有的屋子“失物招领”,另起一个程序问它话。"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = """
import gongkai
gongkai.__path__.append({folder!r})
from gongkai.web.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "gongkai.lostproperty"]
ALLOWED_HOSTS = ["testserver"]
"""
#: What either test asks first: the program starts whole, and the room is found.
START = """
import json, django
django.setup()
from django.core.management import call_command
call_command("check")
from django.urls import resolve, reverse
from gongkai.desk import rooms
from gongkai.org import access, words
found = {
    "menu": {group.value: [entry.label for entry in entries] for group, entries in rooms.desk_menu()},
    "navigation": {group.value: [entry.label for entry in entries] for group, entries in rooms.public_navigation()},
    "rights": sorted(access.RIGHTS["lostproperty.view"]),
    "action": words.action("lostproperty.hand_out"),
    "door": resolve(reverse("desk:lost_list")).func.desk_action,
    "todo": [panel.label for room in rooms.rooms() for panels in room.todo
             if panels.__module__.startswith("gongkai.lostproperty") for panel in panels(None, None)],
}
"""
ANSWER = "\nprint(json.dumps(found))\n"


def start(folder, package, more=""):
    """The program with the room in ``package``/lostproperty, on an empty database of its own.

    Args:
        more: further lines of the program; they put what they find into ``found``.

    Returns:
        The finished process; the last line of its output is ``found`` as JSON.
    """
    (folder / "lost_settings.py").write_text(SETTINGS.format(folder=str(package)), "utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "lost_settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}",
        "GONGKAI_DATA": str(folder / "data"),
        "GONGKAI_PLAIN_STATIC": "1",
    }
    program = [sys.executable, "-c", START + more + ANSWER]
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
