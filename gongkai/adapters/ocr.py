"""文字识别:把图片里的字读出来。可选;没有装 ``rapidocr`` 就不识别。

模型在 ``rapidocr`` 的包里,路径写死,从不联网。识别器占几百兆内存,全进程只有一个,一次识别一张。
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module, util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # 灰度,高 x 宽
LONGEST_SIDE = 2000  # 像素;更大的图识别器自己会缩小
LEAST_SIDE = 736  # 像素;更小的图识别器会放大到这么大,狭长的会大得没有边,所以先补白
HOW = "pip install --require-hashes --no-deps -r requirements/ocr.txt"
_DETECT, _RECOGNISE = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


@dataclass(frozen=True, slots=True)
class Piece:
    """读出来的一小段字,和它在图里占的地方(像素,上边为0)。``sure`` 是把握,0至1。"""

    text: str
    sure: float
    left: float
    top: float
    right: float
    bottom: float


class CannotRead(Exception):
    """识别器自己出了错。"""


class Reader:
    """The recogniser; ``load`` gives the one instance."""

    def __init__(self) -> None:
        package = import_module("rapidocr")
        models = Path(str(package.__file__)).parent / "models"
        self._engine: Any = package.RapidOCR(
            params={
                "Global.use_cls": False,  # 判断倒置的分类器会丢行
                "Global.log_level": "critical",
                "Global.max_side_len": LONGEST_SIDE,
                "Det.model_path": str(models / _DETECT),
                "Rec.model_path": str(models / _RECOGNISE),
                "Rec.rec_img_shape": [3, 48, 96],  # 表格里多是一两位数:不必补成长行,快一倍
                "EngineConfig.onnxruntime.intra_op_num_threads": max(1, (os.cpu_count() or 1) // 2),
            }
        )
        self.busy = threading.Lock()

    def page(self, picture: Picture) -> list[Piece]:
        """Every piece of text in a picture, no particular order. Raises CannotRead."""
        short = [(0, max(LEAST_SIDE - side, 0)) for side in picture.shape]
        picture = np.pad(picture, short, constant_values=255)
        try:
            found = self._engine(_coloured(picture), use_det=True, use_rec=True)
        except Exception as error:
            raise CannotRead(str(error)) from error
        if getattr(found, "boxes", None) is None or getattr(found, "txts", None) is None:
            return []
        return [
            Piece(text, float(sure), *map(float, (*box.min(axis=0), *box.max(axis=0))))
            for box, text, sure in zip(found.boxes, found.txts, found.scores, strict=True)
        ]

    def lines(self, pictures: Sequence[Picture]) -> list[tuple[str, float]]:
        """What stands in pictures of one line each, and how sure that is. Raises CannotRead."""
        if not pictures:
            return []
        try:
            found = self._engine.recognize_txt([_coloured(picture) for picture in pictures])
        except Exception as error:
            raise CannotRead(str(error)) from error
        return [(str(text), float(sure)) for text, sure in zip(found.txts, found.scores, strict=True)]


def _coloured(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, None], 3, axis=2)


def installed() -> bool:
    """Whether the optional packages are there; does not load them."""
    return bool(util.find_spec("rapidocr") and util.find_spec("onnxruntime"))


@cache
def load() -> Reader | None:
    """The recogniser, or None if the optional packages are not installed or do not run here."""
    try:
        return Reader() if installed() else None
    except (ImportError, OSError, RuntimeError):
        return None
