"""外接的语言模型(OpenAI 式接口):请它把引文说得好懂。可选,默认不用;它写的每一句都要另经核对才给人看。"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.error import URLError
from urllib.parse import urlsplit

_ORDER = (
    "你为政府网站的访问者转述公文。只用给出的引文里的原词,不加、不改任何数字、日期、金额、条件和否定;"
    "每句话只转述一段引文;引文没有说的,一字不写。至多四句。"
)
_LONGEST = 4000
_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Phrasing:
    """一个外接的模型。``url`` 到 ``/v1`` 为止。"""

    url: str
    model: str
    key: str = ""

    def write(self, question: str, quotations: Sequence[str]) -> str:
        """What the model makes of the quotations; empty if it cannot be had. Never raises for what lies outside."""
        if urlsplit(self.url).scheme not in ("http", "https"):
            return ""
        told = "\n".join(f"引文{number}:{text}" for number, text in enumerate(quotations, 1))
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": _ORDER},
                {"role": "user", "content": f"{told}\n\n问题:{question}"},
            ],
        }
        request = urllib.request.Request(  # noqa: S310
            f"{self.url.rstrip('/')}/chat/completions",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})},
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                said = json.loads(answer.read(1_000_000))["choices"][0]["message"]["content"]
        except (URLError, OSError, ValueError, KeyError, IndexError, TypeError):
            return ""
        return said[:_LONGEST] if isinstance(said, str) else ""
