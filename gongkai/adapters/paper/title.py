"""标题:常分几行排。按居中、字号、空行接,按语法收(关于……的通知要说完),拿不准的两种读法都给。"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..files import Block, Document, Heading, Paragraph
from . import agencies
from .labels import scan
from .layout import closed_up
from .signature import whole_date

NOISE = re.compile(
    r"^(?:您?(?:现在|当前)?(?:所在)?(?:的)?位置|当前位置|首页|返回|打印|关闭|分享|收藏|浏览|点击|【?字[体号]|字体|扫一扫|上一篇|下一篇|相关链接|"
    r"微信|微博|QQ空间|全真版|文字版|文件下载|附件下载|无障碍|繁体|网站支持|今天是|-->|https?://|[\s|>»›/]+$)"
)
_KIND = (
    r"(?:通知书?|意见|办法|规定|细则|方案|公告|通告|报告|决定书?|批复|函|规则|规划|预案|公示|指南|目录|章程|条例|通报|命令|令|决议|纪要|请示|"
    r"议案|公报|计划|要点|清单|标准|制度|措施|规程|说明|解读|总结|预算|决算|名单|答复|复函|指引|导则|须知|政策|合同|协议|情况|简报|方法|规范)"
)
_TAIL = r"(?:[（(【〔\[].{0,24}[）)】〕\]])?"
KINDS = re.compile(rf"{_KIND}{_TAIL}$")
#: 印发、转发别的文件的,标题到“的通知”才完。
_FORWARDING = re.compile(r"(?:印发|转发|批转|公布|发布|颁发|下发)")
_FORWARDED = re.compile(rf"的?(?:补充)?(?:通知|公告|决定|意见|批复|函|通告|令|通报|命令){_TAIL}$")
_HEAD_LINE = re.compile(
    r"文件$|签发人[:：]|^份号|^\d{6}$|^(?:绝密|机密|秘密)(?:★|$)|^(?:特急|加急|平急|急件?)$|^主送|^抄送"
)
_NUMBER_LINE = re.compile(
    r"^[（(]?[^。，]{0,24}[〔\[［【(（﹝]\s*[\d０-９○〇零一二三四五六七八九]{2,4}\s*年?\s*[〕\]］】)）﹞]\s*(?:第|字第)?\s*[\d０-９\-－–—]{1,8}\s*[号號][）)]?$"
)
_ORDER_LINE = re.compile(
    r"(?:令|公告|通告|决定)$|^第[\s\u3000]*[\d０-９一二三四五六七八九十百〇零]+[\s\u3000]*[号期]$|^[（(]?(?:第|20\d\d年第).{1,10}[号期][）)]?$"
)
_ADDRESSEE = re.compile(r"[:：]$")
_STOPPED = re.compile(r"[。；;！!？?，,:：]$")
_NOTE = re.compile(r"^[（(【〔\[].{1,40}[）)】〕\]]$")
_PASSED = re.compile(r"通过|公布|批准|发布|印发|\d日")  # 题注,不是标题
_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"), ("“", "”"), ("〈", "〉"))
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十百]+[章节条编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])"
)
_MOST_LINES = 8
_LONGEST_LINE = 60
_FIRST_BLOCKS = 24
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Title:
    """标题;``other`` 是拿不准时的另一种读法,空的是有把握。"""

    text: str
    other: str = ""


def title_of(document: Document) -> Title:
    """The title: the page's own tag, the first heading, or the lines near the top that read like a title.

    One that is set sign by sign (关 于 做 好……) is closed up.
    """
    found = _title_of(document)
    return replace(found, text=closed_up(found.text))


def _title_of(document: Document) -> Title:
    for key, value in document.meta.items():
        if key.lower() == "articletitle":
            return Title(value)
    blocks = [block for block in document.blocks if block.text.strip()][:_FIRST_BLOCKS]
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and _NUMBERED.match(block.text):
            break  # 正文的“一、”“第一章”常用标题样式,不是公文的标题
        if isinstance(block, Heading) and block.level == 1:
            return _joined(blocks, number, document)
    start = _start(blocks)
    if start is not None:
        return _joined(blocks, start, document)
    for block in blocks[:12]:
        if not NOISE.match(block.text) and len(block.text) <= 120:
            return Title(block.text.strip())
    return Title(str(document.meta.get("title", "")) or "无标题")


def _start(blocks: list[Block]) -> int | None:
    """Where the title begins: the first line that may, preferring one after a red head and its number."""
    skip = next((n + 1 for n, block in enumerate(blocks[:16]) if _NUMBER_LINE.match(block.text.strip())), 0)
    if skip > 1 and (above := _above(blocks[: skip - 1])) is not None:
        return above
    for first in dict.fromkeys((skip, 0)):
        for number in range(first, min(len(blocks), first + 14)):
            if isinstance(blocks[number], Paragraph | Heading) and _begins(blocks, number):
                return number - 1 if number > first and _leads_in(blocks, number) else number
    return None


def _above(blocks: list[Block]) -> int | None:
    """Where a title begins that stands whole above its number: 关于……的通知, to the very line before the number."""
    for number, block in enumerate(blocks):
        texts = [one.text.strip() for one in blocks[number:]]
        if isinstance(block, Paragraph | Heading) and "关于" in "".join(texts[:2]) and all(map(_can_be, texts)):
            whole = _glued(texts)
            if closed(whole) and len(texts) <= _MOST_LINES and not _HEAD_LINE.search(texts[0]):
                return number
    return None


def _leads_in(blocks: list[Block], number: int) -> bool:
    """Whether the line before belongs to the title: “……政府信息公开工作 / 年度报告”, “……第三次会议 / 关于……的决议”."""
    before, text = blocks[number - 1].text.strip(), blocks[number].text.strip()
    if not _continues(blocks, number - 1, before) or re.search(r"[，、《》>|]", before) or len(before) < 8:
        return False
    short = len(text) <= 8 and KINDS.search(text) is not None and not closed(before)
    met = re.search(r"(?:会议|委员会|常委会|代表大会)$", before) is not None
    return short or (text.startswith("关于") and met)


def _begins(blocks: list[Block], number: int) -> bool:
    text = blocks[number].text.strip()
    if not _can_be(text) or _HEAD_LINE.search(text):
        return False
    if (KINDS.search(text) and not _ORDER_LINE.search(text)) or "关于" in text or "印发" in text:
        return True
    following = blocks[number + 1].text.strip() if number + 1 < len(blocks) else ""
    if agencies.looks_like(text) or agencies.split(text):  # 机关单独一行,下一行“关于……”
        ahead = [block.text.strip() for block in blocks[number + 1 : number + 6]]
        rest = next((one for one in ahead if not agencies.looks_like(one)), "")
        return rest.startswith("关于") or bool(re.match(r"^(?:印发|转发|批转)", rest))
    centred = getattr(blocks[number], "align", "") == "center" and _same_look(blocks, number, number + 1)
    return centred and _can_be(following) and not closed(text)


def _can_be(text: str) -> bool:
    return (
        1 < len(text) <= 120
        and not NOISE.match(text)
        and not _NUMBER_LINE.match(text)
        and not _ADDRESSEE.search(text)
        and not text.endswith("。")
        and whole_date(text) is None
        and not _is_label(text)
    )


def _is_label(text: str) -> bool:
    found = scan(text)
    return bool(found) and found[0].start <= 3 and found[0].colon


def closed(text: str) -> bool:
    """Whether a title has said all: its brackets are shut, 关于…… has come to its 通知.

    >>> closed("区政府办公室关于印发工作规则"), closed("区政府办公室关于印发工作规则的通知"), closed("关于《办")
    (False, True, False)
    """
    if any(text.count(left) > text.count(right) for left, right in _PAIRS) or text.endswith(
        ("的", "和", "及", "、")
    ):
        return False
    about = text.rfind("关于")
    head = text[about:] if about >= 0 else text
    if _FORWARDING.search(head[:12] if about >= 0 else head[:4]):
        return _FORWARDED.search(text) is not None
    return KINDS.search(text) is not None


def _joined(blocks: list[Block], start: int, document: Document) -> Title:
    """Lines from ``start`` on joined as far as look and grammar go."""
    texts = [blocks[start].text.strip()]
    looks = 0  # 靠样子(居中、同字号、同级标题)接上的行数
    number = start
    while len(texts) < _MOST_LINES and number + 1 < len(blocks):
        text = blocks[number + 1].text.strip()
        if not _continues(blocks, number + 1, text) or len("".join(texts)) + len(text) > _LONGEST:
            break
        alike = _same_look(blocks, number, number + 1)
        done = closed(_glued(texts)) and not (number == start and _leads_in(blocks, number + 1))
        if done and not (_NOTE.match(text) and len(text) <= 24 and not _PASSED.search(text)):
            break
        led = number == start and _leads_in(blocks, number + 1)
        if not alike and not led and not _grammar_joins(_glued(texts), text):
            break
        looks += alike
        texts.append(text)
        number += 1
    whole = _glued(texts)
    if len(texts) == 1:
        return Title(whole, _next_reading(blocks, start, whole))
    if closed(whole):
        return Title(whole)
    body = "".join(block.text for block in document.blocks[number + 1 : number + 30])
    if _confirmed(whole, body):
        return Title(whole)
    # 接到底也没有说完:同样居中、同字号的仍按一条,另给第一行;否则反过来。
    return Title(whole, texts[0]) if looks == len(texts) - 1 and looks else Title(texts[0], whole)


def _continues(blocks: list[Block], number: int, text: str) -> bool:
    block = blocks[number]
    return (
        isinstance(block, Paragraph | Heading)
        and _can_be(text)
        and len(text) <= _LONGEST_LINE
        and not _STOPPED.search(text)
        and not _NUMBERED.match(text)
        and not _HEAD_LINE.search(text)
        and "。" not in text
    )


def _same_look(blocks: list[Block], first: int, second: int) -> bool:
    """Both centred or both headings of one level, in one size, no empty line between."""
    if second >= len(blocks):
        return False
    block, two = blocks[first], blocks[second]
    if isinstance(block, Heading) and isinstance(two, Heading):
        return block.level == two.level and not two.apart
    if not isinstance(block, Paragraph) or not isinstance(two, Paragraph) or two.apart:
        return False
    sized = bool(block.size and two.size)
    if sized and abs(block.size - two.size) > 0.6:
        return False
    return block.align == two.align == "center"


def _grammar_joins(title: str, text: str) -> bool:
    """Whether a line that does not look like the one before still must belong to it."""
    together = _glue(title, text)
    if agencies.looks_like(text) and agencies.looks_like(re.split(r"\s", title)[-1]):
        return True
    if re.search(r"关于|印发|转发", together) is None:
        return False
    forwards = re.search(r"(?:印发|转发|批转)", title) is not None  # 里面的文件名自己也以“计划”“办法”结尾
    return (
        closed(together)
        or (agencies.looks_like(title) and text.startswith("关于"))
        or forwards
        or not KINDS.search(text)
    )


def _next_reading(blocks: list[Block], start: int, whole: str) -> str:
    """A second reading for a title of one line: the next line has the same look and is no text yet."""
    if start + 1 >= len(blocks) or not _same_look(blocks, start, start + 1):
        return ""
    text = blocks[start + 1].text.strip()
    usable = _continues(blocks, start + 1, text) and not agencies.looks_like(text) and not _NOTE.match(text)
    return _glue(whole, text) if usable else ""


def _confirmed(title: str, body: str) -> bool:
    """Whether the text speaks of the paper by this name: 现将《X》印发给你们."""
    named = [bare(one) for one in re.findall(r"《([^《》]{4,100})》", body[:600])]
    return any(name in bare(title) for name in named)


def _glued(texts: list[str]) -> str:
    whole = texts[0]
    for text in texts[1:]:
        whole = _glue(whole, text)
    return whole


def _glue(one: str, two: str) -> str:
    """Two lines as one: agencies of a joint issue stay apart, words in letters too."""
    apart = one[-1:].isascii() and one[-1:].isalnum() and two[:1].isascii() and two[:1].isalnum()
    last = re.split(r"[\s\u3000]", one)[-1]
    joint = agencies.looks_like(last) and agencies.looks_like(two)
    return f"{one} {two}" if apart or joint else one + two


def bare(text: str) -> str:
    """A title without spaces and title marks, for comparing."""
    return re.sub(r"[\s《》〈〉\u3000]", "", text)


def is_head_line(text: str) -> bool:
    """Whether a line belongs to the red head and not to the text: 某某文件, 签发人, 份号, 密级, 紧急程度."""
    return _HEAD_LINE.search(text) is not None and len(text) <= 60 and not text.startswith(("主送", "抄送"))
