"""来信附的文件:存下、打开(看一次记一次)、到期清除;没有看过的,这封信答复不了。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gongkai.adapters.files import Kind
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import sealed_files
from gongkai.records.bringing import LARGEST, MOST, Brought

from ..models import Letter, LetterFile


def attach(letter: Letter, files: Sequence[Brought]) -> None:
    """Keep the files of a new letter.

    Raises:
        RuleBroken: too many, or one of them is empty, too large or of a kind that is not taken.
    """
    if len(files) > MOST:
        raise RuleBroken(f"一封信至多附{MOST}个文件", fix="请合成一个文件，或者只留最要紧的。")
    for name, content in files:
        kind = sealed_files.typed(name, content, most=LARGEST)
        digest = sealed_files.keep(content)
        LetterFile.objects.create(letter=letter, name=name, kind=kind.value, sha256=digest, size=len(content))


def require_seen(letter: Letter) -> None:
    """Raises RuleBroken: a file of this letter, or of one merged into it, was not opened by the unit that has it now."""
    rows = LetterFile.objects.filter(Q(letter=letter) | Q(letter__merged_into=letter), seen_at=None)
    if count := rows.exclude(sha256="").count():
        raise RuleBroken(f"随信的文件还有{count}个没有打开看过", fix="请先在来信的页面上打开，看过再办。")


@transaction.atomic
def open_letter_file(letter: Letter, pk: int, *, by: User, at: datetime) -> tuple[str, bytes]:
    """打开一个附的文件:返回名称和内容,记下谁看过,看一次记一次。

    Raises:
        RuleBroken: the letter has no such file any more, or the data folder lacks its content.
    """
    access.require(by, "engagement.personal", letter.agency)
    file = LetterFile.objects.select_for_update(of=("self",)).filter(letter=letter, pk=pk).first()
    if file is None or file.is_erased:
        raise RuleBroken("没有这个文件，或者已经到期清除", fix="请刷新页面。")
    content = sealed_files.opened(file.sha256)
    if file.seen_at is None:
        file.seen_at, file.seen_by = at, by
        file.save(update_fields=["seen_at", "seen_by"])
    said = f"来信{letter}：打开附的{Kind.from_value(file.kind).label}"
    log("engagement.personal", said, at=at, by=by, agency=letter.agency, about=letter, file=file.pk)
    return file.name, content


def erase(letters: Iterable[int]) -> int:
    """Take the names and contents of these letters' files away once the transaction is through; how many files."""
    rows = LetterFile.objects.filter(letter__in=list(letters)).exclude(sha256="")
    digests = set(rows.values_list("sha256", flat=True))
    count = rows.update(name="", sha256="")
    transaction.on_commit(lambda: sealed_files.remove_all(digests))
    return count
