"""全工作台的检索:标题、编号,只找看得到的。"""

import pytest
from django.urls import reverse

from gongkai.desk import finding
from gongkai.foi.models import Application
from gongkai.law.agencies import Role
from gongkai.reports import actions as reports
from tests.foi.desk import Desk
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db


def found(user, typed):
    return {
        panel.label: [task.title for task in panel.tasks] for panel in finding.find_panels(user, typed, AT.date())
    }


@pytest.fixture
def office():
    return Office()


def test_records_by_title_and_number(office):
    record = office.draft(title="关于清理河道的通知", doc_number="明政办发〔2024〕7号").record
    for typed in ("河道", "清理 通知", "〔2024〕7号", record.index_number, "河道 明政办发"):
        assert found(office.first, typed) == {"信息": ["关于清理河道的通知"]}
    assert found(office.first, "河道 不在的词") == {} and found(office.first, "  ") == {}


def test_nothing_of_another_unit(office):
    office.draft(title="关于清理河道的通知")
    other = Office("MH0202", "明湖区教育局")
    assert found(other.head, "河道") == {}
    assert found(other.people[Role.INSPECTOR], "河道") == {"信息": ["关于清理河道的通知"]}


def test_cases_by_number_and_subject_but_restricted_ones_only_for_those_who_may(office):
    desk = Desk()
    case = desk.case("2025-02-20")
    assert found(desk.head, case.number) == {"申请": [str(case)]}
    assert "申请" not in found(desk.people[Role.ADMINISTRATOR], case.number)
    Application.objects.update(restricted=True, handler=None)
    assert found(desk.people[Role.SECRECY_REVIEWER], case.number) == {}
    assert found(desk.head, case.number) == {"申请": [str(case)]}


def test_reports_by_unit_and_year(office):
    annual = reports.start(office.agency, 2023, by=office.clerk, at=AT)
    for typed in ("政府办公室 2023", "2023年度报告 明湖区", "2023年"):
        assert found(office.clerk, typed)["年度报告"] == [str(annual)], typed
    assert "年度报告" not in found(office.clerk, "年度报告") and "年度报告" not in found(office.clerk, "2022")


def test_units_for_all_and_people_for_those_who_manage_them(office):
    assert found(office.clerk, "MH0101") == {"单位": [office.agency.name]}
    assert found(office.people[Role.ADMINISTRATOR], "信息员乙") == {"人员": ["信息员乙"]}
    assert found(office.clerk, "信息员乙") == {}


@pytest.mark.parametrize("typed", ["%", "_", "\x00", "'", "a" * 500, "字 " * 300, "<script>"])
def test_odd_words_find_nothing_and_break_nothing(client, office, typed):
    client.force_login(office.clerk)
    page = client.get(reverse("desk:find"), {"q": typed})
    assert page.status_code == 200 and "<script>" not in page.content.decode().split("</head>")[1]
    assert page.context["panels"] == [] or typed.strip("\x00") == ""


def test_every_page_has_the_box(client, office):
    client.force_login(office.clerk)
    page = client.get(reverse("desk:me")).content.decode()
    assert f'action="{reverse("desk:find")}"' in page and 'for="desk-find"' in page
