"""格式要素(E14):六部分是否齐全、标题是否规范、第五部分有无实际内容。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import params
from ..agencies import AgencyKind
from ..sources import implements
from .agency import kind_of
from .facts import Report
from .finding import Finding, Severity, found
from .labels import core

_HOLLOW = re.compile(
    r"加强组织领导|提高思想认识|强化责任(意识|落实)|进一步(加强|完善|提高|规范|强化)|"
    r"有待(进一步)?(加强|提高|完善|提升)|再上新台阶|扎实推进|高度重视|狠抓落实|取得(了)?(一定|明显)成[绩效]"
)
_FACT = re.compile(
    r"\d|“[^“”]{2,}”|《[^《》]{2,}》|规范性文件|解读|专栏|目录|答复|平台|新媒体|公报|培训|网站|栏目|申请|复议|诉讼"
)
_NONE = re.compile(r"^[\s\W]*(无|没有|暂无|略|空)[\s\W]*$|^.{0,12}(无存在|没有存在|不存在)(的)?(主要)?问题.{0,6}$")
_PROBLEM = re.compile(
    r"问题|不足|薄弱|短板|差距|困难|不够|有待|仍需|需要|慢|单一|滞后|欠缺|缺乏|缺少|较少|偏[少低弱]|不(?:全|多|高|准|齐|细|强|深|实|力|规范|到位|及时|平衡|统一)"
)
_BETTER = re.compile(
    r"改进|整改|下一步|将|措施|完善|加强|提升|推进|改为|通报|培训|优化|调整|健全|已(?:经)?[建开修增改完重补]"
)
_ORDINAL = re.compile(r"(?<![一二三四五六七八九十第])([一二三四五六七八九])是(?!否|非|指|以|由|在|对|因)")
_OVERSIGHT = {
    "工作考核": re.compile(r"考核|考评|测评"),
    "社会评议": re.compile(r"评议|满意度|第三方评估|社会评价"),
    "责任追究": re.compile(r"问责|追责|追究"),
}
_DIGITS = "一二三四五六七八九"


@implements("ogi:50")
def check_text(report: Report) -> list[Finding]:
    """E14 on a report whose text is known."""
    if not report.sections and not report.headings:
        return []
    return [*_sections(report), *_title(report), *_problems(report), *_ordinals(report), *_oversight(report)]


def _sections(report: Report) -> Iterator[Finding]:
    for section in report.form.sections:
        written = report.headings.get(section.number)
        if written is None:
            yield found(
                "E14",
                f"第{section.number}部分",
                f"缺少第{section.number}部分“{section.heading}”。",
                expected=section.heading,
            )
        elif core(written) not in (core(section.heading), core(section.title)):
            yield found(
                "E14",
                f"第{section.number}部分/标题",
                f"第{section.number}部分的标题写作“{written}”，官方标题为“{section.heading}”。",
                expected=section.heading,
                actual=written,
            )
    order = [number for number in report.headings if number in "一二三四五六"]
    if order != sorted(order, key="一二三四五六".index):
        yield found("E14", "标题", "六个部分的顺序与官方格式不一致。", actual="、".join(order))


def _title(report: Report) -> Iterator[Finding]:
    if (
        report.title
        and report.year
        and not re.search(rf"{report.year}\s*年度?\s*政府信息公开工作年度报告", report.title)
    ):
        expected = report.form.title.format(agency=report.org, year=report.year)
        yield found(
            "E14",
            "标题",
            f"标题写作“{report.title}”，官方式样为“{expected}”。",
            expected=expected,
            actual=report.title,
            severity=Severity.NOTICE,
        )


def _problems(report: Report) -> Iterator[Finding]:
    """Part five must name problems and what was done, not only phrases."""
    if "五" not in report.headings:
        return
    text = report.sections.get("五", "").strip()
    least = params.at("report.problem_chars", report.on).value
    if not text:
        yield found("E14", "第五部分", "第五部分是空的，应当写明存在的主要问题和改进情况。")
        return
    says = _PROBLEM.search(text) and _BETTER.search(text)  # 短而实的,不嫌短
    if _NONE.match(text) or (len(core(text)) < least and not says):
        yield found(
            "E14", "第五部分", f"第五部分只写了“{text[:30]}”，没有写明存在的主要问题和改进情况。", actual=text[:60]
        )
        return
    sentences = [sentence for sentence in re.split(r"[。；;!！\n]", text) if len(sentence) > 4]
    hollow = [s for s in sentences if _HOLLOW.search(s) and not _FACT.search(s)]
    if len(hollow) * 2 > len(sentences):
        yield found(
            "E14",
            "第五部分",
            f"第五部分{len(sentences)}句中有{len(hollow)}句是套话，没有具体问题和措施，"
            f"例如“{hollow[0].strip()[:30]}”。",
            actual=len(hollow),
        )
    if not _PROBLEM.search(text):
        yield found("E14", "第五部分", "第五部分没有写存在的问题。")
    if not _BETTER.search(text):
        yield found("E14", "第五部分", "第五部分没有写改进情况。")


def _ordinals(report: Report) -> Iterator[Finding]:
    """“一是……三是……三是”: an enumeration that skips or repeats; enumerations may nest."""
    for number in ("一", "五"):
        open_at: list[int] = []
        for hit in _ORDINAL.finditer(report.sections.get(number, "")):
            rank = _DIGITS.index(hit[1]) + 1
            if rank == 1:
                open_at.append(1)
                continue
            while open_at and open_at[-1] != rank - 1:
                open_at.pop()
            if not open_at:
                yield found(
                    "E14",
                    f"第{number}部分/序号",
                    f"第{number}部分的“{hit[0]}”前面没有“{_DIGITS[rank - 2]}是”，序号跳号或者重复。",
                    actual=hit[0],
                    remedy="请核对序号。",
                )
                break
            open_at[-1] = rank


def _oversight(report: Report) -> Iterator[Finding]:
    """A government's report must tell of assessment, public appraisal and accountability (条例第五十条)."""
    kind = kind_of(report.org)
    text = report.sections.get("一", "")
    if kind is not AgencyKind.GOVERNMENT or not text:
        return
    missing = [name for name, pattern in _OVERSIGHT.items() if not pattern.search(text)]
    if missing:
        yield found(
            "E14",
            "第一部分/监督保障",
            f"政府的年度报告应当写明{'、'.join(missing)}的情况，第一部分没有写。",
            expected="、".join(missing),
            severity=Severity.NOTICE,
            basis=check_text.source,  # type: ignore[attr-defined]
        )
