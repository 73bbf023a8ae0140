"""网站和新媒体检查:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room

from . import counted, demo, finding, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.SUPERVISION, 10, "inspections_outlets", "网站和新媒体", "inspections.view"),
        DeskEntry(
            DeskGroup.SUPERVISION,
            20,
            "inspections_rounds",
            "检查",
            "inspections.check",
            under="inspections_outlets",
        ),
        DeskEntry(
            DeskGroup.SUPERVISION,
            30,
            "inspections_findings",
            "检查的问题",
            "inspections.view",
            under="inspections_outlets",
        ),
        DeskEntry(
            DeskGroup.SUPERVISION,
            40,
            "inspections_tips",
            "网民找错",
            "inspections.check",
            under="inspections_outlets",
        ),
        DeskEntry(
            DeskGroup.SUPERVISION,
            50,
            "inspections_releases",
            "统一转发",
            "inspections.view",
            under="inspections_outlets",
        ),
    ),
    navigation=(
        PublicEntry(PublicGroup.SUPERVISION, 10, "outlets", "网站和政务新媒体"),
        PublicEntry(PublicGroup.SUPERVISION, 20, "inspections", "网站和新媒体检查"),
    ),
    todo=(todo.panels,),
    find=(finding.panels,),
    figures=counted.FIGURES,
    open_work=(todo.open_work,),
    demo=demo.load,
)
