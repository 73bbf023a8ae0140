"""虚构的专栏,给测试用。"""

from __future__ import annotations

from typing import Any

from gongkai.sections import actions
from gongkai.sections.models import Section
from gongkai.sections.terms import BlockKind, SectionKind
from tests.records.office import AT, Office

LIST = {"agency": "", "duty": "", "type": "", "year": None, "words": "", "validity": "", "count": 8}


def listing(**given: Any) -> tuple[BlockKind, dict[str, Any]]:
    return BlockKind.RECORDS, LIST | given


def draft(
    office: Office,
    slug: str = "bailu",
    *blocks: tuple[BlockKind, dict[str, Any]],
    topic: bool = False,
    title: str = "白鹭镇",
    at=AT,
) -> Section:
    """A section with these blocks, not open; of the office's agency, or a topic of none."""
    section = actions.create(
        SectionKind.TOPIC if topic else SectionKind.UNIT,
        slug,
        title,
        agency=None if topic else office.agency,
        by=office.office,
        at=at,
    )
    for kind, settings in blocks:
        section = fresh(section)
        actions.put(section, None, kind, "", False, settings, revision=section.revision, by=office.office, at=at)
    return fresh(section)


def opened(
    office: Office, slug: str = "bailu", *blocks: tuple[BlockKind, dict[str, Any]], at=AT, **given
) -> Section:
    section = draft(office, slug, *blocks, at=at, **given)
    actions.open(section, revision=section.revision, by=office.office, at=at)
    return fresh(section)


def publish_draft(office: Office, section: Section, *, at=AT) -> None:
    section = fresh(section)
    actions.open(section, revision=section.revision, by=office.office, at=at)


def fresh(section: Section) -> Section:
    return Section.objects.select_related("agency").get(pk=section.pk)
