"""一页是哪个机关的:标题开头、标题里、“来源”、落款、正文里写全了名称的。"""

from __future__ import annotations

import re

from .days import days
from .text import Page

#: 汉字连着的一段,名称在其中:从地名起,到机关名称的结尾止。
_RUN = re.compile(r"[一-龥](?:[一-龥]|12345){3,40}")
_PLACE = re.compile(
    r"[一-龥]{1,7}?(?:特别行政区|自治[区州县]|经开区|高新区|开发区|新区|省|市|区|县|州|盟|旗|镇|乡|街道)"
)
_TAIL = re.compile(
    r"(?:人民)?政府(?:[一-龥]{0,6}?办公[室厅]|(?:新闻)?办(?![法理事结公]))|人民政府|委(?:办公?[室厅]?|[一-龥]{2,4}部|编办|政法委)|管(?:理)?委(?:员)?会(?:办公室)?|党政办(?:公室)?|[一-龥]{2}公开办|(?:街道)?办事处|委员会"
    r"|领导小组(?:办公室)?|指挥部|办公[室厅]|分局|总局|[图档博文][一-龥]{1,2}馆|[支大总]队|(?:人民)?(?:检察院|法院)|(?<![布格结])局(?:[一-龥]{2,6}(?:分局|支队|大队|总队))?|纪委监委|[一-龥]{0,6}(?:调查|工作|督查)组|厅|中心|委(?!托|派|员)"
)
_LABEL = re.compile(
    r"(?:发布(?:机构|单位|部门)|来源|信息来源|征集(?:单位|部门)|主办单位|发文机关|责任单位|(?:回复|答复|承办|经办|办理|受理|处理)(?:单位|部门|机构))[::]\s?"
)
_ABOVE = re.compile(r"(?:[一-龥]{1,8}(?:省|市|自治区|地区|盟|州|县|区|旗))?")
_GENERIC = re.compile(r"[由的了向将请在以至寄报送]|召开|举行|联系|^号|各|有关|相关|本|我|该|全|门户|网站|常务")
_AT_HEAD = re.compile(r"[一-龥]{2,6}?(?:市|县|区)(?=\d|[“\"《])")
_PLACE_AT_HEAD = re.compile(
    r"(?!关于|网传|公开|征集)[一-龥]{2,6}?(?<![小社园景校片城辖地街])(?:自治县|自治州|自治旗|县|区|市|旗)(?![长委场民内域里])"
)
_LEAD = re.compile(
    r"^.*(?:根据|按照|关于|公布|印发|转发|征集|征求|邀请|由|经|向|在|对|为|将|和|与|及|至|到|于|通过|报送|请|的|是|《|》|日|年)(?=[一-龥]{2,5}?(?:省|市|区|县|镇|乡|州|街道))"
)


def agency(page: Page, *, titled: bool = True) -> str | None:
    """The whole name of the agency whose page it is; None where the page does not print it.

    ``titled`` false: the title is a letter writer's and may name somebody else; it comes last.
    """
    text = page.text
    signed = (*_labelled(text), *_signatures(text))
    for where in (page.title, *signed, text) if titled else (*signed, text, page.title):
        found = [name for name in map(_tidy, _names(where)) if name]
        if found:
            longer = (name for name in map(_tidy, _names(text)) if _completes(name, found[0]))
            return max(longer, key=len, default=found[0])
    place = _AT_HEAD.match(page.title) or (titled and _PLACE_AT_HEAD.match(page.title)) or None
    return place[0] if place else None


def _completes(name: str, shorter: str) -> bool:
    """Whether a name is the shorter one with the places above it in front: 某市某县教育局, not 登录某县教育局."""
    return name.endswith(shorter) and _ABOVE.fullmatch(name.removesuffix(shorter)) is not None


def _names(text: str) -> list[str]:
    found = []
    for run in _RUN.findall(text):
        place = _PLACE.search(run)
        tail = _TAIL.search(run, place.end()) if place else None
        if place and tail and not run.startswith("令", tail.end()):
            found.append(run[place.start() : tail.end()])
    return found


def _tidy(name: str) -> str:
    name = _LEAD.sub("", name)
    return "" if _GENERIC.search(name) or len(name) < 4 else name


def _labelled(text: str) -> list[str]:
    return [text[match.end() : match.end() + 40].split("。")[0] for match in _LABEL.finditer(text)]


def _signatures(text: str) -> list[str]:
    """What stands just before a date."""
    return [
        re.split(r"[。;:,\s]", text[max(0, day.start - 40) : day.start].rstrip())[-1]
        for day in reversed(days(text))
    ]
