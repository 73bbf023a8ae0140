"""公众网站和工作台有哪些网页要看,谁去看;没有样本的先备好。

新的应用在 ``tests/<应用>/pages.py`` 里写自己的:``public_pages()`` 给(网址, 状态码),``desk_pages()`` 给(样本账号, 网址)。
"""

import importlib
from pathlib import Path

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from gongkai.foi.models import Application, File, Letter
from gongkai.org.models import Agency, Place, User
from gongkai.policies.models import Batch, Document, Fact, Measure, Package
from gongkai.policies.models import Question as PolicyQuestion
from gongkai.records.models import Edition, Record
from gongkai.reports.models import AnnualReport
from gongkai.search import actions, index, jobs, kept
from gongkai.search.models import JudgedQuery, Question
from gongkai.sections.models import Section
from gongkai.sections.terms import BlockKind
from gongkai.web.models import Delivery, OldAddress, PageCount, Subscriber, UnknownAddress

ROOMS = [
    importlib.import_module(f"tests.{path.parent.name}.pages")
    for path in sorted(Path(__file__).parents[1].glob("*/pages.py"))
]


def public_pages():
    repealed = Record.objects.filter(withdrawn="repealed").first()
    retracted = Record.objects.filter(withdrawn="retracted").first()
    budget = Record.objects.filter(type="budget", withdrawn="", published_at__isnull=False).first()
    names = ("home", "records", "guide", "rules", "statutory", "annual_reports", "apply", "agencies", "places", "sitemap", "sections",
             "accessibility", "feedback", "feeds", "api", "annual_check", "annual_indices", "apply_online", "calculator", "progress")  # fmt: skip
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
    yield reverse("public:policies"), 200
    yield reverse("public:policies") + "?validity=ended&q=办法", 200
    yield reverse("public:policies") + "?year=1999", 200
    amended = Document.objects.get(record__title__contains="民宿管理办法")
    yield amended.get_absolute_url() + "?on=2020-01-01", 200
    yield amended.record.get_absolute_url(), 200
    asked = PolicyQuestion.objects.filter(published=True).first().policy
    yield asked.get_absolute_url(), 200
    yield reverse("public:policy_questions", args=[asked.pk]), 200
    yield reverse("public:policy_answer"), 200
    yield from clinic_public()
    unsure = Document.objects.get(record__title__contains="政府投资项目管理办法")
    yield unsure.get_absolute_url() + "?on=2010-01-01", 200
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
    yield from foi_pages()
    yield from report_pages()
    yield from search_pages()
    yield from question_pages()
    yield from policy_pages()
    yield from section_pages()
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
        Delivery.objects.create(subscriber=subscriber, seq=n, record=live, changed_at=now, attempts=attempts,
                                status=500 * (n > 0), next_at=now)  # fmt: skip


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


def foi_pages():
    """Cases at different stages, each kind of form, a letter before and after it was issued."""
    mine = Application.objects.filter(agency__code="MH0101")
    case = mine.filter(state="handling", items__outcome="not_held").order_by("-pk").first()
    issued = Letter.objects.filter(application__agency__code="MH0101", kind="reply").exclude(issued_at=None).last()
    yield from (
        ("clerk", reverse(f"desk:{name}"))
        for name in ("foi_cases", "foi_new", "foi_remedies", "foi_conversions", "foi_signing")
    )
    yield "clerk", reverse("desk:foi_cases") + "?q=没有这样的申请"
    for state in ("handling", "inquiring", "correcting", "paying", "decided", "replied", "withdrawn"):
        if one := mine.filter(state=state).first():
            yield "clerk", reverse("desk:foi_case", args=[one.pk])
    yield from (("clerk", reverse("desk:foi_act", args=[case.pk, key])) for key in ("split", "withdraw", "file"))
    yield from (
        ("clerk", reverse("desk:foi_draft", args=[case.pk, kind])) for kind in ("correction", "fee", "reply")
    )
    yield "clerk", reverse("desk:foi_decide", args=[case.pk, case.items.first().pk])
    yield "clerk", reverse("desk:foi_letter", args=[issued.application_id, issued.pk])
    yield "head", reverse("desk:foi_act", args=[case.pk, "assign"])
    yield "legal", reverse("desk:foi_act", args=[case.pk, "legal"])
    yield "legal", reverse("desk:foi_new_remedy")
    source = (
        File.objects.filter(application__in=mine.open(), role="source").first()
        or File.objects.filter(application__in=mine.open(), role="reply", redacted_from=None).first()
    )
    if source:
        yield "clerk", reverse("desk:foi_cover", args=[source.application_id, source.pk])
    yield "clerk", reverse("desk:foi_exchange")
    yield from (("clerk", reverse("desk:foi_cases") + f"?awaits={one}") for one in ("secrecy", "escalated"))
    yield "head", reverse("desk:home")
    yield "secrecy", reverse("desk:home")
    yield "office", reverse("desk:foi_cases")


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


def report_pages():
    """Reports at each stage, a cell with its items, a correction."""
    year = AnnualReport.objects.latest("year").year
    made = {one.stage: one for one in AnnualReport.objects.filter(year=year)}
    own = AnnualReport.objects.get(year=year, agency__code="MH0101")
    yield "clerk", reverse("desk:reports_list")
    yield "clerk", reverse("desk:reports_one", args=[own.pk])
    yield "clerk", reverse("desk:reports_cell", args=[own.pk, 3, "new", 6])
    yield "clerk", reverse("desk:reports_cell", args=[own.pk, 2, "licence", 0])
    yield from (("office", reverse("desk:reports_one", args=[made[stage].pk])) for stage in ("draft", "office"))
    corrected = AnnualReport.objects.exclude(errata=None).first()
    yield "office", reverse("desk:reports_one", args=[corrected.pk])
    yield "office", reverse("desk:reports_correct", args=[corrected.pk])
    yield "clerk2", reverse("desk:reports_list")


def policy_pages():
    """Packages before and after they were signed, each form of theirs."""
    yield from (
        ("clerk", reverse("desk:policies_packages") + f"?list={key}")
        for key in ("open", "ready", "missing", "waiting", "done", "bare")
    )
    under_way = Package.objects.under_way().filter(policy__agency__code="MH0101").first()
    signed = Package.objects.exclude(signed_at=None).filter(exemption="").first()
    exempt = Package.objects.exclude(exemption="").first()
    for one in (under_way, signed, exempt):
        yield "office", one.get_absolute_url()
    yield from register_pages()
    yield from clinic_pages()
    yield from (
        ("clerk", reverse("desk:policies_questions") + f"?list={key}") for key in ("open", "drafted", "done")
    )
    for who, state in (("clerk", "open"), ("head", "drafted"), ("office", "answered")):
        yield who, PolicyQuestion.objects.filter(state=state, agency__code="MH0101").first().get_absolute_url()
    yield "clerk", reverse("desk:policies_brief", args=[under_way.policy_id])
    yield from (
        ("clerk", reverse(f"desk:policies_{name}", args=[under_way.pk]))
        for name in ("package", "plan", "draft", "add")
    )
    yield "head", reverse("desk:policies_exempt", args=[under_way.pk])
    yield "final", reverse("desk:policies_sign", args=[under_way.pk])
    waiting = Package.objects.filter(release_at__gt=F("signed_at")).first()
    yield "final", waiting.get_absolute_url()
    yield "final", reverse("desk:policies_reschedule", args=[waiting.pk])
    alone = Record.objects.filter(published_at__gt=F("editions__signed_at"), editions__publish_at=F("published_at"),
                                  package=None, package_part=None).first()  # fmt: skip
    yield "final", reverse("desk:record", args=[alone.pk])
    yield "final", reverse("desk:reschedule", args=[alone.pk])
    yield "office", reverse("desk:policies_withdraw", args=[signed.pk])
    yield "office", reverse("desk:policies_figures") + "?year=2024"
    yield "office", reverse("desk:policies_figures") + "?year=2024&count=diverse"
    yield "clerk", reverse("desk:policies_figures") + "?year=2006"


def clinic_public():
    """The questionnaire, its results, cards of measures in different standing, the calendar, the figures."""
    yield from ((reverse(f"public:{name}"), 200) for name in ("clinic", "clinic_calendar", "clinic_figures"))
    for who, answers in (
        ("person", "a-hukou=本区&a-age=81&a-children=x"),
        ("enterprise", "a-registered=本区&a-farm=60"),
    ):
        yield reverse("public:clinic") + f"?for={who}", 200
        yield reverse("public:clinic_results") + f"?for={who}&{answers}", 200
    for title in ("高龄津贴", "公共充电桩补助", "科技创新券"):
        yield Measure.objects.filter(title=title).exclude(published_at=None).get().get_absolute_url(), 200
    counted = Measure.objects.get(title="企业数字化改造补助")
    yield counted.get_absolute_url() + "?n=9000000", 200
    yield counted.policy.get_absolute_url(), 200


def clinic_pages():
    """Measures in every stage, each form of theirs, and the reach."""
    draft = Measure.objects.select_related("replaces").get(stage="draft")
    live = draft.replaces
    yield from (
        ("office", reverse("desk:policies_measures") + f"?list={key}")
        for key in ("draft", "waiting", "live", "ended")
    )
    yield "office", reverse("desk:policies_reach") + "?year=2025"
    yield from (("office", reverse("desk:policies_measure", args=[one.pk])) for one in (draft, live))
    yield "clerk", reverse("desk:policies_new_fact")
    condition = reverse("desk:policies_new_condition", args=[draft.pk])
    yield from (("clerk2", one) for one in (reverse("desk:policies_edit_measure", args=[draft.pk]), condition))
    yield from (
        ("clerk2", f"{condition}?fact={Fact.objects.filter(kind=kind).first().pk}")
        for kind in Fact.objects.values_list("kind", flat=True).distinct().order_by("kind")
    )
    yield "clerk2", reverse("desk:policies_redeem", args=[live.pk])
    yield "head2", reverse("desk:policies_end_measure", args=[live.pk])
    own = Record.objects.filter(
        agency__code="MH0101", type="normative", withdrawn="", published_at__isnull=False
    ).first()
    yield "clerk", reverse("desk:policies_new_measure", args=[own.pk])


def register_pages():
    """The register, a document that changed, clean-ups done and under way."""
    yield from (
        ("office", reverse("desk:policies_register") + f"?list={key}")
        for key in ("all", "expiring", "unreviewed", "termless", "missing")
    )
    yield from (("office", reverse(f"desk:policies_{name}")) for name in ("numbers", "batches", "open_batch"))
    changed = Document.objects.exclude(effects=None).first()
    yield from (
        ("office", reverse(f"desk:policies_{name}", args=[changed.pk]))
        for name in ("document", "effect", "review")
    )
    done, under_way = Batch.objects.get(closed_at__isnull=False), Batch.objects.get(closed_at=None)
    yield from (("office", one.get_absolute_url()) for one in (done, under_way))
    yield "office", under_way.get_absolute_url() + "?outcome=none"
    yield "office", reverse("desk:policies_ruling", args=[under_way.pk, under_way.scope().first().pk])
    yield "office", reverse("desk:policies_close", args=[under_way.pk])


def section_pages():
    """The sections of the district office: an open one with every way to change it, the form of each kind of block."""
    topic, waiting = Section.objects.get(slug="gaige"), Section.objects.get(slug="liudi")
    common = Section.objects.get(slug="anju")
    yield from (("clerk", reverse(f"desk:{name}")) for name in ("sections_list", "sections_new"))
    yield from (
        ("clerk", reverse(f"desk:{name}", args=[topic.pk]))
        for name in ("sections_one", "sections_edit", "sections_preview")
    )
    yield from (("clerk", reverse("desk:sections_add", args=[topic.pk, kind.value])) for kind in BlockKind)
    yield from (
        ("office", reverse("desk:sections_block", args=[common.pk, one.pk])) for one in common.blocks.all()
    )
    yield from (("office", reverse(f"desk:{name}")) for name in ("sections_list", "sections_new"))
    yield from (("office", reverse("desk:sections_one", args=[one.pk])) for one in (topic, waiting))
    yield "office", reverse("desk:sections_open", args=[waiting.pk])
    yield "office", reverse("desk:sections_close", args=[topic.pk])
    yield "inspector", reverse("desk:sections_one", args=[topic.pk])


def asked():
    """Two questions to the district's office; one is answered in public."""
    at, agency = timezone.now(), Agency.objects.get(code="MH0101")
    contact = {"name": "某某", "phone": "0571-00000001"}
    for _ in range(2):
        one, _ = actions.send(agency, "加装电梯的补助向谁申请？", contact=contact, consents=True, at=at)
    actions.answer(one, "向所在的街道办事处申请。", None, by=User.objects.get(username="clerk"), at=at)
    actions.publish_answer(one, "加装电梯的补助向谁申请？", by=User.objects.get(username="head"), at=at)


def prepare():
    """What the sample lacks, so that every page has something to show."""
    asked()
    index.rebuild(timezone.now(), timezone.localdate())
    web_rows()
