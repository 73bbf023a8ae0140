"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import findings, outlets, papers, rounds
from .views import public as pages

_outlet, _round, _finding = "outlets/<int:pk>/", "inspections/<int:pk>/", "findings/<int:pk>/"
desk: list = [
    path("outlets/", outlets.outlets, name="inspections_outlets"),
    path("outlets/new/", outlets.new, name="inspections_new_outlet"),
    path("outlets/posts/", outlets.posts_in, name="inspections_posts"),
    path(_outlet, outlets.outlet, name="inspections_outlet"),
    path(_outlet + "edit/", outlets.edit, name="inspections_edit_outlet"),
    path(_outlet + "do/<slug:key>/", outlets.move, name="inspections_move"),
    path(_outlet + "closing/", outlets.closing, name="inspections_closing"),
    path(_outlet + "closing/notice/", outlets.closing_notice, name="inspections_closing_notice"),
    path(_outlet + "columns/new/", outlets.column, name="inspections_new_column"),
    path(_outlet + "columns/<int:column>/", outlets.column, name="inspections_column"),
    path("inspections/", rounds.rounds, name="inspections_rounds"),
    path("inspections/own-site/", rounds.own_site, name="inspections_own"),
    path("inspections/new/", rounds.new, name="inspections_new_round"),
    path(_round, rounds.round, name="inspections_round"),
    path(_round + "do/<slug:key>/", rounds.act, name="inspections_round_act"),
    path(_round + "bulletin/", papers.draft_bulletin, name="inspections_draft_bulletin"),
    path(_round + "bulletin.<slug:suffix>", papers.bulletin_file, name="inspections_bulletin_file"),
    path(_round + "barriers/", rounds.barriers_of, name="inspections_barriers"),
    path("inspections/samples/<int:pk>/", rounds.sample, name="inspections_sample"),
    path("inspections/evidence/<int:pk>/", rounds.evidence, name="inspections_evidence"),
    path("inspections/evidence/<int:pk>/screenshot/", rounds.screenshot, name="inspections_screenshot"),
    path("site-report/<int:year>/", papers.site_report, name="inspections_site_report"),
    path("site-report/<int:year>/draft/", papers.draft_site_report, name="inspections_draft_site_report"),
    path(
        "site-report/<int:year>/file.<slug:suffix>", papers.site_report_file, name="inspections_site_report_file"
    ),
    path("releases/", papers.releases, name="inspections_releases"),
    path("releases/new/", papers.new_release, name="inspections_new_release"),
    path("releases/<int:pk>/", papers.release, name="inspections_release"),
    path("releases/relays/<int:pk>/", papers.relay, name="inspections_relay"),
    path("outlets/shares/", papers.shares, name="inspections_shares"),
    path("outlets/whitelist/", papers.whitelist, name="inspections_whitelist"),
    path("outlets/whitelist/<int:pk>/drop/", papers.drop_source, name="inspections_drop_source"),
    path("findings/", findings.findings, name="inspections_findings"),
    path("findings/new/", findings.new, name="inspections_new_finding"),
    path("findings/bulk/", findings.bulk, name="inspections_bulk"),
    path("findings/tips/", findings.tips, name="inspections_tips"),
    path("findings/tips/<int:pk>/", findings.from_tip, name="inspections_from_tip"),
    path(_finding, findings.finding, name="inspections_finding"),
    path(_finding + "again/", findings.again, name="inspections_again"),
    path(_finding + "do/<slug:key>/", findings.act, name="inspections_finding_act"),
]
public: list = [
    path("outlets/", pages.outlets, name="outlets"),
    path("inspections/", pages.rounds, name="inspections"),
    path("inspections/<int:pk>/", pages.round, name="inspection"),
    path("inspections/<int:pk>/drawing/", pages.drawing, name="inspection_drawing"),
]
