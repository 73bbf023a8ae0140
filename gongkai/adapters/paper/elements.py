"""要素栏里的一项项:索引号、主题分类、各种日期、有效性。拿不准就空着。"""

from __future__ import annotations

import re
from datetime import date

from gongkai.law import indexnumber
from gongkai.law.errors import LawError

from ..files import Document
from . import agencies, dates, labels, signature
from .model import (
    EDGE,
    INDEX,
    INDEX_WHOLE,
    INDEX_WITH_PLACE,
    MARKED,
    NOTHING,
    Fields,
    Found,
    Paper,
    below_style,
    filled_values,
    fold,
)

_VALIDITY = re.compile(
    r"(?:现行|继续|宣布|尚未|已经|已|部分|全文|暂时)?(?:有效|失效|废止|修改|修订|生效|停止执行|暂停执行|结束)(?:[,，]\s*已修改)?|未生效|征集中"
)
#: 只写“状态”的栏目也有征集、办理的状态;说效力的才算。
_STATE = re.compile(
    r"(?:^|[ \t\u3000|｜])(?:当前)?状态[ \u3000]{0,3}[:：][ \u3000]{0,3}((?:现行|已|部分|全文)?(?:有效|失效|废止))(?=[\s|｜;；]|\Z)",
    re.M,
)
_URL_DATES = (
    re.compile(r"/t((?:19|20)\d{2})(\d{2})(\d{2})[_.]"),
    re.compile(r"/art/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d{2})[-/](\d{2})[-/](\d{2})/"),
    re.compile(r"/((?:19|20)\d{2})/(\d{2})-(\d{2})/"),
)
_STAMP = re.compile(
    r"^[ \t\u3000\xa0•·●▪◆■]*+(?P<who>[\u3400-\u9fff]{2,16}[ \t\u3000]{1,6}(?:[\w.]{4,40}[ \t\u3000]{1,4})?)?((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[ \t\u3000\xa0]*$",
    re.M,
)
#: 主题的大类(国办发〔2002〕17号的主题分类);“信息分类”写着这些的不是体裁。
_TOPIC = re.compile(
    r"(?:国务院组织机构|综合政务|国民经济|财政|国土资源|农业|工业|交通|商贸|海关|市场监管|安全生产|城乡建设|环境保护|科技|教育|文化|广电|新闻出版"
    r"|卫生|体育|人口|计划生育|妇女|劳动|人事|监察|民政|扶贫|救灾|公安|司法|民族|宗教|对外事务|港澳台|国防|应急管理|社会保障)(?:[、,，/／\\]|\Z)"
)
_INDEX_ALONE = re.compile(r"[0-9A-Z][0-9A-Z\-]{5,24}/(?:19|20)\d{2}-?\d{3,8}")


def index_number(paper: Paper, fields: Fields) -> None:
    for raw in filled_values(fields, "索引号"):
        whole = None if dates.at_start(raw) else INDEX_WHOLE.match(raw)
        match = INDEX_WITH_PLACE.match(raw) or whole or INDEX.search(raw)
        if match:
            paper.found["索引号"] = Found(match[0].strip(), "要素栏“索引号”", raw)
            try:
                hints = indexnumber.parse(match[0].strip()).hints
            except LawError:
                hints = ("索引号的写法不常见，请核对",)
            paper.warnings += hints
            return


def loose_index(paper: Paper, text: str) -> None:
    """An index number on a line of its own near the top, on pages that lost their labels."""
    for line in text.split("\n")[:20]:
        if _INDEX_ALONE.fullmatch(line.strip(EDGE)):
            paper.found["索引号"] = Found(line.strip(EDGE), "要素栏里单独一行", line)
            return


def subject(paper: Paper, fields: Fields) -> None:
    # “组配分类”在同时有“信息分类”(实为体裁)的平台上才是主题;单独出现时是栏目。
    names = ["主题分类"] + (["组配分类"] if fields.get("信息分类") else []) + ["信息分类"]
    for name in names:
        for value in fields.get(name, ()):
            text = " ".join(value.text.split())
            if name == "信息分类" and (fields.get("组配分类") or not _TOPIC.match(fold(text))):
                continue
            if not text or NOTHING.match(text) or len(text) > 60 or "。" in text or text == paper.title:
                continue
            if (
                not value.same_line
                and value.label.colon
                and not below_style(fields)
                and not _TOPIC.match(fold(text))
            ):
                continue
            paper.found["主题分类"] = Found(text.strip(" ,，;；|｜"), f"要素栏“{name}”", value.text)
            return


def days(paper: Paper, fields: Fields, folded: str, bare: str, document: Document, url: str) -> None:
    for name in ("成文日期", "发文日期", "发布日期", "废止日期", "施行日期"):
        for raw in filled_values(fields, name):
            if (found := dates.at_start(raw)) or (found := dates.stripped(raw)):
                paper.found[name] = Found(found.isoformat(), f"要素栏“{name}”", raw)
                break
    if "成文日期" not in paper.found and (signed := signature.signed_on(bare)):
        paper.found["成文日期"] = Found(signed[0].isoformat(), "落款", signed[1])
    if "成文日期" not in paper.found:
        for raw in filled_values(fields, "生成日期"):
            if found := dates.at_start(raw):
                paper.found["成文日期"] = Found(found.isoformat(), "要素栏“生成日期”", raw)
                break
    if "发布日期" not in paper.found:
        for raw in filled_values(fields, "时间"):
            if found := dates.at_start(raw):
                paper.found["发布日期"] = Found(found.isoformat(), "标题下的时间", raw)
                break
    if "发布日期" not in paper.found:
        meta = next((value for key, value in document.meta.items() if key.lower() == "pubdate"), "")
        if found := dates.first_date(meta):
            paper.found["发布日期"] = Found(found.isoformat(), "网页标签 PubDate", meta)
        elif (stamped := _stamp(folded)) or (stamped := _among_labels(folded, fields)):
            paper.found["发布日期"] = Found(stamped[0].isoformat(), "标题下的时间", stamped[1])
        elif found := _date_in(url):
            paper.found["发布日期"] = Found(found.isoformat(), "网址", url)


#: 文件自己写的施行日子:“本办法自2025年3月1日起施行”。
_EFFECTIVE = re.compile(
    rf"(?:^|[。；;，,\s　条])(?:本(?:办法|规定|细则|意见|通知|方案|规则|条例|制度|标准|通告|公告|决定|办法[（(]试行[）)])|以上(?:规定|标准))?"
    rf"[，,]?(?:从|自)(?P<day>{dates.DATE.pattern})[ \t\u3000]?(?:起|开始)(?:正式|试|全面)?(?:施行|实施|执行|生效|行)",
    re.M,
)


def effective(paper: Paper, folded: str) -> None:
    """The day from which the paper says that it applies, if it names one and only one."""
    if "施行日期" in paper.found:
        return
    told = {match["day"]: match[0] for match in _EFFECTIVE.finditer(folded)}
    days_told = {found for day in told if (found := dates.first_date(day))}
    if len(days_told) == 1:
        where = next(iter(told.values())).strip(" \u3000\n。；;，,条")
        paper.found["施行日期"] = Found(days_told.pop().isoformat(), "正文", where)
    elif days_told:
        paper.warnings += ("正文写了不止一个施行日期，请核对后填写",)


def _stamp(folded: str) -> tuple[date, str] | None:
    """A time stamp on a line of its own near the top: with a clock time, or as an item of a list."""
    for match in _STAMP.finditer(folded[: max(600, len(folded) // 3)]):
        listed = match[0].strip().startswith(("•", "·", "●"))
        if (match["who"] or "").strip().endswith(("时间", "日期", "于", "日", "自", "至")):
            continue  # “会议时间 2024-05-01 09:00”
        if (":" in match[0] or "：" in match[0] or listed) and (found := dates.first_date(match[2])):
            return found, match[0].strip()
    return None


#: 时间后面接着机关、再接着别的标签:“2023-04-27 16:18 某街道办事处 点击数:56”。
_BY_LINE = re.compile(
    r"^[ \t\u3000\[【(（]*+(?P<day>(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ \u3000]{0,4}(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    r"[\])】）|｜ \u3000]{1,6}(?P<who>[\u3400-\u9fff]{2,24})(?P<rest>[^\n]{0,80})$",
    re.M,
)
_COUNTED = re.compile(r"(?:点击|浏览|阅读|访问|字号|字体|作者|来源|编辑|审核|打印)[\u4e00-\u9fff]{0,3}[:：】]")


def by_line(fields: Fields, folded: str, text: str) -> None:
    """Take the line below the title that says when and who without labels for what its labels would say."""
    for match in _BY_LINE.finditer(folded[:1200]):
        known = not match["rest"].strip() or _COUNTED.search(match["rest"])
        if known and dates.at_start(match["day"]) and not labels.by_shape(match["who"]):
            for name, part in (("时间", "day"), ("来源", "who")):
                value = text[match.start(part) : match.end(part)]
                if name == "时间" or agencies.looks_like(match[part]):
                    label = labels.Label(name, match.start(part), match.start(part), False)
                    fields.setdefault(name, []).append(labels.Value(label, value, True))
            return


_AFTER = re.compile(r"日?[ \t\u3000]{0,4}(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[ \t\u3000|｜】\]）)﹞]{0,12}")
_BEFORE = "\n \t\u3000|｜【[（(】])）﹞"


def _among_labels(folded: str, fields: Fields) -> tuple[date, str] | None:
    """A date right before a label, near the top: “[2020-08-17] 来源：……”, “来源：……|2022-01-20|浏览：88”."""
    starts = {value.label.start for values in fields.values() for value in values if value.label.colon}
    own = {value.label.end for values in fields.values() for value in values if value.label.name != "其他"}
    for day in dates.DATE.finditer(folded[: max(600, len(folded) // 3)]):
        after = _AFTER.match(folded, day.end())
        if len(folded[: day.start()].rstrip(" \t\u3000")) in own:
            continue  # 是前面那个标签的值
        if (
            after
            and folded[day.start() - 1 : day.start()] in _BEFORE
            and "\n" not in folded[after.end() : after.end() + 1]
            and not starts.isdisjoint((after.end(), after.end() + 1))
            and (found := dates.of_match(day))
        ):
            return found, folded[day.start() : after.end()].strip(" \t\u3000|｜】]）)﹞")
    return None


def _date_in(url: str) -> date | None:
    for pattern in _URL_DATES:
        if match := pattern.search(url):
            return dates.first_date("-".join(match.groups()))
    return None


def validity(paper: Paper, fields: Fields, folded: str) -> None:
    for name in ("有效性", "征集状态"):
        for raw in filled_values(fields, name):
            said = fold(raw).strip(" 【】[]〔〕")
            word = "有效" if said == "是" else re.split(r"[\s（(;；,，|]", said)[0]
            if len(word) <= 10 and _VALIDITY.search(word):
                match = _VALIDITY.match(said)
                longer = match is not None and len(match[0]) > len(word)
                paper.found["有效性"] = Found(match[0] if match and longer else word, f"要素栏“{name}”", raw)
                return
    if (state := _STATE.search(folded[:1500])) and fields:
        paper.found["有效性"] = Found(state[1], "要素栏“状态”", state[0].strip())
        return
    if marked := MARKED.match(fold(paper.title)):
        paper.found["有效性"] = Found(marked[1], "标题", paper.title)
        return
    top = [line.strip(EDGE) for line in folded.split("\n")[:30]]
    for line in top:
        if _VALIDITY.fullmatch(line):
            paper.found["有效性"] = Found(line, "要素栏里单独一行", line)
            return
    if "废止日期" in paper.found:
        until = paper.found["废止日期"].value
        paper.found["有效性"] = Found(f"已废止(废止时间{until})", "要素栏“废止时间”", until)
