"""Every deposit that the shop holds: whose it is, for which case, and by when it should go back (design: 押金)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peewee import fn

from counter_app.db.kept_sums import Kind
from counter_app.db.models import Deposit, DepositMove, Document, Proof, Settlement
from counter_app.domain.goods_views import Flow
from counter_app.domain.money_views import HeldDeposit
from counter_app.services.desk import Desk

Held = tuple[int, int, str]
"""A deposit: its id, 分 of it, its tender."""

_HELD = f"""
    SELECT t.id, d.number, c.id, c.number, c.customer_masked, t.tender, o.rest, t.due_on, d.business_date
    FROM still_open o
    CROSS JOIN deposit t ON t.id = o.row_id
    JOIN document d ON d.id = t.document_id
    JOIN case_file c ON c.id = t.case_id
    WHERE o.kind = {int(Kind.DEPOSIT)} AND o.rest > 0 AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
      AND NOT EXISTS (
        SELECT 1 FROM settlement s WHERE s.document_id = d.id AND s.direction = 'in' AND s.amount_fen >
          (SELECT COALESCE(SUM(p.amount_fen), 0) FROM proof p WHERE p.settlement_id = s.id))
    ORDER BY t.due_on IS NULL, t.due_on, t.id
"""
_RECEIVED = """
    NOT EXISTS (SELECT 1 FROM settlement s WHERE s.document_id = d.id AND s.direction = 'in' AND s.amount_fen >
                (SELECT COALESCE(SUM(p.amount_fen), 0) FROM proof p WHERE p.settlement_id = s.id))
"""
_TAKEN = f"""
    SELECT COALESCE(SUM(CASE WHEN d.business_date < :first THEN t.amount_fen ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN d.business_date >= :first THEN t.amount_fen ELSE 0 END), 0)
    FROM deposit t CROSS JOIN document d ON d.id = t.document_id WHERE d.business_date <= :last AND {_RECEIVED}
"""
_ENDED = f"""
    SELECT COALESCE(SUM(CASE WHEN w.business_date < :first THEN m.amount_fen ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN w.business_date >= :first AND m.kind = 'returned' THEN m.amount_fen ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN w.business_date >= :first AND m.kind = 'kept' THEN m.amount_fen ELSE 0 END), 0)
    FROM deposit_move m CROSS JOIN document w ON w.id = m.document_id
    JOIN deposit t ON t.id = m.deposit_id JOIN document d ON d.id = t.document_id
    WHERE w.business_date <= :last AND {_RECEIVED}
"""


def held(desk: Desk) -> tuple[HeldDeposit, ...]:
    """Deposits that were really received and are neither given back nor kept, what is due first on top."""
    return tuple(
        HeldDeposit(
            id=row[0],
            document=row[1],
            case_id=row[2],
            case_number=row[3],
            customer_masked=row[4],
            tender=row[5],
            open_fen=row[6],
            due_on=date.fromisoformat(row[7]) if row[7] else None,
            taken_on=date.fromisoformat(row[8]),
            late=bool(row[7]) and date.fromisoformat(row[7]) < desk.today(),
        )
        for row in desk.db.execute_sql(_HELD).fetchall()
    )


def flow(desk: Desk, first: date, last: date) -> Flow:
    """Deposits of a time, 分: opening + taken - given back - kept = closing, of what was really received."""
    given = {"first": first.isoformat(), "last": last.isoformat()}
    taken_before, taken = desk.db.execute_sql(_TAKEN, given).fetchone()
    ended_before, back, kept = desk.db.execute_sql(_ENDED, given).fetchone()
    return Flow("deposit", taken_before - ended_before, taken, back, kept)


def of_walk(walk_id: int) -> tuple[tuple[Held, ...], tuple[tuple[int, int], ...]]:
    """What the shop really holds for a walk; and the deposits (id, document) whose money is not there, or not all."""
    rows = Deposit.select().join(Document).where(Document.walk == walk_id)
    held, unpaid = [], []
    for row in rows:
        moved = sum(move.amount_fen for move in DepositMove.select().where(DepositMove.deposit == row.id))
        if row.amount_fen <= moved:
            continue
        received = received_fen(row.document_id)
        there = row.amount_fen if received is None else received
        if there < row.amount_fen:
            unpaid.append((row.id, row.document_id))
        if there > moved:
            held.append((row.id, there - moved, row.tender))
    return tuple(held), tuple(unpaid)


def shared(held: Sequence[Held], keep_fen: int | None) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    """What goes back and what is kept when goods never came back: `keep_fen` of each, None = all of it."""
    back, kept = [], []
    for deposit_id, amount, tender in held:
        mine = amount if keep_fen is None else min(keep_fen, amount)
        if mine:
            kept.append((deposit_id, mine, tender))
        if amount > mine:
            back.append((deposit_id, amount - mine, tender))
    return tuple(back), tuple(kept)


def received_fen(document_id: int) -> int | None:
    """分 that really came in for a deposit's document; None where the document asked for nothing itself."""
    rows = list(
        Settlement.select(Settlement.id).where(
            Settlement.document == document_id, Settlement.direction == "in", Settlement.purpose == "deposit"
        )
    )
    if not rows:
        return None
    paid = Proof.select(fn.COALESCE(fn.SUM(Proof.amount_fen), 0)).where(
        Proof.settlement << [row.id for row in rows]
    )
    return int(paid.scalar())
