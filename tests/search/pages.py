"""检索的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse
from django.utils import timezone

from gongkai.org.models import User
from gongkai.records.models import Record
from gongkai.search import actions, jobs, kept
from gongkai.search.models import JudgedQuery


def public_pages():
    """None of its own."""
    return ()


def desk_pages():
    """Kept queries, synonyms, a pin, judged queries with a trial."""
    office, at, on = User.objects.get(username="office"), timezone.now(), timezone.localdate()
    record = Record.objects.public(at).first().pk
    kept.note("飞行汽车", "search", on, found=0)
    jobs.count(at=at)
    if not JudgedQuery.objects.exists():
        actions.mute("飞行汽车", by=office, at=at)
        actions.add_synonyms(["低保", "最低生活保障"], by=office, at=at)
        actions.add_pin("工作要点", Record.objects.get(pk=record), by=office, at=at)
        judged = actions.add_judged("工作要点", by=office, at=at)
        actions.grade(judged, {record: 3}, by=office, at=at)
        actions.measure("核对", by=office, at=at)
    for name in ("queries", "synonyms", "pins", "judged"):
        yield "office", reverse(f"desk:search_{name}")
    yield "office", reverse("desk:search_judged") + "?title=2&attached=1&synonym=1&words=低保+救助"
    yield "office", reverse("desk:search_judge", args=[JudgedQuery.objects.get().pk])
    yield "inspector", reverse("desk:search_queries") + "?list=all"
