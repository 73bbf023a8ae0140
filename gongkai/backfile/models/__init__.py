"""底数、旧文件、查重、开放审核、移交。写入只在 ``actions``。"""

from .handover import Extension, Transfer, TransferRow
from .items import Intake, Item, Page, Pair
from .opening import Batch, Opening
from .stock import Holding, HoldingVersion

__all__ = [
    "Batch",
    "Extension",
    "Holding",
    "HoldingVersion",
    "Intake",
    "Item",
    "Opening",
    "Page",
    "Pair",
    "Transfer",
    "TransferRow",
]
