"""Who may do what: rights by name, roles as sets of them, and the amount a role may decide alone.

The defaults stand in `resources/policy/roles.toml` (reference-data §11); a shop edits its own copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN

REGISTER: Final = "case.register"
"""Open a case and answer its questions."""
INSPECT: Final = "case.inspect"
"""Say what condition goods came back in."""
POST: Final = "case.post"
"""Post what the customer signed."""
DECIDE: Final = "case.decide"
"""Answer what a chart asks of a supervisor, overrule a test, refuse, waive a signature."""
APPROVE: Final = "case.approve"
"""Approve what is above somebody's limit or out of the ordinary."""
REVERSE: Final = "case.reverse"
"""Reverse a posted document."""
REOPEN: Final = "case.reopen"
"""Take a finished case up again (second handling)."""
LEGAL: Final = "case.legal"
"""Legal compensation: 退一赔三, 十倍."""
PAY: Final = "money.pay"
"""Pay refunds out and enter their proofs."""
TAKE: Final = "money.take"
"""Take money: differences, repairs, deposits."""
SHIFT: Final = "money.shift"
"""Open and close a shift."""
MONTH: Final = "money.month"
"""Export and close a month."""
STOCK: Final = "goods.move"
"""Stock in, dispose, re-send."""
SCRAP: Final = "goods.scrap"
"""Scrap or destroy."""
REPAIR: Final = "repair.work"
"""Diagnose and repair."""
ASSIGN: Final = "task.assign"
"""Give work to others."""
GRADE: Final = "complaint.grade"
"""Grade a complaint, decide its class and priority."""
SALE: Final = "sale.record"
"""Record a sale by hand."""
IMPORT: Final = "sale.import"
"""Import sales and products."""
COSTS: Final = "cost.see"
"""See cost prices."""
PERSONAL: Final = "personal.see"
"""See a customer's full name and number; every look is listed."""
REPORTS: Final = "report.see"
"""See reports and case lists."""
EDIT_POLICY: Final = "policy.edit"
"""Change the shop's rules."""
MANAGE_STAFF: Final = "staff.manage"
"""Add staff, give roles and PINs."""
KEEP: Final = "data.keep"
"""Back up, restore, verify."""

ALL_RIGHTS: Final[frozenset[str]] = frozenset(
    {
        REGISTER, INSPECT, POST, DECIDE, APPROVE, REVERSE, REOPEN, LEGAL, PAY, TAKE, SHIFT, MONTH, STOCK, SCRAP,
        REPAIR, ASSIGN, GRADE, SALE, IMPORT, COSTS, PERSONAL, REPORTS, EDIT_POLICY, MANAGE_STAFF, KEEP,
    }
)  # fmt: skip
UNLIMITED_FEN: Final = MOST_FEN
"""The limit of a role that has none: no amount can be larger."""

CHART_ROLES: Final[Mapping[str, str]] = {
    "": REGISTER,
    "clerk": REGISTER,
    "supervisor": DECIDE,
    "approver": APPROVE,
    "finance": PAY,
    "technician": REPAIR,
    "warehouse": STOCK,
    "manager": LEGAL,
}
"""The right that a role named by a chart's node stands for."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `limit_fen`: refunds, allowances, exchanges up to it need no second person (S3-29);
    `goodwill_fen`: the same for what the shop does not owe."""

    code: str
    zh: str
    en: str
    rights: frozenset[str]
    limit_fen: int
    goodwill_fen: int


def load_roles(data: Mapping[str, Any]) -> dict[str, Role]:
    """Roles by code. `limit_fen = -1` means no limit. Raises UserError `rules.role.right`,
    `rules.entry.missing`, `rules.entry.choice`, naming role and key; at least one role must manage staff."""
    found: dict[str, Role] = {}
    for code, entry in data.items():
        for key in ("zh", "en", "rights"):
            if key not in entry:
                raise UserError("rules.entry.missing", entry=code, key=key)
        rights = frozenset(entry["rights"])
        unknown = rights - ALL_RIGHTS
        if unknown:
            raise UserError("rules.role.right", role=code, right=min(unknown))
        limits = {}
        for key in ("limit_fen", "goodwill_fen"):
            limit = entry.get(key, 0)
            if type(limit) is not int or limit < -1:
                raise UserError("rules.entry.choice", entry=code, key=key, value=str(limit))
            limits[key] = UNLIMITED_FEN if limit == -1 else limit
        found[code] = Role(
            code, entry["zh"], entry["en"], rights, limits["limit_fen"], limits["goodwill_fen"]
        )
    if not any(MANAGE_STAFF in role.rights for role in found.values()):
        raise UserError("rules.role.nobody", right=MANAGE_STAFF)
    return found


def rights_by_role(roles: Iterable[Role]) -> dict[str, frozenset[str]]:
    """Role code → its rights."""
    return {role.code: role.rights for role in roles}
