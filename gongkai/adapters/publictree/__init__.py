"""公众网页的文件:预先写好的网页和附件的链接放在一个目录里,网页服务器直接发送。

约定:文件可以没有,有就必须对(architecture.md §3)。这一层只管文件放在哪里、怎样放进去和拿走不留半截;
什么时候该放、该拿由发布程序决定。
"""

from .manifest import Entry, Manifest
from .tree import FILES, SUFFIX, PublicTree, name_of

__all__ = ["FILES", "SUFFIX", "Entry", "Manifest", "PublicTree", "name_of"]
