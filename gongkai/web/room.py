"""网站:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, FooterGroup, PublicEntry, PublicGroup, Room

from . import emblem, urls

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.ADMINISTRATION, 50, "statistics", "访问统计", "web.statistics"),
        DeskEntry(DeskGroup.ADMINISTRATION, 60, "subscribers", "数据同源", "web.syndication", under="jobs"),
        DeskEntry(DeskGroup.ADMINISTRATION, 90, "redirects", "旧网址", "web.redirects", under="jobs"),
    ),
    navigation=(
        PublicEntry(PublicGroup.OPENNESS, 70, "agencies", "公开单位"),
        PublicEntry(PublicGroup.DATA, 20, "api", "数据接口"),
        PublicEntry(PublicGroup.SUPERVISION, 60, "places", "就近查阅点"),
        PublicEntry(FooterGroup.FINDING, 10, "agencies", "公开单位"),
        PublicEntry(FooterGroup.FINDING, 30, "sitemap", "网站地图"),
        PublicEntry(FooterGroup.FINDING, 40, "feeds", "订阅"),
        PublicEntry(FooterGroup.PLACES, 10, "places", "查阅场所"),
        PublicEntry(FooterGroup.HELP, 10, "accessibility", "无障碍与适老版"),
        PublicEntry(FooterGroup.HELP, 20, "feedback", "我为政府网站找错"),
        PublicEntry(FooterGroup.HELP, 30, "api", "开放接口"),
    ),
    todo=(emblem.todo,),
)
