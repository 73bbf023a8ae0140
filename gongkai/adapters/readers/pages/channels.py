"""参与的途径:怎样提意见、怎样报名。公告登在哪里不是途径;只写联系电话的,没有别的才算。"""

from __future__ import annotations

import re

_WAYS = (
    ("电话", re.compile(r"电话|致电|来电|拨打|热线")),
    ("传真", re.compile(r"传真")),
    ("电子邮件", re.compile(r"邮件|邮箱|e-?mail|电邮", re.I)),
    (
        "信函",
        re.compile(
            r"信函|信件|邮寄|来信|函件|(?<![邮])寄(?![宿养递存托生望])|通[信讯]地址|邮编|来函|信封|书面(?:意见|形式|材料|反馈|方式|(?=[或和、及]))|邮政"
        ),
    ),
    ("微信", re.compile(r"微信|公众号")),
    (
        "现场",
        re.compile(
            r"现场(?:报名|提交|反馈|递交|填写|登记)|当面|上门|到[^。;,]{2,20}(?:报名|提交|登记|提出|反映|填表|填写|填报|递交|投递|领表)|线下|直接(?:送|递)|面谈|来访|窗口(?:提交|报名)|(?:现场|大厅|窗口|门口)[^。;,]{0,4}意见箱"
        ),
    ),
    ("二维码", re.compile(r"二维码|扫码")),
    ("浙政钉", re.compile(r"浙政钉")),
    (
        "协同办公平台",
        re.compile(
            r"协同(?:办公)?(?:平台|系统)|(?<![A-Za-z])OA(?![A-Za-z])|办公(?:自动化)?(?:平台|系统)|(?:政务)?内网|公文(?:交换|传输)(?:平台|系统)|粤政易|政务钉钉|工作群"
        ),
    ),
)
_WEB = re.compile(
    r"(?:在线|网上|线上|网络)(?:表单|提交|留言|填写|反馈|征集|报名|提出|填报|问卷|参与)|提出问题和建议|在线表单|我要(?:提|写|留|说|参与|建言)|在线(?![一-龥])|点击[^。;]{0,16}(?:留言|提交|填写|反馈)|(?:本页|页面|本栏目)[^。;]{0,12}(?:留言|提交)"
    r"|(?:网站|官网|网页|门户|栏目|专栏|政府网|平台|APP)[^。;,]{0,24}(?:提交|留言|提出|反馈|填写|填报|报名|参与|栏目)"
    r"|(?:登录|登陆|进入|点击|通过)[^。;]{0,24}(?:网站|官网|网页|栏目)|\d[.、]\s?[^。;\d]{0,12}(?:网站|官网|栏目)|网站留言|、网站|网站、"
)
_PUBLICISED = re.compile(
    r"公示(?:方式|地点|渠道|途径|网址|网站|载体)|公开(?:征求意见)?方式|公布(?:方式|渠道)|公告(?:方式|渠道|地点|网址|网站|载体)|展示(?:地点|方式)"
)
_SHOWN = re.compile(r"查阅|查看|下载|刊登|张贴")
_ASKS = re.compile(
    r"反馈|提出|提交|意见收集|收集途径|征集方式|联系方式|报送|寄|途径|方式|报名|渠道|建议|参与|发送|拨打"
)
#: 电话号码和挨着的标点。
_DIGITS = r"[\d\-、,()\s:*]{0,40}"
_ENQUIRY = re.compile(
    rf"(?:联系|咨询|监督|举报|服务|值班)(?:人及)?(?:方式)?电话{_DIGITS}|联系方式[::]?\s?(?:联系人|电话){_DIGITS}"
    rf"|(?:联系人|经办人)[^。;邮箱传真]{{0,30}}电话{_DIGITS}"
    r"|(?:以|并)?(?:通过)?电话[、,]?(?:短信)?(?:方式)?(?:通知|告知|确认)|姓名[^。;]{0,60}电话"
)
_BLANKED = re.compile(r"[((][^()]{0,12}(?:打码|已略|姓名)[^()]{0,20}[))]|转载页[^。;)]{0,30}")
_HEADING = re.compile(r"[。;\n]|(?=[一二三四五六七八九]、)|(?=附件)")


def channels(text: str) -> list[str]:
    """The ways that a folded text opens to the public, in a fixed order.

    >>> channels("二、公示方式 县政府网站。三、意见反馈:邮寄、传真、电子邮件。联系电话:0000")
    ['传真', '电子邮件', '信函']
    """
    pieces = [
        _BLANKED.sub("", piece)
        for piece in _HEADING.split(text)
        if not (_PUBLICISED.search(piece[:16]) or (_SHOWN.search(piece) and not _ASKS.search(piece)))
    ]
    asked = "。".join(_ENQUIRY.sub("", piece) for piece in pieces)
    found = [name for name, words in _WAYS if words.search(asked)]
    if any(_WEB.search(piece) for piece in pieces):
        found.append("网站")
    if not found and re.search(r"联系人及电话|联系电话|咨询电话|联系方式", text):
        found.append("电话")
    return found


_LISTED = re.compile(r"(?<!\d)[1-6](?:[.、.]|\))\s?(?:通过|以|采用)?([^。;\d]{2,24})")
_CLAIMED = re.compile(r"(?:通过|采[取用]|以)([^。;]{2,40}?)(?:等)?(?:方式|形式|途径|渠道|提出|反馈|提交)")
_WEB_ITEM = re.compile(r"网站|官网|栏目|专栏|网上|在线")


def claimed_only(text: str) -> list[str]:
    """Ways that a sentence names (“通过邮寄或者电子邮件方式”) while the numbered list of the ways leaves them out.

    >>> claimed_only("可以通过邮寄或者电子邮件方式提出意见:1.信函(邮编000000)。2.电话:0571-0000")
    ['电子邮件']
    """
    items = [item for item in _LISTED.findall(text) if _WEB_ITEM.search(item) or _named(item)]
    listed = {name for item in items for name in _named(item)}
    said = _CLAIMED.search(text)
    if len(items) < 2 or not said:
        return []
    elsewhere = text[: said.start()] + text[said.end() :]
    return [name for name in _named(said[1]) if name not in listed and name not in _named(elsewhere)]


def _named(text: str) -> list[str]:
    return [name for name, words in _WAYS if words.search(text)]
