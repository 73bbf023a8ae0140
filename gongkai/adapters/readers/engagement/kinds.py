"""一页是哪一种:有来信、答复两头的是来信;其余看标题,标题说不清看正文。哪样也认不出的不判。"""

from __future__ import annotations

import re

from ..pages.text import Page

LETTER, STATISTICS, SURVEY, CALL = "信箱答复", "信箱统计", "网上调查", "意见征集"
VISIT, PRESS, TV, TALK, OPINION, RULES = "开放日", "新闻发布", "电视问政", "在线访谈", "舆情回应", "信箱规则"

_BOX = r"信箱|信访|邮箱|留言|来信|信件|热线|12345|咨询|投诉|写信|互动|问政平台|网民|领导之窗"
#: 来信的一头和答复的一头:两头都有标签的,标题是什么都是来信。
_ASKED = re.compile(
    r"(?:来信|来电|留言|提问|写信|信件|诉求|发帖|投诉|反映)(?:人|者|时间|日期|内容|标题|主题|编号)?[::]|(?:来信|来电|留言|提交|咨询|受理)(?:时间|日期)(?:[::]|(?=\s?\d))"
)
_ANSWERED = re.compile(
    r"(?:回复|答复|回信|复信)(?:单位|内容|部门|机构|意见|情况|结果|时间|日期|人)?[::]|(?:办理|处理|承办|办结|处置)(?:单位|部门|机构|结果|意见|时间|日期|情况)?(?:[::]|(?<=[位门构果见间期况])(?=\s?\d))|\d[)\]〕]\s?[一-龥]{1,16}(?:局|委|办|中心|政府|街道|镇|乡|部门|支队|大队)(?:办公室)?[::]"
)
_PERIOD = re.compile(r"[月季年]")
_BOX_SAID = re.compile(rf"{_BOX}|来电|工单|写信")
#: 题目落在调查、测评上的。
_SURVEYED = re.compile(r"(?:调查|问卷|测评|投票)[^,。]{0,6}(?:结果|报告|分析|情况|统计)(?:反馈|公示|公布)?\Z")
#: 题目是一月、一季的数。
_PERIODICAL = re.compile(r"(?:月|季度|半年|年度)[^,。]{0,12}(?:情况|通报|统计|数据|分析|月报|季报)")
_RUMOUR = re.compile(r"网[传络民友]|谣言|视频|舆情|反映")
_COUNTED = re.compile(r"(?:\d|[一二三四五六七八九十百])\s?(?:余)?(?:件|封|条|宗|个)")
#: 从前往后,第一个对上标题的。
_BY_TITLE = (
    (
        CALL,
        re.compile(
            r"(?:意见|建议|项目|选题|主题|问题|线索)[^,。]{0,8}(?:征集|征求)|(?:征集|征求)[^,。]{0,40}(?:意见|建议|项目|选题|主题|线索|问题)|听取[^,。]{0,12}(?:民意|意见|建议)|(?:邀|请)[^,。]{0,12}(?:献计|建言|支招|出主意)"
        ),
    ),
    (
        TV,
        re.compile(
            r"电视问政|[一-龥]问政》|问政[^,。]{0,12}(?:节目|直播|现场|特别|曝光|整改|第[一二三四五六七八九十\d]{1,3}[期场])|(?:直播|电视|现场)问政"
        ),
    ),
    (TALK, re.compile(r"访谈|做客|嘉宾|在线交流")),
    (
        VISIT,
        re.compile(
            r"(?:开放|公开)(?:[日周月](?!期|起)|活动)|(?:对外|向公众|向社会)开放|走进(?:政府|机关|[“\"]?[一-龥]{2,16})|体验[日周]|体验官|公众开放|参观|零距离"
        ),
    ),
    (PRESS, re.compile(r"新闻发布|发布会|吹风会|新闻发言人|通气会|答记者问")),
    (OPINION, re.compile(r"网传|谣言|辟谣|不实|澄清|舆情|警情通报|关于网[络民友][^,。]{0,40}通报|真相|热搜")),
    (SURVEY, re.compile(r"调查|问卷|测评|满意度|民意(?:调查|测评|问卷)|投票|票选")),
    (
        STATISTICS,
        re.compile(
            rf"(?:{_BOX})[^,。]{{0,24}}(?:情况|统计|通报|分析|月报|季报|年报|数据|公示)|(?:月|季度|年度|半年)[^,。]{{0,24}}(?:{_BOX})[^,。]{{0,24}}(?:情况|统计|通报|分析|报告)"
        ),
    ),
    (OPINION, re.compile(r"情况通报|情况说明$|问题的?(?:情况)?(?:说明|声明)|回应(?:关切)?$|通报$|属实")),
    (
        RULES,
        re.compile(
            rf"(?:{_BOX})[^,。]{{0,20}}(?:说明|须知|规则|办法|制度|规定|指南|细则|条款|声明|要求|规范|流程|简介|提示|告知|指引|注意事项|承诺|协议|必读|守则)"
        ),
    ),
    (
        RULES,
        re.compile(
            r"(?:规定|办法|须知|必读|指南|规则|制度|细则|指引|守则|(?:写信|来信|栏目|留言|使用|填写)说明)(?:\([^()]*\))?\Z"
        ),
    ),
)


#: 标题没有说的,从前往后第一个对上正文的;有答复一头的不看。
_BY_TEXT = (
    (
        VISIT,
        re.compile(
            r"(?:政府|机关|公众|校园|法院|警营|检察)?开放[日月周]|(?:免费|全天|集中)?[对向](?:公众|社会|市民|群众)(?:免费)?开放|欢迎[^。;]{0,12}参观"
        ),
    ),
    (
        TV,
        re.compile(
            r"电视问政|直播问政|问政直播|(?:直播|播出)[^。;]{0,30}(?:曝光|反映)[^。;]{0,12}问题|问政[^。]{0,60}(?:播出|直播|节目)"
        ),
    ),
    (PRESS, re.compile(r"(?:召开|举行|举办)[^。;]{0,20}(?:发布会|通气会|吹风会)")),
    (
        TALK,
        re.compile(
            r"(?:访谈|做客)[^。;]{0,40}(?:主持人|嘉宾|网友)|(?:主持人|嘉宾)[^。;]{0,40}访谈|主持人[::][^\n]{0,200}嘉宾[::]"
        ),
    ),
    (
        OPINION,
        re.compile(
            r"谣言|不实信息|网传|(?:网络|网上|网民|短视频|微信群|朋友圈|论坛)[^。;]{0,40}(?:流传|传播|发布|出现|反映|视频|帖)[^;]{0,160}(?:经核[实查]|经查|经初步|调查组|核实)"
        ),
    ),
    (
        STATISTICS,
        re.compile(r"(?:收到|受理|接收)[^。;,]{0,30}\d\s?[件封条][^;]{0,200}(?:办结|答复|回复)[^。;,\d]{0,10}\d"),
    ),
    (SURVEY, re.compile(r"(?:问卷|投票|受访|样本)[^;]{0,300}\d%|\d%[^;]{0,60}\d%[^;]{0,60}\d%")),
    (RULES, re.compile(rf"(?:{_BOX})[^。]{{0,60}}(?:\d|[一二三四五六七八九十])个?工作日内")),
    (CALL, re.compile(r"征集|征求|建言|参与方式|(?:欢迎|请|可以?)[^。;]{0,60}提出[^。;]{0,12}(?:意见|建议)")),
)
#: 哪样都没有认出来的,凭这些。
_HINTS = (
    (SURVEY, re.compile(r"\d%[^%]{0,60}\d%")),
    (VISIT, re.compile(r"报名|预约参[观加]|体验者|实地(?:参观|感受|体验)")),
    (
        OPINION,
        re.compile(
            r"(?:网[友民帖络上]|社交平台|朋友圈|微信群|热议|热搜|视频)[^;]{0,120}(?:调查|核查|检查|处置|责令|通报|回应|澄清|赶赴|现场)"
        ),
    ),
    (
        CALL,
        re.compile(
            r"提(?:出|交)?(?:您的)?(?:宝贵)?(?:意见|建议)|(?:意见|建议|民意|想法)[^。;]{0,40}(?:发送|寄|提交|告诉|反映)|参与(?:途径|渠道|方式)"
        ),
    ),
    (
        LETTER,
        re.compile(
            r"诉求|反映|咨询|求助|投诉|来电|来信|请问|什么时候|为什么|何时|怎么|能否|可否|\?|(?:^|\n)(?:建议|希望)"
        ),
    ),
    (RULES, re.compile(r"\d个?工作日(?:之?内)?(?:答复|办结|回复|办理)")),
)
_BOX_NAMED = re.compile(rf"(?:{_BOX})[^,。]{{0,10}}\Z")
_LIMITED = re.compile(
    r"(?:之日|收到|受理)[^。;]{0,12}\d{1,2}个?(?:工作日|日|天)之?内[^。;]{0,6}(?:答复|回复|办结)"
)
_REPLIED = re.compile(
    r"(?:回复|答复|回信|复信)|(?:^|[。;?!\n\s])答[::]|(?:处理|办理|承办)(?:结果|情况|意见)|您(?:好|反映|咨询|提出|所说)|来信收悉"
)
_HEADED = re.compile(r"征集|征求|建言|献策|献计|问计")


def kind(page: Page) -> str | None:
    """One of the ten kinds (formats: 信箱答复 … 信箱规则), None for a page that shows none of them.

    >>> kind(Page("2024年第二季度书记信箱办理情况", "收到来信12件", "")), kind(Page("小区门口路灯不亮", "回复:", ""))
    ('信箱统计', '信箱答复')
    >>> kind(Page("网上办事大厅停机公告", "因系统升级暂停服务。", "")) is None
    True
    """
    if _ASKED.search(page.text) and _ANSWERED.search(page.text):
        return LETTER
    if _SURVEYED.search(page.title) and not _RUMOUR.search(page.title):
        return SURVEY
    if _PERIODICAL.search(page.title) and dict(_BY_TEXT)[STATISTICS].search(page.text):
        return STATISTICS
    for name, words in _BY_TITLE:
        if words.search(page.title) and _bears_out(name, page):
            return name
    if _HEADED.search(page.title):
        return CALL
    answered = _REPLIED.search(page.text) is not None
    if not answered or re.search(r"开放[日月周]|电视问政|问政", page.title + page.text[:80]):
        for name, words in _BY_TEXT:
            if words.search(page.whole):
                return name
    if _BOX_NAMED.search(page.title) and _LIMITED.search(page.text):
        return RULES
    if answered:
        return LETTER
    return next((name for name, words in _HINTS if words.search(page.whole)), None)


def _bears_out(name: str, page: Page) -> bool:
    """Whether the page has what a kind cannot be without; a title alone may say one thing of another."""
    if name == CALL:
        voted = re.search(r"\d\s?票|投票", page.text) and re.search(r"\d%[^%]{0,60}\d%", page.text)
        return not voted and not re.search(r"调查|问卷", page.title)
    if name == RULES:
        return _BOX_SAID.search(page.whole) is not None
    if name == STATISTICS:
        return _PERIOD.search(page.title) is not None or _COUNTED.search(page.text) is not None
    return True
