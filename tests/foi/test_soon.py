"""快到期的提前量由机关定:待办、清单和总览同用一个数。"""

from datetime import date

import pytest

from gongkai.foi import case_lists, todo
from gongkai.law import params
from tests.foi.desk import Desk

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 25)  # 2025-03-03 收到的最迟 2025-03-31 答复,还有四个工作日
OWN = '["management.foi_soon_days"]\nvalues = [{ from = 2025-01-01, value = 5, source = "本区办理规程" }]\n'


@pytest.fixture
def own(tmp_path):
    (tmp_path / "params.toml").write_text(OWN, "utf-8")
    yield lambda: params.override(tmp_path / "params.toml")
    params.override(None)


def test_the_office_says_what_counts_as_soon(own):
    desk = Desk()
    case = desk.case("2025-03-03")
    rows = type(case).objects.filter(pk=case.pk)

    def tabs(rows):
        soon = next(tab for tab in case_lists.tabs(rows, ON, "open") if tab.key == "soon")
        return soon.label, soon.count

    def shown():
        labels = [panel.label for panel in todo.panels(desk.clerk, ON) if panel.count]
        return [label for label in labels if "快到期" in label], tabs(rows)

    assert shown() == ([], ("3个工作日内到期", 0))
    own()
    assert shown()[1] == ("5个工作日内到期", 1)
