"""依申请公开:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room

from . import counted, demo, finding, nature, open_work, subscriptions, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.APPLICATIONS, 10, "foi_cases", "依申请公开", "foi.view"),
        DeskEntry(DeskGroup.APPLICATIONS, 20, "foi_remedies", "复议诉讼", "foi.view"),
        DeskEntry(DeskGroup.APPLICATIONS, 30, "foi_conversions", "转主动公开", "foi.view"),
    ),
    navigation=(PublicEntry(PublicGroup.OPENNESS, 50, "apply", "依申请公开"),),
    topics=(subscriptions.PROGRESS,),
    todo=(todo.panels,),
    open_work=(open_work.open_items,),
    find=(finding.panels,),
    news=(finding.NEWS,),
    figures=counted.FIGURES,
    advice=(nature.advise,),
    demo=demo.load,
)
