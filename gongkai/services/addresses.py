"""一版指南里写着的网址。"""

from __future__ import annotations

import re

from .models import Version

_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]{4,480}")
_TAIL = ".,;:!?)'"


def urls_in(version: Version) -> set[str]:
    """Every address that a guide names."""
    texts = [
        version.online_url,
        version.result_sample,
        version.complaint_ways,
        version.place,
        version.conditions,
        version.excluded,
        *(text for row in version.material_rows for text in (row.sample, row.points)),
        *(text for row in version.step_rows for text in (row.result, row.bound)),
    ]
    return {found.rstrip(_TAIL) for text in texts for found in _URL.findall(text)}
