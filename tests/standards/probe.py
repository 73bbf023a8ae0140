"""标准化的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from __future__ import annotations

from gongkai.desk.moments import local_day
from gongkai.standards import actions
from gongkai.standards.models import Area, Standard

#: Doors that open to whoever sees catalogues; each act asks for its own right, and what is not in that stage is refused.
BY_THE_CASE = {"standards_act"}


def line(secret):
    """One row of a sheet, as it is read."""
    columns = {"一级事项": secret, "公开时限": "收到批准文件后十日", "公开主体": "明湖区人民政府办公室"}
    return {
        "at": 1,
        "columns": columns,
        "due": [{"kind": "within", "n": 10, "unit": "day", "trigger": "收到批准文件"}],
        "channels": None,
        "merged": [],
        "doubts": [],
    }


def samples(own, at, secret):
    """A catalogue being drawn up, with a row, an event and a sheet, each as secret as a draft."""
    actions.install_areas(by=None, at=at)
    area, opened = Area.objects.first(), {"by": own.clerk, "at": at}
    given = (area, own.agency, f"{secret}.xlsx", "0" * 64, [line(secret)], ["一级事项"], {"一级事项": 100}, [])
    standard = actions.take_in(actions.keep_sheet(*given, **opened), 2026, **opened)
    sheet = actions.keep_sheet(*given, **opened)
    row = standard.rows.get()
    actions.assign(row, [own.agency], **opened)
    charge = row.charges.get()
    event = actions.enter_event(charge, local_day(at), secret, **opened)
    on_standard = (
        "standards_one",
        "standards_xlsx",
        "standards_differences",
        "standards_act",
        "standards_inherit",
        "standards_new_row",
    )
    on_row = ("standards_row", "standards_link", "standards_confirm", "standards_remove")
    on_charge = ("standards_charge", "standards_event", "standards_answer")
    return {
        "pks": {
            **dict.fromkeys(on_standard, standard.pk),
            **dict.fromkeys(on_row, row.pk),
            **dict.fromkeys(on_charge, charge.pk),
            "standards_intake": sheet.pk,
            "standards_area": area.pk,
        },
        "arguments": {"standards_act": {"key": "submit"}, "standards_answer": {"event": event.pk}},
    }


def fresh(standard):
    """The row as it is now."""
    return Standard.objects.get(pk=standard.pk)
