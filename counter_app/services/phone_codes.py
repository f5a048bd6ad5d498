"""One-time codes for an approver who is not in the shop: a sheet they carry, read out over the phone.

Both sides work without a network. Only hashes are kept here, as of PINs: whoever has the file cannot approve with
it. The screen names the number of the code that is wanted, the case and the amount; the approver hears them before
reading out that one code. It stands for the PIN: same failures, same lock, same rights and limit, and once only.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.db.models import Approval, Case, PhoneCode, Staff
from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.services import pins, staff
from counter_app.services.desk import Desk, Outcome, StaffView

CODES = 20
"""Codes on one sheet."""
DIGITS = 10
"""Digits of a code: three to four, as telephone numbers are read out."""
CHANGED = frozenset({"staff"})


@dataclass(frozen=True, slots=True)
class ReadOut:
    """A code that somebody read out: whose it is, and the digits as they were heard."""

    approver_id: int
    code: str


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """A new sheet, told once: number of the sheet, and its codes from 1 on."""

    sheet: int
    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetState:
    """What is left of somebody's sheet. `sheet` 0: there is none. `next_no`: the code that is asked for next."""

    sheet: int = 0
    left: int = 0
    next_no: int = 0
    made_at: int | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the clerk says into the phone: which code, for which cases, over how much (分) together."""

    approver: str
    sheet: int
    no: int
    left: int
    cases: tuple[str, ...]
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A code that was right: whose, and its row, to be used up with the decision it stands for."""

    person: StaffView
    code_id: int


def make_sheet(desk: Desk, pin: str) -> Outcome[CodeSheet]:
    """A fresh sheet for whoever is signed in and shows their PIN; what was left of the sheet before is withdrawn.

    Raises UserError `staff.right.missing`, `staff.pin.wrong`, `staff.locked`.
    """
    staff.require(desk, roles.APPROVE)
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    person = staff.verify_pin(desk, desk.staff.id, pin)
    codes = tuple(f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}" for _ in range(CODES))
    hashes = [pins.hashed(desk, code) for code in codes]
    with desk.db.atomic("IMMEDIATE"):
        number = 1 + (_newest_sheet(person.id) or 0)
        _withdraw(desk, person.id)
        at = desk.instant()
        for no, code_hash in enumerate(hashes, 1):
            PhoneCode.create(staff=person.id, sheet=number, no=no, code_hash=code_hash, made_at=at)
        staff.note_event(desk, person.id, "codes_made", str(number))
    return Outcome(CodeSheet(number, person.name, codes), CHANGED)


def withdraw(desk: Desk, staff_id: int) -> Outcome[SheetState]:
    """The sheet was lost or seen: its unused codes are worth nothing from now on. One's own, or by who manages staff."""
    if desk.staff is None or desk.staff.id != staff_id:
        staff.require(desk, roles.MANAGE_STAFF)
    with desk.db.atomic("IMMEDIATE"):
        if _withdraw(desk, staff_id):
            staff.note_event(desk, staff_id, "codes_withdrawn")
    return Outcome(state(desk, staff_id), CHANGED)


def state(desk: Desk, staff_id: int) -> SheetState:
    """What is left of somebody's sheet."""
    rows = _left(staff_id)
    return SheetState(rows[0].sheet, len(rows), rows[0].no, rows[0].made_at) if rows else SheetState()


def holders(desk: Desk) -> tuple[int, ...]:
    """Ids of those who may approve and have codes left."""
    rows = (
        PhoneCode.select(PhoneCode.staff)
        .join(Staff)
        .where(PhoneCode.used_at.is_null(), PhoneCode.withdrawn_at.is_null(), Staff.active == 1)
        .distinct()
        .order_by(PhoneCode.staff)
    )
    return tuple(int(row.staff_id) for row in rows)


def challenge(desk: Desk, approver_id: int, approval_ids: Sequence[int]) -> Challenge:
    """What to tell the approver before they read a code out. Raises UserError `approval.code.none`."""
    person = staff.staff_view(desk, approver_id)
    now = state(desk, approver_id)
    if not now.left:
        raise UserError("approval.code.none", name=person.name)
    rows = (
        Approval.select(Approval, Case)
        .join(Case)
        .where(Approval.id << list(approval_ids))
        .order_by(Approval.id)
    )
    found = list(rows)
    return Challenge(
        person.name,
        now.sheet,
        now.next_no,
        now.left,
        tuple(row.case.number for row in found),
        sum(row.amount_fen for row in found),
    )


def verify(desk: Desk, told: ReadOut) -> Shown:
    """Whose code this is, if it is the one that is due. A wrong one counts as a wrong PIN and locks like it.

    Raises UserError `approval.code.none`, `approval.code.own`, `staff.pin.wrong`, `staff.locked`, `staff.inactive`.
    """
    if desk.staff is not None and desk.staff.id == told.approver_id:
        raise UserError("approval.code.own", name=desk.staff.name)
    person = staff.staff_view(desk, told.approver_id)
    rows = _left(told.approver_id)
    if not rows:
        raise UserError("approval.code.none", name=person.name)
    return Shown(staff.verify_code(desk, told.approver_id, rows[0].code_hash, told.code), int(rows[0].id))


def use(desk: Desk, shown: Shown, approval_ids: Sequence[int]) -> None:
    """The code is spent on these approvals, in the caller's transaction. Raises UserError `approval.code.used` when
    another window was faster."""
    spent = (
        PhoneCode.update(
            used_at=desk.instant(),
            used_by=None if desk.staff is None else desk.staff.id,
            used_for=list(approval_ids),
        )
        .where(PhoneCode.id == shown.code_id, PhoneCode.used_at.is_null(), PhoneCode.withdrawn_at.is_null())
        .execute()
    )
    if spent != 1:
        raise UserError("approval.code.used")


def _left(staff_id: int) -> list[Any]:
    """The codes that still stand, the one due next first."""
    return list(
        PhoneCode.select()
        .where(PhoneCode.staff == staff_id, PhoneCode.used_at.is_null(), PhoneCode.withdrawn_at.is_null())
        .order_by(PhoneCode.sheet, PhoneCode.no)
    )


def _newest_sheet(staff_id: int) -> int | None:
    row = (
        PhoneCode.select(PhoneCode.sheet)
        .where(PhoneCode.staff == staff_id)
        .order_by(PhoneCode.sheet.desc())
        .first()
    )
    return None if row is None else int(row.sheet)


def _withdraw(desk: Desk, staff_id: int) -> int:
    spent = PhoneCode.update(withdrawn_at=desk.instant()).where(
        PhoneCode.staff == staff_id, PhoneCode.used_at.is_null(), PhoneCode.withdrawn_at.is_null()
    )
    return int(spent.execute())
