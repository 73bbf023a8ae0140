"""符号字体(Wingdings、Symbol)里的字,和上下标:变成看上去一样的通用字符。"""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "□",
    0x72: "□",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
    0xA1: "○",
    0xA2: "○",
    0xA4: "◉",
    0xA7: "▪",
    0xA8: "□",
    0xD8: "➢",
    0xE0: "→",
    0xDF: "←",
    0xE1: "↑",
    0xE2: "↓",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x46: "☞",
    0x28: "☎",
    0x2A: "✉",
    0xAB: "★",
    0x9E: "·",
}
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "☐", 0x30: "☐"}
_SYMBOL = {
    0xB7: "•",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xA3: "≤",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xAE: "→",
    0xA5: "∞",
    0xD6: "√",
    0xE5: "∑",
    0x61: "α",
    0x62: "β",
    0x67: "γ",
    0x64: "δ",
    0x6C: "λ",
    0x6D: "μ",
    0x70: "π",
    0x73: "σ",
    0x71: "θ",
    0x77: "ω",
    0x44: "Δ",
    0x53: "Σ",
    0x57: "Ω",
    0xA2: "′",
    0xD7: "·",
    0xF0: "",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_UP = dict(zip("0123456789+-−=()（）ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾ⁿⁱ", strict=True))
_DOWN = dict(zip("0123456789+-−=()（）aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₍₎ₐₑₒₓ", strict=True))
#: 读不出是什么的符号。
UNKNOWN = "□"


def symbol(font: str, code: str) -> str:
    """One ``w:sym``: the font's name and a hexadecimal code (F0FE).

    >>> symbol("Wingdings", "F0FE"), symbol("Symbol", "F0B3"), symbol("宋体", "4E00")
    ('☑', '≥', '一')
    """
    try:
        point = int(code, 16)
    except ValueError:
        return UNKNOWN
    table = _FONTS.get(font.lower())
    if table is not None:
        return table.get(point & 0xFF, UNKNOWN)
    if 0xF000 <= point <= 0xF0FF:
        return UNKNOWN
    return chr(point) if 0x20 <= point <= 0xFFFF and not 0xD800 <= point <= 0xDFFF else UNKNOWN


def bullet(text: str) -> str:
    """The mark of a bulleted list, whose font is a symbol font as a rule."""
    mark = text.strip()[:1]
    if mark and not "\ue000" <= mark <= "\uf8ff" and not mark.isalnum():
        return mark
    return _WINGDINGS.get(ord(mark) & 0xFF, "•") if "\uf000" <= mark <= "\uf0ff" else "•"


def raised(text: str) -> str:
    """A superscript that stays readable: 10⁴, m³; what has no raised form stays plain unless it is a number.

    >>> raised("4"), raised("-2"), raised("注"), raised("x2")
    ('⁴', '⁻²', '注', '^x2')
    """
    return _set(text, _UP, "^")


def lowered(text: str) -> str:
    """A subscript: H₂O.

    >>> lowered("2"), lowered("max")
    ('₂', 'max')
    """
    return _set(text, _DOWN, "")


def _set(text: str, table: dict[str, str], mark: str) -> str:
    bare = text.strip()
    if bare and all(one in table or one.isspace() for one in bare):
        return "".join(table.get(one, one) for one in text)
    return f"{mark}{bare}" if mark and bare.isascii() and any(one.isdigit() for one in bare) else text
