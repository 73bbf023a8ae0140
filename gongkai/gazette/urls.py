"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import desk as issues
from .views import history, notices, readings, steps, units
from .views import public as pages

_year, _issue = "gazette/<int:year>/", "gazette/<int:year>/<slug:code>/"
public: list = [
    path("gazette/", pages.home, name="gazette"),
    path("gazette/search/", pages.search, name="gazette_search"),
    path("gazette/old/<int:pk>/", pages.historic, name="gazette_historic"),
    path("gazette/old/<int:pk>/scan.pdf", pages.scan, name="gazette_scan"),
    path(_year, pages.year, name="gazette_year"),
    path(_year + "contents.csv", pages.contents_csv, name="gazette_contents_csv"),
    path(_year + "contents.json", pages.contents_json, name="gazette_contents_json"),
    path(_year + "pack.zip", pages.pack, name="gazette_pack"),
    path(_year + "volume.<slug:kind>", pages.volume, name="gazette_volume"),
    path(_issue, pages.issue, name="gazette_issue"),
    path(_issue + "issue.<slug:kind>", pages.form, name="gazette_form"),
    path(_issue + "<int:position>/", pages.article, name="gazette_article"),
    path(_issue + "<int:position>/article.pdf", pages.article_pdf, name="gazette_article_pdf"),
]

_one, _article = "gazette/issues/<int:pk>/", "gazette/articles/<int:pk>/"
desk: list = [
    path("gazette/submissions/", units.submissions, name="gazette_submissions"),
    path("gazette/report/<slug:code>/<int:year>/<int:month>/", units.report, name="gazette_report"),
    path("gazette/register/<int:year>/<int:month>/", units.register_list, name="gazette_register"),
    path("gazette/records/<int:pk>/decide/", units.decide, name="gazette_decide"),
    path("gazette/liaisons/", units.liaisons, name="gazette_liaisons"),
    path("gazette/liaisons/new/", units.appoint, name="gazette_appoint"),
    path("gazette/liaisons/<int:pk>/dismiss/", units.dismiss, name="gazette_dismiss"),
    path("gazette/figures/", notices.figures_page, name="gazette_figures"),
    path("gazette/figures/<slug:code>/", notices.unit_figures, name="gazette_unit_figures"),
    path("gazette/reading/", readings.reading_page, name="gazette_reading"),
    path("gazette/notices/new/", notices.new_notice, name="gazette_new_notice"),
    path("gazette/notices/<int:pk>/", notices.notice, name="gazette_notice"),
    path("gazette/notices/<int:pk>/notice.<slug:kind>", notices.notice_file, name="gazette_notice_file"),
    path("gazette/issues/", issues.issues, name="gazette_issues"),
    path("gazette/issues/new/", issues.new_issue, name="gazette_new_issue"),
    path("gazette/masthead/", issues.masthead, name="gazette_masthead"),
    path("gazette/sections/new/", issues.section, name="gazette_new_section"),
    path("gazette/sections/<int:pk>/", issues.section, name="gazette_section"),
    path(_one, issues.issue, name="gazette_issue"),
    path(_one + "form/<slug:kind>/", issues.form, name="gazette_proof"),
    path(_one + "edit/", steps.edit, name="gazette_edit"),
    path(_one + "take/", steps.select_record, name="gazette_take"),
    path(_one + "take-chosen/", steps.take_chosen, name="gazette_take_chosen"),
    path(_one + "order/", steps.order, name="gazette_order"),
    path(_one + "sort/", steps.sort, name="gazette_sort"),
    path(_one + "line/", steps.line, name="gazette_line"),
    path(_one + "build/", steps.build, name="gazette_build"),
    path(_one + "submit/", steps.submit, name="gazette_submit"),
    path(_one + "approve/", steps.approve, name="gazette_approve"),
    path(_one + "return/", steps.send_back, name="gazette_return"),
    path(_one + "publish/", steps.publish, name="gazette_publish"),
    path(_one + "deliveries/", steps.deliveries, name="gazette_deliveries"),
    path(_one + "deliveries/plan/", steps.plan, name="gazette_plan"),
    path(_one + "slip/<int:place>/", steps.slip, name="gazette_slip"),
    path(_article + "drop/", steps.drop, name="gazette_drop"),
    path(_article + "refresh/", steps.refresh, name="gazette_refresh"),
    path(_article + "correct/", steps.correct, name="gazette_correct"),
    path("gazette/lines/<int:pk>/drop/", steps.drop_line, name="gazette_drop_line"),
    path("gazette/deliveries/<int:pk>/", steps.deliver, name="gazette_deliver"),
    path("gazette/history/", history.history, name="gazette_history"),
    path("gazette/history/import/", history.upload, name="gazette_import"),
    path("gazette/history/intakes/<int:pk>/", history.intake, name="gazette_intake"),
    path("gazette/history/intakes/<int:pk>/apply/", history.apply, name="gazette_apply"),
    path("gazette/history/<int:pk>/scan/", history.attach, name="gazette_attach_scan"),
]
