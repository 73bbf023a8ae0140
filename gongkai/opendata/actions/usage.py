"""把记在文件里的用量并进表(``calls``)。"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction

from .. import calls
from ..models import Dataset, Usage


@transaction.atomic
def count_usage() -> int:
    """Add up what was noted since the last time; how many calls. What cannot be read is left out."""
    with calls.set_aside_calls() as lines:
        counts: dict[tuple[date, int, str], Counter[str]] = {}
        number = 0
        for call in lines:
            number += 1
            counts.setdefault((call.day, call.dataset, call.channel), Counter())[call.kind] += 1
            if call.kind != "internal":
                counts[call.day, call.dataset, call.channel][f"s{call.step}"] += 1
        known = set(Dataset.objects.filter(pk__in={key[1] for key in counts}).values_list("pk", flat=True))
        for (day, dataset, channel), found in counts.items():
            if dataset not in known:
                continue
            row, _ = Usage.objects.select_for_update().get_or_create(day=day, dataset_id=dataset, channel=channel)
            row.n += found["ok"] + found["failed"]
            row.failed += found["failed"]
            row.internal += found["internal"]
            speed = row.speed or [0] * len(calls.STEPS)
            row.speed = [old + found[f"s{step}"] for step, old in enumerate(speed)]
            row.save()
    return number
