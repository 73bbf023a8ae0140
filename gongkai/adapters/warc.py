"""网页存档(WARC 1.1,ISO 28500):写下取到的应答,一条一段 gzip,可以逐条取出;别的软件(pywb、warcio)照样读得。

只写用得着的两种记录:``warcinfo``、``response``。正文是解开压缩以后的,所以不写 Content-Encoding(决定14)。
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.client
import io
import uuid
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

#: 原样留下的响应头;长度照正文重写,会话标记不留。
KEPT = ("content-type", "date", "last-modified", "etag", "server", "location")
_END = b"\r\n\r\n"
#: 一条至多这么大;自己写的不会超过,读外来的有个限度。
_MOST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """存下的一次应答:网址、时刻、状态码、响应头、正文。"""

    url: str
    at: datetime
    status: int
    headers: Mapping[str, str]
    body: bytes


def information(software: str, at: datetime, *, name: str) -> bytes:
    """The first record of a file: what made it.

    Args:
        name: what is archived, in words.
    """
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\ndescription: {name}\r\n".encode()
    return _record("warcinfo", "application/warc-fields", block, at, {"WARC-Filename": "crawl.warc.gz"})


def response(answer: Answer) -> bytes:
    """One answer as a record."""
    reason = http.client.responses.get(answer.status, "")
    lines = [f"HTTP/1.1 {answer.status} {reason}".rstrip()]
    lines += [f"{name.title()}: {answer.headers[name]}" for name in KEPT if answer.headers.get(name)]
    lines.append(f"Content-Length: {len(answer.body)}")
    head = "\r\n".join(lines).encode("latin-1", "replace") + _END
    more = {"WARC-Target-URI": answer.url, "WARC-Payload-Digest": _digest(answer.body)}
    return _record("response", "application/http;msgtype=response", head + answer.body, answer.at, more)


def _record(kind: str, content_type: str, block: bytes, at: datetime, more: Mapping[str, str]) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **more,
        "WARC-Block-Digest": _digest(block),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return gzip.compress(b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + _END, 6, mtime=0)


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def answers(data: bytes) -> Iterator[Answer]:
    """The answers of a file, in their order.

    Raises:
        ValueError: a record is damaged, cut off, or larger than can be meant.
    """
    at = 0
    while at < len(data):
        found, length = _at(data, at)
        if found is not None:
            yield found
        at += length


def _at(data: bytes, offset: int) -> tuple[Answer | None, int]:
    """The answer that begins here (None for another record), and how many bytes its record takes."""
    loose = zlib.decompressobj(31)
    try:
        whole = loose.decompress(memoryview(data)[offset:], _MOST)
    except zlib.error as error:
        raise ValueError("不是存档的一条") from error
    if not loose.eof or not whole.startswith(b"WARC/1."):
        raise ValueError("不是存档的一条")
    head, _, rest = whole.partition(_END)
    fields = _fields(head)
    length = len(data) - offset - len(loose.unused_data)
    if fields.get("warc-type") != "response":
        return None, length
    block = rest[: int(fields["content-length"])]
    status, _, body = block.partition(_END)
    line = status.split(b"\r\n", 1)[0].split(b" ")
    moment = datetime.strptime(fields["warc-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return Answer(fields["warc-target-uri"], moment, int(line[1]), _fields(status), body), length


def _fields(head: bytes) -> dict[str, str]:
    found = http.client.parse_headers(io.BytesIO(head.partition(b"\r\n")[2] + _END))
    return {name.lower(): value for name, value in found.items()}
