"""推送:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, FooterGroup, PublicEntry, PublicGroup, Room

from . import counted, demo, todo, urls
from .of_records import record_topic

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.SERVICES, 60, "notices_topics", "订阅", "notices.view", family="订阅和推送"),
        DeskEntry(
            DeskGroup.SERVICES, 62, "notices_happenings", "推送的事", "notices.view", under="notices_topics"
        ),
        DeskEntry(DeskGroup.SERVICES, 64, "notices_outbox", "发件箱", "notices.view", under="notices_topics"),
        DeskEntry(DeskGroup.SERVICES, 65, "notices_channels", "通道", "notices.view", under="notices_topics"),
        DeskEntry(DeskGroup.SERVICES, 66, "notices_templates", "信的样子", "notices.view", under="notices_topics"),
        DeskEntry(DeskGroup.SERVICES, 68, "notices_reach", "到达率", "notices.view", under="notices_topics"),
    ),
    navigation=(
        PublicEntry(PublicGroup.SERVICES, 60, "notices", "订阅消息"),
        PublicEntry(FooterGroup.HELP, 60, "notices", "订阅和退订"),
    ),
    todo=(todo.panels,),
    demo=demo.load,
    figures=counted.FIGURES,
    topics=(
        record_topic(
            "notices.policy",
            "政策文件",
            "区政府和各部门新公开的行政规范性文件和其他政策文件，公开的当天或者次日告诉您。",
            {"normative", "document"},
        ),
        record_topic(
            "notices.recruitment",
            "招考和录用",
            "公务员招考、事业单位招聘、录用结果，公开以后告诉您。",
            {"recruitment", "personnel"},
        ),
    ),
)
