"""任务五 标准化规范化(开头):法定事项和信息类型就是标准,每一项有依据、有类型、有周期;查阅点登记在册。"""

from django.urls import reverse

from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.org import actions
from gongkai.org.models import Place
from gongkai.records import types
from tests.records.office import AT


def test_every_statutory_item_has_basis_period_and_a_type(db):
    served = {one.duty for one in types.all()} | {name for one in types.all() for name in one.lists}
    for key, duty in duties.all().items():
        assert duty.basis.startswith("《") and duty.months > 0 and duty.label
        assert key in served, f"没有信息类型归入{duty.label}"


def test_towns_and_departments_each_have_their_own_standard(db):
    town = {one.key for one in duties.of(AgencyKind.TOWN)}
    department = {one.key for one in duties.of(AgencyKind.DEPARTMENT)}
    assert {"waterworks", "homesteads", "levies"} <= town - department
    assert {"municipal", "public-security"} <= department - town


def test_an_item_that_an_agency_does_not_have_is_declared_not_empty(office):
    from gongkai.records import actions as record_actions
    from gongkai.records import catalogue

    def state(duty):
        table = catalogue.matrix(on=AT.date())
        row = next(row for row in table.rows if row.agency == office.agency)
        return next(cell.state for cell in row.cells if cell and cell.duty == duty)

    assert state("fees") == "empty"
    record_actions.declare_absences(office.agency, ["fees"], "本单位没有行政事业性收费。", by=office.clerk, at=AT)
    record_actions.judge_absences(office.agency, ["fees"], True, by=office.office, at=AT)
    assert state("fees") == "absent"


def test_experience_places_are_registered_and_shown(client, office):
    place = Place(
        agency=office.agency,
        name="明湖区政务公开体验区",
        kind=Place.Kind.EXPERIENCE,
        address="明湖区人民路",
        hours="工作日",
        services="查询、申请、咨询",
        keeper="某人",
    )
    actions.save_place(place, by=office.admin, at=AT)
    page = client.get(reverse("public:places")).content.decode()
    for wanted in ("明湖区政务公开体验区", "政务公开体验区", "查询、申请、咨询"):
        assert wanted in page
