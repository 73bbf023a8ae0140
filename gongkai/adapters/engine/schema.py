"""tantivy 的字段。字段一改,``VERSION`` 加一,旧库就要重建。"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import tantivy

from gongkai.adapters.words import Cutter

from .contract import FACETS, Document, key_of
from .tokens import of_document

VERSION = 2
# 词之间用空格隔开存进去,所以只按空格切。
_TOKENIZER = "spaced"


def schema() -> tantivy.Schema:
    """The fields of the index."""
    build = tantivy.SchemaBuilder()
    for name in ("title", "bigrams", "attached"):
        build.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="position")
    build.add_text_field("words", tokenizer_name=_TOKENIZER, index_option="freq")
    for name in FACETS:
        build.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("key", "mark"):
        build.add_unsigned_field(name, indexed=True, fast=True)
    build.add_unsigned_field("group", fast=True)
    build.add_unsigned_field("day", indexed=True, fast=True)
    build.add_float_field("weight", fast=True)
    build.add_float_field("standing", fast=True)
    build.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    build.add_text_field("source", stored=True, tokenizer_name="raw", index_option="basic")
    return build.build()


def open_index(folder: str, *, create: bool) -> tantivy.Index:
    """The tantivy index in this folder, with its tokenizer."""
    index = tantivy.Index(schema(), path=folder) if create else tantivy.Index.open(folder)
    tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, tokenizer)
    return index


def row(document: Document, cutter: Cutter) -> tantivy.Document:
    """The document as tantivy takes it."""
    tokens = of_document(document, cutter)
    made = tantivy.Document()
    made.add_text("id", document.id)
    made.add_text("title", " ".join(tokens.title))
    made.add_text("words", " ".join(tokens.words))
    made.add_text("bigrams", " ".join(tokens.bigrams))
    made.add_text("attached", " ".join(tokens.attached))
    for name in FACETS:
        if value := document.facet(name):
            made.add_text(name, value)
    made.add_unsigned("key", key_of(document.id))
    made.add_unsigned("group", key_of(document.group or document.id))
    made.add_unsigned("mark", document.mark)
    made.add_unsigned("day", document.on.toordinal() if document.on else 0)
    made.add_float("weight", document.weight)
    made.add_float("standing", document.standing)
    made.add_text("source", pack(document))
    return made


def pack(document: Document) -> str:
    """The whole document as one stored string."""
    return json.dumps({**asdict(document), "on": str(document.on or "")}, ensure_ascii=False)


def unpack(stored: str) -> Document:
    """The document out of its stored string."""
    values = json.loads(stored)
    values["on"] = date.fromisoformat(values["on"]) if values["on"] else None
    values["numbers"] = tuple(values["numbers"])
    return Document(**values)
