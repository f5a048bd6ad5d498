"""Papers of a case beside those of its documents: service order, confirmation, questionnaire, card, analysis.

They say what is written down in the case as it stands now; what nobody wrote down stays empty.
"""

from __future__ import annotations

from typing import Any

from counter_app.db.models import Attachment, CaseWords, Document, EvidenceWaiver, Settlement
from counter_app.documents.words import long_day, word
from counter_app.domain import slips, survey
from counter_app.domain.service_slips import (
    AnalysisReport,
    MessageCard,
    Question,
    ResultConfirmation,
    ServiceOrder,
    SurveySheet,
)
from counter_app.domain.spoken import Words
from counter_app.services import paper_views, shop_words
from counter_app.services.case_words import code_words, wish_words, words
from counter_app.services.desk import Desk
from counter_app.services.slip_parts import Pen, pen_for

_WORKED_ON = frozenset({"executing", "waiting_finance", "settled", "closed"})
_OVER = frozenset({"settled", "closed"})
_NEVER = frozenset({"withdrawn", "reversed", "refused"})


def of_case(desk: Desk, case: Any) -> tuple[slips.Slip, ...]:
    """What can be printed of a case beside its documents, in the order of a visit."""
    if case.state in _NEVER:
        return ()
    pen = pen_for(desk, case)
    found: list[slips.Slip] = [service_order(pen), analysis_report(pen)]
    if case.state in _WORKED_ON:
        found.append(result_confirmation(pen))
    if case.state in _OVER:
        found.append(survey_sheet(pen))
    if case.state not in _OVER:
        found.append(message_card(pen))
    return tuple(found)


def service_order(pen: Pen) -> ServiceOrder:
    """售后服务单 of the whole case (S1-12): customer, goods, problem, what was agreed, by when, who looks after it."""
    case, plan = pen.case, pen.case.plan or {}
    estimate = plan.get("estimate_fen")
    working = (slips.WorkingRow(label=pen.word("slip.estimate", amount=""), amount_fen=estimate),)
    return ServiceOrder(
        **_head(pen),
        sale=pen.sale(),
        lines=_lines(pen),
        problem=_problem(pen),
        wishes=_wishes(pen),
        inspection=_conditions(pen),
        remedy=_remedies(pen),
        solution=plan.get("solution", ""),
        working=working if estimate is not None else (),
        promises=_promised(pen),
        owner=shop_words.name_of(case.owner_id),
        goods_held=any(row.received_milli and row.state == "reserved" for row in case.lines),
    )


def result_confirmation(pen: Pen) -> ResultConfirmation:
    """结果确认单 (S0-49): what was posted, what is still owed or promised."""
    case = pen.case
    owed = [one for one in paper_views.settlements(Settlement.case == case.id) if one.direction == "out"]
    return ResultConfirmation(
        **_head(pen),
        sale=pen.sale(),
        lines=_lines(pen),
        asked=_wishes(pen) or _problem(pen),
        done=_done(pen),
        money=tuple(
            slips.MoneyLine(
                way=pen.tender(one.tender),
                amount_fen=one.amount_fen,
                state=slips.MoneyState.OWED if one.open_fen else slips.MoneyState.PAID,
                proof=" ".join(one.references),
            )
            for one in owed
            if one.amount_fen > 0 and not one.void_fen
        ),
        promises=_promised(pen),
    )


def survey_sheet(pen: Pen) -> SurveySheet:
    """满意度回访问卷 (S0-50, S4-83): the questions of the call-back, to be ticked by hand."""
    ways = tuple(slips.Check(label=pen.word(f"way.{way}")) for way in survey.WAYS)
    questions = [
        Question(text=pen.word(f"survey.{name}"), choices=tuple(_choice(pen, one) for one in choices))
        for name, choices in survey.CHOICES.items()
    ]
    questions += [Question(text=pen.word(f"survey.{name}")) for name in survey.TEXTS]
    return SurveySheet(**_head(pen), lines=_lines(pen), ways=ways, questions=tuple(questions))


def message_card(pen: Pen) -> MessageCard:
    """留言条 (S4-95): for a customer who was not there."""
    promised = _promised(pen)
    return MessageCard(
        **_head(pen),
        lines=_lines(pen),
        about=_problem(pen),
        steps=tuple(_by_day(pen, one) for one in promised),
        ask=pen.word("slip.ask", number=pen.case.number, phone=pen.desk.shop.phone),
    )


def analysis_report(pen: Pen) -> AnalysisReport:
    """问题分析报告 (S0-32): reason, what was found, who is liable, what is proposed, what proves it."""
    case = pen.case
    liable = dict.fromkeys(row.liability for row in case.lines if row.liability)
    reasons = dict.fromkeys(pen.reason(row.reason) for row in case.lines if row.reason)
    kept = Attachment.select().where(Attachment.case == case.id, Attachment.erased_at.is_null()).count()
    waived = EvidenceWaiver.select().where(EvidenceWaiver.case == case.id)
    evidence = [slips.Check(label=pen.word("evidence.files", count=kept), state=True)] if kept else []
    evidence += [
        slips.Check(label=pen.word("evidence.waived", reason=one.reason), state=False) for one in waived
    ]
    return AnalysisReport(
        **_head(pen),
        sale=pen.sale(),
        lines=_lines(pen),
        problem=_problem(pen),
        cause=pen.listed(reasons),
        inspection=_conditions(pen),
        liable=pen.listed(pen.say(code_words("liabilities", code)) for code in liable),
        proposal=pen.listed(filter(None, (_remedies(pen), (case.plan or {}).get("solution", "")))),
        evidence=tuple(evidence),
    )


def _head(pen: Pen) -> dict[str, Any]:
    case = pen.case
    return {
        "number": case.number,
        "case_number": case.number,
        "on": case.business_date.isoformat(),
        "at": pen.clock(case.opened_at),
        "shop": pen.shop(),
        "customer": pen.party(),
        "hands": slips.Hands(clerk=shop_words.name_of(case.opened_by_id)),
    }


def _lines(pen: Pen) -> tuple[slips.GoodsLine, ...]:
    return tuple(pen.goods(row, row.quantity_milli, None, "") for row in pen.case.lines)


def _problem(pen: Pen) -> str:
    told = CaseWords.get_or_none(CaseWords.case == pen.case.id)
    return pen.case.summary or (told.words if told else "")


def _wishes(pen: Pen) -> str:
    return pen.listed(pen.say(wish_words(code)) for code in pen.case.wishes or ())


def _conditions(pen: Pen) -> str:
    return pen.listed(dict.fromkeys(filter(None, (pen.condition(row) for row in pen.case.lines))))


def _remedies(pen: Pen) -> str:
    """What was decided on, walk by walk."""
    chosen = dict.fromkeys(walk.remedies[-1] for walk in pen.case.walks if walk.remedies)
    return pen.listed(pen.say(code_words("remedies", code)) for code in chosen)


def _promised(pen: Pen) -> tuple[slips.Promise, ...]:
    plan, due = pen.case.plan or {}, pen.case.next_due_on
    found = []
    if plan.get("promised_on"):
        found.append(slips.Promise(what=pen.word("slip.promise_done"), due=str(plan["promised_on"])))
    if due is not None and pen.case.state not in _OVER:
        found.append(slips.Promise(what=pen.word("slip.promise_contact"), due=due.isoformat()))
    return tuple(found)


def _by_day(pen: Pen, one: slips.Promise) -> str:
    return f"{one.what}  {word('mark.day_by', pen.language, day=long_day(one.due, pen.language))}"


def _done(pen: Pen) -> tuple[str, ...]:
    """Remedies, then the documents that stand."""
    rows = Document.select().where(Document.case == pen.case.id).order_by(Document.id)
    undone = {row.reverses_id for row in rows if row.reverses_id is not None}
    told = [one for one in (_remedies(pen),) if one]
    told += [
        f"{pen.say(paper_views.document_title(row.prefix))} {row.number}"
        for row in rows
        if row.reverses_id is None and row.id not in undone
    ]
    return tuple(told)


def _choice(pen: Pen, answer: str) -> str:
    return answer if answer in survey.SCALE else pen.say(_worded(answer))


def _worded(answer: str) -> Words:
    return words(f"survey.{answer}")
