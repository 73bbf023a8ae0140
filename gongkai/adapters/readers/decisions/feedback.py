"""采纳反馈:收到、采纳、部分采纳、未采纳各几条,合不合计,没有采纳的说没说理由(条例第十八条、第三十二条)。"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..pages.counting import NUMBER, count, parts, summed

_UNIT = r"(?:条|项|个|份|件|则|人次)"
#: 采纳的各种说法。
_TAKE = r"(?:采纳|采用|采信|采取|吸收采纳|采纳吸收|吸收|吸纳|接受)"
_WHAT = r"(?:有效|各类|书面|反馈|公众|社会各界|各界|社会|群众|网友|网民|市民|单位|个人|来信|留言|意见|建议|回复|信息|问题|的|和|及|、|共|计|总计|了|到|具体|修改)"
_NONE = re.compile(
    r"(?:未|没有|无)(?:收到|征集到|收集到|接到|收集|征集)(?!的?(?:采纳|意见[^。,;]{0,6}采纳))|收到[^。;,]{0,20}零(?:条|件)|无(?:人|任何)?(?:反馈|提出)|均无(?:意见|异议)|没有(?:人)?(?:提出|反馈)[^。;,]{0,10}意见|无(?:意见|异议)(?:建议)?反馈"
)
_RECEIVED = re.compile(
    rf"(?:收到|征集到?|收集到?|接到|征得|收回|回收|征求到|反馈|提(?:出|交|了)?|受理){_WHAT}{{0,10}}[::]?\s?({NUMBER})\s?(?:余|多)?{_UNIT}"
)
_SUMMED = re.compile(rf"(?:收到|征集到?)[^。;]{{4,60}}(?:合计|总计)[::为]?\s?({NUMBER})\s?{_UNIT}")
_CAME = re.compile(r"收到|征集|收集|接到|反馈|征求")
_NUMBERED = rf"{_WHAT}{{0,6}}[::为的是有]?\s?({NUMBER})\s?{_UNIT}"
_PARTLY = re.compile(rf"部分(?:予以)?{_TAKE}{_NUMBERED}")
_REJECTED = re.compile(rf"(?:未予?(?:以)?(?:被)?|不予?(?:以)?|没有(?:予以)?|暂不|暂未|无法){_TAKE}{_NUMBERED}")
_REJECTED_OF = re.compile(
    rf"({NUMBER})\s?{_UNIT}[^。;,、0-9]{{0,6}}(?:未予?(?:以)?(?:被)?|不予?|没有|暂不){_TAKE}(?!{_WHAT}{{0,4}}\d)"
)
_REST_REJECTED = re.compile(
    rf"(?:其余|其他|余下|另有?|剩余)(?:的)?\s?({NUMBER})\s?{_UNIT}[^。;0-9]{{0,40}}?(?:未|不|没有|暂不|难以|无法)(?:予|被|能)?(?:以)?[采吸][纳用收]"
)
_TAKEN = re.compile(rf"(?<![未不分没])(?<![未不]予)(?<!予以)(?<!未被)(?<!吸收){_TAKE}{_NUMBERED}")
_TAKEN_GIVEN = re.compile(
    rf"(?<![未不])予以{_TAKE}{_NUMBERED}|({NUMBER})\s?{_UNIT}{_WHAT}{{0,4}}(?:予以|已|被|全部)(?:被)?{_TAKE}"
)
_ALL = re.compile(r"(?:全部|均|都|已全)(?:已)?(?:予以|予|被|经研究)?" + _TAKE)
#: 收到的都采纳了,没有再说几条:“共收到1条意见,已采纳”。
_TAKEN_WHOLE = re.compile(
    r"(?:意见|建议|条|件)[,,](?:经研究,?)?(?:已|予以|已予)(?:予以)?(?:采纳|吸收)(?=[。;,\s]|\Z)"
)
_NOT_TAKEN = re.compile(r"(?:未|不|没有)(?:予以?|被|能)?采[纳用]")
_NO_ONE = re.compile(r"(?:均|全部|都)(?:未|不予|不)(?:予)?采纳")
#: 没有说几条的“其余未采纳”。
_THE_REST = re.compile(
    rf"(?:其余|其他|余下|另外|剩余)(?:的|意见|建议|各条){{0,2}}(?:均|都|暂|经研究)?(?:未|不|没有)(?:予|被|能)?(?:以)?{_TAKE}"
)
_ELSEWHERE = re.compile(r"附件|附表|详见|附[::]|见附|见下表|节选|下载")
_REASON = re.compile(
    r"理由|原因|不一致|不相?符|冲突|抵触|超出|缺乏[^。;]{0,12}依据|没有[^。;]{0,8}依据|不具备|因为|因(?:与|该|其|不|涉|已)|由于|鉴于|不符合|不属于|(?:依法|暂)?不(?:能|宜)(?:调整|纳入|改)|因[^。;,]{2,24}(?:暂|不|未|无法|难以)|(?:成本|条件|权限|经费|用地)[^。;,]{0,8}(?:较高|不足|有限|不成熟)|已有规定|已(?:在|于)[^。;]{2,20}(?:规定|明确)|依据[^。;]{2,30}规定,"
)
_WHOLE = re.compile(
    rf"({NUMBER})\s?{_UNIT}[^。;0-9]{{0,6}}?[,,::(]?(?:其中|分别(?:为|是)|包括)[::,]?([^。;]{{4,160}})"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """各几条;None 是没有说。"""

    received: int | None = None
    adopted: int | None = None
    partly: int | None = None
    rejected: int | None = None

    def facts(self) -> dict[str, int | None]:
        """As the formats print them."""
        return {
            "received": self.received,
            "adopted": self.adopted,
            "partly": self.partly,
            "rejected": self.rejected,
        }


def counts(text: str) -> Counts:
    """How many opinions came and what became of them, as a folded text says it.

    >>> counts("共收到意见3条,其中采纳1条,部分采纳1条,未采纳1条").facts()
    {'received': 3, 'adopted': 1, 'partly': 1, 'rejected': 1}
    >>> counts("征求意见期间未收到任何意见").received
    0
    """
    return _of_table(text, _told(text))


def _told(text: str) -> Counts:
    received = _first(_SUMMED, text)
    whole = summed(text)
    if received is None and whole and whole[2] and _CAME.search(text[whole[0] :][:40]):
        received = whole[1]
    received = _first(_RECEIVED, text) if received is None else received
    if received is None and _NONE.search(text):
        received = 0
    if received == 0:
        return Counts(0, 0, 0, 0)
    partly, rejected = _first(_PARTLY, text), _first(_REJECTED, text)
    rejected = _first(_REJECTED_OF, text) if rejected is None else rejected
    rejected = _first(_REST_REJECTED, text) if rejected is None else rejected
    bare = _PARTLY.sub("", _REJECTED.sub("", text))
    adopted = _first(_TAKEN, bare)
    adopted = _first(_TAKEN_GIVEN, bare) if adopted is None else adopted
    taken = _ALL.search(text) or (_TAKEN_WHOLE.search(text) and not _NOT_TAKEN.search(text))
    if adopted is None and received and taken:
        adopted = received - (partly or 0)
    if rejected is None and received and _NO_ONE.search(text):
        rejected, adopted = received, 0
    if rejected is None and received and adopted is not None and _THE_REST.search(text):
        rejected = received - adopted - (partly or 0)
    if adopted is not None or rejected is not None:
        partly = partly or 0
    if rejected is None and received is not None and adopted is not None and adopted + (partly or 0) == received:
        rejected = 0
    return Counts(received, adopted, partly, rejected)


#: 一格里说怎样处理的:“采纳”“不予采纳,……”。
_ROWS = re.compile(
    r"[|\t ]((?:部分|未予?|不予?|暂不|没有|已)?(?:予以)?(?:采[纳用]|吸[收纳]))(?=[|\t ,。;:(\n]|\Z)"
)
_TABLE = re.compile(
    r"序号[|\t ](?:[^|\t \n]{1,14}[|\t ]){1,6}?[^|\t \n]{0,8}(?:采纳|结果|处理|答复|回复)[^|\t \n]{0,8}"
)
#: 一条一条答的:“答复:采纳,……”“处理意见:不予采纳”。
_ANSWERS = re.compile(
    r"(?:答复|回复|处理|采纳|结果|情况|意见)[::]\s?((?:部分|未予?|不予?|暂不|没有|已)?(?:予以)?(?:采[纳用]|吸[收纳]))(?!\s?\d)"
)
#: 表头里说理由的一列。
_REASON_COLUMN = re.compile(r"理由|原因|说明|备注|依据|情况")


def _of_table(text: str, found: Counts) -> Counts:
    """The counts of a table that has a row for every opinion, where the text gives no counts of what became of them."""
    head = _TABLE.search(text)
    if found.adopted is not None or found.rejected is not None:
        return found
    rows = [match[1] for match in _ROWS.finditer(text, head.end())] if head else _ANSWERS.findall(text)
    if not head and len(rows) < 2:
        return found
    partly = sum(row.startswith("部分") for row in rows)
    rejected = sum(row.startswith(("未", "不", "暂", "没")) for row in rows)
    if not rows or found.received not in (None, len(rows)):
        return found
    return Counts(len(rows), len(rows) - partly - rejected, partly, rejected)


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return count(next(group for group in found.groups() if group)) if found else None


def consistent(text: str, found: Counts) -> bool | None:
    """Whether the parts make the whole, by whatever division the page gives; None where it gives none.

    >>> consistent("共征集到679条,梳理332条,其中群众建议176条、人大建议121条、委员建议35条", Counts(679))
    True
    """
    if found.received and found.adopted is not None and found.rejected is not None:
        return found.adopted + (found.partly or 0) + found.rejected == found.received
    divisions = [(count(match[1]), [number for _, number in parts(match[2])]) for match in _WHOLE.finditer(text)]
    judged = [whole == sum(numbers) for whole, numbers in divisions if len(numbers) > 1]
    return all(judged) if judged else None


def reasons(text: str, found: Counts) -> bool | None:
    """Whether each opinion that was not taken has its reason; None where it cannot be seen (an annex, nothing received)."""
    if not found.received:
        return None
    if found.adopted == found.received or _REASON.search(text) or _reasoned(text):
        return True
    unsaid = found.adopted is not None and found.rejected is None
    return None if unsaid or _ELSEWHERE.search(text) else False


def _reasoned(text: str) -> bool:
    """Whether a table has a column for reasons in which something stands behind each opinion that was not taken."""
    head = _TABLE.search(text)
    if not head or not _REASON_COLUMN.search(text[head.start() : head.end() + 24]):
        return False
    refused = [
        match for match in _ROWS.finditer(text, head.end()) if match[1].startswith(("未", "不", "暂", "没"))
    ]
    return bool(refused) and all(_CELL.match(text, match.end()) for match in refused)


_CELL = re.compile(r"\s?[|,。;:(]\s?[^|\s\d]{3}")


def faults(text: str, found: Counts) -> list[tuple[str, str]]:
    """FB-NOREASON, FB-NOCOUNT: opinions came in, but not what became of them or why."""
    if found.received == 0:
        return []
    if found.received is None and found.adopted is None and found.rejected is None:
        given = re.search(r"收到|征集到|提出了|收集|共提出|(?:已|充分)(?:经)?(?:全部)?(?:吸收|采纳)", text)
        return [("FB-NOCOUNT", given[0])] if given and not _ELSEWHERE.search(text) else []
    return [("FB-NOREASON", "")] if reasons(text, found) is False else []
