"""办事服务:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import asked, counted, demo, listing, shelves, subscriptions, todo, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.SERVICES, 10, "services_guides", "办事指南", "services.view"),
        DeskEntry(
            DeskGroup.SERVICES, 12, "services_overview", "指南质量", "services.view", under="services_guides"
        ),
        DeskEntry(DeskGroup.SERVICES, 14, "services_matters", "一件事", "services.view"),
        DeskEntry(
            DeskGroup.SERVICES, 16, "services_intermediaries", "办事清单", "services.view", under="services_guides"
        ),
        DeskEntry(DeskGroup.SERVICES, 18, "services_handbooks", "一本通", "services.view"),
        DeskEntry(DeskGroup.SERVICES, 20, "services_links", "链接", "services.view", under="services_guides"),
    ),
    navigation=(
        PublicEntry(PublicGroup.SERVICES, 10, "services", "办事"),
        PublicEntry(PublicGroup.SERVICES, 12, "service_matters", "高效办成一件事"),
        PublicEntry(PublicGroup.SERVICES, 14, "service_handbook", "办事一本通"),
        PublicEntry(PublicGroup.SERVICES, 16, "service_certificates", "证照到期提醒"),
        PublicEntry(PublicGroup.SERVICES, 18, "service_cooperation", "跨省通办"),
    ),
    todo=(todo.panels,),
    find=(todo.find,),
    open_work=(todo.open_work,),
    topics=(subscriptions.GUIDE, subscriptions.CERTIFICATE),
    figures=counted.FIGURES,
    shelves=shelves.SHELVES,
    of_letter=(asked.of_letter,),
    demo=demo.load,
    on_record=OnRecord(listers=(listing.LISTER,)),
)
