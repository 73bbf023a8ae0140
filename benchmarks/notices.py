"""十万个订户、一件政策:匹配、排进队、发送各要多久;``--kill`` 再让排队和发送的进程在随便什么时候被杀十次,看有没有谁收到两次。

用法:python benchmarks/notices.py [--people N] [--kill] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
AT = datetime(2026, 9, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
#: What the desk promises at 100,000 subscribers.
PROMISED = {"matching_s": 5, "queued_s": 60}
LETTERS = 2000
CHUNK = 5000


def fill(people: int) -> Any:
    """Subscribers with sealed addresses, written in chunks; every third chose agencies."""
    from gongkai.notices import actions
    from gongkai.notices.actions import Sample
    from gongkai.notices.terms import Way
    from gongkai.notices.topics import Choice
    from gongkai.org.models import Agency

    agency = Agency.objects.create(code="B00", name="某区人民政府", kind="government")
    for start in range(0, people, CHUNK):
        rows = []
        for number in range(start, min(start + CHUNK, people)):
            criteria = {"agency": ["B00"]} if number % 3 == 0 else {}
            choice = Choice("notices.policy", criteria, consents=True)
            rows.append(Sample(Way.MAIL, f"reader{number}@citizen.example", (choice,), AT, AT))
        actions.add_samples(rows, at=AT)
    return agency


def happen(agency: Any) -> Any:
    """One policy."""
    from gongkai.notices import actions
    from gongkai.notices.topics import Happened

    told = Happened("1", "《关于稳岗补贴的通知》", "/info/1/", facts={"agency": ["B00"]}, agency=agency)
    return actions.enqueue("notices.policy", told, at=AT)


def matched(happening: Any) -> int:
    """Only find out whom it concerns."""
    from gongkai.notices import topics
    from gongkai.notices.actions import telling

    total = after = 0
    while True:
        looked, found = telling.matching(topics.topic(happening.topic), happening, after)
        total += len(found)
        if len(looked) < telling.BATCH:
            return total
        after = looked[-1]


class Nowhere:
    """A channel that appends each address to a file, as a mail server would keep it."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("ab", buffering=0)

    def send(self, letter: Any) -> Any:
        from gongkai.notices.carriers import Answer
        from gongkai.notices.terms import Result

        self.file.write(f"{letter.to}\n".encode())
        return Answer(Result.ACCEPTED)

    def close(self) -> None:
        return None


def work(box: Path, minutes: int) -> None:
    """What the worker does, until nothing is left: run in a process of its own that is killed."""
    from gongkai.notices import actions
    from gongkai.notices.terms import Way

    at = AT + timedelta(minutes=minutes)
    actions.spread(at)
    while actions.deliver(at, carriers={Way.MAIL: Nowhere(box)}, most=200).tried:
        pass


def killed(folder: Path, deaths: int = 10) -> dict[str, Any]:
    """Kill the worker ``deaths`` times at random (SIGKILL), let it end, and count what everybody got."""
    from gongkai.notices.models import Message
    from gongkai.notices.terms import Kind, State

    chance, box, done = random.Random(5), folder / "box", 0
    while True:
        process = subprocess.Popen([sys.executable, __file__, "--work", str(box), str(30 * done)])
        try:
            process.wait(timeout=chance.uniform(1.5, 4.0) if done < deaths else None)
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            done += 1
    work(box, 30 * done + 30)
    got = box.read_text().splitlines()
    states = {state.value: Message.objects.filter(kind=Kind.NEWS, state=state).count() for state in State}
    return {
        "deaths": done,
        "got": len(got),
        "twice": len(got) - len(set(got)),
        "states": {k: n for k, n in states.items() if n},
    }


def timed(act: Any) -> tuple[float, Any]:
    """Seconds, and what it gave."""
    start = time.perf_counter()
    found = act()
    return round(time.perf_counter() - start, 2), found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--work", nargs=2, metavar=("BOX", "MINUTES"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    folder = Path(os.environ.get("GONGKAI_DATA") or tempfile.mkdtemp(prefix="notices-"))
    os.environ |= {"GONGKAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
    import django

    django.setup()
    if given.work:
        work(Path(given.work[0]), int(given.work[1]))
        return 0
    from django.core.management import call_command

    from gongkai.notices import actions
    from gongkai.notices.terms import Way

    call_command("migrate", verbosity=0)
    figures: dict[str, Any] = {"people": given.people}
    figures["filled_s"], agency = timed(lambda: fill(given.people))
    happening = happen(agency)
    figures["matching_s"], figures["matched"] = timed(lambda: matched(happening))
    if given.kill:
        figures["kill"] = killed(folder)
    else:
        figures["queued_s"], figures["queued"] = timed(lambda: actions.spread(AT))
        box = {Way.MAIL: Nowhere(folder / "box")}
        seconds, done = timed(lambda: actions.deliver(AT, carriers=box, most=LETTERS))
        figures["letters_per_s"] = round(done.tried / seconds)
    if not given.json:
        for name, value in figures.items():
            promised = f"(答应 {PROMISED[name]})" if name in PROMISED else ""
            print(f"{name}: {value} {promised}")
    print(json.dumps(figures, ensure_ascii=False))
    late = [name for name, most in PROMISED.items() if figures.get(name, 0) > most]
    return int(bool(late) or bool(figures.get("kill", {}).get("twice")))


if __name__ == "__main__":
    raise SystemExit(main())
