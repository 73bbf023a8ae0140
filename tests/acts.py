"""谁在哪个环节能办什么:读 ``tables/`` 里的案例表,各间屋子的矩阵测试共用。"""

import csv
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).parent / "tables"


def table(name, what):
    """(act, state) → the roles that may, of the rows of ``tables/name`` about ``what``."""
    found = defaultdict(set)
    for kind, key, roles, states in csv.reader((FOLDER / name).read_text("utf-8").splitlines()[1:]):
        if kind == what:
            for state in states.split():
                found[key, state] = set(roles.split())
    return found
