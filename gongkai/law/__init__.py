"""法律核心:把条文写成可以运行的函数。只用标准库,不知道 Django。"""

from .errors import LawError

__all__ = ["LawError"]
