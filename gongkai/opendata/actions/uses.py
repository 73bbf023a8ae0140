"""利用成果和评价。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.personal import masked, personal_data
from gongkai.adapters.plaintext import clean, line
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Dataset, Rating, Use
from ..terms import UseState
from .common import required_reason

VALUES = ("title", "kind", "maker", "url", "text")


@transaction.atomic
def propose_use(values: Mapping[str, Any], datasets: Iterable[Dataset], *, at: datetime) -> Use:
    """登记一项成果:写明用了哪些数据集。"""
    chosen = list(datasets)
    if not chosen:
        raise RuleBroken("没有选用了哪些数据集", fix="请至少选一个。")
    use = Use(at=at, **{name: values[name] for name in VALUES})
    use.title, use.maker, use.text = line(use.title)[:60], line(use.maker)[:60], clean(use.text).strip()[:2000]
    use.save()
    use.datasets.set(chosen)
    log("opendata.use", f"收到利用成果“{use}”", at=at, about=use)
    return use


@transaction.atomic
def decide_use(use: Use, show: bool, reason: str = "", *, by: User, at: datetime) -> Use:
    """核对以后展示,或者不展示。"""
    access.require(by, "opendata.keys")
    use = Use.objects.select_for_update().get(pk=use.pk)
    if use.state != UseState.PROPOSED and show:
        raise RuleBroken(f"这项成果{use.get_state_display()}", fix="请刷新页面。")
    if show and personal_data(f"{use.title}\n{use.maker}\n{use.text}"):
        raise RuleBroken("成果的说明里有个人信息", fix="请不展示，写明请对方改。")
    use.state = UseState.SHOWN if show else UseState.REFUSED
    use.reason = "" if show else required_reason(reason, "不展示的理由", most=200)
    use.decided_at, use.decided_by = at, by
    use.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    log(f"opendata.{'show' if show else 'hide'}", f"利用成果“{use}”", at=at, by=by, about=use)
    return use


@transaction.atomic
def rate(dataset: Dataset, stars: int, note: str, *, at: datetime) -> Rating:
    """评价一个数据集;不记是谁,说的话只给提供单位看。"""
    if not dataset.is_usable:
        raise RuleBroken("这个数据集现在不能评价", fix="请刷新页面。")
    rating = Rating.objects.create(dataset=dataset, stars=stars, note=masked(line(note), own=True)[:300], at=at)
    log("opendata.rate", f"数据集“{dataset}”得{stars}星", at=at, agency=dataset.agency, about=dataset)
    return rating
