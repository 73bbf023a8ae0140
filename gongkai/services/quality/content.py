"""内容对不对得上:条件和材料(C8)、名称和内容(C9)、只换了名称的(C12)、网址(C13)、公开的和实施的(C16)。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from gongkai.adapters.likeness import estimated, sketch
from gongkai.adapters.linkcheck import is_official
from gongkai.law import itemcode
from gongkai.org import site

from ..addresses import urls_in
from ..models import Version
from ..terms import Mark
from .context import LEAST, Around, body_text
from .findings import Finding

#: 除了名称几乎一样:五字组有这么多是共有的。
ALIKE = 0.9
#: 一份里至多列这么多条没有材料对应的条件。
SHOWN = 5
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WITHIN = re.compile(r"([\d一二两三四五六七八九十百]{1,4})\s?(周岁|岁|个月|年|日|天)\s?(?:以|之)?内")
_BODY = re.compile(
    r"(?:实施主体|实施机关|实施机构|受理机构|决定机构|实施部门|办理机构)(?:名称)?\s?[:：]?\s?\n?\s?([^\n:：|，。;；]{2,40})"
)
_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("gongkai.services").joinpath("data", "evidence.toml").read_text("utf-8"))


def content(version: Version, around: Around) -> Iterator[Finding]:
    """Everything that the parts say of one another."""
    yield from _proved(version)
    yield from _named(version)
    yield from _copied(version, around)
    yield from _addresses(version)
    yield from _bodies(version, around)


def _proved(version: Version) -> Iterator[Finding]:
    """C8: each condition is shown by a material, or looked up by the office."""
    rows = version.material_rows
    if not rows:
        return
    words = " ".join(f"{row.name} {row.points}" for row in rows)
    bare = [line for line in version.condition_lines if not _is_proved(line, words)]
    for line in bare[:SHOWN]:
        yield Finding(
            Mark.HINT,
            "conditions",
            f"看不出凭哪样材料证明：“{line[:40]}”",
            "在材料的审查要点里写看什么，或者在条件里写明由部门核查、本人承诺。",
            quote=line,
        )


def _is_proved(line: str, materials: str) -> bool:
    table = _table()
    if any(word in line for word in table["shared"]["words"]):
        return True
    if _pieces(line) & _pieces(materials):
        return True
    return any(
        any(word in line for word in pair["says"]) and any(word in materials for word in pair["by"])
        for pair in table["pair"]
    )


def _pieces(text: str) -> set[str]:
    """Two characters each, without those that every guide has."""
    runs = _HAN.findall(text)
    return {run[n : n + 2] for run in runs for n in range(len(run) - 1)} - set(_table()["shared"]["common"])


def _named(version: Version) -> Iterator[Finding]:
    """C9: what the name says is what the guide is about."""
    text = _body_text(version)
    if len(text) > 20:
        for act in _table()["act"]:
            if act["name"] in version.name and not any(word in text for word in act["said"]):
                yield Finding(
                    Mark.HINT,
                    "identity",
                    f"名称说的是{act['name']}，内容里没有提到",
                    "核对是不是抄了别的事项的内容。",
                    quote=version.name,
                )
    here, there = _limits(version.name), _limits(version.conditions)
    if here and there and not here & there:
        said = "、".join(sorted(words for *_, words in _spans(version.conditions)))
        yield Finding(
            Mark.HINT,
            "conditions",
            f"名称写{next(words for *_, words in _spans(version.name))}，条件写{said}",
            "核对后改一处。",
        )


def _spans(text: str) -> list[tuple[str, str, str]]:
    return [(found[1].translate(_DIGITS), found[2], found[0]) for found in _WITHIN.finditer(text)]


def _limits(text: str) -> set[tuple[str, str]]:
    return {(n, unit) for n, unit, _ in _spans(text)}


def _body_text(version: Version) -> str:
    return body_text(version.conditions, version.materials, version.steps, version.excluded, version.result)


def _copied(version: Version, around: Around) -> Iterator[Finding]:
    """C12: a guide that only changed its name."""
    text = _body_text(version).replace(version.name, "")
    if len(text) < LEAST:
        return
    own = sketch(text)
    for guide, name, other in around.bodies(version.guide.agency_id):
        if guide != version.guide_id and name != version.name and other and estimated(own, other) >= ALIKE:
            yield Finding(
                Mark.HINT,
                "identity",
                f"同“{name}”除了名称几乎一样",
                "是一回事的合并成一份，用情形分开；不是一回事的写明差别。",
            )
            return


def _addresses(version: Version) -> Iterator[Finding]:
    """C13, before anything is fetched: a link that answers need not be the government's."""
    for url in sorted(urls_in(version)):
        host = urlsplit(url).hostname or ""
        if not is_official(host) and not _is_own(host):
            yield Finding(
                Mark.WARN,
                "contact",
                f"网址不在政府网站上：{url[:80]}",
                "打开核对还归不归政府管；能换成政府网站的换掉。",
                quote=url,
            )
        elif url.startswith("http://"):
            yield Finding(
                Mark.HINT, "contact", f"网址没有用 https：{url[:80]}", "网站支持的，改成 https 开头。", quote=url
            )


def _is_own(host: str) -> bool:
    """Of this site or a sister of it."""
    own = site.current().domain.removeprefix("www.")
    return host == own or host.endswith(f".{own}")


def _bodies(version: Version, around: Around) -> Iterator[Finding]:
    """C16: who publishes the guide is who does the work."""
    code = itemcode.parse(version.code)
    others = around.codes(version.guide.agency_id, version.guide_id)
    if code and code.uscc and others and code.uscc not in others:
        yield Finding(
            Mark.WARN,
            "identity",
            f"编码里的信用代码{code.uscc}同{version.guide.agency}别的指南不一样",
            "核对实施主体是不是本单位，受委托的写明委托部门。",
        )
    found = _BODY.search(version.original)
    agency = str(version.guide.agency)
    if found and not version.entrusted_by:
        said = found[1].strip(" 、（）()“”\"'")
        if len(said) > 2 and not _same_body(said, agency):
            yield Finding(
                Mark.WARN,
                "identity",
                f"原文的实施主体是“{said[:30]}”，公布的是{agency}",
                "由实施的单位公布；受委托、下放的在“身份”里写明。",
                quote=found[1],
            )


def _same_body(said: str, agency: str) -> bool:
    """One name in the other, without the place in front of it."""
    bare = re.compile(r"\A.{1,8}?(?:省|市|区|县)(?=.{2})")
    short, own = bare.sub("", said, count=1), bare.sub("", agency, count=1)
    return short in agency or own in said or said in agency or agency in said
