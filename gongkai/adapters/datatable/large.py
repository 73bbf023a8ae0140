"""很大的 CSV 的体检:引擎把全部行过一遍,数空的、类型、代码、个人信息;摆法和写法的毛病看开头和结尾。

内存同行数无关。交回的同 ``readers.opendata.profile.profile`` 一个样子,``notes`` 写明哪些是看全部行的。
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files.errors import Unreadable
from ..files.kinds import Kind, kind_of
from ..files.limits import DEFAULT
from ..personal import is_card_number, is_id_number, is_mobile
from ..readers.opendata.columns import Column, key_of
from ..readers.opendata.layout import layout
from ..readers.opendata.profile import parts, profiled
from ..readers.opendata.table import MOST_COLUMNS, Table, delimiter_of
from .engine import literal, opened, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HEAD, TAIL, HEAD_ROWS, LAST = 2 * 1024 * 1024, 64 * 1024, 2000, 200
#: 不是 UTF-8 的先改写一份,改写的文件至多这么大。
_OTHER = 300 * 1024 * 1024
_PIECE = 4 * 1024 * 1024
#: 像手机号、证件号、卡号的,先由引擎挑出来,再逐个核对校验位。
_CANDIDATE = r"(?:^|\D)(?:1[3-9]\d{9}|[1-9]\d{16}[\dXx]|[3-6]\d{14,18})(?:\D|$)"
_RUN = re.compile(r"\d{11,19}[Xx]?")
_LOOKED_AT = 2000
_HALF, _MOST, _LONG = 0.5, 0.9, 12


@dataclass(frozen=True, slots=True)
class Counted:
    """一列在全部行里的数:填了的、全是数字的、开头带零的、很长的、像个人信息的、大约有几个不同的。"""

    filled: int
    digits: int
    leading: int
    long: int
    candidates: int
    distinct: int


def is_large(path: Path) -> bool:
    """Whether a file is a text too large to be read whole."""
    with path.open("rb") as file:
        plain = kind_of(file.read(4096)) in (Kind.TXT, Kind.CSV)
    return plain and path.stat().st_size > DEFAULT.text_bytes


def profile(path: str) -> dict[str, Any]:
    """Profile of a large CSV file.

    Raises:
        Unreadable: it is no text table, or cannot be read as one.
    """
    given = Path(path)
    encoding, bom = _encoding(given)
    with tempfile.TemporaryDirectory() as folder, _engine(folder) as link:
        plain = given if encoding == "utf-8" else _transcoded(given, encoding, Path(folder) / "plain.csv")
        return _profile(link, plain, given.name, encoding, bom)


@contextmanager
def _engine(folder: str) -> Iterator[DuckDBPyConnection]:
    """An engine that may put what does not fit into memory on the disk; its own trouble becomes a sentence."""
    import duckdb

    link = opened(temp_directory=folder, preserve_insertion_order=False)
    try:
        yield link
    except duckdb.Error as error:
        raise Unreadable("文件", "引擎读不下去", "请分成几份再试") from error
    finally:
        link.close()


def _encoding(path: Path) -> tuple[str, bool]:
    """UTF-8 where every byte is, GB18030 where it reads as that; UTF-16 is not for files this large."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Unreadable(path.name, "UTF-16 的文件太大", "请另存成 UTF-8 再试")
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while piece := file.read(_PIECE):
                if b"\0" in piece:
                    raise Unreadable(path.name, "不是文字的表格", "请给出 CSV")
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030", False
    return "utf-8", start.startswith(codecs.BOM_UTF8)


def _transcoded(path: Path, encoding: str, target: Path) -> Path:
    if path.stat().st_size > _OTHER:
        raise Unreadable(path.name, "不是 UTF-8，又太大", "请另存成 UTF-8 再试")
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as old, target.open("w", encoding="utf-8", newline="") as new:
            while piece := old.read(_PIECE):
                new.write(decoder.decode(piece))
            new.write(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        raise Unreadable(path.name, "认不出编码", "请另存成 UTF-8 再试") from None
    return target


def _profile(link: DuckDBPyConnection, path: Path, name: str, encoding: str, bom: bool) -> dict[str, Any]:
    head, tail = _ends(path)
    delimiter = delimiter_of(head)
    rows, lines = _split(head, delimiter)
    found = layout(rows)
    if found.header_row is None or not found.data or len(found.header) > MOST_COLUMNS:
        raise Unreadable(name, "开头认不出表头，或者列太多", "请在第一行写各列的名称")
    width = len(found.header)
    source = _source(path, delimiter, lines[found.header_row], width)
    footer = _footer(found.header, _split(tail, delimiter, TAIL)[0][-LAST:], width)
    counts, total = _counted(link, source, width)
    table = Table(rows, encoding, bom, delimiter)
    kept, columns = parts(table)
    answer = profiled(table, kept, columns)
    total -= footer
    answer |= {"rows": total, "footer_rows": footer, "encoding": encoding}
    shown = {column.place: column for column in columns if column.place < width}
    answer["text_codes"] = [
        title
        for place, title in enumerate(found.header)
        if title and _is_code(counts[place], shown.get(place), title, answer)
    ]
    answer["key"] = _key(link, source, shown, counts, total)
    personal = {
        found.header[place]
        for place, count in enumerate(counts)
        if count.candidates and _is_personal(link, source, place)
    }
    answer["sensitive_columns"] = [
        title for title in found.header if title in personal or title in answer["sensitive_columns"]
    ]
    empty = {found.header[place] for place, count in enumerate(counts) if count.filled <= total * _HALF}
    others = [quirk for quirk in answer["quirks"] if quirk["code"] != "LOW_COMPLETENESS"]
    answer["quirks"] = others + [
        {"code": "LOW_COMPLETENESS", "column": title, "line": None} for title in found.header if title in empty
    ]
    answer["notes"] = [
        *_rejected(link),
        f"文件大：行数、空的、代码列、个人信息看了全部行，摆法和写法看了开头{len(found.data)}行和结尾",
    ]
    return answer


def _ends(path: Path) -> tuple[str, str]:
    """Whole lines of the beginning and of the end."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read()
    first = head[: head.rfind(b"\n") + 1].decode("utf-8-sig", "replace")
    return first, tail[tail.find(b"\n") + 1 :].decode("utf-8", "replace")


def _split(text: str, delimiter: str, most: int = HEAD_ROWS) -> tuple[list[list[str]], list[int]]:
    """Rows, and the number of physical lines up to the end of each."""
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row[: MOST_COLUMNS + 1]])
            lines.append(reader.line_num)
            if len(rows) >= most:
                break
    except csv.Error:
        pass
    return rows, lines


def _source(path: Path, delimiter: str, skip: int, width: int) -> str:
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    sign = "\\t" if delimiter == "\t" else delimiter
    return (
        f"read_csv({literal(path)}, delim='{sign}', quote='\"', escape='\"', skip={skip}, header=false, auto_detect=false, "
        f"columns={{{columns}}}, nullstr='', ignore_errors=true, store_rejects=true, rejects_limit=1000, max_line_size=4000000)"
    )


def _footer(header: list[str], tail: list[list[str]], width: int) -> int:
    """How many rows of notes stand at the end."""
    rows = [row for row in tail if any(row)]
    return layout([header, *rows]).footer_rows if rows and width > 2 else 0


def _counted(link: DuckDBPyConnection, source: str, width: int) -> tuple[list[Counted], int]:
    """The counts of every column in one pass."""
    parts_of = []
    for place in range(width):
        name = quoted(f"c{place}")
        parts_of += [
            f"count({name})",
            f"count_if({name} SIMILAR TO '[0-9]+')",
            f"count_if({name} SIMILAR TO '0[0-9]+')",
            f"count_if(length({name}) >= {_LONG} AND {name} SIMILAR TO '[0-9]+')",
            f"count_if(length({name}) >= 11 AND regexp_matches({name}, '{_CANDIDATE}'))",
            f"approx_count_distinct({name})",
        ]
    (found,) = link.execute(f"SELECT count(*), {', '.join(parts_of)} FROM {source}").fetchall()  # noqa: S608
    return [Counted(*found[1 + 6 * place : 7 + 6 * place]) for place in range(width)], found[0]


def _is_code(count: Counted, shown: Column | None, title: str, answer: dict[str, Any]) -> bool:
    if not count.digits or count.digits < count.filled * _HALF:
        return False
    return bool(count.leading or count.long >= count.digits * _MOST or title in answer["text_codes"])


def _key(
    link: DuckDBPyConnection, source: str, shown: dict[int, Column], counts: Sequence[Counted], total: int
) -> str | None:
    """The column that identifies a row: filled and different in every row; counted exactly for the likely one."""
    fit = [
        column
        for place, column in shown.items()
        if counts[place].filled >= total and counts[place].distinct >= total * _MOST
    ]
    while fit:
        name = key_of(fit)
        column = next((one for one in fit if one.name == name), None)
        if column is None:
            return None
        place = quoted(f"c{column.place}")
        (found,) = link.execute(f"SELECT count(DISTINCT hash({place})) FROM {source}").fetchall()  # noqa: S608
        if found[0] >= total:
            return name
        fit.remove(column)
    return None


def _is_personal(link: DuckDBPyConnection, source: str, place: int) -> bool:
    """Whether one of the first candidates holds: the check characters tell."""
    name = quoted(f"c{place}")
    rows = link.execute(
        f"SELECT {name} FROM {source} WHERE length({name}) >= 11 AND regexp_matches({name}, '{_CANDIDATE}') LIMIT {_LOOKED_AT}"  # noqa: S608
    ).fetchall()
    return any(_holds(run) for (cell,) in rows for run in _RUN.findall(cell))


def _holds(run: str) -> bool:
    return (len(run) == 11 and run[0] == "1" and is_mobile(run)) or is_id_number(run) or is_card_number(run)


def _rejected(link: DuckDBPyConnection) -> list[str]:
    """Rows with too many or too few cells."""
    try:
        (found,) = link.execute("SELECT count(DISTINCT line), min(line) FROM reject_errors").fetchall()
    except Exception:  # 一行也没有拒收时,有的版本没有这张表
        return []
    return [f"有{found[0]}行的格数同表头不一样，没有算进去；头一处在第{found[1]}行"] if found[0] else []
