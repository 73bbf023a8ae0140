"""督查考核测试用的方案、任务、考核。"""

from datetime import date

from gongkai.law.supervision import TaskKind
from gongkai.supervision import actions
from gongkai.supervision.models import Plan
from gongkai.supervision.shipped import Draft

ISSUED = date(2026, 3, 2)
SYSTEM = """
[system]
id = "t"
year = 2026
group = "department"
base = "100"
bonus_cap = "6"
bonus_gate_ratio = "0.50"

[[grade]]
name = "优秀"
at_least = "0.90"

[[indicator]]
id = "1"
name = "按时公开"
weight = "60"
kind = "ratio"
source = "figure:records.timely"
rule = { target = "1" }
[[indicator]]
id = "2"
name = "来信逾期"
weight = "20"
kind = "deduct"
source = "figure:engagement.timely"
rule = { points = "4", cap = "20" }
[[indicator]]
id = "3"
name = "制度"
weight = "20"
kind = "manual"
source = "manual"
standard = "制度齐全的得满分"
evidence = ["文件"]

[[bonus]]
id = "B1"
text = "经验被上级采用推广"
points = { province = "3", city = "2" }
cap = "4"
[[veto]]
id = "V1"
text = "公开不应公开的事项并造成严重影响"
effect = "cap"
cap = "59"
"""


def plan(own, at, *drafts, confirm=True, **options):
    """A plan of the agency with some tasks, sent out."""
    rows = drafts or (
        Draft("梳理目录", (own.agency.name,), kind=TaskKind.ONCE, due=date(2026, 11, 30), clause="1.1"),
    )
    given = {"starts_on": ISSUED, "ends_on": date(2026, 12, 31)} | options
    made = actions.enter_plan(own.agency, "2026年要点", ISSUED, rows, by=own.office, at=at, **given)
    if confirm:
        actions.confirm_plan(made, on=at.date(), by=own.office, at=at)
    return Plan.objects.get(pk=made.pk)


def piece(plan, number=0):
    """The first unit of a task of the plan."""
    return plan.tasks.all()[number].pieces.first()


def round_of(own, at, *agencies, text=SYSTEM):
    """An assessment of some units by the agency's inspector."""
    system = actions.save_system("部门表", text, on=at.date(), by=own.inspector, at=at, agency=own.agency)
    return actions.open_round(
        system,
        "2026年度考核",
        own.agency,
        agencies or [own.agency],
        starts_on=date(2026, 1, 1),
        ends_on=at.date(),
        by=own.inspector,
        at=at,
    )
