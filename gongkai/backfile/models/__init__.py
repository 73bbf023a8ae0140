"""底数、旧文件、旧网站、查重、开放审核、移交。写入只在 ``actions``。"""

from .handover import Extension, Transfer, TransferRow
from .items import Intake, Item, Page, Pair
from .opening import Batch, Opening
from .sites import Address, Archive, OldSite
from .stock import Holding, HoldingVersion

__all__ = [
    "Address",
    "Archive",
    "Batch",
    "Extension",
    "Holding",
    "HoldingVersion",
    "Intake",
    "Item",
    "OldSite",
    "Opening",
    "Page",
    "Pair",
    "Transfer",
    "TransferRow",
]
