"""专栏的写入口:草稿和公众看到的分开;只有区政府办开通、关闭;看过的是哪一稿就开通哪一稿;同一件信息所在的专栏有数。"""

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.law.errors import LawError
from gongkai.org.models import LogEntry
from gongkai.records import counts
from gongkai.sections import actions, listing, sources
from gongkai.sections.models import Section, Source
from gongkai.sections.terms import MOST_BLOCKS, MOST_SECTIONS, BlockKind, SectionKind, State
from tests.records.office import AT, Office
from tests.sections.office import draft, fresh, opened, publish_draft
from tests.sections.office import listing as block

pytestmark = pytest.mark.django_db
TEXT = (BlockKind.TEXT, {"text": "第一段"})


def test_at_most_eight_kinds():
    assert len(BlockKind) <= 8
    assert all(kind.hint for kind in BlockKind)


def test_a_draft_is_unseen_until_opened_and_its_changes_until_published(office):
    section = draft(office, "bailu", TEXT)
    assert section.state is State.DRAFT and section.shown is None
    publish_draft(office, section)
    section = fresh(section)
    assert section.state is State.OPEN and not section.is_changed and section.public_title == "白鹭镇"
    actions.save(section, "白鹭镇专栏", "简介", revision=section.revision, by=office.clerk, at=AT)
    section = fresh(section)
    assert section.is_changed and section.public_title == "白鹭镇"
    publish_draft(office, section)
    assert fresh(section).public_title == "白鹭镇专栏"


def test_only_the_district_office_opens_and_closes(office):
    section = draft(office, "bailu", TEXT)
    for user in (office.clerk, office.head, office.inspector, office.admin):
        with pytest.raises(PermissionDenied):
            actions.open(section, revision=section.revision, by=user, at=AT)
    section = opened(office, "qingshi", TEXT, title="青石镇")
    with pytest.raises(PermissionDenied):
        actions.close(section, "原因", by=office.clerk, at=AT)


def test_a_clerk_writes_for_the_own_unit_only(office):
    other = Office(code="MH0999", name="明湖区别的局")
    section = draft(office, "bailu", TEXT)
    with pytest.raises(PermissionDenied):
        actions.save(section, "别的", "", revision=section.revision, by=other.clerk, at=AT)
    with pytest.raises(PermissionDenied):
        actions.create(SectionKind.TOPIC, "topic", "专题", by=office.clerk, at=AT)
    with pytest.raises(LawError, match="哪个单位"):
        actions.create(SectionKind.UNIT, "unit", "单位", by=office.office, at=AT)
    topic = actions.create(SectionKind.TOPIC, "topic", "专题", by=office.clerk, at=AT, agency=office.agency)
    assert topic in Section.objects.visible_to(office.head)
    assert topic not in Section.objects.visible_to(other.head)
    nobody = draft(office, "common", topic=True)
    assert nobody not in Section.objects.visible_to(office.clerk)
    assert nobody in Section.objects.visible_to(other.office)
    with pytest.raises(PermissionDenied):
        actions.save(nobody, "别的", "", revision=nobody.revision, by=office.clerk, at=AT)


def test_what_was_changed_since_the_preview_is_not_opened_unseen(office):
    section = draft(office, "bailu", TEXT)
    seen = section.revision
    actions.submit(section, revision=seen, by=office.clerk, at=AT)
    assert fresh(section).submitted_at == AT
    actions.put(
        section, None, BlockKind.TEXT, "", False, {"text": "后来写的"}, revision=seen, by=office.clerk, at=AT
    )
    assert fresh(section).submitted_at is None
    for act in (actions.open, actions.submit):
        with pytest.raises(actions.Conflict, match="别人改过"):
            act(section, revision=seen, by=office.office, at=AT)
    assert fresh(section).state is State.DRAFT


def test_blocks_are_moved_and_removed_in_the_draft(office):
    section = opened(office, "bailu", *[(BlockKind.TEXT, {"text": str(n)}) for n in range(3)])
    first, second, third = section.blocks.all()
    options = {"by": office.clerk, "at": AT}
    actions.move(section, first, up=True, revision=section.revision, **options)
    assert not fresh(section).is_changed
    actions.move(section, third, up=True, revision=section.revision, **options)
    assert list(fresh(section).blocks.all()) == [first, third, second]
    actions.remove(section, first, revision=fresh(section).revision, **options)
    section = fresh(section)
    assert list(section.blocks.all()) == [third, second] and len(section.shown["blocks"]) == 3
    for _ in range(MOST_BLOCKS - 2):
        actions.put(section, None, *TEXT[:1], "", False, TEXT[1], revision=fresh(section).revision, **options)
    with pytest.raises(LawError, match="至多"):
        actions.put(section, None, *TEXT[:1], "", False, TEXT[1], revision=fresh(section).revision, **options)


def test_an_empty_section_is_not_opened_and_a_closed_one_not_closed_again(office):
    section = draft(office, "bailu")
    with pytest.raises(LawError, match="还没有模块"):
        publish_draft(office, section)
    with pytest.raises(LawError, match="不用关闭"):
        actions.close(section, "原因", by=office.office, at=AT)
    section = opened(office, "qingshi", block(agency="MH0101"), title="青石镇")
    assert section.sources.count() == 1
    actions.close(section, "并入区网站", by=office.office, at=AT)
    section = fresh(section)
    assert (section.state, section.close_reason, section.sources.count()) == (State.CLOSED, "并入区网站", 0)
    publish_draft(office, section)
    section = fresh(section)
    assert (section.state, section.close_reason, section.sources.count()) == (State.OPEN, "", 1)


def test_every_step_is_in_the_log(office):
    section = draft(office, "bailu", TEXT)
    actions.save(section, "白鹭镇政府", "", revision=section.revision, by=office.clerk, at=AT)
    section = fresh(section)
    actions.submit(section, revision=section.revision, by=office.clerk, at=AT)
    publish_draft(office, section)
    actions.close(section, "原因", by=office.office, at=AT)
    entries = LogEntry.objects.about(section).order_by("seq")
    assert [one.action for one in entries] == [
        "sections.create",
        "sections.block",
        "sections.save",
        "sections.submit",
        "sections.open",
        "sections.close",
    ]
    assert all(one.agency == office.agency and "白鹭镇" in one.summary for one in entries)
    assert {one.action for one in entries if not listing.by_entry(one)} == listing.UNSEEN


# --- 一件信息在哪几个专栏里 ---


def test_sections_of_a_record_by_each_condition(office):
    record = office.publish(made_on="2024-08-26")
    spot = next(iter(counts.spots([record.pk])))
    yes = [
        {"agency": "MH0101"},
        {"duty": record.duty},
        {"type": "document"},
        {"type": "document", "year": 2024},
        {"agency": "MH0101", "words": "不在标题里"},
    ]
    Office(code="MH0999", name="明湖区别的局")
    no = [
        {"agency": "MH0999"},
        {"duty": "fees"},
        {"type": "notice"},
        {"type": "document", "year": 2023},
        {"agency": "MH0999", "type": "document"},
    ]
    wanted = {opened(office, f"yes{n}", block(**given)) for n, given in enumerate(yes)}
    for n, given in enumerate(no):
        opened(office, f"no{n}", block(**given))
    wanted.add(opened(office, "tiles", (BlockKind.TILES, {"duties": [record.duty]})))
    opened(office, "tiles-of-none", (BlockKind.TILES, {"duties": [record.duty]}), topic=True)
    assert set(sources.by_spots({spot})) == wanted
    picked = opened(office, "picked", (BlockKind.PICKED, {"records": [record.pk]}))
    assert set(sources.by_records({record.pk})) == {picked}


def test_a_key_field_is_read_by_type(office):
    from gongkai.law import duties
    from gongkai.records import types

    field = next(one for one in duties.all() if types.counting_for(one))
    type_ = types.counting_for(field)[0]
    section = opened(office, "field", block(duty=field))
    spot = counts.Spot(office.agency.pk, types.get(type_).duty, type_, 2024)
    assert list(sources.by_spots({spot})) == [section]
    assert not sources.by_spots({counts.Spot(office.agency.pk, "organ", "organ", 2024)})


def test_the_sections_of_one_record_are_bounded(office):
    """However many sections there are, one record stands in at most so many: the next that would is refused."""
    record = office.publish()
    for n in range(MOST_SECTIONS):
        opened(office, f"s{n}", block(**({"agency": "MH0101"} if n % 2 else {"type": "document"})))
    late = draft(office, "late", block(agency="MH0101", type="document"))
    with pytest.raises(LawError, match="已经有"):
        publish_draft(office, late)
    assert len(listing.by_spots(counts.spots([record.pk]))) <= MOST_SECTIONS
    # 自己再公布一次不算多一个;关了一个,就腾出一个
    publish_draft(office, Section.objects.get(slug="s0"))
    actions.close(Section.objects.get(slug="s1"), "原因", by=office.office, at=AT)
    publish_draft(office, late)
    assert Source.objects.filter(record=None).values("section").distinct().count() == MOST_SECTIONS


def test_the_sections_that_name_one_record_are_bounded_too(office):
    record = office.publish()
    picked = (BlockKind.PICKED, {"records": [record.pk]})
    for n in range(MOST_SECTIONS):
        opened(office, f"s{n}", picked)
    with pytest.raises(LawError, match="已经有"):
        opened(office, "late", picked)
