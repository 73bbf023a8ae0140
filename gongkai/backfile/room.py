"""历史信息和移交:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import advising, counted, demo, old_paths, sections, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.OPENNESS, 210, "backfile_stock", "底数", "backfile.view", family="历史信息"),
        DeskEntry(DeskGroup.OPENNESS, 220, "backfile_intakes", "旧文件", "backfile.view", under="backfile_stock"),
        DeskEntry(
            DeskGroup.OPENNESS, 230, "backfile_batches", "开放审核", "backfile.view", under="backfile_stock"
        ),
        DeskEntry(
            DeskGroup.OPENNESS, 240, "backfile_transfers", "移交档案馆", "backfile.view", under="backfile_stock"
        ),
    ),
    navigation=(
        PublicEntry(PublicGroup.POLICIES, 60, "history", "历史信息"),
        PublicEntry(PublicGroup.POLICIES, 70, "handovers", "移交档案馆目录"),
    ),
    todo=(todo.panels,),
    find=(todo.find,),
    open_work=(todo.open_work,),
    demo=demo.load,
    figures=counted.FIGURES,
    advice=(advising.advise,),
    old_path=old_paths.record_at,
    on_record=OnRecord(sections=(sections.blocks,), listers=(sections.LISTER,)),
)
