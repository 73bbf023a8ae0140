"""年度报告叙述里的说法:哪些字说的是哪个数,哪些字说明这个数不能拿来核对。"""

from __future__ import annotations

import re

from ..terms import Term


class Figure(Term):
    """叙述里的一个数说的是表里的什么。"""

    NEW = "new", "本年新收"
    RECEIVED = "received", "收到、受理"
    HANDLED = "handled", "办理"
    OLD = "old", "上年结转"
    CARRIED = "car", "结转下年度"
    CARRY = "carry", "结转"
    DONE = "tot", "办结"
    OPEN = "r1", "予以公开"
    PART = "r2", "部分公开"
    OPEN_PART = "r1+r2", "予以公开和部分公开"
    REFUSED = "r3", "不予公开"
    UNABLE = "r4", "无法提供"
    UNTREATED = "r5", "不予处理"
    OTHERWISE = "r6", "其他处理"
    REVIEW = "review", "行政复议"
    SUIT = "suit", "行政诉讼"
    DIRECT = "direct", "未经复议直接起诉"
    AFTER = "after", "复议后起诉"
    DISPUTES = "disputes", "行政复议和行政诉讼"
    MADE = "made", "规范性文件制发"
    ENDED = "ended", "规范性文件废止"
    VALID = "valid", "规范性文件现行有效"


def _any(words: str) -> str:
    """``"甲 乙"`` → ``(?:甲|乙)``."""
    return "(?:" + "|".join(words.split()) + ")"


GAP = r"[^,;:。、()0-9]"  # 一个分句以内、数以外的字

NUMBER = re.compile(
    r"(?<![\d.A-Za-z第〔\[])(\d{1,9})(?![\d.%‰])(余|多|万|来)?"
    r"(件|宗|起|份|例|条|次|封|个|项)?(?!年|月|日|时|号|%|人|元|期|家|名)"
)
CASES = ("件", "宗", "起", "份", "例", "项")

# --- 不能拿来核对的 ---
COMPARED = re.compile(
    r"(比|较|同比|环比)[^,;。]{0,8}(上年|去年|上一年|同期|前年|\d{4}年|往年)|同比|环比|"
    r"(增加|增长|减少|下降|上升|回落|多|少|提高|降低)了?$"
)
EARLIER = re.compile(r"上年|去年|上一年|前年|往年|历年|累计至|近[一二三四五两]年")
CHANNEL = re.compile(
    _any(
        "网上 网络 在线 线上 信函 信件 邮寄 快递 EMS 挂号 当面 现场 窗口 传真 邮件 邮箱 平台 系统 "
        "公民 自然人 企业 法人 组织 机构 当场 书面 口头 电话 延期 延长 逾期 超期 补正 撤回 "
        "涉及 关于 领域 方面 同一 某 重复"
    )
)
ALL = re.compile(r"共计?|总计|合计|累计|总共")
FOREIGN = re.compile(
    _any(
        "复议 诉讼 举报 投诉 信访 留言 来信 来电 来访 热线 工单 诉求 建议 提案 咨询 案件 处罚 许可 意见 "
        "证照 业务 报件 稿件 问题 材料 公文 文件 线索 求助 捐 纠错 问卷 费"
    )
)
ANCHOR = re.compile(r"申请|申请公开")
SCOPES = re.compile(
    r"本级|本机关|机关本身|代表[^,;。]{0,6}政府|以[^,;。]{0,8}名义|"
    r"[区县市旗州省](人民)?(政府|府|政)办(公室|公厅)?|(?<!全)[区县市旗](级|直)(?!以上)|"
    r"各(部门|单位|镇|乡|街道)|其中[^,;。]{0,3}[区县市]政府|(?<![一-龥])[区县市]政府(?=收|受|接|办|答)"
)

# --- 连写的两项,先并成一个词 ---
_AND = r"(及|和|或|、|与|以及|或者)"
MERGED = (
    (
        re.compile(rf"予以(公开)?{_AND}部分公开|(?<!不予)(?<!以)公开{_AND}部分公开"),
        "公开兼部分公开",
        "予以公开及部分公开",
    ),
    (
        re.compile(rf"行政复议{_AND}?(行政)?诉讼(?=(案件|案|共|合计|总计|均)*\d)"),
        "复议诉讼合",
        "行政复议、行政诉讼",
    ),
)

# --- 数前面的字 ---
_TAIL = r"(?:的|类|情形|申请|政府信息|信息|答复|决定|案件|案|数量|数|共计|总计|合计|共|有|为|是|计|达|:)*$"
OUTCOMES = (
    (Figure.OPEN_PART, re.compile(r"公开兼部分公开" + _TAIL)),
    (Figure.PART, re.compile(r"(?<!兼)部分公开" + _TAIL)),
    (Figure.OPEN, re.compile(r"(?<!不)予以公开" + _TAIL)),
    (Figure.REFUSED, re.compile(r"不予公开" + _TAIL)),
    (Figure.UNABLE, re.compile(r"无法提供" + _TAIL)),
    (Figure.UNTREATED, re.compile(r"不予处理" + _TAIL)),
    (Figure.OTHERWISE, re.compile(r"其他处理" + _TAIL)),
)
DISPUTES = (
    (Figure.DISPUTES, re.compile(r"复议诉讼合" + _TAIL)),
    (Figure.DIRECT, re.compile(r"直接(起诉|诉讼|提起(行政)?诉讼)(的|行政诉讼)*" + _TAIL)),
    (Figure.AFTER, re.compile(r"复议后(起诉|诉讼|提起(行政)?诉讼|再诉讼)(的|行政诉讼)*" + _TAIL)),
    (Figure.SUIT, re.compile(r"诉讼" + _TAIL)),
    (Figure.REVIEW, re.compile(r"复议" + _TAIL)),
)
OF_DISPUTES = frozenset(figure for figure, _ in DISPUTES)
RESULT = re.compile(r"纠错|纠正|撤销|败诉|胜诉|维持|审结|驳回")
INTAKE = (
    (Figure.NEW, re.compile(rf"新(收到|接收|收|受理|增|接){GAP}{{0,16}}$")),
    (Figure.DONE, re.compile(rf"(办结|办复|答复|回复|办理完毕|办理完成){GAP}{{0,16}}$")),
    (Figure.HANDLED, re.compile(rf"(收办|办理|处理(?!费)|承办){GAP}{{0,16}}$")),
    (Figure.RECEIVED, re.compile(rf"(收到|受理|接收|接到|接受|收){GAP}{{0,26}}$")),
    (
        Figure.RECEIVED,
        re.compile(r"(公开申请|依申请公开|申请公开)(数量|数|总数|总量|件|共|共计|为|有|:|政府信息|申请)*$"),
    ),
)
NOT_DONE = re.compile(r"(未|没有|拟|应)$")

# --- 数后面的字 ---
_CAUSE = r"^(政府信息公开|因[^,;。]{0,12}|信息公开)?(类)?(的)?"
AFTERWARD = (
    (Figure.REVIEW, re.compile(_CAUSE + r"行政复议(案件|申请|案)?$")),
    (Figure.SUIT, re.compile(_CAUSE + r"行政诉讼(案件|案)?$")),
)
ANSWERED = re.compile(r"(申请)?(已|均|全部)?[^,;。]{0,18}(答复|办结|办复|回复)")
UNDER_WAY = re.compile(r"(申请)?(正在办理|在办|尚在办理|尚未办结|未办结|仍在办理)")

# --- 规范性文件 ---
_VERBS = r"(制发|制定|出台|印发|发布|公布|公开|新增|废止|失效|现行有效)"
NORMS = (
    re.compile(rf"{_VERBS}(?:的|了|和)?(?:(?!{_VERBS}){GAP}){{0,8}}规范性文件(?:共计|总计|共|有|为|:)*$"),
    re.compile(rf"规范性文件{GAP}{{0,4}}{_VERBS}(?:共|有|为|的|:)*$"),
    re.compile(r"^(?:本年度?|其中|并|同时|已|现|宣布)*(制发|废止|现行有效)(?:失效|的|了|共|有|为|:)*$"),
)
NORM_FIGURES = {"废止": Figure.ENDED, "失效": Figure.ENDED, "现行有效": Figure.VALID}
NORM_LOOSE = re.compile(
    _any("清理 集中 梳理 发布 公布 公开 印发 出台 制定 修订 修改 保留 审查 备案 入库 上传 转载 失效 汇编")
)

# --- 说没有 ---
_NO = r"(未|没有|无|零)"
NOT_RECEIVED = re.compile(rf"{_NO}(曾)?(收到|接到|接收|受理)过?(?P<what>[^,;。]{{0,20}}?)(申请|依申请公开)")
NO_REQUESTS = re.compile(r"无依申请公开(事项|申请|件|情况|信息)?$")
NOT_REQUESTS = re.compile(r"复议|诉讼|许可|举报|收费")
NO_DISPUTES = re.compile(rf"{_NO}(发生|产生|出现|收到|涉及|有|引发|接到)?[^;。0-9]{{0,24}}(复议|诉讼)")
NOT_DISPUTES = re.compile(r"撤销|败诉|纠错|纠正|违法|责令|超期|逾期|不满|费")
