"""开放接口里一件信息、一个单位的形状。键一旦公布就不改、不删,只增加。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from gongkai.desk.moments import local_day
from gongkai.law import duties
from gongkai.org.models import Agency
from gongkai.records import html, source, types, validity
from gongkai.records.models import Edition, Record, Relation
from gongkai.records.terms import RelationKind, Stage

from ..publisher import pages
from ..views.feeds import absolute


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _incoming(one: Record, at: datetime) -> list[Relation]:
    return [relation for relation in one.relations_in.all() if relation.source.is_public(at)]


def brief(one: Record, at: datetime) -> dict[str, Any]:
    """One record as lists give it. Its agency must be at hand."""
    return {
        "id": one.pk,
        "index_number": one.index_number,
        "title": one.title,
        "doc_number": one.doc_number,
        "agency": {"code": one.agency.code, "name": one.agency.name},
        "column": {"key": one.duty, "name": duties.get(one.duty).label if one.duty in duties.all() else ""},
        "type": {"key": one.type, "name": types.get(one.type).label},
        "made_on": one.made_on and one.made_on.isoformat(),
        "published_at": _moment(one.published_at),
        "updated_at": _moment(one.updated_at),
        "effective_on": one.effective_on and one.effective_on.isoformat(),
        "expires_on": one.expires_on and one.expires_on.isoformat(),
        "validity": validity.validity_on(one, local_day(at), _incoming(one, at)).label,
        "url": absolute(one.get_absolute_url()),
    }


def full(one: Record, at: datetime) -> dict[str, Any]:
    """One record with its text, attachments and relations; from ``whole``."""
    live: Edition = one.live_editions[0]  # type: ignore[attr-defined]
    return brief(one, at) | {
        "issuers": live.issuers,
        "subject": live.subject,
        "genre": live.genre,
        "addressee": live.addressee,
        "summary": one.summary,
        "keywords": [
            word for word in live.keywords.replace("；", ";").replace("，", ";").split(";") if word.strip()
        ],
        "source": live.source or one.agency.name,
        "fields": live.fields,
        "html": html.clean(live.body, images=html.files_in(live.body)),
        "text": live.text,
        "content_sha256": source.fingerprint(live.text),
        "attachments": [
            {
                "name": file.name,
                "size": file.size,
                "sha256": file.sha256,
                "url": absolute(pages.attachment(file.pk, file.name)),
            }
            for file in live.attachments.all()
        ],
        "relations": [*_relations(one, at)],
    }


def _relations(one: Record, at: datetime) -> Iterable[dict[str, Any]]:
    for relation in one.relations_out.all():
        if relation.target.is_public(at):
            yield _related(RelationKind(relation.kind).label, relation.target)
    for relation in _incoming(one, at):
        yield _related(relation.inverse_label, relation.source)


def _related(label: str, other: Record) -> dict[str, Any]:
    return {"relation": label, "id": other.pk, "title": other.title, "url": absolute(other.get_absolute_url())}


def whole(rows: QuerySet[Record]) -> QuerySet[Record]:
    """The rows with everything that ``full`` reads, in a fixed number of queries."""
    live = Prefetch(
        "editions",
        Edition.objects.filter(stage=Stage.LIVE).prefetch_related("attachments"),
        to_attr="live_editions",
    )
    return related(rows).prefetch_related(live, "relations_out__target")


def related(rows: QuerySet[Record]) -> QuerySet[Record]:
    """The rows with what ``brief`` reads."""
    return rows.select_related("agency").prefetch_related("relations_in__source")


def agency(one: Agency, count: int) -> dict[str, Any]:
    """One agency."""
    return {
        "code": one.code,
        "name": one.name,
        "short_name": one.short_name,
        "kind": one.get_kind_display(),
        "ended_on": one.ended_on and one.ended_on.isoformat(),
        "successor": one.successor.code if one.successor else None,
        "records": count,
        "url": absolute(one.get_absolute_url()),
    }
