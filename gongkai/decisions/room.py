"""决策和会议:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import counted, demo, gate, sections, subscriptions, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.DECISIONS, 10, "decisions_years", "决策目录", "decisions.view"),
        DeskEntry(DeskGroup.DECISIONS, 20, "decisions_dossiers", "决策卷", "decisions.view"),
        DeskEntry(DeskGroup.DECISIONS, 30, "decisions_rounds", "征求意见", "decisions.view"),
        DeskEntry(DeskGroup.DECISIONS, 40, "decisions_meetings", "会议公开", "decisions.view"),
    ),
    navigation=(
        PublicEntry(
            PublicGroup.DECISIONS, 10, "consultations", "征求意见", types=("consultation", "consultation-result")
        ),
        PublicEntry(PublicGroup.DECISIONS, 20, "decisions", "决策目录和全过程", types=("decision-catalogue",)),
        PublicEntry(PublicGroup.DECISIONS, 30, "meetings", "政府会议", types=("meeting",)),
        PublicEntry(PublicGroup.DECISIONS, 40, "opinion_look", "我的意见、建议怎样了"),
    ),
    todo=(todo.panels,),
    open_work=(todo.open_work,),
    topics=(subscriptions.CONSULTATIONS, subscriptions.RESULT),
    demo=demo.load,
    on_record=OnRecord(
        gates=(gate.Procedure(),),
        followers=(gate.Course(),),
        sections=(sections.blocks,),
        listers=(sections.LISTER,),
    ),
    figures=counted.FIGURES,
)
