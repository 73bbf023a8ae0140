"""把完整度、一致性、措辞合成一份。"""

from __future__ import annotations

from datetime import date

from ..models import Version
from ..terms import Mark
from .consistency import consistency
from .content import content
from .context import Around
from .findings import Finding, Review
from .score import score
from .wording import wording

_ORDER = {Mark.STOP: 0, Mark.WARN: 1, Mark.HINT: 2}


def review(version: Version, on: date, around: Around | None = None) -> Review:
    """The score of a guide and everything found, the gravest first; each sentence once."""
    around = around or Around.load(on, version.guide)
    groups, lacking = score(version, on)
    others = [*consistency(version, around), *content(version, around), *wording(version, around)]
    found: dict[str, Finding] = {}
    for finding in [*lacking, *others]:
        found.setdefault(finding.what, finding)
    total = sum(group.got for group in groups) - sum(one.points for one in others)
    ordered = sorted(found.values(), key=lambda finding: _ORDER[finding.mark])
    return Review(max(0, min(100, round(total))), tuple(groups), tuple(ordered))
