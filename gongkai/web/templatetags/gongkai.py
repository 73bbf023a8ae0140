"""模板里到处可用的标签和过滤器。"""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """2021-10-28 in a ``<time>``; an em dash for nothing."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat())


@register.filter
def long_day(value: date | datetime | None) -> SafeString | str:
    """2021年10月28日 in a ``<time>``, for sentences."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html(
        '<time datetime="{}">{}年{}月{}日</time>', value.isoformat(), value.year, value.month, value.day
    )


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """2021-10-28 09:30 in a ``<time>``."""
    if value is None:
        return "—"
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), local.strftime("%Y-%m-%d %H:%M")
    )


@register.filter
def bytes_size(value: int) -> str:
    """A file size: 32 KB, 1.5 MB."""
    if value < 1024 * 1024:
        return f"{max(1, round(value / 1024))} KB"
    return f"{value / 1024 / 1024:.1f} MB"


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The present query string with some keys changed; ``None`` removes a key. Page keys are dropped."""
    params = context["request"].GET.copy()
    for key in ("after", "before"):
        params.pop(key, None)
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = str(value)
    encoded = params.urlencode()
    return f"?{encoded}" if encoded else "?"
