"""今天:按最迟那一天排的一张单子。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.desk import agenda, rooms, todo
from gongkai.desk.todo import Panel, Task
from gongkai.org.models import Agency

#: 一个星期五:往后三个工作日到下星期三。
ON = date(2026, 9, 11)


def panel(label: str, *tasks: Task) -> Panel:
    return Panel(label, "", len(tasks), "/desk/x/", tasks)


def due(title: str, day: int | None, kind: str = "") -> Task:
    return Task(title, f"/desk/{title}/", kind=kind, due=date(2026, 9, day) if day else None)


GROUPS = [
    ("申请", [panel("待签发的答复", due("昨天", 10), due("去了很久", 1), due("星期三", 16), due("星期四", 17))]),
    (
        "互动",
        [
            panel("待办理的来信", due("今天", 11), due("星期天", 13)),
            panel("暂停的通道", due("停了", None, "stop")),
        ],
    ),
    ("公开", [panel("我的草稿", due("不急", None)), panel("催报的", due("昨天", 10))]),
]


def test_what_presses_stands_by_its_last_day_and_once():
    found = [
        (stretch.label, stretch.is_late, [(line.task.title, line.left) for line in stretch.lines])
        for stretch in agenda.stretches(GROUPS, ON)
    ]
    assert found == [
        ("已经过期", True, [("昨天", "逾期1天"), ("去了很久", "逾期10天")]),
        ("今天到期", False, [("今天", "今天")]),
        ("3个工作日内", False, [("星期天", "还有2天"), ("星期三", "还有5天")]),
        ("没有期限，要紧的", False, [("停了", "")]),
    ]


def test_the_days_ahead_say_what_is_due():
    assert agenda.ahead(GROUPS, ON) == [
        (date(2026, 9, 13), [("待办理的来信", 1)]),
        (date(2026, 9, 16), [("待签发的答复", 1)]),
        (date(2026, 9, 17), [("待签发的答复", 1)]),
    ]


def test_a_long_stretch_is_folded():
    many = [("申请", [panel("待签发的答复", *(due(str(n), 10) for n in range(agenda.LISTED + 3)))])]
    (stretch,) = agenda.stretches(many, ON)
    assert len(stretch.first) == agenda.LISTED and [line.task.title for line in stretch.more] == ["8", "9", "10"]


@pytest.mark.parametrize(
    ("label", "act"),
    [
        ("待审核的来信答复", "审核"),
        ("待核定的答复：政策", "核定"),
        ("没有公布实录的发布会", "公布"),
        ("公开着而没有解读的文件", "解读"),
        ("我承办的申请", "办理"),
    ],
)
def test_the_button_says_what_is_done(label, act):
    assert panel(label).act == act


def test_what_is_past_its_day_says_so(monkeypatch):
    told = Task("查过的", "/desk/z/", badge="升级", kind="stop", due=date(2026, 9, 1))
    room = rooms.Room(
        todo=(lambda user, on: [panel("待办", due("昨天", 10), due("今天", 11), told), panel("空的")],)
    )
    monkeypatch.setattr(todo, "rooms", lambda: (room,))
    (found,) = todo.all_panels(None, ON)
    assert [(task.title, task.badge, task.kind) for task in found.tasks] == [
        ("昨天", "逾期", "stop"),
        ("今天", "", ""),
        ("查过的", "升级", "stop"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("made", "queries"), [(0, 1), (todo.PREVIEW, 1), (todo.PREVIEW + 1, 2)])
def test_what_fits_the_page_is_not_counted_again(made, queries, django_assert_num_queries):
    """The number is right all the same."""
    Agency.objects.bulk_create(Agency(code=f"U{n}", name=f"单位{n}", kind="department") for n in range(made))
    with django_assert_num_queries(queries):
        panel = todo.panel_of("单位", "", Agency.objects.all(), lambda agency: Task(agency.name, ""), "/")
    assert (panel.count, len(panel.tasks)) == (made, min(made, todo.PREVIEW))
