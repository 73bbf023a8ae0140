"""由事实得出回答:多久没有更新、栏目空不空、访问了几次。事实不够的是“未能核实”,不猜。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.adapters.crawl import TELLING, Reached
from gongkai.law import inspection as law
from gongkai.law import outlets, params
from gongkai.law.indicators import Answer
from gongkai.law.inspection import Amount

from .models import Column, Outlet, Post
from .terms import ColumnKind, PostKind

MONTH = law.MONTH_DAYS
#: Which parameter says how long a column of a kind may stand still; the value is in months or in days.
PERIODS = {
    ColumnKind.NEWS: ("update_days", 1),
    ColumnKind.NOTICE: ("policy_months", MONTH),
    ColumnKind.POLICY: ("policy_months", MONTH),
    ColumnKind.INTERPRETATION: ("policy_months", MONTH),
    ColumnKind.MESSAGES: ("message_months", MONTH),
}
KEY = (ColumnKind.NEWS, ColumnKind.NOTICE, ColumnKind.POLICY)


@dataclass(frozen=True, slots=True)
class Found:
    """一项查下来:回答、几处、事实。"""

    answer: Answer
    note: str
    count: int = 1


def national_days(kind: str, on: date) -> int | None:
    """How many days a column of this kind may stand still by the national table; None where it has no number."""
    if kind not in PERIODS:
        return None
    name, factor = PERIODS[ColumnKind.from_value(kind)]
    return int(law.limit(name, on)) * factor


def is_stale(column: Column, on: date) -> bool | None:
    """Whether a column fell behind its national duty, or, where it has none, its own; None while that is not known."""
    days = national_days(column.kind, on) or column.days
    if column.exempt or days is None:
        return False
    if column.latest_on is None:
        return None if column.count is None or column.count else False
    return (on - column.latest_on).days > days


def is_blank(column: Column) -> bool | None:
    """Whether nothing ever stood in it; a column whose list could not be read is not blank."""
    return None if column.count is None else column.count == 0


def columns(rows: Sequence[Column], on: date) -> dict[str, Found]:
    """The answers that hang on columns: W3, W4.1–W4.3, D.NEWS, D.POLICY6M, D.INTERP6M, D.MSG2M, D.COLUMN."""
    if not rows:
        return {}
    due = [one for one in rows if not one.exempt]
    found: dict[str, Found] = {}
    key = [one for one in due if one.level == 1 and one.kind in KEY]
    found["W4.1"] = _counted(key, [is_stale(one, on) for one in key], "key_columns", "没有按期更新的一级栏目", on)
    found["W4.2"] = _counted(due, [is_stale(one, on) for one in due], "stale_columns", "应更新没有更新的栏目", on)
    found["W4.3"] = _counted(due, [is_blank(one) for one in due], "blank_columns", "空白栏目", on)
    news = [one.latest_on for one in due if one.latest_on is not None]
    if news:
        late = law.dormant_between(max(news), on)
        found["W3"] = Found(Answer.SHORT if late else Answer.HOLDS, f"各栏目最近一条是{max(news)}")
    else:
        found["W3"] = Found(Answer.UNKNOWN, "没有读到一个栏目的日期")
    kinds = {
        "D.NEWS": ColumnKind.NEWS,
        "D.POLICY6M": ColumnKind.POLICY,
        "D.INTERP6M": ColumnKind.INTERPRETATION,
        "D.MSG2M": ColumnKind.MESSAGES,
    }
    for code, kind in kinds.items():
        if named := [one for one in due if one.kind == kind]:
            found[code] = _freshest(named, on)
    rest = [
        one
        for one in due
        if one.kind in (ColumnKind.OTHER, ColumnKind.ABOUT, ColumnKind.STATISTICS, ColumnKind.NOTICE)
    ]
    behind = [one for one in rest if is_stale(one, on) or is_blank(one)]
    if rest:
        answer = (
            Answer.SHORT
            if behind
            else Answer.UNKNOWN
            if any(is_blank(one) is None for one in rest)
            else Answer.HOLDS
        )
        found["D.COLUMN"] = Found(answer, _names(behind) or f"{len(rest)}个栏目按期更新", max(1, len(behind)))
    return found


def _names(rows: Iterable[Column]) -> str:
    return "、".join(f"{one}（{one.latest_on or '空白'}）" for one in list(rows)[:12])


def _counted(rows: Sequence[Column], late: Sequence[bool | None], limit: str, what: str, on: date) -> Found:
    """So many are enough to fail; what is not known may tip the balance, then nothing is said."""
    bad = [row for row, flag in zip(rows, late, strict=True) if flag]
    open_ = sum(flag is None for flag in late)
    most = law.limit(limit, on)
    text = f"{what}{len(bad)}个" + (f"：{_names(bad)}" if bad else "") + (f"；{open_}个没有读到" if open_ else "")
    if Amount(Decimal(len(bad))).reaches(most):
        return Found(Answer.SHORT, text, len(bad))
    return Found(Answer.UNKNOWN if len(bad) + open_ >= most else Answer.HOLDS, text, max(1, len(bad)))


def _freshest(rows: Sequence[Column], on: date) -> Found:
    """Columns of one kind stand for each other: it is the newest of them that counts."""
    days = [one.latest_on for one in rows if one.latest_on is not None]
    states = [True if is_blank(one) else is_stale(one, on) for one in rows]
    if False in states:
        return Found(Answer.HOLDS, f"最近更新{max(days)}" if days else "不考核更新")
    if None in states:
        return Found(Answer.UNKNOWN, f"没有读到：{_names(rows)}")
    return Found(Answer.SHORT, f"没有按期更新：{_names(rows)}", len(rows))


def account(outlet: Outlet, posts: Sequence[Post], allowed: set[str], on: date) -> dict[str, Found]:
    """What the register and the imported posts of an account tell: M2, L.FREQ, L.ORIGINAL, M.SOURCE, REG.CLOSE."""
    found: dict[str, Found] = {}
    last = max(
        (day for day in (outlet.updated_on, *(post.on for post in posts)) if day and day <= on), default=None
    )
    if last is None:
        found["M2"] = Found(Answer.UNKNOWN, "没有最近更新的日期，请打开账号看")
        found["L.FREQ"] = found["M2"]
    else:
        days = (on - last).days
        text = f"最近更新{last}，到{on}是{days}天"
        found["M2"] = Found(Answer.SHORT if law.dormant_between(last, on) else Answer.HOLDS, text)
        local = params.at("inspection.local_update_days", on).value
        found["L.FREQ"] = Found(Answer.SHORT if days > local else Answer.HOLDS, text)
    recent = [post for post in posts if 0 <= (on - post.on).days <= MONTH]
    if recent:
        own = [post for post in recent if post.kind != PostKind.RELAY]
        text = f"三十天里{len(recent)}条，原创{len(own)}条"
        found["L.ORIGINAL"] = Found(Answer.HOLDS if own else Answer.SHORT, text)
        strange = [post for post in recent if post.kind == PostKind.RELAY and post.source not in allowed]
        names = "、".join(f"“{post}”（{post.source or '没有注明来源'}）" for post in strange[:5])
        found["M.SOURCE"] = Found(
            Answer.SHORT if strange else Answer.HOLDS, names or "转载都注明了白名单里的来源", max(1, len(strange))
        )
    if outlet.cancel_on is not None and outlets.owes_updates(outlets.State.from_value(outlet.state)):
        late = on > outlet.cancel_on and outlet.state == outlets.State.ANNOUNCED
        found["REG.CLOSE"] = Found(
            Answer.SHORT if late else Answer.HOLDS, f"公告的启动注销之日是{outlet.cancel_on}"
        )
    return found


def watched(posts: Sequence[Post], words: Sequence[tuple[str, str]], on: date) -> dict[str, Found]:
    """Titles with a word that is often wrong, shown with what stands around it: only a person says whether it is."""
    hits = [
        f"{post.on}“{post.title[max(0, post.title.find(word) - 12) : post.title.find(word) + len(word) + 12]}”（{advice}）"
        for post in posts
        if 0 <= (on - post.on).days <= MONTH
        for word, advice in words
        if word in post.title
    ]
    return (
        {"M1": Found(Answer.UNKNOWN, f"标题里有要留意的词，请人看：{'；'.join(hits[:5])}", len(hits))}
        if hits
        else {}
    )


def is_void(reached: Iterable[str], on: date) -> bool:
    """Whether so many visits of a round failed that the fault is likely one's own: then nothing of it counts."""
    rows = list(reached)
    if len(rows) < params.at("inspection.mass_failure_least", on).value:
        return False
    failed = sum(one not in (*TELLING, Reached.SOFT, Reached.ROBOTS) for one in rows)
    return 100 * failed > params.at("inspection.mass_failure_percent", on).value * len(rows)
