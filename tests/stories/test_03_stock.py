"""任务三:规范性文件统一登记、统一编号、统一公布,效力一清二楚,清理结果落到每一件的页面上。

签发即登记 → 公众在文件库里按年份、机关、有效性找 → 区政府办开始清理,法制机构逐件定结论 → 公布结果、办结 → 原页标明、任何一天的文本查得到。
"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.policies.models import Batch, Document

pytestmark = pytest.mark.django_db


def test_from_register_to_clean_up(client, office):
    for seq, (title, body) in enumerate(
        (
            ("渣土运输办法", "渣土车应当密闭"),
            ("夜市管理办法", "夜市在划定的区域经营"),
            ("煤炭票证办法", "凭票供应"),
        ),
        1,
    ):
        office.publish(
            "normative",
            title=title,
            doc_number=f"明政办发〔2024〕{seq}号",
            made_on=date(2024, 8, 26),
            effective_on=date(2024, 9, 1),
            genre="通知",
            body=f"<p>{body}。</p>",
        )
    numbers = list(Document.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [f"ZJMH00-2024-000{n}" for n in (1, 2, 3)]

    client.force_login(office.office)
    client.post(reverse("desk:policies_open_batch"), {"name": "2025年清理", "cutoff": "2024-12-31"})
    batch = Batch.objects.get()
    client.force_login(office.legal)
    ends = {
        "渣土运输办法": ("keep", ""),
        "夜市管理办法": ("amend", "机构名称变了"),
        "煤炭票证办法": ("lapse", "早已不用票证"),
    }
    for one in Document.objects.select_related("record"):
        outcome, reason = ends[str(one)]
        client.post(
            reverse("desk:policies_ruling", args=[batch.pk, one.pk]), {"outcome": outcome, "reason": reason}
        )
    result = office.publish(title="关于公布清理结果的通知")
    client.force_login(office.office)
    response = client.post(
        reverse("desk:policies_close", args=[batch.pk]), {"result": result.index_number, "on": "2025-06-01"}
    )
    assert response.status_code == 302

    client.logout()
    library = reverse("public:policies")
    ended = client.get(library, {"validity": "ended"}).content.decode()
    assert "煤炭票证办法" in ended and "渣土运输办法" not in ended
    gone = Document.objects.get(record__title="煤炭票证办法")
    page = client.get(gone.record.get_absolute_url()).content.decode()
    assert "本文件自2025-06-01起废止或者失效" in page and "凭票供应" in page
    before = client.get(gone.get_absolute_url(), {"on": "2025-05-31"}).content.decode()
    assert ">有效<" in before and "凭票供应" in before
    after = client.get(gone.get_absolute_url(), {"on": "2025-06-01"}).content.decode()
    assert ">失效<" in after and "自2025年6月1日起，本文件被《关于公布清理结果的通知》宣布失效。" in after
    kept = client.get(Document.objects.get(record__title="渣土运输办法").get_absolute_url()).content.decode()
    assert "确认继续有效" in kept
