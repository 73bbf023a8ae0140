"""读通报里的一条问题:依检查指标的哪一项,国办口径否决、不否决,还是事实不够。

没有数量、时间、性质的话(“多个栏目”“更新不及时”)只说哪一项,不说否决;否决只来自写明的事实和
``law/inspection.py`` 的界限。
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ..pages.text import figures
from . import amounts, scored
from .measured import Finding, Verdict, by_code, measured

_CLAUSE = re.compile(r"[;。\n]")
_CLEAN = re.compile(
    r"未发现|(?<!页面)(?<!网页)(?<!文件)(?<!内容)不存在(?![”\"'])|未出现|没有发现|未见(?:异常|问题|明显|违规|错误)|已整改到位|均已整改|整改完毕|已完成整改|已全部整改|更新及时|正常更新"
)
_MEDIA = re.compile(
    r"微信|微博|公众号|服务号|订阅号|抖音|快手|头条|视频号|小程序|APP|客户端|新媒体|账号|政务号|百家号|澎湃|B站|小红书"
)


def read(row: Mapping[str, Any]) -> dict[str, Any]:
    """``rule`` (a code, a list of codes, or None) and ``national_veto`` (True, False, or None: facts too few)."""
    text = fold(row.get("finding"))
    subject, platform = fold(row.get("subject")), fold(row.get("platform"))
    checked = amounts.day(row.get("checked_on")) or amounts.day(row.get("date"))
    finding = Finding(
        text=text,
        subject=subject + platform,
        media=_is_media(row.get("kind"), platform, subject),
        column=platform in ("栏目", "专栏") or (platform == "" and subject.endswith(("栏目", "专栏"))),
        scored=row.get("points") not in (None, "", 0),
        checked=checked,
        checked_exactly=amounts.day(row.get("checked_on")),
        last=amounts.day(row.get("last_update"), last=True),
        repeated=_repeated(row.get("repeat_quarters")),
    )
    return _whole([entry for clause in _clauses(text) for entry in judge(clause, finding)], finding)


def judge(clause: str, finding: Finding) -> Iterable[Verdict]:
    """The rules that one clause states, each with its verdict, in the order of the words table."""
    found: list[Verdict] = []
    weak: list[Verdict] = []
    for topic in topics():
        if topic.get("only") not in (None, "media" if finding.media else "site"):
            continue
        about_error = topic["code"] == "ERR3D" and says(topic, finding.subject)
        if not (says(topic, clause) or about_error):
            continue
        code = topic.get("media", topic["code"]) if finding.media else topic["code"]
        if any(code == known for known, _ in [*found, *weak]):
            continue
        (weak if topic.get("weak") else found).append((code, {"yes": True, "no": False}.get(topic["veto"])))
        if topic.get("alone"):
            return [*found, *(entry for entry in measured(clause, finding) if topic.get("measured") and entry[1])]
    found += [entry for entry in measured(clause, finding) if entry[0] not in {code for code, _ in found}]
    return found or _likely(clause, finding, weak)


def _likely(clause: str, finding: Finding, weak: list[Verdict]) -> list[Verdict]:
    """What a clause is about that no certain wording names: the rule whose examples it is most like."""
    near = scored.nearest(clause, media=finding.media)
    if near and (not weak or near.is_sure):
        return [by_code(near.code, clause, finding)]
    return weak


@cache
def table() -> dict[str, Any]:
    """The table of words, ``topics.toml``: concepts and topics."""
    return tomllib.loads(files(__package__).joinpath("topics.toml").read_text("utf-8"))


def topics() -> list[dict[str, Any]]:
    """The topics, in the order in which they are tried."""
    found: list[dict[str, Any]] = table()["topic"]
    return found


def says(topic: Mapping[str, Any], text: str) -> bool:
    """Whether one of a topic's wordings (all its parts, one after another) or groups of concepts is in the text."""
    if any(word in text for word in topic.get("not", ())):
        return False
    return any(_in_order(wording.split("+"), text) for wording in topic["words"]) or any(
        all(_names(concept, text) for concept in group) for group in topic.get("all", ())
    )


def _names(concept: str, text: str) -> bool:
    return any(word in text for word in table()["concept"][concept])


def _in_order(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def fold(value: object) -> str:
    """Half width, without white space.

    >>> fold(" 超过２周,未更新 ")
    '超过2周,未更新'
    """
    return figures(re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value or ""))))


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(text) if clause and not _CLEAN.search(clause)]


def _whole(found: list[Verdict], finding: Finding) -> dict[str, Any]:
    codes = list(dict.fromkeys(code for code, _ in found))
    verdicts = [verdict for _, verdict in found]
    veto = True if True in verdicts else None if None in verdicts or not verdicts else False
    if not verdicts and finding.text and not _clauses(finding.text):
        veto = False
    if veto is False and finding.repeated:
        veto = None
    return {"rule": None if not codes else codes[0] if len(codes) == 1 else codes, "national_veto": veto}


def _repeated(value: object) -> bool:
    return isinstance(value, int) and value >= 2


def _is_media(kind: object, platform: str, subject: str) -> bool:
    if kind in ("site", "media"):
        return kind == "media"
    return _MEDIA.search(platform or subject) is not None
