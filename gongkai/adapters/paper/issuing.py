"""谁发的、什么文号:要素栏、来源、落款、标题互相印证;引用的文号不是本件的文号。"""

from __future__ import annotations

import re

from gongkai.law import docnumber, numerals

from . import agencies, dates, signature
from .model import EDGE, FILE_NAME, MARKED, NOTHING, Fields, Found, Paper, below_style, filled_values, fold
from .title import bare as bare_text

_ORDER = re.compile(
    r"(?P<agency>[\u3400-\u9fff\s\u3000]{4,30}?)\s{0,6}令\s{0,6}[（(]?\s{0,3}第\s{0,3}(?P<seq>\d{1,4}|[〇一二三四五六七八九十百]{1,5})\s{0,3}[号號]\s{0,3}[）)]?"
)
#: 题下的括号里说这一件怎样公布的:“（2010年5月20日某省人民政府令第228号公布　自2010年7月1日起施行）”。
_GIVEN_BY = re.compile(
    r"^[（(][^（()）\n]{0,14}?(?:日|\d(?![年月日\d]))(?P<agency>[\u3400-\u9fff]{4,20})令第(?P<seq>\d{1,4}|[〇一二三四五六七八九十百]{1,5})[号號](?:公布|发布|發布|颁布|頒布)"
)
#: 标题末尾按年编号的公告:“公告2024年第2号”。
_OF_YEAR = re.compile(r"(?:公告|通告|公报)\s?(?:19|20)\d{2}年第\s?\d{1,4}\s?号\Z")
_BY_AND_ON = re.compile(
    r"^[ \t\u3000]*[\[【]([^\[\]【】\n]{4,30})[\]】][ \t\u3000]*((?:19|20)\d{2}[-/.年][^\n]{0,12})", re.M
)


def issuer(paper: Paper, fields: Fields, folded: str, bare: str, text: str) -> None:
    joint = agencies.at_head(fold(paper.title))
    if len(joint) > 1:
        paper.issuers = tuple(joint)
    for value in fields.get("发布机构", ()):
        name = value.text.strip(" ,，;；、。")
        if (
            name
            and not NOTHING.match(name)
            and len(name) <= 60
            and name != paper.title
            and (value.same_line or agencies.looks_like(fold(name)) or below_style(fields))
        ):
            name = name.split("\t")[0].strip()
            several = agencies.split(name) if not paper.issuers else []
            paper.found["发布机构"] = Found(name, "要素栏“发布机构”", value.text)
            paper.issuers = paper.issuers or tuple(several if len(several) > 1 else [name])
            return
    given_empty = any(value.label.colon for value in fields.get("发布机构", ()))
    for raw in filled_values(fields, "来源"):
        name = _source(raw)
        if agencies.looks_like(fold(name)) or agencies.short(fold(name)):
            paper.found["发布机构"] = Found(name, "要素栏“来源”", raw)
            break
    else:
        signed = signature.signature(bare)
        if signed and (spans := [span for span in signed.signers if span[0] < span[1]]):
            names = [text[start:end].strip() for start, end in spans]
            paper.found["发布机构"] = Found(names[0], "落款", "、".join(names))
            paper.issuers = paper.issuers or tuple(dict.fromkeys(names))
        elif joint and (not given_empty or _alone(joint[0], folded)):
            named = paper.title.strip().lstrip("《〈")[: len(joint[0])]
            paper.found["发布机构"] = Found(named, "标题", paper.title)
        elif not given_empty and (head := agencies.red_head(folded)):
            names = [text[start:end].strip() for start, end in head]
            paper.found["发布机构"] = Found(names[0], "红头", "、".join(names))
            paper.issuers = paper.issuers or tuple(names)
        elif not given_empty and (found := agencies.working_office(folded)):
            paper.found["发布机构"] = Found(text[found[0] : found[1]], "正文“工作机构为”", "")
        elif not given_empty and (found := agencies.alone_at_top(folded)):
            paper.found["发布机构"] = Found(text[found[0] : found[1]].strip(), "页首单独一行", "")
        elif not given_empty and (named := agencies.titled(fold(paper.title))):
            paper.found["发布机构"] = Found(paper.title.strip()[: len(named)], "标题", paper.title)
    _bracketed(paper, folded, text)
    if "发布机构" in paper.found and not paper.issuers:
        paper.issuers = (paper.found["发布机构"].value,)


def _alone(agency: str, folded: str) -> bool:
    """Whether an agency has a line of its own near the top, as in a title over several lines: that agrees."""
    return any(line.strip(EDGE) == agency for line in folded.split("\n")[:40])


def _source(raw: str) -> str:
    """The name in a source (来源) before what else stands on its line; “汤原县政府 办公室” is one."""
    parts = re.split(r"[\s\u3000]+|发布|作者|时间|[|｜]", raw.split("|")[0].strip())
    name = parts[0].strip(" ,，。·")
    return (
        name + parts[1] if len(parts) > 1 and fold(parts[1]) in ("办公室", "委员会", "管委会", "办事处") else name
    )


def _bracketed(paper: Paper, folded: str, text: str) -> None:
    """“[某县人民政府]2016-05-09”: who published and when, on a line near the top."""
    for match in _BY_AND_ON.finditer(folded[:800]):
        day = dates.at_start(match[2])
        if day and agencies.looks_like(match[1]):
            paper.found.setdefault(
                "发布机构", Found(text[match.start(1) : match.end(1)], "标题下的方括号", match[0])
            )
            paper.found.setdefault("发布日期", Found(day.isoformat(), "标题下的时间", match[2]))
            return


def number(paper: Paper, fields: Fields, text: str, folded: str) -> None:
    for value in fields.get("文号", ()):
        found = docnumber.find(value.text)
        if found and found[0].start <= 4:
            _take_number(paper, value.text, found[0], "要素栏“文号”")
            return
    bare_title = MARKED.sub("", paper.title).strip()
    found = docnumber.find(bare_title)
    if found and found[0].start == 0 and found[0].number.year and len(bare_title) > found[0].end:
        _take_number(paper, bare_title, found[0], "标题")
        return
    head = text[: max(1200, len(text) // 2)]
    for line in head.split("\n"):
        plain = line.strip(EDGE + "()（）【】[]")
        found = docnumber.find(plain[:80])
        if not found or found[0].number.year is None or found[0].start > 0:
            continue
        rest = plain[found[0].end :]
        # 单独成行;或者行首是文号、后面紧跟书名号标题、主送机关,空一格接标题。
        after = rest.strip()
        titled = rest[:1] in " \u3000\t" and (agencies.at_head(fold(after[:60])) or after.startswith("关于"))
        dated = signature.whole_date(after) if rest[:1] in " \u3000\t" else None
        if dated:
            paper.found.setdefault("成文日期", Found(dated.isoformat(), "文号行", after))
        named = rest[:1] in " \u3000\t" and agencies.looks_like(re.split(r"[\s\u3000]", fold(after))[0])
        if (
            not after
            or after.startswith(("《", "各", "(", "（", "签发人"))
            or len(after) < 4
            or titled
            or named
            or dated
        ):
            _take_number(paper, plain, found[0], "标题下的文号行")
            return
    if _order(paper, head):
        return
    found = docnumber.find(paper.title)
    if found and found[0].number.year and found[0].end >= len(paper.title.rstrip(")）")):
        _take_number(paper, paper.title, found[0], "标题")
        return
    if yearly := _OF_YEAR.search(paper.title.rstrip(")） ")):
        paper.found["文号"] = Found(re.sub(r"\s", "", yearly[0]), "标题", paper.title)
        return
    for name in FILE_NAME.findall(text):
        found = docnumber.find(name)
        if found and found[0].start == 0:
            _take_number(paper, name, found[0], "附件名")
            return
    for found_at in docnumber.find(head[:600])[:3]:
        before, after = fold(head[: found_at.start]), fold(head[found_at.end :])
        apart = before[-1:].isspace() and after[:1].isspace()
        line = before.rstrip().rsplit("\n", 1)[-1]
        titled = len(line.strip()) > 8 and bare_text(line) in bare_text(fold(paper.title))
        if found_at.number.year and apart and (titled or re.match(r"\s+(?:来源|各)", after)):
            _take_number(paper, head, found_at, "标题下的文号")
            return


def _order(paper: Paper, head: str) -> bool:
    """“某某人民政府令”and“第3号”, on one line or two near the top: the number of an order, and who gave it."""
    lines = [line.strip(EDGE) for line in head.split("\n")[:40] if line.strip(EDGE)][:12]
    for line in lines[:6]:
        given_by = _GIVEN_BY.match(line)
        if given_by and agencies.looks_like(fold(given_by["agency"])):
            value = f"{given_by['agency']}令第{numerals.number(given_by['seq'])}号"
            paper.found["文号"] = Found(value, "题下的括号", line)
            if day := dates.at_start(line.lstrip("（( ")):
                paper.found.setdefault("成文日期", Found(day.isoformat(), "题下的括号", line))
            return True
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        match = _ORDER.fullmatch(line) or _ORDER.fullmatch(f"{line}{following}")
        if match and agencies.looks_like(fold(match["agency"])):
            agency = re.sub(r"\s", "", match["agency"])
            value = f"{agency}令第{numerals.number(match['seq'])}号"
            paper.found["文号"] = Found(value, "令号", match[0])
            paper.found.setdefault("发布机构", Found(agency, "令号", match[0]))
            paper.issuers = paper.issuers or (agency,)
            return True
    return False


def _take_number(paper: Paper, raw: str, found: docnumber.Found, where: str) -> None:
    """Keep the script of the original: 國辦公開辦函〔2021〕30號, with brackets and 号 mended."""
    number, source = found.number, raw[found.start : found.end]
    written = re.sub(r"\s", "", source[: max(source.find(mark) for mark in docnumber.OPEN.replace("\\", ""))])
    code = written if fold(written) == fold(number.code) else number.code
    mark = "號" if "號" in source or (code != number.code and "号" not in source) else "号"
    value = number.text.replace(number.code, code, 1).replace("号", mark) if number.year else number.text
    paper.found["文号"] = Found(value, where, source)
    paper.warnings += tuple(one for one in number.warnings if "修复" in one)
