"""公众提问:这间屋子对外说的全部(``desk.rooms``)。收提问的应用用 ``Room.questions`` 说自己的一种。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room

from . import counted, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(DeskEntry(DeskGroup.ENGAGEMENT, 10, "questions", "公众提问", "questions.view"),),
    navigation=(
        PublicEntry(PublicGroup.ENGAGEMENT, 20, "faq", "公开的问答"),
        PublicEntry(PublicGroup.ENGAGEMENT, 30, "ask_progress", "看答复"),
    ),
    todo=(todo.waiting,),
    open_work=(todo.open_work,),
    figures=counted.FIGURES,
)
