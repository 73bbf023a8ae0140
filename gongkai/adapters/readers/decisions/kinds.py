"""一页是哪一种:先看标题,标题说不清再看正文。"""

from __future__ import annotations

import re

from ..pages.counting import without_brackets
from ..pages.text import Page

CALL, LIST, NOTICE, FEEDBACK = "目录征集", "目录公布", "征求意见公告", "采纳反馈"
HEARING, RESULT, MEETING = "听证", "决策结果", "会议公开"

_FEEDBACK = re.compile(
    r"(?:意见|建议|征集|征求|采纳|公示)[^,。]{0,24}(?:情况|反馈|结果|采纳|汇总|答复|回复|处理)|反馈(?:情况|结果|公告|说明)|采纳(?:情况|结果)|情况(?:的)?反馈"
)
_STILL_ASKS = re.compile(
    r"(?:公开)?(?:征求|征集)(?:(?!情况|结果|反馈|采纳)[^,。]){0,40}(?:公告|通告|启事|的通知)$"
)
_LISTED = re.compile(r"决策[^,。]{0,12}(?:目录|清单|标准|事项|建议|项目|议题)|目录(?:事项|清单|管理)|决策事项")
#: “《某项目》重大行政决策事项的公示”说的是一项,不是目录。
_OF_ONE = re.compile(
    r"(?:重大)?(?:行政)?决策事项《[^《》]{1,60}》(?!目录|清单|标准)|《[^《》]{1,60}》(?:等)?(?:的)?(?:重大)?(?:行政)?决策(?:事项)?(?!目录|清单|标准)"
)
_CALLS = re.compile(r"编制工作|编[报制]的通知|提报|上报|征集|征求意见|意见稿|草案|申报|报送|建议项目|拟列入|推荐")
_RESULT = re.compile(
    r"决策结果|决策(?:的)?(?:公告|决定)|后评估|评估报告|执行情况|实施情况|实施效果|完成情况|决策后|结果及依据|决策公[布开]"
)
#: 标题不说“公告”的:正文说哪次会议决定了、是重大行政决策。
_DECIDED = re.compile(
    r"(?:经|由|已)[^。;]{2,44}会议?(?:于[^。;,]{4,14}[日号])?(?:研究|审议|讨论|审定|集体)[^。;]{0,10}(?:决定|通过|同意)"
)
#: 标题只说公布了一件,正文说经会议通过的:“《某规划》公布”。
_MADE_PUBLIC = re.compile(r"》?(?:正式)?(?:公布|发布|出台)$")
_ASKING = re.compile(r"征求|征集|公示|意见|草案|听证|草稿")
_MEETING = re.compile(
    r"列席|旁听(?!人)|会议公开|议题|(?:常务|全体|党政联席|政府|县长|市长|区长|镇长|办公)会议?(?:审议|研究|讨论|召开|议定|纪要|$)|常务会议|全体会议"
)


#: 公示的是人、合同、工程,不是决策草案。
_NOT_A_DECISION = re.compile(
    r"(?:录用|聘用|招聘|选调|任前|任职|中标|成交|采购|候选人|评审结果|入围|获奖|表彰|环境影响|环评|竣工|验收|用地批准|资格|补助?对象|发放)[^,。]{0,20}(?:公示|公告|通知|通告)"
)
_CONSULTS = re.compile(
    r"(?:征求|征集|征询|听取|收集|采纳|反馈|提出)[^。;]{0,40}(?:意见|建议)|意见[^。;]{0,10}(?:征求|征集|征询|收集|受理|反馈)|意见稿|草案|送审稿|公示|决策"
)


def kind(page: Page) -> str | None:
    """One of the seven kinds (formats: 目录征集 … 会议公开); None for a page that is about no decision.

    >>> kind(Page("关于公布2025年度重大行政决策事项目录的通知", "", ""))
    '目录公布'
    """
    title = page.title.strip()
    if "听证" in title and not re.search(r"听证办法|听证规定|听证制度", title):
        return HEARING
    if _FEEDBACK.search(title) and not _STILL_ASKS.search(title):
        return RESULT if re.search(r"决策结果|完成情况|执行情况", title) else FEEDBACK
    if _LISTED.search(_OF_ONE.sub("", title)) and not _RESULT.search(title):
        return CALL if _CALLS.search(title) else LIST
    if _RESULT.search(title):
        return RESULT
    if _MEETING.search(title):
        return MEETING
    is_decision = "决策" in page.whole or _MADE_PUBLIC.search(title)
    if is_decision and _DECIDED.search(without_brackets(page.text)) and not _ASKING.search(title):
        return RESULT
    if "听证会" in page.text and not re.search(r"征求|征集|公示", title):
        return HEARING
    if _NOT_A_DECISION.search(title) or not _CONSULTS.search(page.whole):
        return None
    return NOTICE
