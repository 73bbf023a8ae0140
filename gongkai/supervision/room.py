"""督查考核:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import counted, demo, finding, listing, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.SUPERVISION, 5, "supervision_home", "督查考核", "supervision.view"),
        DeskEntry(DeskGroup.SUPERVISION, 6, "supervision_unit", "本单位的任务", "supervision.report"),
        DeskEntry(DeskGroup.SUPERVISION, 7, "supervision_inspect", "待验证和复核", "supervision.correct"),
        DeskEntry(
            DeskGroup.SUPERVISION,
            50,
            "supervision_corrections",
            "整改",
            "supervision.view",
            under="supervision_home",
        ),
        DeskEntry(DeskGroup.SUPERVISION, 60, "supervision_rounds", "考核", "supervision.view"),
        DeskEntry(
            DeskGroup.SUPERVISION,
            70,
            "supervision_notices",
            "通报",
            "supervision.correct",
            under="supervision_home",
        ),
        DeskEntry(
            DeskGroup.SUPERVISION,
            80,
            "supervision_hearings",
            "听取汇报和保障",
            "supervision.view",
            under="supervision_home",
        ),
    ),
    navigation=(PublicEntry(PublicGroup.SUPERVISION, 10, "plan_progress", "方案落实进展"),),
    on_record=OnRecord(listers=(listing.LISTER,)),
    todo=(todo.panels,),
    find=(finding.panels,),
    open_work=(todo.open_work,),
    figures=counted.FIGURES,
    demo=demo.load,
)
