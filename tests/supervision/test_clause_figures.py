"""五年方案各条靠的数:逐条从表里一个循环数出来,同屋子自己数的一样;数不出的条款写明为什么。"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from gongkai.desk.figures import Listing, figures, of_things
from gongkai.engagement.models import Broadcast, Event, Interview
from gongkai.foi.models import Application, Fee, Opinion
from gongkai.gazette.models import Delivery, HistoricIssue, Issue, Masthead
from gongkai.law import fees
from gongkai.law.proportion import Proportion
from gongkai.law.sources import numeral
from gongkai.org.models import Agency, Place
from gongkai.questions.models import Question
from gongkai.records.models import Record
from gongkai.search.models import QueryDay
from gongkai.services.models import Cooperation, Guide, Matter
from gongkai.standards.models import Disclosure, Enterprise, Period, Village, Zone
from gongkai.supervision import actions, brief, counts, shipped
from tests.foi.desk import Desk
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 12)
DAY = timedelta(1)


@pytest.fixture
def office():
    return Office()


def value(key, agency, on=ON):
    """The figure of one unit; what is behind it is the same things and no other."""
    figure = figures()[key]
    found = figure.things([agency.pk], on)
    things = found.shown(found.rows) if isinstance(found, Listing) else list(found)
    assert all(one.url.startswith("/desk/") and one.agency == agency.pk for one in things)
    counted = figure.count([agency.pk], on).get(agency.pk, (0, 0))
    assert counted == (sum(one.counts for one in things), len(things))
    return counted


def test_every_clause_is_counted_or_says_why_it_is_not():
    counted = {clause for figure in figures().values() for clause in figure.clauses}
    why = shipped.uncounted(shipped.FIVE_YEAR)
    clauses = {draft.clause for draft in shipped.drafts(shipped.FIVE_YEAR)}
    assert clauses - counted == set(why) and counted <= clauses and all(why.values())
    assert shipped.uncounted("") == {}


def test_the_four_columns_of_a_platform(office):
    office.publish(at=moment(2026, 3, 2), made_on=date(2026, 3, 2))
    assert value("records.platform", office.agency) == (1, 4)
    Record.objects.update(duty="rules")
    Agency.objects.update(kind="town")
    assert value("records.platform", office.agency) == (0, 0)
    assert value("records.town_platform", office.agency) == (1, 4)
    assert value("records.town_platform", office.agency, date(2026, 3, 1)) == (0, 4)


def test_statistics_are_renewed_within_a_year(office):
    office.publish(at=moment(2025, 9, 1), made_on=date(2025, 9, 1))
    Record.objects.update(duty="statistics")
    assert value("records.statistics", office.agency, date(2026, 9, 1)) == (1, 1)
    assert value("records.statistics", office.agency, date(2026, 9, 2)) == (0, 1)


def question(office, number, asked, due, answered=None, **more):
    return Question.objects.create(
        kind="policy",
        number=f"P-{number}",
        code="",
        agency=office.agency,
        text="问",
        asked_at=asked,
        due_on=due,
        answered_at=answered,
        state="answered" if answered else "open",
        **more,
    )


def test_questions_count_from_their_last_day_on(office):
    asked, due = moment(2026, 9, 1), date(2026, 9, 10)
    for number, answered in enumerate((None, moment(2026, 9, 10), moment(2026, 9, 11))):
        question(office, number, asked, due, answered)
    question(office, 3, asked, None, moment(2026, 9, 3))
    question(office, 4, asked, date(2026, 10, 12))
    assert value("questions.timely", office.agency) == (2, 4)
    assert value("questions.timely", office.agency, date(2026, 9, 9)) == (1, 1), "那一天还没有到期"
    assert value("questions.timely", office.agency, ON + DAY) == (2, 5)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2026, 12, 31), (0, 0)),  # 最后一日二十四时才届满
        (date(2027, 1, 1), (0, 1)),  # 在这一年届满,不落在两年之间
        (date(2027, 3, 9), (0, 1)),
        (date(2027, 3, 10), (0, 1)),  # 三月十日才答复:按逾期答复的算
        (date(2028, 1, 1), (0, 0)),
    ],
)
def test_what_is_due_on_the_last_day_of_a_year_runs_out_in_the_next(office, on, found):
    """And a day that is past is told as it was, whatever was answered since."""
    question(office, 0, moment(2026, 12, 1), date(2026, 12, 31), moment(2027, 3, 10))
    assert value("questions.timely", office.agency, on) == found


def test_applications_run_out_after_their_last_day_and_not_on_it():
    """A case closed late was owed until then; one that the applicant took back was not owed any more."""
    desk = Desk()
    case = desk.case("2026-03-02")
    changes = {"answered_on": case.due_on + 9 * DAY, "closed_on": case.due_on + 9 * DAY, "late": True}
    Application.objects.filter(pk=case.pk).update(**changes)
    days = [case.due_on, case.due_on + DAY, case.due_on + 9 * DAY]
    assert [value("foi.timely", desk.agency, on) for on in days] == [(0, 0), (0, 1), (0, 1)]
    Application.objects.filter(pk=case.pk).update(answered_on=None, closed_on=case.due_on + 5 * DAY)
    assert [value("foi.timely", desk.agency, case.due_on + n * DAY) for n in (1, 5)] == [(0, 1), (0, 0)]


class TestApplications:
    """依申请公开:会商、审查、顾问、收费、信访类。"""

    @pytest.fixture
    def cases(self):
        desk = Desk()
        rows = [desk.case("2026-03-02") for _ in range(4)]
        for number, outcome in enumerate(("provided", "partial", "petition", "not_held")):
            for name, found in (("outcome", outcome), ("counted_outcome", outcome)):
                setattr(rows[number], name, found)
            rows[number].answered_on = rows[number].counted_on = date(2026, 3, 10)
            rows[number].late = number == 2
            rows[number].save()
        return desk, rows

    def opinion(self, desk, case, kind, verdict="pass", **more):
        at = more.pop("at", moment(2026, 3, 9))
        Opinion.objects.create(application=case, kind=kind, verdict=verdict, by=desk.clerk, at=at, **more)

    def test_reviews_counsel_and_conference(self, cases):
        desk, (_, partial, petition, not_held) = cases
        self.opinion(desk, partial, "legal")
        self.opinion(desk, petition, "legal", verdict="fail")
        self.opinion(desk, not_held, "legal", valid=False)
        self.opinion(desk, partial, "counsel")
        self.opinion(desk, petition, "consultation", parties="区司法局")
        self.opinion(desk, not_held, "consultation", parties="区司法局", at=moment(2026, 11, 1))
        assert value("foi.reviewed", desk.agency) == (1, 3)
        assert value("foi.counsel", desk.agency) == (1, 3)
        assert value("foi.conferred", desk.agency) == (0, 1)
        assert value("foi.reviewed", desk.agency, date(2026, 3, 9)) == (0, 0)

    def test_the_share_of_petitions(self, cases):
        assert value("foi.petitions", cases[0].agency) == (1, 4)
        assert not figures()["foi.petitions"].more_is_better

    def test_fees_are_what_the_tariff_gives(self, cases):
        desk, rows = cases
        for case, basis, quantity, yuan in zip(
            rows, ("item", "item", "page", "page"), (11, 5, 40, 40), (100, 100, 100, 90), strict=True
        ):
            Fee.objects.create(
                application=case,
                basis=basis,
                quantity=quantity,
                yuan=yuan,
                notified_on=date(2026, 3, 5),
                due_on=date(2026, 4, 2),
            )
        right = 0
        for fee in Fee.objects.select_related("application"):
            price = fees.item_price if fee.basis == "item" else fees.pages_total
            right += price(fee.quantity, fee.application.received_on) == Decimal(fee.yuan)
        assert value("foi.fees", desk.agency) == (right, 4) == (2, 4)


class TestGazette:
    """公报:历史各期、纸质投放。"""

    @pytest.fixture
    def masthead(self, office):
        return Masthead.objects.create(
            agency=office.agency, name="公报", sponsor="区政府", since_on=date(2020, 1, 1), first_running=1
        )

    def test_numbers_that_lack(self, office, masthead):
        for year, number, at in ((2003, 1, 1), (2003, 2, 1), (2003, 5, 1), (2004, 1, 20)):
            HistoricIssue.objects.create(year=year, number=number, imported_at=moment(2026, 9, at))
        assert value("gazette.base", office.agency) == (4, 6), "2003年缺第3、4期"
        assert value("gazette.base", office.agency, date(2026, 9, 10)) == (3, 5)

    def test_paper_that_came(self, office, masthead):
        issue = Issue.objects.create(
            masthead=masthead,
            year=2026,
            number=1,
            code="1",
            month=date(2026, 1, 1),
            stage="published",
            planned_on=date(2026, 2, 5),
            composed_by=office.clerk,
            opened_at=moment(2026, 2, 1),
            published_at=moment(2026, 2, 5),
        )
        for number, (planned, delivered, day) in enumerate(
            ((5, 5, 6), (5, 4, 6), (5, None, None), (0, None, None))
        ):
            place = Place.objects.create(agency=office.agency, name=f"点{number}", address="路1号")
            Delivery.objects.create(
                issue=issue,
                place=place,
                planned=planned,
                delivered=delivered,
                delivered_on=date(2026, 2, day) if day else None,
            )
        assert value("gazette.delivered", office.agency) == (1, 3)
        assert value("gazette.delivered", office.agency, date(2026, 2, 5)) == (0, 3)


class TestPlaces:
    """企事业单位、村社、体验区。"""

    def test_villages_owe_from_their_first_period_on(self, office):
        town = office.agency
        quarterly = Village.objects.create(town=town, name="上村", board="村口")
        Village.objects.create(town=town, name="没有开始的村", board="村口")
        for number, posted in ((1, date(2026, 4, 20)), (2, date(2026, 7, 21))):
            Period.objects.create(
                village=quarterly, unit="quarter", year=2026, number=number, posted_on=posted, by=office.clerk
            )
        assert value("standards.villages", town) == (1, 2)
        assert value("standards.villages", town, date(2026, 10, 21)) == (1, 3), "第三季度没有公布"
        assert value("standards.villages", town, date(2026, 4, 20)) == (0, 0), "当天还没有过"

    def test_contents_of_an_enterprise_stand_with_its_bureau(self, office):
        own = Agency.objects.create(code="MH0501", name="明湖区水务公司", kind="enterprise")
        one = Enterprise.objects.create(agency=own, bureau=office.agency, sector="water")
        keys = [content.key for content in one.kind.contents]
        Disclosure.objects.create(enterprise=one, key=keys[0], where="网站", updated_on=ON)
        Disclosure.objects.create(enterprise=one, key=keys[1], where="网站", updated_on=ON, fault="打不开")
        assert value("standards.enterprises", office.agency) == (1, len(keys))

    def test_a_place_with_nothing_wrong(self, office):
        place = Place.objects.create(agency=office.agency, name="体验区", address="路1号")
        zone = Zone.objects.create(place=place, number="1")
        assert value("standards.zones", office.agency) == (0, 1)
        zone.unities = dict.fromkeys(("layout", "signs", "equipment", "management"), "2026-09-01")
        zone.save()
        zone.seasons.create(name="全年", from_month=1, from_day=1, until_month=12, until_day=31, hours="9—17")
        zone.patrols.create(on=ON, by=office.clerk)
        assert value("standards.zones", office.agency) == (1, 1)


def test_matters_are_joined_and_cooperations_told(office):
    guide = Guide.objects.create(agency=office.agency, name="许可", state="live")
    paused = Guide.objects.create(agency=office.agency, name="停办的", state="paused")
    for title, joined, part in (
        ("甲", ["told"], guide),
        ("乙", ["told", "net"], guide),
        ("丙", ["told", "net"], paused),
    ):
        made = Matter.objects.create(
            title=title, joined=joined, lead=office.agency, state="live", changed_at=moment(2026, 9, 1)
        )
        made.parts.create(guide=part)
    assert value("services.matters", office.agency) == (1, 3)
    given = {"circle": "delta", "mode": "whole", "area": "沪苏浙皖", "lead": office.agency}
    Cooperation.objects.create(name="甲", progress="已经开通", updated_on=ON - 90 * DAY, **given)
    Cooperation.objects.create(name="乙", handled=3, updated_on=ON - 91 * DAY, **given)
    Cooperation.objects.create(name="丙", updated_on=ON, **given)
    assert value("services.cooperation", office.agency) == (1, 3)


def test_talks_of_which_the_public_finds_what_came(office):
    span = {"starts_at": moment(2026, 5, 6, 9), "ends_at": moment(2026, 5, 6, 11)}
    own = {"agency": office.agency} | span
    told = office.publish(at=moment(2026, 5, 8), made_on=date(2026, 5, 8), title="访谈实录")
    for record in (told, None):
        Interview.objects.create(
            title="谈",
            topic="谈",
            questions_until=span["starts_at"],
            closed_at=span["ends_at"],
            transcript=record,
            **own,
        )
    notice = office.publish(at=moment(2026, 5, 1), made_on=date(2026, 5, 1), title="开放日公告")
    Event.objects.create(
        kind="open_day",
        title="开放日",
        place="厂",
        record=notice,
        outcome="收到三条",
        held_at=moment(2026, 5, 9),
        **own,
    )
    Broadcast.objects.create(agency=office.agency, title="问政", held_on=date(2026, 5, 20))
    assert value("engagement.talks", office.agency) == (2, 4)
    assert value("engagement.talks", office.agency, date(2026, 5, 7)) == (0, 3)


def test_searches_stand_with_the_office_and_rare_words_are_not_said(office):
    Agency.objects.update(address="望湖路1号")
    for text, asked, found, ago in (("低保", 3, 4, 0), ("某某某", 1, 0, 29), ("旧词", 9, 9, 30), ("问", 0, 0, 0)):
        QueryDay.objects.create(text=text, kind="search", on=ON - ago * DAY, asked=asked, found=found)
    QueryDay.objects.create(text="问一问", kind="ask", on=ON, asked=5, found=1)
    assert value("search.found", office.agency) == (1, 2)
    found = figures()["search.found"].things([office.agency.pk], ON)
    assert {one.title for one in found.shown(found.rows)} == {"“低保”", "打得少的词"}
    assert figures()["search.found"].count([], ON) == {}


class TestLeading:
    """一项任务先写几个数:没有达到目标的,再各条一个。"""

    def of(self, key, part, whole, *clauses, target=None):
        figure = of_things(lambda agencies, on: [], key=key, label=key, above="", below="", clauses=clauses)
        return counts.Count(replace(figure, target=target), ON, {1: Proportion(part, whole)})

    def test_what_misses_its_target_stands_first_and_then_one_for_each_clause(self):
        found = [self.of(*one) for one in (("a", 9, 10, "1.1"), ("b", 9, 10, "1.1"), ("c", 0, 0, "1.2"))]
        found += [self.of("d", 9, 10, "1.3"), self.of("e", 2, 10, "1.1", target=Fraction(3, 10))]
        shown, others = counts.leading(found)
        assert [one.figure.key for one in shown] == ["a", "d", "e"]
        assert [one.figure.key for one in others] == ["b", "c"]
        assert counts.leading(found[:2]) == (found[:2], [])

    def test_a_narrow_place_has_the_counts_and_a_rate_where_there_are_enough(self):
        said = [self.of("x", part, whole).briefly for part, whole in ((6, 7), (353, 383), (40, 40), (0, 0))]
        assert said == ["6／7", "353／383，92.2%", "40／40", "没有可数的"]


def test_the_brief_keeps_to_two_pages_however_much_there_is():
    owed = tuple(
        brief.Owed("明湖区住房和城乡建设局", "公共租赁住房分配结果空缺" * 5, "2026-10-31")
        for _ in range(brief.MOST_LATE)
    )
    items = tuple(
        brief.Item(numeral(n), "规范政府信息公开年报编制发布", 1, 9, "逾期", "逾期：摸清政府历史信息底数" * 4)
        for n in range(1, 15)
    )
    lines = tuple(brief.Line("便民服务和政策解读类推送占比", "6/7（49%—97%）", 6, 7, "") for _ in range(75))
    full = brief.Brief(
        "月报", "方案", "2026-10-31", 1, 60, items, lines, owed, 3, owed[: brief.MOST_CORRECTIONS], 2
    )
    assert len(PdfDocument(brief.pdf(full))) == 2


def test_support_of_the_year_is_entered_and_the_register_is_filtered(client, office):
    other = Office("MH0108", "明湖区司法局")
    for own, year in ((office, 2025), (office, 2026), (other, 2025)):
        given = {"year": year, "full_time": 1, "part_time": 0, "budget": Decimal(6), "places": f"场地{year}"}
        actions.enter_support(own.agency, given, by=own.clerk, at=moment(2026, 2, 9))
    assert value("supervision.supported", office.agency) == (1, 1)
    assert value("supervision.supported", other.agency) == (0, 1)
    assert value("supervision.supported", office.agency, date(2026, 2, 8)) == (0, 1)
    client.force_login(office.inspector)
    address = reverse("desk:supervision_supports")
    assert client.get(address).content.decode().count("场地20") == 3
    page = client.get(f"{address}?agency=MH0101&year=2026").content.decode()
    assert "场地2026" in page and "场地2025" not in page
    assert "没有符合筛选的登记" in client.get(f"{address}?year=2020").content.decode()
    sheet = client.get(f"{address}?agency=MH0108&format=csv")
    assert b"".join(sheet.streaming_content).decode().count("场地") == 2, "表头和一行"


def test_of_what_is_better_fewer_those_that_count_are_shown(client, monkeypatch):
    desk = Desk()
    for outcome in ("petition", "provided"):
        case = desk.case("2026-03-02")
        case.counted_on, case.counted_outcome = date(2026, 3, 10), outcome
        case.save()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(2026, 10, 12))
    client.force_login(desk.inspector)
    address = reverse("desk:supervision_behind") + "?key=foi.petitions"
    whole, only = (client.get(address + more).content.decode() for more in ("", "&only=misses"))
    numbers = list(type(case).objects.order_by("pk").values_list("number", flat=True))
    assert all(number in whole for number in numbers) and "没有做到" not in whole and whole.count(">计入<") == 1
    assert numbers[0] in only and numbers[1] not in only
