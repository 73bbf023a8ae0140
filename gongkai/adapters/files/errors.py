"""读文件时唯一的错误。"""

from __future__ import annotations


class Unreadable(ValueError):
    """A file that cannot be read; ``str(error)`` is one Chinese sentence safe to show to users.

    ``what`` names the file, ``why`` the reason, ``fix`` what the user can do.
    """

    def __init__(self, what: str, why: str, fix: str) -> None:
        self.what, self.why, self.fix = what, why, fix
        super().__init__(f"《{what}》读不出来：{why}。{fix}。")

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, str]]:
        """It comes from another process (``apart``)."""
        return type(self), (self.what, self.why, self.fix)


def too_large(what: str, size: int, most: int) -> Unreadable:
    """Why a file is not even opened: its size beside the limit, both in bytes.

    >>> too_large("大图.tif", 2 * 1024**3, 100 * 1024**2).why
    '文件有2,048 MB，超过100 MB'
    """
    told = f"文件有{-(-size // 1024**2):,} MB，超过{most // 1024**2:,} MB"
    return Unreadable(what, told, "请拆开，或者按200至300点每英寸重新扫描")
