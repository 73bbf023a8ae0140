"""在终端里问法律核心:``python -m gongkai.law 命令 … [--json]``。

命令由各模块登记:函数上的 ``@command`` 给出名字、说明和参数。出错说一句话,退出状态 2。
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

from . import calendar, commands_foi, docnumber, indexnumber
from .commands import COMMANDS, Answer, argument, command
from .errors import LawError


@command("workday", "某日是不是工作日,为什么", argument("day", type=date.fromisoformat, help="日期,如 2021-10-09"))
def workday(day: date) -> Answer:
    found = calendar.explain_day(day)
    text = f"{day} {'是' if found.counted else '不是'}工作日:{found.reason}({found.notice})"
    return Answer(text, {"day": day, "workday": found.counted, "reason": found.reason, "notice": found.notice})


@command(
    "add",
    "某日之后第几个工作日是哪天",
    argument("start", type=date.fromisoformat, help="起算日,当日不计"),
    argument("n", type=int, help="工作日数"),
    argument("--provisional", action="store_true", help="没有放假通知的年份按周末和法定节日推定"),
)
def add(start: date, n: int, provisional: bool = False) -> Answer:
    due = calendar.add(start, n, provisional=provisional)
    return Answer(f"{due}", {"start": start, "n": n, "due": due})


@command("number", "读一个发文字号,归一写法", argument("text", help="发文字号"))
def number(text: str) -> Answer:
    found = docnumber.normalise(text)
    data = {
        "text": found.text,
        "code": found.code,
        "year": found.year,
        "seq": found.seq,
        "warnings": list(found.warnings),
    }
    return Answer("\n".join([found.text, *found.warnings]), data)


@command("index", "读一个索引号", argument("text", help="索引号"))
def index(text: str) -> Answer:
    found = indexnumber.parse(text)
    data = {
        "org": found.org,
        "year": found.year,
        "month": found.month,
        "seq": found.seq,
        "hints": list(found.hints),
    }
    return Answer("\n".join([f"{found.org} {found.year} {found.seq}", *found.hints]), data)


__all__ = ["commands_foi", "main"]


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 2 a fault in the input."""
    parser = argparse.ArgumentParser("python -m gongkai.law", description="法律核心:条文即函数。")
    choices = parser.add_subparsers(dest="command", required=True)
    for name, one in COMMANDS.items():
        sub = choices.add_parser(name, help=one.about, description=one.about)
        sub.add_argument("--json", action="store_true", help="输出 JSON")
        for names, options in one.arguments:
            sub.add_argument(*names, **options)
    options = vars(parser.parse_args(argv))
    chosen, as_json = COMMANDS[options.pop("command")], options.pop("json")
    try:
        answer = chosen.run(**options)
    except (LawError, OSError, ValueError, OverflowError) as error:
        message = str(error) if isinstance(error, LawError) else f"办不了:{error}"
        print(json.dumps({"error": message}, ensure_ascii=False) if as_json else message, file=sys.stderr)
        return 2
    print(json.dumps(answer.data, ensure_ascii=False, default=str) if as_json else answer.text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
