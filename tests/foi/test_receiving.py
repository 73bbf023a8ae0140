"""收件:联系不上的平常信函、可疑的证件、没有代字的单位。"""

from datetime import date

import pytest

from gongkai.foi import actions, personal
from gongkai.foi.models import Counter
from tests.foi.desk import IDENTITY, Desk, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_plain_mail_whose_sender_cannot_be_reached_counts_from_its_arrival(desk):
    one, _ = actions.register(
        desk.intake(),
        "plain_mail",
        date(2025, 2, 18),
        by=desk.clerk,
        at=moment("2025-02-20"),
        unreached="2月18日、19日按来信电话各打两次，无人接听",
    )
    assert one.received_on == date(2025, 2, 18) and one.confirmed_on is None
    assert one.evidence.startswith("联系不上申请人：2月18日")


@pytest.mark.parametrize(
    "kind, paper, number, said",
    [
        ("person", "居民身份证", IDENTITY, "居民身份证号码不对"),
        ("person", "居民身份证", "11010119900307000", "居民身份证号码不对"),
        ("person", "护照", "E00000000", ""),
        ("business", "统一社会信用代码", "91330211MA0000000X", "统一社会信用代码不对"),
        ("business", "居民身份证", IDENTITY, "申请人是单位"),
        ("business", "营业执照", "330211000000000", ""),
    ],
)
def test_a_doubtful_paper_is_warned_of_and_not_refused(desk, kind, paper, number, said):
    person = {"name": "明湖某公司", "identity_kind": paper, "identity": number, "phone": "0571-00001234"}
    one = desk.submit("2025-02-20", applicant_kind=kind, personal=person)
    assert said in "".join(personal.doubts(one)) and bool(personal.doubts(one)) == bool(said)


def test_a_unit_without_a_letter_mark_numbers_nothing(desk):
    desk.agency.letter_code = ""
    desk.agency.save()
    application = desk.case("2025-02-20")
    letter = desk.letter(application, "correction", "2025-02-21", defects="年度", guidance="写明年度", days="15")
    assert letter.number == "" and not Counter.objects.filter(kind="correction").exists()
    assert actions.preview(letter, letter.issued_on).day == "2025年2月21日"
