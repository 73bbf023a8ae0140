"""法律核心的底座:用语、错误、法源、参数、终端。"""

import json
from datetime import date

import pytest

from gongkai.law import params, sources
from gongkai.law.__main__ import main
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import LawError, NotInForce, RuleBroken


def test_terms():
    assert AgencyKind.from_value("town").label == "镇（街道）"
    assert ("town", "镇（街道）") in AgencyKind.choices()
    with pytest.raises(ValueError, match="没有"):
        AgencyKind.from_value("no")


def test_an_error_says_what_by_which_article_and_what_to_do():
    assert str(RuleBroken("甲", source="《条例》第一条", fix="乙。")) == "甲(依据《条例》第一条)。乙。"
    assert str(LawError("甲")) == "甲。"


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        ("ogi:33.2", "《条例》第三十三条第二款"),
        ("ogi:20.0.5", "《条例》第二十条第(五)项"),
        ("plan", "《五年方案》"),
        ("litigation:46", "《行政诉讼法》第四十六条"),
    ],
)
def test_cite(ref, text):
    assert sources.cite(ref) == text


def test_an_unknown_law_raises():
    with pytest.raises(KeyError):
        sources.cite("nolaw:1")
    with pytest.raises(KeyError):
        sources.implements("nolaw:1")


def test_parameters_are_dated():
    assert params.at("foi.reply_days", date(2019, 5, 14)).value == 15
    new = params.at("foi.reply_days", date(2019, 5, 15))
    assert (new.value, new.unit, new.source, new.note) == (20, "工作日", "《条例》第三十三条第二款", "")
    with pytest.raises(NotInForce, match="答复期限"):
        params.at("foi.reply_days", date(2008, 4, 30))
    with pytest.raises(KeyError):
        params.at("foi.nothing", date(2020, 1, 1))


def test_an_ended_parameter_is_not_in_force():
    with pytest.raises(NotInForce):
        params.at("calendar.lunar_days", date(2031, 1, 1))


def test_an_office_may_set_its_own(tmp_path):
    path = tmp_path / "params.toml"
    path.write_text(
        '["disclosure.notice_days"]\nvalues = [{ from = 2026-01-01, value = 5, source = "本区规定" }]', "utf-8"
    )
    try:
        params.override(path)
        own = params.at("disclosure.notice_days", date(2026, 1, 1))
        assert (own.value, own.source, own.note) == (5, "本区规定", "本机关自定的口径")
        assert params.at("disclosure.notice_days", date(2025, 12, 31)).value == 10
    finally:
        params.override(None)
    assert "核对" in params.at("disclosure.notice_days", date(2026, 1, 1)).note


@pytest.mark.parametrize(
    "text",
    [
        '["foi.no"]\nvalues = []',
        '["no.no"]\nvalues = []',
        '["foi.reply_days"]\nvalues = [{ from = 2026-01-01, value = 5 }]',
    ],
)
def test_a_wrong_override_is_refused(tmp_path, text):
    path = tmp_path / "params.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(RuleBroken):
        params.override(path)
    params.override(None)


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        (["due", "--received", "2021-09-26"], {"due": "2021-10-28", "days": 20}),
        (["due", "--received", "2019-05-14"], {"due": "2019-06-04", "days": 15}),
        (["due", "--received", "2026-12-20", "--provisional"], {"provisional": True}),
        (["add", "2025-02-20", "20"], {"due": "2025-03-20"}),
        (["workday", "2021-10-09"], {"workday": True}),
        (["number", "国办发[2017]47号"], {"text": "国办发〔2017〕47号", "year": 2017}),
        (["index", "01404053X/2021-00490"], {"org": "01404053X", "year": 2021}),
    ],
)
def test_terminal_answers_in_json(capsys, argv, wanted):
    assert main([*argv, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {key: answer[key] for key in wanted} == wanted
    assert main(argv) == 0
    assert capsys.readouterr().out.strip()


def test_terminal_explains_each_day(capsys):
    assert main(["due", "--received", "2021-09-26", "--explain", "--json"]) == 0
    days = json.loads(capsys.readouterr().out)["explanation"]
    assert sum(day["counted"] for day in days) == 20
    assert main(["due", "--received", "2021-09-26", "--explain"]) == 0
    assert "2021-10-09  第6日" in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv", [["add", "2026-12-20", "20"], ["number", "甲"], ["index", "甲"], ["due", "--received", "2001-01-01"]]
)
def test_terminal_faults_are_one_sentence(capsys, argv):
    assert main(argv) == 2
    assert capsys.readouterr().err.strip().endswith("。")
    assert main([*argv, "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"]
