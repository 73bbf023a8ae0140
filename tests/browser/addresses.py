"""公众网站和工作台有哪些网页要看,谁去看;没有样本的先备好。

新的应用在 ``tests/<应用>/pages.py`` 里写自己的:``public_pages()`` 给(网址, 状态码),``desk_pages()`` 给(样本账号, 网址);样本里缺的由 ``prepare()`` 备好。
"""

import importlib
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from gongkai.org.models import Place
from gongkai.records.models import Edition, Record
from gongkai.search import index
from gongkai.sections.models import Section
from gongkai.web.models import Delivery, OldAddress, PageCount, Subscriber, UnknownAddress

ROOMS = [
    importlib.import_module(f"tests.{path.parent.name}.pages")
    for path in sorted(Path(__file__).parents[1].glob("*/pages.py"))
]


def public_pages():
    repealed = Record.objects.filter(withdrawn="repealed").first()
    retracted = Record.objects.filter(withdrawn="retracted").first()
    budget = Record.objects.filter(type="budget", withdrawn="", published_at__isnull=False).first()
    names = (
        "home",
        "records",
        "guide",
        "rules",
        "statutory",
        "annual_reports",
        "apply",
        "agencies",
        "places",
        "sitemap",
        "sections",
        "accessibility",
        "feedback",
        "feeds",
        "api",
        "annual_check",
        "annual_indices",
        "apply_online",
        "calculator",
        "progress",
    )
    yield from ((reverse(f"public:{name}"), 200) for name in names)
    yield reverse("public:records") + "?duty=normative&validity=ended&q=办法", 200
    yield reverse("public:records") + "?q=没有这样的信息", 200
    yield reverse("public:column", args=["normative"]), 200
    yield reverse("public:agency_records", args=["MH0112"]), 200
    yield reverse("public:agency", args=["MH0112"]), 200
    yield reverse("public:agency", args=["MH0144"]), 200
    for section in Section.objects.open():
        yield section.get_absolute_url(), 200
    for record in (repealed, budget):
        yield record.get_absolute_url(), 200
        yield reverse("public:record_print", args=[record.pk]), 200
    yield retracted.get_absolute_url(), 410
    yield "/nothing/", 404
    yield OldAddress.objects.get(kind="page").path, 200
    yield "/old.html", 410
    yield reverse("public:calculator") + "?received=2026-09-26&channel=email&number=35&basis=item", 200
    yield reverse("public:apply") + "?kiosk", 200
    yield reverse("public:search"), 200
    yield reverse("public:search") + "?q=电梯 补助", 200
    yield reverse("public:search") + "?q=飞行汽车牌照", 200
    yield reverse("public:ask"), 200
    yield reverse("public:ask") + "?q=加装电梯补助的条件是什么", 200
    yield reverse("public:ask") + "?q=区长家住哪里", 200
    yield from ((reverse(f"public:{name}"), 200) for name in ("ask_send", "ask_progress", "faq"))
    yield reverse("public:ask") + "?q=加装电梯的补助向谁申请", 200
    yield reverse("account_login"), 200
    yield "/outside-review/none/", 410
    for room in ROOMS:
        yield from room.public_pages()


def desk_pages():
    """(who, address) of each desk page, with records in the right stage."""
    draft = Edition.objects.filter(stage="draft", record__agency__code="MH0101").first().record_id
    waiting = Edition.objects.filter(stage="first", record__agency__code="MH0101").first().record_id
    corrected = Edition.objects.filter(stage="superseded").first().record_id
    withheld = Record.objects.exclude(openness="active").first().pk
    live = Record.objects.filter(agency__code="MH0101", withdrawn="", published_at__isnull=False).first().pk
    yield from (
        ("clerk", reverse(f"desk:{name}"))
        for name in (
            "home",
            "records",
            "new",
            "upload",
            "catalogue",
            "withheld",
            "me",
            "find",
            "news",
            "urges",
            "agencies",
            "places",
        )
    )
    yield "clerk", reverse("desk:records") + "?list=mine"
    yield "clerk", reverse("desk:cell", args=["MH0101", "normative"])
    yield "clerk", reverse("desk:cell", args=["MH0101", "fees"])
    yield from (
        ("clerk", reverse(f"desk:{name}", args=[draft]))
        for name in ("record", "edit", "preview", "discard", "relate")
    )
    yield "clerk", reverse("desk:revise", args=[live])
    yield "first", reverse("desk:judge", args=[waiting, "first"])
    yield "first", reverse("desk:invite", args=[waiting])
    yield from (
        ("office", reverse(f"desk:{name}")) for name in ("home", "log", "jobs", "words", "catalogue", "new_place")
    )
    yield from (("office", reverse(f"desk:{name}", args=[live])) for name in ("record", "withdraw", "lift"))
    yield "office", reverse("desk:compare", args=[corrected])
    for room in ROOMS:
        yield from room.desk_pages()
    yield "office", reverse("desk:reassess", args=[withheld])
    yield from web_pages()
    yield from (("admin", reverse(f"desk:{name}")) for name in ("people", "new_person", "new_agency"))
    yield "admin", reverse("desk:edit_agency", args=["MH0112"])
    yield "admin", reverse("desk:merge_agency", args=["MH0112"])
    yield "admin", reverse("desk:agency", args=["MH0144"])
    yield "admin", reverse("desk:log_entry", args=[1])
    yield "admin", reverse("desk:log") + "?since=昨天&about=org.user:1"
    yield "admin", reverse("desk:edit_place", args=[Place.objects.first().pk])
    yield "admin", reverse("desk:switch_person", args=[1, "deactivate"])
    yield from (
        ("admin", reverse(f"desk:{name}", args=[1])) for name in ("person", "edit_person", "reset_password")
    )
    yield from (("admin", reverse(name)) for name in ("mfa_index", "account_change_password", "account_logout"))


def web_rows():
    """Old addresses, unknown ones, visits, a subscriber with messages in every state."""
    now, today = timezone.now(), timezone.localdate()
    live = Record.objects.filter(withdrawn="", published_at__isnull=False).first()
    OldAddress.objects.create(
        path="/art/2019/art_1229_" + "8" * 60 + ".html", kind="page", note="说明", target="/"
    )
    OldAddress.objects.create(path="/old.html", kind="gone")
    UnknownAddress.objects.create(day=today, path="/col/col1229/" + "x" * 80, n=3)
    PageCount.objects.create(day=today, path=live.get_absolute_url(), record=live, n=12)
    PageCount.objects.create(day=today, path="/", n=30)
    subscriber = Subscriber.objects.create(name="明湖发布微信公众号", url="https://media.example/" + "x" * 80)
    for n, attempts in enumerate((0, 1, 9)):
        Delivery.objects.create(
            subscriber=subscriber,
            seq=n,
            record=live,
            changed_at=now,
            attempts=attempts,
            status=500 * (n > 0),
            next_at=now,
        )


def web_pages():
    """Full and empty lists, forms."""
    old, subscriber = OldAddress.objects.last(), Subscriber.objects.get()
    yield from (
        ("office", reverse(f"desk:{name}"))
        for name in (
            "redirects",
            "new_redirect",
            "import_redirects",
            "unknown_addresses",
            "subscribers",
            "new_subscriber",
        )
    )
    yield "office", reverse("desk:redirect", args=[old.pk])
    yield "office", reverse("desk:redirects") + "?q=none"
    yield from (
        ("office", reverse(f"desk:{name}", args=[subscriber.pk])) for name in ("subscriber", "edit_subscriber")
    )
    yield "office", reverse("desk:subscriber", args=[subscriber.pk]) + "?state=failing"
    yield from (("office", reverse("desk:statistics") + f"?by={one}") for one in ("", "column", "record", "page"))
    yield "head", reverse("desk:statistics") + "?since=2020-01-01&until=2020-02-01"


def prepare():
    """What the sample lacks, so that every page has something to show."""
    for room in ROOMS:
        if hasattr(room, "prepare"):
            room.prepare()
    index.rebuild(timezone.now(), timezone.localdate())
    web_rows()
