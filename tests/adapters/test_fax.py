"""粗的黑白二值页(传真)先抹一抹再识别;灰度的、细的二值页不动。"""

import numpy as np
import pytest

from gongkai.adapters import pagescan


def page(side, *, grey):
    """White paper with black strokes; of a grey one their edges are between."""
    sheet = np.full((side + 200, side), 255, dtype=np.uint8)
    sheet[100::40, 50:-50] = 0
    if grey:
        sheet[101::40, 50:-50] = sheet[99::40, 50:-50] = 120
    return sheet


@pytest.mark.parametrize(
    ("side", "grey", "changes"),
    [(890, False, True), (890, True, False), (1240, False, False)],
    ids=["传真", "灰度", "细的"],
)
def test_only_a_coarse_page_of_two_levels_is_smoothed(side, grey, changes):
    sheet = page(side, grey=grey)
    softened = pagescan._softened(sheet)
    assert softened.shape == sheet.shape and softened.dtype == np.uint8
    assert (not np.array_equal(softened, sheet)) is changes
    if changes:
        assert 0 < softened[100, 100] < 255 and softened[120, 100] == 255
