"""国徽图案:县级以上人民政府网站首页显著位置应当使用(国徽法第七条),标准版本由机关自己从公布的地方取来放上,不随包。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from gongkai.adapters import keyfile
from gongkai.adapters.files import Kind, kind_of
from gongkai.desk.todo import Panel, Task
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.org import access, site
from gongkai.org.models import Agency, User

#: Bytes and pixels on a side that the picture may have at most.
LARGEST, MOST_PIXELS = 2 * 1024 * 1024, 4000


def path() -> Path:
    """Where the picture lies in the data folder; it may be absent."""
    return Path(settings.GONGKAI_DATA) / "emblem.png"


def is_needed() -> bool:
    """Whether this is the site of a government; a department's own site has none on its home page."""
    return Agency.objects.filter(name=site.current().host, kind=AgencyKind.GOVERNMENT).exists()


def is_shown() -> bool:
    """Whether the home page shows it."""
    return path().is_file() and is_needed()


def install(content: bytes) -> None:
    """Put the official picture in place.

    Raises:
        RuleBroken: it is no PNG, too large, or not about square as the standard version is.
    """
    if len(content) > LARGEST:
        raise RuleBroken("图案文件超过2 MB", fix="请用公布的标准图案，边长一千像素左右就够。")
    if kind_of(content) is not Kind.PNG:
        raise RuleBroken("不是 PNG 图片", fix="请用公布的标准图案，另存为 PNG。")
    width, height = (int.from_bytes(content[start : start + 4], "big") for start in (16, 20))
    if not 64 <= min(width, height) <= max(width, height) <= MOST_PIXELS:
        raise RuleBroken(f"图案是{width}×{height}像素", fix=f"边长请在64到{MOST_PIXELS}像素之间。")
    if not 0.8 <= width / height <= 1.1:
        raise RuleBroken(
            "图案的长宽比例不对", source="《国徽法》第十二条", fix="请用公布的标准图案，不要裁切、拉伸。"
        )
    keyfile.place(path(), content, replace=True)


def todo(user: User, on: date) -> Iterable[Panel]:
    """A reminder for those who can mend it, while the picture is missing."""
    if access.may(user, "web.emblem") and is_needed() and not path().is_file():
        url = reverse("desk:emblem")
        task = Task(
            "首页还没有国徽图案",
            url,
            "县级以上政府网站首页的显著位置应当使用国徽图案（《国徽法》第七条）",
            "待放",
            "warn",
        )
        yield Panel("网站首页", "法律要求的，放上以后不再提醒。", 1, url, (task,))
