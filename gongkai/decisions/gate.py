"""签发的关口和跟着办的:公告五样齐、期限够,采纳情况逐条有答复、数字没有变,目录审定过,决策文件合得上每一条硬的规则。"""

from __future__ import annotations

from datetime import datetime

from gongkai.desk.moments import end_of, local_day
from gongkai.law import consultation as law
from gongkai.law import decisions
from gongkai.law.decisions import Step
from gongkai.law.errors import RuleBroken
from gongkai.org.models import User
from gongkai.records.gates import Follower, Gate
from gongkai.records.models import Edition, Record
from gongkai.records.on_record import rare_one

from . import facts
from .actions.catalogue import TYPE as CATALOGUE
from .actions.catalogue import mark_published, unruled
from .actions.common import locked
from .actions.consulting import NOTICE, RESULT
from .actions.dossier import moved
from .models import CatalogueYear, Consultation, Dossier
from .models.consultation import FIGURES


class Procedure(Gate):
    """决策程序上的各样信息,签发以前问过法律。"""

    def signing(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        record, release = edition.record, publish_at or at
        if record.type == NOTICE:
            self._notice(record, edition, release)
        elif record.type == RESULT:
            self._result(record, edition, at)
        elif record.type == CATALOGUE:
            self._catalogue(record)
        if record.published_at is None and (dossier := rare_one(Dossier.objects.filter(record=record))):
            decisions.may(Step.PUBLISH, facts.dossier_facts(dossier, at), local_day(release))

    def moving(self, record: Record, moment: datetime, *, by: User, at: datetime) -> None:
        if record.type == NOTICE and record.live:
            self._notice(record, record.live, moment)

    def _notice(self, record: Record, edition: Edition, release: datetime) -> None:
        consultation = Consultation.objects.filter(record=record).select_related("dossier__agency").first()
        if consultation is None:
            raise RuleBroken("这件公告不属于任何一卷决策", fix="请从决策卷里起草征求意见的公告。")
        # 已经公布的只改文字,期限照旧从公布那天起
        opened = local_day(record.published_at or release)
        files = edition.attachments.exists()
        notice = law.Notice(
            has_draft=bool(str(edition.fields.get("draft", "")).strip()) or files,
            has_explanation=bool(str(edition.fields.get("explanation", "")).strip()),
            ways=("网上", *consultation.ways),
            media=tuple(consultation.media),
            period=law.period(opened, consultation.end_on),
            reason=consultation.short_reason,
        )
        law.may_publish(notice, binding=decisions.is_binding(consultation.dossier.agency.kind, opened))

    def _result(self, record: Record, edition: Edition, at: datetime) -> None:
        consultation = Consultation.objects.filter(feedback=record).select_related("record").first()
        if consultation is None:
            raise RuleBroken("这件采纳情况不属于任何一轮征求意见", fix="请从那一轮征求意见里起草。")
        tally = consultation.tally()
        law.may_feed_back(tally, ended=at > end_of(consultation.end_on))
        said = [str(edition.fields.get(name, "")) for name in FIGURES]
        counted = [str(getattr(tally, name)) for name in FIGURES]
        if said != counted:
            raise RuleBroken("采纳情况里的数同登记的意见对不上", fix="请重新起草采纳情况，再送审。")

    def _catalogue(self, record: Record) -> None:
        year = CatalogueYear.objects.filter(record=record).first()
        if year is None:
            raise RuleBroken("这件目录不是从“决策目录”起草的", fix="请从那里起草。")
        decisions.may_publish_catalogue(
            meeting=year.meeting,
            party_consent_on=year.party_consent_on,
            items=year.items.count(),
            unruled=unruled(year),
        )


class Course(Follower):
    """决策文件签发,决策就公布了;目录签发,目录就公布了。"""

    def signed(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        record = edition.record
        if year := rare_one(CatalogueYear.objects.filter(record=record).select_related("agency")):
            mark_published(year, at=at, by=by)
        if record.published_at is None and (dossier := rare_one(Dossier.objects.filter(record=record))):
            moved(locked(dossier), Step.PUBLISH, at=at, by=by, out_at=publish_at)
