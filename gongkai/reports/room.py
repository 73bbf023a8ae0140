"""统计与年报:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room

from . import counted, demo, finding, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(DeskEntry(DeskGroup.SUPERVISION, 40, "reports_list", "年度报告", "reports.view"),),
    navigation=(
        PublicEntry(PublicGroup.OPENNESS, 40, "annual_reports", "政府信息公开年报", types=("annual-report",)),
        PublicEntry(PublicGroup.SUPERVISION, 20, "annual_indices", "公开指标"),
    ),
    todo=(todo.panels,),
    find=(finding.panels,),
    news=(finding.NEWS,),
    figures=counted.FIGURES,
    demo=demo.load,
)
