"""检索与问答:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room

from . import counted, demo, shelves, urls
from .unit_questions import UNIT

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.ADMINISTRATION, 40, "search_queries", "检索词", "search.view", family="检索和词表"),
        DeskEntry(
            DeskGroup.ADMINISTRATION, 41, "search_synonyms", "同义词", "search.manage", under="search_queries"
        ),
        DeskEntry(DeskGroup.ADMINISTRATION, 42, "search_sayings", "说法", "search.manage", under="search_queries"),
        DeskEntry(DeskGroup.ADMINISTRATION, 43, "search_pins", "置顶", "search.manage", under="search_queries"),
        DeskEntry(DeskGroup.ADMINISTRATION, 44, "search_judged", "评测", "search.manage", under="search_queries"),
    ),
    navigation=(PublicEntry(PublicGroup.ENGAGEMENT, 10, "ask", "问一问"),),
    questions=(UNIT,),
    figures=counted.FIGURES,
    shelves=shelves.SHELVES,
    demo=demo.load,
)
