"""检索和公众提问的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse
from django.utils import timezone

from gongkai.org.models import Agency, User
from gongkai.records.models import Record
from gongkai.search import actions, jobs, kept
from gongkai.search.models import JudgedQuery, Question


def prepare():
    """Two questions to the district's office; one is answered in public."""
    at, agency = timezone.now(), Agency.objects.get(code="MH0101")
    contact = {"name": "某某", "phone": "0571-00000001"}
    for _ in range(2):
        one, _ = actions.send(agency, "加装电梯的补助向谁申请？", contact=contact, consents=True, at=at)
    actions.answer(one, "向所在的街道办事处申请。", None, by=User.objects.get(username="clerk"), at=at)
    actions.publish_answer(one, "加装电梯的补助向谁申请？", by=User.objects.get(username="head"), at=at)


def public_pages():
    """None of its own."""
    return ()


def desk_pages():
    """The desk of the search and that of the questions."""
    yield from search_pages()
    yield from question_pages()


def search_pages():
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


def question_pages():
    """A question that waits and one whose answer is public."""
    for row in Question.objects.filter(published_at=None):
        yield "clerk", reverse("desk:search_question", args=[row.pk])
        yield "clerk", reverse("desk:search_answer", args=[row.pk])
    for row in Question.objects.exclude(published_at=None):
        yield "head", reverse("desk:search_question", args=[row.pk])
    yield "clerk", reverse("desk:search_questions")
