"""从编目到开放、判定和收紧、申请到销毁、需求、成果、钥匙、用量、引用。"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.adapters.datatable.engine import Filter
from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.law.opendata.terms import Freshness, Opening
from gongkai.opendata import actions, calls, counted, jobs, store
from gongkai.opendata.actions import versions
from gongkai.opendata.models import Citation, Dataset, Key, Usage, Version
from gongkai.opendata.terms import (
    DatasetState,
    DemandOutcome,
    RulingState,
    UseState,
    VersionState,
)
from gongkai.org.models import LogEntry
from tests.opendata.steward import ENTRY, PARKING, Steward
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]
AT = moment(2026, 9, 1, 9)
PHONE = PARKING.replace("柳堤停车场,柳堤路3号", "柳堤停车场,13800138000")


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def steward(office):
    return Steward(office.agency, office.people, AT)


def files_of(version):
    folder = store.shown(version)
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


class TestUpload:
    def test_a_phone_number_stops_it_and_nothing_of_the_file_is_kept(self, steward):
        dataset = steward.entry()
        version, report = steward.report(dataset, PHONE)
        fault = next(fault for fault in report["faults"] if fault["code"] == "PERSONAL")
        assert version is None and (fault["line"], fault["column"]) == (3, "地址")
        assert "13800138000" not in str(report["faults"]) and "138****8000" in fault["message"]
        assert not Version.objects.exists() and not (store.root() / "kept").exists()
        entry = LogEntry.objects.get(action="opendata.stopped")
        assert "13800138000" not in str(entry.detail) and entry.detail["places"] == [["PERSONAL", 3, "地址"]]

    def test_the_fields_come_from_the_first_file_and_wait_for_a_person(self, steward):
        dataset = steward.entry()
        version = steward.uploaded(dataset)
        assert version.rows == 4 and version.quality == {
            "complete": 100.0,
            "unique": 100.0,
            "valid": 100.0,
            "balanced": None,
        }
        kinds = {field.title: (field.name, field.kind, field.level) for field in dataset.fields.all()}
        assert kinds["车位数"] == ("spaces", "integer", "") and kinds["单价"] == ("price", "number", "")
        assert kinds["启用日期"][1] == "date"

    def test_a_later_file_has_the_registered_columns_and_their_types(self, steward):
        dataset = steward.opened()
        for text, code in (
            (PARKING.replace("车位数", "泊位数"), "LACKS"),
            (PARKING.replace("120,", "约120,"), "MISFIT"),
            (PARKING + "多,一,格,1,1,2020-01-01,x\n", "RAGGED"),
        ):
            version, report = steward.report(dataset, text)
            assert version is None and code in {fault["code"] for fault in report["faults"] if fault["stops"]}

    def test_a_file_too_large_to_hold_is_taken_from_the_disk(self, steward, tmp_path, monkeypatch):
        monkeypatch.setattr("gongkai.opendata.actions.versions.is_large", lambda path: True)
        dataset, path = steward.entry(), tmp_path / "large.csv"
        path.write_text(PHONE, "utf-8")
        version, report = steward.report(dataset, path)
        assert version is None and ("PERSONAL", 3) in {
            (fault["code"], fault["line"]) for fault in report["faults"]
        }
        path.write_text(PARKING, "utf-8")
        version, _ = steward.report(dataset, path)
        assert version.rows == 4 and (store.kept(version) / store.ORIGINAL).read_text("utf-8") == PARKING
        assert [cells[3] for _, cells in store.table(version).page()] == [120, 80, 240, 60]
        steward.graded(dataset)
        actions.approve(steward.judged(dataset), by=steward.office, at=AT)
        dataset = actions.open_version(version, "没有个人信息。", by=steward.head, at=AT).dataset
        version, report = steward.report(steward.fresh(dataset), path)
        assert version is None and report["same"] and not list((store.root() / "making").iterdir())

    def test_a_false_update_is_counted_and_is_none(self, steward):
        dataset = steward.opened()
        steward.at += timedelta(days=40)
        version, report = steward.report(dataset, PARKING.replace("2.50", "2.5"))
        dataset = steward.fresh(dataset)
        assert version is None and report["same"] and dataset.unchanged == 1
        assert dataset.duty(steward.at.date()).now is Freshness.GRACE, "没有变的不算更新"

    def test_who_may_not_is_refused(self, steward, office):
        dataset = steward.entry()
        with pytest.raises(PermissionDenied):
            actions.upload(dataset, PARKING.encode(), "a.csv", by=office.people[Role.INSPECTOR], at=AT)


class TestOpening:
    def test_opened_by_another_after_the_attribute_is_approved(self, steward):
        dataset = steward.entry()
        version = steward.uploaded(dataset)
        with pytest.raises(RuleBroken, match="没有判定"):
            actions.open_version(version, "看过。", by=steward.head, at=AT)
        steward.graded(dataset)
        ruling = steward.judged(dataset)
        assert ruling.state == RulingState.WAITING and steward.fresh(dataset).opening == Opening.PENDING
        actions.approve(ruling, by=steward.office, at=AT)
        with pytest.raises(PermissionDenied):
            actions.open_version(version, "看过。", by=steward.clerk, at=AT)
        with pytest.raises(RuleBroken, match="结论"):
            actions.open_version(version, " ", by=steward.head, at=AT)
        actions.open_version(version, "没有个人信息。", by=steward.head, at=AT)
        dataset = steward.fresh(dataset)
        assert dataset.is_usable and dataset.opened_on == AT.date() and dataset.next_judging_on.year == 2027
        assert files_of(dataset.current) == {"data.csv", "data.json", "data.parquet", "data.xlsx"}

    def test_columns_that_single_people_out_keep_it_from_being_opened(self, steward):
        dataset = steward.entry()
        version = steward.uploaded(dataset)
        steward.graded(dataset, address={"is_quasi": True}, town={"is_quasi": True})
        actions.approve(steward.judged(dataset), by=steward.office, at=AT)
        with pytest.raises(RuleBroken, match="最小的一组只有1行"):
            actions.open_version(version, "看过。", by=steward.head, at=AT)

    def test_a_new_version_leaves_the_old_one_to_be_had(self, steward):
        dataset = steward.opened()
        steward.at += timedelta(days=30)
        dataset = steward.next_version(dataset, PARKING.replace("120", "130"))
        assert dataset.current.number == 2 and dataset.updated_on == steward.at.date()
        former = dataset.versions.get(number=1)
        assert former.state == VersionState.FORMER and files_of(former)

    def test_what_is_exported_is_taken_in_again_unchanged(self, steward):
        dataset = steward.opened()
        for name in ("data.csv", "data.xlsx"):
            data = (store.shown(dataset.current) / name).read_bytes()
            version, report = steward.report(dataset, data, name)
            assert version is None and report.get("same"), (name, report["faults"])


class TestTightening:
    def test_at_once_and_the_files_are_gone(self, steward):
        dataset = steward.opened()
        steward.at += timedelta(days=30)
        dataset = steward.next_version(dataset, PARKING.replace("120", "130"))
        actions.tighten(
            dataset, Opening.PROHIBITED, "误开放。", basis="某法第一条", by=steward.clerk, at=steward.at
        )
        dataset = steward.fresh(dataset)
        assert (
            dataset.state == DatasetState.CLOSED and dataset.closed_reason == "误开放。" and not dataset.is_usable
        )
        assert all(not files_of(version) for version in dataset.versions.all())
        assert actions.mend() == 0, "补文件的不会把收紧了的补回来"

    def test_an_action_that_fails_afterwards_leaves_files_missing_and_they_are_mended(self, steward):
        dataset = steward.opened()
        store.take_away(dataset.current)
        assert actions.mend() == 1 and files_of(dataset.current)

    @pytest.mark.parametrize("how", ["shorter", "other", "gone"])
    def test_a_damaged_download_is_written_anew(self, steward, client, how):
        dataset = steward.opened()
        path = store.shown(dataset.current) / "data.csv"
        sound = path.read_bytes()
        address = reverse("public:opendata_file", args=[dataset.pk, 1, "data.csv"])
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(sound[:20] if how == "shorter" else b"x" * len(sound))
        if how != "other":
            assert client.get(address).status_code == 404
        assert actions.mend() == 1 and path.read_bytes() == sound
        assert b"".join(client.get(address).streaming_content) == sound

    def test_mending_looks_again_under_the_lock_before_it_writes(self, steward, monkeypatch):
        dataset = steward.opened()
        store.take_away(dataset.current)
        looked = versions._still_public

        def closed_meanwhile(pk):
            if steward.fresh(dataset).state == DatasetState.OPEN:
                actions.close(dataset, "误开放。", by=steward.clerk, at=steward.at)
            return looked(pk)

        monkeypatch.setattr(versions, "_still_public", closed_meanwhile)
        assert actions.mend() == 0 and not files_of(dataset.current)

    def test_what_was_closed_stays_away_when_a_corrected_version_opens(self, steward):
        dataset = steward.opened()
        actions.close(dataset, "误开放。", by=steward.clerk, at=steward.at)
        dataset = steward.next_version(dataset, PARKING.replace("120", "130"))
        old = dataset.versions.get(number=1)
        assert actions.mend() == 0 and old.state == VersionState.TAKEN and not files_of(old)
        assert dataset.is_usable and files_of(dataset.current)

    def test_a_former_version_for_the_few_is_not_shown_to_all(self, steward):
        dataset = steward.restricted()
        # 第1版有后来去掉的一列
        Version.objects.update(columns=[*dataset.current.columns, {"name": "owner", "title": "负责人"}])
        dataset = steward.next_version(dataset, PARKING.replace("120", "130"))
        steward.graded(dataset)
        actions.approve(steward.judged(dataset), by=steward.office, at=steward.at)
        old, dataset = dataset.versions.get(number=1), steward.fresh(dataset)
        assert dataset.opening == Opening.UNCONDITIONAL and files_of(dataset.current)
        assert old.state == VersionState.TAKEN and not files_of(old) and actions.mend() == 0

    def test_what_was_judged_by_another_level_is_not_approved(self, steward):
        dataset = steward.entry()
        steward.uploaded(dataset)
        steward.graded(dataset)
        ruling = steward.judged(dataset)
        steward.graded(dataset, price={"level": "L3"})
        with pytest.raises(RuleBroken, match="改过字段的分级"):
            actions.approve(ruling, by=steward.office, at=AT)

    def test_it_is_no_way_to_loosen(self, steward):
        dataset = steward.restricted()
        with pytest.raises(RuleBroken, match="不是收紧"):
            actions.tighten(dataset, Opening.RESTRICTED, "某。", conditions="某", by=steward.clerk, at=AT)

    def test_a_field_of_a_higher_level_sends_it_back_to_be_judged(self, steward):
        dataset = steward.opened()
        steward.graded(dataset, price={"level": "L3"})
        dataset = steward.fresh(dataset)
        assert dataset.opening == Opening.PENDING and not files_of(dataset.current)
        assert steward.judged(dataset, basis="某法第一条").after == Opening.PROHIBITED

    def test_a_loosening_that_was_waiting_is_void(self, steward):
        dataset = steward.restricted()
        steward.graded(dataset)
        ruling = steward.judged(dataset)
        actions.tighten(dataset, Opening.PROHIBITED, "不妥。", basis="某", by=steward.clerk, at=AT)
        with pytest.raises(RuleBroken, match="没有批准"):
            actions.approve(ruling, by=steward.office, at=AT)

    def test_a_secret_leaves_the_catalogue_without_a_trace(self, steward, client):
        dataset = steward.opened()
        address = dataset.get_absolute_url()
        assert client.get(address).status_code == 200
        steward.judged(dataset, secret=True)
        assert (
            client.get(address).status_code == 404
            and ENTRY["title"] not in client.get(reverse("public:opendata_json")).content.decode()
        )
        with pytest.raises(RuleBroken, match="已经从目录里去掉"):
            steward.uploaded(dataset)


class TestUse:
    def test_a_demand_is_answered_in_public_with_the_dataset(self, steward):
        demand, _ = actions.ask(
            steward.agency, "停车场数据", "做导航，电话13800138000。", contact={"name": "张某"}, at=AT
        )
        assert "13800138000" not in demand.text
        with pytest.raises(RuleBroken, match="没有选是哪个"):
            actions.answer(demand, DemandOutcome.OPENED, "已经开放。", by=steward.clerk, at=AT)
        dataset = steward.opened()
        demand = actions.answer(demand, DemandOutcome.OPENED, "已经开放。", dataset, by=steward.clerk, at=AT)
        assert list(dataset.demands.all()) == [demand]

    def test_a_result_names_its_datasets_and_is_shown_after_a_look(self, steward):
        dataset = steward.opened()
        given = {"title": "停车助手", "kind": "app", "maker": "某工作室", "url": "", "text": "找车位。"}
        use = actions.propose_use(given, [dataset], at=AT)
        assert actions.decide_use(use, True, by=steward.office, at=AT).state == UseState.SHOWN
        with pytest.raises(RuleBroken, match="没有选"):
            actions.propose_use(given, [], at=AT)

    def test_a_key_is_kept_as_a_hash_rotated_and_revoked(self, steward):
        key, text = actions.issue_key("停车助手", {"email": "a@example.org"}, at=AT)
        assert text not in str(Key.objects.values_list().get()) and text.startswith(key.hint)
        key, new = actions.rotate_key(text, at=AT)
        with pytest.raises(RuleBroken, match="没有这把钥匙"):
            actions.rotate_key(text, at=AT)
        actions.revoke_key(key, "不用了", at=AT)
        with pytest.raises(RuleBroken, match="没有这把钥匙"):
            actions.rotate_key(new, at=AT)

    def test_use_is_counted_without_the_sites_own(self, steward, rf):
        dataset = steward.opened()
        browser = {"headers": {"user-agent": "Mozilla/5.0"}}
        for request, status in (
            (rf.get("/", **browser), 200),
            (rf.get("/", **browser), 404),
            (rf.head("/", **browser), 200),
            (rf.get("/", **browser), 304),
            (rf.get("/", headers={"user-agent": "SomeBot/1.0"}), 200),
        ):
            calls.note(request, dataset.pk, "interface", status=status, seconds=0.012, on=AT.date())
        assert actions.count_usage() == 4 and actions.count_usage() == 0
        row = Usage.objects.get()
        assert (row.n, row.failed, row.internal, row.speed[2]) == (2, 1, 2, 2)

    def test_a_report_says_when_the_data_behind_it_has_changed(self, steward, office, client, monkeypatch):
        dataset = steward.opened()
        record = office.publish(body="<p>全区公共停车位500个。</p>")
        actions.cite(record, dataset.current, "车位500个", "车位数合计", by=steward.clerk, at=AT)
        monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
        page = client.get(record.get_absolute_url()).content.decode()
        assert "车位500个" in page and "第1版" in page and "已有第" not in page
        steward.next_version(dataset, PARKING.replace("120", "130"))
        assert "数据已有第2版" in client.get(record.get_absolute_url()).content.decode()
        client.force_login(steward.clerk)
        assert "“车位500个”引第1版，数据已有第2版" in client.get(reverse("desk:home")).content.decode()
        home = reverse("desk:opendata_datasets")
        assert dataset.title in client.get(home, {"look": "cited"}).content.decode()

    def test_a_quoted_number_must_be_in_the_report_and_is_compared_with_the_data(self, steward, office):
        version = steward.opened().current
        record = office.publish(
            body="<p>全区公共停车位５００个，平均单价2.3元，大约三成在医院旁，另有 999 个在建。</p>"
        )

        def cite(text):
            return actions.cite(record, version, text, "见数据", by=steward.clerk, at=AT).found

        assert cite("停车位500个，平均单价2.3元") == "500是“车位数”的合计；2.3是“单价”的平均"
        assert cite("另有999个") == "", "对不上的照记，不说对上了"
        with pytest.raises(RuleBroken, match="正文和附件里没有"):
            cite("停车位501个")
        with pytest.raises(RuleBroken, match="里没有数"):
            cite("大约三成在医院旁")
        assert Citation.objects.count() == 2

    def test_a_quotation_may_stand_in_an_attachment(self, steward, office, monkeypatch):
        version = steward.opened().current
        record = office.publish()
        monkeypatch.setattr("gongkai.opendata.quoting._attached", lambda rows: iter(["附表：共 4 处停车场"]))
        made = actions.cite(record, version, "共4处停车场", "行数", by=steward.clerk, at=AT)
        assert made.found == "4是行数"

    def test_a_large_table_gets_its_index_and_goes_on_answering(self, steward, monkeypatch):
        version = steward.opened().current
        assert jobs._without_index() is None
        monkeypatch.setattr(store, "INDEXED_ROWS", 3)
        before = store.table(version).page(filters=[Filter(version.table_columns()[0], "contains", "停车场")])
        assert (
            jobs.index(at=AT) == f"{version}建好索引"
            and jobs._without_index() is None
            and jobs.index(at=AT) is None
        )
        after = store.table(version).page(filters=[Filter(version.table_columns()[0], "contains", "停车场")])
        assert after == before and len(after) == 4

    def test_the_figures_count_what_they_show(self, steward):
        dataset = steward.opened(has_interface=True)
        steward.entry(title="没有判定的")
        late = steward.at.date() + timedelta(days=100)
        counts = {}
        for figure in counted.FIGURES:
            for on in (steward.at.date(), late):
                listing = figure.things([steward.agency.pk], on)
                shown = listing.shown(listing.rows)
                part, whole = figure.count([steward.agency.pk], on).get(steward.agency.pk, (0, 0))
                assert (sum(one.counts for one in shown), len(shown)) == (part, whole), figure.key
                counts[figure.key, on] = (part, whole)
        assert counts["opendata.graded", late] == (1, 2)
        assert [counts["opendata.fresh", on] for on in (steward.at.date(), late)] == [(1, 1), (0, 1)]
        calls.append(calls.noted_line(dataset.pk, "interface", late, 3))
        actions.count_usage()
        interfaces = next(figure for figure in counted.FIGURES if figure.key == "opendata.interfaces")
        assert interfaces.count([steward.agency.pk], late) == {steward.agency.pk: (1, 1)}

    def test_the_entry_is_judged_again_after_a_year(self, steward):
        dataset = steward.opened()
        steward.at += timedelta(days=365)
        ruling = steward.judged(dataset)
        assert ruling.state == RulingState.DONE and steward.fresh(dataset).next_judging_on.year == 2028
        assert Dataset.objects.usable().count() == 1 and files_of(dataset.current)
