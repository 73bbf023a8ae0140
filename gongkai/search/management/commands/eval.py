"""``gongkai eval qa``:量问答。不用数据库;检索库建在给定的文件夹里,不给就建在临时文件夹里,用完删去。"""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from gongkai.adapters import meaning
from gongkai.adapters.engine import Document, Index
from gongkai.adapters.meaning import Meaning, Vectors
from gongkai.adapters.words import Cutter
from gongkai.search.answers import Answerer
from gongkai.search.evaluation import evaluate, report
from gongkai.search.gold import Gold, read_questions
from gongkai.search.laws import REPLACED
from gongkai.search.material import read_material
from gongkai.search.passages import embedded
from gongkai.search.ranking import Ranking
from gongkai.search.scope import Scope

_BATCH = 16


class Command(BaseCommand):
    help = (
        "用一批问题量问答:出处排第几、引文是否逐字、该不该拒答。"
        "默认只收全国的法,--local 连地方性法规一起收;装了文意模型就边问边算向量,--words 只按词,--meaning 先算好全部向量(约四十分钟,可中断再续)。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="qa")
        qa = what.add_parser("qa", help="问答")
        qa.add_argument("file", type=Path, metavar="FILE.jsonl", help="问题,一行一个")
        qa.add_argument(
            "--corpus", type=Path, action="append", default=[], metavar="FILE", help="法律法规库等材料,可给多份"
        )
        qa.add_argument("--index", type=Path, metavar="DIR", help="检索库的文件夹;已有的直接用")
        qa.add_argument("--local", action="store_true", help="收地方性法规")
        way = qa.add_mutually_exclusive_group()
        way.add_argument("--words", action="store_true", help="只按词找")
        way.add_argument("--meaning", action="store_true", help="先算好全部向量")
        qa.add_argument("--json", action="store_true", help="标准输出只有一行 JSON")

    def handle(self, *, what: str, **options: Any) -> None:
        questions = read_questions(_existing(options["file"]))
        corpus = [_existing(path) for path in options["corpus"]]
        if not corpus and not options["index"]:
            raise CommandError("没有可查的材料。请用 --corpus 给出法律法规库,或者用 --index 给出建好的检索库。")
        with ExitStack() as stack:
            folder = options["index"] or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-")))
            cutter = Cutter()
            index = Index(folder, cutter)
            built = self._build(index, corpus, local=options["local"])
            model = None if options["words"] else meaning.load()
            if options["meaning"] and model is None:
                raise CommandError("没有装文意模型。请先安装 requirements/meaning.txt,或者不加 --meaning。")
            vectors = Vectors(folder / "meaning.bin") if model else None
            complete = False
            if model and vectors is not None:
                if options["meaning"]:
                    self._embed(index, model, vectors)
                complete = all(not one.mark or one.mark in vectors for one in index.every_document())
            ranking = Ranking(index, meaning=model, vectors=vectors, complete=complete)
            answerer = Answerer(ranking, cutter, scope=Scope(on=localdate()), not_in_force=frozenset({REPLACED}))
            tally = evaluate(
                questions, answerer, Gold(index), dict(_sources(folder)), self._progress("提问 ", len(questions))
            )
            found = report(tally)
            found["documents"] = index.count()
            found["build_seconds"] = built
            found["meaning"] = "complete" if complete else "on demand" if model else "none"
        self._show(found, as_json=options["json"])

    # 建库

    def _build(self, index: Index, corpus: list[Path], *, local: bool) -> float:
        """Build the index unless it stands there already, made of the same files; returns the seconds it took."""
        stamp = index.folder / "material.txt"
        material = _beside(corpus)
        made_of = _fingerprint(material, local=local)
        if index.exists() and (not corpus or (stamp.is_file() and stamp.read_text("utf-8") == made_of)):
            return 0.0
        if not corpus:
            raise CommandError(f"“{index.folder}”里没有检索库。请加 --corpus 建一个。")
        begun = time.perf_counter()
        index.folder.mkdir(parents=True, exist_ok=True)
        said = self._progress("建库 ", None)

        def documents() -> Iterator[Document]:
            done = 0
            with gzip.open(index.folder / "sources.jsonl.gz", "wt", encoding="utf-8", compresslevel=3) as file:
                for source, passages in read_material(material, local=local):
                    file.write(json.dumps([source.group, source.text], ensure_ascii=False) + "\n")
                    yield from passages
                    done += len(passages)
                    said(done)

        index.rebuild(documents())
        stamp.write_text(made_of, "utf-8")
        return round(time.perf_counter() - begun, 1)

    def _embed(self, index: Index, model: Meaning, vectors: Vectors) -> None:
        """Make the vectors that are missing; may be broken off and taken up again."""
        todo = {one.mark: embedded(one) for one in index.every_document() if one.mark and one.mark not in vectors}
        said = self._progress("算向量 ", len(todo))
        waiting = list(todo.items())
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            vectors.add([mark for mark, _ in batch], model.passages([text for _, text in batch]))
            said(start + len(batch))
        vectors.refresh()

    def _progress(self, what: str, total: int | None) -> Any:
        """Say on a terminal how far it is and how long it will take, at most once a second."""
        begun = last = time.monotonic()
        watched = self.stderr.isatty()

        def report_progress(done: int) -> None:
            nonlocal last
            now = time.monotonic()
            ended = total is not None and done >= total
            if not watched or (now - last < 1 and not ended):
                return
            last = now
            left = f",还要约{(now - begun) / done * (total - done):.0f}秒" if total and done and not ended else ""
            of = f"/{total}" if total is not None else ""
            self.stderr.write(f"\r{what}{done}{of}{left}   ", ending="\n" if ended else "")
            self.stderr.flush()

        return report_progress

    # 说

    def _show(self, found: dict[str, Any], *, as_json: bool) -> None:
        out = self.stderr if as_json else self.stdout
        for line in _lines(found):
            out.write(line)
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    """The measures in words."""
    how = {"none": "只按词", "on demand": "按词,前几十条现算文意", "complete": "按词和文意"}[found["meaning"]]
    yield f"{found['documents']}条、段;{how}"
    yield f"{'种类':<22}{'问数':>5}{'R@1':>8}{'R@5':>8}{'R@20':>8}{'MRR':>8}   R@5 的95%区间"
    for kind, figures in found["kinds"].items():
        low, high = figures["r5_interval"]
        yield f"{kind:<24}{figures['n']:>5}{figures['r1']:>8.1%}{figures['r5']:>8.1%}{figures['r20']:>8.1%}{figures['mrr']:>8.3f}   {low:.1%}–{high:.1%}"
    for kind, n in found["not_evaluable"].items():
        yield f"{kind:<24}{n:>5}  答案不在库里,不计"
    for figures in found["curve"]:
        if figures["n"]:
            yield f"最有把握的{figures['share']:.0%}({figures['n']}问):R@1 {figures['r1']:.1%},R@5 {figures['r5']:.1%}"
    for name, label in (
        ("unanswerable", "库里没有的"),
        ("answerable", "库里有的"),
        ("gold_removed", "去掉出处以后"),
    ):
        if figures := found["refused"].get(name):
            yield f"{label}:{figures['n']}问,拒答{figures['refused']}问"
    if found["verbatim"] is not None:
        yield f"引文{found['quoted_sentences']}句,逐字在原文里的占{found['verbatim']:.2%}"
    if found["p95_ms"] is not None:
        yield f"一问用时:中位{found['p50_ms']}毫秒,95%在{found['p95_ms']}毫秒以内"


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise CommandError(f"没有“{path}”这个文件。请核对路径。")
    return path


def _beside(corpus: list[Path]) -> list[Path]:
    """The corpus files, and the pages, annual reports and texts that lie beside them."""
    found = list(corpus)
    for folder in dict.fromkeys(parent for path in corpus for parent in (path.parent, path.parent.parent)):
        found += [
            *folder.glob("*.txt"),
            *folder.glob("pages*.jsonl"),
            *folder.glob("annual*.jsonl"),
            *folder.glob("../seed/*.txt"),
        ]
    plain = list(dict.fromkeys(path.resolve() for path in found))
    return sorted(plain, key=lambda path: (path.suffix != ".txt", path.name))


def _fingerprint(paths: list[Path], *, local: bool) -> str:
    rows = [f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in paths]
    return hashlib.sha256("\n".join([*rows, str(local)]).encode()).hexdigest()


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    """Group and full text of each source of the index."""
    kept = folder / "sources.jsonl.gz"
    if kept.is_file():
        with gzip.open(kept, "rt", encoding="utf-8") as file:
            for line in file:
                group, text = json.loads(line)
                yield group, text
