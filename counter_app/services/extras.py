"""What a visit carries out beside the settlement of goods: goods taken in or handed back, deposits, paid repairs,
compensation, complaints, refusals and tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_app.db.models import Approval, CaseWords, Document, Staff, WalkStep
from counter_app.domain import roles
from counter_app.domain.chart import Kind
from counter_app.domain.dates import deadline
from counter_app.domain.effects import COMPENSATIONS, EXCHANGES
from counter_app.domain.money import format_yuan
from counter_app.domain.money_views import WorkingView
from counter_app.domain.proposal_views import Wanted
from counter_app.domain.settlement_terms import ApprovalReason
from counter_app.domain.spoken import Reason, Words
from counter_app.services import deposits, staff
from counter_app.services.case_words import words
from counter_app.services.deals import Deal, Reckoning
from counter_app.services.desk import Desk

SERVICES = ("R5", "R6", "R23")
COMPLAINT_TASK = "complaint_"


@dataclass(frozen=True, slots=True)
class Given:
    """Something given on top, or a concession: `kind` as `compensation.kind`."""

    kind: str
    what: str
    amount_fen: int
    number: str = ""
    basis: str = ""
    tender: str = ""
    expires_on: str = ""
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class WalkExtras:
    """What one walk carries out beside its settlement. Goods as (case line, thousandths, place).

    Deposits as (id, 分 that were received, tender); `deposits_unpaid` (id, document): whose money never came in whole,
    so that their paper is reversed when the goods are back, and what came in of it goes back.
    """

    walk_id: int
    goods_in: tuple[tuple[Any, int, str], ...] = ()
    hand_back: tuple[tuple[Any, int], ...] = ()
    service: dict[str, Any] | None = None
    charge_fen: int = 0
    deposit_in_fen: int = 0
    deposit_tender: str = "cash"
    deposit_due: date | None = None
    deposits_back: tuple[tuple[int, int, str], ...] = ()
    deposits_kept: tuple[tuple[int, int, str], ...] = ()
    deposits_unpaid: tuple[tuple[int, int], ...] = ()
    given: tuple[Given, ...] = ()
    complaint: str = ""
    refusal: dict[str, str] | None = None
    ticket: dict[str, str] | None = None
    loan: dict[str, Any] | None = None
    missing: tuple[Reason, ...] = ()
    wanted: tuple[Wanted, ...] = ()

    def documents(self) -> list[tuple[str, int]]:
        """The documents this adds, with their amounts; taking goods in is the settlement's document."""
        found: list[tuple[str, int]] = []
        if self.service is not None:
            found.append(("WX", 0))
        if self.charge_fen:
            found.append(("SJ", self.charge_fen))
        if self.deposits_kept:
            found.append(("SJ", sum(amount for _, amount, _ in self.deposits_kept)))
        if self.deposit_in_fen:
            found.append(("YJ", self.deposit_in_fen))
        if self.given:
            found.append(("BC", sum(one.amount_fen for one in self.given)))
        if self.loan is not None:
            found.append(("BY", 0))
        if self.complaint:
            found.append(("TS", 0))
        if self.refusal is not None:
            found.append(("GZ", 0))
        return found

    def figures(self) -> dict[str, Any]:
        """The same in plain JSON values."""
        return {
            "walk": self.walk_id,
            "goods_in": [[row.id, quantity, place] for row, quantity, place in self.goods_in],
            "hand_back": [[row.id, quantity] for row, quantity in self.hand_back],
            "service": self.service,
            "charge_fen": self.charge_fen,
            "deposit_in": [self.deposit_in_fen, self.deposit_tender],
            "deposits_back": [list(item) for item in self.deposits_back],
            "deposits_kept": [list(item) for item in self.deposits_kept],
            **(
                {"deposits_unpaid": [list(one) for one in self.deposits_unpaid]}
                if self.deposits_unpaid
                else {}
            ),
            "given": [[one.kind, one.what, one.amount_fen, one.number, one.basis] for one in self.given],
            "complaint": self.complaint,
            "refusal": self.refusal,
            "ticket": self.ticket,
            "loan": self.loan,
        }


@dataclass(frozen=True, slots=True)
class Extras:
    """The same for all walks of a visit."""

    walks: tuple[WalkExtras, ...] = ()
    approvals: tuple[ApprovalReason, ...] = ()
    by_walk: dict[int, WalkExtras] = field(default_factory=dict)

    def of(self, walk_id: int) -> WalkExtras:
        """One walk's."""
        return self.by_walk.get(walk_id, WalkExtras(walk_id))

    @property
    def collect_fen(self) -> int:
        """Money the customer pays beside the difference of an exchange."""
        return sum(item.charge_fen + item.deposit_in_fen for item in self.walks)

    def collected(self, walk_id: int) -> int:
        """The same for one walk."""
        return self.of(walk_id).charge_fen + self.of(walk_id).deposit_in_fen

    @property
    def missing(self) -> list[Reason]:
        """What is still to be entered."""
        return [reason for item in self.walks for reason in item.missing]

    def wanted(self, walk_id: int) -> tuple[Wanted, ...]:
        """Which controls a walk needs on the screen."""
        return self.of(walk_id).wanted

    def documents(self, walk_id: int) -> list[tuple[str, int]]:
        """Documents of one walk."""
        return self.of(walk_id).documents()

    def takes_goods(self, walk_id: int) -> bool:
        """Whether goods of a walk become the shop's."""
        return bool(self.of(walk_id).goods_in)

    def goods_in(self, walk_id: int) -> tuple[tuple[Any, int, str], ...]:
        """The goods of a walk that become the shop's."""
        return self.of(walk_id).goods_in

    def figures(self) -> list[dict[str, Any]]:
        """Plain JSON values."""
        return [item.figures() for item in self.walks]

    def working(self, walk_id: int) -> tuple[WorkingView, ...]:
        """Rows about money beside the settlement."""
        mine = self.of(walk_id)
        rows = []
        if mine.charge_fen:
            rows.append(WorkingView(words("working.repair_fee"), -mine.charge_fen, Words(), True))
        if mine.deposit_in_fen:
            rows.append(WorkingView(words("working.deposit"), -mine.deposit_in_fen, Words(), True))
        for _, amount, _ in mine.deposits_back:
            rows.append(WorkingView(words("working.deposit_back"), amount, Words(), True))
        for _, amount, _ in mine.deposits_kept:
            rows.append(WorkingView(words("working.deposit_kept"), -amount, Words(), True))
        if mine.deposits_unpaid:
            rows.append(WorkingView(words("working.deposit_unpaid")))
        return tuple(rows)


def extras_of(desk: Desk, case: Any, finals: Sequence[Deal], reckoning: Reckoning) -> Extras:
    """What the deals carry out beside the settlement."""
    found = tuple(_walk_extras(desk, case, deal, reckoning) for deal in finals)
    return Extras(found, tuple(_approvals(found)), {item.walk_id: item for item in found})


def _walk_extras(desk: Desk, case: Any, deal: Deal, reckoning: Reckoning) -> WalkExtras:
    missing: list[Reason] = []
    wanted: list[Wanted] = []
    choices, walk_id = deal.standing.choices, deal.walk_id
    end = deal.standing.chart.nodes[deal.standing.result.path[deal.index]].kind is Kind.END
    service = None
    charge = 0
    if "service_order" in deal.words:
        service = _service(case, deal)
    if "payment" in deal.words:
        quote = choices.get("quote")
        wanted.append(Wanted("quote", words("wanted.quote"), walk_id))
        if quote is None:
            missing.append(Reason("proposal.quote"))
        else:
            charge = int(quote["amount_fen"])
    deposit_fen, tender, due = _deposit_in(desk, deal, reckoning, wanted)
    given = _given(deal, missing, wanted, end)
    if any(one.kind == "legal" for one in given) and not staff.may(desk, roles.LEGAL):
        missing.append(Reason("proposal.legal"))
    refusal = _refusal(deal, missing, wanted) if "refusal_notice" in deal.words else None
    complaint = _complaint(deal) if end else ""
    # A complaint is its own ticket.
    ticket = _ticket(case, deal, missing, wanted) if "ticket" in deal.words and not complaint else None
    held, unpaid = deposits.of_walk(walk_id)
    back, kept = _deposit_moves(deal, held)
    if unpaid and "deposit_kept" in deal.words:
        missing.append(Reason("proposal.deposit_unpaid"))
    if kept:
        yuan_kept = format_yuan(sum(amount for _, amount, _ in kept))
        wanted.append(
            Wanted("kept_deposit_fen", words("wanted.kept_deposit_fen"), walk_id, default=yuan_kept)
        )
    loan = choices.get("loan") if end else None
    return WalkExtras(
        walk_id,
        goods_in=_goods_in(deal),
        hand_back=_hand_back(deal),
        service=service,
        charge_fen=charge,
        deposit_in_fen=deposit_fen,
        deposit_tender=tender,
        deposit_due=due,
        deposits_back=back,
        deposits_kept=kept,
        deposits_unpaid=unpaid if "deposit_back" in deal.words else (),
        given=given,
        complaint=complaint,
        refusal=refusal,
        ticket=ticket,
        loan=dict(loan) if loan else None,
        missing=tuple(missing),
        wanted=tuple(wanted),
    )


def _goods_in(deal: Deal) -> tuple[tuple[Any, int, str], ...]:
    """Accepted goods become the shop's where the chart takes goods in, or where they were exchanged or refunded."""
    takes = "goods_in" in deal.words or (
        bool({"refund", "goods_out"} & set(deal.words)) and deal.remedy in ("R1", "R2", *EXCHANGES)
    )
    if not takes:
        return ()
    return tuple(
        (row, row.accepted_milli, row.disposition or "V0")
        for row in deal.standing.lines
        if row.state == "reserved" and row.accepted_milli > 0
    )


def _hand_back(deal: Deal) -> tuple[tuple[Any, int], ...]:
    """Goods that were received and go back to the customer."""
    found = []
    for row in deal.standing.lines:
        if row.state != "reserved" or not row.received_milli:
            continue
        quantity = row.received_milli if "hand_back" in deal.words else row.rejected_milli
        if quantity:
            found.append((row, quantity))
    return tuple(found)


def _service(case: Any, deal: Deal) -> dict[str, Any]:
    repair = deal.standing.choices.get("repair", {})
    told = CaseWords.get_or_none(CaseWords.case == case.id)
    fault = repair.get("fault") or case.summary or (told.words if told else "")
    return {**repair, "fault": fault, "remedy": deal.remedy}


def _deposit_in(
    desk: Desk, deal: Deal, reckoning: Reckoning, wanted: list[Wanted]
) -> tuple[int, str, date | None]:
    """What is asked for goods that go out first: a deposit, or the number of the parcel under way (S4-37)."""
    if "deposit_in" not in deal.words:
        return 0, "cash", None
    shop = deal.standing.rules.shop
    due = deadline(desk.today(), shop.goods_back_days)
    wanted.append(Wanted("waybill", words("wanted.waybill"), deal.walk_id))
    wanted.append(Wanted("deposit", words("wanted.deposit"), deal.walk_id))
    if deal.standing.choices.get("waybill"):
        return 0, "cash", due
    chosen = deal.standing.choices.get("deposit", {})
    if "amount_fen" in chosen:
        amount = int(chosen["amount_fen"])
    else:
        keys = {line.key for line in deal.lines}
        lines = reckoning.settlement.lines if reckoning.settlement else ()
        worth = sum(out.value_fen for done in lines if done.key in keys for out in done.goods_out)
        amount = worth * shop.deposit_share_bp // 10_000
    return amount, chosen.get("tender", "cash"), due


def _deposit_moves(
    deal: Deal, held: tuple[deposits.Held, ...]
) -> tuple[tuple[deposits.Held, ...], tuple[deposits.Held, ...]]:
    """What goes back to the customer, and what the shop keeps."""
    if "deposit_back" in deal.words:
        return held, ()
    if "deposit_kept" in deal.words:
        return deposits.shared(held, deal.standing.choices.get("kept_deposit_fen"))
    return (), ()


def _given(deal: Deal, missing: list[Reason], wanted: list[Wanted], end: bool) -> tuple[Given, ...]:
    """Coupons, gifts, concessions, compensation: what the remedy calls for, and what was added freely."""
    choices = deal.standing.choices
    needed = COMPENSATIONS.get(deal.remedy, "") if end else ""
    kind = {"goodwill": "compensation"}.get(needed, needed)
    if kind:
        wanted.append(
            Wanted(
                "compensation" if kind == "compensation" else kind,
                words(f"wanted.{_wanted_word(kind)}"),
                deal.walk_id,
            )
        )
        if not choices.get(kind):
            what = words(f"wanted.{_wanted_word(kind)}")
            missing.append(Reason("proposal.given", {"what": what.zh, "what_en": what.en}))
    if not end:
        return ()
    found = []
    for key, table_kind in (
        ("coupon", "coupon"),
        ("gift", "gift"),
        ("concession", "concession"),
        ("compensation", "goodwill"),
    ):
        chosen = choices.get(key)
        if chosen:
            if key in ("coupon", "compensation") and not chosen.get("amount_fen"):
                what = words(f"wanted.{_wanted_word(key)}")
                missing.append(Reason("proposal.given_amount", {"what": what.zh, "what_en": what.en}))
            found.append(
                Given(
                    "legal" if chosen.get("legal") else table_kind,
                    chosen["what"],
                    int(chosen.get("amount_fen", 0)),
                    chosen.get("number", ""),
                    chosen.get("basis", ""),
                    chosen.get("tender", ""),
                    chosen.get("expires_on", ""),
                    3 if key == "compensation" else 1,
                )
            )
    return tuple(found)


def _wanted_word(kind: str) -> str:
    return kind if kind in ("coupon", "gift", "compensation") else "compensation"


def _complaint(deal: Deal) -> str:
    """The grade of the complaint that the walk raised and that has no document yet, '' when none."""
    raised = [name for name in deal.standing.result.opens if name.startswith(COMPLAINT_TASK)]
    if not raised:
        return ""
    known = Document.select().where(Document.walk == deal.walk_id, Document.prefix == "TS").exists()
    grades = ("complaint_minor", "complaint_important", "complaint_major")
    return "" if known else max(raised, key=lambda name: grades.index(name) if name in grades else -1)


def _refusal(deal: Deal, missing: list[Reason], wanted: list[Wanted]) -> dict[str, str]:
    """Why the shop refuses, on what basis, who decided (消法 56: an unreasoned refusal is punishable)."""
    chosen = deal.standing.choices.get("refusal", {})
    wanted.append(Wanted("refusal", words("wanted.refusal"), deal.walk_id))
    step = (
        WalkStep.select()
        .where(WalkStep.walk == deal.walk_id, WalkStep.act == "answer", WalkStep.answer != "")
        .order_by(WalkStep.seq.desc())
        .first()
    )
    reason = chosen.get("reason") or (step.reason if step is not None else "")
    if not reason:
        missing.append(Reason("proposal.refusal"))
    decided = (
        Approval.select()
        .where(Approval.walk == deal.walk_id, Approval.decision << ("approve", "reject"))
        .order_by(Approval.id.desc())
        .first()
    )
    approver = ""
    if decided is not None:
        approver = Staff.get(Staff.id == decided.decided_by_id).name
    else:
        missing.append(Reason("proposal.refusal_approver"))
    return {"reason": reason, "basis": chosen.get("basis", ""), "approver": approver}


def _ticket(case: Any, deal: Deal, missing: list[Reason], wanted: list[Wanted]) -> dict[str, str]:
    chosen = deal.standing.choices.get("ticket", {})
    told = CaseWords.get_or_none(CaseWords.case == case.id)
    what = chosen.get("what") or case.summary or (told.words if told else "")
    wanted.append(Wanted("ticket", words("wanted.ticket"), deal.walk_id))
    if not what:
        missing.append(Reason("proposal.ticket"))
    node = deal.standing.chart.nodes[deal.standing.result.path[deal.index]]
    return {
        "what": what[:200],
        "kind": "ticket" if node.callback else "suggestion",
        "priority": chosen.get("priority", "P3"),
        "role": chosen.get("role", "supervisor"),
        "class": chosen.get("kind", ""),
    }


def _approvals(found: Sequence[WalkExtras]) -> list[ApprovalReason]:
    """Money as compensation is always decided by somebody else (reference-data §6)."""
    money = sum(one.amount_fen for item in found for one in item.given if one.kind in ("goodwill", "legal"))
    return [ApprovalReason("remedy", money, 0)] if money else []
