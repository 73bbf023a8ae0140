"""无障碍样本:读 axe-core 的结果,违反的一条规则一个问题,定不了的不算,坏的、别的网站的不收,可以导出。"""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.adapters import axe
from gongkai.inspections import actions
from gongkai.inspections.models import Barrier, Finding
from gongkai.inspections.terms import FindingState
from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import Platform
from tests.inspections.axe_samples import HOME, packed, page, rule
from tests.inspections.district import AT, LATER, opened, outlet
from tests.records.office import Office

NEWS = HOME + "news/"


@pytest.mark.once
class TestRead:
    def test_a_page_and_a_list(self):
        only = page(violations=[rule("image-alt", 3, "critical")], incomplete=[rule("color-contrast", 2)])
        (found,) = axe.read(packed(only))
        assert (found.url, found.version, found.passed) == (HOME, "4.10.2", 1)
        assert found.at == datetime(2026, 9, 1, 2, 3, 4, 123000, UTC)
        assert [(one.rule, one.impact, one.count, one.where, one.sure) for one in found.barriers] == [
            ("image-alt", "critical", 3, "#p0", True),
            ("color-contrast", "serious", 2, "#p0", False),
        ]
        assert [one.url for one in axe.read(packed(page(), page(NEWS)))] == [HOME, NEWS]

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "不是 JSON"),
            (b"\xff\xfe{}", "不是 JSON"),
            (b"[" * 100_000, "不是 JSON"),
            (b"[]", "0个网页"),
            (b"{}", "violations"),
            (b"[1]", "violations"),
            (packed(page(violations="x") | {"violations": "x"}), "violations"),
            (packed(page("file:///etc/passwd")), "哪个网址"),
            (packed(page() | {"url": None}), "哪个网址"),
            (packed(*[page()] * 501), "501个网页"),
        ],
    )
    def test_what_is_no_result_is_said(self, data, why):
        with pytest.raises(axe.NotAxe, match=why):
            axe.read(data)

    def test_odd_rows_do_no_harm(self):
        odd = [
            rule("list", 1, None),
            rule("list", 9),
            rule("empty", 0),
            rule("", 1),
            "x",
            rule("label", 1, nodes=[{"target": [["iframe", "#a"], "#b"]}]),
            rule("title\x00\nx", 1, nodes=["x"], help=None),
        ]
        (found,) = axe.read(packed(page(violations=odd, testEngine=None, timestamp="昨天", passes=3)))
        assert [(one.rule, one.impact, one.count, one.where) for one in found.barriers] == [
            ("list", "moderate", 1, "#p0"),
            ("label", "serious", 1, "#b"),
            ("title x", "serious", 1, ""),
        ]
        assert (found.version, found.at, found.passed) == ("", None, 0)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def sample(office):
    outlet(office, "区政府网站", Platform.SITE)
    return opened(office).samples.get()


def sent(client, sample, data, **more):
    given = {"barriers": SimpleUploadedFile("axe.json", data), "seen": sample.mark, **more}
    return client.post(sample.get_absolute_url(), given)


@pytest.mark.django_db
class TestSample:
    @pytest.fixture(autouse=True)
    def now(self, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: AT)

    def test_a_broken_rule_becomes_a_finding(self, office, sample, client):
        client.force_login(office.inspector)
        first = page(violations=[rule("image-alt", 3, "critical"), rule("color-contrast", 4)])
        second = page(NEWS, violations=[rule("image-alt", 5, "critical")], incomplete=[rule("label", 1)])
        assert sent(client, sample, packed(first, second)).status_code == 302
        alt, contrast = Finding.objects.order_by("pk")
        assert (alt.rule, alt.code, alt.url, alt.state) == ("image-alt", "D.ACCESS", NEWS, FindingState.SUSPECTED)
        assert alt.text == (
            f"图片没有替代文字（规则 image-alt，影响无法使用）：2个网页共8处。{NEWS}（5处）、{HOME}（3处）"
        )
        assert (contrast.rule, contrast.url) == ("color-contrast", HOME)
        said = sample.checks.get(code="D.ACCESS")
        assert (said.answer, said.count, said.by) == ("short", 2, None)
        assert said.note == "检测2个网页，违反2条规则，共12处；另有1条规则工具定不了，请人核对"
        sample.refresh_from_db()
        actions.answer(sample, {"D.LINK": ("holds", "")}, by=office.inspector, at=AT)
        assert Finding.objects.filter(code="D.ACCESS").count() == 2, "一条规则一个问题,不再另登一个笼统的"

    def test_points_go_once_a_person_confirmed(self, office, sample):
        actions.record_barriers(
            sample, axe.read(packed(page(violations=[rule("list", 1)]))), "0" * 64, by=office.inspector, at=AT
        )
        found = Finding.objects.get()
        every = dict.fromkeys(("W1.1", "W1.2", "W1.3", "W1.4", "W1.5", "W1.6", "W2", "W3"), ("holds", ""))
        every |= dict.fromkeys(("W4.1", "W4.2", "W4.3", "W5.1", "W5.2", "W6.1", "W6.2", "W6.3"), ("holds", ""))
        sample.refresh_from_db()
        assert actions.answer(sample, every, by=office.inspector, at=AT).score == 100
        actions.confirm(found, by=office.inspector, at=AT)
        sample.refresh_from_db()
        assert sample.score == 98

    def test_nothing_found_is_not_a_good_answer(self, office, sample):
        pages = axe.read(packed(page(incomplete=[rule("label", 1)])))
        actions.record_barriers(sample, pages, "0" * 64, by=office.inspector, at=AT)
        said = sample.checks.get(code="D.ACCESS")
        assert said.answer == "unknown" and "没有发现违反；另有1条规则" in said.note
        assert not Finding.objects.exists()

    def test_a_later_test_of_a_page_takes_the_place_of_the_earlier(self, office, sample, client):
        first = axe.read(packed(page(violations=[rule("list", 7)]), page(NEWS, violations=[rule("list", 2)])))
        actions.record_barriers(sample, first, "0" * 64, by=office.inspector, at=AT)
        actions.record_barriers(sample, axe.read(packed(page())), "1" * 64, by=office.inspector, at=LATER)
        client.force_login(office.inspector)
        address = reverse("desk:inspections_barriers", args=[sample.round_id])
        text = client.get(address + "?format=csv").content.decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        number = Finding.objects.get().number
        assert (row["网址"], row["规则"], row["说明"]) == (NEWS, "list", "列表里有别的元素")
        assert (row["影响"], row["几处"], row["结论"], row["问题"]) == ("严重", "2", "违反", number)
        shown = client.get(address).content.decode()
        assert "列表里有别的元素" in shown and number in shown
        assert Barrier.objects.count() == 2, "以前的证据还在"
        evidence = client.get(reverse("desk:inspections_evidence", args=[Finding.objects.get().evidence_id]))
        assert "axe-core 4.10.2的结果" in evidence.content.decode() and "#p0" in evidence.content.decode()

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"<html>", "不是 JSON"),
            (packed(page("https://www.elsewhere.example/")), "elsewhere.example/不是“区政府网站”的网页"),
            (b" " * (20 * 1024 * 1024 + 1), "超过20 MB"),
        ],
        ids=["html", "another", "large"],
    )
    def test_what_is_not_taken_leaves_nothing(self, office, sample, client, data, why):
        client.force_login(office.inspector)
        answer = sent(client, sample, data, **{"a-W2": "holds"})
        assert answer.status_code == 422 and why in answer.content.decode()
        assert not Barrier.objects.exists() and not sample.checks.filter(code="W2").exists()

    def test_only_while_it_is_checked_and_only_sites(self, office, sample):
        account = outlet(office)
        pages = axe.read(packed(page(violations=[rule("list", 1)])))
        actions.void(sample.round, "换一天", by=office.inspector, at=AT)
        sample.refresh_from_db()
        sample.round.refresh_from_db()
        with pytest.raises(RuleBroken, match="作废，不登记"):
            actions.record_barriers(sample, pages, "0" * 64, by=office.inspector, at=AT)
        other = opened(office).samples.get(outlet=account)
        with pytest.raises(RuleBroken, match="只收网站"):
            actions.record_barriers(other, pages, "0" * 64, by=office.inspector, at=AT)
