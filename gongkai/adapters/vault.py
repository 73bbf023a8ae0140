"""个人信息的加密、检索用的散列和打码。

密文写作 ``v1.<钥匙号>.<base64>``,AES-256-GCM,每次一个新的随机数;钥匙文件只有本机的主人能读。换钥匙(``rotate``)后旧密文
仍能解开,全部重新加密(``reseal``)了才可以删旧钥匙(``retire``)。别的进程换了钥匙,加密前看得出来,不用重新启动。
不认识 Django:钥匙文件在哪里由调用的人给。
"""

from __future__ import annotations

import base64
import fcntl
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keyfile

_NONCE = 12
_TOKEN = re.compile(r"v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{38,}={0,2}")
#: What a sealed file begins with; the id of the key follows, eight characters.
_SEALED = b"GKSEAL1 "


class VaultError(Exception):
    """钥匙不在、不对,或者密文被改过;文字可以给管理系统的人看。"""


class Vault:
    """一串钥匙:``current`` 用来加密,其余只用来解开旧密文;``lookup`` 只用来算散列,不换。"""

    def __init__(self, path: Path) -> None:
        """Open the key file at ``path``. Raises VaultError if it is not there: none is made in silence."""
        self.path = path
        #: The ring, and the look of the file from which it was read.
        self._held = (self._look(), self._read())

    @classmethod
    def make(cls, path: Path) -> Vault:
        """Make a key file at ``path`` unless one is there by now, and open it.

        Of several processes that make one at the same moment all open the same: a file is put in place without
        replacing another, and what lies there then is read again.
        """
        key_id = secrets.token_hex(4)
        ring = {
            "keys": {key_id: base64.b64encode(AESGCM.generate_key(256)).decode()},
            "current": key_id,
            "lookup": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        keyfile.place(path, json.dumps(ring))
        return cls(path)

    def seal(self, text: str) -> str:
        """Encrypt; the same text gives another token each time.

        Raises:
            VaultError: the key file is gone, or another one lies there: what is sealed now could not be opened later.
        """
        nonce, key_id = secrets.token_bytes(_NONCE), self.current
        sealed = AESGCM(self._key(key_id)).encrypt(nonce, text.encode("utf-8"), key_id.encode())
        return f"v1.{key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def unseal(self, token: str) -> str:
        """Decrypt. Raises VaultError if the key is missing or the token was changed."""
        try:
            version, key_id, body = token.split(".")
            raw = base64.urlsafe_b64decode(body)
            if version != "v1":
                raise ValueError(version)
        except ValueError as error:
            raise VaultError("密文的格式不对。") from error
        try:
            return AESGCM(self._key(key_id)).decrypt(raw[:_NONCE], raw[_NONCE:], key_id.encode()).decode("utf-8")
        except InvalidTag as error:
            raise VaultError("密文被改过,或者钥匙不对。") from error

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a file's content. Raises VaultError as ``seal`` does."""
        nonce, key_id = secrets.token_bytes(_NONCE), self.current
        sealed: bytes = _SEALED + key_id.encode() + nonce
        sealed += AESGCM(self._key(key_id)).encrypt(nonce, content, key_id.encode())
        return sealed

    def unseal_bytes(self, stored: bytes) -> bytes:
        """Decrypt it; what was stored before files were sealed comes back as it is.

        Raises:
            VaultError: the key is missing or the file was changed.
        """
        if not stored.startswith(_SEALED):
            return stored
        key_id, rest = key_of(stored), stored[len(_SEALED) + 8 :]
        try:
            content: bytes = AESGCM(self._key(key_id)).decrypt(rest[:_NONCE], rest[_NONCE:], key_id.encode())
            return content
        except InvalidTag as error:
            raise VaultError("加密的文件被改过,或者钥匙不对。") from error

    def digest(self, text: str) -> str:
        """A keyed hash by which the same identity number is found again without being stored (64 hex digits)."""
        key = base64.b64decode(self._held[1]["lookup"])
        return hmac.new(key, re.sub(r"\s", "", text).upper().encode("utf-8"), "sha256").hexdigest()

    @property
    def current(self) -> str:
        """The id of the key that seals now, whichever process chose it. Raises VaultError as ``seal`` does."""
        return str(self._latest()["current"])

    @property
    def key_ids(self) -> list[str]:
        """The ids of all keys in the file, the oldest first."""
        return list(self._latest()["keys"])

    def rotate(self) -> str:
        """Add a new key and use it from now on; the id of it. The older keys stay and open what they sealed."""
        key_id = secrets.token_hex(4)
        with self._alone() as ring:
            keys = ring["keys"] | {key_id: base64.b64encode(AESGCM.generate_key(256)).decode()}
            self._write(ring | {"keys": keys, "current": key_id})
        return key_id

    def retire(self) -> list[str]:
        """Drop all keys but the current one; their ids. What they sealed cannot be opened any more."""
        with self._alone() as ring:
            kept = {ring["current"]: ring["keys"][ring["current"]]}
            self._write(ring | {"keys": kept})
        return [key_id for key_id in ring["keys"] if key_id not in kept]

    def reseal(self, token: str) -> str:
        """The token under the current key; unchanged if it is already."""
        return token if key_of(token) == self.current else self.seal(self.unseal(token))

    def _key(self, key_id: str) -> bytes:
        ring = self._held[1]
        if key_id not in ring["keys"]:
            # 别的进程刚换过钥匙
            ring = self._latest()
        if key_id not in ring["keys"]:
            raise VaultError(f"钥匙文件里没有 {key_id} 号钥匙。请从备份取回 {self.path.name}。")
        return base64.b64decode(ring["keys"][key_id])

    def _latest(self) -> dict[str, Any]:
        """The ring as it lies in the file now."""
        seen, ring = self._held
        if (look := self._look()) != seen:
            found = self._read()
            if found["lookup"] != ring["lookup"]:
                raise VaultError(f"钥匙文件 {self.path.name} 换成了别的。请从备份取回原来的。")
            self._held = (look, found)
        return self._held[1]

    @contextmanager
    def _alone(self) -> Iterator[dict[str, Any]]:
        """The newest ring, while no other process may change the file: two that add a key at once keep both."""
        with open(self.path.with_name(f".{self.path.name}.lock"), "wb", opener=_owner_only) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self._latest()

    def _write(self, ring: dict[str, Any]) -> None:
        keyfile.place(self.path, json.dumps(ring), replace=True)
        self._latest()

    def _look(self) -> tuple[int, int, int]:
        try:
            found = self.path.stat()
        except FileNotFoundError as error:
            raise VaultError(f"没有钥匙文件 {self.path.name}。请从备份取回。") from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _read(self) -> dict[str, Any]:
        try:
            ring: dict[str, Any] = json.loads(self.path.read_text("ascii"))
            assert ring["keys"][ring["current"]] and ring["lookup"]
        except FileNotFoundError as error:
            raise VaultError(f"没有钥匙文件 {self.path.name}。请从备份取回。") from error
        except (ValueError, KeyError, TypeError, AssertionError) as error:
            raise VaultError(f"钥匙文件 {self.path.name} 已经损坏。请从备份取回。") from error
        return ring


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def key_of(sealed: str | bytes) -> str:
    """The id of the key that sealed a token or a file; empty for what is not sealed.

    >>> key_of("v1.0a1b2c3d." + "A" * 40), key_of(b"GKSEAL1 0a1b2c3d..."), key_of("v1.2版"), key_of(b"%PDF-1.7")
    ('0a1b2c3d', '0a1b2c3d', '', '')
    """
    if isinstance(sealed, str):
        return sealed.split(".")[1] if is_token(sealed) else ""
    return sealed[len(_SEALED) : len(_SEALED) + 8].decode("ascii", "replace") if sealed.startswith(_SEALED) else ""


def is_token(text: str) -> bool:
    """Whether the text has the form of a sealed one.

    >>> is_token("v1.0a1b2c3d." + "A" * 40), is_token("v1.2版")
    (True, False)
    """
    return _TOKEN.fullmatch(text) is not None


def mask_name(name: str) -> str:
    """Only the first character of a person's name.

    >>> mask_name("欧阳某某"), mask_name("张三"), mask_name("")
    ('欧***', '张*', '')
    """
    return name[:1] + "*" * (len(name) - 1)


def mask_number(number: str) -> str:
    """Identity, passport and bank numbers: first and last two characters at most.

    >>> mask_number("330211199001011234"), mask_number("E1234")
    ('33**************34', '*****')
    """
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}" if len(number) >= 8 else "*" * len(number)


def mask_phone(phone: str) -> str:
    """The last four digits.

    >>> mask_phone("0571-00001234"), mask_phone("123")
    ('*********1234', '***')
    """
    return "*" * (len(phone) - 4) + phone[-4:] if len(phone) > 6 else "*" * len(phone)


def mask_email(address: str) -> str:
    """The first letter and the host.

    >>> mask_email("zhang@example.cn"), mask_email("x")
    ('z****@example.cn', '*')
    """
    name, at, host = address.partition("@")
    return f"{name[:1]}{'*' * (len(name) - 1)}@{host}" if at else "*" * len(address)


def mask_address(address: str) -> str:
    """Up to the district; road, house and room go.

    >>> mask_address("云江省云州市明湖区柳桥镇望湖路1号"), mask_address("望湖路1号")
    ('云江省云州市明湖区***', '***')
    """
    found = re.match(r".*?[省市区县旗](?:.*?[市区县旗])*", address)
    return (found[0] if found else "") + "***" if address else ""
