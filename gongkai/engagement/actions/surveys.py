"""调查:建立、加题、公布、答、延长、公布结果、到期清除记号。建立和公布是两个人。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.adapters.personal import personal_data
from gongkai.adapters.plaintext import clean, line
from gongkai.law import surveys as law
from gongkai.law.errors import RuleBroken
from gongkai.law.surveys import SCALE, QuestionKind
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.org.vault import vault

from ..models import Choice, Remark, Sheet, Survey, SurveyQuestion

SURVEY_FIELDS = ("title", "intro", "opens_at", "closes_at")
MOST_OPTIONS, MOST_QUESTIONS, LONGEST_REMARK = 20, 40, 1000

#: 题的编号 → 选的几项(序号),或者写的话。
Answers = Mapping[int, Sequence[int] | str]


def _locked(survey: Survey) -> Survey:
    return Survey.objects.select_for_update(of=("self",)).select_related("agency").get(pk=survey.pk)


def _noted(action: str, survey: Survey, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    log(
        f"engagement.{action}", f"调查“{survey}”：{what}", at=at, by=by, agency=survey.agency, about=survey, **more
    )


def _draft(survey: Survey, by: User) -> Survey:
    survey = _locked(survey)
    access.require(by, "engagement.event", survey.agency)
    if survey.released_at is not None:
        raise RuleBroken("调查已经公布，题目不再改", fix="要延长的用“延长”；题目有错的请另建一次。")
    return survey


def _put(survey: Survey, values: Mapping[str, Any]) -> None:
    for name in SURVEY_FIELDS:
        if name in values:
            setattr(survey, name, values[name])
    survey.title, survey.intro = line(survey.title)[:120], clean(survey.intro).strip()[:2000]
    law.may_open(opens=survey.opens_at, closes=survey.closes_at, questions=1)
    survey.save()


@transaction.atomic
def draft_survey(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Survey:
    """建立一次调查。"""
    access.require(by, "engagement.event", agency)
    survey = Survey(agency=agency, drafted_by=by)
    _put(survey, values)
    _noted("survey", survey, "建立", at=at, by=by)
    return survey


@transaction.atomic
def save_survey(survey: Survey, values: Mapping[str, Any], *, by: User, at: datetime) -> Survey:
    """公布以前改。"""
    survey = _draft(survey, by)
    _put(survey, values)
    _noted("survey", survey, "修改", at=at, by=by)
    return survey


@transaction.atomic
def add_question(
    survey: Survey,
    kind: QuestionKind,
    text: str,
    options: Sequence[str] = (),
    *,
    by: User,
    at: datetime,
    is_required: bool = False,
    is_public: bool = True,
) -> SurveyQuestion:
    """加一题。文字题的结果不公布原话。"""
    survey = _draft(survey, by)
    given = [line(one)[:80] for one in options if one.strip()] if kind in _CHOSEN else []
    if not text.strip():
        raise RuleBroken("没有写题目", fix="请写明问什么。")
    if kind in _CHOSEN and not 2 <= len(given) <= MOST_OPTIONS:
        raise RuleBroken(f"选项要2到{MOST_OPTIONS}个", fix="一行一个，写不一样的。")
    if len(set(given)) < len(given):
        raise RuleBroken("有两个选项一样", fix="请改得不一样。")
    last = survey.questions.aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_QUESTIONS:
        raise RuleBroken(f"已经有{MOST_QUESTIONS}题", fix="题多了没有人答完，请删去不用的。")
    made = SurveyQuestion.objects.create(
        survey=survey,
        place=last + 1,
        kind=kind,
        text=line(text)[:200],
        options=given,
        is_required=is_required,
        is_public=is_public and kind.is_counted,
    )
    _noted("survey", survey, f"加第{made.place}题", at=at, by=by)
    return made


_CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


@transaction.atomic
def drop_question(question: SurveyQuestion, *, by: User, at: datetime) -> None:
    """公布以前删一题;后面的往前移。"""
    survey = _draft(question.survey, by)
    place = question.place
    question.delete()
    for one in survey.questions.filter(place__gt=place).order_by("place"):
        one.place -= 1
        one.save(update_fields=["place"])
    _noted("survey", survey, f"删第{place}题", at=at, by=by)


@transaction.atomic
def release_survey(survey: Survey, *, by: User, at: datetime) -> Survey:
    """公布;建立的人不公布自己的。"""
    survey = _locked(survey)
    access.require(by, "engagement.review", survey.agency)
    if survey.released_at is not None:
        raise RuleBroken("调查已经公布", fix="请刷新页面。")
    if survey.drafted_by_id == by.pk:
        raise RuleBroken("不能公布自己建立的调查", fix="请另一个人看过再公布。")
    law.may_open(opens=survey.opens_at, closes=survey.closes_at, questions=survey.questions.count())
    if survey.closes_at <= at:
        raise RuleBroken("截止的时刻已经过了", fix="请先改截止。")
    survey.released_at, survey.released_by = at, by
    survey.save(update_fields=["released_at", "released_by"])
    _noted("release_survey", survey, "公布", at=at, by=by)
    return survey


@transaction.atomic
def extend_survey(survey: Survey, until: datetime, reason: str, *, by: User, at: datetime) -> Survey:
    """延长;原来的截止和理由公众看得到。"""
    survey = _locked(survey)
    access.require(by, "engagement.review", survey.agency)
    if survey.released_at is None or survey.closes_at < at:
        raise RuleBroken("没有公布、已经截止的调查不能延长", fix="已经截止的请公布结果，另建一次。")
    if until <= survey.closes_at or not reason.strip():
        raise RuleBroken("新的截止不晚于原来的，或者没有写理由", fix="只延长、不缩短；写明理由。")
    survey.former_closes_at = survey.former_closes_at or survey.closes_at
    survey.closes_at, survey.extended_reason = until, line(reason)[:200]
    survey.save(update_fields=["former_closes_at", "closes_at", "extended_reason"])
    _noted("extend_survey", survey, "延长", at=at, by=by)
    return survey


@transaction.atomic
def answer_survey(survey: Survey, answers: Answers, *, at: datetime, visitor: str = "") -> Sheet:
    """收一份答卷。

    Args:
        answers: question's pk → its options by number, or what was written.
        visitor: address and browser; only a keyed digest of it is kept for a while, to say how many may be repeated.
            A second one is taken all the same: a family, an office share an address.
    """
    survey = Survey.objects.get(pk=survey.pk)
    if survey.released_at is None or not survey.opens_at <= at <= survey.closes_at:
        raise RuleBroken("这次调查现在没有征集", fix="请看页上的起止时刻。")
    choices, remarks = [], []
    for question in survey.questions.all():
        given = answers.get(question.pk)
        if isinstance(given, str):
            given = clean(given).strip()
        if not given:
            if question.is_required:
                raise RuleBroken(f"第{question.place}题没有答", fix="这一题要答。")
            continue
        if question.kind == QuestionKind.TEXT:
            remarks.append((question, str(given)[:LONGEST_REMARK]))
        else:
            choices += [(question, option) for option in _options(question, given)]
    if not choices and not remarks:
        raise RuleBroken("一题也没有答", fix="请至少答一题。")
    mark = vault().digest(f"survey:{survey.pk}:{visitor}") if visitor else ""
    repeat = bool(mark) and survey.sheets.filter(mark=mark).exists()
    sheet = Sheet.objects.create(survey=survey, at=at, mark=mark, is_repeat=repeat)
    Choice.objects.bulk_create(Choice(sheet=sheet, question=one, option=option) for one, option in choices)
    for question, text in remarks:
        Remark.objects.create(sheet=sheet, question=question, text=text)
    log("engagement.sheet", f"收到调查“{survey}”的答卷", at=at, agency=survey.agency, about=sheet)
    return sheet


def _options(question: SurveyQuestion, given: Any) -> list[int]:
    found = sorted({int(one) for one in given})
    most = len(SCALE) if question.kind == QuestionKind.SCALE else len(question.options)
    single = question.kind != QuestionKind.MULTIPLE
    if (single and len(found) > 1) or found[0] < 0 or found[-1] >= most:
        raise RuleBroken(f"第{question.place}题的选项不对", fix="请重新打开页面再答。")
    return found


@transaction.atomic
def tell_survey(survey: Survey, limits: str, measures: str, *, by: User, at: datetime) -> Survey:
    """截止以后公布结果:数由答卷算出,写的是局限和拟采取的措施。"""
    survey = _locked(survey)
    access.require(by, "engagement.review", survey.agency)
    if survey.released_at is None or at <= survey.closes_at:
        raise RuleBroken("还没有截止，不公布结果", fix="先公布会影响后来的人怎样答。")
    if survey.told_at is not None:
        raise RuleBroken("结果已经公布，不再改写", fix="请刷新页面；后来办了什么，另发一件信息。")
    if not limits.strip() or not measures.strip():
        raise RuleBroken("局限、拟采取的措施没有写全", fix="写明谁没有答到、说明不了什么，和接下来做什么。")
    if found := personal_data(f"{limits}\n{measures}"):
        raise RuleBroken(f"里面有{found[0].label}", fix="公众看得到，请隐去以后再公布。")
    survey.limits, survey.measures = clean(limits).strip()[:2000], clean(measures).strip()[:2000]
    survey.told_at, survey.told_by = at, by
    survey.save(update_fields=["limits", "measures", "told_at", "told_by"])
    _noted("tell_survey", survey, "公布结果", at=at, by=by)
    return survey


@transaction.atomic
def erase_marks(*, before: datetime, at: datetime) -> int:
    """截止满了保管的时间,清掉防重复的记号;可能重复的数还在。"""
    done = Sheet.objects.filter(survey__closes_at__lt=before).exclude(mark="").update(mark="")
    if done:
        log("engagement.erase", f"清除{done}份答卷的防重复记号", at=at, counts=done)
    return done


@transaction.atomic
def erase_remarks(*, before: datetime, at: datetime) -> int:
    """截止满了保管的时间,清掉文字题的原话;每题几个人写过还在。"""
    rows = [one for one in Remark.objects.filter(sheet__survey__closes_at__lt=before) if one.text]
    for remark in rows:
        Remark.objects.filter(pk=remark.pk).update(text="")
    if rows:
        log("engagement.erase", f"清除调查里{len(rows)}条写的话", at=at, counts=len(rows))
    return len(rows)
