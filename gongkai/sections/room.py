"""专栏:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, FooterGroup, PublicEntry, Room
from gongkai.records.on_record import OnRecord

from . import demo, listing, shelves, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(DeskEntry(DeskGroup.OPENNESS, 30, "sections_list", "专栏", "sections.view"),),
    navigation=(PublicEntry(FooterGroup.FINDING, 20, "sections", "专栏"),),
    todo=(todo.panels,),
    on_record=OnRecord(listers=(listing.LISTER,)),
    shelves=shelves.SHELVES,
    demo=demo.load,
)
