"""词:归一、切词、双字、文号、同音、同义。检索引擎和问答都从这里取词,不自己切。"""

from .cutting import Cutter, bigrams
from .folding import fold
from .numbers import number_tokens
from .slips import Slips
from .sounds import Homophone, Sounds, softened, sound
from .synonyms import Synonyms

__all__ = [
    "Cutter",
    "Homophone",
    "Slips",
    "Sounds",
    "Synonyms",
    "bigrams",
    "fold",
    "number_tokens",
    "softened",
    "sound",
]
