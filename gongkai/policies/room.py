"""政策:这间屋子对外说的全部(``desk.rooms``)。"""

from gongkai.desk.rooms import DeskEntry, DeskGroup, PublicEntry, PublicGroup, Room
from gongkai.records.on_record import OnRecord

from . import cards, counted, demo, finding, gate, listing, sections, shelves, steps, subscriptions, todo, urls
from .questions import POLICY

ROOM = Room(
    public=urls.public,
    desk=urls.desk,
    menu=(
        DeskEntry(DeskGroup.OPENNESS, 40, "policies_packages", "同步发布", "policies.view"),
        DeskEntry(DeskGroup.POLICIES, 10, "policies_register", "规范性文件", "policies.view"),
        DeskEntry(DeskGroup.POLICIES, 30, "policies_measures", "云诊所", "policies.view"),
    ),
    navigation=(
        PublicEntry(PublicGroup.POLICIES, 10, "policies", "政策文件库", types=("normative", "interpretation")),
        PublicEntry(PublicGroup.POLICIES, 40, "clinic", "政策云诊所"),
    ),
    todo=(todo.panels, cards.todo),
    questions=(POLICY,),
    topics=(subscriptions.MEASURE,),
    on_record=OnRecord(
        gates=(gate.Together(),),
        followers=(gate.Aftermath(),),
        hanging=(cards.hanging,),
        steps=(steps.record_steps, cards.step),
        sections=(sections.page_sections, cards.section),
        validity=(sections.validity,),
        listers=(listing.LISTER,),
    ),
    find=(finding.panels,),
    figures=counted.FIGURES,
    shelves=shelves.SHELVES,
    demo=demo.load,
)
