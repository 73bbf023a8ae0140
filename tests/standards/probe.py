"""标准化的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from __future__ import annotations

from decimal import Decimal

from gongkai.desk.moments import local_day
from gongkai.law.agencies import AgencyKind
from gongkai.law.villages import Unit
from gongkai.org.models import Agency, Place
from gongkai.standards import actions
from gongkai.standards.models import Area, Enterprise, Equipment, Item, Period, Village, Zone
from gongkai.standards.terms import BookKind

#: Doors that open to whoever sees catalogues; each act asks for its own right, and what is not in that stage is refused.
BY_THE_CASE = {"standards_act", "standards_judge", "standards_excuse"}


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
    """A catalogue being drawn up, a period of a village, a zone and an enterprise, each as secret as a draft."""
    first, second, third = catalogue(own, at, secret), village(own, at, secret), places(own, at, secret)
    return {
        "pks": first["pks"] | second["pks"] | third["pks"],
        "arguments": first["arguments"] | second["arguments"] | third["arguments"],
    }


def village(own, at, secret):
    """A period with an item, an entry and an objection."""
    opened = {"by": own.clerk, "at": at}
    one = actions.save_village(Village(town=own.agency, name=secret, board=secret), **opened)
    before, period = (actions.open_period(one, Unit.QUARTER, 2025, number, **opened) for number in (1, 2))
    item = actions.save_item(Item(period=period), {"kind": "village", "title": secret}, **opened)
    actions.add_entries(period, [(period.span[0], True, secret, Decimal(1))], **opened)
    Period.objects.filter(pk=before.pk).update(state="posted", posted_on=local_day(at))
    objection = actions.send_objection(Period.objects.get(pk=before.pk), secret, at=at)[0]
    on_village = ("standards_village", "standards_open_period")
    on_item = ("standards_item", "standards_drop_item")
    return {
        "pks": dict.fromkeys(on_village, one.pk)
        | dict.fromkeys(on_item, item.pk)
        | {
            "standards_period": period.pk,
            "standards_period_act": period.pk,
            "standards_drop_entry": period.entries.get().pk,
            "standards_answer_objection": objection.pk,
        },
        "arguments": {"standards_period_act": {"key": "item"}},
    }


def places(own, at, secret):
    """A zone with equipment; an enterprise under the agency with a complaint."""
    opened = {"by": own.clerk, "at": at}
    place = Place.objects.create(agency=own.agency, name="探测体验区", kind="experience", address="x", hours="x")
    zone = actions.save_zone(Zone(place=place, number="P-1"), [], [], on=local_day(at), **opened)
    device = actions.save_equipment(
        Equipment(zone=zone, kind="kiosk", number="P-1", checked_on=local_day(at)), **opened
    )
    comment = actions.write_comment(zone, secret, local_day(at), BookKind.PAPER, **opened)
    unit = Agency.objects.create(code="MH09P", name="明湖区探测公司", kind=AgencyKind.ENTERPRISE)
    made = actions.save_enterprise(Enterprise(agency=unit, bureau=own.agency, sector="water"), **opened)
    complaint = actions.send_complaint(made, secret, at=at)[0]
    on_zone = ("standards_zone", "standards_edit_zone", "standards_zone_add", "standards_zone_edit")
    on_unit = ("standards_enterprise", "standards_edit_enterprise", "standards_new_outage", "standards_disclose")
    return {
        "pks": dict.fromkeys(on_zone, zone.pk)
        | dict.fromkeys(on_unit, made.pk)
        | {"standards_complaint": complaint.pk, "standards_answer_comment": comment.pk},
        "arguments": {
            "standards_zone_add": {"key": "day"},
            "standards_zone_edit": {"kind": "equipment", "row": device.pk},
            "standards_disclose": {"key": "price"},
        },
    }


def catalogue(own, at, secret):
    """A catalogue being drawn up, with a row, an event and a sheet."""
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
