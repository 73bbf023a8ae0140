"""离线包:从网站取公众看得到的页和样式,存在本机;断线时按网址给,检索在包里的文字里找。"""

from __future__ import annotations

import json
import re
import threading
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

#: 从这几页开始,顺着站内的链接取。
SEEDS = (
    "/kiosk/",
    "/",
    "/records/",
    "/villages/",
    "/standards/",
    "/enterprises/",
    "/zones/",
    "/policies/",
    "/guide/",
    "/services/",
    "/gazette/",
)
#: 终端上打得开的(开头);别的一律不开。
ALLOWED = (
    "/kiosk/",
    "/records/",
    "/villages/",
    "/standards/",
    "/enterprises/",
    "/zones/",
    "/policies/",
    "/guide/",
    "/rules/",
    "/statutory/",
    "/apply/",
    "/search/",
    "/ask/",
    "/agencies/",
    "/places/",
    "/static/",
    "/columns/",
    "/annual",
    "/accessibility/",
    "/files/",
    "/decisions/",
    "/consultations/",
    "/letters/",
    "/events/",
    "/clinic/",
    "/sections/",
    "/interpretations/",
    "/documents/",
    "/services/",
    "/gazette/",
    "/history/",
    "/handovers/",
)
#: 离线包里的一件至多这么大:合订本、扫描件不带。
LARGEST = 20 * 1024 * 1024
_QUIET = 20


def is_allowed(path: str) -> bool:
    """Whether the kiosk opens this path.

    >>> is_allowed("/records/12/"), is_allowed("/desk/"), is_allowed("/")
    (True, False, True)
    """
    return path == "/" or path.startswith(ALLOWED)


class _Page(HTMLParser):
    """What a page links to, its title and its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.title, self.words = "", []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("a", "link") and given.get("href"):
            self.links.append(given["href"] or "")
        if tag in ("script", "img", "use") and (given.get("src") or given.get("href")):
            self.links.append(given.get("src") or given.get("href") or "")
        if tag in ("main", "script", "style", "title"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside[-1:] == ["title"]:
            self.title += data
        elif self._inside[-1:] == ["main"] and data.strip():
            self.words.append(data.strip())


@dataclass(frozen=True, slots=True)
class Found:
    """断线时检索到的一页。"""

    path: str
    title: str
    snippet: str
    score: float


class Pack:
    """A folder with pages by address and an index of their words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._index: dict[str, dict[str, str]] = {}
        self.made_at = ""
        if (folder / "index.json").is_file():
            stored = json.loads((folder / "index.json").read_text("utf-8"))
            self._index, self.made_at = stored["pages"], stored["made_at"]

    def __len__(self) -> int:
        return len(self._index)

    def get(self, path: str) -> tuple[bytes, str] | None:
        """The content of an address and its type; None if it is not in the pack."""
        row = self._index.get(path)
        if row is None:
            return None
        file = self.folder / row["file"]
        return (file.read_bytes(), row["type"]) if file.is_file() else None

    def search(self, words: str, *, most: int = 30) -> list[Found]:
        """Pages that bear the words, the best first: whole words first, then pairs of signs of them."""
        wanted = [word for word in re.split(r"\s+", words.strip()) if word]
        pairs = {word[i : i + 2] for word in wanted for i in range(max(len(word) - 1, 1))}
        found = []
        for path, row in self._index.items():
            if not row["type"].startswith("text/html") or not pairs:
                continue
            whole = sum(5 * (word in row["title"]) + (word in row["text"]) for word in wanted)
            part = sum((pair in row["title"]) * 2 + (pair in row["text"]) for pair in pairs) / (3 * len(pairs))
            if whole or part > 0.6:
                found.append(Found(path, row["title"], _around(row["text"], wanted), whole + part))
        return sorted(found, key=lambda hit: (-hit.score, hit.path))[:most]

    def fill(
        self, site: str, *, at: datetime, most: int = 2000, told: Callable[[int], None] = lambda done: None
    ) -> int:
        """Fetch the public pages of a site; the pack in use is replaced only when the new one is whole.

        Raises:
            OSError: the site cannot be reached at all.
        """
        index: dict[str, dict[str, str]] = {}
        waiting, seen = deque(SEEDS), set(SEEDS)
        (self.folder / "pages").mkdir(parents=True, exist_ok=True)
        while waiting and len(index) < most:
            path = waiting.popleft()
            try:
                content, kind = fetch(urljoin(site, path))
            except (urllib.error.HTTPError, Oversized):
                continue
            except OSError:
                if not index:
                    raise
                continue
            name = f"pages/{sha256(content).hexdigest()}"
            (self.folder / name).write_bytes(content)
            index[path] = {"file": name, "type": kind, "title": "", "text": ""}
            if kind.startswith("text/html"):
                page = _Page()
                page.feed(content.decode("utf-8", "replace"))
                index[path] |= {
                    "title": page.title.partition(" - ")[0].strip(),
                    "text": " ".join(page.words)[:20_000],
                }
                for link in page.links:
                    to = urlsplit(urljoin(urljoin(site, path), link))
                    if (
                        f"{to.scheme}://{to.netloc}" == site.rstrip("/")
                        and not to.query
                        and is_allowed(to.path)
                        and to.path not in seen
                    ):
                        seen.add(to.path)
                        waiting.append(to.path)
            if len(index) % _QUIET == 0:
                told(len(index))
        self._keep(index, at)
        return len(index)

    def _keep(self, index: dict[str, dict[str, str]], at: datetime) -> None:
        stored = {"made_at": f"{at:%Y-%m-%d %H:%M}", "pages": index}
        half = self.folder / "index.new"
        half.write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
        half.replace(self.folder / "index.json")
        with self._lock:
            self._index, self.made_at = index, stored["made_at"]
        used = {row["file"] for row in index.values()}
        for file in (self.folder / "pages").iterdir():
            if f"pages/{file.name}" not in used:
                file.unlink()


class Oversized(ValueError):
    """这一件太大,离线包里不带。"""


def fetch(url: str, *, seconds: float = 10) -> tuple[bytes, str]:
    """One page. Raises OSError (HTTPError among them), or Oversized."""
    if not url.startswith(("http://", "https://")):
        raise OSError(f"不是网址：{url}")
    with urllib.request.urlopen(url, timeout=seconds) as answer:  # noqa: S310  上面查过
        content = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Oversized(url)
        return content, answer.headers.get("Content-Type", "application/octet-stream")


def _around(text: str, words: list[str]) -> str:
    place = next((text.find(word) for word in words if word in text), 0)
    start = max(place - 30, 0)
    return ("……" if start else "") + text[start : start + 120]


def results_page(words: str, found: list[Found], made_at: str) -> bytes:
    """The page of results while the line is down."""
    rows = "".join(
        f'<li><a href="{escape(one.path)}">{escape(one.title)}</a><span class="sub">{escape(one.snippet)}</span></li>'
        for one in found
    )
    body = (
        f"<ul class='rows'>{rows}</ul>"
        if found
        else "<p>离线的内容里没有找到。线路恢复以后再试，或者问工作人员。</p>"
    )
    return message_page(f"“{words}”，离线的内容里找到{len(found)}件", f"{body}", made_at)


def _note(made_at: str) -> str:
    return f"线路断了，这是{escape(made_at)}备下的内容。" if made_at else "线路断了，本机没有备下的内容。"


def noted(page: bytes, made_at: str) -> bytes:
    """A page of the pack, saying at its top that the line is down and from when it is."""
    body = re.search(rb"<body[^>]*>", page)
    note = f'<div class="notice warn noprint" role="status"><p>{_note(made_at)}以网站上的为准。</p></div>'.encode()
    return page[: body.end()] + note + page[body.end() :] if body else page


def message_page(title: str, body: str, made_at: str) -> bytes:
    """A page of the kiosk's own."""
    note = _note(made_at)
    return (
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title><link rel='stylesheet' href='/kiosk.css'><script src='/kiosk.js'></script></head><body><main>"
        f"<p class='note'>{note}</p><h1>{escape(title)}</h1>{body}"
        "<form action='/search/'><input name='q' aria-label='检索'><button>查找</button></form>"
        "<p><a href='/kiosk/'>第一页</a></p></main></body></html>"
    ).encode()


STYLE = (
    b"body{font:1.4rem/1.8 sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}.note{background:#fff3cd;padding:.6rem 1rem}"
    b"a{color:#0b4a8f}li{margin:.8rem 0}.sub{display:block;color:#444;font-size:1rem}input,button{font:inherit;padding:.6rem 1rem}"
)
