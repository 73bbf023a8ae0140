"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import certificates, guide_lists, guides, lists, many, matters, phones
from .views import public as pages

_guide, _matter = "services/guides/<int:pk>/", "services/matters/<int:pk>/"
public: list = [
    path("services/", pages.home, name="services"),
    path("services/guides/", pages.guides, name="service_guides"),
    path(_guide, pages.guide, name="service_guide"),
    path(_guide + "print/", pages.guide_print, name="service_guide_print"),
    path("services/matters/", pages.matters, name="service_matters"),
    path(_matter, pages.matter, name="service_matter"),
    path(_matter + "print/", pages.matter_print, name="service_matter_print"),
    path("services/handbook/", pages.book, name="service_handbook"),
    path("services/handbook/<int:number>.pdf", pages.book_file, {"kind": "pdf"}, name="service_handbook_pdf"),
    path("services/handbook/<int:number>.epub", pages.book_file, {"kind": "epub"}, name="service_handbook_epub"),
    path("services/intermediaries/", pages.intermediaries, name="service_intermediaries"),
    path("services/fees/", pages.fees, name="service_fees"),
    path("services/cooperation/", pages.cooperation, name="service_cooperation"),
    path("services/complaints/", pages.complaints, name="service_complaints"),
    path("services/questions/", pages.questions, name="service_questions"),
    path("services/certificates/", certificates.certificates, name="service_certificates"),
    path("services/certificates/look/", certificates.look, name="service_reminder"),
    path("services/certificates/<slug:key>/remind/", certificates.remind, name="service_remind"),
    path("services/certificates/<slug:key>/", certificates.certificate, name="service_certificate"),
    path(
        "services/certificates/<slug:key>/days.ics", certificates.certificate_days, name="service_certificate_days"
    ),
]

desk: list = [
    path("services/guides/", guide_lists.guides, name="services_guides"),
    path("services/guides/new/", guide_lists.new_guide, name="services_new"),
    path("services/guides/import/", guide_lists.import_guides, name="services_import"),
    path("services/guides/many/", many.many, name="services_many"),
    path("services/quality/", guide_lists.overview, name="services_overview"),
    path(_guide, guides.guide, name="services_guide"),
    path(_guide + "edit/<slug:section>/", guides.edit, name="services_edit"),
    path(_guide + "changes/", guides.changes, name="services_changes"),
    path(_guide + "do/<slug:key>/", guides.act, name="services_act"),
    path(_guide + "letters/", guides.letters, name="services_letters"),
    path(_guide + "question/", guides.new_faq, name="services_new_faq"),
    path("services/questions/<int:pk>/<slug:state>/", guides.settle_faq, name="services_settle_faq"),
    path("services/matters/", matters.matters, name="services_matters"),
    path("services/matters/new/", matters.new_matter, name="services_new_matter"),
    path(_matter, matters.matter, name="services_matter"),
    path(_matter + "edit/", matters.edit_matter, name="services_edit_matter"),
    path(_matter + "situations/", matters.situations, name="services_situations"),
    path(_matter + "part/", matters.put_part, name="services_part"),
    path(_matter + "part/<int:part>/remove/", matters.remove_part, name="services_remove_part"),
    path(_matter + "do/<slug:key>/", matters.settle_matter, name="services_settle_matter"),
    *(
        path(f"services/lists/{key}/", lists.register, {"key": key}, name=f"services_{key}")
        for key in lists.REGISTERS
    ),
    *(
        path(f"services/lists/{key}/put/", lists.put, {"key": key}, name=f"services_put_{key}")
        for key in lists.REGISTERS
    ),
    path("services/lists/<slug:key>/<int:pk>/remove/", lists.remove, name="services_remove"),
    path("services/handbooks/", lists.handbooks, name="services_handbooks"),
    path("services/handbooks/new/", lists.make_handbook, name="services_make_handbook"),
    path("services/handbooks/<int:pk>/withdraw/", lists.withdraw_handbook, name="services_withdraw_handbook"),
    path("services/phones/", phones.phones, name="services_phones"),
    path("services/phones/<int:pk>/<slug:state>/", phones.called, name="services_called"),
    path("services/links/", lists.links, name="services_links"),
]
