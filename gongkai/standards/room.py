"""标准化规范化:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room

from . import demo, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.OPENNESS, 22, "standards_list", "标准目录", "standards.view"),
        DeskEntry(DeskGroup.OPENNESS, 24, "standards_matrix", "目录对照", "standards.view"),
    ),
    navigation=(PublicEntry(PublicGroup.OPENNESS, 45, "standards", "标准目录"),),
    todo=(todo.tell,),
    find=(todo.find,),
    open_work=(todo.open_work,),
    demo=demo.load,
)
