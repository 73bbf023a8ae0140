"""相同、相近的意见归在一处:只为看得清、答得快,各自编号,一条也不删,数也照数。"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from gongkai.adapters import likeness
from gongkai.desk.moments import local_day
from gongkai.law import params

from ..models import Consultation, Opinion


def place_alike(consultation: Consultation, at: datetime) -> int:
    """给还没有比过的各条找出它同哪一条相近(没有的是它自己);返回归进别条的有几条。在调用者的事务里。

    先收到的在前,后来的只同前面各组的第一条比,所以归过的不再变,进了别条的也不用再读。
    """
    if not consultation.opinions.filter(like=None).exists():
        return 0
    first_ones = Q(like=F("pk"))
    rows = list(consultation.opinions.filter(first_ones | Q(like=None)).select_related("file").order_by("pk"))
    least = params.at("decisions.likeness", local_day(at)).value
    first = likeness.groups([likeness.sketch(row.whole_text) for row in rows], least)
    members: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        if row.like_id is None and first[place] != place:
            leader = rows[first[place]]
            members.setdefault(leader.like_id or leader.pk, []).append(row.pk)
    for leader_pk, pks in members.items():
        Opinion.objects.filter(pk__in=pks).update(like=leader_pk)
    consultation.opinions.filter(like=None).update(like=F("pk"))
    return sum(map(len, members.values()))
