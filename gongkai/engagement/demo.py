"""样本区的回应关切:来信各在一个环节(公开的、有承诺的、差评的、告知去处的),两件舆情,三次活动,三期访谈(一期正在进行),两场电视问政,两次调查。"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from gongkai.engagement import actions, demo_interviews, demo_press, demo_series, demo_surveys, demo_televised
from gongkai.engagement.models import Event
from gongkai.engagement.terms import Elsewhere, EntryKind, EventKind
from gongkai.law import calendar
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.engagement import Grade, LetterKind, Selection
from gongkai.org.sample import OFFICE, District, moment
from gongkai.records import actions as records

Publish = Callable[..., Any]
SIGN_UP_DAYS = 5
CITIZENS = ("甲某", "乙某", "丙某", "丁某")


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    table = tomllib.loads(files("gongkai.engagement").joinpath("data", "demo.toml").read_text("utf-8"))
    desks, until, publish = district.desks, district.until, district.publish
    office = desks[OFFICE].people[Role.OFFICE]
    for row in table["letter"]:
        _letter(row, desks[row["agency"]], until)
    for row in table["event"]:
        _event(row, desks[row["agency"]], until, publish)
    for row in table["interview"]:
        demo_interviews.load(row, desks[row["agency"]], until, publish)
    for row in table["broadcast"]:
        demo_televised.load(row, district)
    for row in table["survey"]:
        demo_surveys.load(row, desks[row["agency"]], until)
    for row in table["case"]:
        _case(row, desks[row["owner"]], office, until, publish)
    demo_press.load(district)
    demo_series.load(district)


def _letter(row: dict[str, Any], desk: Any, until: date) -> None:
    clerk, head = desk.people[Role.CLERK], desk.people[Role.HEAD]
    day = until - DAY * row["ago"]
    letter, _ = actions.send_letter(
        desk.agency,
        LetterKind.from_value(row["kind"]),
        row["title"],
        row["text"],
        at=moment(day, 20, 15),
        contact={"name": "来信人某", "email": "letter@citizen.example"},
        consents_content=True,
        files=[(name, said.encode()) for name, said in (one.split("|") for one in row.get("files", ()))],
    )
    if row.get("new"):
        return
    next_day = day + DAY
    actions.accept(letter, by=clerk, at=moment(next_day, 9))
    if where := row.get("elsewhere"):
        actions.decline(letter, Elsewhere.from_value(where), row["note"], by=clerk, at=moment(next_day, 15))
        return
    text = row.get("reply") or row.get("drafted")
    if text is None:
        return
    for file in letter.files.all():
        actions.open_letter_file(letter, file.pk, by=clerk, at=moment(next_day, 9, 30))
    replied = calendar.add(day, row["worked"], provisional=True) if "worked" in row else next_day
    promised = replied + DAY * row["promise_days"] if "promise" in row else None
    actions.draft_reply(
        letter, text, promise=row.get("promise", ""), promise_on=promised, by=clerk, at=moment(replied, 10)
    )
    if "reply" not in row:
        return
    actions.reply(letter, answered_all=True, by=head, at=moment(replied, 16))
    if "rating" in row:
        actions.rate(letter, row["rating"], row.get("note", ""), at=moment(replied + DAY, 19))
    if "revisited" in row:
        actions.revisit(letter, row["revisited"], by=clerk, at=moment(replied + DAY * 2, 10))
    if "shown_title" in row:
        actions.publish_letter(
            letter, row["shown_title"], row["shown_text"], text, by=head, at=moment(replied + DAY * 2, 9)
        )
    if "kept" in row and promised is not None:
        actions.keep_promise(letter, row["kept"], by=clerk, at=moment(min(promised, until), 11))


def _event(row: dict[str, Any], desk: Any, until: date, publish: Publish) -> None:
    clerk = desk.people[Role.CLERK]
    day = until + DAY * row["days"]
    announced = min(day - DAY * 20, until - DAY * 2)
    values = {
        "title": row["title"],
        "place": row["place"],
        "audience": row["audience"],
        "seats": row["seats"],
        "selection": Selection.from_value(row.get("selection", "first")),
        "starts_at": moment(day, 9),
        "ends_at": moment(day, 11, 30),
        "signup_until": moment(day - DAY * SIGN_UP_DAYS, 17),
    }
    event = actions.hold_event(
        desk.agency, EventKind.from_value(row["kind"]), values, by=clerk, at=moment(announced, 8)
    )
    publish(actions.draft_notice(event, by=clerk, at=moment(announced, 8, 30)), desk, announced)
    event = Event.objects.get(pk=event.pk)
    for number, name in enumerate(CITIZENS):
        contact = {"name": name, "reach": f"sign-up-{number}@citizen.example"}
        actions.sign_up(event, contact, at=moment(announced + DAY, 12, number))
    if "outcome" in row:
        actions.finish_event(event, row["attended"], row["outcome"], by=clerk, at=moment(day + DAY, 10))


def _case(row: dict[str, Any], desk: Any, office: Any, until: date, publish: Publish) -> None:
    found = moment(until - DAY * row["ago"], 8)
    case = actions.open_case(row["title"], row["source"], desk.agency, detected_at=found, by=office, at=found)
    actions.grade_case(
        case, Grade.from_value(row["grade"]), desk.agency, by=office, at=found + timedelta(minutes=30)
    )
    if "word" not in row:
        return
    clerk, day = desk.people[Role.CLERK], until - DAY * row["ago"]
    edition = records.create(
        desk.agency,
        "document",
        by=clerk,
        at=moment(day, 8, 40),
        title=row["word"],
        made_on=day,
        genre="公告",
        body=row["body"],
    )
    record = publish(edition, desk, day).record
    said = record.published_at
    actions.add_entry(case, EntryKind.FIRST, said, row["word"], record=record, by=office, at=said)
    done = said + DAY * 3
    actions.add_entry(case, EntryKind.ACTION, done, row["action"], by=office, at=done)
    if row.get("closed"):
        actions.close_case(case, by=office, at=done)
