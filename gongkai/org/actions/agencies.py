"""单位和查阅点:新建、修改、撤并、停用。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken

from ..models import Agency, Membership, Place, User
from .journal import changes, log, snapshot
from .people import grant, revoke

#: What is kept of an agency and of a place; the forms ask for the same.
AGENCY = (
    "code",
    "name",
    "short_name",
    "kind",
    "parent",
    "uscc",
    "number_codes",
    "letter_code",
    "order",
    "duties",
    "leader",
    "address",
    "hours",
    "phone",
    "fax",
    "email",
)
PLACE = ("agency", "name", "kind", "address", "hours", "phone", "services", "keeper", "closed_on")


@transaction.atomic
def save_agency(agency: Agency, *, by: User | None, at: datetime) -> Agency:
    """新建或者修改单位;改了什么、原来是什么都记下。"""
    old = Agency.objects.filter(pk=agency.pk).first() if agency.pk else None
    agency.full_clean()
    agency.save()
    changed = changes(snapshot(old, *AGENCY), snapshot(agency, *AGENCY))
    if changed or old is None:
        log(
            "org.agency",
            f"{'修改' if old else '新建'}单位{agency}",
            at=at,
            by=by,
            agency=agency,
            about=agency,
            changed=changed,
        )
    return agency


@transaction.atomic
def merge(
    agency: Agency,
    successor: Agency,
    *,
    on: date,
    by: User | None,
    at: datetime,
    staff: Iterable[Membership] = (),
) -> None:
    """撤并单位:历史信息仍归原单位名下,由承继单位的人接着管(C50)。

    ``staff`` 是一并转过去的任职:先给承继单位的同一岗位,再去掉原来的;原单位别的任职不动。

    写下的 ``org.merge`` 记录带着承继单位的代码(``detail["successor"]``),上面各层听到后把在办的事移过去。
    """
    list(Agency.objects.select_for_update().filter(pk__in=(agency.pk, successor.pk)))
    agency.refresh_from_db()
    successor.refresh_from_db()
    if agency.pk == successor.pk:
        raise RuleBroken("承继单位不能是它自己", fix="请选另一个单位。")
    if agency.ended_on:
        raise RuleBroken(f"{agency}已于{agency.ended_on}撤并", fix="请核对单位。")
    if successor.ended_on:
        raise RuleBroken(f"{successor}已于{successor.ended_on}撤并，不能承继", fix="请选在用的单位。")
    agency.ended_on, agency.successor = on, successor
    agency.save(update_fields=["ended_on", "successor"])
    for membership in Membership.objects.filter(pk__in=[one.pk for one in staff], agency=agency):
        grant(membership.user, successor, Role(membership.role), by=by, at=at)
        revoke(membership, by=by, at=at)
    log(
        "org.merge",
        f"{agency}自{on}起撤并，由{successor}承继",
        at=at,
        by=by,
        agency=agency,
        about=agency,
        successor=successor.code,
        on=str(on),
    )


@transaction.atomic
def save_place(place: Place, *, by: User | None, at: datetime) -> Place:
    """新建、修改或者停用(填 ``closed_on``)查阅点。"""
    old = Place.objects.select_related("agency").filter(pk=place.pk).first() if place.pk else None
    place.full_clean()
    place.save()
    changed = changes(snapshot(old, *PLACE), snapshot(place, *PLACE))
    if changed or old is None:
        verb = "新建" if old is None else "停用" if "停用之日" in changed and place.closed_on else "修改"
        log("org.place", f"{verb}查阅点{place}", at=at, by=by, agency=place.agency, about=place, changed=changed)
    return place
