"""催报:区政府办督促一个单位公开缺的、超期的、过了期限的(《条例》第四十七条)。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from .. import urges
from ..models import Urge


@transaction.atomic
def urge(agency: Agency, items: Iterable[str], note: str = "", *, by: User, at: datetime) -> list[Urge]:
    """催一个单位公开几件。

    Args:
        items: keys of ``urges.owed``.

    Raises:
        RuleBroken: nothing chosen, something that is not owed (any more), or that was urged a short while ago.
    """
    access.require(by, "records.urge", agency)
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    on, chosen = local_day(at), list(dict.fromkeys(items))
    if not chosen:
        raise RuleBroken("没有选要催的", fix="请勾选。")
    owed, before = {due.key: due for due in urges.owed(agency, on)}, urges.latest(agency)
    if any(key not in owed for key in chosen):
        raise RuleBroken("有的已经公开，或者不是这个单位应当公开的", fix="请刷新页面再选。")
    if soon := [before[key] for key in chosen if key in before and urges.too_soon(before[key], on)]:
        first = soon[0]
        raise RuleBroken(
            f"“{first}”{local_day(first.at)}由{first.by}催过，还没有过间隔的日子",
            fix="请过几天再催，或者直接同这个单位联系。",
        )
    rows = [Urge(agency=agency, note=note.strip()[:200], by=by, at=at, **_thing(key)) for key in chosen]
    for row in rows:
        row.save()
    names = "、".join(f"“{row}”" for row in rows[:3]) + (f"等{len(rows)}件" if len(rows) > 3 else "")
    log("records.urge", f"催{agency}公开{names}", at=at, by=by, agency=agency, about=agency, items=chosen)
    return rows


def _thing(key: str) -> dict[str, object]:
    kind, _, name = key.partition(":")
    return {"record_id": int(name)} if kind == "record" else {"duty": name}
