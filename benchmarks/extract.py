"""要素读得准不准:对着人读出来的答案算,再按网站轮流留出来算。

``python benchmarks/extract.py PAGES.jsonl …``:每行 {title, text, url, expected}。
留一网站:标签的叫法、机关名的结尾只留别的网站上见过的,读被留出的网站。
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from gongkai.adapters import paper
from gongkai.adapters.paper import agencies, labels
from gongkai.adapters.paper.model import fold
from gongkai.adapters.paper.names import NAMES

FIELDS = ("索引号", "主题分类", "发布机构", "文号", "成文日期", "发文日期", "发布日期", "有效性")
_BRACKETS = str.maketrans("[]()【】﹝﹞（）［］", "〔〕〔〕〔〕〔〕〔〕〔〕")
Row = dict[str, Any]


def site(row: Row) -> str:
    """The site a row is of: its host, else the row itself."""
    return str(urlsplit(row.get("url") or "").hostname or row.get("_id")).removeprefix("www.")


def comparable(field: str, value: object) -> frozenset[str]:
    """What of a value is compared."""
    parts = value if isinstance(value, list) else [value] if value else []
    texts = [re.sub(r"\s+", "", str(part)) for part in parts]
    if field == "文号":
        texts = [text.translate(_BRACKETS) for text in texts]
    if field == "主题分类":
        texts = [re.sub(r"[,，;；/>]", "", text) for text in texts]
    return frozenset(text[:10] if field.endswith("日期") else text for text in texts)


def tally(rows: list[Row], total: Counter[str], wrong: list[str]) -> None:
    """Read the rows and count right, said and true by field."""
    for row in rows:
        found = paper.from_text(row["text"], row.get("title"), row.get("url") or "").row()
        expected = row["expected"]
        for field in FIELDS:
            if field not in expected:
                continue
            marked = expected.get("联合发文") if field == "发布机构" else None
            want, have = comparable(field, marked or expected[field]), comparable(field, found.get(field))
            total[f"{field} true"] += bool(want)
            total[f"{field} said"] += bool(have)
            total[f"{field} right"] += bool(want) and want == have
            if want != have:
                wrong.append(f"{row.get('_id')} {field}: {'、'.join(want) or '空'} ← {'、'.join(have) or '空'}")


def seen_labels(row: Row) -> set[str]:
    """The names of labels that stand as labels on a page."""
    folded = fold(row["text"])
    return {re.sub(r"[\s\u3000:：|】\]〕]", "", folded[one.start : one.end]) for one in labels.scan(folded)}


def seen_endings(row: Row) -> set[str]:
    """The endings of agencies' names that a reader found on a page."""
    marked = row["expected"].get("联合发文") or [row["expected"].get("发布机构") or ""]
    return {ending for ending in agencies.ENDINGS for name in marked if fold(name).endswith(ending)}


def held_out(rows: list[Row]) -> Iterator[tuple[list[Row], labels.Vocabulary, re.Pattern[str]]]:
    """Each site's rows with the lists as they would be if the site had never been seen."""
    by_site: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_site[site(row)].append(row)
    at_sites: Counter[str] = Counter()
    known: dict[str, set[str]] = {}
    for name, own in by_site.items():
        known[name] = set().union(*(seen_labels(row) | seen_endings(row) for row in own))
        at_sites.update(known[name])
    for name, own in by_site.items():
        others = {word for word, count in at_sites.items() if count > (word in known[name])}
        names = {one: tuple(alias for alias in aliases if alias in others) for one, aliases in NAMES.items()}
        endings = tuple(one for one in agencies.ENDINGS if one in others)
        yield own, labels.Vocabulary(names), agencies.ending(endings)


def table(heading: str, total: Counter[str]) -> None:
    """Print precision and recall, by field and over all."""
    print(heading)
    sums = Counter({kind: sum(total[f"{field} {kind}"] for field in FIELDS) for kind in ("right", "said", "true")})
    for name in (*FIELDS, ""):
        right, said, true = (
            (total[f"{name} {kind}"] if name else sums[kind]) for kind in ("right", "said", "true")
        )
        print(
            f"  {name or '合计'}\t准确 {right / max(1, said):.3f}\t召回 {right / max(1, true):.3f}\t{right}/{said}/{true}"
        )


def main(paths: list[str]) -> None:
    rows = [json.loads(line) for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    fit: Counter[str] = Counter()
    tally(rows, fit, [])
    table(f"照着调过的({len(rows)} 页)", fit)
    out: Counter[str] = Counter()
    wrong: list[str] = []
    sites = 0
    for own, vocabulary, ends in held_out(rows):
        sites += 1
        with mock.patch.object(labels, "VOCABULARY", vocabulary), mock.patch.object(agencies, "_ENDS", ends):
            tally(own, out, wrong)
    table(f"留一网站({sites} 个网站)", out)
    print("\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
