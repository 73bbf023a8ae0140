"""单位与人员:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, Room

from . import counted, finding, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.ADMINISTRATION, 10, "agencies", "单位", "org.view"),
        DeskEntry(DeskGroup.ADMINISTRATION, 20, "people", "人员", "org.manage"),
        DeskEntry(DeskGroup.ADMINISTRATION, 30, "places", "查阅点", "org.view"),
        DeskEntry(DeskGroup.ADMINISTRATION, 70, "log", "操作记录", "org.log"),
        DeskEntry(DeskGroup.ADMINISTRATION, 80, "jobs", "后台任务", "org.jobs", family="系统"),
    ),
    find=(finding.panels,),
    figures=counted.FIGURES,
)
