"""哪些要素有内容:先看标题,没有标题的看句子。"""

from __future__ import annotations

import re
from collections import Counter

from .limits import visits
from .sections import LABELS, Section

CORE = (
    "item_name",
    "legal_basis",
    "conditions",
    "materials",
    "process",
    "time_limit",
    "fee",
    "place",
    "hours",
    "consult",
    "complaint",
)
#: 题名:正文第一行,“……办事指南”、“……登记流程及材料”。
_TITLE = re.compile(
    r"\A[\s“\"《【]{0,4}[^\n:：|]{2,40}?(?:办事指南|办理指南|服务指南|指南|办理流程|流程及材料|办事流程|须知|规程|登记|许可|审批|办理|备案|申请|核发|确认|补贴|救助)"
)
_LISTED = re.compile(
    r"(?:^|[\n;；、。：:])\s?[（(]?[\d一二三四五六七八九]{1,2}[)）、.．][^\n;；]{0,40}(?:复印件|身份证|户口簿|申请表|申请书|证明|照片|原件)"
)
_MATTERS = re.compile(
    r"(?!行政|准予|同意|予以|受理|进行|信息|办理|申请|申报|提出|下列|完成)[\u4e00-\u9fff]{2}(?:登记|许可|备案|注销|救助|补贴|落户)(?![机信管表])"
)
#: 第一行独占一行、没有标点的短句,是题名;“办事指南”这样的不是。
_HEAD = re.compile(
    r"\A(?!(?:办事|办理|服务|申请|业务)?(?:指南|流程|须知|事项|信息|材料)\s*\n|基本信息|首页|当前位置|附件|索引)[\u4e00-\u9fffA-Za-z“”《》（）()·\d]{3,26}(?:\n|。(?=[^\n]{20}))"
)
_OTHERS = LABELS["other"]
_SENTENCES = {
    "implementer": re.compile(
        r"(?:向|到|由|经)[\u4e00-\u9fff]{2,12}(?:局|委员会|残联|派出所|部门)(?:窗口|[^\n。]{0,8}(?:申请|审核|审批|办理|受理))"
    ),
    "result": re.compile(r"(?:核发|颁发|发放|领取|签发|出具)[^。\n]{0,6}《[^》\n]{2,30}(?:证|书|照|批复)》"),
    "materials": re.compile(
        r"(?:带|持|携带|出示)(?!相应|有关|相关)[^。\n、到]{0,12}(?:身份证|户口[簿本]|证明(?!的)|照片|申请表)|(?:应当?|须|需要?|请)?(?:提供|提交|携带|出示|持)(?:下列|以下|本人|相关|有关)?[^。\n]{0,30}(?:材料|证件|身份证|户口[簿本]|申请表|申请书)"
    ),
    "process": re.compile(
        r"→[^\n]{1,40}→|(?:申请办理|提出申请|提交申请|递交)[^\n]{0,80}(?:受理|审核|审查|审批|发证)"
    ),
    "time_limit": re.compile(
        r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?个?(?:工作日|日|天)(?:之?内)?[^。\n]{0,12}(?:办结|办理完|作出|完成|审批|发证|发放)|当场办结|即时办结|当场办理|立等可取|即时(?:制|发|办)|(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?个?(?:工作日|日|天)(?:之?内)?(?:办结|作出|发证|答复|有结果)|何时办结"
    ),
    "fee": re.compile(
        r"不收(?:取|任何)?[^。\n]{0,4}费|免费(?:办理|发放)|收费标准|工本费[^。\n]{0,6}\d|每[证本份件]\s?\d{1,4}\s?元|\d\s?元(?:/|每)[证本份件册]"
    ),
    "legal_basis": re.compile(r"(?:根据|依据|按照)[^。\n]{0,10}《[^》\n]{2,40}(?:法|条例|办法|规定|细则|规范)》"),
    "consult": re.compile(
        r"(?:咨询|联系|服务)(?:电话|热线|方式)?[^\n\d]{0,10}\d{3}|(?<![督诉报])电话[:：]?\s?\d{3}|(?<!\d)\d{3,12}[（(]咨询"
    ),
    "complaint": re.compile(r"(?:投诉|监督|举报)[^\n\d。]{0,12}\d{3}|(?<!\d)\d{3,12}\s?[（(](?:投诉|监督|举报)"),
    "hours": re.compile(r"(?:周一至周五|星期一至星期五|工作日|上午)[^\n]{0,8}\d{1,2}[:：点时]"),
    "place": re.compile(r"(?:地址|地点)[:：]\s?[^\s。]{4}|[路街道]\d{1,5}号[^\n]{0,20}(?:大厅|中心|窗口|楼)"),
    "conditions": re.compile(
        r"(?:符合|具备)(?:下列|以下)[^。\n]{0,10}(?:条件|情形)|(?:^|[\n。；;])[^。\n]{0,12}年满[^。\n]{1,8}周岁"
    ),
}
#: “办理窗口”后面只有单位名,是谁办,不是在哪里办。
_OFFICE = re.compile(
    r"(?:市|县|区|州|镇|街道)?[\u4e00-\u9fff]{1,16}(?:局|委|委员会|政府|厅|站|所|机关)(?:[（(][^()（）\n]{1,8}[)）])?\Z"
)


def present(text: str, parts: list[Section]) -> list[str]:
    """The elements with content, the eleven first."""
    found = {part.element for part in parts if part.filled}
    places = [part for part in parts if part.element == "place" and part.filled]
    if places and all("窗口" in part.label and _OFFICE.match(part.content.split("\n")[0]) for part in places):
        found.discard("place")
        found.add("implementer")
    if found & {"statutory_limit", "promised_limit"}:
        found.add("time_limit")
    for name in ("statutory", "promised"):
        named = re.search(
            {"statutory": "法定", "promised": "承诺"}[name]
            + r"[^\n。;；]{0,10}?(?:\d|[一二两三四五六七八九十]{1,3}个?(?:工作日|日|天|月))",
            text,
        )
        if "time_limit" in found and named:
            found.add(f"{name}_limit")
    if (_TITLE.match(text) or _HEAD.match(text)) and not (parts and parts[0].start == 0):
        found.add("item_name")
    before = text[: parts[0].start] if parts else text
    running = "\n".join(
        [before, *(f"{part.label} {_beyond_basis(part)}" for part in parts if part.label not in _OTHERS)]
    )
    for element, pattern in _SENTENCES.items():
        if element not in found and pattern.search(running):
            found.add(element)
    matters = Counter(_MATTERS.findall(text))
    if matters and max(matters.values()) > 1:
        found.add("item_name")  # 没有题名,句子里反复说的是同一件事
    if "materials" not in found and (len(_LISTED.findall(running)) > 1 or "材料名称 |" in text):
        found.add("materials")
    if re.search(r"https?://|网上(?:办理|申请|申报)|全程网办|微信公众号|APP", text):
        found.add("online")
    if visits(text) is not None:
        found.add("visits")
    found.discard("other")
    return [name for name in dict.fromkeys((*CORE, *LABELS)) if name in found]


def _beyond_basis(part: Section) -> str:
    """The content of a section; of a basis only what follows its sentence, where nothing parts the two."""
    if part.element != "legal_basis":
        return part.content
    return "" if part.separated else part.content.partition("。")[2]


def materials(parts: list[Section]) -> list[str]:
    """The names of the materials, one an entry, without numbers and copies."""
    said: list[str] = []
    for part in parts:
        if part.element != "materials":
            continue
        for piece in re.split(r"[\n;；。]|(?=[（(]?\d{1,2}[)）、.．])|(?<=件)\s?\|", part.content):
            name = re.sub(r"\A[\s（(]*[\d一二三四五六七八九十]{1,2}[)）、.．]\s*|\|.*", "", piece).strip(
                " \u3000、,，:：|"
            )
            if 1 < len(name) <= 80 and name not in said:
                said.append(name)
    return said
