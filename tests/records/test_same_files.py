"""撤下一件,别的公开信息里还有同一个文件的。"""

import pytest
from django.urls import reverse

from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import actions
from gongkai.records.models import Record
from tests.records.office import AT
from tests.records.test_withdrawal import withdraw
from tests.web.publisher.test_files import PDF


class TestSameFiles:
    """撤回、涉密撤下的附件,别的公开信息里还有一份的:逐件勾选或者写理由,不能没有人看见。"""

    @pytest.fixture
    def pair(self, office):
        def shown(title: str, *files: tuple[str, bytes]) -> Record:
            edition = office.draft(title=title)
            for name, content in files:
                actions.attach(edition, name, content, by=office.clerk, at=AT)
            office.sign(office.fresh(edition))
            return Record.objects.get(pk=edition.record_id)

        policy = shown("明湖区民宿管理办法", ("名单.pdf", PDF), ("表.txt", "申请表".encode()))
        other = shown("民宿开办一览", ("附件2.pdf", PDF))
        shown("无关的通知", ("别的.txt", "别的内容".encode()))
        return policy, other

    @pytest.mark.parametrize("kind", ["retracted", "confidential", "repealed"])
    def test_it_is_kept_with_a_reason_or_not_at_all(self, office, pair, kind):
        policy, other = pair
        assert [(one.pk, names) for one, names in actions.sharing(policy)] == [(other.pk, ["附件2.pdf"])]
        with pytest.raises(RuleBroken, match=r"《民宿开办一览》里还公开着同样的附件（附件2\.pdf）"):
            withdraw(office, policy, kind, shared={other.pk: " "})
        policy.refresh_from_db()
        assert policy.withdrawn == "" and actions.sharing(other) == [(policy, ["名单.pdf"])]
        withdraw(office, policy, kind, shared={other.pk: "名单已经依法公示。"})
        other.refresh_from_db()
        told = LogEntry.objects.filter(action="records.warn", object_id=str(other.pk)).get()
        left = "没有标明" if kind == "repealed" else "仍然公开"
        assert other.withdrawn == "" and f"{left}，请核对" in told.summary
        # 涉密的,别的单位看到的记录里没有名称
        assert ("民宿管理办法" in told.summary and "已经依法公示" in told.summary) is (kind != "confidential")

    def test_it_goes_along_when_it_is_ticked(self, client, office, pair):
        policy, other = pair
        client.force_login(office.head)
        url = reverse("desk:withdraw", args=[policy.pk])
        page = client.get(url).content.decode()
        assert "里面有同样的附件附件2.pdf" in page and "无关的通知" not in page
        given = {"kind": "retracted", "reason": "内容有误。", "on": "2024-09-03"}
        refused = client.post(url, given)
        assert refused.status_code == 422 and "没有一并撤下，也没有写理由" in refused.content.decode()
        assert client.post(url, given | {f"same{other.pk}": "on"}).status_code == 302
        other.refresh_from_db()
        assert other.withdrawn == "retracted" and actions.sharing(policy) == []

    def test_where_the_paper_moved_nothing_is_asked(self, office, pair):
        policy, other = pair
        withdraw(office, policy, "moved", shared={other.pk: ""})
        policy.refresh_from_db()
        assert policy.withdrawn == "moved"

    def test_a_form_in_another_paper_is_repealed_with_it(self, office, pair):
        policy, other = pair
        withdraw(office, policy, "repealed", also=[other.pk])
        other.refresh_from_db()
        assert (other.withdrawn, other.repealed_on) == ("repealed", policy.withdrawals.get().on)
        # 已经标着废止的,再撤别的也不用再问
        third = office.draft(title="民宿办事须知")
        actions.attach(third, "名单.pdf", PDF, by=office.clerk, at=AT)
        office.sign(office.fresh(third))
        withdraw(office, Record.objects.get(pk=third.record_id), "repealed", shared={other.pk: ""})

    def test_who_withdraws_by_another_act_is_not_stopped_and_the_record_is_told(self, office, pair):
        policy, other = pair
        withdraw(office, policy, "retracted")
        assert LogEntry.objects.filter(action="records.warn", object_id=str(other.pk)).count() == 1
