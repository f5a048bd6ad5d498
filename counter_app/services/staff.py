"""Who works here: signing in, PINs, roles and rights.

A PIN that somebody else set (a manager adds or resets it) opens one thing only: the choice of another, `choose_pin`.
What changes rights or a PIN writes its event first, with what was and what is; the database takes no other change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.db.guards.staff import PIN_END
from counter_app.db.models import Staff, StaffEvent
from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.roles import MANAGE_STAFF, UNLIMITED_FEN
from counter_app.services import pins, roles
from counter_app.services.desk import Desk, Outcome, StaffView

CHANGED = frozenset({"staff"})


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A member of staff to be added. `limit_fen`: the amount (分) they may decide alone, None = the role's."""

    code: str
    name: str
    role: str
    pin: str
    limit_fen: int | None = None
    owner: bool = False


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """One row of the staff list. `locked_until` in milliseconds of UTC, None when not locked."""

    id: int
    code: str
    name: str
    role: str
    active: bool
    owner: bool
    limit_fen: int
    locked_until: int | None
    must_change: bool = False


def list_staff(desk: Desk, *, active_only: bool = True) -> tuple[StaffEntry, ...]:
    """Everybody, by code."""
    rows = Staff.select().order_by(Staff.code)
    if active_only:
        rows = rows.where(Staff.active == 1)
    return tuple(_entry(desk, row) for row in rows)


def add_staff(desk: Desk, new: NewStaff) -> Outcome[StaffEntry]:
    """Add a member of staff. Raises UserError `staff.code.taken`, `staff.pin.shape`, `staff.role.unknown`."""
    require(desk, MANAGE_STAFF)
    if new.owner:
        _owners_alone(desk)
    with desk.db.atomic("IMMEDIATE"):
        row = create(desk, new, by=_acting(desk))
    return Outcome(_entry(desk, row), CHANGED)


def create(desk: Desk, new: NewStaff, by: int | None) -> Any:
    """Write one member of staff inside the caller's transaction; set-up adds the first one with it."""
    code = text.clean_line(new.code, 20, "staff.code")
    name = text.clean_line(new.name, text.NAME_LIMIT, "staff.name")
    if not code or not name:
        raise UserError("staff.name.empty")
    roles.role(desk, new.role)
    _check_limit(new.limit_fen)
    if Staff.select().where(Staff.code == code).exists():
        raise UserError("staff.code.taken", number=code)
    row = Staff.create(
        code=code,
        name=name,
        role=new.role,
        pin_hash=pins.hashed(desk, new.pin),
        owner=new.owner,
        limit_fen=new.limit_fen,
        created_at=desk.instant(),
        must_change=by is not None,
    )
    _event(desk, row.id, "added", by, new.role, {"now": _state(row)})
    return row


def change_pin(desk: Desk, staff_id: int, new_pin: str, old_pin: str | None = None) -> Outcome[StaffEntry]:
    """Set a PIN: one's own with the old one, somebody else's with the right to manage staff.

    A PIN that was set for somebody else must be changed by them before anything is done with it.
    """
    own = desk.staff is not None and desk.staff.id == staff_id
    if own and old_pin is not None:
        verify_pin(desk, staff_id, old_pin)
    else:
        require(desk, MANAGE_STAFF)
    pin_hash = pins.hashed(desk, new_pin)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(staff_id)
        if row.owner and not own:
            _owners_alone(desk)
        _set_pin(desk, row, pin_hash, _acting(desk), must_change=not own)
    return Outcome(_entry(desk, row), CHANGED)


def choose_pin(desk: Desk, staff_id: int, old_pin: str, new_pin: str) -> Outcome[StaffView]:
    """Whoever knows the PIN that was set for them chooses one of their own, before they sign in.

    Raises UserError `staff.pin.same`, `staff.pin.shape`, and as `sign_in`.
    """
    if old_pin == new_pin:
        raise UserError("staff.pin.same")
    pin_hash = pins.hashed(desk, new_pin)
    _checked(desk, staff_id, old_pin, "pin_shown", to_change=True)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(staff_id)
        _set_pin(desk, row, pin_hash, staff_id, must_change=False)
    return Outcome(_view(desk, row), CHANGED)


def _set_pin(desk: Desk, row: Any, pin_hash: str, by: int | None, *, must_change: bool) -> None:
    was = _state(row)
    row.pin_hash, row.failed_attempts, row.locked_until = pin_hash, 0, None
    row.must_change = must_change
    _event(desk, row.id, "pin_changed", by, row.name, {"was": was, "now": _state(row)})
    row.save()


def set_active(desk: Desk, staff_id: int, active: bool) -> Outcome[StaffEntry]:
    """Let somebody in or keep them out. The last active owner cannot be shut out."""
    require(desk, MANAGE_STAFF)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(staff_id)
        if row.owner:
            _owners_alone(desk)
        if not active and row.owner and _other_owners(staff_id) == 0:
            raise UserError("staff.last_owner", name=row.name)
        was = _state(row)
        row.active = active
        told = {"was": was, "now": _state(row)}
        _event(desk, staff_id, "activated" if active else "deactivated", _acting(desk), "", told)
        row.save()
    return Outcome(_entry(desk, row), CHANGED)


def set_role(desk: Desk, staff_id: int, role: str, limit_fen: int | None = None) -> Outcome[StaffEntry]:
    """Give another role, and a limit (分) of their own or None for the role's."""
    require(desk, MANAGE_STAFF)
    roles.role(desk, role)
    _check_limit(limit_fen)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(staff_id)
        if row.owner or (limit_fen is not None and staff_id == _acting(desk)):
            _owners_alone(desk)
        was = _state(row)
        row.role, row.limit_fen = role, limit_fen
        now = _state(row)
        if now != was:
            note = _difference(desk, row.name, was, now)
            _event(desk, staff_id, "rights_changed", _acting(desk), note, {"was": was, "now": now})
            row.save()
    return Outcome(_entry(desk, row), CHANGED)


def _owners_alone(desk: Desk) -> None:
    """Owners, and one's own limit, are an owner's business alone: nobody takes over above themselves."""
    if desk.staff is None or not desk.staff.owner:
        name = desk.staff.name if desk.staff is not None else ""
        raise UserError("staff.owner.alone", name=name)


def sign_in(desk: Desk, staff_id: int, pin: str) -> StaffView:
    """Who now stands at the desk.

    Raises UserError `staff.pin.wrong`, `staff.locked`, `staff.inactive`; `staff.pin.must_change` when the PIN is right
    and somebody else set it: `choose_pin` comes first.
    """
    return _checked(desk, staff_id, pin, "signed_in")


def verify_pin(desk: Desk, staff_id: int, pin: str) -> StaffView:
    """The same question without signing in: an approver shows who they are. Same failures, same lock."""
    return _checked(desk, staff_id, pin, "pin_shown")


def verify_code(desk: Desk, staff_id: int, code_hash: str, code: str) -> StaffView:
    """The same for a code that they read out over the phone and that stands for the PIN. Same failures, same lock."""
    return _checked(desk, staff_id, code, "code_shown", code_hash)


def note_event(desk: Desk, staff_id: int, kind: str, note: str = "") -> None:
    """Write down what was done about somebody, inside the caller's transaction."""
    _event(desk, staff_id, kind, _acting(desk), note)


def staff_view(desk: Desk, staff_id: int) -> StaffView:
    """One member of staff with the rights of their role as it is now. Raises `staff.unknown`, `.inactive`."""
    row = _row(staff_id)
    if not row.active:
        raise UserError("staff.inactive", name=row.name)
    return _view(desk, row)


def may(desk: Desk, right: str) -> bool:
    """Whether whoever is signed in has this right."""
    return desk.staff is not None and (desk.staff.owner or right in desk.staff.rights)


def require_somebody(desk: Desk) -> StaffView:
    """Whoever stands at the desk. Raises UserError `staff.sign_in_first`, `staff.inactive`, `staff.rights_changed`."""
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    _check_unchanged(desk, desk.staff)
    return desk.staff


def require(desk: Desk, right: str) -> None:
    """Raise UserError `staff.sign_in_first` or `staff.right.missing` unless the right is there.

    Who was shut out or given another role meanwhile, in another window, does nothing more under the old one:
    `staff.inactive`, `staff.rights_changed`.
    """
    person = require_somebody(desk)
    if not may(desk, right):
        raise UserError("staff.right.missing", right=right, name=person.name)


def _check_unchanged(desk: Desk, person: StaffView) -> None:
    now = desk.db.execute_sql(
        "SELECT active, role, owner, must_change FROM staff WHERE id = ?", (person.id,)
    ).fetchone()
    if now is None or not now[0]:
        raise UserError("staff.inactive", name=person.name)
    if (now[1], bool(now[2])) != (person.role, person.owner):
        raise UserError("staff.rights_changed", name=person.name)
    if now[3]:
        raise UserError("staff.pin.must_change", name=person.name)


def _checked(
    desk: Desk, staff_id: int, pin: str, kind: str, code_hash: str = "", *, to_change: bool = False
) -> StaffView:
    """Compare a PIN, or the code of `code_hash`, and keep count. The count is committed before anything is raised:
    a wrong guess must not be forgotten because its caller's act failed. `to_change`: to choose another PIN, which is
    all that one somebody else set is good for."""
    if desk.db.in_transaction():
        raise RuntimeError("a PIN is compared in a transaction of its own, or its count could be taken back")
    with desk.db.atomic("IMMEDIATE"):
        row = Staff.get_or_none(Staff.id == staff_id)
        if row is None or not row.active:
            pins.waste(desk, pin)
        row = _row(staff_id)
        refusal = _refusal(desk, row, pin, code_hash or row.pin_hash)
        if refusal is None and code_hash:
            row.failed_attempts, row.locked_until = 0, None
            row.save()
            _event(desk, staff_id, kind, _acting(desk))
        elif refusal is None:
            told: dict[str, Any] = {}
            outdated = pins.outdated(desk, row.pin_hash)
            if outdated:
                row.pin_hash = pins.hashed(desk, pin)
                told = {"now": _state(row)}
            _event(desk, staff_id, kind, staff_id, "", told)
            if row.failed_attempts or row.locked_until is not None or outdated:
                row.failed_attempts, row.locked_until = 0, None
                row.save()
    if refusal is not None:
        raise refusal
    if row.must_change and not to_change:
        raise UserError("staff.pin.must_change", name=row.name)
    return _view(desk, row)


def _refusal(desk: Desk, row: Any, pin: str, against: str) -> UserError | None:
    now = desk.instant()
    if not row.active:
        return UserError("staff.inactive", name=row.name)
    if row.locked_until is not None and row.locked_until > now:
        if row.locked_until > now + pins.LONGEST_LOCK_MS:  # the clock was set back meanwhile
            row.locked_until = now + pins.LONGEST_LOCK_MS
            row.save()
        return _locked(row, now)
    if pins.matches(desk, against, pin):
        return None
    row.failed_attempts += 1
    lock = pins.lock_ms(row.failed_attempts)
    row.locked_until = now + lock if lock else None
    row.save()
    _event(desk, row.id, "locked" if lock else "refused", None)
    if lock:
        return _locked(row, now)
    return UserError("staff.pin.wrong", left=pins.FREE_FAILURES - row.failed_attempts)


def _locked(row: Any, now: int) -> UserError:
    minutes = -(-(row.locked_until - now) // 60_000)
    return UserError("staff.locked", name=row.name, minutes=minutes, until=row.locked_until)


def _row(staff_id: int) -> Any:
    row = Staff.get_or_none(Staff.id == staff_id)
    if row is None:
        raise UserError("staff.unknown")
    return row


def _view(desk: Desk, row: Any) -> StaffView:
    role = roles.role(desk, row.role)
    limit = role.limit_fen if row.limit_fen is None else row.limit_fen
    return StaffView(row.id, row.code, row.name, row.role, role.rights, limit, row.owner)


def _entry(desk: Desk, row: Any) -> StaffEntry:
    view = _view(desk, row)
    locked = row.locked_until if row.locked_until and row.locked_until > desk.instant() else None
    return StaffEntry(
        row.id, row.code, row.name, row.role, row.active, row.owner, view.limit_fen, locked, row.must_change
    )


def _check_limit(limit_fen: int | None) -> None:
    if limit_fen is not None and limit_fen < 0:
        raise UserError("staff.limit.negative")


def _other_owners(staff_id: int) -> int:
    rows = Staff.select().where(Staff.owner == 1, Staff.active == 1, Staff.id != staff_id)
    return int(rows.count())


def _acting(desk: Desk) -> int | None:
    return None if desk.staff is None else desk.staff.id


def _event(
    desk: Desk, staff_id: int, kind: str, by: int | None, note: str = "", told: dict[str, Any] | None = None
) -> None:
    """One line about somebody. `told`: what their rights and PIN `was` and are `now`, where they change."""
    detail = {"day": desk.today().isoformat(), **told} if told else {}
    StaffEvent.create(staff=staff_id, kind=kind, at=desk.instant(), by=by, note=note, detail=detail)


def _state(row: Any) -> dict[str, Any]:
    """What the database holds changes of somebody's row against (`guards/staff.py`). Of the PIN's hash only the end:
    without the rest it tells nothing."""
    return {
        "role": row.role,
        "limit_fen": row.limit_fen,
        "owner": int(row.owner),
        "active": int(row.active),
        "must_change": int(row.must_change),
        "pin": row.pin_hash[-PIN_END:],
    }


def _difference(desk: Desk, name: str, was: dict[str, Any], now: dict[str, Any]) -> str:
    """What changed of role and limit, for the overrides report: figures and names, no sentence."""
    parts = [name]
    if was["role"] != now["role"]:
        parts.append(f"{was['role']} → {now['role']}")
    limits = [_limit(desk, state) for state in (was, now)]
    if limits[0] != limits[1]:
        parts.append(" → ".join("∞" if one >= UNLIMITED_FEN else format_yuan(one) for one in limits))
    return " · ".join(parts)


def _limit(desk: Desk, state: dict[str, Any]) -> int:
    own = state["limit_fen"]
    return roles.role(desk, state["role"]).limit_fen if own is None else int(own)
