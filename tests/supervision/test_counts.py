"""存着的数永远等于重数的数:各间屋子里任意先后办事,跟读的可早可晚,一个一个循环数出来都一样。"""

import random
from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.desk.figures import Listing, figures
from gongkai.desk.moments import local_day
from gongkai.engagement import actions as engagement
from gongkai.engagement.models import Letter
from gongkai.law.agencies import Role
from gongkai.law.engagement import LetterKind
from gongkai.law.proportion import Proportion
from gongkai.law.supervision import TaskKind
from gongkai.org.actions import log
from gongkai.org.models import Agency, LogEntry, Membership
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.supervision import actions, counts, jobs
from gongkai.supervision.models import KeptFigure
from gongkai.supervision.shipped import Draft
from tests.conftest import examples
from tests.records.office import Office, moment
from tests.supervision.sample import piece, plan

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 30)


class Life:
    """Two units that do one thing after the other, on later and later days."""

    def __init__(self, seed):
        self.chance, self.read, self.at = random.Random(seed), 0, moment(2026, 3, 2)
        self.units = [Office(), Office("MH0108", "明湖区司法局")]
        tasks = [Draft(one.agency.name, (one.agency.name,), kind=TaskKind.ONCE, due=LAST) for one in self.units]
        self.plan = plan(self.units[0], self.at, *tasks)
        self.records, self.letters = [], []

    def step(self):
        self.at += timedelta(days=self.chance.randrange(1, 12))
        self.chance.choice(
            [self.publish, self.withdraw, self.ask, self.hand_on, self.hear, self.report, self.correct]
        )()

    def unit(self):
        return self.chance.choice(self.units)

    def publish(self):
        made_on = local_day(self.at) - timedelta(days=self.chance.choice((0, 90)))
        self.records.append((one := self.unit(), one.publish(at=self.at, made_on=made_on)))

    def withdraw(self):
        if self.records:
            one, record = self.records.pop(self.chance.randrange(len(self.records)))
            records.withdraw(record, "retracted", reason="有误", on=local_day(self.at), by=one.head, at=self.at)

    def ask(self):
        self.letters.append(
            engagement.send_letter(self.unit().agency, LetterKind.CONSULT, "题", "文", at=self.at)[0]
        )

    def hand_on(self):
        if self.letters:
            letter = Letter.objects.get(pk=self.letters.pop().pk)
            own = next(one for one in self.units if one.agency == letter.agency)
            other = next(one for one in self.units if one is not own)
            engagement.transfer(letter, other.agency, "归它管", by=own.clerk, at=self.at)

    def hear(self):
        one = self.unit()
        given = {
            "held_on": local_day(self.at),
            "meeting": "party",
            "name": "党组会",
            "presider": "局长",
            "by_head": self.chance.random() < 0.7,
            "evidence": "纪要",
        }
        actions.enter_hearing(one.agency, given, on=local_day(self.at), by=one.clerk, at=self.at)

    def report(self):
        number = self.chance.randrange(2)
        proofs = [actions.Proof(record) for one, record in self.records if one is self.units[number]][:1]
        actions.report(
            piece(self.plan, number),
            self.units[number].agency,
            "办",
            proofs=proofs,
            by=self.units[number].clerk,
            at=self.at,
        )

    def correct(self):
        on, one = local_day(self.at), self.units[0]
        actions.issue_correction(
            self.unit().agency,
            "问题",
            "事实",
            "改",
            due_on=on + timedelta(days=20),
            on=on,
            by=one.office,
            at=self.at,
        )

    def follow(self):
        """The worker reads on, sometimes late."""
        entries = list(LogEntry.objects.filter(seq__gt=self.read).order_by("seq"))
        if entries and self.chance.random() < 0.6:
            jobs.follow(entries)
            self.read = entries[-1].seq


def plainly(figure, on):
    """The figure by going through every thing behind it, one after the other."""
    agencies = [one.pk for one in Agency.objects.all() if not one.ended_on or one.ended_on > on]
    found = figure.things(agencies, on)
    things = found.shown(found.rows) if isinstance(found, Listing) else found
    counted = {}
    for thing in things:
        part, whole = counted.get(thing.agency, (0, 0))
        counted[thing.agency] = (part + int(thing.counts), whole + 1)
    return counted


@pytest.mark.parametrize("seed", range(examples(4)))
def test_no_figure_differs_from_its_recount(seed):
    life, kept = Life(seed), 0
    for _ in range(12):
        life.step()
        life.follow()
        on = local_day(life.at)
        kept += KeptFigure.objects.filter(on=on).count()
        for key, count in counts.counted(on).items():
            shown = {pk: (one.part, one.whole) for pk, one in count.by_agency.items()}
            assert shown == plainly(figures()[key], on), (key, on)
    assert kept, "存着的数一次也没有用上"


def test_a_plain_loop_over_the_tables_finds_the_same():
    life = Life(1)
    for _ in range(15):
        life.step()
    on = local_day(life.at)
    for agency in Agency.objects.all():
        timely = due = 0
        for record in Record.objects.all():
            if record.agency_id == agency.pk and record.is_public(life.at) and record.publication_due_on:
                due, timely = due + 1, timely + (not record.late)
        one = counts.counted(on)["records.timely"].of_agency(agency.pk)
        assert (one.part, one.whole) == (timely, due)


def test_the_whole_district_is_no_mean_of_means():
    first, second = Office(), Office("MH0108", "明湖区司法局")
    for number in range(3):
        first.publish(at=moment(2026, 3, 2), made_on=date(2026, 3, 2), title=f"第{number}件通知")
    second.publish(at=moment(2026, 6, 2), made_on=date(2026, 3, 2))
    whole = counts.counted(date(2026, 7, 1))["records.timely"].whole
    assert (whole.part, whole.whole) == (3, 4)


def test_month_ends_are_kept_and_other_old_days_dropped():
    Office()
    for day in (date(2026, 6, 30), date(2026, 7, 15)):
        actions.keep(day, ["org.staffed"])
    said = jobs.month(on=date(2026, 10, 1), at=moment(2026, 10, 1))
    assert "清掉1个旧的" in said
    assert set(KeptFigure.objects.values_list("on", flat=True)) == {date(2026, 6, 30), date(2026, 9, 30)}


def test_a_day_before_a_rule_has_nothing_to_count_by_it():
    Office().publish()
    assert counts.counted(date(2010, 3, 1))["supervision.hearings"].whole.whole == 0


def test_while_the_log_is_read_from_far_behind_nothing_is_kept():
    own = Office()
    for number in range(3):
        own.publish(title=f"第{number}件通知")
    entries = list(LogEntry.objects.order_by("seq"))
    jobs.follow(entries[:3])
    assert not KeptFigure.objects.exists()
    jobs.follow(entries[3:])
    assert KeptFigure.objects.exists()


class TestWithoutAPast:
    """没有留下以前样子的数:过去的一天只有当天存下的才算,没有存的写明,不是零。"""

    TODAY = date(2026, 10, 1)

    def of(self, day, key="org.staffed"):
        return counts.counted(day, [key], today=self.TODAY)[key]

    def test_a_day_that_was_not_kept_is_said(self):
        Office()
        missing = self.of(date(2026, 9, 12))
        assert (missing.is_kept, missing.in_words, missing.meets) == (False, "这一天没有存", None)
        assert missing.nothing == "这一天没有存"
        assert self.of(self.TODAY).whole.whole == 1 and self.of(date(2026, 9, 12), "records.timely").is_kept

    def test_a_kept_day_stays_what_it_was(self):
        own = Office()
        actions.keep(date(2026, 9, 12), ["org.staffed"])
        before = self.of(date(2026, 9, 12)).whole
        Membership.objects.filter(role=Role.CLERK).delete()
        org_log(own)
        after = self.of(date(2026, 9, 12))
        assert after.whole == before == Proportion(1, 1) and self.of(self.TODAY).whole == Proportion(0, 1)

    def test_nothing_is_kept_of_a_day_that_is_over(self):
        Office()
        assert actions.keep(date(2026, 9, 12), ["org.staffed"], today=self.TODAY) == 0
        assert not KeptFigure.objects.exists()

    def test_the_pages_say_it(self, client, monkeypatch):
        own = Office()
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment(2026, 10, 1, 9))
        client.force_login(own.inspector)
        listed = client.get(reverse("desk:supervision_figures") + "?on=2026-09-12").content.decode()
        line = listed.split("信息员配备率")[1].split("</tr>")[0]
        assert "这一天没有存" in line and "0/0" not in line
        page = client.get(reverse("desk:supervision_behind") + "?key=org.staffed&on=2026-09-12").content.decode()
        assert "的数没有存" in page and "没有做到</span>" not in page


class TestTooSlow:
    """没有存、现数太慢的一天:页面马上说,后台数好以后看得到。"""

    DAY, NOW = date(2026, 3, 12), moment(2026, 10, 1, 9)

    def test_it_is_said_at_once_and_counted_in_the_background(self, client, monkeypatch):
        own = Office()
        own.publish(at=moment(2026, 3, 2), made_on=date(2026, 3, 2))
        actions.keep(date(2026, 9, 30), ["records.timely"])
        KeptFigure.objects.update(seconds=9.5)
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.NOW)
        client.force_login(own.inspector)
        address = f"{reverse('desk:supervision_figures')}?on={self.DAY}"

        def line():
            page = client.get(address).content.decode()
            return page, page.split("按时公开率")[1].split("</tr>")[0]

        page, said = line()
        assert "这一天还没有数" in said and "在后台数这一天" in page
        behind = client.get(f"{reverse('desk:supervision_behind')}?key=records.timely&on={self.DAY}")
        assert "的数还没有数" in behind.content.decode()
        client.post(reverse("desk:supervision_ask_day"), {"on": str(self.DAY)})
        assert "已经排上" in line()[0]
        assert jobs.asked(at=self.NOW) == "数好1天" and jobs.asked(at=self.NOW) is None
        page, said = line()
        assert "1/1" in said and "在后台数这一天" not in page
        jobs.month(on=date(2026, 10, 2), at=moment(2026, 10, 2))
        assert KeptFigure.objects.filter(on=self.DAY).exists(), "有人要看的一天不当天清掉"

    def test_what_was_quick_is_counted_on_the_spot(self):
        Office().publish(at=moment(2026, 3, 2), made_on=date(2026, 3, 2))
        actions.keep(date(2026, 9, 30), ["records.timely"])
        found = counts.counted(self.DAY, ["records.timely"], today=date(2026, 10, 1), patience=1.0)[
            "records.timely"
        ]
        assert found.is_kept and found.whole == Proportion(1, 1)


def org_log(own):
    log("org.membership", "撤去一人", at=moment(2026, 9, 20), by=own.office, agency=own.agency)
