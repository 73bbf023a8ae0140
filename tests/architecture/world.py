"""按网址探测用的一个小区:每个应用一件,都同草稿一样不给外人看。各应用自己的在 ``tests/<应用>/probe.py``。"""

import importlib
from datetime import datetime
from pathlib import Path

from django.urls import URLPattern, get_resolver

from gongkai.desk.moments import local_day
from gongkai.foi import actions as foi_actions
from gongkai.foi.terms import RemedyKind
from gongkai.law.agencies import Role
from gongkai.org.models import LogEntry, Membership, Place
from gongkai.policies import actions as policies
from gongkai.records.models import Attachment, Relation, WatchWord
from gongkai.reports import actions as annual_reports
from gongkai.search.models import JudgedQuery, Muted, Pin, Saying, SynonymGroup
from gongkai.sections.terms import BlockKind
from gongkai.web.models import Delivery, OldAddress, Subscriber
from tests.conftest import SHANGHAI
from tests.foi.desk import PDF
from tests.records.office import Office
from tests.sections.office import draft as draft_section

SECRET = "另一件草稿"
#: A moment on a working day, in Shanghai.
AT = datetime(2026, 10, 12, 9, 30, tzinfo=SHANGHAI)


def patterns(resolver):
    """Every pattern under a resolver, however deep."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from patterns(one)


DESK = {
    pattern.name: pattern
    for resolver in get_resolver().url_patterns
    if getattr(resolver, "namespace", None) == "desk"
    for pattern in patterns(resolver)
}

#: 各应用自己的样本在 ``tests/<应用>/probe.py``:``samples(own, at, secret)``,和 ``BY_THE_CASE``。
ROOMS = [
    importlib.import_module(f"tests.{path.parent.name}.probe")
    for path in sorted(Path(__file__).parents[1].glob("*/probe.py"))
]


def application_of(own, at):
    """A case of the agency with everything that hangs on one; its subject is as secret as the draft's title."""
    given = foi_actions.Intake(
        own.agency, "person", {"name": "某"}, SECRET, "electronic", "web", files=(("attachment", "a.pdf", PDF),)
    )
    case = foi_actions.submit(given, at=at)[0]
    foi_actions.accept(case, by=own.clerk, at=at)
    foi_actions.amend_contact(case, {"phone": "0571-00000001"}, at=at)
    letter = foi_actions.draft(case, "receipt", {}, by=own.clerk, at=at)
    row = foi_actions.propose(case, SECRET, "缘由", by=own.clerk, at=at)
    remedy = foi_actions.remedy(
        own.agency, RemedyKind.REVIEW, local_day(at), SECRET, by=own.legal, at=at, application=case
    )
    return {
        "pk": case.pk,
        "arguments": {
            "item": case.items.get().pk,
            "letter": letter.pk,
            "file": case.files.get().pk,
            "contact": case.contacts.get().pk,
        },
        "pks": {"foi_settle": remedy.pk, "foi_release": row.pk},
    }


def build(at):
    own = Office()
    record = own.publish()
    draft = own.draft(title=SECRET)
    attachment = Attachment.objects.create(edition=draft, name="a.txt", sha256="0" * 64, size=1, kind="txt")
    relation = Relation.objects.create(source=draft.record, target=record, kind="related")
    withheld = own.draft(title="不公开的", openness="withheld", ground="过程性信息")
    place = Place.objects.create(agency=own.agency, name="查阅点", kind="reading", address="x", hours="x")
    membership = Membership.objects.create(user=own.colleague, agency=own.agency, role="first")
    word = WatchWord.objects.create(word="词", advice="改")
    office = own.people[Role.OFFICE]
    searching = {
        "search_unmute": Muted.objects.create(text="词", by=office, at=at).pk,
        "search_drop_synonyms": SynonymGroup.objects.create(words=["甲", "乙"], by=office, at=at).pk,
        "search_drop_saying": Saying.objects.create(said="甲甲", written=["乙乙"], by=office, at=at).pk,
        "search_drop_pin": Pin.objects.create(query="词", record=record, by=office, at=at).pk,
        "search_judge": (judged := JudgedQuery.objects.create(text="词", by=office, at=at)).pk,
        "search_drop_judged": judged.pk,
    }
    foi = application_of(own, at)
    package = policies.start(own.draft("document", title=SECRET).record, by=own.clerk, at=at)
    interpretation = policies.draft(package, SECRET, "文字", by=own.clerk, at=at)
    paper = {"doc_number": "明政办发〔2024〕77号", "effective_on": local_day(at)}
    signed = own.publish("normative", title=SECRET, **paper).normative
    policy = own.publish("document", title="说明", body=f"<p>{SECRET}</p>")
    measure = policies.draft_measure(
        policy, {"title": SECRET, "audience": "person", "benefit": SECRET, "contact": "x"}, by=own.clerk, at=at
    )
    batch = policies.open_batch("清理", local_day(at), by=own.office, at=at)
    old = OldAddress.objects.create(path="/old/1.html", kind="gone")
    subscriber = Subscriber.objects.create(name="新媒体", url="https://media.invalid/")
    delivery = Delivery.objects.create(subscriber=subscriber, seq=1, record=record, changed_at=at)
    annual = annual_reports.start(own.agency, local_day(at).year, by=own.clerk, at=at)
    rooms = [room.samples(own, at, SECRET) for room in ROOMS]
    section = draft_section(own, "probe", (BlockKind.TEXT, {"text": SECRET}), title=SECRET)
    return {
        "own": own,
        "other": Office(code="MH0999", name="明湖区别的局"),
        "arguments": {
            "pk": draft.record_id,
            "attachment": attachment.pk,
            "relation": relation.pk,
            "kind": "first",
            "code": own.agency.code,
            "duty": "normative",
            "what": "deactivate",
            "seq": LogEntry.objects.about(draft.record).first().seq,
            "key": "accept",
            "suffix": "pdf",
            "part": interpretation.record.package_part.pk,
            "document": signed.pk,
            "table": 3,
            "row": "new",
            "index": 0,
            "block_kind": "text",
            "block": section.blocks.get().pk,
            **foi["arguments"],
        },
        "pks": {
            "person": own.colleague.pk,
            "switch_person": own.colleague.pk,
            "edit_person": own.colleague.pk,
            "reset_password": own.colleague.pk,
            "revoke": membership.pk,
            "edit_place": place.pk,
            "remove_word": word.pk,
            "redirect": old.pk,
            "drop_redirect": old.pk,
            "act_delivery": delivery.pk,
            **{name: subscriber.pk for name in DESK if name.endswith("_subscriber") or name == "subscriber"},
            "reassess": withheld.record_id,
            **{name: foi["pk"] for name in DESK if name.startswith("foi_")},
            **foi["pks"],
            **{name: annual.pk for name in DESK if name.startswith("reports_")},
            **searching,
            **{name: section.pk for name in DESK if name.startswith("sections_")},
            **{name: package.pk for name in DESK if name.startswith("policies_")},
            "policies_start": draft.record_id,
            "policies_enter": signed.record_id,
            **{
                name: measure.pk
                for name in DESK
                if "measure" in name or name in ("policies_new_condition", "policies_redeem")
            },
            "policies_new_measure": policy.pk,
            "policies_brief": draft.record_id,
            **dict.fromkeys(("policies_document", "policies_review", "policies_effect"), signed.pk),
            **dict.fromkeys(("policies_batch", "policies_ruling", "policies_close"), batch.pk),
            **{name: pk for room in rooms for name, pk in room["pks"].items()},
        },
        "by_name": {name: given for room in rooms for name, given in room["arguments"].items()},
    }
