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
