"""把存着的表写成文件:CSV、JSON、XLSX;说明它的 Table Schema 和数据包。"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from .columns import MISSING
from .engine import Table, connection, literal, quoted

#: 一张工作表最多这么多行,连表头;再多的不写 XLSX。
SHEET_ROWS = 1_048_576
#: 再多的格,签字开放的人要等一分钟以上,也不写 XLSX;别的几种照样是全部。
SHEET_CELLS = 5_000_000
#: 这么多行以内的在内存里写,不用临时文件。
SMALL = 20_000
BOM = b"\xef\xbb\xbf"
_TYPES = {"string": "string", "integer": "integer", "number": "number", "date": "date", "datetime": "datetime"}


def write_csv(table: Table, target: Path) -> None:
    """UTF-8 without a byte order mark, commas, the titles as header.

    One file is read in its own order (``preserve_insertion_order``); to sort ten million rows takes more memory than
    the engine may have.
    """
    cells = ", ".join(f"{quoted(column.name)} AS {quoted(column.title)}" for column in table.columns)
    connection().execute(
        f"COPY (SELECT {cells} FROM read_parquet({literal(table.path)})) "  # noqa: S608
        f"TO {literal(target)} (FORMAT csv, HEADER true, DELIMITER ',', TIMESTAMPFORMAT '%Y-%m-%d %H:%M:%S')"
    )


def write_json(table: Table, target: Path) -> None:
    """An array of objects by the stable names."""
    cells = ", ".join(quoted(column.name) for column in table.columns)
    connection().execute(
        f"COPY (SELECT {cells} FROM read_parquet({literal(table.path)})) "  # noqa: S608
        f"TO {literal(target)} (FORMAT json, ARRAY true, DATEFORMAT '%Y-%m-%d', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S')"
    )


def write_xlsx(table: Table, target: Path) -> None:
    """One sheet; numbers stay numbers, text never becomes a formula or a link."""
    import xlsxwriter  # type: ignore[import-untyped]

    small = table.count() <= SMALL
    options = {
        "constant_memory": not small,
        "in_memory": small,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet("数据")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, [column.title for column in table.columns])
        number = 0
        for batch in table.batches():
            for row in batch:
                number += 1
                for place, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(number, place, cell, moment)
                    elif isinstance(cell, date):
                        sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), day)
                    elif isinstance(cell, int | Decimal):
                        sheet.write_number(number, place, cell)
                    elif cell:
                        sheet.write_string(number, place, cell)


def plain(cell: Any) -> Any:
    """A cell as JSON takes it."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() and not cell.as_tuple().exponent else float(cell)
    return cell.isoformat() if isinstance(cell, date | datetime) else cell


def shown(cell: Any) -> str:
    """A cell as a page shows it."""
    if cell is None:
        return ""
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell)


def schema(fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Table Schema of fields with name, title, kind, meaning, unit, codes, is_key, nullable."""
    described = []
    for field in fields:
        limits: dict[str, Any] = {"required": not field["nullable"]}
        if field["is_key"]:
            limits["unique"] = True
        if field["codes"]:
            limits["enum"] = list(field["codes"])
        described.append(
            {
                "name": field["name"],
                "title": field["title"],
                "type": _TYPES[field["kind"]],
                "description": field["meaning"],
                **({"unit": field["unit"]} if field["unit"] else {}),
                "constraints": limits,
            }
        )
    keys = [field["name"] for field in fields if field["is_key"]]
    return {"fields": described, "missingValues": sorted(MISSING), **({"primaryKey": keys} if keys else {})}


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
