"""公共数据开放:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import counted, demo, sections, shelves, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.SERVICES, 200, "opendata_datasets", "数据集", "opendata.view", family="数据开放"),
        DeskEntry(
            DeskGroup.SERVICES,
            210,
            "opendata_applications",
            "受限数据申请",
            "opendata.grant",
            under="opendata_datasets",
        ),
        DeskEntry(
            DeskGroup.SERVICES, 220, "opendata_demands", "数据需求", "opendata.demand", under="opendata_datasets"
        ),
        DeskEntry(
            DeskGroup.SERVICES, 230, "opendata_uses", "利用成果", "opendata.keys", under="opendata_datasets"
        ),
        DeskEntry(
            DeskGroup.SERVICES, 240, "opendata_keys", "接口钥匙", "opendata.keys", under="opendata_datasets"
        ),
        DeskEntry(
            DeskGroup.SERVICES, 250, "opendata_figures", "数据开放的数", "opendata.view", under="opendata_datasets"
        ),
    ),
    navigation=(
        PublicEntry(PublicGroup.DATA, 10, "opendata", "公共数据目录"),
        PublicEntry(PublicGroup.DATA, 20, "opendata_requests", "数据需求"),
        PublicEntry(PublicGroup.DATA, 30, "opendata_results", "利用成果"),
        PublicEntry(PublicGroup.DATA, 40, "opendata_public_figures", "开放情况"),
        PublicEntry(PublicGroup.DATA, 50, "opendata_look", "我的申请怎样了"),
    ),
    todo=(todo.panels,),
    find=(todo.find,),
    open_work=(todo.open_work,),
    figures=counted.FIGURES,
    shelves=shelves.SHELVES,
    demo=demo.load,
    on_record=OnRecord(sections=(sections.blocks,), listers=(sections.LISTER,)),
)
