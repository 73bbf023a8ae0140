"""标准化规范化:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, FooterGroup, PublicEntry, PublicGroup, Room

from . import counted, counted_places, demo, shelves, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.OPENNESS, 22, "standards_list", "标准目录", "standards.view"),
        DeskEntry(
            DeskGroup.OPENNESS, 24, "standards_matrix", "目录对照", "standards.view", under="standards_list"
        ),
        DeskEntry(DeskGroup.OPENNESS, 26, "standards_villages", "村务公开", "standards.village"),
        DeskEntry(DeskGroup.OPENNESS, 27, "standards_zones", "体验区", "standards.zone", under="standards_list"),
        DeskEntry(
            DeskGroup.OPENNESS,
            28,
            "standards_enterprises",
            "公共企事业单位",
            "standards.enterprise",
            under="standards_list",
        ),
        DeskEntry(
            DeskGroup.SUPERVISION,
            35,
            "standards_indices",
            "基层公开指数",
            "standards.indices",
            under="supervision_home",
        ),
    ),
    navigation=(
        PublicEntry(PublicGroup.OPENNESS, 45, "standards", "标准目录"),
        PublicEntry(PublicGroup.OPENNESS, 47, "villages", "村（居）务公开"),
        PublicEntry(PublicGroup.OPENNESS, 48, "enterprises", "公共企事业单位"),
        PublicEntry(FooterGroup.PLACES, 20, "zones", "政务公开体验区"),
    ),
    todo=(todo.panels,),
    find=(todo.find,),
    open_work=(todo.open_work,),
    figures=(*counted.FIGURES, *counted_places.FIGURES),
    shelves=shelves.SHELVES,
    demo=demo.load,
)
