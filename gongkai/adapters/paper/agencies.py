"""认机关名:名称的结尾、标题开头的一个或几个机关、页首单独一行的机关。输入都已折成简体。"""

from __future__ import annotations

import re

_HAN = "\u3400-\u9fff"
#: 机关名怎样结尾,长的在前。
ENDINGS: tuple[str, ...] = (
    "府办",
    "人民政府办公室",
    "人民政府办公厅",
    "人民政府",
    "政府办公室",
    "政府办公厅",
    "政府办",
    "委员会办公室",
    "委员会",
    "办公室",
    "办公厅",
    "管委会",
    "街道办事处",
    "街道办",
    "街道",
    "办事处",
    "分局",
    "总局",
    "局",
    "厅",
    "部",
    "委",
    "院",
    "处",
    "署",
    "所",
    "站",
    "大队",
    "支队",
    "总队",
    "中心",
    "指挥部",
    "领导小组",
    "联合会",
    "红十字会",
    "供销社",
    "档案馆",
    "图书馆",
    "镇",
    "乡",
    "县政府",
    "区政府",
    "市政府",
    "省政府",
    "人民法院",
    "人民检察院",
    "公司",
)


def ending(endings: tuple[str, ...]) -> re.Pattern[str]:
    """What finds one of these at the end of a name; given none it finds nothing."""
    return re.compile(rf"(?:{'|'.join(endings) or '(?!)'})\Z")


_ENDS = ending(ENDINGS)
_NOT = re.compile(
    r"网站?\Z|整理|转载|小编|资料|百科|法规库|[，。；：:！？“”《》]|^(?:各|本|我|该|市直|区直|县直|有关)"
)
_ABOUT = re.compile(r"关于|印发|转发|公布|废止|批转|工作规则|行政复议决定书|公告|通告|令")
_PLACE = re.compile(rf"[{_HAN}]{{2,12}}(?:省|市|区|县|州|旗|镇|乡)\Z")


def looks_like(name: str) -> bool:
    """Whether a short text is an agency's name.

    >>> looks_like("平顶山市人民政府办公室"), looks_like("法律资料网"), looks_like("迎丰镇")
    (True, False, True)
    """
    name = name.strip()
    return 2 < len(name) <= 40 and not _NOT.search(name) and _ENDS.search(name) is not None


def short(name: str) -> bool:
    """Whether a value given as a source is an agency's short name.

    >>> short("应急办"), short("政府办"), short("本站"), short("新华社")
    (True, True, False, False)
    """
    return re.fullmatch(rf"[{_HAN}]{{2,12}}(?:办|局|委|科|股|府|院|所|镇|乡|街道)", name) is not None


def split(text: str) -> list[str]:
    """Several agencies in one value, parted by spaces or 、,; empty unless each part is one."""
    parts = [part for part in re.split(r"[\s\u3000、,，;；]+", text) if part]
    return parts if len(parts) > 1 and all(looks_like(part) for part in parts) else []


def at_head(title: str) -> list[str]:
    """The agency or agencies with which a title begins (before 关于、印发、工作规则……).

    >>> at_head("区财政局 区税务局关于名单的公示"), at_head("盐池县人民政府工作规则")
    (['区财政局', '区税务局'], ['盐池县人民政府'])
    """
    title = title.strip().lstrip("《〈")
    match = _ABOUT.search(title)
    if not match or not match.start():
        return []
    head = title[: match.start()].strip()
    parts = [part for part in re.split(r"[\s\u3000、]+", head) if part]
    if len(parts) == 1:
        return parts if looks_like(parts[0]) else []
    return parts if all(looks_like(part) for part in parts) else []


_TITLED = re.compile(
    rf"^(?P<name>[{_HAN}]{{2,8}}?(?:省|市|区|县|旗|镇|乡)[{_HAN}]{{0,12}}?(?:人民政府办公室|人民政府|委员会|管委会|街道办事处|局))(?!办公室|部|面|势|域|长|级)[{_HAN}\d（）()〔〕《》年]{{2,40}}(?:公告|公示|通告|公开|名单|目录|清单|报告|预算|决算)\Z"
)


def titled(title: str) -> str:
    """The agency with which the title of an announcement begins, where no 关于 parts them; empty where it does not.

    >>> titled("平山县自然资源局国有建设用地使用权出让公告"), titled("平山县防汛预案")
    ('平山县自然资源局', '')
    """
    match = _TITLED.match(title.strip())
    return match["name"] if match else ""


def working_office(text: str) -> tuple[int, int] | None:
    """“政府信息公开工作机构为X”: the span of X."""
    match = re.search(rf"工作机构(?:为|是|[:：])\s*([{_HAN}]{{4,30}})", text)
    return match.span(1) if match and looks_like(match[1]) else None


def red_head(text: str) -> list[tuple[int, int]]:
    """“某区人民政府办公室文件”near the top: the spans of who is named, the last first line with 文件."""
    for match in list(
        re.finditer(r"^[ \t\u3000]*(\S[^\n]{3,60}?)[ \t\u3000]?文[ \t\u3000]?件[ \t\u3000]*$", text[:1200], re.M)
    )[:2]:
        parts = list(re.finditer(r"[^\s\u3000、]+", match[1]))
        if parts and all(looks_like(part[0]) for part in parts):
            return [(match.start(1) + part.start(), match.start(1) + part.end()) for part in parts]
    return []


def alone_at_top(text: str) -> tuple[int, int] | None:
    """A line near the top that is nothing but an agency's name (the site's own name)."""
    for match in list(re.finditer(r"^[ \t\u3000]*(\S[^\n]*?)[ \t\u3000]*$", text, re.M))[:4]:
        line = match[1]
        if looks_like(line) and not _PLACE.match(line) and len(line) >= 5:
            return match.span(1)
    return None
