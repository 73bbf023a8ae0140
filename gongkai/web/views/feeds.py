"""供订阅的 Atom 和供搜索引擎的网站地图:都是文件,撤下一件就连同它所在的一起拿走。"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from gongkai.adapters.plaintext import clean, line
from gongkai.law import duties
from gongkai.org import site
from gongkai.org.models import Agency
from gongkai.records import browse
from gongkai.records.models import Record
from gongkai.sections import layout
from gongkai.sections.models import Section
from gongkai.sections.terms import SectionKind

from ..publisher import pages
from ..syndication import absolute

#: Entries in a feed.
NEWEST = 30
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """Atom whose time is that of its newest entry, and never that of the reading: the same data, the same bytes."""

    mime_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=_NEVER)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """订阅页:有哪些可以订阅,怎样用。"""
    on = timezone.localdate()
    return render(
        request,
        "feeds.html",
        {"duties": duties.all().values(), "agencies": Agency.objects.current(on), "topics": _topics()},
    )


def _topics() -> QuerySet[Section]:
    return Section.objects.open().filter(kind=SectionKind.TOPIC)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """全部新公开的信息。"""
    return _feed("最新公开的信息", reverse("public:records"), request.path, Record.objects.public(timezone.now()))


@require_safe
def one_list(request: HttpRequest, **fixed: str) -> HttpResponse:
    """一个单位的,或者一个栏目的。"""
    filters = browse.Filters.read({}, **fixed)
    if filters.agency:
        title = get_object_or_404(Agency, code=filters.agency).name
    elif filters.duty:
        title = duties.get(filters.duty).label
    else:
        raise Http404("没有这个栏目。")
    rows = filters.apply(Record.objects.public(timezone.now()), timezone.localdate())
    return _feed(f"{title}：最新公开的信息", filters.address(), request.path, rows)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """一个专题里列着的。"""
    one = get_object_or_404(_topics(), slug=slug)
    rows = layout.newest(one, timezone.now(), timezone.localdate(), NEWEST)
    return _feed(f"{one.public_title}：最新公开的信息", one.get_absolute_url(), request.path, rows)


def _feed(title: str, address: str, own: str, rows: QuerySet[Record]) -> HttpResponse:
    feed = Feed(
        title=f"{title} - {site.current().name}",
        link=absolute(address),
        feed_url=absolute(own),
        description="",
        language="zh-CN",
        author_name=site.current().host,
    )
    # 成批补录的旧件不挤掉新公开的;它们在“历史信息”里看。
    recent = rows.filter(old_paper=None).select_related("agency")
    for record in recent.order_by("-published_at", "-pk")[:NEWEST]:
        link = absolute(record.get_absolute_url())
        feed.add_item(
            title=line(record.title),
            link=link,
            unique_id=link,
            description=clean(record.summary),
            author_name=record.agency.name,
            pubdate=record.published_at,
            updateddate=max(record.published_at, record.updated_at or record.published_at),
            categories=[duties.get(record.duty).short] if record.duty in duties.all() else (),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Feed.mime_type)


# --- 网站地图(sitemaps.org) ---


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """总表:列表页一张,信息每一千个编号一张。"""
    newest = Record.objects.public(timezone.now()).order_by("-pk").values_list("pk", flat=True).first() or 0
    shards = [
        reverse("public:sitemap_lists"),
        *(reverse("public:sitemap_shard", args=[n]) for n in range(pages.shard(newest) + 1)),
    ]
    return _xml("sitemapindex", "sitemap", [(absolute(one), None) for one in shards])


@require_safe
def sitemap_lists(request: HttpRequest) -> HttpResponse:
    """列表和常设的页面。"""
    return _xml("urlset", "url", [(absolute(one), None) for one in sorted(pages.lists()) if one.endswith("/")])


@require_safe
def sitemap_shard(request: HttpRequest, shard: int) -> HttpResponse:
    """一段编号里的信息。"""
    if shard > pages.LAST_SHARD:
        raise Http404("没有这一份。")
    rows = Record.objects.public(timezone.now()).filter(pk__range=pages.shard_bounds(shard)).order_by("pk")
    return _xml(
        "urlset", "url", [(absolute(pages.detail(pk)), day) for pk, day in rows.values_list("pk", "updated_at")]
    )


def _xml(root: str, item: str, rows: list[tuple[str, datetime | None]]) -> HttpResponse:
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    out = SimplerXMLGenerator(response, "utf-8")
    out.startDocument()
    out.startElement(root, {"xmlns": _SITEMAP})
    for address, changed in rows:
        out.startElement(item, {})
        out.addQuickElement("loc", address)
        if changed:
            out.addQuickElement("lastmod", timezone.localtime(changed).isoformat(timespec="seconds"))
        out.endElement(item)
    out.endElement(root)
    out.endDocument()
    return response
