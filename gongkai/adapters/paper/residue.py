"""网页和采集留下来的样子,先还原再读:JSON 的键和值、成了问号的空格、丢了的“〇”。"""

from __future__ import annotations

import re
from html import escape

_PAIR = re.compile(
    r"[{,\s]{0,8}[\"'](?P<key>[A-Za-z_\u4e00-\u9fff]{1,40})[\"']\s{0,4}:\s{0,4}(?:\"(?P<value>[^\"\n]{0,400})\"|(?:null|true|false|-?\d{1,15}))\s{0,4}[,}]{0,4}"
)
_FEWEST_PAIRS = 3
_DAY = r"(?:_?(?:date|time|day|on|at))"
#: 英文的键怎样组成:说什么的词、是什么的词。
_KEYS = (
    ("发布日期", re.compile(rf"(?:pub(?:lish(?:ed)?)?|release[d]?|issue[d]?|open){_DAY}")),
    ("成文日期", re.compile(rf"(?:writ(?:e|ten|ing)|sign(?:ed)?|draft(?:ed)?|form(?:ed)?|compos(?:e|ed)){_DAY}")),
    ("索引号", re.compile(r"(?:info_?)?(?:index|idx|catalog(?:ue)?|identifier)_?(?:no|num|number|code|id)?")),
    ("文号", re.compile(r"(?:file|doc|document|paper|issue|dispatch)_?(?:no|num|number|code)")),
    (
        "发布机构",
        re.compile(
            r"(?:publisher|issuer)(?:_?name)?|(?:pub(?:lish)?|issu(?:e|ing)|release)_?(?:org|unit|dept|department|agency|office|organ)(?:_?name)?"
        ),
    ),
    ("主题分类", re.compile(r"(?:theme|topic|subject)_?(?:name|class|type|category)?")),
    ("有效性", re.compile(r"(?:valid|validity|effect|effective|effectiveness)_?(?:status|state|flag)?")),
)


_SCRIPT = re.compile(r"<script\b[^>]{0,200}>(?P<code>[^<]{1,20000})</script>", re.I)


def scripts(html: str) -> str:
    """The metadata that a page keeps in a script, as lines at its head; the rest of scripts is none."""
    lines = [
        _line(pair).strip()
        for script in _SCRIPT.finditer(html)
        if len(pairs := [one for one in _PAIR.finditer(script["code"]) if one["value"]]) >= _FEWEST_PAIRS
        for pair in pairs
        if any(pattern.fullmatch(_words(pair["key"])) for _, pattern in _KEYS)
    ]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _words(key: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()


def restored(text: str) -> str:
    """The text as it was meant to be read."""
    text = re.sub(r"[?？\ufffd]{2,}", lambda match: " " * len(match[0]), text)
    text = re.sub(r"(?<=二)[?？□\ufffd](?=[〇○零一二三四五六七八九?？□][〇○零一二三四五六七八九]年)", "〇", text)
    if text.count('":') < _FEWEST_PAIRS:
        return text
    pairs = [match for match in _PAIR.finditer(text) if match["value"] is not None]
    return _PAIR.sub(_line, text) if len(pairs) >= _FEWEST_PAIRS else text


def _line(match: re.Match[str]) -> str:
    """One pair as a line: the name in Chinese where the key says what it is."""
    key, value = match["key"], match["value"] or ""
    plain = re.sub(r"\\[ntr]", " ", value).replace("\\/", "/")
    name = next((name for name, pattern in _KEYS if pattern.fullmatch(_words(key))), key)
    return f"\n{name}:{plain}\n"
