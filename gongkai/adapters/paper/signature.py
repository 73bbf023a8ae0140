"""落款:谁签的、哪一天。正文里别的日期、会议日期、印发日期都不是。输入都已折成简体。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from . import agencies, dates

_EDGE = " \t\u3000\xa0•·?？\ufffd"  # 采集来的空格有时成了问号
#: 前一行这样结束,后一行这样开头,单独成行的日期就是断开的句子。
_STOPS = tuple("。；！？：:”』」）)】.…")
_GOES_ON = re.compile(
    r"^(?:起|前|后|至|到|以|之|为|止|的|内|，|,|、|。|；|施行|实施|发布|公布|印发|实行|执行|在|由|区|县|市|召开|通过|批准|第)"
)
_PERSON = re.compile(
    r"^(?:代理?)?(?:省|市|区|县|州|旗|镇|乡|局|院|检察|部|主)[长任][\s\u3000]*\S{1,4}(?:[\s\u3000]+\S{1,2})?$"
)
_APPENDIX = re.compile(
    r"^附件?[\s\u3000]*[\d一二三四五六七八九十]*(?:[:：]|$)|^附[:：]|^抄送|^主题词|^（此[件页]|^\(此[件页]|^第[一1]章"
)
_PRINTED = re.compile(r"印发$|发布$|印$")
#: 机关名后面注着盖了章。
_SEAL = re.compile(r"[\s\u3000]{0,3}[（(](?:印章|盖章|公章|章|签章)[)）]$")
_MOST_SIGNERS = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """落款:日期、日期的原文、签署的机关在文中的起止(联合发文有几个)、是不是在机关之后。"""

    day: date
    raw: str
    signers: tuple[tuple[int, int], ...]

    @property
    def sure(self) -> bool:
        """Whether an agency or an officer stands before the date."""
        return bool(self.signers)


def whole_date(line: str) -> date | None:
    """The date of a line that is nothing but a date, perhaps in brackets or without its 年月日."""
    line = line.strip(_EDGE + "（()）").removeprefix("公元")
    match = dates.DATE.fullmatch(line)
    return dates.of_match(match) if match else dates.stripped(line)


def signature(text: str) -> Signature | None:
    """The signature of a paper: the first date after an agency, else a date that stands alone at the end of it.

    A date on a line of its own within a sentence is none, nor one of printing (印发).
    """
    spans = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    lines = [text[start:end].strip(_EDGE) for start, end in spans]
    loose: Signature | None = None
    for number, line in enumerate(lines):
        day = whole_date(line)
        if day is None:
            if found := _on_one_line(text, spans[number]):
                return found
            continue
        before = _signers_before(text, spans, lines, number)
        if before is not None:
            return Signature(day, line, before)
        if loose is None and number > 2 and _stands_alone(lines, number):
            loose = Signature(day, line, ())
    return loose or _run_on(text)


def _signers_before(
    text: str, spans: list[tuple[int, int]], lines: list[str], number: int
) -> tuple[tuple[int, int], ...] | None:
    """The agencies right above a date; None if there are none. An officer (区长 甲某) signs for no span."""
    found: list[tuple[int, int]] = []
    for above in range(number - 1, max(-1, number - 1 - _MOST_SIGNERS), -1):
        line = lines[above]
        if not found and _PERSON.match(line) and above:
            return _signers_before(text, spans, lines, above) or ((spans[above][0], spans[above][0]),)
        parts = list(_agencies_in(text, spans[above], line))
        if not parts:
            break
        found = parts + found
    return tuple(found) or None


def _agencies_in(text: str, span: tuple[int, int], line: str) -> list[tuple[int, int]]:
    """The spans of the agencies on a line that holds nothing else."""
    line = _SEAL.sub("", line)
    parts = re.split(r"[\s\u3000、\t]+", line)
    spaced = (
        [line] if agencies.looks_like(re.sub(r"[\s\u3000]", "", line)) and max(map(len, parts)) <= 1 else parts
    )
    if not all(agencies.looks_like(re.sub(r"[\s\u3000]", "", part)) for part in spaced):
        return []
    spans, at = [], span[0]
    for part in spaced:
        at = text.index(part, at)
        spans.append((at, at + len(part)))
        at += len(part)
    return spans


def _on_one_line(text: str, span: tuple[int, int]) -> Signature | None:
    """“明湖区民政局　　2024年5月8日”: agency and date on one line."""
    line = text[span[0] : span[1]].strip(_EDGE)
    if len(line) > 80 or _PRINTED.search(line):
        return None
    for match in dates.DATE.finditer(line):
        head = line[: match.start()].rstrip(_EDGE + "（(")
        if line[match.end() :].strip(_EDGE + "）)") or not head or line[len(head)] not in _EDGE:
            continue
        day = dates.of_match(match)
        start = text.index(head, span[0])
        signers = _agencies_in(text, (start, start + len(head)), head)
        if day and signers:
            return Signature(day, match[0], tuple(signers))
    return None


def _stands_alone(lines: list[str], number: int) -> bool:
    """Whether a date on a line of its own can be a signature's: not within a sentence, not a time stamp."""
    before = lines[number - 1]
    after = lines[number + 1] if number + 1 < len(lines) else ""
    if re.search(r"\d[:：]\d", lines[number]) or _GOES_ON.match(after):
        return False
    return before.endswith(_STOPS) or not after or _APPENDIX.match(after) is not None or len(before) <= 30


def _run_on(text: str) -> Signature | None:
    """In run-on text a date right after an agency, at the end or before the closing lines."""
    for match in dates.DATE.finditer(text):
        before = text[: match.start()].rstrip()
        after = text[match.end() :].lstrip(" \u3000")
        parts = re.split(r"([\s\u3000。；：，、…])", before[-60:])
        name = parts[-1]
        # “……贯彻执行。 某某人民政府 2022年2月27日”:句号之后只有机关和日期
        apart = re.search(r"[。！…）)]\s*$", "".join(parts[:-1])) is not None and len(before) < match.start()
        ends = not after or after.startswith(("\n", "抄送", "附件", "（此件", "(此件", "…"))
        known = agencies.looks_like(name)
        if ((known and (ends or apart)) or (dates.written_out(match) and ends)) and (day := dates.of_match(match)):
            start = len(before) - len(name)
            signers = ((start, len(before)),) if known else ()
            return Signature(day, match[0], signers)
    return None


def signed_on(text: str) -> tuple[date, str] | None:
    """The date under which a paper is signed (落款日期) and how it is written."""
    found = signature(text)
    return (found.day, found.raw) if found else None


def signer(text: str) -> tuple[int, int] | None:
    """The span of the agency that signs, the first of several."""
    found = signature(text)
    return next((span for span in found.signers if span[0] < span[1]), None) if found else None
