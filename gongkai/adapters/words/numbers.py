"""文号作为检索词:什么括号、补不补零、写不写“第”,都归成一个词;代字可以不写全。"""

from __future__ import annotations

import re

from gongkai.law import docnumber

# 没有这些就不会有文号;先看一眼,省下逐条细读的时间。
_HINT = re.compile(r"[0-9０-９]\s*[号號]|[〔\[［【（(﹝]\s*[0-9０-９]{4}")

# 同一机关的令有两种写法。
_ORDERS = (("国务院令", "国令"),)


def number_tokens(text: str) -> list[str]:
    """One token for each document number in ``text``, for each tail of its code that a reader may type.

    >>> number_tokens("见镇政办发[2021]第51号")
    ['№镇政办发-2021-51', '№政办发-2021-51', '№办发-2021-51']
    """
    tokens: list[str] = []
    if not _HINT.search(text):
        return tokens
    for found in docnumber.find(text):
        number = found.number
        code = number.code
        for long, short in _ORDERS:
            if code.endswith(long):
                code = short
        tails = [code[at:] for at in range(max(1, len(code) - 1))]
        tokens += [f"№{tail}-{number.year or ''}-{number.seq}" for tail in tails]
    return tokens
