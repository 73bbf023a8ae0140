"""专栏的网页也是文件:和当场给的一样;信息变动、专栏变动、开通、关闭,那一刻起文件就不在了。"""

import pytest

from gongkai.org.models import LogEntry, Place
from gongkai.records import actions as records
from gongkai.sections import actions, listing
from gongkai.sections.terms import BlockKind
from gongkai.web.publisher import pages, publisher
from tests.records.office import AT, Office
from tests.sections.office import draft, fresh, opened, publish_draft
from tests.sections.office import listing as block

pytestmark = pytest.mark.django_db


def filled(at=AT) -> None:
    publisher.check(at)
    while publisher.fill(at):
        pass


def of_all_kinds(office, record):
    code = office.agency.code
    return [
        block(agency=code),
        (BlockKind.PICKED, {"records": [record.pk]}),
        (BlockKind.TEXT, {"text": "一段\n二段"}),
        (
            BlockKind.LINKS,
            {"links": [{"label": "图书馆", "address": "https://example.cn/", "host": "example.cn"}]},
        ),
        (BlockKind.AGENCY, {"agency": code}),
        (BlockKind.TILES, {"duties": [record.duty, "fees"]}),
        (BlockKind.PLACES, {"agency": code}),
        (BlockKind.SEARCH, {"hint": ""}),
    ]


def test_every_section_page_is_a_file_and_the_same(office, reader):
    record = office.publish()
    Place.objects.create(agency=office.agency, name="查阅点", kind="reading", address="人民路", hours="周一至周五")
    unit = opened(office, "bailu", *of_all_kinds(office, record))
    topic = opened(office, "reform", *of_all_kinds(office, record), topic=True, title="改革")
    addresses = listing.standing()
    assert addresses == {
        unit.get_absolute_url(),
        topic.get_absolute_url(),
        "/feeds/topics/reform.atom",
        "/sections/",
    }
    before = {address: reader(address) for address in addresses}
    assert all(
        one.status == 200 and not one.from_file and "Set-Cookie" not in one.headers for one in before.values()
    )
    assert record.title in before[unit.get_absolute_url()].text
    filled()
    for address, one in before.items():
        assert reader(address).from_file and reader(address).text == one.text, address


def kept(reader, *addresses: str) -> list[bool]:
    return [reader(address).from_file for address in addresses]


def test_a_change_of_a_record_takes_the_pages_that_list_it_and_no_others(office, reader):
    other = Office(code="MH0999", name="明湖区别的局")
    record, foreign = office.publish(), other.publish(title="别的局的一件")
    opened(office, "mine", block(agency="MH0101"))
    opened(office, "theirs", block(agency="MH0999"))
    opened(office, "named", (BlockKind.PICKED, {"records": [record.pk]}), topic=True)
    opened(office, "typed", block(type="document"), topic=True)
    pages_ = [
        "/sections/mine/",
        "/sections/theirs/",
        "/topics/named/",
        "/feeds/topics/named.atom",
        "/topics/typed/",
    ]
    filled()
    assert all(kept(reader, *pages_))
    records.withdraw(record, "retracted", reason="核对", basis="决定", on=AT.date(), by=office.office, at=AT)
    assert kept(reader, *pages_) == [False, True, False, False, False]
    assert not any(record.title in reader(one).text for one in pages_)
    filled()
    assert all(kept(reader, *pages_)) and not any(record.title in reader(one).text for one in pages_)
    records.withdraw(foreign, "retracted", reason="核对", basis="决定", on=AT.date(), by=other.office, at=AT)
    assert kept(reader, *pages_) == [True, False, True, True, False]


def test_a_record_that_changes_its_year_leaves_the_old_list(office, reader):
    record = office.publish(made_on="2024-08-26")
    opened(office, "y2024", block(type="document", year=2024))
    opened(office, "y2023", block(type="document", year=2023))
    filled()
    edition = records.revise(record, change_note="更正", by=office.clerk, at=AT)
    records.save(edition, {"made_on": "2023-08-26"}, revision=edition.revision, by=office.clerk, at=AT)
    office.sign(office.fresh(edition))
    assert kept(reader, "/sections/y2024/", "/sections/y2023/") == [False, False]
    assert record.title not in reader("/sections/y2024/").text and record.title in reader("/sections/y2023/").text


def test_editing_a_draft_takes_nothing_and_publishing_it_takes_its_pages(office, reader):
    office.publish()
    section = opened(office, "bailu", block(agency="MH0101"))
    own = section.get_absolute_url()
    naming = ["/", "/sections/", "/sitemap/", "/feeds/", "/sitemaps/lists.xml", "/agencies/MH0101/"]
    filled()
    assert all(kept(reader, own, *naming))
    actions.save(section, "白鹭镇人民政府", "新的简介", revision=section.revision, by=office.clerk, at=AT)
    assert all(kept(reader, own, *naming)) and "新的简介" not in reader(own).text
    publish_draft(office, section)
    assert not any(kept(reader, own, *naming)) and "新的简介" in reader(own).text
    filled()
    for address in [own, *naming]:
        assert reader(address).from_file
        if address != "/":
            assert "白鹭镇人民政府" in reader(address).text or address.endswith(("feeds/", ".xml")), address
    assert kept(reader, "/places/") == [True]
    actions.close(fresh(section), "并入区网站", by=office.office, at=AT)
    assert not any(kept(reader, own, *naming))
    gone = reader(own)
    assert gone.status == 410 and "并入区网站" in gone.text
    filled()
    assert reader(own).status == 410 and "白鹭镇人民政府" not in reader("/sections/").text


def test_a_topic_is_named_on_the_home_page_and_among_the_feeds(office, reader):
    section = opened(office, "reform", block(type="document"), topic=True, title="“最多跑一次”改革")
    for address in ("/", "/sections/", "/sitemap/", "/feeds/"):
        assert "“最多跑一次”改革" in reader(address).text, address
    assert section.get_absolute_url() in reader("/sitemaps/lists.xml").text
    assert (
        '<link rel="alternate" type="application/atom+xml" title="“最多跑一次”改革"'
        in reader("/topics/reform/").text
    )


def test_a_section_that_changes_while_its_page_is_written_is_not_put_in_place(office, reader, monkeypatch):
    office.publish()
    section = opened(office, "bailu", block(agency="MH0101"))
    publisher.check(AT)
    honest = publisher.render

    def render(address):
        content = honest(address)
        if address == section.get_absolute_url():
            actions.close(fresh(section), "原因", by=office.office, at=AT)
        return content

    monkeypatch.setattr(publisher, "render", render)
    publisher.publish([section.get_absolute_url()], AT)
    assert not reader(section.get_absolute_url()).from_file and reader(section.get_absolute_url()).status == 410


def test_an_agency_that_changes_takes_all(office, reader):
    from gongkai.org import actions as org

    section = opened(office, "bailu", (BlockKind.AGENCY, {"agency": "MH0101"}))
    filled()
    office.agency.leader = "新来的"
    org.save_agency(office.agency, by=None, at=AT)
    assert not reader(section.get_absolute_url()).from_file and "新来的" in reader(section.get_absolute_url()).text


def test_what_a_draft_lists_touches_nothing(office):
    record = office.publish()
    draft(office, "bailu", block(agency="MH0101"))
    assert not [one for one in pages.touched([record.pk]) if "/sections/" in one]
    entry = LogEntry.objects.filter(object_type="sections.section").first()
    assert pages.changed([entry]) == set()
