"""收件:公众网上提交、窗口和各渠道登记(条例第二十九条、第三十一条)。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.adapters import files
from gongkai.adapters.personal import personal_data
from gongkai.desk.moments import local_day
from gongkai.law import receipt
from gongkai.law.errors import RuleBroken
from gongkai.law.receipt import Channel
from gongkai.org import access, codes
from gongkai.org.models import Agency, User
from gongkai.org.vault import vault

from .. import numbering, personal, store
from ..masking import shown
from ..models import Application, File, Item
from ..terms import FileRole
from .common import save
from .journal import log


@dataclass(frozen=True, slots=True)
class Intake:
    """一件申请写明的内容。``personal`` 的各项见 ``personal.FIELDS``;``files`` 是(用途、文件名、内容)。"""

    agency: Agency
    applicant_kind: str
    personal: dict[str, str]
    description: str
    manner: str
    way: str
    doc_number: str = ""
    suggests_release: bool = False
    files: tuple[tuple[str, str, bytes], ...] = ()
    source: str = ""
    source_id: str = ""
    items: tuple[str, ...] = field(default=())


@transaction.atomic
def submit(given: Intake, *, at: datetime) -> tuple[Application, str]:
    """网上提交:提交成功当日就是收到之日,当场给受理编号和查询码(指导案例26号)。

    Returns:
        the case and the query code, which is shown this once and stored only as a digest.
    """
    day = local_day(at)
    return take_in(given, Channel.WEB, day, None, receipt.EVIDENCE[Channel.WEB], by=None, at=at)


@transaction.atomic
def register(
    given: Intake,
    channel: str,
    arrived_on: date,
    *,
    by: User,
    at: datetime,
    confirmed_on: date | None = None,
    evidence: str = "",
    unreached: str = "",
) -> tuple[Application, str]:
    """窗口、信函、邮箱、传真、口头来的,由工作人员登记。收到之日按渠道定;登记迟了,收到之日也不变。

    平常信函、传真联系不上申请人的,``unreached`` 写明何时、怎样联系过,以到达之日为收到之日。
    """
    access.require(by, "foi.register", given.agency)
    return take_in(
        given, Channel.from_value(channel), arrived_on, confirmed_on, evidence, by=by, at=at, unreached=unreached
    )


def take_in(
    given: Intake,
    channel: Channel,
    arrived_on: date,
    confirmed_on: date | None,
    evidence: str,
    *,
    by: User | None,
    at: datetime,
    unreached: str = "",
) -> tuple[Application, str]:
    _complete(given, local_day(at), arrived_on, confirmed_on)
    unreached = " ".join(unreached.split())
    found = receipt.received(channel, arrived_on, confirmed_on, unreached=bool(unreached), provisional=True)
    if unreached and confirmed_on is None:
        evidence = f"联系不上申请人：{unreached}" + (f"；{evidence.strip()}" if evidence.strip() else "")
    code, stored = codes.new_code(numbering.CODE_PURPOSE)
    values = {key: text.strip()[:200] for key, text in given.personal.items() if text.strip()}
    identity = values.get("identity", "")
    text = given.description.strip()
    sealed = personal.seal(values)
    application = Application(
        number=numbering.receipt_number(given.agency, found.strict.year),
        query_digest=stored,
        agency=given.agency,
        channel=channel,
        arrived_on=arrived_on,
        confirmed_on=confirmed_on,
        received_on=found.strict,
        lenient_on=found.lenient,
        start_on=found.strict,
        evidence=(evidence.strip() or found.evidence)[:200],
        registered_at=at,
        registered_by=by,
        applicant_kind=given.applicant_kind,
        applicant=personal.shown_name(given.applicant_kind, values["name"]),
        personal=sealed,
        identity_digest=vault().digest(identity) if identity else "",
        subject=subject_of(shown(text, sealed), given.doc_number),
        description=text,
        doc_number=given.doc_number.strip(),
        manner=given.manner,
        way=given.way,
        suggests_release=given.suggests_release,
        source=given.source,
        source_id=given.source_id,
    )
    _possible(application)
    application.save()
    wanted = [one.strip() for one in given.items if one.strip()] or [text]
    Item.objects.bulk_create(
        Item(application=application, order=order, text=one) for order, one in enumerate(wanted, 1)
    )
    for role, name, content in given.files:
        attach(application, role, name, content, by=by, at=at)
    save(application, at)
    log(
        "foi.receive",
        application,
        f"收到申请（{channel.label}，收到之日{found.strict}）",
        by=by,
        at=at,
        due=str(application.due_on or ""),
    )
    return application, code


def _complete(given: Intake, today: date, arrived_on: date, confirmed_on: date | None) -> None:
    """What article 29 demands so that the application can be registered at all; the rest is for 补正."""
    if not given.personal.get("name", "").strip():
        raise RuleBroken("没有写申请人的姓名或者名称", source="《条例》第二十九条第二款", fix="请补写。")
    if not given.description.strip():
        raise RuleBroken(
            "没有写所要信息的名称、文号或者便于查询的其他特征",
            source="《条例》第二十九条第二款",
            fix="请写明要什么信息。",
        )
    if given.agency.ended_on and given.agency.ended_on <= today:
        raise RuleBroken(
            f"{given.agency}已于{given.agency.ended_on}撤并",
            fix=f"请向{given.agency.successor or '承继单位'}申请。",
        )
    for day, name in ((arrived_on, "到达之日"), (confirmed_on, "确认之日")):
        if day and day > today:
            raise RuleBroken(f"{name}{day}在今天以后", fix="请填实际的日期。")


#: 申请人填的各项,按列的要求核对。
_GIVEN = frozenset({"applicant_kind", "manner", "way", "doc_number", "description"})


def _possible(application: Application) -> None:
    """Values that the columns cannot hold become one sentence."""
    try:
        application.clean_fields(exclude={field.name for field in Application._meta.fields} - _GIVEN)
    except ValidationError as error:
        labels = {field.name: str(field.verbose_name) for field in Application._meta.fields}
        wrong = "；".join(f"{labels[name]}：{''.join(texts)}" for name, texts in error.message_dict.items())
        raise RuleBroken(f"有几项没有填对（{wrong.rstrip('。')}）", fix="请改正后再提交。") from None


#: “申请公开……”“请求提供……”:清单上只留要的是什么。
_ASKING = re.compile(r"^(?:本人|我单位|我公司|我)?(?:特)?(?:申请|请求|要求)(?:依法)?(?:公开|获取|提供|了解)[：:]?")


def subject_of(text: str, doc_number: str) -> str:
    """One line for lists: the first line, cut at the first full stop."""
    line = " ".join(text.split("\n", 1)[0].split())
    line = _ASKING.sub("", line.split("。", 1)[0]) or line
    if doc_number.strip() and doc_number.strip() not in line:
        line = f"{doc_number.strip()}　{line}"
    return line[:117] + "……" if len(line) > 119 else line


def attach(
    application: Application,
    role: str,
    name: str,
    content: bytes,
    *,
    by: User | None,
    at: datetime,
    redacted_from: File | None = None,
    findings: list[str] | None = None,
) -> File:
    """Put a file into the case; its kind is told by its content (C94). The caller has checked the right.

    Args:
        findings: what ``looked_at`` said of a file that will be given out; it reads the file, so the caller
            has asked it before the transaction.
    """
    kind = store.typed(name, content)
    bare = _bare(name)
    given_out = role == FileRole.REPLY
    if given_out and (found := personal_data(bare)):
        raise RuleBroken(f"文件名里有{found[0].label}", source="《条例》第十五条", fix="请改名以后再放入。")
    return File.objects.create(
        application=application,
        role=FileRole.from_value(role),
        name=bare,
        findings=findings or [],
        sha256=store.keep(content),
        size=len(content),
        kind=kind,
        added_at=at,
        added_by=by,
        redacted_from=redacted_from,
    )


def looked_at(role: str, name: str, content: bytes) -> list[str]:
    """What a person should look at before the file is given out; nothing for files that stay in the case.

    Reads the file: never within a transaction.
    """
    return files.concerns(content, store.typed(name, content), _bare(name)) if role == FileRole.REPLY else []


def _bare(name: str) -> str:
    return name.rpartition("/")[2].rpartition("\\")[2][-200:] or "文件"
