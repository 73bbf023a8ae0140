"""一份申请说的是不是要政府信息:要查处、要解释、要登记档案、要出版物、要证明、要现做的,提示承办人,由他定。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.law import replies
from gongkai.law.sources import cite
from gongkai.law.terms import Term
from gongkai.org.models import Agency

from .advice import Advice

#: 要的动作。
_ASKED = r"(?:公开|获取|提供|查阅|复制|复印|查询|查一[下查]|调取|索取|索要|寄送|调阅|抄录|想要|需要|申请)"
#: 要的东西:材料的名称。没有点到一样材料的,要的不是已有的信息。
_PAPER = (
    r"文件|材料|记录|纪要|协议|合同|名单|名册|批复|方案|报告|标准|凭[证据]|台账|结果|信息|数据|图纸|现状图|规划图|平面图|许可证|登记表|备案|报表|汇总表|明细|清单|章程"
    r"|通知|决定书|意见书|笔录|预算|决算|规划|公告|档案|账目|票据|发票|文书|函|请示|证照|影像|照片|录像|回证|存根|[件单书](?=[及、，,。；;（(）)]|复印件|\Z)|登记簿|情况表|详情|使用情况|来往信件"
)
_HAS_PAPER = re.compile(_PAPER)
_REQUESTS = re.compile(_ASKED)
_REGISTERED = re.compile(
    r"(?:工商|企业|公司|市场主体|个体户?)[^。;；]{0,20}(?:登记|注册|内)?(?:档案|内档|登记信息|登记材料|章程|股东|变更材料)|不动产登记|(?:房屋|房产|房子|土地|[有量名]的?房)[^。;；，,]{0,8}(?:(?:登记|产权)[^。;；，,]{0,4}(?:档案|资料|簿|信息)|(?:登记|归)在?谁)"
    r"|(?:结婚|离婚|婚姻|户籍|户口|学籍|人事|参保)[^。;；，,]{0,6}(?:档案|查询记录|登记(?:申请书|资料|存))"
)
_PRINTED = re.compile(r"年鉴|公报|日报|晚报|报纸|杂志|期刊|(?:地方|[省市县区镇乡村])志|图书|合订本|出版物")
_CERTIFY = re.compile(
    r"(?:确认|认定|证明|核实|认证)[^。;；]{0,40}(?:真实|有效|属实|合法|真伪|效力)|(?:重新|再次|补)出具|(?:出具|开具|开)[^。;；]{0,40}证明"
    r"|书面证明|(?:再|补)[开出]一?[份个张]|(?:为|给)(?:我|本人|我单位)(?:们)?(?:出|开|写)一?(?:份|个)?|并?(?:加?盖|补盖)公?章"
)
_MAKE = re.compile(
    r"(?:请|要求|希望|需要?|将)[^。;；，,]{0,30}?(?:统计|汇总|整理|归纳|计算|测算|分析|撰写|制作|编制|对比|列表)(?!表|报表|年鉴|局|数据|资料|公报|所|师|结果)"
    r"|(?:算|列|排|理|做|写|画)(?:出来?|成|一[份张个])"
)
#: 要人做事:请求、催促的语气。
_URGES = re.compile(
    r"(?<!申)请(?!示)|要求|希望|恳请|恳求|强烈|盼|务必|尽快|望|举报|投诉|控告|检举|给个说法|讨回|不服"
)
#: 问话:疑问词,或者“属不属于”“批没批”。
_QUESTION = re.compile(
    r"[?？]|请问|是否|能否|可不可以|怎么|怎样|如何|为什么|为何|什么|哪[个些里儿]|多少|多久|几[个天年]|到底|想(?:知道|了解|问)|吗(?:\Z|[，。,])"
    r"|请(?:解释|说明|告知)|([\u4e00-\u9fff])[不没]\1"
)
_ORDERS = re.compile(
    r"查处|追究|处分|处罚(?!决定)|责令|赔偿|赔礼道歉|严惩|立即|举报|投诉|控告|检举|纠正|撤销(?!.{0,6}(?:文件|通知))|拆除|退还|处理(?!结果|情况|决定)"
)

#: 说明白要公开、要给的。
_OPENLY = re.compile(r"公开|获取|提供|查阅|复制|复印|索取|调取")


class Nature(Term):
    """申请说的是什么。"""

    PETITION = "petition", "信访举报投诉"
    CONSULT = "consult", "咨询"
    REGISTERED = "special_law", "登记档案一类的查询"
    PUBLICATION = "publication", "公开出版物"
    CONFIRMATION = "confirmation", "确认或者重新出具"
    TO_BE_MADE = "to_be_made", "需要另行制作"


def nature(text: str) -> Nature | None:
    """What an application asks for besides existing papers; None where it asks for these or it cannot be told.

    >>> nature("请立即派人查处并追究责任。").label, nature("申请公开道路养护经费明细。") is None
    ('信访举报投诉', True)
    """
    named, requested = _HAS_PAPER.search(text) is not None, _REQUESTS.search(text) is not None
    if _REGISTERED.search(text) and requested:
        return Nature.REGISTERED
    if _PRINTED.search(text) and requested and not _HAS_PAPER.search(_PRINTED.sub("", text)):
        return Nature.PUBLICATION
    if _CERTIFY.search(text):
        return Nature.CONFIRMATION
    if _MAKE.search(text):
        return Nature.TO_BE_MADE
    urged, asks = _URGES.search(text), _QUESTION.search(text)
    if named and (requested or not (urged or asks)) and not _only_orders(text):
        return None
    if _ORDERS.search(text):
        return Nature.PETITION
    if asks:
        return Nature.CONSULT
    if _OPENLY.search(text):  # 要公开的东西叫不出名称,看不出
        return None
    return Nature.PETITION if urged else None


def _only_orders(text: str) -> bool:
    """Whether it demands that something be done, and asks for nothing to be made public or given."""
    return _ORDERS.search(text) is not None and not _OPENLY.search(text)


_SAID = {
    Nature.PETITION: "看起来是要求查处、处理、赔偿，不是要已有的信息：告知不作为政府信息公开申请处理和反映的渠道。",
    Nature.CONSULT: "看起来是咨询，没有指明要哪一件信息：可以一次性告知补正，或者当作咨询答复。",
    Nature.REGISTERED: "看起来是登记档案一类，另有法律、行政法规规定怎样查询的，告知到哪里查。",
    Nature.PUBLICATION: "看起来要的是公报、年鉴、报刊等公开出版物：告知获取的途径。",
    Nature.CONFIRMATION: "看起来是要确认、证明或者重新出具已经有的信息。",
    Nature.TO_BE_MADE: "看起来要统计、汇总、分析才有：现成的照实提供，需要另行制作的可以不予提供。",
}


def advise(*, agency: Agency, text: str, number: str, on: date) -> Iterator[Advice]:
    """A hint at what an application is, with the outcome that it may have; the person who handles it decides."""
    found = nature(text)
    if found:
        outcome = replies.outcomes().get(found.value)
        source = outcome.basis if outcome else cite("ogi:30")
        yield Advice(_SAID[found], "", found.value if outcome else "", source)
