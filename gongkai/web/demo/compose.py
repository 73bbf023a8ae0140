"""把题目、单位和年份编成样本信息。同一粒种子编出同样的内容,所以重复装入不会多出来。"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from gongkai.law.calendar import DAY
from gongkai.law.marks import long_day
from gongkai.org.sample import LAST_DAY, phone
from gongkai.records import types

DISTRICT = "明湖区"
_SLOT = re.compile(r"\{(\w+)(?::([^{}]+))?\}")


@dataclass(frozen=True, slots=True)
class Sample:
    """编好的一件:单位代码、类型、要素和正文。"""

    agency: str
    type: str
    description: dict[str, Any]


@cache
def agencies() -> list[dict[str, Any]]:
    """The invented agencies, as the table gives them."""
    return tomllib.loads(files(__package__).joinpath("agencies.toml").read_text("utf-8"))["agency"]


@cache
def themes() -> list[dict[str, Any]]:
    """The themes, as the table gives them."""
    return tomllib.loads(files(__package__).joinpath("themes.toml").read_text("utf-8"))["theme"]


def samples(seed: int = 2026) -> list[Sample]:
    """Every sample record, by the day it was made."""
    chance = random.Random(seed)  # noqa: S311  样本数据,不是密码
    counters: dict[tuple[str, int], int] = {}
    made: list[Sample] = []
    drafts = [item for theme in themes() for item in _drafts(theme, chance)]
    for day, theme, agency in sorted(drafts, key=lambda item: (item[0], item[2]["code"], item[1]["title"])):
        made.append(compose(theme, agency, day, chance, counters))
    return made


def _drafts(theme: dict[str, Any], chance: random.Random) -> Iterator[tuple[date, dict[str, Any], dict[str, Any]]]:
    by_code = {one["code"]: one for one in agencies()}
    codes = [code for code in by_code if "ended" not in by_code[code]] if theme["who"] == ["all"] else theme["who"]
    first, last, step = theme["years"]
    for number, code in enumerate(codes):
        for year in range(first + number % step, last + 1, step):
            months = theme.get("following") or theme.get("months") or [1, 12]
            month = chance.randint(*months)
            day = date(year + ("following" in theme), month, chance.randint(5, 27))
            yield min(day, LAST_DAY - DAY * chance.randrange(1, 60)), theme, by_code[code]


def compose(
    theme: dict[str, Any],
    agency: dict[str, Any],
    day: date,
    chance: random.Random,
    counters: dict[tuple[str, int], int],
) -> Sample:
    """One record of a theme by an agency on a day."""
    kind = types.get(theme["type"])
    year = day.year - ("following" in theme)
    slots = {
        "区": DISTRICT,
        "单位": agency["name"],
        "简称": agency["short"],
        "年": str(year),
        "上年": str(year - 1),
        "施行": long_day(day + DAY * theme.get("effective", 0)),
        "月": str(day.month),
        "季": str((day.month - 1) // 3 + 1),
    }

    def fill(text: str) -> str:
        def slot(match: re.Match[str]) -> str:
            name, options = match[1], match[2]
            if options and name not in slots:
                if re.fullmatch(r"\d+-\d+", options):
                    low, high = map(int, options.split("-"))
                    slots[name] = str(chance.randint(low, high))
                else:
                    slots[name] = _choose(options.split("|"), theme["who"], agency["code"], chance)
            return slots[name]

        return _SLOT.sub(slot, text)

    title = fill(theme["title"])
    number = ""
    if theme["code"] and agency["number"]:
        code = agency["number"] + theme["code"]
        counters[code, day.year] = counters.get((code, day.year), 0) + chance.randint(1, 4)
        number = f"{code}〔{day.year}〕{counters[code, day.year]}号"
    body = _body(fill(theme["text"]), agency["name"], day, signed=bool(number))
    effective = day + DAY * theme["effective"] if "effective" in theme else None
    expires = None
    if effective and day.year >= 2015:
        expires = date(effective.year + theme["valid_years"], effective.month, min(effective.day, 28)) - DAY
    description = {
        "title": title,
        "doc_number": number,
        "made_on": day,
        "effective_on": effective,
        "expires_on": expires,
        "subject": theme.get("subject", ""),
        "genre": theme.get("genre", ""),
        "body": body,
        "source": agency["name"],
        "fields": {field.key: _field(field, slots, agency, chance) for field in kind.fields if field.required},
    }
    if body.startswith("<p>") and "：</p>" in body[:160]:
        description["addressee"] = re.sub(r"<[^>]+>", "", body.split("：</p>")[0])[:300]
    return Sample(agency["code"], theme["type"], description)


def renewed(sample: Sample, day: date) -> Sample:
    """The same paper made on another day: what is in hand is of these days."""
    given = dict(sample.description)
    old: date = given["made_on"]
    for name in ("effective_on", "expires_on"):
        if given[name]:
            given["body"] = given["body"].replace(long_day(given[name]), long_day(given[name] + (day - old)))
            given[name] += day - old
    return Sample(
        sample.agency,
        sample.type,
        given | {"made_on": day, "body": given["body"].replace(long_day(old), long_day(day))},
    )


def _choose(options: list[str], who: list[str], code: str, chance: random.Random) -> str:
    """One of the options; where there is one for each agency, the agency's own."""
    if len(options) == len(who) and code in who:
        return options[who.index(code)]
    return chance.choice(options)


def _body(text: str, agency: str, day: date, *, signed: bool) -> str:
    parts: list[str] = []
    signature = f'<p class="right">{escape(agency)}</p><p class="right">{long_day(day)}</p>'
    for line in text.strip().split("\n"):
        if line == "=":
            parts.append(signature)
            signed = False
        elif line.startswith("## "):
            head, _, rest = line[3:].partition("。")
            parts.append(f"<h3>{escape(head)}</h3><p>{escape(rest)}</p>")
        elif line.startswith("# "):
            parts.append(f"<h2>{escape(line[2:])}</h2>")
        elif match := re.match(r"(第[一二三四五六七八九十]+条) (.*)", line):
            parts.append(f"<p><strong>{match[1]}</strong>\u3000{escape(match[2])}</p>")
        else:
            parts.append(f"<p>{escape(line)}</p>")
    return "\n".join([*parts, signature] if signed else parts)


def _field(field: types.Field, slots: dict[str, str], agency: dict[str, Any], chance: random.Random) -> str:
    """A plausible value for a special element."""
    known = {
        "year": slots["年"],
        "period": f"{slots['年']}年",
        "office": f"{agency['name']}政府信息公开工作机构",
        "address": f"{DISTRICT}{road(agency['code'])}",
        "hours": HOURS,
        "phone": phone(agency["code"]),
        "fax": phone(agency["code"], 9),
        "online": f"{agency['code'].lower()}@minghu.example",
        "functions": agency["duties"],
        "structure": "办公室、综合科、业务一科、业务二科。",
        "head": leader(agency["code"]),
        "classification": "按法定公开事项分类，见法定主动公开内容。",
        "arrangement": "索引号由单位代码、年份和流水号组成。",
        "access": "可以在本网站查找下载，也可以到查阅场所当面查阅；没有主动公开的，可以申请公开。",
        "decision_no": f"{agency['number']}决字〔{slots['年']}〕{chance.randint(1, 90)}号",
        "party": f"明湖某商贸有限公司（样本{chance.randint(1, 99)}）",
        "holder": f"明湖某实业有限公司（样本{chance.randint(1, 99)}）",
        "facts": "未按规定建立进货查验记录。",
        "result": f"警告，罚款{chance.randint(1, 9) * 1000}元。",
        "law_basis": "有关法律、行政法规的规定。",
        "content": "准予从事申请的活动，有效期见许可证。",
        "matter": slots.get("w", "行政许可事项"),
        "conditions": "符合法律、法规规定的条件。",
        "procedure": "申请、受理、审查、决定、送达。",
        "project": slots.get("w", "重大建设项目"),
        "item": "不动产登记费",
        "standard": "按国家规定执行。",
        "name": leader(agency["code"]),
        "post": "负责人",
    }
    if field.choices:
        return chance.choice(field.choices)
    return known.get(field.key, "见正文。")


HOURS = "工作日9:00—12:00，13:30—17:00（夏季14:00—17:30）"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_ROADS = ("人民路", "湖滨路", "柳堤路", "东岸大道", "学府街", "环湖路", "青石街", "桃溪路")


def leader(code: str) -> str:
    """An invented person's name: a surname and 某, so that it is nobody's."""
    return _SURNAMES[sum(map(ord, code)) % len(_SURNAMES)] + "某"


def road(code: str) -> str:
    """An invented road, without a house number that could be someone's home."""
    return _ROADS[sum(map(ord, code)) % len(_ROADS)]
