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


def _incoming(record: Record, at: datetime) -> list[Relation]:
    return [relation for relation in record.relations_in.all() if relation.source.is_public(at)]


def brief(record: Record, at: datetime) -> dict[str, Any]:
    """One record as lists give it. Its agency must be at hand."""
    return {
        "id": record.pk,
        "index_number": record.index_number,
        "title": record.title,
        "doc_number": record.doc_number,
        "agency": {"code": record.agency.code, "name": record.agency.name},
        "column": {
            "key": record.duty,
            "name": duties.get(record.duty).label if record.duty in duties.all() else "",
        },
        "type": {"key": record.type, "name": types.get(record.type).label},
        "made_on": record.made_on and record.made_on.isoformat(),
        "published_at": _moment(record.published_at),
        "updated_at": _moment(record.updated_at),
        "effective_on": record.effective_on and record.effective_on.isoformat(),
        "expires_on": record.expires_on and record.expires_on.isoformat(),
        "validity": validity.validity_on(record, local_day(at), _incoming(record, at)).label,
        "url": absolute(record.get_absolute_url()),
    }


def full(record: Record, at: datetime) -> dict[str, Any]:
    """One record with its text, attachments and relations; from ``whole``."""
    live: Edition = record.live_editions[0]  # type: ignore[attr-defined]
    return brief(record, at) | {
        "issuers": live.issuers,
        "subject": live.subject,
        "genre": live.genre,
        "addressee": live.addressee,
        "summary": record.summary,
        "keywords": [
            word for word in live.keywords.replace("；", ";").replace("，", ";").split(";") if word.strip()
        ],
        "source": live.source or record.agency.name,
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
        "relations": [*_relations(record, at)],
    }


def _relations(record: Record, at: datetime) -> Iterable[dict[str, Any]]:
    for relation in record.relations_out.all():
        if relation.target.is_public(at):
            yield _related(RelationKind(relation.kind).label, relation.target)
    for relation in _incoming(record, at):
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


def agency(agency: Agency, count: int) -> dict[str, Any]:
    """One agency."""
    return {
        "code": agency.code,
        "name": agency.name,
        "short_name": agency.short_name,
        "kind": agency.get_kind_display(),
        "ended_on": agency.ended_on and agency.ended_on.isoformat(),
        "successor": agency.successor.code if agency.successor else None,
        "records": count,
        "url": absolute(agency.get_absolute_url()),
    }
