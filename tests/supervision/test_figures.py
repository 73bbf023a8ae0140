"""自己会数的数:数和点开的件一致,算到哪一天就只看那一天以前的事实。"""

from datetime import date, timedelta

import pytest
from django.conf import settings

from gongkai.decisions.models import CatalogueYear
from gongkai.desk import rooms
from gongkai.desk.figures import Figure, Listing, figures, of_things
from gongkai.engagement import actions as engagement
from gongkai.engagement.models import Letter
from gongkai.law.engagement import LetterKind
from gongkai.org.models import Agency, Membership
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db
AT = moment(2026, 10, 12, 9)
ON = date(2026, 10, 12)


@pytest.fixture
def office():
    return Office()


def value(key, office, on=ON):
    return figures()[key].count([office.agency.pk], on).get(office.agency.pk, (0, 0))


def listed(figure, agencies, on):
    """Every thing behind a figure, by whether it counts."""
    found = figure.things(agencies, on)
    return found.shown(found.rows) if isinstance(found, Listing) else list(found)


def test_every_room_that_exists_gives_figures_and_each_key_is_its_own():
    known = figures()
    assert {key.partition(".")[0] for key in known} >= {
        "org",
        "records",
        "foi",
        "policies",
        "decisions",
        "engagement",
        "reports",
    }
    for key, figure in known.items():
        assert isinstance(figure, Figure) and figure.key == key and figure.follows
        assert all(f"gongkai.{app}" in settings.INSTALLED_APPS for app in figure.follows)


def test_two_figures_of_one_name_are_refused(monkeypatch):
    one = of_things(lambda agencies, on: [], key="x.y", label="", above="", below="")
    monkeypatch.setattr(
        "gongkai.desk.figures.rooms", lambda: (rooms.Room(figures=(one,)), rooms.Room(figures=(one,)))
    )
    with pytest.raises(ValueError, match=r"x\.y"):
        figures()


def test_a_record_published_in_time_counts_and_one_published_late_does_not(office):
    day = moment(2026, 3, 2)
    office.publish(at=day, made_on=day.date())
    office.publish(at=moment(2026, 6, 2), made_on=date(2026, 3, 2), title="明湖区人民政府办公室关于迟公开的通知")
    assert value("records.timely", office) == (1, 2)
    assert value("records.timely", office, date(2026, 4, 1)) == (1, 1), "算到四月就不看六月的"
    assert value("records.timely", office, date(2027, 1, 4)) == (0, 0), "跨年另数"


def test_coverage_counts_the_cells_of_the_matrix(office):
    empty = value("records.coverage", office)
    office.publish(at=moment(2026, 3, 2), made_on=date(2026, 3, 2))
    filled = value("records.coverage", office)
    assert empty[0] == 0 and filled[0] == 1 and empty[1] == filled[1] > 1


def test_letters_count_from_their_last_day_on(office):
    letter, _ = engagement.send_letter(office.agency, LetterKind.CONSULT, "题目", "内容", at=AT)
    assert value("engagement.timely", office) == (0, 0), "没有到期的不算"
    late = letter.due_on + timedelta(days=1)
    assert value("engagement.timely", office, late) == (0, 1)
    engagement.accept(letter, by=office.clerk, at=AT)
    engagement.draft_reply(Letter.objects.get(), "答复", by=office.clerk, at=AT)
    engagement.reply(Letter.objects.get(), answered_all=True, by=office.head, at=AT)
    assert value("engagement.timely", office) == (1, 1)


def test_a_unit_without_a_clerk_is_not_staffed(office):
    assert value("org.staffed", office) == (1, 1)
    Membership.objects.filter(role="clerk").delete()
    assert value("org.staffed", office) == (0, 1)


def test_a_withheld_record_is_assessed_once_a_year(office):
    office.sign(
        office.draft(
            openness="withheld",
            ground="process",
            ground_note="讨论记录",
            made_on=date(2025, 3, 3),
            at=moment(2025, 3, 3),
        ),
        at=moment(2025, 3, 3),
    )
    assert value("records.reassessed", office) == (0, 1)
    assert value("records.reassessed", office, date(2025, 12, 31)) == (0, 0)


def test_what_is_behind_a_figure_is_exactly_what_it_counts(office):
    office.publish(at=moment(2026, 3, 2), made_on=date(2026, 3, 2))
    paper = {"title": "明湖区停车管理办法", "doc_number": "明政办发〔2026〕3号", "effective_on": date(2026, 6, 1)}
    office.publish("normative", at=moment(2026, 4, 2), made_on=date(2026, 4, 2), **paper)
    engagement.send_letter(office.agency, LetterKind.CONSULT, "题目", "内容", at=moment(2026, 5, 6))
    CatalogueYear.objects.create(agency=office.agency, year=2026)
    ids, told = list(Agency.objects.values_list("pk", flat=True)), 0
    for figure in figures().values():
        things = listed(figure, ids, ON)
        for pk in ids:
            own = [one for one in things if one.agency == pk]
            counted = figure.count(ids, ON).get(pk, (0, 0))
            assert counted == (sum(one.counts for one in own), len(own)), figure.key
            told += len(own)
        assert all(one.title and one.url.startswith("/desk/") for one in things), figure.key
    assert told > 4
