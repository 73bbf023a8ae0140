"""公报的网页,给浏览器里逐页查的测试(``tests/browser``)。"""

from django.urls import reverse

from gongkai.gazette.models import Article, HistoricIssue, Intake, Issue, Notice


def public_pages():
    """(address, status) of one page of each kind."""
    newest = Issue.objects.filter(stage="published").latest("planned_on")
    gone = Article.objects.exclude(record__withdrawn="").first()
    corrected = Article.objects.exclude(corrections=None).first()
    yield reverse("public:gazette"), 200
    yield newest.get_absolute_url(), 200
    yield reverse("public:gazette_year", args=[newest.year]), 200
    for article in (gone, corrected):
        yield article.get_absolute_url(), 200
    yield reverse("public:gazette_search") + "?q=通知", 200
    yield HistoricIssue.objects.first().get_absolute_url(), 200


def desk_pages():
    """(who, address) of one page of each kind."""
    now, out = Issue.objects.get(stage="preparing"), Issue.objects.exclude(deliveries=None).latest("planned_on")
    month = f"?month={out.month:%Y-%m}"
    yield "office", reverse("desk:gazette_submissions") + month
    yield "clerk", reverse("desk:gazette_report", args=["MH0101", out.month.year, out.month.month])
    yield "office", reverse("desk:gazette_register", args=[out.month.year, out.month.month])
    yield from (
        ("office", reverse(f"desk:gazette_{name}"))
        for name in ("liaisons", "issues", "history", "figures", "reading", "new_issue")
    )
    yield "office", reverse("desk:gazette_unit_figures", args=["MH0101"]) + f"?year={out.month.year}"
    yield "office", reverse("desk:gazette_issue", args=[now.pk])
    yield "head", reverse("desk:gazette_issue", args=[out.pk])
    yield "office", reverse("desk:gazette_deliveries", args=[out.pk])
    yield "office", Notice.objects.first().get_absolute_url()
    yield "office", reverse("desk:gazette_intake", args=[Intake.objects.first().pk])
