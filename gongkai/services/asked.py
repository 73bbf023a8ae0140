"""来信里问得多的:把公开的来信(个人信息隐去了的)同事项对上,问得像的归成一组,供人拟成常见问题。只提,不公布。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.desk.moments import end_of
from gongkai.engagement.models import Letter
from gongkai.law.calendar import DAY

from .models import Faq, Guide
from .terms import SHOWN, FaqState

#: 看最近多少天的来信,一个事项至多看多少封。
DAYS, MOST = 730, 400
#: 名称的两字组有这么多在来信里,算是问这个事项;两个题目这么像,算是同一个问题。
ABOUT, SAME = 0.6, 0.34
_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: 事项的名称里都有的,不作线索。
_COMMON = re.compile(
    "办理|登记|许可|审批|核准|申请|申报|备案|确认|核发|发放|领取|设立|变更|注销|延续|补领|换领|补办|证书|证明|的"
)
_ASKING = re.compile("咨询|请问|关于|问题|求助|一下|怎么办|怎么|怎样|如何|能否|是否|可以|需要")


@dataclass(frozen=True, slots=True)
class Asked:
    """一组问得像的来信:最近的一封(问题、答复照它),一共几封,已经拟过没有。"""

    letter: Letter
    count: int
    numbers: tuple[str, ...]

    @property
    def source(self) -> str:
        """What a question made out of it says of where it comes from."""
        return f"来信{self.letter.number}" + (f"等{self.count}封" if self.count > 1 else "")


def pieces(text: str, leave: re.Pattern[str]) -> set[str]:
    """Two characters each, without what says nothing."""
    runs = _HAN.findall(leave.sub(" ", text))
    return {run[n : n + 2] for run in runs for n in range(len(run) - 1)}


def is_about(name: str, text: str) -> bool:
    """Whether a letter asks about an item: most of what is particular to its name stands there.

    >>> is_about("食品经营许可", "开小餐馆要办食品经营许可证吗"), is_about("食品经营许可", "公园的路灯坏了")
    (True, False)
    """
    return _holds(pieces(name, _COMMON), pieces(text, _COMMON))


def _holds(own: set[str], said: set[str]) -> bool:
    return bool(own) and len(own & said) >= max(1, len(own) * ABOUT)


def _said(letter: Letter) -> set[str]:
    return pieces(f"{letter.shown_title} {letter.shown_text}", _COMMON)


def asked(guide: Guide, on: date) -> list[Asked]:
    """Groups of letters about an item that nobody has made a question of, the largest first."""
    letters = _letters(on, [guide.agency_id])[:MOST]
    done = " ".join(guide.faqs.values_list("source", flat=True))
    groups = _grouped(_about(guide, letters), pieces(guide.name, _COMMON))
    return [one for one in groups if not any(number in done for number in one.numbers)]


def _about(guide: Guide, letters: Iterable[Letter]) -> list[Letter]:
    own = pieces(guide.name, _COMMON)
    return [one for one in letters if _holds(own, _said(one))]


def _letters(on: date, agencies: Iterable[int]) -> QuerySet[Letter]:
    since = end_of(on - DAY * (DAYS + 1))
    rows = Letter.objects.shown().filter(agency__in=list(agencies), received_at__gt=since)
    rows = rows.exclude(shown_reply="").order_by("-received_at", "-pk")
    return rows.only("number", "shown_title", "shown_text", "shown_reply", "agency", "received_at")


def _grouped(letters: Iterable[Letter], name: set[str]) -> list[Asked]:
    """Letters put together whose titles are alike, the item's name left out; they come with the newest first."""
    groups: list[tuple[set[str], list[Letter]]] = []
    for letter in letters:
        own = pieces(letter.shown_title, _ASKING) - name
        near = next((held for signs, held in groups if _alike(own, signs)), None)
        if near is None:
            groups.append((own, [letter]))
        else:
            near.append(letter)
    made = [Asked(held[0], len(held), tuple(one.number for one in held)) for _, held in groups]
    return sorted(made, key=lambda group: -group.count)


def _alike(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and len(one & other) / len(one | other) >= SAME


def waiting(agencies: Iterable[int], on: date) -> list[tuple[Guide, int]]:
    """(item, letters) of the items of these units about which several wrote and that have no question yet."""
    rows = list(Guide.objects.filter(agency__in=agencies, state__in=SHOWN, faqs=None).select_related("agency"))
    by_agency: dict[int, list[set[str]]] = {}
    for letter in _letters(on, {one.agency_id for one in rows})[: MOST * 2] if rows else ():
        by_agency.setdefault(letter.agency_id, []).append(_said(letter))
    found = [
        (one, sum(_holds(pieces(one.name, _COMMON), said) for said in by_agency.get(one.agency_id, ())))
        for one in rows
    ]
    return sorted(((one, count) for one, count in found if count > 1), key=lambda pair: -pair[1])


def of_letter(number: str) -> Iterator[tuple[str, str]]:
    """(question, address) of the questions that the public can read and that say they come from this letter."""
    named = Faq.objects.filter(state=FaqState.SHOWN, guide__state__in=SHOWN, source__contains=number)
    for faq in named.select_related("guide"):
        if re.search(rf"{re.escape(number)}(?![0-9A-Za-z-])", faq.source):
            yield faq.question, f"{faq.guide.get_absolute_url()}#questions"
