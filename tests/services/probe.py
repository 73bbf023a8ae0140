"""办事服务的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from gongkai.services import actions
from gongkai.services.models import Guide, Handbook, Phone
from tests.services.office import SOUND

#: Doors that open to whoever sees guides; each act asks for its own right.
BY_THE_CASE = {"services_act", "services_settle_faq", "services_settle_matter"}


def samples(own, at, secret):
    """A draft, a question, a matter, rows of the lists and a handbook of the agency, each as secret as a draft."""
    made = actions.new_guide(own.agency, SOUND | {"name": secret}, by=own.clerk, at=at)
    faq = actions.propose_faq(made, secret, "答案", by=own.clerk, at=at)
    values = {"title": secret, "summary": secret, "audience": "person"}
    matter = actions.new_matter(own.agency, values, by=own.clerk, at=at)
    part = actions.put_part(matter, Guide.objects.get(pk=made.pk), by=own.clerk, at=at)
    row = actions.put_fee(
        own.agency, {"name": "证书工本费", "standard": "每证5元", "basis": "文件"}, by=own.clerk, at=at
    )
    book = Handbook.objects.create(
        number=1,
        title="一本通",
        area="本区",
        as_of=at.date(),
        made_at=at,
        made_by=own.office,
        pdf="0" * 64,
        pdf_size=1,
        epub="1" * 64,
        epub_size=1,
    )
    phone = Phone.objects.create(number="0571-00009999")
    phone.guides.add(made)
    on_guide = (
        "services_guide",
        "services_edit",
        "services_changes",
        "services_act",
        "services_new_faq",
        "services_letters",
    )
    on_matter = (
        "services_matter",
        "services_edit_matter",
        "services_situations",
        "services_part",
        "services_remove_part",
        "services_settle_matter",
    )
    return {
        "pks": {
            **dict.fromkeys(on_guide, made.pk),
            **dict.fromkeys(on_matter, matter.pk),
            "services_settle_faq": faq.pk,
            "services_called": phone.pk,
            "services_remove": row.pk,
            "services_withdraw_handbook": book.pk,
        },
        "arguments": {
            "services_edit": {"section": "materials"},
            "services_act": {"key": "publish"},
            "services_settle_faq": {"state": "shown"},
            "services_called": {"state": "answered"},
            "services_remove_part": {"part": part.pk},
            "services_settle_matter": {"key": "end"},
            "services_remove": {"key": "fees"},
        },
    }
