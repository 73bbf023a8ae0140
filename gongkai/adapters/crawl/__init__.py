"""取别的单位的网页:慢慢地、规规矩矩地取,取不到的只说取不到,从不猜它坏了。

``fetch`` 取一次(地址先看、连接钉住、大小和时间有限);``polite`` 管多台主机的次序(一台一秒一次、听 robots.txt);
``page`` 读取到的网页(在另一个进程里);``following`` 找出旧网站一页的去处;``alike`` 认对照页。
"""

from .alike import alike
from .fetch import Fetched, Limits, fetch
from .following import follow
from .outcome import TELLING, Reached
from .page import read_page
from .polite import Polite

__all__ = ["TELLING", "Fetched", "Limits", "Polite", "Reached", "alike", "fetch", "follow", "read_page"]
