"""卷里的文件是哪一份:题目、正文、附件的散列,登记审查、讨论、修改时记下(``law.decisions.paper``)。"""

from __future__ import annotations

from hashlib import sha256

from .models import Dossier

#: Entries that keep which paper lay in the dossier, and under which key.
KEPT, KEY = frozenset({"review", "adjustment", "discussion", "amendment"}), "paper"


def digest(dossier: Dossier) -> str:
    """Of the title, the words and the files of the paper in the dossier; its number and days come at the signing and do
    not count. Empty if there is none."""
    if dossier.record is None or (edition := dossier.record.draft or dossier.record.live) is None:
        return ""
    files = sorted(edition.attachments.values_list("sha256", flat=True))
    words = "".join(edition.text.split())
    return sha256("\0".join([edition.title.strip(), words, *files]).encode()).hexdigest()
