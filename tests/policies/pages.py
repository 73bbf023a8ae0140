"""政策、规范性文件和政策诊所的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.db.models import F
from django.urls import reverse

from gongkai.policies.models import Batch, Document, Fact, Measure, Package
from gongkai.questions.models import Question
from gongkai.records.models import Record


def public_pages():
    """The register, documents in different standing, questions, the clinic."""
    yield reverse("public:policies"), 200
    yield reverse("public:policies") + "?validity=ended&q=办法", 200
    yield reverse("public:policies") + "?year=1999", 200
    amended = Document.objects.get(record__title__contains="民宿管理办法")
    yield amended.get_absolute_url() + "?on=2020-01-01", 200
    yield amended.record.get_absolute_url(), 200
    asked = Question.objects.filter(kind="policy").exclude(published_at=None).first().policy
    yield asked.get_absolute_url(), 200
    yield reverse("public:policy_questions", args=[asked.pk]), 200
    yield from clinic_public()
    unsure = Document.objects.get(record__title__contains="政府投资项目管理办法")
    yield unsure.get_absolute_url() + "?on=2010-01-01", 200


def desk_pages():
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
    alone = Record.objects.filter(
        published_at__gt=F("editions__signed_at"),
        editions__publish_at=F("published_at"),
        package=None,
        package_part=None,
    ).first()
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
