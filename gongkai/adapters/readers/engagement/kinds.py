"""一页是哪一种:看标题,标题说不清再看正文。"""

from __future__ import annotations

import re

from ..pages.text import Page

LETTER, STATISTICS, SURVEY, CALL = "信箱答复", "信箱统计", "网上调查", "意见征集"
VISIT, PRESS, TV, TALK, OPINION, RULES = "开放日", "新闻发布", "电视问政", "在线访谈", "舆情回应", "信箱规则"

_BOX = r"信箱|信访|邮箱|留言|来信|信件|热线|12345|咨询|投诉|写信|互动|问政平台|网民|领导之窗"
#: 从前往后,第一个对上标题的。
_BY_TITLE = (
    (
        CALL,
        re.compile(
            r"(?:意见|建议|项目|选题|主题|问题|线索)[^,。]{0,8}(?:征集|征求)|(?:征集|征求)[^,。]{0,40}(?:意见|建议|项目|选题|主题|线索|问题)"
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
            r"开放(?:[日周月]|活动)|(?:对外|向公众|向社会)开放|走进(?:政府|机关|[一-龥]{1,8}局)|体验[日周]|体验官|公众开放|参观|零距离"
        ),
    ),
    (PRESS, re.compile(r"新闻发布|发布会|吹风会|新闻发言人|通气会|答记者问")),
    (OPINION, re.compile(r"网传|谣言|辟谣|不实|澄清|舆情|警情通报|关于网[络民友][^,。]{0,40}通报|真相|热搜")),
    (SURVEY, re.compile(r"调查|问卷|测评|满意度|民意")),
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
            rf"(?:{_BOX})[^,。]{{0,20}}(?:说明|须知|规则|办法|制度|规定|指南|细则|条款|声明|要求|规范|流程|简介|提示|告知|指引|注意事项)"
        ),
    ),
)


def kind(page: Page) -> str:
    """One of the ten kinds (formats: 信箱答复 … 信箱规则).

    >>> kind(Page("2024年第二季度书记信箱办理情况", "", "")), kind(Page("小区门口路灯不亮", "回复:", ""))
    ('信箱统计', '信箱答复')
    """
    for name, words in _BY_TITLE:
        if words.search(page.title) and not (name == CALL and re.search(r"调查|问卷", page.title)):
            return name
    if re.search(r"征集|征求|建言|献策|献计|问计", page.title):
        return CALL
    if re.search(r"(?:政府|机关|公众|校园|法院|警营)?开放[日月周]", page.text):
        return VISIT
    if re.search(r"电视问政", page.text):
        return TV
    if not re.search(r"回复|答复", page.text) and re.search(r"谣言|不实信息|网传", page.text):
        return OPINION
    answered = re.search(r"回复|答复|答[::]|(?:处理|办理)(?:结果|情况)", page.text)
    if not answered and re.search(r"征集|征求|建言|参与方式|提出[^。;]{0,12}(?:意见|建议)", page.text):
        return CALL
    return LETTER
