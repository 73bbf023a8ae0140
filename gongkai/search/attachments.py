"""附件里的字:读一次,按散列存在资料目录的 ``search/texts/``,以后不再读;命中时说出是哪个文件、第几页。

存的只是供检索的文字:给人看以前,附件都按数据库里的公开版再认一遍,撤下的、换掉的不出现。
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai.adapters.engine import snippet
from gongkai.adapters.files import Page, pages
from gongkai.adapters.words import fold
from gongkai.records import store
from gongkai.records.models import Attachment, Record

#: 读法改了就加一,存着的旧文字作废。
MAKE = 1
#: 读到一半进程就没了的,再试几次就不再读。
_TRIES = 3
#: 一条结果里最多说几处附件。
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Place:
    """附件里命中的一处:哪个附件、第几页(工作表)、摘录(片段,是不是命中)。"""

    attachment: Attachment
    page: str
    excerpt: list[tuple[str, bool]]


def attachments_of(record: Record) -> list[Attachment]:
    """The attachments of the public edition of a record that ``index.public`` gave."""
    return list(record.live_editions[0].attachments.all()) if record.live_editions else []  # type: ignore[attr-defined]


def text_of(record: Record) -> str:
    """Everything that can be read in the record's attachments, for the index."""
    return "\n".join(page.text for one in attachments_of(record) for page in read(one))


def read(attachment: Attachment) -> list[Page]:
    """The pages of an attachment; read from the file the first time only. Nothing if it holds no text or is missing."""
    kept = _kept(attachment.sha256)
    found = _load(kept)
    if found.get("pages") is not None:
        return [Page(*one) for one in found["pages"]]
    tries = int(found.get("tries", 0))
    if tries >= _TRIES:
        return []
    try:
        data = store.read(attachment.sha256)
    except OSError:
        return []
    _save(kept, {"make": MAKE, "tries": tries + 1, "pages": None})
    result = pages(data, attachment.name)
    _save(kept, {"make": MAKE, "pages": [[one.label, one.text] for one in result]})
    return result


def places(record: Record, terms: Sequence[str]) -> list[Place]:
    """Where the terms stand in the record's attachments: the best page of each, the attachments in their order."""
    wanted = [plain for term in terms if (plain := fold(term).strip())]
    found: list[Place] = []
    for attachment in attachments_of(record):
        best = max(read(attachment), key=lambda page: _worth(page.text, wanted), default=None)
        if best is not None and _worth(best.text, wanted):
            found.append(Place(attachment, best.label, snippet(best.text, terms).parts()))
        if len(found) == _SHOWN:
            break
    return found


def _worth(text: str, wanted: Iterable[str]) -> int:
    """How much of what is wanted stands in the text; a longer term counts more."""
    plain = fold(text)
    return sum(len(term) for term in wanted if term in plain)


def folder() -> Path:
    """Where the texts read out of attachments are kept, in folders of two characters."""
    return Path(settings.GONGKAI_DATA) / "search" / "texts"


def _kept(sha256: str) -> Path:
    return folder() / sha256[:2] / f"{sha256}.json"


def _load(path: Path) -> dict:
    """What is kept; nothing if there is none, or it is damaged or of an older make."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("make") == MAKE else {}


def _save(path: Path, value: dict) -> None:
    """Written beside and renamed, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        json.dump(value, file, ensure_ascii=False)
    os.replace(name, path)
