"""政府公报:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import counted, demo, finding, follow, sections, subscriptions, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.POLICIES, 70, "gazette_submissions", "报送", "gazette.view", family="政府公报"),
        DeskEntry(
            DeskGroup.POLICIES, 71, "gazette_issues", "编辑", "gazette.compose", under="gazette_submissions"
        ),
        DeskEntry(
            DeskGroup.POLICIES, 72, "gazette_history", "历史目录", "gazette.history", under="gazette_submissions"
        ),
        DeskEntry(
            DeskGroup.POLICIES, 73, "gazette_liaisons", "联络员", "gazette.view", under="gazette_submissions"
        ),
        DeskEntry(
            DeskGroup.POLICIES, 74, "gazette_figures", "报送刊登情况", "gazette.view", under="gazette_submissions"
        ),
        DeskEntry(
            DeskGroup.POLICIES, 75, "gazette_reading", "阅读和下载", "gazette.view", under="gazette_submissions"
        ),
    ),
    navigation=(PublicEntry(PublicGroup.POLICIES, 50, "gazette", "政府公报"),),
    todo=(todo.panels,),
    find=(finding.panels,),
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
