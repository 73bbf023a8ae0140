"""一件事合起来的样子:答了情形以后要办哪几项、合并的材料各供哪几项用、时限合起来多久、一批批怎么走。

没有答的情形不当作“否”:那一项、那样材料列在“看情况”里,说明看哪一问。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import groupby

from gongkai.law import guides as law
from gongkai.law.guides import Total

from .models import Matter, Part, Version
from .shape import Material, Situation
from .terms import GuideState, MaterialSource, Need, PartNeed, Stage

Answers = Mapping[str, str]
_TAIL = re.compile(r"[（(][^（）()]*[)）]|[《》“”\s]|及?(?:原件|复印件).*\Z")
#: 不同的叫法,同一样材料。
_SAME = {
    "身份证": "居民身份证",
    "申请人身份证": "居民身份证",
    "法定代表人身份证": "法定代表人居民身份证",
    "户口簿": "居民户口簿",
    "户口本": "居民户口簿",
}


class Verdict(Enum):
    """按回答,要、不要,还是没有答看不出。"""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def applies(when: Mapping[str, Sequence[str]], answers: Answers) -> Verdict:
    """Whether every situation named in ``when`` is answered with one of its options.

    >>> applies({"food": ["热食"]}, {"food": "冷食"}), applies({"food": ["热食"]}, {}), applies({}, {})
    (<Verdict.NO: 'no'>, <Verdict.UNKNOWN: 'unknown'>, <Verdict.YES: 'yes'>)
    """
    given = [answers.get(key) in options if answers.get(key) else None for key, options in when.items() if options]
    if False in given:
        return Verdict.NO
    return Verdict.UNKNOWN if None in given else Verdict.YES


def answers_of(situations: Iterable[Situation], given: Mapping[str, str]) -> dict[str, str]:
    """The answers in an address (``a-键=选项``) that are options at all."""
    found = {one.key: str(given.get(f"a-{one.key}", "")) for one in situations}
    return {one.key: found[one.key] for one in situations if found[one.key] in one.options}


def material_key(name: str) -> str:
    """What makes two names one material.

    >>> material_key("居民身份证（原件）") == material_key("身份证"), material_key("《营业执照》复印件")
    (True, '营业执照')
    """
    plain = _TAIL.sub("", name)
    return _SAME.get(plain, plain)


def why(when: Mapping[str, Sequence[str]], situations: Iterable[Situation]) -> str:
    """“经营项目：热食类”."""
    texts = {one.key: one.text for one in situations}
    return "；".join(f"{texts.get(key, key)}：{'或者'.join(options)}" for key, options in when.items() if options)


@dataclass(frozen=True, slots=True)
class Listed:
    """清单上的一样材料:看情况的写看哪一问。"""

    material: Material
    verdict: Verdict
    why: str


def checklist(version: Version, answers: Answers) -> list[Listed]:
    """The materials of one guide under these answers, those not needed left out."""
    situations = version.situation_rows
    found = []
    for material in version.material_rows:
        verdict = applies(material.when, answers)
        if verdict is not Verdict.NO:
            found.append(Listed(material, verdict, why(material.when, situations)))
    return found


@dataclass(slots=True)
class Merged:
    """合并的一样材料:份数取最多的,供哪几项用。"""

    name: str
    originals: int = 0
    copies: int = 0
    serves: list[str] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    points: list[str] = field(default_factory=list)
    maybe: str = ""
    made: str = ""

    @property
    def count(self) -> str:
        return Material(name=self.name, originals=self.originals, copies=self.copies).count


@dataclass(frozen=True, slots=True)
class Chosen:
    """联办的一项和它公布的指南;``verdict`` 是按回答要不要办。"""

    part: Part
    version: Version
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Joint:
    """合起来的一件事。``together``、``apart`` 只算一定要办的,``…_at_most`` 连看情况的都算上。"""

    parts: tuple[Chosen, ...]
    left_out: tuple[Chosen, ...]
    materials: tuple[Merged, ...]
    shared: tuple[Merged, ...]
    made: tuple[Merged, ...]
    separately: int
    together: Total
    apart: Total
    together_at_most: Total
    apart_at_most: Total
    batches: tuple[tuple[int, tuple[Chosen, ...]], ...]

    @property
    def merged_away(self) -> int:
        """How many materials need not be handed in again."""
        return self.separately - len(self.materials)


def joint(matter: Matter, answers: Answers, on: date) -> Joint:
    """The matter under these answers: parts that are not needed are named apart."""
    situations = matter.situation_rows
    chosen, out = [], []
    rows = matter.parts.select_related("guide__agency").order_by("batch", "pk")
    live = {
        one.guide_id: one
        for one in Version.objects.filter(stage=Stage.LIVE, guide__in=[row.guide_id for row in rows])
    }
    for part in rows:
        version = live.get(part.guide_id)
        if version is None or part.guide.state == GuideState.CANCELLED:
            continue
        version.guide = part.guide
        verdict = applies(part.when, answers) if part.need == PartNeed.WHEN else Verdict.YES
        (out if verdict is Verdict.NO else chosen).append(
            Chosen(part, version, verdict, why(part.when, situations))
        )
    batches = tuple(
        (number, tuple(group)) for number, group in groupby(chosen, key=lambda choice: choice.part.batch)
    )
    materials, separately = _merge(chosen)
    results = {material_key(one.version.result): one.version.name for one in chosen if one.version.result}
    handed = []
    made = []
    for material in materials[0]:
        material.made = results.get(material_key(material.name), "")
        (made if material.made else handed).append(material)
    sure = [one for one in chosen if one.verdict is Verdict.YES]
    return Joint(
        tuple(chosen),
        tuple(out),
        tuple(handed),
        tuple(materials[1]),
        tuple(made),
        separately,
        law.together([[one.version.promise for one in group if one in sure] for _, group in batches], on),
        law.apart([one.version.promise for one in sure], on),
        law.together([[one.version.promise for one in group] for _, group in batches], on),
        law.apart([one.version.promise for one in chosen], on),
        batches,
    )


def _merge(chosen: Iterable[Chosen]) -> tuple[tuple[list[Merged], list[Merged]], int]:
    handed: dict[str, Merged] = {}
    shared: dict[str, Merged] = {}
    count = 0
    for choice in chosen:
        for row in choice.version.material_rows:
            into = shared if row.need == Need.SHARED else handed
            count += into is handed
            merged = into.setdefault(material_key(row.name), Merged(row.name))
            merged.originals, merged.copies = max(merged.originals, row.originals), max(merged.copies, row.copies)
            merged.forms.add(row.form_label)
            if row.points and row.points not in merged.points:
                merged.points.append(row.points)
            if choice.version.name not in merged.serves:
                merged.serves.append(choice.version.name)
            maybe = why(row.when, choice.version.situation_rows) or (
                choice.why if choice.verdict is Verdict.UNKNOWN else ""
            )
            merged.maybe = maybe if len(merged.serves) == 1 or merged.maybe else ""
            if row.source == MaterialSource.THIRD and row.by:
                merged.points.append(f"由“{row.by}”出具")
    for key in [key for key in shared if key in handed]:
        # 一处要交、一处不用交的,还是要交
        handed[key].serves += [name for name in shared.pop(key).serves if name not in handed[key].serves]
    return (list(handed.values()), list(shared.values())), count


def problems(matter: Matter, on: date) -> list[str]:
    """Why a matter must not be published yet, in sentences."""
    parts = list(matter.parts.select_related("guide"))
    found = []
    if len(parts) < 2:
        found.append("只有一个事项的不叫一件事：请加上联办的事项")
    found += [f"“{part.guide}”还没有公布办事指南" for part in parts if part.guide.state not in (GuideState.LIVE,)]
    keys = {one.key: one.options for one in matter.situation_rows}
    for part in parts:
        if part.need == PartNeed.WHEN and not any(part.when.values()):
            found.append(f"“{part.guide}”看情况办，没有写什么情况")
        for key, options in part.when.items():
            if set(options) - set(keys.get(key, [])):
                found.append(f"“{part.guide}”的情形在一件事的情形里没有")
    if re.search(r"其他(?:后置|前置|相关)?(?:许可|审批|事项)", matter.summary):
        found.append("说明里有“其他事项”一类兜底的话：是哪几项写哪几项")
    if not matter.joined and not matter.not_joined:
        found.append("没有说联通了哪些、还没有联通哪些：请照实写")
    if not matter.consult:
        found.append("没有写问谁：请写牵头部门的咨询电话")
    return found
