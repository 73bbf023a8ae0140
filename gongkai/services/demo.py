"""样本区的办事服务:七十多份指南(多数公布,几份导入了还没有改好,一份暂停,一份取消),八件事,清单,一本通。"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.adapters.readers.services.fields import fields
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.indexnumber import is_uscc
from gongkai.org.sample import OFFICE, District, moment
from gongkai.policies.samples import clinic
from gongkai.services import actions
from gongkai.services.models import Guide
from gongkai.services.terms import FaqState, PartNeed

_UNITS = {"w": "workday", "d": "day", "i": "instant", "n": "none"}
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LICENCE = "对许可决定不服的，六十日以内向明湖区人民政府申请行政复议，或者六个月以内向明湖区人民法院起诉。"
_HOURS = "周一至周五 9:00—12:00，13:30—17:00（法定节假日除外）"
_STEPS = {"licence": ("受理", "审查", "决定", "送达"), "payment": ("受理", "审核", "公示", "发放")}
#: 离样本区今天的天数:建立、公布、核对。
DRAFTED, PUBLISHED, VERIFIED = 220, 210, 30


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    table = tomllib.loads(files("gongkai.services").joinpath("data", "demo.toml").read_text("utf-8"))
    _lists(table["lists"], district)
    guides = {
        row["name"]: _guide(number, row, table["laws"], district) for number, row in enumerate(table["guide"], 1)
    }
    for row in table["raw"]:
        desk = district.desks[row["agency"]]
        actions.new_guide(
            desk.agency,
            fields(row["text"]),
            by=desk.people[Role.CLERK],
            at=moment(district.until - DAY * 3, 15),
            source="导入自旧指南.docx",
            original=row["text"],
        )
    for row in table["matters"].values():
        _matter(row, guides, district)
    _cooperations(table["lists"]["cooperations"], guides, district)
    _life(guides, district)
    office = district.person(OFFICE, Role.OFFICE)
    actions.make_handbook("明湖区办事一本通", "明湖区", by=office, at=moment(district.until - DAY * 20, 10))
    _changed(guides, district)
    addresses = {name: guide.get_absolute_url() for name, guide in guides.items()}
    clinic.load(district.desks, district.until, addresses)
    actions.gather_phones(at=moment(district.until - DAY * 2, 9))


def _lists(table: dict[str, Any], district: District) -> None:
    at = moment(district.until - DAY * 300, 9)
    for name, code, approval, basis, bodies, limit, pricing, available in table["intermediaries"]:
        desk = district.desks[code]
        values = {
            "name": name,
            "approval": approval,
            "basis": basis,
            "bodies": bodies,
            "limit": limit,
            "pricing": pricing,
            "available": available,
            "complaint": "0571-00001270",
        }
        actions.put_intermediary(desk.agency, values, by=desk.people[Role.CLERK], at=at)
    for name, code, standard, basis in table["fees"]:
        desk = district.desks[code]
        values = {"name": name, "standard": standard, "basis": basis}
        actions.put_fee(desk.agency, values, by=desk.people[Role.CLERK], at=at)


def _guide(number: int, row: dict[str, Any], laws: dict[str, list[str]], district: District) -> Guide:
    desk = district.desks[row["agency"]]
    until = district.until
    made = actions.new_guide(
        desk.agency, _values(number, row, laws), by=desk.people[Role.CLERK], at=moment(until - DAY * DRAFTED, 9)
    )
    actions.publish_guide(made, "", by=desk.people[Role.HEAD], at=moment(until - DAY * PUBLISHED, 10))
    if number % 7:
        actions.verify_guide(
            made, by=desk.people[Role.CLERK], at=moment(until - DAY * (VERIFIED + number % 20), 11)
        )
    for text in row.get("faqs", []):
        question, answer, source = text.split("|")
        faq = actions.propose_faq(
            made, question, answer, source, by=desk.people[Role.CLERK], at=moment(until - DAY * 90, 9)
        )
        actions.confirm_faq(faq, FaqState.SHOWN, by=desk.people[Role.HEAD], at=moment(until - DAY * 88, 9))
    return Guide.objects.get(pk=made.pk)


def _values(number: int, row: dict[str, Any], laws: dict[str, list[str]]) -> dict[str, Any]:
    law, article, text = laws[row["law"]]
    (legal_n, legal), (promise_n, promise) = (_limit(part) for part in row["limit"].split())
    licence = row["type"] == "licence"
    visits = row.get("visits", 0 if row["online"] == "whole" else 1)
    phone = f"0571-0000{row['agency'][-3:]}"
    steps = _STEPS.get(row["type"], ("受理", "办理", "送达"))
    return {
        "name": row["name"],
        "code": _code(number, row),
        "item_type": row["type"],
        "body_kind": "organ",
        "power": "own",
        "level": "county",
        "audiences": row["audience"],
        "theme": row["theme"],
        "case_type": "instant" if promise == "instant" else "promised",
        "bases": [{"law": law, "article": article, "text": text}],
        "conditions": "\n".join(row["conditions"]),
        "situations": [_situation(one) for one in row.get("situations", [])],
        "materials": [_material(one, f"{law}{article}") for one in row["materials"]],
        "legal_n": legal_n,
        "legal_unit": legal,
        "legal_note": row.get("note") or (f"{law}{article}" if legal != "none" else ""),
        "promise_n": promise_n,
        "promise_unit": promise,
        "steps": list(_steps(steps, promise_n, promise)),
        "charged": "fee" in row,
        "fees": [dict(zip(("item", "standard", "basis", "relief"), row["fee"], strict=True))]
        if "fee" in row
        else [],
        "result": row["result"],
        "result_kind": row.get("kind", "certificate"),
        "validity": row.get("validity", ""),
        "certificate": row.get("certificate", ""),
        "delivery": "网上下载，或者免费邮寄" if row["online"] != "none" else "当场领取",
        "online": row["online"],
        "online_url": f"https://service.minghu.example/item/{number}"
        if row["online"] in ("whole", "review", "apply")
        else "",
        "visits": visits,
        "visits_reason": row.get("why", "领取结果，也可以选择邮寄" if visits else ""),
        "place": "明湖区政务服务中心（湖滨路88号）二楼",
        "window": f"{number % 30 + 1}号窗口",
        "hours": _HOURS,
        "consult": f"{phone}0",
        "complaint": f"{phone}9",
        "complaint_ways": "政务服务中心二楼“办不成事”窗口；12345",
        "remedy": _LICENCE if licence else "",
        "scopes": row.get("scopes", ""),
    }


def _limit(text: str) -> tuple[int | None, str]:
    return int(text[:-1]) if text[:-1] else None, _UNITS[text[-1]]


def _code(number: int, row: dict[str, Any]) -> str:
    """An invented code whose check digit is right."""
    unit = int(row["agency"][2:])
    body = f"11339900MJ{unit:06d}{unit % 10}"
    sign = next(one for one in _SIGNS if is_uscc(body + one))
    kind = "01" if row["type"] == "licence" else "20"
    return f"{body}{sign}433{kind}{number:05d}000"


def _situation(text: str) -> dict[str, Any]:
    key, question, options = text.split(":")
    return {"key": key, "text": question, "options": options.split("、")}


def _material(text: str, basis: str) -> dict[str, Any]:
    name, count, marks, points, *rest = [*text.split("|"), "", "", ""][:6]
    row: dict[str, Any] = {"name": name, "basis": basis, "points": points}
    letter = ""
    for sign in count:
        if sign.isdigit():
            row["originals" if letter == "o" else "copies"] = int(sign)
        letter = sign
    if marks.startswith("t:"):
        row |= {"source": "third", "by": marks[2:]}
    row |= {
        "a": {"source": "agency"},
        "s": {"source": "agency", "need": "shared"},
        "l": {"need": "later"},
        "e": {"form": "either", "sample": "https://service.minghu.example/forms/"},
    }.get(marks, {})
    when = next((part for part in rest if "=" in part), "")
    if when:
        key, _, options = when.partition("=")
        row["when"] = {key: options.split("/")}
    return row


def _steps(names: tuple[str, ...], n: int | None, unit: str) -> Iterator[dict[str, Any]]:
    """The promised days on the middle steps; the rest at once."""
    for place, name in enumerate(names):
        middle = place == 1 and n
        yield {
            "name": name,
            "who": "综合窗口" if place in (0, len(names) - 1) else "审批科",
            "n": n if middle else 0,
            "unit": unit if middle else "instant",
            "result": "受理通知书" if place == 0 and n else "",
        }


def _matter(row: dict[str, Any], guides: dict[str, Guide], district: District) -> None:
    desk = district.desks[row["lead"]]
    clerk, until = desk.people[Role.CLERK], district.until
    values = {
        name: row[name]
        for name in ("title", "summary", "audience", "joined", "not_joined", "window", "visits", "consult")
    }
    values["situations"] = [_situation(one) for one in row["situations"]]
    helpers = [district.desks[code].agency for code in row["helpers"]]
    made = actions.new_matter(desk.agency, values, helpers, by=clerk, at=moment(until - DAY * 160, 9))
    for name, batch, when, note in row["parts"]:
        key, _, options = when.partition("=")
        actions.put_part(
            made,
            guides[name],
            batch=batch,
            need=PartNeed.WHEN if when else PartNeed.MUST,
            when={key: options.split("/")} if when else {},
            note=note,
            by=clerk,
            at=moment(until - DAY * 160, 10),
        )
    actions.publish_matter(made, by=desk.people[Role.HEAD], at=moment(until - DAY * 150, 10))


def _cooperations(rows: list[list[Any]], guides: dict[str, Guide], district: District) -> None:
    for name, circle, mode, area, code, guide, launched, handled, progress, ago in rows:
        desk, until = district.desks[code], district.until
        values = {
            "name": name,
            "circle": circle,
            "mode": mode,
            "area": area,
            "guide": guides[guide],
            "progress": progress,
            "launched_on": until - DAY * launched,
            "handled": handled,
        }
        actions.put_cooperation(desk.agency, values, by=desk.people[Role.CLERK], at=moment(until - DAY * ago, 9))


def _life(guides: dict[str, Guide], district: District) -> None:
    """One is paused, one was cancelled, a question waits to be confirmed."""
    until = district.until
    dog, fair = guides["养犬登记"], guides["动物诊疗许可"]
    desk = district.desks["MH0125"]
    actions.pause_guide(
        dog,
        "登记系统升级，下月1日恢复；急用的打咨询电话预约。",
        by=desk.people[Role.HEAD],
        at=moment(until - DAY * 5, 9),
    )
    other = district.desks["MH0115"]
    actions.cancel_guide(
        fair,
        "下放到镇（街道）办理，请到所在地的便民服务中心。",
        by=other.people[Role.HEAD],
        at=moment(until - DAY * 40, 9),
    )
    asked = guides["户外招牌设置"]
    actions.propose_faq(
        asked,
        "换同样大小的新招牌，还要办吗？",
        "要办，材料同新设的一样，当场受理。",
        "来信归纳",
        by=desk.people[Role.CLERK],
        at=moment(until - DAY * 2, 9),
    )


def _changed(guides: dict[str, Guide], district: District) -> None:
    """After the handbook was made one guide got a shorter limit, and another has a draft."""
    until = district.until
    desk = district.desks["MH0122"]
    clerk, head = desk.people[Role.CLERK], desk.people[Role.HEAD]
    faster = guides["食品经营许可（新办）"]
    steps = list(_steps(_STEPS["licence"], 6, "workday"))
    actions.save_draft(faster, {"promise_n": 6, "steps": steps}, by=clerk, at=_day(until, 9))
    actions.publish_guide(faster, "承诺时限压缩了两天。", by=head, at=_day(until, 8))
    actions.save_draft(
        guides["企业设立登记"], {"hours": "周一至周六 9:00—17:00（法定节假日除外）"}, by=clerk, at=_day(until, 1)
    )


def _day(until: date, ago: int) -> Any:
    return moment(until - DAY * ago, 14)
