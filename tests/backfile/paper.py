"""虚构的旧文件,给历史信息的测试用。"""

from __future__ import annotations

import io
import zipfile

from gongkai.backfile import actions
from gongkai.backfile.models import Item
from gongkai.backfile.terms import Way


def paper(
    number: int, year: int = 2006, *, about: str = "农村道路养护", extra: str = "", code: str = "明政办发"
) -> str:
    """A plain notice as offices wrote them."""
    return (
        f"明湖区人民政府办公室文件\n{code}〔{year}〕{number}号\n关于做好{about}工作的通知\n各镇人民政府、街道办事处：\n"
        f"为做好{about}工作，现就{year}年第{number}项有关事项通知如下。\n一、明确责任，落实人员和经费{number * 37}元。\n"
        f"二、按时报送进度，逾期未报的予以通报。\n{extra}\n明湖区人民政府办公室\n{year}年{number % 12 + 1}月5日\n"
    )


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP of these files: the same bytes whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in members.items():
            made.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def taken(office, at, members: dict[str, bytes], *, fonds: str = "1031", name: str = "旧文件.zip"):
    """An archive taken in, entered and read."""
    intake = actions.begin(
        office.agency, Way.ZIP, name, fonds=fonds, content=archive(members), by=office.clerk, at=at
    )
    actions.unpack(intake, at=at)
    actions.read_waiting(at=at)
    intake.refresh_from_db()
    return intake


def confirmed(office, at, count: int = 1, *, year: int = 2006, **shape) -> list[Item]:
    """So many papers, read and checked by a clerk."""
    members = {f"{year}/{n}.txt": paper(n, year, **shape).encode() for n in range(1, count + 1)}
    intake = taken(office, at, members, name=f"{year}年{len(members)}件{shape}.zip")
    for item in intake.items.order_by("pk"):
        actions.confirm(item, {"reference_code": f"1031-WS·{year}-Y-{item.number_seq:04}"}, by=office.clerk, at=at)
    return list(intake.items.order_by("pk"))
