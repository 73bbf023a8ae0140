"""决策的后台任务:联系方式到期删去,采纳情况告诉留了地址的人,断在中间不丢不重。"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.decisions import actions, jobs
from gongkai.decisions.models import Consultation, Opinion
from gongkai.law.calendar import DAY
from gongkai.law.consultation import Disposition
from gongkai.law.params import at as param
from gongkai.notices import actions as notices
from gongkai.notices.carriers import Answer, Mail
from gongkai.notices.models import Recipient
from gongkai.notices.terms import Result, Way
from gongkai.org.models import LogEntry
from tests.decisions.office import AFTER, Council
from tests.records.office import moment

pytestmark = pytest.mark.django_db
NOON = moment(2026, 9, 15, 12)


@pytest.fixture
def council():
    return Council()


class TestJobs:
    def test_contacts_go_when_they_have_been_kept_long_enough(self, council):
        one = council.round(council.dossier())
        opinion, _ = actions.send_opinion(one, "意见", at=NOON, contact={"email": "a@example.org"})
        actions.answer(
            one, [opinion.pk], Disposition.TAKEN, reason="", shown="意见", by=council.office.clerk, at=AFTER
        )
        council.feed_back(one, at=AFTER)
        assert "0人" in jobs.erase(on=date(2026, 10, 3), at=moment(2026, 10, 3))
        assert "1人" in jobs.erase(on=date(2027, 6, 1), at=moment(2027, 6, 1))
        assert Opinion.objects.get().contact == {} and Opinion.objects.get().text == "意见"
        assert param("decisions.contact_days", date(2027, 6, 1)).note, "管理口径要注明"

    def test_contacts_of_a_round_go_in_one_statement_however_many_there_are(
        self, council, django_assert_num_queries
    ):
        def erased(one, queries):
            with django_assert_num_queries(queries):
                return actions.erase_contacts(one, at=moment(2027, 6, 1))

        first = council.round(council.dossier())
        actions.send_opinion(first, "意见", at=NOON, contact={"email": "a@example.org"})
        second = council.round(council.dossier(title="另一项"))
        for number in range(9):
            contact = {"name": f"某{number}"} if number % 2 else {}
            actions.send_opinion(second, "意见", at=NOON, contact=contact)
        with CaptureQueriesContext(connection) as queries:
            assert actions.erase_contacts(first, at=moment(2027, 6, 1)) == 1
        assert erased(second, len(queries)) == 4, "没有留联系方式的不算"
        assert all(not opinion.contact and opinion.erased_at for opinion in second.opinions.all())
        assert LogEntry.objects.filter(action="decisions.erase").count() == 2

    def told(self, council, *addresses):
        one = council.round(council.dossier())
        for address in addresses:
            actions.send_opinion(one, "意见", at=NOON, contact={"email": address})
        pks = list(one.opinions.values_list("pk", flat=True))
        actions.answer(one, pks, Disposition.TAKEN, reason="", shown="意见", by=council.office.clerk, at=AFTER)
        council.feed_back(one, at=AFTER)
        jobs.queue_results(on=AFTER.date(), at=AFTER)
        jobs.queue_results(on=AFTER.date(), at=AFTER)
        return one

    @staticmethod
    def post(at, carrier):
        notices.spread(at)
        notices.deliver(at, carriers={Way.MAIL: carrier})

    def test_those_who_left_an_address_are_told_once_each(self, council, settings, mailoutbox):
        settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.invalid", "gov@example.org"
        self.told(council, "a@example.org", "a@example.org", "b@example.org", "不是地址")
        for later in (AFTER + DAY, AFTER + DAY * 2):
            self.post(later, Mail())
        assert sorted(letter.to for letter in mailoutbox) == [["a@example.org"], ["b@example.org"]]
        assert "采纳情况" in mailoutbox[0].body
        assert set(Recipient.objects.values_list("address", flat=True)) == {""}, "告诉过了，地址不再留在推送里"

    def test_a_break_in_the_middle_neither_loses_nor_doubles(self, council, settings, monkeypatch):
        settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.invalid", "gov@example.org"
        got = []

        class Breaking:
            def send(self, letter):
                if len(got) == 1 and not self.broken:
                    self.broken = True
                    return Answer(Result.TEMPORARY, "连不上", stop=True)
                got.append(letter.to)
                return Answer(Result.ACCEPTED)

            broken = False

            def close(self):
                return None

        carrier, addresses = Breaking(), [f"{sign}@example.org" for sign in "abcd"]
        real = notices.enqueue

        def cut(*given, **more):
            raise ConnectionError("断电")

        monkeypatch.setattr("gongkai.notices.actions.enqueue", cut)
        with pytest.raises(ConnectionError):
            self.told(council, *addresses)
        assert Consultation.objects.get().told_at is None and not Recipient.objects.exists(), "没有排成的从头来"
        monkeypatch.setattr("gongkai.notices.actions.enqueue", real)
        jobs.queue_results(on=AFTER.date(), at=AFTER)
        for day in range(1, 4):
            self.post(AFTER + DAY * day, carrier)
        assert sorted(got) == addresses
