"""照别处的样子自造的页,带着人读出来的答案:事实一项项对,不该有的地方整组对。"""

from __future__ import annotations

import json
from pathlib import Path


def rows(name):
    """The pages of a file of ``tests/data``."""
    return [
        json.loads(line) for line in (Path(__file__).parents[2] / "data" / name).read_text("utf-8").splitlines()
    ]


def missed(expected, found):
    """What of the answers is not found, by its path; a date of the notice may stand in either of two fields."""
    wrong = {}
    for key, want in expected.items():
        got = found.get(key)
        if key in ("detected", "responded"):
            wrong |= {} if want == (got and got[:10]) else {key: got}
        elif key == "hours_max":
            wrong |= {} if want == got or abs(want - got) < 0.25 else {key: got}
        elif key == "limits":
            wrong |= {} if sorted(want.values()) == sorted(got.values()) else {key: got}
        elif isinstance(want, dict) and isinstance(got, dict):
            wrong |= {f"{key}.{part}": said for part, said in missed(want, got).items()}
        elif key in ("issued", "published") and not {"issued", "published"} <= expected.keys():
            said = [found.get("feedback_published"), found.get("issued"), found.get("published")]
            wrong |= {} if want in said else {key: said}
        elif key == "channels":
            wrong |= {} if set(want) == set(got or []) else {key: got}
        elif key == "signup":
            wrong |= {} if got and got[1] == want[1] else {key: got}
        elif key in ("meeting_no", "meeting_date"):
            said = found["meeting"][key.removeprefix("meeting_")]
            wrong |= {} if said == want else {key: said}
        elif key == "total":
            wrong |= {} if want in (got, found.get("reps")) else {key: got}
        elif (got or None if key == "partly" else got) != want:
            wrong[key] = got
    return wrong
