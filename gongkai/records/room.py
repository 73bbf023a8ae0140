"""政府信息:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room

from . import counted, finding, open_work, urges, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.OPENNESS, 10, "records", "信息", "records.view"),
        DeskEntry(DeskGroup.OPENNESS, 20, "catalogue", "公开目录", "records.catalogue"),
        DeskEntry(DeskGroup.OPENNESS, 50, "withheld", "年度评估", "records.view"),
        DeskEntry(DeskGroup.OPENNESS, 60, "words", "提示词表", "records.words", under="records"),
    ),
    navigation=(
        PublicEntry(PublicGroup.OPENNESS, 10, "guide", "公开指南"),
        PublicEntry(PublicGroup.OPENNESS, 20, "rules", "公开制度"),
        PublicEntry(PublicGroup.OPENNESS, 30, "statutory", "法定主动公开内容"),
        PublicEntry(PublicGroup.OPENNESS, 60, "records", "全部信息"),
    ),
    open_work=(open_work.open_items,),
    todo=(urges.panels,),
    find=(finding.panels,),
    news=(finding.NEWS,),
    figures=counted.FIGURES,
)
