"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import batches, intakes, items, pairs, sites, stock, transfers
from .views import public as pages

public: list = [
    path("history/", pages.history, name="history"),
    path("handovers/", pages.handovers, name="handovers"),
    path("handovers/<int:pk>/", pages.handover, name="handover"),
    path("handovers/<int:pk>/catalogue.<slug:suffix>", pages.catalogue, name="handover_catalogue"),
]

_unit = "backfile/stock/units/<slug:code>/"
_intake, _item, _batch = (
    "backfile/intakes/<int:pk>/",
    "backfile/intakes/papers/<int:pk>/",
    "backfile/batches/<int:pk>/",
)
_site = "backfile/intakes/sites/<int:pk>/"
_opening, _transfer, _row = (
    "backfile/batches/papers/<int:pk>/",
    "backfile/handovers/<int:pk>/",
    "backfile/handovers/rows/<int:pk>/",
)
desk: list = [
    path("backfile/stock/", stock.stock, name="backfile_stock"),
    path(_unit, stock.unit, name="backfile_unit"),
    path(_unit + "register/", stock.register, name="backfile_register"),
    path(_unit + "numbers/", stock.count_numbers, name="backfile_numbers"),
    path(_unit + "<int:year>/<slug:kind>/", stock.holding, name="backfile_holding"),
    path("backfile/intakes/", intakes.intakes, name="backfile_intakes"),
    path("backfile/intakes/new/", intakes.upload_archive, name="backfile_take"),
    path("backfile/intakes/new-list/", intakes.take_list, name="backfile_take_list"),
    path("backfile/intakes/sites/", sites.sites, name="backfile_sites"),
    path("backfile/intakes/sites/new/", sites.declare, name="backfile_declare"),
    path(_site + "crawl/", sites.crawl, name="backfile_crawl"),
    path(_site + "end/", sites.end, name="backfile_end_site"),
    path(_intake, intakes.intake, name="backfile_intake"),
    path(_intake + "visits/", sites.visits, name="backfile_visits"),
    path(_intake + "archives/<int:number>/", sites.archive, name="backfile_archive"),
    path(_intake + "<slug:to>/", intakes.switch, name="backfile_switch"),
    path("backfile/intakes/papers/", items.items, name="backfile_items"),
    path("backfile/intakes/papers/addresses/", items.addresses, name="backfile_addresses"),
    path(_item, items.item, name="backfile_item"),
    path(_item + "pages/<int:number>/", items.picture, name="backfile_picture"),
    path(_item + "original/", items.original, name="backfile_original"),
    path(_item + "refuse/", items.refuse, name="backfile_refuse"),
    path(_item + "do/<slug:key>/", items.press, name="backfile_press"),
    path("backfile/intakes/pairs/", pairs.pairs, name="backfile_pairs"),
    path("backfile/intakes/pairs/many/", pairs.many, name="backfile_pairs_many"),
    path("backfile/intakes/pairs/<int:pk>/", pairs.pair, name="backfile_pair"),
    path("backfile/batches/", batches.batches, name="backfile_batches"),
    path("backfile/batches/new/", batches.new_batch, name="backfile_new_batch"),
    path(_batch, batches.batch, name="backfile_batch"),
    path(_batch + "do/<slug:key>/", batches.act_batch, name="backfile_act_batch"),
    path(_opening, batches.opening, name="backfile_opening"),
    path(_opening + "take-out/", batches.take_out, name="backfile_take_out"),
    path("backfile/handovers/", transfers.transfers, name="backfile_transfers"),
    path("backfile/handovers/new/", transfers.new_transfer, name="backfile_new_transfer"),
    path("backfile/handovers/extension/", transfers.extension, name="backfile_extension"),
    path(_transfer, transfers.transfer, name="backfile_transfer"),
    path(_transfer + "edit/", transfers.edit_transfer, name="backfile_edit_transfer"),
    path(_transfer + "fill/", transfers.fill, name="backfile_fill"),
    path(_transfer + "rows/new/", transfers.new_row, name="backfile_new_row"),
    path(_transfer + "hand-over/", transfers.hand_over, name="backfile_hand_over"),
    path(_transfer + "publish/", transfers.publish, name="backfile_publish"),
    path(_transfer + "nothing/", transfers.nothing, name="backfile_nothing"),
    path(_transfer + "<slug:part>.<slug:suffix>", transfers.paper, name="backfile_paper"),
    path(_row, transfers.row, name="backfile_row"),
    path(_row + "drop/", transfers.drop_row, name="backfile_drop_row"),
    path(_row + "letter/", transfers.letter, name="backfile_letter"),
]
