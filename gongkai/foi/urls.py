"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import bulk, case, cases, covering, exchange, letters, online, overview, progress
from .views import public as public_pages

public: list = [
    path("apply/", public_pages.entry, name="apply"),
    path("apply/online/", online.online, name="apply_online"),
    path("apply/suggestions/", public_pages.suggestions, name="apply_suggestions"),
    path("apply/calculator/", public_pages.calculator, name="calculator"),
    path("apply/form.<slug:suffix>", public_pages.paper_form, name="apply_form"),
    path("apply/progress/", progress.progress, name="progress"),
]

_one = "foi/<int:pk>/"
_letter = _one + "letters/<int:letter>/"
desk: list = [
    path("foi/", cases.cases, name="foi_cases"),
    path("foi/new/", cases.new, name="foi_new"),
    path("foi/bulk/", bulk.bulk, name="foi_bulk"),
    path("foi/overview/", overview.overview, name="foi_overview"),
    path("foi/exchange/", exchange.exchange_page, name="foi_exchange"),
    *(
        path(f"foi/export.{one}", exchange.exported, {"suffix": one}, name=f"foi_export_{one}")
        for one in ("csv", "xlsx", "json")
    ),
    path("foi/remedies/", cases.remedies, name="foi_remedies"),
    path("foi/letters/", letters.signing, name="foi_signing"),
    path("foi/remedies/new/", cases.new_remedy, name="foi_new_remedy"),
    path("foi/remedies/<int:pk>/", cases.settle, name="foi_settle"),
    path("foi/release/", cases.conversions, name="foi_conversions"),
    path("foi/release/<int:pk>/", cases.release, name="foi_release"),
    path(_one, case.case, name="foi_case"),
    path(_one + "personal/", case.show_personal, name="foi_personal"),
    path(_one + "contacts/<int:contact>/", case.see, name="foi_see"),
    path(_one + "items/<int:item>/", case.decide, name="foi_decide"),
    path(_one + "files/<int:file>/", case.file, name="foi_file"),
    path(_one + "files/<int:file>/cover/", covering.cover, name="foi_cover"),
    path(_one + "code/", case.new_code, name="foi_code"),
    path(_one + "archive.zip", case.archived, name="foi_archive"),
    path(_one + "files/<int:file>/remove/", case.remove_file, name="foi_remove_file"),
    path(_one + "draft/<slug:kind>/", letters.new, name="foi_draft"),
    path(_letter, letters.letter, name="foi_letter"),
    path(_letter + "file.<slug:suffix>", letters.printed, name="foi_printed"),
    path(_letter + "edit/", letters.edit, name="foi_edit_letter"),
    path(_letter + "hand/", letters.hand_in, name="foi_hand_in"),
    path(_letter + "issue/", letters.issue, name="foi_issue"),
    path(_letter + "deliver/", letters.deliver, name="foi_deliver"),
    path(_letter + "drop/", letters.drop, name="foi_drop"),
    path(_one + "<slug:key>/", case.act, name="foi_act"),
]
