"""索引号:各地的写法、代码校验(只作提示)、按规则编号(law.md 7.3)。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .errors import RuleBroken

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG = (
    r"[0-9A-HJ-NPQRTUWXY]{18}"  # 统一社会信用代码
    r"|\d{8}-?[\dX]"  # 组织机构代码
    r"|\d{7}-[\dX]"
    r"|\d{6}-\d{3}"  # 区划-部门
    r"|\d{6,12}"
    r"|[A-Za-z]{2,}\d*"
)
#: 斜线式:机关/年(月)-流水,见于多数省份。
_SLASH = re.compile(rf"\A(?P<org>{_ORG})/(?P<year>(?:19|20)\d{{2}})(?P<month>0[1-9]|1[0-2])?-(?P<seq>\d{{2,9}})\Z")
#: 连字符式:机关-年-流水,机关-分类-年-流水,机关-GK-年-流水。
_DASH = re.compile(
    rf"\A(?P<org>{_ORG}|[A-Za-z]{{1,20}}\d{{0,8}})-(?:(?P<class>[A-Za-z]{{1,6}}|\d{{1,6}})-)?"
    r"(?P<year>(?:19|20)\d{2})-(?P<seq>\d{1,9})\Z"
)


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """读出的索引号:机关代码、分类、年、月、流水(保留前导零)。"""

    org: str
    year: int
    month: int | None
    seq: str
    category: str = ""
    text: str = ""

    @property
    def hints(self) -> tuple[str, ...]:
        """What the checksum of the agency code says; never an error, since many codes are home-made."""
        if len(self.org) == 18 and not is_uscc(self.org):
            return ("机关代码像统一社会信用代码,但校验位不对",)
        plain = self.org.replace("-", "")
        if len(plain) == 9 and plain[:8].isdigit() and not is_org_code(plain):
            return ("机关代码像组织机构代码,但校验位不对(可能是自编的)",)
        return ()


def parse(text: str) -> IndexNumber:
    """Read an index number in any of the known shapes.

    Raises:
        RuleBroken: the shape is not known.

    >>> parse("01404053X/2021-00490").year, parse("11341702486344515H/202110-00013").month
    (2021, 10)
    """
    plain = text.strip()
    for pattern in (_SLASH, _DASH):
        if match := pattern.match(plain):
            groups = match.groupdict()
            month = groups.get("month")
            return IndexNumber(
                match["org"],
                int(match["year"]),
                int(month) if month else None,
                match["seq"],
                groups.get("class") or "",
                plain,
            )
    raise RuleBroken(f"“{plain}”不是认得的索引号", fix="请写作“机关代码/年份-流水号”,如 000014349/2017-00110。")


def is_uscc(code: str) -> bool:
    """Whether the check character of a unified social credit code is right (GB 32100).

    >>> is_uscc("11341702486344515H"), is_uscc("11341702486344515J")
    (True, False)
    """
    if len(code) != 18 or any(sign not in _USCC_SIGNS for sign in code):
        return False
    total = sum(_USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _USCC_SIGNS[-total % 31] == code[17]


def is_org_code(code: str) -> bool:
    """Whether the check character of an organisation code is right (GB 11714).

    >>> is_org_code("01404053X"), is_org_code("035210000")
    (True, False)
    """
    plain = code.replace("-", "")
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", plain):
        return False
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(sign, 36) * weight for sign, weight in zip(plain[:8], weights, strict=True))
    return "0123456789X0"[11 - total % 11 if total % 11 else 11] == plain[8]


def generate(org: str, on: date, seq: int, *, by_month: bool = False) -> str:
    """Write an index number: agency code / year (and month) - running number of five places.

    Raises:
        RuleBroken: the running number is less than 1 or the code has characters an index number may not have.

    >>> generate("MH0101", date(2023, 4, 6), 18)
    'MH0101/2023-00018'
    """
    if seq < 1 or not re.fullmatch(r"[A-Za-z0-9-]{2,20}", org):
        raise RuleBroken(f"编不出索引号:机关代码“{org}”或者流水号{seq}不对", fix="请核对单位代码,流水号从1起。")
    period = on.strftime("%Y%m") if by_month else on.strftime("%Y")
    return f"{org}/{period}-{seq:05d}"
