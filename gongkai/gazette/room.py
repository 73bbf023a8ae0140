"""政府公报:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import counted, demo, finding, follow, sections, subscriptions, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.OPENNESS, 70, "gazette_submissions", "公报报送", "gazette.view"),
        DeskEntry(DeskGroup.OPENNESS, 71, "gazette_issues", "公报编辑", "gazette.compose"),
    ),
    navigation=(PublicEntry(PublicGroup.OPENNESS, 55, "gazette", "政府公报"),),
    todo=(todo.tell,),
    find=(finding.tell,),
    open_work=(todo.open_work,),
    topics=(subscriptions.ISSUE,),
    figures=counted.FIGURES,
    demo=demo.load,
    on_record=OnRecord(
        followers=(follow.Withdrawn(),),
        sections=(sections.blocks,),
        listers=(sections.LISTER,),
    ),
)
