"""云诊所的回答在查询串里:nginx 的访问记录只记路径。"""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_answers_stay_out_of_the_log(nginx, settings):
    assert nginx("/clinic/results/?for=person&a-age=81").status == 200
    nginx("/policies/?year=2024")
    nginx.process.terminate()
    nginx.process.wait(10)
    log = (settings.GONGKAI_DATA / "log" / "pages.log").read_text("utf-8")
    assert " /clinic/results/\n" in log and "a-age" not in log
    assert " /policies/\n" in log and "year=2024" not in log
