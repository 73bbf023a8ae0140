"""造各种样子的 PDF:不嵌字体,按位置一个个写字。"""

from __future__ import annotations


def put(
    text: str, x: float, y: float, size: float = 14, *, pitch: float = 0, font: str = "F", turn: str = ""
) -> str:
    """Operators that write a text at a place; with ``pitch`` every character by itself, so many points apart."""
    if pitch:
        return "".join(put(mark, x + n * pitch, y, size, font=font) for n, mark in enumerate(text) if mark != " ")
    place = f"{turn} {x} {y} Tm" if turn else f"{x} {y} Td"
    return f"BT /{font} {size} Tf {place} <{text.encode('utf-16-be').hex()}> Tj ET\n"


def pdf(*pages: str, rotate: int = 0) -> bytes:
    """A file of pages given by their operators; font F is a Chinese one, font X has codes without a meaning."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        _font("STSong-Light", "UniGB-UCS2-H", "Adobe", "GB1"),
        _font("Nameless", "Identity-H", "Adobe", "Identity"),
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R /X 4 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode())} >>\nstream\n{content}\nendstream")
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        out
        + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def _font(name: str, encoding: str, registry: str, ordering: str) -> str:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts [<< /Type /Font "
        f"/Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry ({registry}) /Ordering ({ordering}) "
        f"/Supplement 2 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 4 "
        "/FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 800 /StemV 80 >> >>] >>"
    )
