"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import asking, catalogue, chosen, datasets, figures, files, inbox, interface, table, versions

_one = "data/<int:pk>/"
public: list = [
    path("data/", catalogue.catalogue, name="opendata"),
    path("data.json", catalogue.data_json, name="opendata_json"),
    path("data/catalog.jsonld", catalogue.dcat, name="opendata_dcat"),
    path("data/terms/", catalogue.terms, name="opendata_terms"),
    path("data/figures/", figures.public, name="opendata_public_figures"),
    path("data/requests/", asking.demands, name="opendata_requests"),
    path("data/requests/new/", asking.demand, name="opendata_request"),
    path("data/results/", asking.uses, name="opendata_results"),
    path("data/results/new/", asking.use, name="opendata_result"),
    path("data/keys/", asking.key, name="opendata_key"),
    path("data/keys/change/", asking.change_key, name="opendata_change_key"),
    path("data/look/", asking.look, name="opendata_look"),
    path("data/<int:pk>", interface.rows, name="opendata_rows"),
    path(_one, catalogue.dataset, name="opendata_dataset"),
    path(_one + "table/", table.preview, name="opendata_table"),
    path(_one + "table.csv", chosen.rows, name="opendata_chosen"),
    path(_one + "chart/", table.chart, name="opendata_chart"),
    path(_one + "apply/", asking.apply, name="opendata_apply"),
    path(_one + "rate/", asking.rate, name="opendata_rate"),
    path(_one + "schema.json", catalogue.schema, name="opendata_schema"),
    path(_one + "datapackage.json", catalogue.package, name="opendata_package"),
    path(_one + "versions/<int:number>/", catalogue.version, name="opendata_version"),
    path(_one + "versions/<int:number>/<str:name>", files.download, name="opendata_file"),
]

_dataset, _version, _application = (
    "datasets/<int:pk>/",
    "datasets/<int:pk>/versions/<int:number>/",
    "data-applications/<int:pk>/",
)
desk: list = [
    path("datasets/", datasets.datasets, name="opendata_datasets"),
    path("datasets/new/", datasets.new, name="opendata_new"),
    path(_dataset, datasets.dataset, name="opendata_dataset"),
    path(_dataset + "edit/", datasets.edit, name="opendata_edit"),
    path(_dataset + "fields/", datasets.fields, name="opendata_fields"),
    path(_dataset + "judge/", datasets.judge, name="opendata_judge"),
    path(_dataset + "rulings/<int:ruling>/", datasets.approve, name="opendata_approve"),
    path(_dataset + "tighten/", datasets.tighten, name="opendata_tighten"),
    path(_dataset + "close/", datasets.close, name="opendata_close"),
    path(_dataset + "end/", datasets.end, name="opendata_end"),
    path(_dataset + "upload/", versions.upload, name="opendata_upload"),
    path(_dataset + "cite/", versions.cite, name="opendata_cite"),
    path(_dataset + "cite/<int:citation>/", versions.uncite, name="opendata_uncite"),
    path(_version, versions.version, name="opendata_version"),
    path(_version + "open/", versions.open_, name="opendata_open"),
    path(_version + "original/", versions.original, name="opendata_original"),
    path("data-applications/", inbox.applications, name="opendata_applications"),
    path(_application, inbox.application, name="opendata_application"),
    path(_application + "contact/", inbox.contact, name="opendata_contact"),
    path(_application + "agreement/", inbox.agreement, name="opendata_agreement"),
    path(_application + "do/<slug:what>/", inbox.act_application, name="opendata_act"),
    path("data-requests/", inbox.demands, name="opendata_demands"),
    path("data-requests/<int:pk>/", inbox.demand, name="opendata_demand"),
    path("data-results/", inbox.uses, name="opendata_uses"),
    path("data-results/<int:pk>/", inbox.use, name="opendata_use"),
    path("data-keys/", inbox.keys, name="opendata_keys"),
    path("data-keys/<int:pk>/", inbox.revoke, name="opendata_revoke"),
    path("data-figures/", figures.desk, name="opendata_figures"),
]
