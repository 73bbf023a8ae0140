"""检索:147,000条法条和一百万件短信息,各建一个检索库,与同样文字的 SQLite FTS5 并排。

用法:python benchmarks/search.py [--documents 1000000] [--json]。两百个混合的检索:词、两个词、短语、文号一类的数、
加条件、按日期排。FTS5 用三字切分(中文不分词时它自带的一种),两个字的词它用 LIKE 找。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "corpus" / "laws.jsonl.xz"
sys.path.insert(0, str(ROOT))
QUERIES, SHOWN = 200, 20
WORDS = (
    "加装电梯",
    "临时救助",
    "学前教育",
    "住房公积金",
    "环境保护",
    "安全生产",
    "行政处罚",
    "政府采购",
    "食品安全",
    "土地征收",
    "劳动合同",
    "医疗保险",
    "道路交通",
    "消防",
    "税收",
    "统计",
    "档案",
    "水利",
    "绿化",
    "救灾",
)


def articles() -> Iterator:
    """Every article of the law corpus."""
    from gongkai.search.laws import documents, read_laws

    yield from documents(read_laws(SHARED))


def short(count: int) -> Iterator:
    """Invented notices of some hundred characters."""
    from gongkai.adapters.engine import Document

    chance = random.Random(7)
    first = date(2005, 1, 1)
    for n in range(count):
        one, two = chance.sample(WORDS, 2)
        body = f"现就{one}和{two}有关事项第{n}号通知如下，请各单位在{n % 28 + 1}日以前办理。{one}由{two}工作专班负责。"
        yield Document(
            id=str(n),
            title=f"关于{one}第{n}号的通知",
            body=body,
            unit=f"U{n % 60:02}",
            category="other",
            kind="notice",
            year=2005 + n % 20,
            on=first + timedelta(days=n % 7300),
            group=str(n),
        )


def queries() -> list[tuple[str, dict]]:
    """What people type, with what they choose."""
    chance = random.Random(11)
    found = []
    for n in range(QUERIES):
        one, two = chance.sample(WORDS, 2)
        kind = n % 5
        text = (one, f"{one} {two}", f"“{one}”", one[:2], f"{one} {chance.randrange(1000)}")[kind]
        found.append((text, {"year": frozenset([str(2005 + n % 20)])} if n % 7 == 0 else {}))
    return found


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def quantiles(values: Iterable[float]) -> dict[str, float]:
    ordered = sorted(value * 1000 for value in values)
    return {"p50_ms": round(statistics.median(ordered), 2), "p99_ms": round(ordered[int(len(ordered) * 0.99)], 2)}


def size(folder: Path) -> float:
    return round(sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 2**20, 1)


def measure_engine(folder: Path, make: Callable[[], Iterator]) -> dict[str, object]:
    """Our engine as the product uses it: words and bigrams, facets, snippets' positions."""
    from gongkai.adapters.engine import Document, Index
    from gongkai.adapters.words import Cutter
    from gongkai.search.query import analyse

    index = Index(folder, Cutter())
    built = timed(lambda: index.rebuild(make()))

    def look(text: str, filters: dict) -> None:
        plan = analyse(text, index.cutter).plan(filters=filters, limit=SHOWN, facets=("unit", "year"))
        index.search(plan)

    for text, filters in queries()[:20]:
        look(text, filters)
    times = [timed(lambda t=text, f=filters: look(t, f)) for text, filters in queries()]
    new = Document(
        id="new",
        title="刚刚公布的一件独一无二的通知",
        body="麒麟送子",
        unit="U00",
        category="other",
        kind="notice",
        year=2026,
        on=date(2026, 1, 1),
        group="new",
    )
    start = time.perf_counter()
    index.write([new], [])
    plan = analyse("麒麟送子", index.cutter).plan(limit=1)
    while not index.search(plan).total:
        time.sleep(0.001)
    visible = time.perf_counter() - start
    return quantiles(times) | {
        "build_s": round(built, 1),
        "mib": size(folder),
        "visible_ms": round(visible * 1000, 1),
        "documents": index.count(),
    }


def fts5(path: Path, make: Callable[[], Iterator]) -> dict[str, object]:
    """SQLite FTS5 with trigrams on the same text; words of two characters by LIKE, which it serves from the same table."""
    db = sqlite3.connect(path)
    db.execute("CREATE VIRTUAL TABLE page USING fts5(title, body, year UNINDEXED, tokenize='trigram')")

    def build() -> None:
        with db:
            db.executemany(
                "INSERT INTO page VALUES (?, ?, ?)", ((one.title, one.body, one.year) for one in make())
            )

    built = timed(build)

    def look(text: str, filters: dict) -> None:
        words = [word.strip("“”") for word in text.split()]
        long = [word for word in words if len(word) > 2]
        where, values = [], []
        if long:
            where.append("page MATCH ?")
            values.append(" AND ".join(f'"{word}"' for word in long))
        for word in words:
            if len(word) <= 2:
                where.append("(title LIKE ? OR body LIKE ?)")
                values += [f"%{word}%"] * 2
        if filters:
            where.append("year = ?")
            values.append(int(next(iter(filters["year"]))))
        order = "ORDER BY rank" if long else ""
        db.execute(f"SELECT rowid FROM page WHERE {' AND '.join(where)} {order} LIMIT {SHOWN}", values).fetchall()
        db.execute(f"SELECT count(*) FROM page WHERE {' AND '.join(where)}", values).fetchone()

    for text, filters in queries()[:20]:
        look(text, filters)
    times = [timed(lambda t=text, f=filters: look(t, f)) for text, filters in queries()]
    db.close()
    return quantiles(times) | {"build_s": round(built, 1), "mib": round(path.stat().st_size / 2**20, 1)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1_000_000, help="短信息多少件")
    parser.add_argument("--json", action="store_true", help="只打印最后一行")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GONGKAI_DATA"] = folder
        import django

        django.setup()
        result: dict[str, object] = {}
        sets: dict[str, Callable[[], Iterator]] = {"short": lambda: short(options.documents)}
        if SHARED.exists():
            sets = {"articles": articles} | sets
        for name, make in sets.items():
            mine, peer = measure_engine(Path(folder) / name, make), fts5(Path(folder) / f"{name}.sqlite3", make)
            ratio = {
                key: round(peer[key] / max(mine[key], 1e-9), 2) for key in ("p50_ms", "p99_ms", "build_s", "mib")
            }
            result[name] = {"gongkai": mine, "fts5": peer, "fts5_over_gongkai": ratio}
            if not options.json:
                print(json.dumps({name: result[name]}, ensure_ascii=False, indent=1))
        result["peak_memory_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
