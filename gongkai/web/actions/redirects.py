"""旧网址:登记、去掉、成批导入。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.org.actions import log
from gongkai.org.actions.journal import changes, snapshot
from gongkai.org.models import User

from ..models import OldAddress
from ..redirects import Plan, checked

_SHOWN = ("path", "kind", "record", "target", "note")
_BATCH = 1000


@transaction.atomic
def save_address(address: OldAddress, *, by: User | None, at: datetime) -> OldAddress:
    """登记或者修改一个旧网址。Raises RuleBroken if it or its target is not in order, or the address is there already."""
    old = OldAddress.objects.select_for_update().filter(pk=address.pk).first() if address.pk else None
    checked(address)
    if other := OldAddress.objects.filter(path=address.path).exclude(pk=address.pk).first():
        raise RuleBroken(f"“{address.path}”已经登记过（{other.get_kind_display()}）", fix="请改那一条。")
    if old:
        address.save(update_fields=_SHOWN)
    else:
        address.save()
    changed = changes(snapshot(old, *_SHOWN), snapshot(address, *_SHOWN))
    if changed or old is None:
        summary = f"{'修改' if old else '登记'}旧网址{address}：{address.get_kind_display()} {address.to}".rstrip()
        log("web.redirect", summary, at=at, by=by, about=address, changed=changed)
    return address


@transaction.atomic
def drop_address(address: OldAddress, *, by: User | None, at: datetime) -> None:
    """去掉一个旧网址;再有人来找,就是没有。"""
    log("web.undirect", f"去掉旧网址{address}", at=at, by=by, about=address, before=snapshot(address, *_SHOWN))
    address.delete()


@transaction.atomic
def import_addresses(plan: Plan, name: str, *, by: User | None, at: datetime) -> int:
    """收下导入里该写的各行;写了几行。坏行、重复的行不写。"""
    take = plan.written_addresses
    changed = [one for one in take if one.pk]
    OldAddress.objects.bulk_create([one for one in take if not one.pk], batch_size=_BATCH)
    if changed:
        OldAddress.objects.bulk_update(changed, _SHOWN, batch_size=_BATCH)
    if take:
        counts = "，".join(f"{verdict}{n}行" for verdict, n in plan.counts.items() if n)
        log("web.redirects", f"从《{name}》导入旧网址：{counts}", at=at, by=by, counts=plan.counts)
    return len(take)
