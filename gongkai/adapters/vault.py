"""个人信息的加密、检索用的散列和打码。

密文写作 ``v1.<钥匙号>.<base64>``,AES-256-GCM,每次一个新的随机数;钥匙文件只有本机的主人能读。换钥匙后旧密文仍能解开,
重新加密(``reseal``)完了才可以删旧钥匙。不认识 Django:钥匙文件在哪里由调用的人给。
"""

from __future__ import annotations

import base64
import hmac
import json
import re
import secrets
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
        self._ring: dict[str, Any] = self._read()

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
        """Encrypt; the same text gives another token each time."""
        nonce, key_id = secrets.token_bytes(_NONCE), self._ring["current"]
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
        """Encrypt a file's content."""
        nonce, key_id = secrets.token_bytes(_NONCE), self._ring["current"]
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
        key_id, rest = (
            stored[len(_SEALED) : len(_SEALED) + 8].decode("ascii", "replace"),
            stored[len(_SEALED) + 8 :],
        )
        try:
            content: bytes = AESGCM(self._key(key_id)).decrypt(rest[:_NONCE], rest[_NONCE:], key_id.encode())
            return content
        except InvalidTag as error:
            raise VaultError("加密的文件被改过,或者钥匙不对。") from error

    def digest(self, text: str) -> str:
        """A keyed hash by which the same identity number is found again without being stored (64 hex digits)."""
        key = base64.b64decode(self._ring["lookup"])
        return hmac.new(key, re.sub(r"\s", "", text).upper().encode("utf-8"), "sha256").hexdigest()

    def rotate(self) -> str:
        """Add a new key and use it from now on; the id of it."""
        key_id = secrets.token_hex(4)
        self._ring["keys"][key_id] = base64.b64encode(AESGCM.generate_key(256)).decode()
        self._ring["current"] = key_id
        keyfile.place(self.path, json.dumps(self._ring), replace=True)
        return key_id

    def reseal(self, token: str) -> str:
        """The token under the current key; unchanged if it is already."""
        return token if token.split(".")[1:2] == [self._ring["current"]] else self.seal(self.unseal(token))

    def _key(self, key_id: str) -> bytes:
        if key_id not in self._ring["keys"]:
            raise VaultError(f"钥匙文件里没有 {key_id} 号钥匙。请从备份取回 {self.path.name}。")
        return base64.b64decode(self._ring["keys"][key_id])

    def _read(self) -> dict[str, Any]:
        try:
            ring: dict[str, Any] = json.loads(self.path.read_text("ascii"))
            assert ring["keys"][ring["current"]] and ring["lookup"]
        except FileNotFoundError as error:
            raise VaultError(f"没有钥匙文件 {self.path.name}。请从备份取回。") from error
        except (ValueError, KeyError, TypeError, AssertionError) as error:
            raise VaultError(f"钥匙文件 {self.path.name} 已经损坏。请从备份取回。") from error
        return ring


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
