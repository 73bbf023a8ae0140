"""建立一轮:抽样框先定下、种子约定好(封存,或者一个还没有产生的公开数),再照约定抽样;事后填的种子不收。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from gongkai.adapters.plaintext import line
from gongkai.law import indicators, params
from gongkai.law.errors import RuleBroken
from gongkai.law.indicators import Effect
from gongkai.law.outlets import ONLINE, Platform
from gongkai.org import access
from gongkai.org.actions import drawing
from gongkai.org.models import User

from .. import sampling
from ..models import Finding, Outlet, Round, Sample
from ..terms import STANDING, FindingState, RoundState
from .common import bumped, in_state, noted_round
from .outlets import address

#: What is closed when a round is opened, in the words of the rules on drawings.
LIST = "抽样框的名单"


def members(site_percent: int, account_percent: int) -> list[sampling.Member]:
    """The frame as it is now: everything online, by platform and kind of agency."""
    rows = Outlet.objects.filter(state__in=ONLINE).select_related("agency").order_by("pk")
    return [
        sampling.Member(
            one.pk,
            f"{one.get_platform_display()}·{one.agency.get_kind_display()}",
            site_percent if one.platform == Platform.SITE else account_percent,
            one.name,
        )
        for one in rows
    ]


@transaction.atomic
def open_round(
    year: int,
    quarter: int,
    on: date,
    *,
    by: User,
    at: datetime,
    source: str = "",
    comes_out: datetime | None = None,
    site_percent: int | None = None,
    account_percent: int | None = None,
    name: str = "",
    canaries: Sequence[Mapping[str, str]] = (),
) -> Round:
    """建立一轮:抽样框照现在的台账定下,种子约定好,还没有抽。

    Args:
        source: the public number that will be the seed; empty for one that the machine takes and seals now.
        comes_out: when that number comes out, after now.
    """
    access.require(by, "inspections.check")
    site = params.at("inspection.site_percent", on).value if site_percent is None else site_percent
    account = params.at("inspection.account_percent", on).value if account_percent is None else account_percent
    frame = members(site, account)
    if not frame:
        raise RuleBroken("台账里没有在运行的网站和账号", fix="请先登记台账。")
    agreed = drawing.agree(None, source=source, comes_out=comes_out, closes=at, at=at, what=LIST)
    round = Round.objects.create(
        year=year,
        quarter=quarter,
        on=on,
        drawing=agreed,
        site_percent=site,
        account_percent=account,
        made_by=by,
        made_at=at,
        name=line(name) or f"{year}年第{quarter}季度网站和政务新媒体检查",
        frame=sampling.frame(frame),
        members=[[one.key, one.name, one.stratum, one.percent] for one in frame],
        canaries=[{"url": address(one["url"]), "expect": one["expect"]} for one in canaries],
    )
    said = f"种子用{agreed.source}" if agreed.source else f"种子已经封存，散列{agreed.commitment}"
    noted_round("round", round, f"抽样框{len(frame)}个，{said}", at=at, by=by)
    return round


@transaction.atomic
def draw_sample(round: Round, number: str = "", *, by: User, at: datetime, seen: str | None = None) -> Round:
    """照约定抽样。上一轮仍有没有复查通过的,它的阵地一定在内(回头看)。

    Args:
        number: the public number, where one was agreed on.
    """
    round = in_state(round, by, seen, RoundState.DRAFT)
    frame = sampling.members_of(round.members)
    keys = [str(one.key) for one in frame]
    done = drawing.draw(round.drawing, keys, 0, number=number, closes=round.made_at, at=at, what=LIST)
    round.drawing, round.seed = done, done.seed
    bumped(round, "seed")
    drawn = sampling.draw(frame, round.seed)
    again = _unmended(round) - {one.key for one in drawn}
    strata = {one.key: one.stratum for one in frame}
    rows = [Sample(round=round, outlet_id=one.key, stratum=one.stratum) for one in drawn]
    rows += [
        Sample(round=round, outlet_id=key, stratum=f"回头看·{strata[key]}")
        for key in sorted(again)
        if key in strata
    ]
    Sample.objects.bulk_create(rows)
    noted_round(
        "draw",
        round,
        f"抽样框{len(frame)}个，抽中{len(drawn)}个，回头看{len(rows) - len(drawn)}个",
        at=at,
        by=by,
        seed=round.seed,
    )
    return round


def _unmended(round: Round) -> set[int]:
    """Outlets with a veto of an earlier round that is still open."""
    vetoes = [code for code, one in indicators.table().items() if one.effect is Effect.VETO]
    open_ = Finding.objects.filter(Q(state__in=STANDING) & ~Q(state=FindingState.CLOSED), code__in=vetoes).exclude(
        round=None
    )
    return set(open_.exclude(round=round).values_list("outlet", flat=True))
