"""案卷里的事实怎样写进文书:称呼、日期、联系方式、答复各段、救济。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.law import fees, remedies, replies
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.law.fees import Basis
from gongkai.law.grounds import grounds
from gongkai.law.marks import titled
from gongkai.law.money import digits
from gongkai.law.remedies import Remedy
from gongkai.law.sources import numeral
from gongkai.org.models import Agency
from gongkai.records.actions.derived import published_on

from . import papers, personal, prose
from .models import Application, Item
from .papers import Paper


def facts(application: Application, paper: Paper, filled: dict[str, str], on: date) -> dict[str, str]:
    """Everything that the body of a letter may use; what does not apply is empty and stops the letter only if used."""
    values = {key: text.strip() for key, text in filled.items()}
    for blank in paper.blanks:
        if blank.kind == "date" and values.get(blank.key):
            values[blank.key] = papers.day(date.fromisoformat(values[blank.key]))
    agency = application.agency
    known = {
        "applicant": personal.unseal(application).get("name", application.applicant),
        "number": application.number,
        "received": papers.day(application.received_on),
        "subject": application.subject,
        "agency": str(agency),
        "due": papers.day(application.due_on),
        "original": papers.day(application.original_due_on),
        "office": "，".join(part for part in (agency.address, agency.phone) if part),
        "today": papers.day(on),
    }
    if paper.key == "reply":
        known["reply"] = reply_of(list(application.items.select_related("record", "earlier")))
    if any("{remedy}" in part for part in paper.body):
        known["remedy"] = remedy_for(application, on).text
    if paper.key == "fee":
        basis, yuan = fee_of(values)
        known["tariff"] = TARIFFS[basis]
        known["yuan"] = digits(yuan)
    return values | known


def remedy_for(application: Application, on: date, *, received_on: date | None = None) -> Remedy:
    """The remedy by the outcome that the case will have, and the last days once the applicant has the letter."""
    agency = application.agency
    items = [item.outcome for item in application.items.all() if item.outcome]
    outcome = application.outcome or (replies.overall(items) if items else "otherwise")
    return remedies.remedy(
        outcome,
        on,
        kind=AgencyKind.from_value(agency.kind),
        government=government_of(agency),
        received_on=received_on,
    )


def government_of(agency: Agency) -> str:
    """The name of the government that reviews this agency's decisions; the generic words if it is not known."""
    above: Agency | None = agency
    for _ in range(10):
        if above is None:
            break
        if above.kind == AgencyKind.GOVERNMENT and above.pk != agency.pk:
            return str(above)
        above = above.parent
    return "本级人民政府"


TARIFFS = {
    Basis.BY_ITEM: "按件计收（国办函〔2020〕109号第四条）：同一申请人一个自然月内累计申请10件以下（含10件）的不收费；"
    "11至30件（含30件）的部分，100元/件；31件以上的部分，以10件为一档，每增加一档，收费标准提高100元/件。",
    Basis.BY_PAGE: "按量计收（国办函〔2020〕109号第五条）：单件申请30页以下（含30页）的不收费；31至100页（含100页）的部分，10元/页；"
    "101至200页（含200页）的部分，20元/页；201页以上的部分，40元/页。",
}


def fee_of(values: dict[str, str]) -> tuple[Basis, Decimal]:
    """The basis and the yuan of a fee notice: the price of this one application, by item or by its pages.

    Raises:
        RuleBroken: no basis, both, or a quantity that is no whole number.
    """
    chosen = frozenset(basis for basis in Basis if basis.value in values.get("basis", "").split(","))
    basis = fees.one_basis(chosen)
    text = values.get("quantity", "").strip()
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 100_000:
        raise RuleBroken(f"数量“{text}”不对", fix="请填第几件，或者页数。")
    on = date.fromisoformat(values["on"])
    yuan = fees.item_price(int(text), on) if basis is Basis.BY_ITEM else fees.pages_total(int(text), on)
    if not yuan:
        raise RuleBroken(
            "按这个数量不收费", source="《信息处理费办法》第四条、第五条", fix="不收费的不发收费通知，直接办理。"
        )
    return basis, yuan


def reply_of(items: list[Item]) -> str:
    """The paragraphs of the reply, item by item. Raises RuleBroken while an item has no outcome."""
    parts = []
    for item in items:
        if not item.outcome:
            raise RuleBroken(f"第{item.order}项还没有定处理结果", fix="请先逐项定下处理结果。")
        parts += _item(item, numbered=len(items) > 1)
    return "\n".join(parts)


def _item(item: Item, *, numbered: bool) -> list[str]:
    outcome = replies.outcomes()[item.outcome]
    head = f"（{numeral(item.order)}）关于“{item.text}”：" if numbered else ""
    stated = {name: text for name, text in item.facts.items() if name in replies.facts()}
    stated |= {"law": _law(outcome.basis), "label": outcome.label}
    if key := outcome.ground or item.ground:
        found = grounds()[key]
        tests = (item.answers.get(test.key, "").strip() for test in found.tests)
        stated |= {"ground": prose.ground(key), "basis": f"依据{_law(found.basis)}不予公开"}
        stated["tests"] = "".join(prose.ended(text) for text in tests if text)
    lines = prose.reply(outcome.key, stated, replies.facts())
    lines[0] = head + lines[0]
    if item.record_id and outcome.key == "already_public" and item.record:
        day = papers.day(item.record.first_published_on or published_on(item.record))
        lines.append(f"该信息已于{day}公开，标题为{titled(item.record)}。")
    if item.earlier_id and item.earlier:
        letter = item.earlier.letters.filter(kind="reply").exclude(issued_at=None).last()
        number = f"，文号{letter.number}" if letter and letter.number else ""
        lines.append(f"本机关此前已就相同信息答复（受理编号{item.earlier.number}{number}）。")
    return lines


def _law(basis: str) -> str:
    """In a letter the regulation stands with its full name, once; brackets are full width."""
    first, *rest = basis.translate({ord("("): "（", ord(")"): "）"}).split("、《条例》")
    full = "、".join([first, *rest])
    return full.replace("《条例》", "《中华人民共和国政府信息公开条例》")
