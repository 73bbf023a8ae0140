"""规范性文件:签发即登记、不重号;变动记一行,页面随之变;任何一天的文本;清理办结一并生效。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from gongkai.law.errors import RuleBroken
from gongkai.law.normative import EffectKind
from gongkai.law.validity import Validity
from gongkai.policies import actions, library
from gongkai.policies.models import Batch, Document
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import RelationKind
from tests.records.office import AT, Office

ON = AT.date()


def document(office, title="停车办法", seq=1, **more):
    wanted = {"title": title, "doc_number": f"明政办发〔2024〕{seq}号", "effective_on": ON, "genre": "通知"}
    record = office.publish("normative", **{**wanted, **more})
    return Document.objects.get(record=record)


def happen(office, one, kind, on=None, **more):
    return actions.happen(
        one, EffectKind(kind), by=office.office, at=AT, on=on, **{"source_note": "明政发〔2025〕3号", **more}
    )


def test_signed_is_registered_in_order(office):
    found = [document(office, f"办法{n}", n).number for n in (1, 2, 3)]
    assert found == ["ZJMH00-2024-0001", "ZJMH00-2024-0002", "ZJMH00-2024-0003"]
    assert not Document.objects.filter(record__type="document").exists()


def test_no_number_twice(office):
    document(office)
    with pytest.raises(RuleBroken, match=r"明政办发〔2024〕1号已经登记给《停车办法》"):
        document(office, "别的办法", 1)
    assert Document.objects.count() == 1 and not Record.objects.filter(title="别的办法").first().live


def test_what_was_signed_before_is_registered_later(office):
    one = document(office)
    record = one.record
    one.delete()
    again = actions.register(record, by=office.legal, at=AT)
    assert actions.register(record, by=office.legal, at=AT) == again and again.number.endswith("0002")
    with pytest.raises(RuleBroken, match="只登记已经签发"):
        actions.register(office.draft().record, by=office.legal, at=AT)
    with pytest.raises(PermissionDenied):
        actions.register(record, by=office.clerk, at=AT)


def test_the_legality_review_is_kept(office):
    one = document(office)
    kept = {"number": "明司审〔2024〕7号", "on": ON, "reviewer": "明湖区司法局", "by": office.legal, "at": AT}
    with pytest.raises(RuleBroken, match="没有写审核意见"):
        actions.review(one, opinion=" ", **kept)
    assert actions.review(one, opinion="内容合法。", **kept).review_number == "明司审〔2024〕7号"


def test_repealed(office, client):
    old, new = document(office), document(office, "新办法", 2)
    happen(office, old, "repeal", date(2024, 10, 1), source=new.record)
    old.record.refresh_from_db()
    assert old.record.repealed_on == date(2024, 10, 1)
    assert old.state(date(2024, 9, 30)).validity is Validity.IN_FORCE
    assert old.state(date(2024, 10, 1)).validity is Validity.REPEALED
    assert old.record.relations_in.filter(kind=RelationKind.REPEALS).exists()
    text = client.get(old.record.get_absolute_url()).content.decode()
    assert "废止：《新办法》明政办发〔2024〕2号，自2024-10-01起" in text
    with pytest.raises(RuleBroken, match="已经废止"):
        happen(office, old, "amend", date(2024, 11, 1))


def test_amended_with_its_text(office, client):
    one, by = document(office, body="<p>原来的第五条。</p>"), document(office, "修改决定", 2)
    edition = records.revise(one.record, by=office.clerk, at=AT, change_note="按修改决定修改")
    edition = records.save(
        edition, {"body": "<p>改过的第五条。</p>"}, by=office.clerk, at=AT, revision=edition.revision
    )
    office.sign(edition)
    happen(
        office, one, "amend", date(2025, 1, 1), source=by.record, articles="第五条", edition=office.fresh(edition)
    )
    url = one.get_absolute_url()
    before, after = (client.get(url, {"on": day}).content.decode() for day in ("2024-12-31", "2025-01-01"))
    assert "原来的第五条" in before and "改过的第五条" not in before
    assert "改过的第五条" in after and "有效，已修改" in after
    assert "自2025年1月1日起，本文件被《修改决定》（明政办发〔2024〕2号）修改，修改第五条。" in after
    assert "还没有制定" in client.get(url, {"on": "2020-01-01"}).content.decode()
    assert "不是日期" in client.get(url, {"on": "昨天"}).content.decode()


def test_of_unknown_date(office, client):
    one = document(office)
    happen(office, one, "repeal_part", by_day=date(2026, 1, 1), articles="第三条")
    text = client.get(one.get_absolute_url(), {"on": "2025-01-01"}).content.decode()
    assert (
        "日期不明、最迟不晚于2026年1月1日，本文件被明政发〔2025〕3号废止第三条。" in text
        and "可能已经废止部分条款" in text
    )


def test_extended(office):
    one = document(office, expires_on=date(2026, 8, 31))
    happen(office, one, "extend", date(2026, 8, 1), until=date(2028, 8, 31))
    one.refresh_from_db()
    assert (one.own_expires_on, one.record.expires_on) == (date(2026, 8, 31), date(2028, 8, 31))
    assert one.record.live.expires_on == date(2028, 8, 31)
    assert one.state(date(2027, 1, 1)).validity is Validity.IN_FORCE
    assert one.state(date(2028, 9, 1)).validity is Validity.EXPIRED


def test_suspended_shows_on_the_page(office, client):
    one = document(office)
    happen(office, one, "suspend", ON)
    assert ">暂停执行<" in client.get(one.record.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("amend", {}, "没有写自何日起"),
        ("amend", {"on": ON, "source_note": " "}, "没有写依据"),
        ("extend", {"on": ON}, "没有写延长到哪天"),
        ("suspend", {"on": ON, "until": ON - timedelta(days=1)}, "却自"),
        ("amend", {"on": date(2001, 1, 1)}, "早于成文日期"),
    ],
)
def test_what_cannot_have_happened(office, kind, more, said):
    one = document(office)
    with pytest.raises(RuleBroken, match=said):
        happen(office, one, kind, **more)
    with pytest.raises(RuleBroken, match="不能是这件文件自己"):
        happen(office, one, "amend", ON, source=one.record)
    with pytest.raises(RuleBroken, match="签发过的版本"):
        happen(office, one, "amend", ON, edition=document(office, "别的", 9).record.live)


def test_cleaned_up_in_one_act(office):
    keep, amend, repeal, lapse = (document(office, f"办法{n}", n) for n in (1, 2, 3, 4))
    batch = actions.open_batch("2024年清理", ON, by=office.office, at=AT)
    with pytest.raises(RuleBroken, match="已经有"):
        actions.open_batch("2024年清理", ON, by=office.office, at=AT)
    result = office.publish(title="关于公布清理结果的通知")
    with pytest.raises(RuleBroken, match="还有4件没有结论"):
        actions.close(batch, result, ON, by=office.office, at=AT)
    for one, outcome in ((keep, "keep"), (amend, "amend"), (repeal, "repeal"), (lapse, "lapse")):
        if outcome != "keep":
            with pytest.raises(RuleBroken, match="没有写理由"):
                actions.rule(batch, one, outcome, "", by=office.legal, at=AT)
        actions.rule(batch, one, outcome, "已经不适应", by=office.legal, at=AT)
    with pytest.raises(RuleBroken, match="还没有公开"):
        actions.close(batch, office.draft().record, ON, by=office.office, at=AT)
    day = date(2024, 12, 1)
    actions.close(batch, result, day, by=office.office, at=AT)
    states = [one.state(day).validity for one in (keep, amend, repeal, lapse)]
    assert states == [Validity.IN_FORCE, Validity.IN_FORCE, Validity.REPEALED, Validity.EXPIRED]
    assert Record.objects.filter(repealed_on=day).count() == 2
    with pytest.raises(RuleBroken, match="已经办结"):
        actions.rule(batch, keep, "keep", "", by=office.legal, at=AT)
    assert "经《关于公布清理结果的通知》确认继续有效" in [words for _, words, _ in library.history(keep, day)][1]
    assert Batch.objects.get().result == result


def test_outside_the_scope(office):
    later = document(office, made_on=ON)
    batch = actions.open_batch("清理", date(2023, 12, 31), by=office.office, at=AT)
    with pytest.raises(RuleBroken, match="不在清理的范围里"):
        actions.rule(batch, later, "keep", "", by=office.office, at=AT)


def test_the_library(client, office):
    town = Office(code="MH0112", name="明湖区住房和城乡建设局", number_codes=["明建发"])
    document(office, "停车办法", 1, expires_on=date(2024, 12, 31))
    document(office, "绿化意见", 2, genre="意见", expires_on=timezone.localdate() + timedelta(days=20))
    water = document(office, "供水规定", 4)
    happen(office, water, "amend", date(2024, 10, 1), articles="第二条")
    document(town, "房屋办法", 3, doc_number="明建发〔2024〕1号", effective_on=date(2099, 1, 1))
    url = reverse("public:policies")

    def found(**query):
        text = client.get(url, query).content.decode()
        return "".join(
            mark
            for mark, name in zip("停绿房供", ("停车办法", "绿化意见", "房屋办法", "供水规定"), strict=True)
            if f">{name}<" in text
        )

    cases = (
        ({}, "绿房供"),
        ({"validity": "all"}, "停绿房供"),
        ({"validity": "ended"}, "停"),
        ({"validity": "pending"}, "房"),
        ({"validity": "in_force"}, "绿供"),
        ({"validity": "closing"}, "绿"),
        ({"validity": "amended"}, "供"),
        ({"genre": "意见"}, "绿"),
        ({"agency": "MH0112"}, "房"),
        ({"year": "2024"}, "绿房供"),
        ({"year": "1999"}, ""),
        ({"q": "办法"}, "停房"),
        ({"q": "ZJMH00-2024-0002"}, "绿"),
        ({"q": "明建发〔2024〕1号"}, "房"),
        ({"year": "x", "validity": "y"}, "绿房供"),
    )
    assert [found(**query) for query, _ in cases] == [wanted for _, wanted in cases]
    table = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode()
    assert "ZJMH00-2024-0001,停车办法" in table and "失效" in table
    assert client.get(url, {"format": "xlsx"}).content[:2] == b"PK"
