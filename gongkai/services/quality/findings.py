"""查出来的一条,和一份指南的全部。"""

from __future__ import annotations

from dataclasses import dataclass

from ..terms import Mark


@dataclass(frozen=True, slots=True)
class Finding:
    """一条:多重、在哪一部分(``sections.KEYS`` 的键)、什么不对、怎么改、依据、扣几分。"""

    mark: Mark
    section: str
    what: str
    fix: str
    source: str = ""
    points: float = 0.0
    quote: str = ""

    def __str__(self) -> str:
        return f"{self.what}。{self.fix}"


@dataclass(frozen=True, slots=True)
class Group:
    """完整度的一组:键、名称、满分、得分。"""

    key: str
    label: str
    most: int
    got: float


@dataclass(frozen=True, slots=True)
class Review:
    """一份指南的分数、各组的分、缺的和不对的。"""

    score: int
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> list[Finding]:
        """What has to be mended before it is published."""
        return [one for one in self.findings if one.mark is Mark.STOP]

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.findings if one.mark is not Mark.STOP]

    def by_section(self) -> dict[str, list[Finding]]:
        """Findings under the part of the guide where they are mended."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.section, []).append(finding)
        return found
