"""模板里到处可用的标签和过滤器。"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.template.defaulttags import CsrfTokenNode
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.desk import rooms
from gongkai.law.marks import titled
from gongkai.law.money import yuan
from gongkai.org import access, menu
from gongkai.org import once as forms_once
from gongkai.org.models import Agency
from gongkai.org.site import Site, current
from gongkai.org.views import finding
from gongkai.records import html
from gongkai.records.browse import Facet, Option

register = template.Library()


class _Joined(template.Node):
    """一段连写的话;``nodelist`` 里的换行和缩进在编译时已经去掉。"""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        return self.nodelist.render(context)


@register.tag
def joined(parser: template.base.Parser, token: template.base.Token) -> _Joined:
    """``{% joined %}…{% endjoined %}``: a sentence written over several lines without a gap at the breaks.

    Chinese has no spaces, so that a line break of the template would show as one. Only the template's own text is
    joined, not the values. Within a tag a break stays a blank, which keeps its attributes apart.
    """
    nodelist = parser.parse(("endjoined",))
    parser.delete_first_token()
    inside = False
    for node in nodelist.get_nodes_by_type(template.base.TextNode):
        node.s, inside = _without_breaks(node.s, inside)
    return _Joined(nodelist)


def _without_breaks(text: str, inside: bool) -> tuple[str, bool]:
    """The text on one line, and whether it ends within a tag; ``inside``: whether it begins there."""
    first, *rest = text.split("\n")
    lines = [first.rstrip(" \t") if rest else first]
    lines += [line.strip(" \t") if n < len(rest) else line.lstrip(" \t") for n, line in enumerate(rest, 1)]
    joined = ""
    for n, line in enumerate(lines):
        joined += f" {line}" if n and inside else line
        if "<" in line or ">" in line:
            inside = line.rfind("<") > line.rfind(">")
    return joined, inside


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


@register.simple_tag
def once() -> SafeString:
    """The mark by which a form is taken in once only (``org.once``)."""
    return format_html('<input type="hidden" name="{}" value="{}">', forms_once.FIELD, forms_once.token())


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> SafeString:
    """Django's own, and for whoever is signed in the mark by which a form is taken in once (``org.once.at_the_desk``)."""
    given = CsrfTokenNode().render(context)
    user = getattr(context.get("request"), "user", None)
    return given + once() if user is not None and user.is_authenticated else given


#: 金额,带“元”。
register.filter("yuan", yuan)

#: 书名号,里面的书名号改成单的。
register.filter("titled", titled)


@register.filter
def grouped(value: int | Decimal | None) -> str:
    """A number or an amount with commas after thousands; what is not whole to the cent.

    >>> grouped(15997), grouped(Decimal("1234500.50")), grouped(None)
    ('15,997', '1,234,500.50', '—')
    """
    return "—" if value is None else f"{value:,.2f}".removesuffix(".00")


@register.filter
def code_point(sign: str) -> str:
    """The number of a character: ``U+0F40``."""
    return f"U+{ord(sign):04X}"


@register.filter
def route(address: str) -> str:
    """怎么去:到地图网站按地址找的网址。只是一个链接,不装别人的脚本,点了才去。"""
    return f"https://uri.amap.com/search?{urlencode({'keyword': address})}"


@register.filter
def bytes_size(value: int) -> str:
    """A file size: 32 KB, 1.5 MB."""
    if value < 1024 * 1024:
        return f"{max(1, round(value / 1024))} KB"
    return f"{value / 1024 / 1024:.1f} MB"


#: What of an address goes into each link of its page: so many parameters, so many characters of each.
PARAMETERS, VALUE = 20, 200


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The present query string with some keys changed; ``None`` removes a key. Page keys are dropped."""
    params = QueryDict(mutable=True)
    for key, values in islice(context["request"].GET.lists(), PARAMETERS):
        if key not in ("after", "before", "page") and len(key) <= VALUE:
            params.setlist(key, [value[:VALUE] for value in values[:PARAMETERS]])
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = str(value)
    encoded = params.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True)
def query_for(context: template.Context, name: str, value: object) -> str:
    """``query`` for a key whose name is itself a variable."""
    return query(context, **{name: value})


@register.simple_tag(takes_context=True)
def facet_address(context: template.Context, facet: Facet, option: Option) -> str:
    """Where an option of a facet leads: its own address, else the present query with it chosen, or no longer."""
    return option.address or query(context, **{facet.name: None if option.chosen else option.value})


@register.filter
def clean_html(body: str) -> SafeString:
    """A body of a record, cleaned once more before it is shown."""
    return SafeString(html.clean(body, images=html.files_in(body)))


@register.simple_tag
def own_site() -> Site:
    """This site, where a view of another package puts its own ``site`` into the context (allauth's sign-in)."""
    return current()


@register.simple_tag(takes_context=True)
def desk_menu(context: template.Context) -> list[menu.MenuGroup]:
    """The desk's menu as this person's roles open it, by groups."""
    request = context["request"]
    return menu.menu(request.user, request.path)


@register.simple_tag
def desk_tabs(groups: list[menu.MenuGroup]) -> tuple[menu.MenuItem, ...]:
    """The pages that stand behind one item of the menu with the page shown."""
    return menu.tabs(groups)


@register.simple_tag(takes_context=True)
def may(context: template.Context, right: str, agency: Agency | None = None) -> bool:
    """Whether this person may do ``right`` for the agency (for any at all, without one): a way that would only lead to
    a refusal is not shown."""
    return access.may(context["request"].user, right, agency)


@register.simple_tag(takes_context=True)
def may_open(context: template.Context, address: str) -> bool:
    """Whether the page at this address opens to this person, where a list holds the addresses of many rooms."""
    return access.may_open(context["request"].user, address)


@register.simple_tag(takes_context=True)
def news_count(context: template.Context) -> int:
    """How many changes to this person's things are unread, for the desk's header."""
    return finding.unread_count(context["request"].user)


@register.simple_tag(takes_context=True)
def public_navigation(context: template.Context) -> list[dict[str, object]]:
    """The public site's navigation: groups with their ``label``, ``entries`` (label, url), and whether the page shown
    is below one of them (``current``); a record's page is below the column of its type."""
    path, column = context["request"].path, context.get("public_column")
    groups = []
    for group, entries in rooms.public_navigation():
        shown = [{"label": entry.label, "url": reverse(f"public:{entry.name}")} for entry in entries]
        current = column.group is group if column else any(path.startswith(entry["url"]) for entry in shown)
        groups.append({"label": group.value, "entries": shown, "current": current})
    return groups


@register.simple_tag
def footer_links() -> list[dict[str, object]]:
    """The footer's columns: ``label`` and ``entries`` (label, url)."""
    return [
        {
            "label": group.value,
            "entries": [{"label": entry.label, "url": reverse(f"public:{entry.name}")} for entry in entries],
        }
        for group, entries in rooms.footer()
    ]


@register.simple_tag(takes_context=True)
def desk_units(context: template.Context) -> list[str]:
    """The agencies for which this person acts, for the desk's header."""
    return access.units(context["request"].user)
