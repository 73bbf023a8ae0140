"""回应关切:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import counted, demo, press_sections, press_todo, sections, shelves, subscriptions, todo, urls
from .gates import NoticeGate

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.ENGAGEMENT, 20, "engagement_letters", "来信", "engagement.view"),
        DeskEntry(DeskGroup.ENGAGEMENT, 30, "engagement_cases", "政务舆情", "engagement.opinion"),
        DeskEntry(DeskGroup.ENGAGEMENT, 40, "engagement_events", "活动", "engagement.view"),
        DeskEntry(
            DeskGroup.ENGAGEMENT, 41, "engagement_all_series", "系列", "engagement.view", under="engagement_events"
        ),
        DeskEntry(
            DeskGroup.ENGAGEMENT,
            50,
            "engagement_interviews",
            "在线访谈",
            "engagement.view",
            family="访谈、问政和调查",
        ),
        DeskEntry(
            DeskGroup.ENGAGEMENT,
            51,
            "engagement_broadcasts",
            "电视问政",
            "engagement.view",
            under="engagement_interviews",
        ),
        DeskEntry(
            DeskGroup.ENGAGEMENT, 45, "engagement_briefings", "发布会", "engagement.view", family="新闻发布"
        ),
        DeskEntry(
            DeskGroup.ENGAGEMENT, 46, "engagement_press", "任务数", "engagement.view", under="engagement_briefings"
        ),
        DeskEntry(
            DeskGroup.ENGAGEMENT,
            47,
            "engagement_spokespersons",
            "发言人",
            "engagement.view",
            under="engagement_briefings",
        ),
        DeskEntry(
            DeskGroup.ENGAGEMENT,
            48,
            "engagement_discipline",
            "纪律登记",
            "engagement.discipline",
            under="engagement_briefings",
        ),
        DeskEntry(
            DeskGroup.ENGAGEMENT,
            52,
            "engagement_surveys",
            "调查",
            "engagement.view",
            under="engagement_interviews",
        ),
    ),
    navigation=(
        PublicEntry(PublicGroup.ENGAGEMENT, 40, "letter_write", "写信"),
        PublicEntry(PublicGroup.ENGAGEMENT, 50, "letters", "公开的来信"),
        PublicEntry(PublicGroup.ENGAGEMENT, 60, "letter_look", "信、报名和提问怎样了"),
        PublicEntry(PublicGroup.ENGAGEMENT, 70, "events", "开放日和发布会", types=("event",)),
        PublicEntry(PublicGroup.ENGAGEMENT, 80, "interviews", "在线访谈", types=("interview",)),
        PublicEntry(PublicGroup.ENGAGEMENT, 90, "broadcasts", "电视问政"),
        PublicEntry(PublicGroup.ENGAGEMENT, 75, "press", "新闻发布", types=("press",)),
        PublicEntry(PublicGroup.ENGAGEMENT, 95, "surveys", "调查"),
    ),
    todo=(todo.panels, press_todo.panels),
    open_work=(todo.open_work,),
    topics=(subscriptions.LETTER,),
    shelves=shelves.SHELVES,
    demo=demo.load,
    on_record=OnRecord(
        gates=(NoticeGate(),),
        sections=(sections.blocks, press_sections.blocks),
        listers=(sections.LISTER, press_sections.LISTER),
    ),
    figures=(*counted.FIGURES, *press_todo.FIGURES),
)
