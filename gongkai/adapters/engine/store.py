"""tantivy 检索库:一个文件夹,一个写者,许多读者;可以在线重建,建好才换上去。

文件夹里是一代一代的库(``v1-000001`` ……)和一个 ``CURRENT``,写着现在用哪一代。重建写新的一代,写完换名;
正在读的人读完旧的,下一次检索就读新的。
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order, Query, Searcher, SearchResult

from gongkai.adapters.words import Cutter, bigrams, fold

from .contract import FACETS, Candidate, Document, Field, Hit, Plan, Result, Sort, key_of, rareness
from .errors import IndexBusy, NoIndex
from .native import compile_plan, compile_question, phrase
from .schema import VERSION, open_index, row, unpack
from .tokens import of_question

_HEAP = 128 * 1024 * 1024
_MOST_FACETS = 1_000


class Index:
    """The engine over a folder. Implements ``Engine``.

    Args:
        folder: made if it is missing.
        cutter: the words; the same terms must be taught for writing and for reading.

    Raises (every method): NoIndex, unless ``rebuild`` or ``write`` has made one.
    """

    def __init__(self, folder: Path, cutter: Cutter) -> None:
        self.folder = folder
        self.cutter = cutter
        self._opened: tuple[str, tantivy.Index] | None = None
        self._seen: int = -1
        self._units: dict[str, int] | None = None

    # 写

    def write(self, documents: Iterable[Document] = (), delete: Iterable[str] = ()) -> None:
        """Put documents in and take others out in one commit.

        Raises:
            IndexBusy: another process writes.
        """
        if not self.exists():
            self.rebuild(documents)
            return
        index = self._index()
        with _writer(index) as writer:
            for key in delete:
                writer.delete_documents_by_term("id", key)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(row(document, self.cutter))
            writer.commit()

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build everything anew beside the old and swap; returns how many documents there are.

        Raises:
            IndexBusy: another process writes or rebuilds.
        """
        if self.exists():
            with _writer(self._index()):
                return self._build(documents)
        return self._build(documents)

    def _build(self, documents: Iterable[Document]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        old = self._generations()
        name = f"v{VERSION}-{max((int(one.rpartition('-')[2]) for one in old), default=0) + 1:06d}"
        fresh = self.folder / name
        try:
            fresh.mkdir()
        except FileExistsError:
            raise IndexBusy from None
        try:
            index = open_index(str(fresh), create=True)
            seen: set[int] = set()
            with _writer(index) as writer:
                for document in documents:
                    if (key := key_of(document.id)) in seen:
                        writer.delete_documents_by_term("id", document.id)
                    seen.add(key)
                    writer.add_document(row(document, self.cutter))
                writer.commit()
                writer.wait_merging_threads()
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        pointer = self.folder / "CURRENT.new"
        pointer.write_text(name, "utf-8")
        os.replace(pointer, self.folder / "CURRENT")
        for generation in old[:-1]:  # 上一代留着,正在读的人还要用
            shutil.rmtree(self.folder / generation, ignore_errors=True)
        return len(seen)

    def _generations(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("v*-*") if path.is_dir())

    # 读

    def exists(self) -> bool:
        """Whether there is an index of this make in the folder."""
        pointer = self.folder / "CURRENT"
        name = pointer.read_text("utf-8") if pointer.is_file() else ""
        return name.startswith(f"v{VERSION}-") and (self.folder / name / "meta.json").is_file()

    def _index(self) -> tantivy.Index:
        """The current generation, opened once, looked at again when it was written to."""
        if not self.exists():
            raise NoIndex(self.folder)
        name = (self.folder / "CURRENT").read_text("utf-8")
        written = (self.folder / name / "meta.json").stat().st_mtime_ns
        if self._opened is None or self._opened[0] != name:
            self._opened = (name, open_index(str(self.folder / name), create=False))
            self._seen = -1
        if written != self._seen:
            self._opened[1].reload()
            self._seen = written
            self._units = None
        return self._opened[1]

    def search(self, plan: Plan) -> Result:
        """One page of what the plan asks for."""
        index = self._index()
        searcher = index.searcher()
        query = compile_plan(index.schema, plan)
        limit, offset = plan.window()
        by_score = plan.sort is Sort.RELEVANCE
        if by_score:
            found = searcher.search(query, limit, offset=offset, weight_by_field="weight")
        else:
            order = Order.Desc if plan.sort is Sort.NEWEST else Order.Asc
            found = searcher.search(query, limit, offset=offset, order_by_field="day", order=order)
        hits = tuple(
            Hit(searcher.doc(address)["id"][0], float(score) if by_score else 0.0) for score, address in found.hits
        )
        facets = {
            name: self._facet(
                searcher, compile_plan(index.schema, plan, but=name) if plan.filters.get(name) else query, name
            )
            for name in plan.facets
        }
        return Result(hits, _total(found), facets)

    @staticmethod
    def _facet(searcher: Searcher, query: Query, name: str) -> tuple[tuple[str, int], ...]:
        if name not in FACETS:
            return ()
        asked = {"values": {"terms": {"field": name, "size": _MOST_FACETS}}}
        buckets: list[dict[str, Any]] = searcher.aggregate(query, asked)["values"]["buckets"]
        counted = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
        return tuple(sorted(counted, key=lambda item: (-item[1], item[0])))

    def candidates(
        self, text: str, field: Field, limit: int, filters: Mapping[str, frozenset[str]] | None = None
    ) -> list[Candidate]:
        """Documents nearest to a question, best first."""
        index = self._index()
        counted = of_question(text, field, self.cutter)
        return self._ranked(index, compile_question(index.schema, field, counted, filters or {}), limit)

    def marked(self, marks: Sequence[int]) -> list[Candidate]:
        """Documents by the keys of their vectors."""
        if not marks:
            return []
        index = self._index()
        query = Query.const_score_query(Query.term_set_query(index.schema, "mark", list(marks)), 0.0)
        return self._ranked(index, query, len(marks) * 4)

    @staticmethod
    def _ranked(index: tantivy.Index, query: Query, limit: int) -> list[Candidate]:
        searcher = index.searcher()
        found = searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in found]
        columns = [searcher.fast_field_values(name, addresses) for name in ("key", "group", "standing", "mark")]
        return [
            Candidate(int(key or 0), float(score), int(group or 0), float(standing or 0), int(mark or 0))
            for (score, _), key, group, standing, mark in zip(found, *columns, strict=True)
        ]

    def documents(self, keys: Sequence[int]) -> dict[int, Document]:
        """Documents by key."""
        if not keys:
            return {}
        index = self._index()
        searcher = index.searcher()
        query = Query.term_set_query(index.schema, "key", list(keys))
        found = searcher.search(query, len(keys), count=False).hits
        documents = [unpack(searcher.doc(address)["source"][0]) for _, address in found]
        return {key_of(document.id): document for document in documents}

    def every_document(self) -> Iterator[Document]:
        """Every document."""
        searcher = self._index().searcher()
        for _, address in searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits:
            yield unpack(searcher.doc(address)["source"][0])

    def mentions(self, text: str) -> int:
        """How many documents have the phrase in their title or in the name of their unit."""
        index = self._index()
        searcher = index.searcher()
        plain = fold(text).strip()
        tokens = tuple(bigrams(plain))
        if not tokens:
            return 0
        if self._units is None:
            self._units = dict(self._facet(searcher, Query.all_query(), "unit"))
        in_title = _total(searcher.search(phrase(index.schema, "title", tokens), 1))
        return in_title + sum(count for unit, count in self._units.items() if plain in fold(unit))

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How rare each word is."""
        searcher = self._index().searcher()
        total = searcher.num_docs
        return {word: rareness(min(total, searcher.doc_freq("words", word)), total) for word in words}

    def count(self) -> int:
        """How many documents there are."""
        return int(self._index().searcher().num_docs)


def _total(found: SearchResult) -> int:
    count: int | None = found.count  # type: ignore[attr-defined]  # 包里的类型说明漏了这一项
    return count or 0


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """The one writer; what is not committed is dropped."""
    try:
        writer = index.writer(_HEAP, 1)
    except ValueError as error:
        if "lock" in str(error).lower():
            raise IndexBusy from None
        raise
    try:
        yield writer
    finally:
        del writer
