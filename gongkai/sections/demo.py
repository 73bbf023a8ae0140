"""样本区的专栏:照 ``data/demo.toml`` 由各单位起草、区政府办开通,设置过同一套表单。"""

from __future__ import annotations

import tomllib
from datetime import datetime
from importlib.resources import files
from typing import Any

from gongkai.law.agencies import Role
from gongkai.org.models import User
from gongkai.org.sample import District, moment
from gongkai.records.models import Record
from gongkai.sections import actions
from gongkai.sections.forms import FORMS
from gongkai.sections.models import Section
from gongkai.sections.terms import BlockKind, SectionKind


def load(district: District) -> None:
    """Draft every section, open all but those that wait for the district office."""
    desks, until = district.desks, district.until
    rows = tomllib.loads(files("gongkai.sections").joinpath("data", "demo.toml").read_text("utf-8"))["section"]
    office = desks["MH0101"].people[Role.OFFICE]
    for number, row in enumerate(rows, 1):
        desk = desks.get(row["agency"])
        writer = desk.people[Role.CLERK] if desk else office
        at = moment(until, 10, number)
        section = actions.create(
            SectionKind.from_value(row["kind"]),
            row["slug"],
            row["title"],
            agency=desk.agency if desk else None,
            introduction=row["introduction"],
            by=writer,
            at=at,
        )
        for block in row["block"]:
            _add(section, block, writer, at)
        section.refresh_from_db()
        if row.get("waiting"):
            actions.submit(section, revision=section.revision, by=writer, at=at)
        else:
            actions.open(section, revision=section.revision, by=office, at=at, order=row["order"])
        district.progress("专栏", number, len(rows))


def _add(section: Section, block: dict[str, Any], writer: User, at: datetime) -> None:
    section.refresh_from_db()
    kind = BlockKind.from_value(block["kind"])
    settings = {"records": _index_numbers(block["titles"], at)} if "titles" in block else block["settings"]
    given = settings | {
        "revision": section.revision,
        "heading": block["heading"],
        "wide": block.get("wide", False),
    }
    form = FORMS[kind](given, section=section, at=at)
    if not form.is_valid():
        raise ValueError(f"demo.toml:{section}的“{block['heading']}”:{form.errors.as_json(escape_html=False)}")
    data = form.cleaned_data
    actions.put(
        section,
        None,
        kind,
        data["heading"],
        data["wide"],
        form.settings(),
        revision=data["revision"],
        by=writer,
        at=at,
    )


def _index_numbers(titles: dict[str, Any], at: datetime) -> str:
    """The newest public records whose title has one of the words, as a clerk would write them down."""
    found: list[str] = []
    for word in titles["words"]:
        rows = Record.objects.public(at).filter(title__contains=word, type="normative").order_by("-published_at")
        found += rows.values_list("index_number", flat=True)[: titles["count"]]
    return "\n".join(dict.fromkeys(found[: titles["count"]]))
