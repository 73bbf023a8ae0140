"""公众看方案的落实:一项项任务怎样了,和系统自己数的数。只有公开进展的方案。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.moments import end_of

from .. import counts, shipped, standing
from ..models import Plan


def progress(request: HttpRequest) -> HttpResponse:
    """公开了进展的方案;数和灯都算到今天。"""
    on = timezone.localdate()
    plans = list(Plan.objects.shown().select_related("record").order_by("-ends_on", "pk"))
    given = request.GET.get("plan", "")
    chosen = next((one for one in plans if str(one.pk) == given), plans[0] if plans else None)
    sections, told, tally = [], {}, None
    if chosen is not None:
        views = standing.views(standing.tasks_of([chosen]), on=on, at=end_of(on))
        sections, tally = standing.sections(views), standing.tallied(chosen, views, on)
        if chosen.key:
            counted = counts.counted(on)
            for section in sections:
                keys = {
                    one.key: counted[one.key]
                    for view in section.tasks
                    for one in counts.for_clause(view.task.clause)
                }
                told[section.no] = [one for one in keys.values() if one.whole.whole]
    context = {
        "plans": plans,
        "plan": chosen,
        "on": on,
        "sections": [(section, *counts.leading(told.get(section.no, []))) for section in sections],
        "tally": tally,
        "told": list({one.figure.key: one for rows in told.values() for one in rows}.values()),
        "uncounted": shipped.uncounted(chosen.key) if chosen else {},
    }
    return render(request, "supervision/public/progress.html", context)
