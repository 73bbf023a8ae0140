"""全工作台检索里的公报:各期和篇目。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User

from .models import Article, Issue


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Articles that this person edits or approves, by title or number, the newest issue first."""
    if not access.may(user, "gazette.approve"):
        return
    mine = Issue.objects.visible_to(user)
    rows = Article.objects.filter(issue__in=mine).filter(bearing(words, "edition__title", "edition__doc_number"))
    top = rows.with_all().order_by("-issue__planned_on", "position")[:PREVIEW]
    tasks = tuple(
        Task(
            str(article),
            reverse("desk:gazette_issue", args=[article.issue_id]),
            f"{article.issue}第{article.position}篇",
        )
        for article in top
    )
    url = f"{reverse('public:gazette_search')}?{urlencode({'q': ' '.join(words)})}"
    yield Panel("公报篇目", "登在哪一期。", rows.count(), url, tasks)
