"""一个网站的几次访问说明什么:页脚、标签、域名、链接、暗链、首页打不打得开。没有打开的一律“未能核实”。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from gongkai.adapters.crawl import Reached
from gongkai.law.indicators import Answer

from .judging import Found
from .models import Outlet, Visit
from .terms import Purpose

HOLDS, SHORT, UNKNOWN = Answer.HOLDS, Answer.SHORT, Answer.UNKNOWN
#: Tags that the front page must have (网站发展指引 附件).
TAGS = ("sitename", "sitedomain", "siteidcode")
_FOOT = {
    "icp": "ICP备案号",
    "police": "公安备案号",
    "id_code": "标识码",
    "errors": "找错入口",
    "phone": "联系方式",
}
_ASKING = ("写信", "留言", "咨询", "信箱", "互动", "建言")
_SERVING = ("办事", "服务", "政务服务")


def site(outlet: Outlet, visits: Sequence[Visit]) -> dict[str, Found]:
    """The answers that a site's pages give."""
    home = next((one for one in visits if one.purpose == Purpose.HOME), None)
    found = _links(visits)
    found["D.DOMAIN"] = domain(outlet.url)
    if home is None or home.evidence is None or home.evidence.reached != Reached.OK:
        why = f"首页：{home.evidence.get_reached_display() if home and home.evidence else '没有访问'}；请换时间、换网络，由人打开看"
        return found | dict.fromkeys(("W2", "W5.1", "W6.1", "D.FOOT", "D.TAGS"), Found(UNKNOWN, why))
    facts = home.facts
    found["W2"] = Found(HOLDS, f"本次{home.evidence.seconds or 0:.1f}秒打开；没有连续监测")
    found["D.FOOT"], found["D.TAGS"] = (
        foot(outlet, facts.get("foot", {}), facts.get("tail", "")),
        tags(facts.get("meta", {})),
    )
    words = [words for _, words in facts.get("links", [])]
    found["W5.1"] = _entrance(words, _ASKING, "互动入口")
    found["W6.1"] = _entrance(words, _SERVING, "办事入口")
    if hidden := facts.get("hidden"):
        found["SEC.LINK"] = Found(SHORT, f"看不见的外链：{'、'.join(hidden[:5])}", len(hidden))
    return found


def _entrance(words: Iterable[str], marks: tuple[str, ...], what: str) -> Found:
    shown = [word for word in words if any(mark in word for mark in marks)]
    return (
        Found(HOLDS, f"首页有“{shown[0]}”")
        if shown
        else Found(UNKNOWN, f"首页的链接里没有找到{what}，可能由脚本显示，请人看")
    )


def domain(url: str) -> Found:
    """Whether a site lies below gov.cn."""
    host = urlsplit(url).hostname or ""
    good = host.endswith(".gov.cn")
    return Found(HOLDS if good else SHORT, f"域名{host}" + ("" if good else "不在 gov.cn 下"))


def foot(outlet: Outlet, seen: dict[str, Any], tail: str) -> Found:
    """The foot of the front page against the register; the mark of organs is often put in by a script, so that its
    absence says nothing."""
    known = {"icp": outlet.icp, "police": outlet.police, "id_code": outlet.id_code}
    there = {key for key, kept in known.items() if kept and _plain(kept) in _plain(tail)}
    lost = [label for key, label in _FOOT.items() if not seen.get(key) and key not in there]
    other = [
        f"{_FOOT[key]}是{seen[key]}，台账是{kept}"
        for key, kept in known.items()
        if kept and seen.get(key) and key not in there
    ]
    if lost or other:
        return Found(
            SHORT, "；".join(([f"页脚没有{'、'.join(lost)}"] if lost else []) + other), len(lost) + len(other)
        )
    return Found(
        HOLDS, "页脚齐全，同台账一致" + ("" if seen.get("mark") else "；党政机关网站标识由脚本显示，请人看")
    )


def _plain(text: str) -> str:
    return text.replace(" ", "").removesuffix("号")


def tags(meta: dict[str, str]) -> Found:
    """The tags of the front page."""
    lost = [name for name in TAGS if not meta.get(name)]
    return Found(SHORT, f"首页没有标签{'、'.join(lost)}", len(lost)) if lost else Found(HOLDS, "首页的标签齐全")


def _links(visits: Sequence[Visit]) -> dict[str, Found]:
    """Dead links: gone twice, an hour apart. What was refused or slow is not among them."""
    tried = [one for one in visits if one.purpose in (Purpose.LINK, Purpose.COLUMN) and one.evidence is not None]
    if not tried:
        return {}
    dead = [one for one in tried if one.evidence.reached == Reached.DEAD]
    soft = [one for one in tried if one.evidence.reached == Reached.SOFT]
    fine = [
        one for one in tried if one.evidence.reached in (Reached.OK, Reached.KIND, Reached.LARGE, Reached.HOME)
    ]
    open_ = len(tried) - len(dead) - len(fine)
    text = f"看了{len(tried)}个链接，失效{len(dead)}个，没有核实{open_}个"
    if dead:
        return {"D.LINK": Found(SHORT, f"{text}：{'、'.join(one.url for one in dead[:8])}", len(dead))}
    return {"D.LINK": Found(UNKNOWN if soft or not fine else HOLDS, text)}


def column(facts: dict[str, Any], known: int | None) -> tuple[date | None, int | None]:
    """(newest day, number of rows) of a column's page. No row where there were some before, or where a script may fill
    the page, is not a blank column: only a page that says so is."""
    days = facts.get("days", {})
    newest = date.fromisoformat(days["newest"]) if days.get("newest") else None
    if days.get("rows"):
        return newest, int(days["rows"])
    says = any(word in facts.get("excerpt", "") for word in ("暂无信息", "暂无内容", "暂无数据", "没有信息"))
    return None, 0 if says and not known else None
