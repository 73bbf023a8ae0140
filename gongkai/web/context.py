"""每个页面都有的变量:本站、今天。"""

from django.conf import settings
from django.http import HttpRequest

from gongkai.org import site as site_module


def site(request: HttpRequest) -> dict[str, object]:
    """``site`` 本站;``demo`` 是不是演示环境。"""
    return {"site": site_module.current(), "demo": settings.DEMO}
