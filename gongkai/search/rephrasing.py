"""转述:外接的模型把引文说得好懂一些,逐句核对过的才给人看,每句写明出自第几段引文。默认不用。"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from gongkai.adapters.phrasing import Phrasing
from gongkai.adapters.words import Cutter

from .asking import Reply
from .entailment import sentences, supported


@dataclass(frozen=True, slots=True)
class Told:
    """转述的一句,和它出自的引文(从1数)。"""

    text: str
    number: int


def is_on() -> bool:
    """Whether the office has named a model."""
    return bool(settings.MODEL_URL and settings.MODEL_NAME)


def rephrase(reply: Reply, cutter: Cutter) -> list[Told]:
    """The sentences of the model that a shown quotation bears out; the others are dropped. Only quotations that still
    bind are sent, and nothing but them and the question."""
    if not is_on():
        return []
    binding = {number: one.text for number, one in enumerate(reply.cited, 1) if one.in_force}
    if not binding:
        return []
    model = Phrasing(settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY)
    texts, numbers = list(binding.values()), list(binding)
    written = sentences(model.write(reply.question, texts))
    found = ((one, supported(one, texts, cutter)) for one in written)
    return [Told(one, numbers[at]) for one, at in found if at is not None]
