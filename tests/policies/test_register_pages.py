"""工作台的规范性文件页面:登记簿、缺号重号、效力变动、审核、清理;后台的提醒。"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.org.models import LogEntry
from gongkai.policies import actions, jobs
from gongkai.policies.models import Batch, Document
from tests.policies.test_register import AT, ON, document


@pytest.fixture
def desk(client, office):
    def go(who, where, /, *args, query=None, **data):
        client.force_login(getattr(office, who))
        url = reverse(f"desk:{where}", args=args)
        response = client.post(url, data) if data else client.get(url, query or {})
        return response, response.content.decode() if not response.streaming else b"".join(response).decode()

    return go


def test_lists(desk, office):
    document(office, "有期限的", 1, expires_on=date(2024, 12, 1))
    document(office, "没期限的", 2)
    lost = document(office, "没登记的", 3)
    Document.objects.filter(pk=lost.pk).delete()
    shown = {}
    for key in ("all", "unreviewed", "termless", "missing", "no"):
        _, text = desk("legal", "policies_register", query={"list": key})
        shown[key] = "".join(
            mark
            for mark, name in (("1", "有期限的"), ("2", "没期限的"), ("3", "没登记的"))
            if f"{name}</a>" in text
        )
    assert shown == {"all": "12", "unreviewed": "12", "termless": "2", "missing": "3", "no": "12"}
    _, table = desk("legal", "policies_register", query={"format": "csv"})
    assert "有期限的" in table
    response, _ = desk("legal", "policies_enter", lost.record_id, go="1")
    assert "/policies/register/" in response.url and Document.objects.filter(record=lost.record_id).exists()


def test_gaps_and_repeats(desk, office):
    for seq in (1, 4):
        document(office, f"办法{seq}", seq)
    office.publish(title="重号的通知", doc_number="明政办发〔2024〕4号")
    _, text = desk("clerk", "policies_numbers")
    assert "2、3" in text and "重号的通知" in text and "办法4" in text


def test_an_effect_and_a_review(desk, office):
    one, by = document(office), document(office, "新办法", 2)
    response, text = desk("office", "policies_effect", one.pk, kind="repeal", on="2024-10-01", source="没有这个号")
    assert response.status_code == 422 and "没有找到“没有这个号”" in text
    response, text = desk("office", "policies_effect", one.pk, kind="repeal", source=by.record.doc_number)
    assert response.status_code == 422 and "没有写自何日起" in text
    desk("office", "policies_effect", one.pk, kind="repeal", on="2024-10-01", source=by.record.doc_number)
    _, text = desk("clerk", "policies_document", one.pk)
    assert "自2024年10月1日起，本文件被《新办法》（明政办发〔2024〕2号）废止。" in text
    assert "没有写有效期" in text
    desk("legal", "policies_review", one.pk, on="2024-08-20", reviewer="区司法局", opinion="合法。")
    _, text = desk("clerk", "policies_document", one.pk)
    assert "区司法局" in text and "合法。" in text


def test_a_clean_up_from_beginning_to_end(desk, office):
    one, two = document(office), document(office, "老办法", 2)
    desk("office", "policies_open_batch", name="2024年清理", cutoff=ON.isoformat())
    batch = Batch.objects.get()
    _, text = desk("legal", "policies_batch", batch.pk)
    assert "定结论" in text and "老办法" in text
    desk("legal", "policies_ruling", batch.pk, one.pk, outcome="keep", reason="")
    response, _ = desk("legal", "policies_ruling", batch.pk, two.pk, outcome="repeal", reason="")
    assert response.status_code == 422
    desk("legal", "policies_ruling", batch.pk, two.pk, outcome="repeal", reason="任务已经完成")
    _, text = desk("legal", "policies_batch", batch.pk, query={"outcome": "repeal"})
    assert "老办法" in text and "停车办法" not in text
    result = office.publish(title="清理结果")
    response, text = desk("office", "policies_close", batch.pk, result="没有", on="2024-12-01")
    assert response.status_code == 422 and "没有找到" in text
    desk("office", "policies_close", batch.pk, result=result.index_number, on="2024-12-01")
    _, text = desk("legal", "policies_batch", batch.pk)
    assert "已于" in text and "任务已经完成" in text
    _, text = desk("legal", "policies_batches")
    assert "已办结" in text


def test_reminders_on_their_days_and_once_after_the_end(office):
    document(office, expires_on=date(2024, 12, 31))
    said = {
        day: jobs.terms(on=day, at=AT)
        for day in (date(2024, 12, 1), date(2024, 12, 2), date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2))
    }
    assert list(said.values()) == [
        "提醒了1件，0件届满",
        "没有要提醒的",
        "提醒了1件，0件届满",
        "提醒了0件，1件届满",
        "没有要提醒的",
    ]
    assert LogEntry.objects.filter(action="policies.expired").count() == 1


def test_an_extended_one_is_reminded_by_its_new_term(office):
    one = document(office, expires_on=date(2024, 12, 31))
    actions.happen(one, "extend", on=ON, until=date(2026, 12, 31), source_note="某号文", by=office.office, at=AT)
    assert jobs.terms(on=date(2025, 1, 1), at=AT + timedelta(days=120)) == "没有要提醒的"
