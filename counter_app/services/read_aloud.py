"""What a clerk says at a step: the shop's texts (`policy/scripts.toml`), filled as far as the visit is known.

A bracketed part of a text falls away when one of its placeholders is unknown. Nothing is said to be refunded before
it is (S4 L46): a text may have a version for money that is handed over now (`now_…`) and one for money that is
still owed (`unpaid_…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counter_app.domain.case_views import CaseView
from counter_app.domain.chart import Kind
from counter_app.domain.dates import deadline
from counter_app.domain.money_views import SettlementView
from counter_app.domain.predicates import Clause
from counter_app.domain.proposal_views import Proposal
from counter_app.domain.spoken import NO_WORDS, Words
from counter_app.domain.walk_views import Script
from counter_app.services import rules
from counter_app.services.case_words import because, plain, words, words_or, yuan
from counter_app.services.desk import Desk
from counter_app.services.standing import Standing
from counter_app.services.walk_proposal import rights_of

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_WINDOWS = ("return_window", "promise_window")
_LIST = Words("、", ", ")


@dataclass(frozen=True, slots=True)
class _Refund:
    """The money of a walk that goes back. `version` names the text to take: '', 'now_' or 'unpaid_'."""

    amount_fen: int
    ways: tuple[Words, ...]
    version: str
    date: str


def scripts_of(desk: Desk, item: Standing, case: CaseView, offered: Proposal) -> tuple[Script, ...]:
    """The texts of the steps that went by by themselves since the last answer, then those of the step in hand."""
    texts = rules.script_texts(desk)
    known = {**_visit(desk, item, case), **_right(desk, item), **_refusal(item)}
    refund = _refund(desk, item, case, offered)
    found = []
    for code in _spoken(item):
        text, version, mine = texts.get(code), "", known
        if text is None:
            continue
        if "unpaid_zh" in text and refund is not None:
            version = refund.version if f"{refund.version}zh" in text else "unpaid_"
            mine = {
                **known,
                "amount": plain(yuan(refund.amount_fen)),
                "way": _listed(refund.ways),
                "date": plain(refund.date),
            }
        found.append(Script(code, fill(Words(text[f"{version}zh"], text[f"{version}en"]), mine)))
    return tuple(found)


def fill(text: Words, known: Mapping[str, Words]) -> Words:
    """Both languages with their placeholders filled; what is unknown outside brackets stays visible as ……"""
    return Words(
        _fill(text.zh, {name: said.zh for name, said in known.items()}),
        _fill(text.en, {name: said.en for name, said in known.items()}),
    )


def _fill(text: str, known: Mapping[str, str]) -> str:
    def part(found: re.Match[str]) -> str:
        names = _PLACEHOLDER.findall(found[1])
        return found[1] if all(known.get(name) for name in names) else ""

    kept = _OPTIONAL.sub(part, text)
    return _PLACEHOLDER.sub(lambda found: known.get(found[1]) or "……", kept)


def _listed(told: Iterable[Words]) -> Words:
    names = list(dict.fromkeys(told))
    return Words(_LIST.zh.join(one.zh for one in names), _LIST.en.join(one.en for one in names))


def _spoken(item: Standing) -> tuple[str, ...]:
    passed: list[str] = []
    for node_id in reversed(item.result.path[:-1]):
        node = item.chart.nodes[node_id]
        if node.kind not in (Kind.DO, Kind.TEST):
            break
        passed = [*node.scripts, *passed]
    return tuple(dict.fromkeys((*passed, *item.result.say)))


def _visit(desk: Desk, item: Standing, case: CaseView) -> dict[str, Words]:
    """Who speaks to whom about what."""
    sheet, choices = item.sheet.facts, item.choices
    quote = choices.get("quote") or {}
    amount = sheet.allowance if sheet.allowance is not None else sheet.difference
    if amount is None:
        amount = quote.get("amount_fen")
    due = next((one.due.isoformat() for one in item.result.deadlines if one.due), "")
    last = item.result.given[-1] if item.result.given else None
    answer = item.chart.nodes[last.node].answer(last.answer) if last is not None else None
    months = item.rules.shop.personal_data_months
    return {
        "shop": plain(desk.shop.name),
        "phone": plain(desk.shop.phone),
        "staff": plain(desk.staff.name if desk.staff else ""),
        "number": plain(case.number),
        "summary": plain(case.summary or case.words),
        "customer": plain(case.customer_masked),
        "amount": plain(yuan(amount) if amount is not None else ""),
        "date": plain(due),
        "goods": _listed(plain(line.sale_line.name) for line in item.lines),
        "result": answer.words if answer is not None else NO_WORDS,
        "rights": _listed(rights_of(item).values()),
        "details": plain("、".join(row["what"] for row in quote.get("rows", ()))),
        "waybill": plain(str(choices.get("waybill") or "")),
        "period": words("said.months", months=months),
    }


def _right(desk: Desk, item: Standing) -> dict[str, Words]:
    """Whether goods without a fault may come back, as the latest test of a window said: which rule, until when, why."""
    for test in reversed(item.result.tests):
        window = next((one for one in test.clauses if one.subject in _WINDOWS), None)
        if window is None:
            continue
        promised = window.subject == "promise_window"
        none_promised = promised and not item.rules.shop.promise_days
        fits = "fits" if test.answer == "yes" else "fits_not"
        return {
            "policy": NO_WORDS if none_promised else words("said.promise" if promised else "said.law"),
            "date": plain(window.text.rpartition(" ")[2]),
            "fits": words(f"said.{fits}"),
            "reason": words("said.no_promise") if none_promised else _why(desk, test.clauses, test.reason),
        }
    return {}


def _why(desk: Desk, clauses: Iterable[Clause], overruled: str) -> Words:
    """What decided, without the figures that the sentence has already."""
    if overruled:
        return plain(overruled)
    told = []
    for one in clauses:
        if one.subject in _WINDOWS:
            told.append(words("said.in_time" if "≤" in one.text else "said.too_late"))
        elif one.flag is not None and one.flag is (one.subject == "excluded_with_confirmation"):
            told.append(because([one], rules.code_tables(desk)))
        elif one.subject == "intact" and one.flag is False:
            told.append(words("said.not_intact"))
    return _listed(told)


def _refusal(item: Standing) -> dict[str, Words]:
    """Why nothing can be done, once somebody has written it."""
    chosen = item.choices.get("refusal") or {}
    told = {"reason": plain(chosen["reason"])} if chosen.get("reason") else {}
    return {**told, "rule": plain(chosen.get("basis", ""))} if told else {}


def _refund(desk: Desk, item: Standing, case: CaseView, offered: Proposal) -> _Refund | None:
    """The refund of this walk: what posting would pay, else what was posted."""
    mine = next((one for one in offered.walks if one.walk_id == item.row.id), None)
    if mine is not None and mine.refund_fen and offered.refund_tenders:
        ways = {one.tender: one.title for one in offered.refund_tenders}
        now = bool(offered.pay_now) and set(ways) <= set(offered.pay_now)
        due = deadline(desk.today(), item.rules.shop.refund_application_days).isoformat()
        return _Refund(mine.refund_fen, tuple(ways.values()), "now_" if now else "unpaid_", due)
    return _posted_refund([one for one in case.settlements if one.direction == "out" and one.amount_fen > 0])


def _posted_refund(rows: list[SettlementView]) -> _Refund | None:
    owed = [one for one in rows if one.open_fen > 0]
    told = owed or [one for one in rows if one.settled_fen > 0]
    if not told:
        return None
    ways = tuple(words_or(f"tender.{one.tender}", one.tender) for one in told)
    due = next((one.due_on.isoformat() for one in owed if one.due_on), "")
    total = sum(one.open_fen if owed else one.settled_fen for one in told)
    return _Refund(total, ways, "unpaid_" if owed else "", due)
