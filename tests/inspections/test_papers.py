"""通报的数由明细算、自己对得上;年度报表、统一转发、占比、白名单;公众看到的只有通报公开以后的。"""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.engagement import actions as engagement
from gongkai.inspections import actions, bulletin, relaying, results, trend, yearly
from gongkai.inspections.counted import FIGURES
from gongkai.inspections.models import Check, Finding, Outlet, Post, Relay, Release, SiteReport, Whitelisted
from gongkai.law import site_report as law
from gongkai.law.agencies import AgencyKind
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import Platform
from gongkai.records import actions as records
from tests.inspections.district import AT, LATER, looked_at, opened, outlet
from tests.records.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def now(monkeypatch):
    def put(at):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

    put(AT)
    return put


def text_of(response):
    return response.content.decode()


def mended(office):
    """A round of five accounts of two units, one of which fell silent and one that could not be verified."""
    other = Office("MH0122", "明湖区民政局")
    outlet(office, updated_on=date(2026, 8, 1))
    for number, platform in enumerate((Platform.WEIBO, Platform.DOUYIN)):
        outlet(office, f"明湖{number}", platform, updated_on=date(2026, 8, 31))
    outlet(other, "明湖民政", Platform.WECHAT, updated_on=date(2026, 8, 30))
    outlet(other, "民政微博", Platform.WEIBO)
    made = opened(office)
    looked_at(office, made)
    for found in Finding.objects.all():
        found = actions.confirm(found, by=office.inspector, at=AT)
        actions.notice(found, None, by=office.inspector, at=AT)
    made.refresh_from_db()
    return actions.finish_checking(made, by=office.inspector, at=AT)


class TestBulletin:
    def test_the_numbers_come_from_the_rows_and_agree(self, office):
        made = mended(office)
        paper = bulletin.document(made, "区政府办公室")
        text = "\n".join(part.text for part in paper.parts)
        assert "核实4个，不合格1个，合格率75.00%，另有1个未能核实，不计入" in text
        assert "政务新媒体5个，抽查5个，占100.00%" in text and "内容不更新" in text and "本地口径方面" in text
        tables = [[box.text for row in part.rows for box in row] for part in paper.parts if part.kind == "table"]
        assert "明湖区民政局" in tables[1] and "100.00%" in tables[1]

    def test_a_number_that_does_not_fit_is_never_printed(self, office):
        made = mended(office)
        samples = list(made.samples.select_related("outlet__agency"))
        row = bulletin.figures(made, results.summary(samples), results.by_unit(samples))
        bulletin.checked(row)
        row["counts"][0]["stated_pass_rate"] = "80.00"
        with pytest.raises(RuleBroken, match="对不上"):
            bulletin.checked(row)

    def test_from_the_desk_to_the_public(self, office, client, now):
        made = mended(office)
        office.agency.kind, office.agency.address = AgencyKind.DEPARTMENT, "人民路1号"
        office.agency.save()
        page = reverse("public:inspection", args=[made.pk])
        assert client.get(page).status_code == 404, "通报公开以前"
        client.force_login(office.inspector)
        files = {
            suffix: client.get(reverse("desk:inspections_bulletin_file", args=[made.pk, suffix]))
            for suffix in ("docx", "pdf")
        }
        with zipfile.ZipFile(io.BytesIO(files["docx"].content)) as word:
            assert "合格率75.00%" in word.read("word/document.xml").decode()
        assert files["pdf"].content.startswith(b"%PDF")
        assert client.get(reverse("desk:inspections_bulletin_file", args=[made.pk, "exe"])).status_code == 404
        draft = reverse("desk:inspections_draft_bulletin", args=[made.pk])
        assert client.post(draft).status_code == 403, "督查不起草通报"
        client.force_login(office.clerk)
        assert "等起草的检查通报" in text_of(client.get(reverse("desk:home")))
        client.post(draft)
        client.post(draft)
        made.refresh_from_db()
        office.sign(made.record.draft, at=AT)
        assert "已经签发" in text_of(client.post(draft, follow=True))
        client.logout()
        shown = text_of(client.get(page))
        assert "75.00%" in shown and "未能核实" in shown and "民政微博" in shown
        assert made.name in text_of(client.get(reverse("public:inspections")))
        assert "<th>" in made.record.live.body or "<td" in made.record.live.body

    def test_nothing_is_reported_before_people_looked(self, office):
        outlet(office)
        made = opened(office)
        with pytest.raises(RuleBroken, match="不起草通报"):
            actions.draft_bulletin(made, by=office.clerk, at=AT)


class TestSiteReport:
    def filled(self):
        return {
            one.key: {"number": 0, "yes": True, "text": "无"}[one.kind]
            for one in law.fields().values()
            if one.by_person
        }

    def test_the_system_fills_what_it_knows(self, office):
        site = outlet(office, "区政府网站", Platform.SITE, is_own=True, security="网安科")
        office.publish(at=AT)
        letter, _ = engagement.send_letter(office.agency, LetterKind.CONSULT, "题", "问", at=AT)
        engagement.accept(letter, by=office.clerk, at=AT)
        engagement.draft_reply(letter, "答", by=office.clerk, at=AT)
        engagement.reply(letter, answered_all=True, by=office.head, at=AT + timedelta(days=2))
        found = yearly.computed(site, 2026)
        assert (found["published"], found["letters"], found["letters_done"], found["letters_days"]) == (
            1,
            1,
            1,
            2.0,
        )
        assert found["officer"] is True and "visits" not in found, "不知道的不给"
        assert yearly.computed(site, 2025)["letters"] == 0

    def test_parts_fit_their_wholes_and_nothing_is_left_empty(self, office):
        site = outlet(
            office,
            "区政府网站",
            Platform.SITE,
            is_own=True,
            id_code="3302110001",
            icp="浙ICP备1号",
            police="浙公网安备1号",
        )
        with pytest.raises(RuleBroken, match="新开设数量5多于维护数量3"):
            actions.fill_site_report(
                site, 2026, self.filled() | {"topics": 3, "topics_new": 5}, by=office.clerk, at=AT
            )
        report = actions.fill_site_report(site, 2026, {"visits": 100, "letters": 999}, by=office.clerk, at=AT)
        assert report.values == {"visits": 100}, "系统知道的不能改"
        with pytest.raises(RuleBroken, match="没有填"):
            actions.draft_site_report(report, by=office.clerk, at=AT)
        report = actions.fill_site_report(site, 2026, self.filled(), by=office.clerk, at=AT)
        edition = actions.draft_site_report(report, by=office.clerk, at=AT)
        assert "收到留言数量" in edition.body and "安全检测评估次数" in edition.body
        office.sign(edition, at=AT)
        with pytest.raises(RuleBroken, match="已经公开"):
            actions.fill_site_report(site, 2026, self.filled(), by=office.clerk, at=AT)

    def test_on_the_desk(self, office, client, now):
        outlet(office, "区政府网站", Platform.SITE, is_own=True)
        client.force_login(office.clerk)
        page = reverse("desk:inspections_site_report", args=[2026])
        assert "还有" not in text_of(client.get(page)) and "信息发布总数" in text_of(client.get(page))
        assert client.post(page, {"visits": "-1"}).status_code == 422
        assert client.post(page, {"visits": "12", "drill": "yes"}).status_code == 302
        report = SiteReport.objects.get()
        assert report.values == {"visits": 12, "drill": True} and "没有填" in text_of(client.get(page))
        assert client.post(page, {"visits": "13", "seen": "旧的"}).status_code == 422
        assert client.get(reverse("desk:inspections_site_report_file", args=[2026, "docx"])).status_code == 200
        assert client.get(reverse("desk:inspections_site_report", args=[1999])).status_code == 404


class TestReleases:
    def test_one_wording_to_all_accounts(self, office, client, now):
        mine = outlet(office)
        other = outlet(Office("MH0122", "明湖区民政局"), "明湖民政")
        outlet(office, "抖音", Platform.DOUYIN)
        client.force_login(office.office)
        given = {
            "title": "防汛提示",
            "text": "今晚到明天有大雨。",
            "url": "https://www.mh.example/1/",
            "due_at": "2026-09-01T18:00",
            "platforms": ["wechat"],
        }
        form = reverse("desk:inspections_new_release")
        assert "已经过了" in text_of(client.post(form, given | {"due_at": "2026-09-01T08:00"}))
        assert client.post(form, given).status_code == 302
        made = Release.objects.get()
        assert set(made.relays.values_list("outlet", flat=True)) == {mine.pk, other.pk}
        client.force_login(office.clerk)
        foreign = reverse("desk:inspections_relay", args=[Relay.objects.get(outlet=other).pk])
        assert client.get(foreign).status_code == 404
        now(AT + timedelta(hours=12))
        own = reverse("desk:inspections_relay", args=[Relay.objects.get(outlet=mine).pk])
        client.force_login(office.clerk)
        assert "早于布置" in text_of(client.post(own, {"posted_at": "2026-08-31T18:00"}))
        assert (
            client.post(own, {"posted_at": "2026-09-01T19:00", "url": "https://mp.example/1"}).status_code == 302
        )
        shown = text_of(client.get(made.get_absolute_url()))
        assert "迟了" in shown and "明湖民政" not in shown, "别的单位的看不到"
        client.force_login(office.office)
        assert "还没有，已经过了" in text_of(client.get(made.get_absolute_url()))
        assert "防汛提示" in text_of(client.get(reverse("desk:inspections_releases")))
        assert "明湖民政" in text_of(client.get(made.get_absolute_url() + "?format=csv"))

    def test_the_share_has_its_denominator(self, office, client, now):
        one = outlet(office)
        kinds = ("service", "interpretation", "news", "relay")
        Post.objects.bulk_create(
            Post(outlet=one, on=date(2026, 8, 1 + n), title=str(n), kind=kinds[n % 4]) for n in range(8)
        )
        rows = trend.months(Post.objects.all(), date(2026, 9, 1))
        assert [f"{row.first:%Y-%m}" for row in rows] == [
            "2025-10",
            "2025-11",
            "2025-12",
            *(f"2026-0{n}" for n in range(1, 10)),
        ]
        assert (rows[-2].posts, rows[-2].share, rows[-2].own_share, rows[-1].share) == (8, "50.00%", "75.00%", "—")
        assert len(trend.months(Post.objects.all(), date(2026, 12, 31))) == 12
        client.force_login(office.clerk)
        assert "50.00%" in text_of(client.get(reverse("desk:inspections_shares")))

    def test_the_whitelist(self, office, client, now):
        client.force_login(office.office)
        page = reverse("desk:inspections_whitelist")
        client.post(page, {"name": "新华社"})
        assert "已经在白名单" in text_of(client.post(page, {"name": "新华社"}))
        one = outlet(office)
        for title, source in (("甲", "新华社"), ("乙", "某自媒体")):
            Post.objects.create(outlet=one, on=date(2026, 8, 30), title=title, kind="relay", source=source)
        made = opened(office)
        found = made.samples.get().checks.get(code="M.SOURCE")
        assert found.answer == "short" and "某自媒体" in found.note and "甲" not in found.note
        client.post(reverse("desk:inspections_drop_source", args=[Whitelisted.objects.get().pk]))
        assert not Whitelisted.objects.exists()


def test_the_figures_and_the_search_of_the_desk(office, client, now):
    one = outlet(office, updated_on=date(2026, 8, 31), keeper="甲某、乙某", head="何某", security="丙某")
    outlet(office, "明湖微博", Platform.WEIBO, updated_on=date(2026, 8, 1))
    Whitelisted.objects.create(name="云州日报", by=office.office)
    kinds = (("service", ""), ("news", ""), ("relay", "云州日报"), ("relay", "某号"))
    Post.objects.bulk_create(
        Post(outlet=one, on=date(2026, 8, 1), title=str(n), kind=k, source=s) for n, (k, s) in enumerate(kinds)
    )
    early, late = (
        actions.confirm(actions.suspect(one, code, "没有", by=office.inspector, at=AT), by=office.inspector, at=AT)
        for code in ("M2", "M3")
    )
    for found in (early, late):
        actions.notice(found, None, by=office.inspector, at=AT)
    actions.fix(early, "改好", by=office.clerk, at=LATER)
    release = actions.make_release(
        "提示", "口径", "https://www.mh.example/", LATER, ["wechat", "weibo"], by=office.office, at=AT
    )
    actions.note_relay(release.relays.first(), LATER, "", "", by=office.clerk, at=LATER)
    on = date(2026, 9, 30)
    counts = {
        figure.key: figure.count([office.agency.pk], on)[office.agency.pk]
        for figure in FIGURES
        if figure.key not in ("inspections.updated", "inspections.site")
    }
    assert counts == {
        "inspections.kept": (1, 2),
        "inspections.useful": (1, 4),
        "inspections.sourced": (1, 2),
        "inspections.mended": (1, 2),
        "inspections.relayed": (1, 2),
    }
    updated = next(figure for figure in FIGURES if figure.key == "inspections.updated")
    assert updated.count([office.agency.pk], AT.date()) == {office.agency.pk: (1, 2)}
    assert len(updated.things([office.agency.pk], AT.date()).shown(Outlet.objects.all())) == 2
    client.force_login(office.clerk)
    shown = text_of(client.get(reverse("desk:find") + "?q=明湖"))
    assert "明湖微博" in shown and early.number in text_of(client.get(reverse("desk:find") + f"?q={early.number}"))


def test_words_to_watch_are_shown_never_asserted(office):
    one = outlet(office, updated_on=date(2026, 8, 31))
    records.add_word("帐号", "应当写“账号”", by=office.office, at=AT)
    Post.objects.create(outlet=one, on=date(2026, 8, 31), title="关于开通新帐号的说明")
    found = opened(office).samples.get().checks.get(code="M1")
    assert found.answer == "unknown" and "开通新帐号的说明" in found.note


def test_of_a_site_counts_what_was_verified_and_confirmed(office):
    site = outlet(office, "区政府网站", Platform.SITE)
    made = opened(office)
    looked_at(office, made, D_LINK="首页有2处打不开", D_TAGS="缺一个标签")
    dead, tags = Finding.objects.filter(code__in=("D.LINK", "D.TAGS")).order_by("code")
    actions.confirm(dead, by=office.inspector, at=AT)
    actions.drop(tags, "缺的那个不是必填", by=office.inspector, at=AT)
    for other in Finding.objects.filter(state="suspected"):
        actions.drop(other, "不成立", by=office.inspector, at=AT)
    figure = next(one for one in FIGURES if one.key == "inspections.site")
    assert figure.count([office.agency.pk], date(2026, 9, 30)) == {}, "没有查完的一轮不算"
    made.refresh_from_db()
    actions.finish_checking(made, by=office.inspector, at=AT)
    whole = Check.objects.exclude(answer="unknown").count()
    assert figure.count([office.agency.pk], date(2026, 9, 30)) == {office.agency.pk: (whole - 1, whole)}
    found = figure.things([office.agency.pk], date(2026, 9, 30))
    missed = [one.title for one in found.shown(found.rows) if not one.counts]
    assert missed == [f"{made}：{site}：链接可用"]


def test_the_register_of_a_release_is_held_against_the_posts(office, client):
    accounts = [outlet(office, f"账号{n}", Platform.WEIBO) for n in range(5)]
    release = actions.make_release(
        "冬季森林防火提示", "口径", "https://www.mh.example/", LATER, ["weibo"], by=office.office, at=AT
    )
    same, other, missing, unsaid, unknown = accounts
    for one in (same, other, missing, unknown):
        relay = release.relays.get(outlet=one)
        actions.note_relay(relay, AT + timedelta(hours=1), "", "", by=office.clerk, at=LATER)
    for one, day, title in (
        (same, 1, "【转发】冬季森林防火提示"),
        (other, 3, "冬季森林防火的提示"),
        (missing, 4, "周末招聘会"),
        (unsaid, 2, "冬季森林防火提示"),
    ):
        Post.objects.create(outlet=one, on=date(2026, 9, day), title=title)
    found = relaying.compared(release, release.relays.all())
    said = {relay.outlet: found[relay.pk].in_words for relay in release.relays.select_related("outlet")}
    assert said == {
        same: "同推文一致",
        other: "推文是另一天（9月3日）",
        missing: "推文里没有",
        unsaid: "推文里有，没有登记（9月2日）",
        unknown: "推文还没有导入",
    }
    client.force_login(office.office)
    page = reverse("desk:inspections_release", args=[release.pk])
    assert "3个账号登记的同导入的推文对不上" in text_of(client.get(page))
    assert "推文是另一天（9月3日）" in text_of(client.get(page + "?format=csv"))
