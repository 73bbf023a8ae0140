"""每一类可以订阅的事各有一个 Atom:不留任何联系方式的办法。"""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from gongkai.org import site

from .. import links, topics
from ..models import Happening

NEWEST, LOOKED = 30, 200
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """Atom whose time is that of its newest entry: the same data, the same bytes."""

    mime_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=_NEVER)


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """最近的一些;网址后面可以加条件,例如 ``?agency=MH0104``。"""
    topic = topics.topics().get(key)
    if topic is None or topic.own:
        raise Http404("没有这一类。")
    known = {criterion.key for criterion in topic.criteria if not criterion.sensitive}
    criteria = {name: request.GET.getlist(name)[:50] for name in known if name in request.GET}
    made = Feed(
        title=f"{site.current().short_name}：{topic.label}",
        description=topic.what,
        language="zh-Hans",
        link=links.absolute(reverse("public:notices")),
        feed_url=links.absolute(request.get_full_path()),
        feed_guid=links.absolute(request.get_full_path()),
    )
    at, shown = timezone.now(), 0
    rows = (
        Happening.objects.filter(topic=key, at__lte=at).select_related("record", "agency").order_by("-at", "-pk")
    )
    for happening in rows[:LOOKED]:
        if shown < NEWEST and happening.still_told(at) and topics.concerns(criteria, happening.facts):
            url = links.absolute(happening.address)
            made.add_item(
                happening.title,
                url,
                "",
                unique_id=f"{url}#{happening.pk}",
                updateddate=happening.at,
                author_name=str(happening.agency or site.current().organiser),
            )
            shown += 1
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
