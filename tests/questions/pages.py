"""公众提问的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse
from django.utils import timezone

from gongkai.org.models import Agency, User
from gongkai.questions import actions
from gongkai.questions.models import Question
from gongkai.search.unit_questions import UNIT


def prepare():
    """Two questions to the district's office; one is answered in public."""
    at, agency = timezone.now(), Agency.objects.get(code="MH0101")
    contact = {"name": "某某", "phone": "0571-00000001"}
    for _ in range(2):
        question, _ = actions.ask(UNIT, agency, "加装电梯的补助向谁申请？", contact=contact, consents=True, at=at)
    clerk, head = (User.objects.get(username=name) for name in ("clerk", "head"))
    actions.answer(question, "向所在的街道办事处申请。", by=clerk, at=at)
    actions.publish(question, "加装电梯的补助向谁申请？", by=head, at=at)


def public_pages():
    """What everyone may read, and where an asker looks."""
    yield from ((reverse(f"public:{name}"), 200) for name in ("ask_progress", "faq"))


def desk_pages():
    """The list, and a question of either kind in every state."""
    yield "clerk", reverse("desk:questions")
    yield "office", reverse("desk:questions") + "?kind=policy&state=answered"
    for who, state in (("clerk", "open"), ("head", "drafted"), ("office", "answered"), ("clerk", "declined")):
        asked = Question.objects.filter(kind="policy", state=state, agency__code="MH0101").first()
        yield who, asked.get_absolute_url()
    for question in Question.objects.filter(kind="unit"):
        yield "head" if question.published_at else "clerk", question.get_absolute_url()
