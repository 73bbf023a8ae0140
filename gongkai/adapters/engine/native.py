"""把检索方案编译成 tantivy 的查询。一律用查询对象拼,不拼查询语言,所以用户打什么符号都不会出错。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from tantivy import FieldType, Occur, Query, Schema

from .contract import Boosts, Clause, Plan
from .contract import Occur as Want
from .tokens import Needle, of_clause

# 没有必须命中的词时,每份文件的底分。
EVERY = 0.01


def compile_plan(schema: Schema, plan: Plan, *, but: str = "") -> Query:
    """The query for a plan; ``but`` names a facet whose own filter is left out, for its counts."""
    parts: list[tuple[Occur, Query]] = []
    should: list[tuple[Occur, Query]] = []
    for clause in plan.clauses:
        query = _clause(schema, clause, plan.boosts)
        if query is None:
            continue
        if clause.occur is Want.SHOULD:
            should.append((Occur.Should, query))
        else:
            parts.append((Occur.Must if clause.occur is Want.MUST else Occur.MustNot, query))
    if should:
        least = max(0, min(plan.minimum, len(should)))
        some = (
            Query.boolean_query(should, minimum_number_should_match=least)
            if least
            else Query.boolean_query(should)
        )
        parts.append((Occur.Must if least else Occur.Should, some))
    filters = {name: values for name, values in plan.filters.items() if name != but}
    parts += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in _filters(schema, filters)]
    if plan.since or plan.until or plan.years:
        parts.append((Occur.Must, Query.const_score_query(_when(schema, plan), 0.0)))
    if not any(occur == Occur.Must for occur, _ in parts):
        parts.append((Occur.Must, Query.const_score_query(Query.all_query(), EVERY)))
    return Query.boolean_query(parts)


def compile_question(
    schema: Schema, field: str, counted: Mapping[str, int], filters: Mapping[str, frozenset[str]]
) -> Query:
    """Any of the tokens may match; a repeated one counts as often as it occurs."""
    should = [
        (Occur.Should, query if times == 1 else Query.boost_query(query, float(times)))
        for token, times in counted.items()
        for query in (Query.term_query(schema, field, token, index_option="freq"),)
    ]
    if not should:
        return Query.empty_query()
    anything = Query.boolean_query(should)
    must = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in _filters(schema, filters)]
    return Query.boolean_query([(Occur.Must, anything), *must]) if must else anything


def phrase(schema: Schema, field: str, row: tuple[str, ...]) -> Query:
    """Bigrams in a row; a single character stands for any bigram that holds it."""
    if len(row) > 1:
        return Query.phrase_query(schema, field, list(row))
    if len(row[0]) == 1 and not row[0].isascii():
        return Query.regex_query(schema, field, f".?{re.escape(row[0])}.?")
    return Query.term_query(schema, field, row[0], index_option="freq")


def _clause(schema: Schema, clause: Clause, boosts: Boosts) -> Query | None:
    """One clause: the text itself or, for less, one of its synonyms."""
    spellings = [
        query if not nth else Query.boost_query(query, boosts.synonym)
        for nth, query in enumerate(_needle(schema, needle, boosts) for needle in of_clause(clause))
    ]
    if not spellings:
        return None
    return spellings[0] if len(spellings) == 1 else Query.disjunction_max_query(spellings)


def _needle(schema: Schema, needle: Needle, boosts: Boosts) -> Query:
    if not needle.row:
        return Query.term_query(schema, "words", needle.word, index_option="freq")
    ways = [
        Query.boost_query(phrase(schema, "title", needle.row), boosts.title),
        phrase(schema, "bigrams", needle.row),
        Query.boost_query(phrase(schema, "attached", needle.row), boosts.attached),
    ]
    if needle.word:
        ways.append(Query.term_query(schema, "words", needle.word, index_option="freq"))
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _filters(schema: Schema, filters: Mapping[str, frozenset[str]]) -> list[Query]:
    return [Query.term_set_query(schema, name, sorted(values)) for name, values in filters.items() if values]


def _when(schema: Schema, plan: Plan) -> Query:
    ways = []
    if plan.since or plan.until:
        ways.append(_between(schema, plan.since, plan.until))
    if plan.years:
        ways.append(Query.term_set_query(schema, "year", sorted(map(str, plan.years))))
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _between(schema: Schema, since: date | None, until: date | None) -> Query:
    return Query.range_query(
        schema,
        "day",
        FieldType.Unsigned,
        lower_bound=since.toordinal() if since else 1,
        upper_bound=until.toordinal() if until else date.max.toordinal(),
    )
