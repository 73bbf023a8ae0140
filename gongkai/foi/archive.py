"""归档:一件申请的全部材料打成一个 ZIP,有目录、校验和、经过和操作记录(条例第四十五条)。"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

from gongkai.desk.export import csv_lines
from gongkai.org.log_rows import LOG_HEAD, log_rows
from gongkai.org.models import LogEntry

from . import actions, papers, personal, store
from .models import Application

CONTENTS = "案卷目录.csv"


def package(application: Application) -> bytes:
    """The ZIP of a case: every letter as PDF, every file, facts as JSON, the course and the log as CSV; the contents
    list names each with its size and SHA-256."""
    parts = list(_parts(application))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(["序号", "名称", "字节", "SHA-256"])
        for number, (name, content) in enumerate(parts, 1):
            writer.writerow([number, name, len(content), hashlib.sha256(content).hexdigest()])
            archive.writestr(_info(name), content)
        archive.writestr(_info(CONTENTS), "\ufeff" + table.getvalue())
    return buffer.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    """A member with a fixed time: the same case gives the same bytes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _parts(application: Application):
    facts = json.dumps(facts_of(application), ensure_ascii=False, indent=2)
    yield "申请.json", facts.encode()
    steps = [
        [
            step.on,
            step.label,
            step.by or "申请人",
            "作废" if step.void else "",
            step.note,
            json.dumps(step.extra, ensure_ascii=False),
        ]
        for step in application.steps.select_related("by")
    ]
    yield "办理经过.csv", "".join(csv_lines(["日期", "步骤", "经手人", "作废", "说明", "细目"], steps)).encode()
    for number, letter in enumerate(application.letters.exclude(sealed=""), 1):
        name, content = actions.printed(letter, "pdf")
        yield f"文书/{number:02}-{name}", content
    for number, file in enumerate(application.files.all(), 1):
        label = papers.bare(f"{file.get_role_display()}-{file.name}")
        yield f"文件/{number:02}-{label}", store.read(file)
    log = LogEntry.objects.about(application).order_by("seq")
    yield "操作记录.csv", "".join(csv_lines(LOG_HEAD, log_rows(log))).encode()


def facts_of(application: Application) -> dict[str, Any]:
    """The case as data, the applicant in clear: the archive is the original."""
    plain = (
        "number",
        "channel",
        "arrived_on",
        "confirmed_on",
        "received_on",
        "evidence",
        "applicant_kind",
        "description",
        "doc_number",
        "manner",
        "way",
        "state",
        "due_on",
        "original_due_on",
        "answered_on",
        "closed_on",
        "outcome",
        "late",
        "late_cause",
    )
    found: dict[str, Any] = {name: _plain(getattr(application, name)) for name in plain}
    found["agency"] = application.agency.code
    found["applicant"] = dict(personal.clear(application))
    found["items"] = [
        {
            "text": item.text,
            "outcome": item.outcome,
            "ground": item.ground,
            "facts": item.facts,
            "tests": item.answers,
        }
        for item in application.items.all()
    ]
    found["opinions"] = [
        {"kind": row.kind, "verdict": row.verdict, "text": row.text, "by": str(row.by), "at": row.at.isoformat()}
        for row in application.opinions.select_related("by")
    ]
    found["remedies"] = [
        {"kind": row.kind, "body": row.body, "filed_on": _plain(row.filed_on), "result": row.result}
        for row in application.remedies.all()
    ]
    return found


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) else str(value)
