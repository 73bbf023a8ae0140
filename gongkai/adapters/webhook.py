"""把一条通知送到别人的网址:只走 HTTPS,签名,不跟着跳转,不往内网送(除非允许),时间到了就断。"""

from __future__ import annotations

import hmac
import http.client
import socket
import ssl
import threading
from urllib.parse import urlsplit

from . import reach

#: Seconds for one delivery from the first byte to the answer.
PATIENCE = 10.0


class NotDelivered(Exception):
    """没有送到;文字给工作台看。"""


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """The signature that the receiver computes as well: HMAC-SHA256 over “时间戳.正文”.

    >>> sign("secret", 1, b"{}")[:11]
    'v1=1122767b'
    """
    return "v1=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, "sha256").hexdigest()


def checked(url: str) -> str:
    """The address, if it can be delivered to. Raises NotDelivered with a sentence."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotDelivered(f"“{url[:80]}”不是网址。") from None
    if parts.scheme != "https" or not parts.hostname or port == 0:
        raise NotDelivered("地址要以 https:// 开头。")
    if parts.username is not None or parts.password is not None:
        raise NotDelivered("地址里不要写用户名和口令。")
    if not url.isascii() or any(one.isspace() for one in url):
        raise NotDelivered("地址里有空格或者不是英文的字，请写成编码以后的样子。")
    return url


def post(
    url: str, body: bytes, headers: dict[str, str], *, private: bool = False, patience: float = PATIENCE
) -> int:
    """Send it; the status that came back (a redirect is not followed).

    Args:
        private: whether addresses within a private network may be reached.

    Raises:
        NotDelivered: the address is not allowed, or nobody answered properly.
    """
    parts = urlsplit(checked(url))
    host, port = parts.hostname or "", parts.port or 443
    connection = _Pinned(host, port, _address(host, port, private=private), patience)
    watch = threading.Timer(patience, connection.cut)
    watch.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body, headers=headers)
        return int(connection.getresponse().status)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotDelivered(f"没有送到：{_why(error)}") from error
    finally:
        watch.cancel()
        connection.close()


def _address(host: str, port: int, *, private: bool) -> str:
    """The one address to connect to; every address of the name must be allowed, so that a name cannot mix them."""
    try:
        found = reach.addresses(host, port)
    except OSError:
        raise NotDelivered(f"没有送到：找不到主机 {host}。") from None
    if not found or not all(reach.is_allowed(one, private=private) for one in found):
        raise NotDelivered(f"没有送：{host} 是内部网络的地址，设置里没有允许。")
    return found[0]


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"证书不对（{error.verify_message}）。"
    if isinstance(error, TimeoutError):
        return "等得太久。"
    return f"{type(error).__name__} {error}"[:200]


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was checked, and to no other one that the name may give a moment later."""

    def __init__(self, host: str, port: int, address: str, patience: float) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=patience, context=self._tls)
        self._address, self._patience = address, patience

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self._patience)
        self.sock = plain
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """Whoever drips his answer is not waited for."""
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
