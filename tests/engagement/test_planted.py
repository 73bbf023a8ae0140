"""种下去的姓名、证件号、电话:公众看到的每一页、导出、操作记录、数据表里都没有明文;五十个名额从不变成五十一个。"""

import pytest
from django.db import connection
from django.urls import reverse

from gongkai.engagement import actions
from gongkai.engagement.models import Event, Letter, Signup
from gongkai.engagement.terms import Elsewhere, EventKind, SignupState
from gongkai.law.engagement import LetterKind
from gongkai.org.models import LogEntry
from gongkai.records import sealed_files
from tests.adapters.test_personal import ID
from tests.engagement.test_engagement import AT, NEXT, now, office, text_of  # noqa: F401
from tests.foi.test_planted import NAME, PHONE, holds
from tests.records.office import moment
from tests.records.test_concurrency import together

SAID = f"{NAME}（证件号{ID}，电话{PHONE}）"
CONTACT = {"name": NAME, "phone": PHONE, "email": "ouyang@example.org"}
TABLES = ("engagement_", "org_logentry", "notices_", "records_")


def open_day(office, seats):  # noqa: F811
    values = {
        "title": "自来水厂开放日",
        "place": "城西水厂",
        "starts_at": moment(2026, 9, 20, 9),
        "ends_at": moment(2026, 9, 20, 11),
        "seats": seats,
        "signup_until": moment(2026, 9, 15, 18),
    }
    event = actions.hold_event(office.agency, EventKind.OPEN_DAY, values, by=office.clerk, at=AT)
    office.sign(actions.draft_notice(event, by=office.clerk, at=AT), at=AT)
    return Event.objects.get(pk=event.pk)


@pytest.mark.django_db
def test_what_is_planted_is_in_no_public_page_export_log_or_table(office, client, now):  # noqa: F811
    by, head = {"by": office.clerk, "at": NEXT}, {"by": office.head, "at": NEXT}
    letters = []
    for kind in LetterKind:
        letter, _ = actions.send_letter(
            office.agency,
            kind,
            f"{NAME}的事",
            f"{SAID}说路灯不亮。",
            at=AT,
            contact=CONTACT,
            consents_content=True,
            files=[(f"{NAME}的证件{ID}.txt", SAID.encode())],
        )
        actions.open_letter_file(letter, letter.files.get().pk, by=office.clerk, at=NEXT)
        letters.append(actions.accept(letter, **by))
    shown, merged, turned, *_ = letters
    actions.draft_reply(shown, "已经修好。", **by)
    actions.reply(shown, answered_all=True, **head)
    actions.rate(shown, 1, SAID, at=NEXT)
    actions.revisit(shown, f"{SAID}说灯又坏了", **by)
    actions.publish_letter(shown, "路灯不亮", "路灯不亮。", "已经修好。", **head)
    actions.read_contact(shown, **by)
    actions.merge(merged, shown, **by)
    record = office.publish(at=AT)
    actions.convert(turned, Elsewhere.CORRECTION, "正在改", record=record, **by)
    event = open_day(office, 2)
    actions.sign_up(event, {"name": NAME, "reach": PHONE}, at=NEXT)
    now(NEXT)
    public = [
        reverse("public:letters"),
        reverse("public:letters") + "?kind=consult",
        reverse("public:events"),
        reverse("public:event_sign_up", args=[event.pk]),
        Letter.objects.get(pk=shown.pk).get_absolute_url(),
        event.record.get_absolute_url(),
        record.get_absolute_url(),
    ]
    faults = {}
    for url in public:
        page = client.get(url)
        assert page.status_code == 200, url
        faults[url] = holds(page.content)
    for letter in letters[1:]:
        assert client.get(reverse("public:letter", args=[letter.pk])).status_code == 404
    client.force_login(office.clerk)
    export = client.get(reverse("desk:engagement_letters") + "?format=csv&kind=consult")
    faults["csv"] = holds(b"".join(export.streaming_content))
    page = text_of(client.get(reverse("desk:engagement_letter", args=[shown.pk])))
    assert CONTACT["email"] not in page, "工作台上的联系方式是遮住的"
    files = page.partition("<h2>附的文件</h2>")[2].partition("</section>")[0]
    assert files and holds(files.encode()) == [], "文件名也是遮住的"
    opened = LogEntry.objects.filter(action="engagement.personal").count()
    assert opened == 1 + len(letters), "联系方式看过一次，每个文件打开过一次"
    kept = b"".join(path.read_bytes() for path in sealed_files.root().glob("??/*"))
    faults["files"] = holds(kept)
    assert kept
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(TABLES):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                faults[table] = holds("\n".join(map(str, cursor.fetchall())).encode())
    assert {where: found for where, found in faults.items() if found} == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite 的写事务本来就一个接一个,测不出同时")
def test_never_one_more_than_the_seats_and_the_order_is_honest(office):  # noqa: F811
    event = open_day(office, 10)
    given = {"name": "甲某", "reach": "0571-00000001"}
    done, faults = together(*(lambda: actions.sign_up(event, given, at=NEXT) for _ in range(30)))
    assert (done, faults) == (30, [])
    states = list(Signup.objects.order_by("number").values_list("state", flat=True))
    assert states == [SignupState.IN] * 10 + [SignupState.WAITING] * 20
