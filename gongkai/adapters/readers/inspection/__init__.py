"""检查通报:一条问题依哪一项、国办口径否决不否决;通报里的数自己对不对得上。"""

from .bulletins import check
from .findings import read

__all__ = ["check", "read"]
