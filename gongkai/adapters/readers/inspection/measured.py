"""要看数才能定的问题:多久没有更新、几个栏目空白、留言多久没有回应、多大比例打不开。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.law import inspection
from gongkai.law.inspection import Amount

from . import amounts

Verdict = tuple[str, bool | None]

_STILL = re.compile(
    r"停摆|沉睡|停滞|停止运转|(?:没有|无|未见|未发|未公布|未发布|未公开)(?:任何|有)?新(?:的|增)?(?:信息|内容|稿件|动态|消息|答复|回复|数据)?|没有(?:任何)?(?:变化|变动|推送|发声)|再(?:未|无|没有?)(?:任何)?(?:更新|发|推)|栏目[^,;。]{0,8}超期|(?:没有|未|无|未曾|不再)(?:再|曾|任何|及时|按时){0,2}(?:添加|新增|增添|补充|增加|上传|登载|刊发|刊登|发表|发稿|发声|发帖)|(?:最后|最新|最近|上)一?[条篇次则](?:信息|内容|推文|稿件|作品|消息|微博|视频)?[^,;。]{0,4}(?:已经?|距今|至今)(?:过去|有)?\d|不再(?:更新|发布|推送)"
    r"|停留(?:在|于)|(?:最后|最新|最近)(?:一|的)?(?:条|篇|次)?(?:信息|内容|推文|推送|更新|稿件|作品)?[^,;。]{0,10}(?:发布于|发表于|停在|停留|止于|距)|内容陈旧|信息陈旧|停在"
    r"|(?:只字|一条|一篇)未发|零更新|更新量?为(?:0|零)|(?:上一次|上次|最近一次|最后一次|最后|最近|最新)(?:的)?(?:更新|发布|推送)(?:时间|日期|是|为|在)|未发文|没发文|不发文|信息停更|(?:未|不|无|没有|没|停止|停)(?:及时|按时|按期|按要求|进行|有|再|曾|做到|作)?(?:内容|信息|任何)*(?:更新|更替|上新|发布信息|发布内容|推送|发文|发布)"
    r"|更新(?:不够?及时|不到位|滞后|缓慢|慢|不足|超期|间隔|周期)|停更|断更|超期未|逾期未更|久未更新|更新较?慢"
)
#: 写明整个月、整个季度都没有。
_WHOLE = re.compile(
    r"(?:\d{1,2}月份?|[本全整当]月|全?季度(?:内)?|上半年|下半年|全年|年内)(?:内)?(?:均|都|一直|仍|整月|期间|只字|一条|一篇)?(?:未|无|没有)"
)
_OTHER = re.compile(r"原创|转载|转发")
_PART = re.compile(r"信息|数据|概况|简介|职能|目录|指南|统计|文件|解读|公告|要闻|动态|备案")
_EACH = re.compile(r"(?:首页|网站|全站|门户).{0,4}(?:各|所有|全部)(?:个)?(?:栏目|板块)")
_ALL = re.compile(r"首页|主页|网站|全站|门户|站点")
_LONG = re.compile(
    r"(?:此后|之后|以后|随后)(?:便|就)?(?:再|一直)?(?:未|无|没)|再(?:无|未|没有)更新|长期|常年|长时间|久未|从未|一直未|自开设以来|自开通以来"
)
_GAP = re.compile(r"间隔|相隔|断断续续|周期|曾")
_SINCE = re.compile(
    r"(?:时间|日期)(?:为|是)|自|从|以来|起|停在|发布于|发表于|最(?:后|近|新)(?:一次|一条|一篇)?(?:信息|稿件|内容)?(?:的)?(?:更新|发布|推送)?|停留在|止于|仅更新到|更新至|更新到"
)
_BLANK = re.compile(
    r"空栏|(?:栏目|专栏|板块|频道|页面).{0,12}(?:空白|为空|(?:无|没有)(?:任何|实质)?(?:内容|信息)(?!更新|发布|公开|保障|安全)|空无一物|一片空白)"
    r"|(?:栏目|专栏|板块|频道)[^,;。]{0,8}(?:(?:没有|无)一[条篇](?:内容|信息)?|从未(?:发布|发|上传|添加)过?|自?(?:建成|开设|开通)(?:以来|后)[^,;。]{0,6}(?:没有|未|无)[^,;。]{0,6}(?:内容|信息))|空白栏目|栏目空白|空栏目|栏目(?:为空|无内容|没有内容|无信息|长期空白)|栏目.{0,12}(?:空白|为空|无内容|无任何内容)|空白专栏"
)
_EMPTY = re.compile(r"空白|为空|空栏|空无一物|(?:无|没有)(?:任何|实质)?(?:内容|信息)(?!更新|发布|公开)")
_COLUMN = re.compile(r"栏目|专栏|板块|频道|页面")
_MANY = re.compile(r"多个|多栏目|多板块|多个板块|部分|大量|较多|不少|若干|一些|许多|多数|大部分|众多|普遍|等栏目")
_STATISTICS = re.compile(r"(?:办事|办件|服务事项|网上办理|受理|办理).{0,6}(?:统计|数据|量)")
_POLICY = re.compile(r"政策文件|规范性文件|政策类|文件类|政策法规")
_KEY = re.compile(r"要闻|动态|通知|公告|政策文件|政策类|文件类|政策法规")
_LETTERS = re.compile(
    r"留言|咨询|来信|信件|信箱|诉求|投诉|问政|互动交流|网民提问|群众提问|提问|网民(?:问|建议)|建议"
)
_UNANSWERED = re.compile(
    r"(?:未|不|没有|无|没)(?!新|有新)[^,;。]{0,6}?(?:回应|回复|答复|回音|回信|音讯|办理|办结|处理|受理)|积压|搁置|无人(?:回复|答复|办理|理睬)|未(?:予)?办复|石沉大海|迟迟|拖延|超期(?:答复|回复)|(?:答复|回复|回应|办理)(?:不及时|超期|滞后|超时|差)"
)
_DOWN = re.compile(
    r"时断时续|打开(?:缓慢|较慢|很慢)|访问(?:缓慢|不稳定|均超时|经常超时)|不能访问率|下架|不连通|无法(?:正常)?(?:访问|打开|登录|浏览|下载|使用|安装|显示)|打不开|不能(?:正常)?(?:访问|打开|下载|使用|安装|显示)|访问不了|(?:访问|连接)(?:失败|超时|异常)|不可用|不可访问|搜(?:索)?不到|装不上|下不了|安装不了|用不了|已停用|(?:每次|全程|始终|一直|持续|均)(?:访问)?(?:超时|失败|打不开|无响应)|(?:域名|网址)[^,;。]{0,4}(?:无法|不能|未能)解析"
)
_LINK = re.compile(
    r"死链|错链|断链|坏链|链接|附件|链路|二维码|查询库|图片|失效|404|错误页|外链|跳转|白名单|网址|菜单|二级页|地址"
)
_LINK_BAD = re.compile(
    r"死链|错链|断链|坏链|失效|404|错误|不可用|无效|异常|打不开|无法|不能|不准确|不符|有误|不存在|找不到|空白页|为空|可用性(?:差|低|不)"
)
_PARTIAL = re.compile(r"栏目|专栏|子站|页面|系统|功能|库|附件|链接|图片|视频|频道|板块|检索|搜索|服务事项|事项")
_APP = re.compile(r"APP|app|客户端|小程序|移动端|应用")
_GUIDE = re.compile(r"办事指南|服务指南|办事服务|办事要素|要素.{0,6}(?:缺|不全)|指南")
_LACK = re.compile(r"缺|不全|不完整|不准确|不规范|未公开|未提供|错误|不一致|不明确")
_MISSING = re.compile(r"缺|不全|不完整|未公开|未提供")
_WRONG = re.compile(r"不一致|不准确|不规范|不明确|有误|错误|矛盾|兜底|模糊|表述")
_WARNED = re.compile(r"多次|屡次|反复|督促|催促|仍")


#: 说“六个月”“半年”的天数。
_HALF_YEAR = (150, 215)


@dataclass(frozen=True, slots=True)
class Finding:
    """一条问题和它的场合。``column``:通报只说一个栏目;``checked_exactly``:写明的检查日。"""

    text: str
    subject: str
    media: bool
    column: bool
    scored: bool
    checked: date | None
    checked_exactly: date | None
    last: date | None
    repeated: bool

    @property
    def on(self) -> date:
        """The day whose limits apply."""
        return self.checked or inspection.CURRENT


def measured(clause: str, finding: Finding) -> Iterator[Verdict]:
    """The rules of one clause that hang on a number, each with its verdict."""
    letters = _LETTERS.search(clause) is not None
    if not finding.media and letters and _UNANSWERED.search(clause):
        yield _letters(clause, finding)
    elif _BLANK.search(clause) or (finding.column and _EMPTY.search(clause)):
        yield _blank(clause, finding)
        rest = _EMPTY.sub("", clause)
        if _STILL.search(rest):
            yield _still(rest, finding)
    elif _STILL.search(clause) and not (finding.media and _OTHER.search(clause)):
        yield _still(clause, finding)
    if _GUIDE.search(clause) and _LACK.search(clause) and not _STILL.search(clause):
        yield _guide(clause, finding)
    elif _DOWN.search(clause) or (_LINK.search(clause) and _LINK_BAD.search(clause)):
        yield from _down(clause, finding)


def _letters(clause: str, finding: Finding) -> Verdict:
    lasting = amounts.lasting(clause.replace("个工作日", "天"))
    since = amounts.day(clause, last=True, on=finding.checked)
    if not lasting and since and finding.checked and since < finding.checked:
        lasting = Amount(Decimal((finding.checked - since).days))
    verdict = inspection.letters_ignored(lasting, finding.on) if lasting else None
    return "W5.2", verdict


def _blank(clause: str, finding: Finding) -> Verdict:
    count = amounts.counted(clause)
    if finding.column and count is None:
        return "D.COLUMN", False
    if count is None:
        return ("D.COLUMN", False) if "个别" in clause else ("W4.3", None)
    verdict = inspection.too_many("blank_columns", count, finding.on)
    return ("D.COLUMN" if verdict is False else "W4.3"), verdict


def _still(clause: str, finding: Finding) -> Verdict:
    return _account(clause, finding) if finding.media else _site(clause, finding)


def _account(clause: str, finding: Finding) -> Verdict:
    verdict = _dormant(clause, finding)
    if verdict is None and _WHOLE.search(clause):
        verdict = True
    if verdict is None and not _GAP.search(clause) and amounts.lasting(clause) is None and _LONG.search(clause):
        verdict = True
    if (
        verdict is None
        and amounts.lasting(clause) is None
        and not _LONG.search(clause)
        and not _WARNED.search(clause)
    ):
        return "L.FREQ", None
    return ("L.FREQ" if verdict is False else "M2"), verdict


def _site(clause: str, finding: Finding) -> Verdict:
    if _STATISTICS.search(clause):
        return "D.STAT3M", False
    if _LETTERS.search(clause):
        return "D.MSG2M", False
    count = amounts.counted(clause)
    named = _COLUMN.search(clause) is not None and _EACH.search(clause) is None
    if finding.column:
        return "D.COLUMN", False
    if finding.scored and "政策" in clause:
        return "D.POLICY6M", False
    if count is not None and named:
        return _columns(clause, count, finding)
    if named and _MANY.search(clause):
        return "W4.1", None
    if named and _POLICY.search(clause) and ("一级栏目" in clause or _half_year(clause)):
        return "D.POLICY6M", False
    if named:
        return "D.COLUMN", (False if "个别" in clause else None)
    if _PART.search(clause) and not _ALL.search(clause) and amounts.lasting(clause) is None and not finding.last:
        return "D.COLUMN", None
    verdict = _dormant(clause, finding)
    return ("D.COLUMN" if verdict is False else "W3"), verdict


def _half_year(clause: str) -> bool:
    lasting = amounts.lasting(clause)
    return lasting is not None and _HALF_YEAR[0] <= lasting.value <= _HALF_YEAR[1]


def _columns(clause: str, count: Amount, finding: Finding) -> Verdict:
    """Columns not updated, with their number: five key columns, or ten of whatever kind."""
    key = inspection.too_many("key_columns", count, finding.on)
    stale = inspection.too_many("stale_columns", count, finding.on)
    if _KEY.search(clause) and not (stale and ("应更新" in clause or "一级" not in clause)):
        return ("D.COLUMN" if key is False else "W4.1"), key
    if key is False:
        return "D.COLUMN", False
    return ("W4.2", True) if stale else ("W4.1", None)


def _dormant(clause: str, finding: Finding) -> bool | None:
    """Whether the stated time, or the time from the last update to the day of the check, is too long."""
    lasting = None if _GAP.search(clause) else amounts.lasting(clause)
    long = inspection.is_dormant(lasting, finding.on) if lasting else None
    since = amounts.day(clause, last=True, on=finding.checked) if _SINCE.search(clause) else None
    last = finding.last or since
    if last and finding.checked and last < finding.checked:
        late = inspection.dormant_between(last, finding.checked)
        return True if long or late else False if finding.checked_exactly else None
    return long


def _guide(clause: str, finding: Finding) -> Verdict:
    items, elements = amounts.counted(clause), amounts.kinds(clause)
    if not items and _WRONG.search(clause):
        return "D.CONTENT", False
    if items and elements:
        verdict = inspection.guides_lacking(items, elements, finding.on)
        return ("D.CONTENT" if verdict is False else "W6.2"), verdict
    if items and inspection.too_many("blank_columns", items, finding.on) is False:
        return "D.CONTENT", False
    return ("W6.2", None) if _MISSING.search(clause) else ("D.CONTENT", False)


def _down(clause: str, finding: Finding) -> Iterator[Verdict]:
    if finding.media:
        if (
            _APP.search(clause + finding.subject)
            and re.search(r"下载|安装|使用|下架|装不上|下不了|搜(?:索)?不到|用不了", clause)
            and not _LINK.search(clause)
        ):
            yield "M2", True
        elif _LINK.search(clause) or _PARTIAL.search(clause):
            yield "M.LINK", False
        else:
            yield "M2", None
        return
    share = amounts.percent(clause)
    if share is not None or (_ALWAYS_DOWN.search(clause) and not _PARTIAL.search(clause)):
        yield "W2", _unreachable(clause, finding)
    elif _LINK.search(clause) or _PARTIAL.search(clause):
        doubt = re.search(r"栏目|专栏|频道|板块|库|系统", clause) is not None and not finding.column
        doubt = doubt and _DOWN.search(clause) is not None
        yield "D.LINK", None if doubt else False
    else:
        yield "W2", None


#: 监测了一周以上、一次也没有打开的。
_ALWAYS_DOWN = re.compile(
    r"每次|全程|全部(?:访问)?|始终|一直|持续|[都均全](?:打不开|无法|不能|超时|失败|访问)|完全"
)


def _unreachable(clause: str, finding: Finding) -> bool | None:
    """By the share of visits that failed; all of them, where it is said that every one did for a week."""
    share = amounts.percent(clause)
    lasting = amounts.lasting(clause)
    if share is None and _ALWAYS_DOWN.search(clause) and lasting and lasting.value >= _WEEK:
        share = Amount(Decimal(100))
    return inspection.unreachable(share, finding.on) if share else None


#: 监测一次的天数。
_WEEK = 7
#: 没有这样的渠道、服务:不是做得不好。
_LACKING = re.compile(
    r"(?:没有|未见|未设|未开|无(?!法)|找不到|查不到|看不到|缺少|缺失|不见)(?![^,;。]{0,6}(?:及时|按时|完善|健全))"
)
#: 本身就是否决的事实;不论怎样都不否决的项。
_ALWAYS = ("W1.5", "M4", "M.ZOMBIE")
_NEVER = ("D.", "L.", "M.", "ERR", "REG.OPEN", "REG.CHANGE")


def by_code(code: str, clause: str, finding: Finding) -> Verdict:
    """The verdict on a clause of which only the rule is known: by the amount it states, else what the rule itself says."""
    if code == "W5.2":
        return _letters(clause, finding)
    if code == "W4.3":
        return _blank(clause, finding)
    if code == "M2":
        return _account(clause, finding) if amounts.lasting(clause) else (code, _dormant(clause, finding))
    if code in ("W3", "W4.1", "D.COLUMN", "D.POLICY6M", "D.STAT3M", "D.MSG2M") and not finding.media:
        return (
            _site(clause, finding)
            if code in ("W3", "W4.1")
            else (code, None if code in ("D.COLUMN", "D.POLICY6M") else False)
        )
    if code == "W2":
        return code, _unreachable(clause, finding)
    if code in ("W5.1", "M3", "W6.1"):
        return code, True if _LACKING.search(clause) else None
    if code == "W6.2":
        return _guide(clause, finding)
    return code, True if code in _ALWAYS else False if code.startswith(_NEVER) else None
